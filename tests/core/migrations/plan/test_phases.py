from __future__ import annotations

import pytest

from be_tui.core.document import to_text
from be_tui.core.migrations.plan import (
    Options,
    Plan,
    as_migration,
    changes_json,
    changes_page,
    plan_json,
    plan_page,
    title,
)
from be_tui.core.migrations.plan.words import _WORDS, sign
from be_tui.core.sqltext import Target
from tests.core.migrations.plan.trying import PG, planned, up

OLD = """
CREATE TABLE users (id bigint PRIMARY KEY, mail varchar(40) NOT NULL, age int, bio text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL, note varchar(10));
CREATE INDEX orders_note_idx ON orders (note);
"""


def phases(made: Plan, words: str) -> list[str]:
    """Give the phases of the steps that say something."""
    found: list[str] = [
        each.phase for each in made.steps if any(words in one.sql for one in each.up)
    ]
    assert found, words
    return found


def changed(old: str, new: str, **options: object) -> Plan:
    assert old in OLD
    return planned(OLD, OLD.replace(old, new), options=Options(**options))  # type: ignore[arg-type]


def test_an_index_is_built_while_others_write_and_a_failed_one_dropped_first() -> None:
    made = planned(OLD, OLD + "CREATE INDEX users_age_idx ON users (age);")
    (step,) = made.steps
    assert step.phase == "expand"
    assert [each.sql for each in step.up] == [
        "DROP INDEX CONCURRENTLY IF EXISTS users_age_idx",
        "CREATE INDEX CONCURRENTLY users_age_idx ON users (age)",
    ]
    assert all(each.outside for each in step.up)
    assert "invalid index" in step.leaves


def test_a_foreign_key_is_added_without_reading_rows_and_validated_after() -> None:
    made = planned(
        OLD, OLD + "ALTER TABLE orders ADD CONSTRAINT o FOREIGN KEY (user_id) REFERENCES users;"
    )
    said = [each for each in up(made) if "lock_timeout" not in each]
    assert said == [
        "ALTER TABLE orders ADD CONSTRAINT o FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID",
        "ALTER TABLE orders VALIDATE CONSTRAINT o",
    ]
    assert phases(made, "VALIDATE") == ["contract"]


def test_null_is_forbidden_by_what_was_proved_before() -> None:
    made = changed("age int", "age int NOT NULL")
    assert "ALTER TABLE users ADD CONSTRAINT users_age_not_null NOT NULL age NOT VALID" in up(made)
    older = planned(OLD, OLD.replace("age int", "age int NOT NULL"), Target("postgresql", (16,)))
    said = [each for each in up(older) if "lock_timeout" not in each]
    assert said[0].endswith("CHECK (age IS NOT NULL) NOT VALID")
    assert "VALIDATE" in said[1]
    assert said[2].endswith("SET NOT NULL")
    assert "DROP CONSTRAINT" in said[3]


def test_what_only_widens_a_type_is_done_at_once() -> None:
    made = changed("mail varchar(40)", "mail varchar(80)")
    (step,) = made.steps
    assert step.phase == "expand"
    assert "No row is written" in step.notes[0]


def test_a_type_that_writes_rows_is_exchanged_by_a_second_column() -> None:
    made = changed("age int", "age bigint")
    assert phases(made, "ADD COLUMN age__new bigint") == ["expand"]
    assert phases(made, "DO $backfill$") == ["backfill"]
    assert phases(made, "RENAME COLUMN age__new TO age") == ["contract"]


def test_a_key_is_written_anew_and_the_reason_told() -> None:
    made = changed("users (id bigint", "users (id int")
    (step,) = made.steps
    assert any("a key stands on it" in each for each in step.notes)
    assert step.lost == "what the new type of users.id could not hold"


def test_a_column_goes_last_and_is_not_demanded_before() -> None:
    made = planned(OLD, OLD.replace("mail varchar(40) NOT NULL, ", ""))
    assert phases(made, "ALTER COLUMN mail DROP NOT NULL") == ["expand"]
    assert phases(made, "DROP COLUMN mail") == ["contract"]
    assert made.steps[-1].lost == "the values of users.mail"


def test_a_default_that_old_code_counts_on_goes_last() -> None:
    def told(before: str, after: str) -> list[str]:
        old, new = (OLD.replace("age int", f"age int {each}") for each in (before, after))
        return phases(planned(old, new), "DROP DEFAULT")

    assert told("NOT NULL DEFAULT 5", "NOT NULL") == ["contract"]
    assert told("DEFAULT 5", "NOT NULL") == ["contract"]
    assert told("DEFAULT 5", "") == ["expand"]


def test_another_default_for_each_row_is_filled_in_batches() -> None:
    made = changed("bio text", "bio text, token uuid NOT NULL DEFAULT gen_random_uuid()")
    assert phases(made, "SET DEFAULT gen_random_uuid()") == ["expand"]
    assert phases(made, "DO $backfill$") == ["backfill"]
    assert phases(made, "NOT NULL token NOT VALID") == ["backfill"]


def test_a_list_of_values_that_grows_is_for_both_codes() -> None:
    old = OLD.replace("bio text", "bio text CONSTRAINT b CHECK (bio IN ('a', 'b'))")
    grown = planned(old, old.replace("'b'))", "'b', 'c'))"))
    shrunk = planned(old, old.replace("('a', 'b')", "('a', 'z')"))
    assert {each.phase for each in grown.steps} == {"expand"}
    assert {each.phase for each in shrunk.steps} == {"contract"}


def test_an_index_is_replaced_without_a_gap() -> None:
    made = changed("orders (note)", "orders (note, user_id)")
    (step,) = made.steps
    said = [each.sql for each in step.up]
    assert "CREATE INDEX CONCURRENTLY orders_note_idx__new" in said[1]
    assert "DROP INDEX CONCURRENTLY IF EXISTS orders_note_idx" in said[2]
    assert said[-1] == "ALTER INDEX orders_note_idx__new RENAME TO orders_note_idx"


def test_a_unique_constraint_takes_an_index_that_stands() -> None:
    made = planned(OLD, OLD + "ALTER TABLE users ADD CONSTRAINT users_mail_key UNIQUE (mail);")
    assert up(made)[-1].endswith("UNIQUE USING INDEX users_mail_key")
    assert phases(made, "CREATE UNIQUE INDEX CONCURRENTLY") == ["contract"]


def test_direct_is_plain_ddl_in_one_phase() -> None:
    made = changed("age int", "age bigint", direct=True)
    assert up(made) == ["ALTER TABLE users ALTER COLUMN age TYPE bigint"]
    assert made.phases == ("expand",)


def test_each_statement_tells_what_it_does() -> None:
    made = changed("age int", "age int NOT NULL")
    effects = [each.effects for step in made.steps for each in step.up]
    assert all(each is not None and each.known for each in effects)
    blocking = [each for each in effects if each is not None and each.blocks]
    assert not blocking


def test_a_plan_is_handed_to_the_writers_phase_by_phase() -> None:
    made = changed("age int", "age bigint")
    new = as_migration(made, "widen age")
    assert [each.name for each in new.phases] == ["expand", "backfill", "contract"]
    assert all(step.down is not None for each in new.phases for step in each.steps)


def test_a_plan_is_told_in_words_and_json() -> None:
    made = changed("age int", "age bigint")
    text = to_text(plan_page(made), 100)
    assert "Run this when no old code runs any more." in text
    assert "Back:" in text
    assert "waits over 5 s for a lock gives up and has done nothing: run it again." in text
    said = plan_json(made)
    assert said["engine"] == "postgresql"
    assert to_text(plan_page(planned(OLD, OLD)), 80).strip().endswith("There is nothing to do.")


def test_a_difference_is_told_with_its_questions() -> None:
    from be_tui.core.migrations.diff import diff
    from tests.core.migrations.plan.trying import read

    changes = diff(read(OLD), read(OLD.replace("mail varchar", "email varchar")), PG)
    text = to_text(changes_page(changes), 100)
    assert "users.mail may be called email now" in text
    assert "- drop column users.mail" in text
    said = changes_json(changes)
    assert said["questions"]
    assert "Both schemas are the same." in to_text(changes_page(diff(read(OLD), read(OLD), PG)), 80)


def test_every_kind_of_change_has_words() -> None:
    from typing import get_args

    from be_tui.core.migrations.diff.objects import ObjectChange
    from be_tui.core.migrations.diff.tables import TableChange

    assert set(_WORDS) == {*get_args(ObjectChange), *get_args(TableChange)}


@pytest.mark.parametrize(
    ("old", "new", "mark", "said"),
    [
        ("bio text", "bio text, more text", "+", "add column users.more"),
        ("age int", "age bigint", "~", "change type of users.age from int to bigint"),
        ("age int", "age int NOT NULL", "~", "forbid NULL in users.age"),
    ],
)
def test_a_change_is_said_in_a_few_words(old: str, new: str, mark: str, said: str) -> None:
    (change,) = changed(old, new).changes
    assert (sign(change), title(change)) == (mark, said)
