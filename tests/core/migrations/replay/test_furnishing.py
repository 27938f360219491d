from __future__ import annotations

import pytest

from be_tui.core.databases import SqliteSandbox, StatementError
from be_tui.core.errors import InputError
from be_tui.core.migrations.replay.census import tables_of
from be_tui.core.migrations.replay.furnishing import empty, furnish, make, make_roles, roles_of
from be_tui.core.migrations.replay.grafting import grafted
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target


def allowed(statement: str) -> str:
    return "no SQL" if statement.startswith(".") else ""


def furnished(ddl: str, rows: int, later: str = "", **given: int) -> tuple[dict[str, int], str]:
    """Fill tables of SQLite; give their rows as they are, and the notes in one."""
    with SqliteSandbox() as sandbox, sandbox.session() as session:
        make(session, ddl, "sqlite", allowed)
        schema = read_schema(later, Target("sqlite"), "").schema if later else None
        _, notes = furnish(session, "sqlite", "3", {"": rows, **given}, later=schema)
        counts = {
            name: int(session.run(f"SELECT count(*) FROM {sql}").value or 0)
            for name, sql in tables_of(session, "sqlite").items()
        }
        empty(session, "sqlite", tables_of(session, "sqlite").values())
        empty(session, "sqlite", ())
        for sql in tables_of(session, "sqlite").values():
            assert session.run(f"SELECT count(*) FROM {sql}").value == "0"
        return counts, "\n".join(notes)


def test_each_table_gets_its_rows_and_one_that_has_some_keeps_them() -> None:
    ddl = "CREATE TABLE a (b int); CREATE TABLE c (d int); INSERT INTO c VALUES (1)"
    assert furnished(ddl, 20, a=30) == ({"a": 30, "c": 1}, "")
    assert furnished(ddl, 0)[0] == {"a": 0, "c": 1}


def test_what_cannot_have_so_many_rows_has_fewer_and_what_refers_to_it_too() -> None:
    ddl = """
        CREATE TABLE marks (mark varchar(1) PRIMARY KEY);
        CREATE TABLE uses (id integer PRIMARY KEY, mark varchar(1) NOT NULL REFERENCES marks);
    """
    counts, notes = furnished(ddl, 5000)
    assert 0 < counts["marks"] < 5000
    assert counts["uses"] == 5000
    assert notes.startswith(f"marks has {counts['marks']} rows only: ")


def test_a_table_that_rows_are_not_made_for_is_left_empty() -> None:
    counts, notes = furnished("CREATE TABLE a (b int CHECK (b = b + 1)); CREATE TABLE c (d int)", 5)
    assert counts == {"a": 0, "c": 5}
    assert "a has no rows: " in notes


def test_a_circle_in_which_nothing_may_be_null_stays_empty() -> None:
    ddl = """
        CREATE TABLE a (id integer PRIMARY KEY, b int NOT NULL REFERENCES b);
        CREATE TABLE b (id integer PRIMARY KEY, a int NOT NULL REFERENCES a);
        CREATE TABLE c (id integer PRIMARY KEY);
    """
    counts, notes = furnished(ddl, 5)
    assert counts == {"a": 0, "b": 0, "c": 5}
    assert "a has no rows: a.b refers to b, which has no rows" in notes


def test_rows_keep_to_what_will_be_demanded_of_them() -> None:
    ddl = "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (a_id int, c int, d int)"
    later = """
        CREATE TABLE a (id integer PRIMARY KEY);
        CREATE TABLE b (a_id int REFERENCES a, c int NOT NULL, d int CHECK (d > 5), e int);
        CREATE UNIQUE INDEX u ON b (d);
    """
    with SqliteSandbox() as sandbox, sandbox.session() as session:
        make(session, ddl, "sqlite", allowed)
        schema = read_schema(later, Target("sqlite"), "").schema
        furnish(session, "sqlite", "3", {"": 50}, later=schema)
        wrong = "SELECT count(*) FROM b WHERE c IS NULL OR d <= 5 OR a_id NOT IN (SELECT id FROM a)"
        assert session.run(wrong).value == "0"
        assert session.run("SELECT d FROM b GROUP BY d HAVING count(d) > 1").rows == ()


def test_a_graft_takes_over_nothing_that_names_what_is_not_there() -> None:
    before = read_schema(
        "CREATE TABLE a (b int); CREATE TABLE x (y int)", Target("sqlite"), ""
    ).schema
    later = read_schema(
        "CREATE TABLE a (b int REFERENCES new, c int, CHECK (b > c), UNIQUE (b, c));"
        "CREATE TABLE new (id integer PRIMARY KEY);",
        Target("sqlite"),
        "",
    ).schema
    assert grafted(before, later) == before


def test_ddl_is_made_but_for_what_is_refused_by_us() -> None:
    with SqliteSandbox() as sandbox, sandbox.session() as session:
        assert make(session, ".mode box\n; CREATE TABLE a (b int)", "sqlite", allowed) == (
            "left out: .mode box: no SQL",
        )
        with pytest.raises(InputError, match="already exists") as caught:
            make(session, "SET a = 1;\nCREATE TABLE a (b int)", "sqlite", allowed)
        assert caught.value.where == "line 2 of the schema"


@pytest.mark.parametrize(
    ("statement", "roles"),
    [
        ('GRANT SELECT ON t TO app, "The Boss"', ("app", '"The Boss"')),
        ("REVOKE ALL ON t FROM PUBLIC, app", ("app",)),
        ("ALTER TABLE t OWNER TO app", ("app",)),
        ("ALTER TABLE t OWNER TO postgres", ()),
        ("ALTER TABLE t OWNER TO pg_monitor", ()),
        ("ALTER TABLE t RENAME TO app", ()),
        ("CREATE POLICY p ON t FOR SELECT TO app USING (true)", ("app",)),
        ("CREATE SCHEMA s AUTHORIZATION app", ("app",)),
        ("ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO other", ("app", "other")),
        ("SET ROLE app", ("app",)),
        ("INSERT INTO t SELECT 1 FROM app", ()),
    ],
)
def test_roles_are_found_where_sql_names_them(statement: str, roles: tuple[str, ...]) -> None:
    assert roles_of([statement]) == roles
    assert roles_of([statement, *(f"CREATE ROLE {role}" for role in roles)]) == ()


class Roles:
    def run(self, statement: str) -> None:
        if "taken" in statement:
            raise StatementError("taken")


def test_a_role_that_is_there_is_not_made() -> None:
    assert make_roles(Roles(), ("taken", "new")) == ("new",)  # type: ignore[arg-type]
