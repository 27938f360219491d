"""Renames that running code survives, with whatever else is planned beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from be_tui.core.migrations.diff import diff
from be_tui.core.migrations.plan import Options, Plan, title
from be_tui.core.migrations.replay import Trials
from be_tui.core.schema import open_state
from be_tui.core.sqltext import Statement, Target
from tests.core.migrations.plan.renames import POLICY, RENAMES, USERS, Renaming, after
from tests.core.migrations.plan.trying import PG, astray, down, planned, read, up

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = {"a key", "seen by a view of all", "and an index is built on it", "both", "granted"}
"""Tried on a server in the plain suite; all are in the slow one."""


def plan_of(one: Renaming) -> Plan:
    return planned(one.before, after(one), PG, one.renames, options=Options(pause=0))


@pytest.mark.parametrize("one", RENAMES, ids=lambda one: one.name)
def test_a_rename_is_phased_or_says_why_it_is_made_at_once(one: Renaming) -> None:
    made = plan_of(one)
    first = next(each for each in made.steps if each.title.startswith("rename"))
    if one.why_at_once:
        assert first.notes[0].endswith(f"It is renamed at once: {one.why_at_once}.")
    else:
        assert "second column" in first.title or "let a view" in first.title


# An identity's own sequence is told by its column alone, so that nothing follows its new name.
IN_MEMORY = [each for each in RENAMES if each.name != "an identity"]


@pytest.mark.parametrize("one", IN_MEMORY, ids=lambda one: one.name)
def test_a_rename_leads_there_and_back_in_memory(one: Renaming) -> None:
    made = plan_of(one)
    state = open_state(PG, read(one.before))
    for statements, wanted in ((up(made), after(one)), (down(made), one.before)):
        for each in statements:
            assert state.apply(Statement(each, 0, 1, 1)) is None, each
        assert [title(each) for each in diff(state.schema(), read(wanted), PG).changes] == []


@pytest.fixture(scope="module")
def trials() -> Iterator[Trials]:
    with Trials("postgresql:18") as found:
        yield found


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(each, id=each.name, marks=() if each.name in SAMPLE else pytest.mark.slow)
        for each in RENAMES
    ],
)
def test_a_rename_leads_there_and_back_on_a_server(trials: Trials, one: Renaming) -> None:
    assert astray(trials, plan_of(one), one.before, after(one)) is None


def test_a_key_that_is_renamed_is_filled_for_all_rows_and_written_by_both_names() -> None:
    new = USERS.replace("id bigint", "uid bigint")
    made = planned(USERS, new, PG, ["users.id=uid"], options=Options(batch=2, pause=0))
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for text in (USERS, "INSERT INTO users SELECT i FROM generate_series(1, 5) i"):
            session.run(text)
        for step in (*made.phase("expand"), *made.phase("backfill")):
            for each in step.up:
                session.run(each.sql)
        session.run("INSERT INTO users (id) VALUES (6)")
        session.run("INSERT INTO users (uid) VALUES (7)")
        session.run("UPDATE users SET uid = 70 WHERE id = 7")
        found = session.run("SELECT id, uid FROM users ORDER BY id").rows
    assert found == tuple((key, key) for key in ("1", "2", "3", "4", "5", "6", "70"))


def test_values_without_an_operator_that_compares_them_are_kept_the_same() -> None:
    old = USERS.replace("age int", "age json")
    made = planned(old, old.replace("age", "data"), PG, ["users.age=data"])
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        session.run(old)
        session.run("""INSERT INTO users (id, age) VALUES (1, '{"a": 1}')""")
        for step in (*made.phase("expand"), *made.phase("backfill")):
            for each in step.up:
                session.run(each.sql)
        session.run("""UPDATE users SET data = '{"b": 2}' WHERE id = 1""")
        (found,) = session.run("SELECT age, data FROM users").rows
    assert found == ('{"b": 2}', '{"b": 2}')


def test_policies_that_a_view_would_pass_by_keep_a_table_from_having_one() -> None:
    old = f"{USERS} {POLICY}"
    new = old.replace("users", "people")
    made = planned(old, new, Target("postgresql", (14,)), ["users=people"])
    assert not any("CREATE VIEW" in each for each in up(made))
    assert "before PostgreSQL 15" in made.steps[0].notes[0]


def test_a_plan_in_one_go_renames_at_once() -> None:
    for one in RENAMES[:3]:
        made = planned(one.before, after(one), PG, one.renames, options=Options(direct=True))
        assert "ALTER TABLE users RENAME COLUMN name TO called" in up(made)
