from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.ddl import in_order, write_schema
from be_tui.core.migrations.diff import diff
from be_tui.core.schema import Name, Routine, Schema, View, open_state
from be_tui.core.sqltext import Engine, Target, split
from tests.core.ddl.drawing import NOWHERE, draw_schema


def read(text: str, target: Target) -> Schema:
    """Give the schema of a text, all of which is taken in."""
    state = open_state(target)
    for statement in split(text, target.engine):
        assert state.apply(statement) is None, statement.text
    return state.schema()


def said(schema: Schema, target: Target) -> str:
    return ";\n".join(write_schema(schema, target)) + ";"


@pytest.mark.parametrize("engine", ["postgresql", "sqlite", "mariadb"])
@settings(deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_is_written_is_read_as_the_same_schema(engine: Engine, seed: int) -> None:
    target = Target(engine)
    schema = read(said(draw_schema(Random(seed), engine), target), target)
    again = read(said(schema, target), target)
    changes = diff(schema, again, target)
    assert not changes.changes
    assert not changes.remarks
    assert write_schema(again, target) == write_schema(schema, target)


POSTGRESQL = """
CREATE SCHEMA app;
CREATE EXTENSION pgcrypto WITH SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'it''s');
CREATE TYPE pair AS (a integer, b text COLLATE "C");
CREATE DOMAIN amount AS numeric(10,2) DEFAULT 0 NOT NULL CONSTRAINT not_less CHECK (VALUE >= 0);
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE parents (id bigserial PRIMARY KEY, "Name" text);
CREATE UNLOGGED TABLE "Odd table" (
  id integer GENERATED ALWAYS AS IDENTITY (START WITH 5) PRIMARY KEY,
  mood app.mood DEFAULT 'sad', home pair, owed amount, double_id integer
    GENERATED ALWAYS AS (id * 2) STORED,
  parent_id bigint NOT NULL, tags text[], note varchar(5) COLLATE "C",
  at tstzrange, CONSTRAINT odd_note_key UNIQUE NULLS NOT DISTINCT (note) DEFERRABLE,
  CONSTRAINT positive CHECK (twice(id) > 0) NO INHERIT,
  CONSTRAINT apart EXCLUDE USING gist (at WITH &&)
) WITH (fillfactor=70);
ALTER TABLE "Odd table" ADD CONSTRAINT odd_parent FOREIGN KEY (parent_id) REFERENCES parents
  ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED NOT VALID;
ALTER TABLE "Odd table" ADD CONSTRAINT later CHECK (id > 1) NOT VALID;
ALTER TABLE "Odd table" ALTER note SET STORAGE EXTERNAL;
ALTER TABLE "Odd table" ALTER note SET STATISTICS 5;
CREATE UNIQUE INDEX odd_idx ON "Odd table" USING btree (lower(note) DESC NULLS LAST, id)
  INCLUDE (parent_id) WHERE note IS NOT NULL;
CREATE TABLE parts (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE rest PARTITION OF parts DEFAULT;
CREATE TABLE heirs (more text) INHERITS (parents);
CREATE SEQUENCE tickets START WITH 10 OWNED BY parts.id;
CREATE VIEW seen WITH (security_barrier) AS SELECT id FROM parents;
CREATE MATERIALIZED VIEW kept AS SELECT id FROM seen WITH NO DATA;
CREATE UNIQUE INDEX kept_idx ON kept (id);
CREATE TRIGGER touched BEFORE UPDATE ON parents FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE parents DISABLE TRIGGER touched;
ALTER TABLE parents ENABLE ROW LEVEL SECURITY;
ALTER TABLE parents FORCE ROW LEVEL SECURITY;
ALTER TABLE parents REPLICA IDENTITY FULL;
CREATE POLICY mine ON parents USING (id > 0);
CREATE STATISTICS odd_stats (dependencies) ON id, parent_id FROM "Odd table";
COMMENT ON TABLE parents IS 'it''s';
COMMENT ON COLUMN parents."Name" IS 'who';
COMMENT ON INDEX odd_idx IS 'quick';
COMMENT ON VIEW seen IS 'what is seen';
COMMENT ON TYPE app.mood IS 'how';
GRANT SELECT, UPDATE ON parents TO PUBLIC;
"""


def test_all_that_postgresql_holds_is_written_and_read_again() -> None:
    target = Target("postgresql", (18,))
    schema = read(POSTGRESQL, target)
    changes = diff(schema, read(said(schema, target), target), target)
    assert changes.changes == ()


def test_what_names_another_comes_after_it() -> None:
    first = View(_name("a"), "SELECT 1 FROM b", NOWHERE)
    second = View(_name("b"), "SELECT f()", NOWHERE)
    routine = Routine(
        "function", "f", "", "CREATE FUNCTION f() RETURNS int AS 'SELECT 1' LANGUAGE sql", NOWHERE
    )
    schema = Schema(views=(first, second), routines=(routine,))
    assert in_order(schema) == (routine, second, first)


def test_what_goes_in_a_circle_keeps_the_order_of_its_kind() -> None:
    first = View(_name("a"), "SELECT 1 FROM b", NOWHERE)
    second = View(_name("b"), "SELECT 1 FROM a", NOWHERE)
    assert in_order(Schema(views=(first, second))) == (first, second)


def _name(text: str) -> Name:
    return Name(text)


SQLITE = """
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, "order" TEXT DEFAULT (lower('A')));
CREATE TABLE pairs (a INT, b INT, PRIMARY KEY (a, b), FOREIGN KEY (a) REFERENCES users (id)
  ON DELETE CASCADE) WITHOUT ROWID;
CREATE INDEX pairs_b ON pairs (b DESC) WHERE b > 0;
"""


def test_sqlite_keeps_foreign_keys_and_numbering_within_the_table() -> None:
    target = Target("sqlite")
    text = said(read(SQLITE, target), target)
    assert "PRIMARY KEY AUTOINCREMENT" in text
    assert "REFERENCES users (id) ON DELETE CASCADE" in text
    assert "WITHOUT ROWID" in text
