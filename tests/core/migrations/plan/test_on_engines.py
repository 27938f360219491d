"""Plans run on real servers: they lead to the new schema, and the way back to the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Bounds, StatementError, open_sandbox
from be_tui.core.migrations.plan import Options
from be_tui.core.migrations.replay import Trials
from be_tui.core.sqltext import Target
from tests.core.migrations.plan.singles import BASE, SINGLES, Single
from tests.core.migrations.plan.trying import PG, astray, planned, try_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = {
    "rename a column",
    "change a type under views",
    "add an enum value",
    "change a check's body",
    "take a column from a view",
}
"""Tried in the plain suite; all are in the slow one."""


@pytest.fixture(scope="module", params=["18", pytest.param("16", marks=pytest.mark.slow)])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[Trials, Target]]:
    with Trials(f"postgresql:{request.param}") as trials:
        yield trials, Target("postgresql", (int(request.param),))


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "phases"])
@pytest.mark.parametrize(
    "single",
    [
        pytest.param(each, id=each.name, marks=() if each.name in SAMPLE else pytest.mark.slow)
        for each in SINGLES
    ],
)
def test_a_single_change_leads_there_and_back(
    server: tuple[Trials, Target], single: Single, *, direct: bool
) -> None:
    trials, target = server
    old = f"{BASE}{single.base}"
    new = f"{old}{single.sql};"
    made = planned(old, new, target, single.renames, options=Options(direct=direct, pause=0))
    assert made.changes
    assert not made.questions
    assert astray(trials, made, old, new) is None


PAIRS = 1000
"""Of each engine; MariaDB's are shared out between both forms of a plan."""

ENGINES = [
    ("postgresql:18", Target("postgresql", (18,)), True),
    ("postgresql:18", Target("postgresql", (18,)), False),
    ("sqlite", Target("sqlite"), True),
]
NAMES = ["postgresql-direct", "postgresql-phases", "sqlite"]


@pytest.mark.parametrize(("where", "target", "direct"), ENGINES, ids=NAMES)
def test_pairs_of_schemas_lead_there_and_back(where: str, target: Target, *, direct: bool) -> None:
    with Trials(where) as trials:
        for seed in range(5):
            assert try_pair(trials, seed, target, direct=direct) is None, seed


@pytest.mark.slow
@pytest.mark.parametrize(("where", "target", "direct"), ENGINES, ids=NAMES)
def test_a_thousand_pairs_of_schemas_lead_there_and_back(
    where: str, target: Target, *, direct: bool
) -> None:
    with Trials(where) as trials:
        for seed in range(PAIRS):
            assert try_pair(trials, seed, target, direct=direct) is None, seed


@pytest.mark.slow
@pytest.mark.parametrize("direct", [True, False], ids=["direct", "phases"])
def test_pairs_of_schemas_lead_there_and_back_on_mariadb(mariadb: str, *, direct: bool) -> None:
    with Trials(mariadb) as trials:
        for seed in range(PAIRS // 2):
            assert try_pair(trials, seed, Target("mariadb", (10, 11)), direct=direct) is None, seed


BUSY = """
CREATE TABLE users (id bigint PRIMARY KEY, age integer NOT NULL, name text);
CREATE INDEX users_age_idx ON users (age);
"""
ROWS = "INSERT INTO users SELECT i, i % 90, 'n' || i FROM generate_series(1, 12000) i;"


def test_values_are_kept_while_a_column_is_exchanged_in_batches() -> None:
    new = BUSY.replace("age integer", "age text")
    made = planned(BUSY, new, options=Options(batch=1000, pause=0))
    assert {each.phase for each in made.steps} == {"expand", "backfill", "contract"}
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for text in (*BUSY.split(";")[:-1], ROWS):
            session.run(text)
        before = session.run("SELECT string_agg(age::text, ',' ORDER BY id) FROM users").value
        for step in made.steps:
            if step.phase == "contract" and "in the place" in step.title:
                # What old code writes meanwhile is in both columns.
                session.run("UPDATE users SET age = 7 WHERE id = 1")
                session.run("UPDATE users SET age = 1 WHERE id = 1")
            for each in step.up:
                session.run(each.sql)
        after = session.run("SELECT string_agg(age, ',' ORDER BY id) FROM users").value
        kind = session.run("SELECT pg_typeof(age)::text FROM users LIMIT 1").value
    assert after == before
    assert kind == "text"


def test_a_backfill_goes_on_where_it_was_stopped() -> None:
    new = BUSY.replace("name text", "name text, token uuid DEFAULT gen_random_uuid()")
    made = planned(BUSY, new, options=Options(batch=500, pause=0))
    fill = next(step for step in made.steps if step.phase == "backfill")
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for text in (*BUSY.split(";")[:-1], ROWS):
            session.run(text)
        for step in made.phase("expand"):
            for each in step.up:
                session.run(each.sql)
        session.run(fill.up[0].sql)
        session.run("ALTER TABLE users ADD CONSTRAINT halt CHECK (id < 5000 OR token IS NULL)")
        with pytest.raises(StatementError):
            session.run(fill.up[1].sql, Bounds(seconds=60))
        done = session.run("SELECT count(token) FROM users").value
        session.run("ALTER TABLE users DROP CONSTRAINT halt")
        session.run("UPDATE users SET token = NULL WHERE id = 1")
        for each in fill.up[1:]:
            session.run(each.sql, Bounds(seconds=60))
        left = session.run("SELECT count(*) FROM users WHERE token IS NULL").value
    assert done == "4500"
    # The first row was done before, so that it is not looked at again.
    assert left == "1"


def test_both_names_of_a_column_hold_the_same_while_it_is_renamed() -> None:
    new = BUSY.replace("name text", "called text")
    made = planned(BUSY, new, PG, ["users.name=called"], options=Options(renames="copy", pause=0))
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for text in BUSY.split(";")[:-1]:
            session.run(text)
        for step in (*made.phase("expand"), *made.phase("backfill")):
            for each in step.up:
                session.run(each.sql)
        session.run("INSERT INTO users (id, age, name) VALUES (1, 1, 'old')")
        session.run("INSERT INTO users (id, age, called) VALUES (2, 2, 'new')")
        session.run("UPDATE users SET called = 'both' WHERE id = 1")
        found = session.run("SELECT name, called FROM users ORDER BY id").rows
    assert found == (("both", "both"), ("new", "new"))
    with Trials("postgresql:18") as trials:
        assert astray(trials, made, BUSY, new) is None


def test_a_view_keeps_the_old_name_of_a_table_known() -> None:
    new = BUSY.replace("TABLE users", "TABLE people").replace("ON users", "ON people")
    made = planned(BUSY, new, PG, ["users=people"], options=Options(renames="view"))
    assert "CREATE VIEW users AS SELECT id, age, name FROM people" in [
        each.sql for step in made.phase("expand") for each in step.up
    ]
    with Trials("postgresql:18") as trials:
        assert astray(trials, made, BUSY, new) is None
