"""Renames, with what stands around them."""

from __future__ import annotations

from dataclasses import dataclass

USERS = "CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'x', age int);"
CALLED = (("name text", "called text"),)
PEOPLE = (("users", "people"),)
ORDERS = "CREATE TABLE orders (id int PRIMARY KEY, u bigint REFERENCES users (id));"
PARTS = """
CREATE TABLE log (id int, at date, said text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
"""
BODY = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.{} := lower(NEW.{}); RETURN NEW; END $$;"
ON_UPDATE = "CREATE TRIGGER t BEFORE UPDATE OF {} ON users FOR EACH ROW EXECUTE FUNCTION f();"
LOWERED = f"CREATE FUNCTION f() {BODY} {ON_UPDATE}"
POLICY = "ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY q ON users USING (age > 1);"


@dataclass(frozen=True, slots=True)
class Renaming:
    """One plan with a rename in it."""

    name: str
    before: str
    otherwise: tuple[tuple[str, str], ...]
    """What is written otherwise in the schema after."""

    renames: tuple[str, ...] = ("users.name=called",)
    why_at_once: str = ""
    """Empty where both names are known for a time."""


def _users(more: str, *also: tuple[str, str], why: str = "", name: str) -> Renaming:
    """Give a rename of users.name, with more in the schema."""
    before = USERS.replace("age int", more) if not more.endswith(";") else f"{USERS} {more}"
    return Renaming(name, before, (*CALLED, *also), why_at_once=why)


_NEEDED = "another change of the plan needs its name"

RENAMES = (
    _users("age int", name="a column"),
    _users("age int", ("age int", "age int, extra text"), name="and a column is added"),
    _users("age int", (", age int", ""), name="and another column goes"),
    _users("age int", ("age int", "age bigint"), name="and another column changes its type"),
    _users("age int", ("called text", "called varchar(50)"), why=_NEEDED, name="with its type"),
    _users("age int", ("DEFAULT 'x'", "DEFAULT 'y'"), why=_NEEDED, name="with its default"),
    _users("age int", ("age int", "age int, name int"), why=_NEEDED, name="and its name is reused"),
    Renaming("a key", USERS, (("id bigint", "uid bigint"),), ("users.id=uid",)),
    Renaming(
        "an identity",
        USERS.replace("id bigint", "id bigint GENERATED ALWAYS AS IDENTITY"),
        (("id bigint", "uid bigint"),),
        ("users.id=uid",),
        "its values are numbered or computed",
    ),
    Renaming(
        "what foreign keys refer to",
        USERS + ORDERS,
        (("id bigint", "uid bigint"), ("users (id)", "users (uid)")),
        ("users.id=uid",),
    ),
    Renaming("a foreign key", USERS + ORDERS, (("u bigint", "o bigint"),), ("orders.u=o",)),
    _users("CREATE INDEX i ON users (name);", ("(name)", "(called)"), name="with an index"),
    _users("CREATE INDEX i ON users (name);", ("CREATE INDEX i ON users (name);", ""), name="less"),
    _users(
        "age int",
        ("age int);", "age int); CREATE INDEX i ON users (called);"),
        name="and an index is built on it",
    ),
    _users("age int, UNIQUE (name)", ("UNIQUE (name)", "UNIQUE (called)"), name="a unique one"),
    _users("age int, CONSTRAINT c CHECK (name > '')", ("(name >", "(called >"), name="checked"),
    _users(
        "age int",
        ("age int", "age int, CONSTRAINT c CHECK (called > '')"),
        why=_NEEDED,
        name="and a check is added",
    ),
    _users(
        "CREATE VIEW v AS SELECT id, name FROM users;",
        ("id, name FROM", "id, called AS name FROM"),
        name="seen by a view",
    ),
    _users("CREATE VIEW v AS SELECT * FROM users;", name="seen by a view of all"),
    _users(
        "age int",
        ("age int);", "age int); CREATE VIEW v AS SELECT called FROM users;"),
        name="and a view is made of it",
    ),
    _users(
        "CREATE MATERIALIZED VIEW v AS SELECT id, name FROM users;",
        ("id, name FROM", "id, called FROM"),
        name="kept by a view",
    ),
    _users(
        "age int, g text GENERATED ALWAYS AS (lower(name)) STORED",
        ("lower(name)", "lower(called)"),
        name="that another is computed of",
    ),
    Renaming(
        "a computed one",
        USERS.replace("age int", "age int, g text GENERATED ALWAYS AS (lower(name)) STORED"),
        (("g text", "h text"),),
        ("users.g=h",),
        "its values are numbered or computed",
    ),
    Renaming(
        "written by a trigger",
        USERS + LOWERED.format("name", "name", "name"),
        (*CALLED, (LOWERED.format(*["name"] * 3), LOWERED.format(*["called"] * 3))),
        why_at_once="a trigger of its table names it",
    ),
    _users("GRANT SELECT (name) ON users TO PUBLIC;", ("(name)", "(called)"), name="granted"),
    _users("COMMENT ON COLUMN users.name IS 'a';", ("users.name", "users.called"), name="told of"),
    Renaming(
        "without a key",
        "CREATE TABLE n (a int, b int);",
        (("b int", "c int"),),
        ("n.b=c",),
        "its table has no primary key that rows could be filled by",
    ),
    Renaming("of partitions", PARTS, (("said text", "told text"),), ("log.said=told",)),
    Renaming(
        "that partitions go by",
        PARTS,
        (("at date", "day date"), ("(id, at)", "(id, day)"), ("RANGE (at)", "RANGE (day)")),
        ("log.at=day",),
        "it decides which partition a row goes to",
    ),
    Renaming(
        "of other letters",
        USERS.replace("name text NOT NULL DEFAULT 'x'", '"Full Name" json'),
        (('"Full Name"', '"Called So"'),),
        ("users.Full Name=Called So",),
    ),
    Renaming(
        "called as a keyword is",
        USERS.replace("name text", "type text"),
        (("type text", "kind text"), ("age int", "age bigint")),
        ("users.type=kind",),
    ),
    Renaming("a table", USERS, PEOPLE, ("users=people",)),
    Renaming("a table that is referred to", USERS + ORDERS, PEOPLE, ("users=people",)),
    Renaming("both", USERS, (*PEOPLE, *CALLED), ("users=people", "users.name=called")),
    Renaming(
        "a table that grows", USERS, (*PEOPLE, ("age int", "age int, b int")), ("users=people",)
    ),
    Renaming("a table that shrinks", USERS, (*PEOPLE, (", age int", "")), ("users=people",)),
    Renaming(
        "a table of which a column widens",
        USERS.replace("age int", "age varchar(10)"),
        (*PEOPLE, ("varchar(10)", "varchar(20)")),
        ("users=people",),
        "a column changes its type, which a view over it does not allow",
    ),
    Renaming(
        "a table whose name is reused",
        USERS,
        (*PEOPLE, ("age int);", "age int); CREATE TABLE users (k int PRIMARY KEY);")),
        ("users=people",),
        "its old name is given to something else",
    ),
    Renaming(
        "a table whose name a view gets",
        USERS,
        (*PEOPLE, ("age int);", "age int); CREATE VIEW users AS SELECT id FROM people;")),
        ("users=people",),
        "its old name is given to something else",
    ),
    Renaming(
        "a table of which a column is exchanged",
        USERS,
        (*PEOPLE, ("age int", "age bigint")),
        ("users=people",),
    ),
    Renaming(
        "of what inherits",
        f"{USERS} CREATE TABLE heirs (own int, PRIMARY KEY (id)) INHERITS (users);",
        (("own int", "mine int"),),
        ("heirs.own=mine",),
        "its table is part of another",
    ),
    Renaming(
        "a granted table", f"{USERS} GRANT SELECT ON users TO PUBLIC;", PEOPLE, ("users=people",)
    ),
    Renaming("a table with policies", f"{USERS} {POLICY}", PEOPLE, ("users=people",)),
)


def after(one: Renaming) -> str:
    """Give the schema after."""
    text = one.before
    for old, new in one.otherwise:
        assert old in text, (one.name, old)
        text = text.replace(old, new)
    return text
