"""A schema that statements are applied to is asked in between."""

from __future__ import annotations

import pytest

from be_tui.core.pgtext import read_statement
from be_tui.core.schema import NotThere, SchemaState, open_state, schema_of_statements
from be_tui.core.sqltext import Engine, Target, Unread, split

POSTGRES = Target("postgresql", (18,))


def state_of(ddl: str, engine: Engine = "postgresql") -> SchemaState:
    target = POSTGRES if engine == "postgresql" else Target(engine)
    state = open_state(target)
    for statement in split(ddl, engine):
        assert state.apply(statement, "s.sql") is None, statement.text
    return state


def why_not(state: SchemaState, text: str) -> str:
    (statement,) = split(text, state.target.engine)
    before = state.schema()
    found = state.apply(statement)
    assert found is not None
    assert state.schema() == before
    return found.message


SHOP = """
CREATE TYPE mood AS ENUM ('a');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN more AS positive;
CREATE SCHEMA app;
CREATE TABLE users (id serial PRIMARY KEY, feels mood, many mood[], n positive, m more);
CREATE TABLE app.users (id int);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users, up int REFERENCES orders);
CREATE TABLE log (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
  PARTITION BY LIST (id);
CREATE TABLE log_1_a PARTITION OF log_1 FOR VALUES IN (1);
CREATE TABLE log_rest PARTITION OF log DEFAULT;
CREATE TABLE mother (a int);
CREATE TABLE daughter () INHERITS (mother);
CREATE INDEX by_user ON orders (user_id);
CREATE VIEW names AS SELECT id FROM users;
CREATE VIEW more_names AS SELECT id FROM names;
CREATE MATERIALIZED VIEW kept AS SELECT id FROM orders;
CREATE INDEX kept_id ON kept (id);
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
"""


def names(found: tuple[object, ...]) -> list[str]:
    return [each.name.text for each in found]  # type: ignore[attr-defined]


def test_what_stands_around_a_table_is_told() -> None:
    state = state_of(SHOP)
    users, log = state.table("users"), state.table("log")
    assert users is not None
    assert log is not None
    assert names(state.referenced_by(users)) == ["orders"]
    assert names(state.partitions_of(log)) == ["log_1", "log_1_a", "log_rest"]
    default = state.default_partition(log)
    assert default is not None
    assert default.name.text == "log_rest"
    mother = state.table("mother")
    assert mother is not None
    assert names(state.heirs_of(mother)) == ["daughter"]
    assert [each.name for each in state.sequences_of(users)] == ["users_id_seq"]
    assert state.sequences_of(users, "n") == ()


def test_things_are_found_by_their_names() -> None:
    state = state_of(SHOP)
    app = state.table("users", "app")
    assert app is not None
    assert app.namespace == "app"
    assert state.table("USERS", "public") is state.table("users")
    assert state.table("users", "nowhere") is None
    assert state.table("nothing") is None
    assert state.view("kept") is not None
    assert state.domain("positive") is not None
    assert state.enumeration("mood") is not None
    assert state.enumeration("mood", "app") is None
    assert state.sequence("users_id_seq") is not None
    owner, index = state.index("by_user") or (None, None)
    assert owner is state.table("orders")
    assert index is not None
    assert index.columns == ("user_id",)
    assert state.index("orders_pkey") == (owner, None)
    assert state.index("kept_id") is not None
    assert state.index("nothing") is None
    assert [each.arguments for each in state.routines("f")] == ["int", ""]
    assert len(state.routines("f", "app")) == 1
    assert len(state.tables()) == 9
    assert state.held.tables


def test_what_is_made_since_a_mark_is_known() -> None:
    state = state_of("CREATE TABLE a (id int)")
    state.mark()
    assert state.made == frozenset()
    for statement in split("CREATE TABLE b (id int); CREATE INDEX i ON a (id)", "postgresql"):
        state.apply(statement)
    assert state.made == {("", "b"), ("", "i")}
    assert state.is_new("b")
    assert state.is_new("i")
    assert not state.is_new("a")
    assert not state.is_new("nothing")


def test_a_name_that_is_free_again_is_new_for_the_next_that_has_it() -> None:
    state = state_of("CREATE TABLE a (id int); CREATE TABLE c (id int)")
    state.mark()
    for statement in split(
        "ALTER TABLE a RENAME TO b; CREATE TABLE a (id int); DROP TABLE c; CREATE TABLE c (id int)",
        "postgresql",
    ):
        state.apply(statement)
    assert state.made == {("", "a"), ("", "c")}
    assert not state.is_new("b")


@pytest.mark.parametrize("engine", ["postgresql", "mysql", "sqlite"])
def test_a_copy_goes_on_by_itself(engine: Engine) -> None:
    state = state_of("CREATE TABLE a (id int); CREATE VIEW v AS SELECT id FROM a", engine)
    other = state.copy()
    (statement,) = split("ALTER TABLE a ADD COLUMN b int", engine)
    assert other.apply(statement) is None
    assert len(state.tables()[0].columns) == 1
    assert len(other.tables()[0].columns) == 2
    assert other.made == state.made
    assert state.view("v") is not None


@pytest.mark.parametrize("engine", ["postgresql", "mysql", "sqlite"])
def test_a_state_begins_with_a_schema(engine: Engine) -> None:
    made = (
        "CREATE TABLE a (id int, b int); CREATE INDEX i ON a (b); CREATE VIEW v AS SELECT id FROM a"
    )
    state = state_of(made, engine)
    target = Target(engine)
    assert open_state(target, state.schema()).schema() == state.schema()
    assert open_state(target, state.schema()).made == frozenset()


def test_a_serial_column_has_its_sequence_while_statements_are_applied() -> None:
    schema = state_of("CREATE TABLE a (id serial, big bigserial)").schema()
    assert schema.sequences == ()
    assert [each.default for each in schema.tables[0].columns] == ["", ""]
    state = open_state(POSTGRES, schema)
    assert state.sequence("a_id_seq") is not None
    for statement in split("ALTER SEQUENCE a_id_seq RENAME TO numbers; DROP TABLE a", "postgresql"):
        assert state.apply(statement) is None
    assert state.sequence("numbers") is None


def test_a_statement_that_is_read_already_is_applied() -> None:
    state = open_state(POSTGRES)
    (text,) = split("CREATE TABLE a (id int)", "postgresql")
    read = read_statement(text)
    assert not isinstance(read, Unread)
    assert state.apply(read) is None
    assert state.table("a") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ALTER TABLE nope ADD a int", 'no table "nope" is known here'),
        ("ALTER TABLE app.nope ADD a int", 'no table "app.nope" is known here'),
        ("ALTER TABLE users ADD id int", '"users" has a column "id" already'),
        ("ALTER TABLE users DROP COLUMN z", 'no column "z" of "users" is known here'),
        ("ALTER TABLE users ALTER z SET NOT NULL", 'no column "z" of "users" is known here'),
        ("ALTER TABLE users RENAME z TO y", 'no column "z" of "users" is known here'),
        ("ALTER TABLE users DROP CONSTRAINT z", 'no constraint "z" of "users" is known here'),
        ("ALTER TABLE users RENAME CONSTRAINT z TO y", 'no constraint "z" of "users" is known'),
        ("ALTER TABLE users ADD UNIQUE USING INDEX z", 'no index "z" is known here'),
        ("ALTER TABLE nope RENAME TO z", 'no relation "nope" is known here'),
        ("ALTER TABLE nope RENAME a TO z", 'no table "nope" is known here'),
        ("ALTER TABLE nope RENAME CONSTRAINT a TO z", 'no table "nope" is known here'),
        ("ALTER TABLE nope SET SCHEMA app", 'no relation "nope" is known here'),
        ("ALTER INDEX nope SET (fillfactor = 3)", 'no index "nope" is known here'),
        ("ALTER VIEW nope SET (security_barrier)", 'no view "nope" is known here'),
        ("ALTER SEQUENCE nope RESTART", 'no sequence "nope" is known here'),
        ("ALTER TYPE nope ADD VALUE 'b'", 'no type "nope" is known here'),
        ("ALTER TYPE mood ADD VALUE 'a'", "'a' is a value of \"mood\" already"),
        ("ALTER TYPE mood ADD VALUE 'b' AFTER 'z'", "'z' is no value of \"mood\""),
        ("ALTER TYPE mood RENAME VALUE 'z' TO 'y'", "'z' is no value of \"mood\""),
        ("ALTER TYPE nope RENAME TO z", 'no type "nope" is known here'),
        ("ALTER TYPE nope ADD ATTRIBUTE a int", 'no type "nope" is known here'),
        ("ALTER TYPE nope RENAME ATTRIBUTE a TO b", 'no type "nope" is known here'),
        ("ALTER DOMAIN nope SET NOT NULL", 'no domain "nope" is known here'),
        ("ALTER DOMAIN positive DROP CONSTRAINT z", 'no constraint "z" of "positive" is known'),
        ("ALTER DOMAIN nope RENAME CONSTRAINT z TO y", 'no domain "nope" is known here'),
        ("ALTER FUNCTION nope() STABLE", 'no function "nope" is known here'),
        ("ALTER FUNCTION nope() RENAME TO z", 'no function "nope" is known here'),
        ("ALTER SCHEMA nope RENAME TO z", 'no schema "nope" is known here'),
        ("ALTER POLICY nope ON users TO PUBLIC", 'no policy "nope" of "users" is known here'),
        ("ALTER TRIGGER nope ON users RENAME TO z", 'no "nope" of "users" is known here'),
        ("ALTER EXTENSION nope UPDATE", 'no extension "nope" is known here'),
        ("CREATE INDEX ON nope (a)", 'no table "nope" is known here'),
        ("CREATE POLICY p ON nope USING (true)", 'no table "nope" is known here'),
        ("DROP TABLE nope", 'no table "nope" is known here'),
        ("DROP INDEX nope", 'no index "nope" is known here'),
        ("DROP VIEW nope", 'no view "nope" is known here'),
        ("DROP SEQUENCE nope", 'no sequence "nope" is known here'),
        ("DROP TYPE nope", 'no type "nope" is known here'),
        ("DROP SCHEMA nope", 'no schema "nope" is known here'),
        ("DROP FUNCTION nope()", 'no function "nope" is known here'),
        ("DROP TRIGGER nope ON users", 'no trigger "users.nope" is known here'),
        ("DROP POLICY nope ON nope", 'no policy "nope.nope" is known here'),
        ("DROP EXTENSION nope", 'no extension "nope" is known here'),
        ("ALTER PUBLICATION nope ADD TABLE users", 'no publication "nope" is known here'),
        ("DROP PUBLICATION nope", 'no publication "nope" is known here'),
        ("COMMENT ON TABLE nope IS 'x'", '"nope" is not known here'),
        ("COMMENT ON COLUMN nope.a IS 'x'", '"nope.a" is not known here'),
        ("DO $$ BEGIN ALTER TABLE nope ADD a int; END $$", 'no table "nope" is known here'),
    ],
)
def test_a_statement_about_what_nobody_has_seen_changes_nothing(text: str, said: str) -> None:
    state = state_of(SHOP)
    assert why_not(state, text).startswith(said)
    (statement,) = split(text, "postgresql")
    assert isinstance(state.apply(statement), NotThere)


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE IF EXISTS nope ADD a int",
        "ALTER TABLE IF EXISTS nope RENAME a TO z",
        "ALTER TABLE IF EXISTS nope RENAME CONSTRAINT a TO z",
        "ALTER INDEX IF EXISTS nope SET (fillfactor = 3)",
        "ALTER SEQUENCE IF EXISTS nope RESTART",
        "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'a'",
        "ALTER VIEW IF EXISTS nope SET (security_barrier)",
        "CREATE TABLE IF NOT EXISTS users (z int)",
        "CREATE INDEX IF NOT EXISTS by_user ON orders (id)",
        "CREATE MATERIALIZED VIEW IF NOT EXISTS kept AS SELECT 1",
        "CREATE SEQUENCE IF NOT EXISTS users_id_seq",
        "CREATE TABLE IF NOT EXISTS users AS SELECT 1",
        "DROP TABLE IF EXISTS nope",
        "SELECT 1",
        "INSERT INTO users VALUES (1)",
        "ALTER TYPE mood OWNER TO somebody",
        "DO $$ BEGIN IF true THEN ALTER TABLE nope ADD a int; END IF; END $$",
    ],
)
def test_what_changes_nothing_is_passed_over(text: str) -> None:
    state = state_of(SHOP)
    before = state.schema()
    (statement,) = split(text, "postgresql")
    assert state.apply(statement) is None
    assert state.schema() == before


def test_what_cannot_be_read_is_told_with_its_statement() -> None:
    schema, unread = schema_of_statements(
        split("CREATE TABLE a (id int); CREATE TABLE; DO $$ BEGIN EXECUTE x; END $$", "postgresql"),
        POSTGRES,
        "s.sql",
    )
    assert [table.name.text for table in schema.tables] == ["a"]
    assert [each.statement.column for each in unread] == [26, 60]
    assert not any(isinstance(each, NotThere) for each in unread)


def test_a_value_that_may_be_left_out_of_a_call_is_kept_as_such() -> None:
    body = "RETURNS int LANGUAGE sql AS 'SELECT 1'"
    plain = state_of(f"CREATE FUNCTION f(a text DEFAULT NULL) {body}").schema()
    assert plain == state_of(f"CREATE FUNCTION f(a text DEFAULT NULL::text) {body}").schema()
    assert plain != state_of(f"CREATE FUNCTION f(a text) {body}").schema()


def test_privileges_on_a_column_follow_it_and_go_with_it() -> None:
    state = state_of(
        "CREATE TABLE a (id int, n text, m text); GRANT SELECT (id, n), UPDATE (m) ON a TO PUBLIC;"
        " ALTER TABLE a RENAME n TO o; ALTER TABLE a DROP COLUMN m;"
    )
    assert [each.privileges for each in state.schema().grants] == [("SELECT (id, o)",)]
    again = state_of(
        "CREATE TABLE a (id int); GRANT SELECT (id) ON a TO PUBLIC; ALTER TABLE a DROP COLUMN id;"
    )
    assert again.schema().grants == ()
