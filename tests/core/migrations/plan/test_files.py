"""The files of a plan, as the tools run them: no lock is held while rows are read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from be_tui.core.files import compare, export
from be_tui.core.migrations.checks import Against, check
from be_tui.core.migrations.diff import diff
from be_tui.core.migrations.files import read_migrations, write
from be_tui.core.migrations.model import FORMATS
from be_tui.core.migrations.plan import Options, Plan, as_migration
from be_tui.core.schema import open_state
from tests.core.migrations.plan.trying import PG, planned, read

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.migrations.files import History
    from be_tui.core.migrations.model import FormatName

OLD = """
CREATE TABLE users (id bigint PRIMARY KEY, mail text NOT NULL, age int);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL);
"""
NEW = """
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age bigint NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id));
CREATE INDEX orders_user ON orders (user_id);
"""
RISKS = {"migration-validate-at-once", "migration-work-under-lock", "migration-rename-column"}


def written(made: Plan, form: FormatName, root: Path) -> History:
    files = write(as_migration(made, "second"), form, root, datetime(2026, 11, 23, tzinfo=UTC))
    export(compare(files, root), root)
    return read_migrations([root], form, PG)


@pytest.mark.parametrize("form", [each for each in FORMATS if each != "drizzle"])
def test_what_works_long_shares_no_transaction_with_the_locks_before_it(
    form: FormatName, tmp_path: Path
) -> None:
    made = planned(OLD, NEW, PG, ["users.mail=email"])
    history = written(made, form, tmp_path)
    state = open_state(PG, read(OLD))
    for migration in history.migrations:
        for each in migration.up.statements:
            assert state.apply(each.statement) is None, each.statement.text
    assert diff(state.schema(), read(NEW), PG).changes == ()
    found = check(history.migrations, PG, Against(read(OLD)))
    grave = [each for each in found if each.rule in RISKS and each.remark.severity != "warning"]
    assert [(each.rule, each.remark.message) for each in grave] == []


def test_a_plan_in_one_go_stays_in_one_file(tmp_path: Path) -> None:
    made = planned(OLD, NEW, PG, ["users.mail=email"], options=Options(direct=True))
    assert len(written(made, "goose", tmp_path).migrations) == 1


def test_null_is_forbidden_only_once_no_old_code_writes_it_though_the_type_changes() -> None:
    made = planned(OLD, OLD.replace("age int", "age bigint NOT NULL"))
    change = "change type of users.age from int to bigint"
    assert [(each.phase, each.title) for each in made.steps] == [
        ("expand", f"{change}: a second column, kept the same by a trigger"),
        ("backfill", "fill users.age__new"),
        ("contract", f"{change}: the new column in the place of the old"),
        ("contract", "forbid NULL in users.age"),
        ("contract", "validate users_age_not_null on users"),
    ]
