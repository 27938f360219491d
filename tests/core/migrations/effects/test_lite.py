"""What is told of SQLite's statements, against the engine of this Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Bounds, SqliteSandbox, SqliteSession, StatementError, open_sandbox
from be_tui.core.migrations.effects import effects_of
from be_tui.core.migrations.replay.lite import LiteWatch
from be_tui.core.schema.state import open_state
from be_tui.core.sqltext import Statement, Target, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.model import Effects
    from be_tui.core.schema import SchemaState

SCHEMA = """
CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE t (
  id INTEGER PRIMARY KEY,
  a TEXT NOT NULL,
  b INTEGER DEFAULT 3,
  c TEXT UNIQUE,
  d INTEGER REFERENCES parents (id),
  e INTEGER CHECK (e < 1000000),
  f TEXT,
  g INTEGER GENERATED ALWAYS AS (b + 1) VIRTUAL,
  h TEXT,
  k TEXT
);
CREATE INDEX t_f ON t (f);
CREATE TABLE none (id INTEGER PRIMARY KEY, a TEXT);
CREATE TABLE one (a TEXT);
CREATE TABLE limits (a INTEGER, b INTEGER, c INTEGER, q INTEGER, CHECK (a < b),
  FOREIGN KEY (c) REFERENCES parents (id));
CREATE VIEW names AS SELECT a FROM t;
"""
ROWS = """
INSERT INTO parents VALUES (1, 'one');
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
INSERT INTO t (id, a, c, d, e, f, h, k) SELECT i, 'a', 'c' || i, 1, i, 'f', 'h', 'k' || i FROM n;
INSERT INTO one VALUES ('x');
"""
NEWEST = Target("sqlite", (3, 40))

STATEMENTS = [
    "ALTER TABLE t ADD COLUMN z TEXT",
    "ALTER TABLE t ADD z TEXT DEFAULT 'x'",
    "ALTER TABLE t ADD COLUMN z TEXT NOT NULL",
    "ALTER TABLE t ADD COLUMN z TEXT NOT NULL DEFAULT 'x'",
    "ALTER TABLE t ADD COLUMN z TEXT NOT NULL DEFAULT NULL",
    "ALTER TABLE none ADD COLUMN z TEXT NOT NULL",
    "ALTER TABLE t ADD COLUMN z TEXT DEFAULT CURRENT_TIMESTAMP",
    "ALTER TABLE none ADD COLUMN z TEXT DEFAULT CURRENT_TIMESTAMP",
    "ALTER TABLE t ADD COLUMN z INTEGER DEFAULT (1 + 1)",
    "ALTER TABLE t ADD COLUMN z INTEGER DEFAULT (random())",
    "ALTER TABLE t ADD COLUMN z INTEGER PRIMARY KEY",
    "ALTER TABLE t ADD COLUMN z INTEGER UNIQUE",
    "ALTER TABLE t ADD COLUMN z INTEGER REFERENCES parents (id)",
    "ALTER TABLE t ADD COLUMN z INTEGER REFERENCES parents (id) DEFAULT 1",
    "ALTER TABLE t ADD COLUMN z INTEGER AS (b + 2) STORED",
    "ALTER TABLE t ADD COLUMN z INTEGER AS (b + 2) VIRTUAL",
    "ALTER TABLE t ADD COLUMN z INTEGER CHECK (z > 0)",
    "ALTER TABLE t ADD COLUMN a TEXT",
    "ALTER TABLE missing ADD COLUMN z TEXT",
    "ALTER TABLE t ADD CONSTRAINT z CHECK (b > 0)",
    "ALTER TABLE t ALTER COLUMN b SET NOT NULL",
    "ALTER TABLE t RENAME TO u",
    "ALTER TABLE t RENAME TO none",
    "ALTER TABLE t RENAME COLUMN a TO z",
    "ALTER TABLE t RENAME a TO z",
    "ALTER TABLE t RENAME COLUMN missing TO z",
    "ALTER TABLE t RENAME COLUMN a TO b",
    "ALTER TABLE t DROP COLUMN h",
    "ALTER TABLE t DROP k",
    "ALTER TABLE t DROP COLUMN g",
    "ALTER TABLE t DROP COLUMN id",
    "ALTER TABLE t DROP COLUMN b",
    "ALTER TABLE t DROP COLUMN c",
    "ALTER TABLE t DROP COLUMN f",
    "ALTER TABLE t DROP COLUMN missing",
    "ALTER TABLE one DROP COLUMN a",
    "ALTER TABLE t DROP CONSTRAINT c",
    "ALTER TABLE t DROP COLUMN d",
    "ALTER TABLE t DROP COLUMN e",
    "ALTER TABLE limits DROP COLUMN a",
    "ALTER TABLE limits DROP COLUMN c",
    "CREATE INDEX z ON t (h)",
    "CREATE UNIQUE INDEX z ON t (k)",
    "CREATE UNIQUE INDEX z ON t (h)",
    "CREATE INDEX t_f ON t (h)",
    "CREATE INDEX IF NOT EXISTS t_f ON t (h)",
    "CREATE INDEX z ON t (missing)",
    "CREATE TABLE t (a TEXT)",
    "CREATE TABLE IF NOT EXISTS t (a TEXT)",
    "CREATE TABLE fresh (a TEXT)",
    "DROP INDEX t_f",
    "DROP INDEX missing",
    "DROP TABLE one",
    "DROP TABLE missing",
    "DROP TABLE IF EXISTS missing",
    "DROP VIEW names",
    "DELETE FROM one",
]
NOT_SEEN = re.compile(r"DELETE|DROP TABLE|DROP INDEX|CREATE INDEX IF")
"""Pages that are given back are no rows written anew; nor is what nothing is done to."""


def begun(target: Target = NEWEST) -> SchemaState:
    state = open_state(target)
    for statement in split(SCHEMA, "sqlite"):
        assert state.apply(statement) is None
    state.mark()
    return state


def told(
    text: str, target: Target = NEWEST, *, inside: bool = False, checks: bool = False
) -> Effects:
    statement = Statement(text, 0, 1, 1)
    return effects_of(
        statement, begun(target), target, inside, whole=True, foreign_key_checks=checks
    )


@pytest.fixture
def filled() -> Iterator[SqliteSandbox]:
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        for statement in split(SCHEMA + ROWS, "sqlite"):
            session.run(statement.text)
        assert isinstance(sandbox, SqliteSandbox)
        yield sandbox


@pytest.mark.parametrize("text", STATEMENTS)
def test_failures_and_work_are_told_as_they_are(text: str, filled: SqliteSandbox) -> None:
    effects = told(text)
    with filled.session() as session:
        assert isinstance(session, SqliteSession)
        in_the_way = any(
            each.kind == "always" or (bool(each.probe) and bool(session.run(each.probe).count))
            for each in effects.failures
        )
        watch = LiteWatch(filled, session, Bounds())
        seen = watch.see(text)
    assert in_the_way == seen.failed, seen.message
    if not seen.failed and not NOT_SEEN.match(text):
        expected = {(e.kind, e.relation) for e in effects.work if e.kind != "scan"}
        assert {(e.kind, e.relation) for e in seen.effects.work} == expected


def test_an_older_version_knows_less() -> None:
    old = Target("sqlite", (3, 24))
    assert told("ALTER TABLE t DROP COLUMN h", old).failures[0].kind == "always"
    assert told("ALTER TABLE t RENAME COLUMN h TO z", old).failures[0].kind == "always"


def test_what_goes_and_gets_another_name_breaks_code() -> None:
    assert {each.kind for each in told("ALTER TABLE t DROP COLUMN h").breaks} == {"reads", "data"}
    assert {each.kind for each in told("ALTER TABLE t RENAME TO u").breaks} == {"reads", "writes"}
    assert [each.kind for each in told("DELETE FROM t").breaks] == ["data"]
    assert told("DELETE FROM t WHERE id = 1").breaks == ()


def test_vacuum_writes_everything_and_not_in_a_transaction() -> None:
    assert told("VACUUM", inside=True).failures[0].kind == "in transaction"
    assert {each.relation for each in told("VACUUM").work} == {
        "parents",
        "t",
        "none",
        "one",
        "limits",
    }


def test_a_check_reads_the_table_through() -> None:
    found = told("ALTER TABLE t ADD COLUMN z INTEGER CHECK (z > 0)").work
    assert [(each.kind, each.relation) for each in found] == [("scan", "t")]


def test_what_the_migration_made_is_empty_and_nobody_waits() -> None:
    state = open_state(NEWEST)
    made = Statement("CREATE TABLE fresh (a TEXT, b TEXT)", 0, 1, 1)
    assert state.apply(made) is None
    for text in (
        "ALTER TABLE fresh ADD COLUMN z TEXT NOT NULL",
        "ALTER TABLE fresh DROP COLUMN b",
        "CREATE UNIQUE INDEX z ON fresh (a)",
        "ALTER TABLE fresh RENAME COLUMN a TO z",
        "DROP TABLE fresh",
    ):
        found = effects_of(Statement(text, 0, 1, 1), state, NEWEST, inside_transaction=True)
        assert (found.work, found.failures) == ((), ())


def test_a_table_that_nobody_told_of_is_not_known() -> None:
    text = Statement("ALTER TABLE other ADD COLUMN z TEXT", 0, 1, 1)
    found = effects_of(text, open_state(NEWEST), NEWEST, inside_transaction=False)
    assert not found.known
    assert "other" in found.why_unknown


def test_the_engine_itself_refuses_what_is_told_to_fail_in_a_transaction() -> None:
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        session.run("BEGIN")
        with pytest.raises(StatementError, match="transaction"):
            session.run("VACUUM")


def test_a_reference_with_a_default_is_refused_where_keys_are_checked() -> None:
    text = "ALTER TABLE t ADD COLUMN z INTEGER REFERENCES parents (id) DEFAULT 1"
    assert [each.kind for each in told(text, checks=True).failures] == ["on data"]
    assert told(text).failures == ()
