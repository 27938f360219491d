from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Rows, StatementError, open_sandbox
from be_tui.core.migrations.replay import findings
from be_tui.core.migrations.replay.refusing import refusals
from be_tui.core.migrations.replay.words import headline
from tests.core.migrations.replay.made import step, tried, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from be_tui.core.databases import Engine, Session

    Refuse = Callable[[str], str]


class Server:
    """A session that tells what a server has."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def run(self, statement: str) -> Rows:
        if statement == "SELECT database()":
            return Rows(("d",), (("be_tui_scratch_1",),), 1)
        if not self._names:
            raise StatementError("not told")
        return Rows(("name",), tuple((name,) for name in self._names))


def refuse(engine: Engine, *names: str, shared: bool = True) -> Refuse:
    session: Session = Server(*names)  # type: ignore[assignment]
    return refusals(session, engine, shared=shared)


@pytest.mark.parametrize(
    "statement",
    [
        r"\connect shop",
        "COPY users (id) FROM stdin",
        "CREATE EXTENSION IF NOT EXISTS pgcrypto",
        "COMMENT ON EXTENSION \"uuid-ossp\" IS 'x'",
        "CREATE DATABASE shop",
        "ALTER SYSTEM SET work_mem = '1GB'",
        "ALTER TABLE users OWNER TO postgres",
    ],
)
def test_what_is_no_sql_or_not_for_a_database_is_not_run(statement: str) -> None:
    assert refuse("postgresql", "plpgsql", shared=False)(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE EXTENSION plpgsql",
        "CREATE ROLE app",
        "ALTER TABLE users OWNER TO app",
        "COPY users TO stdout",
        "CREATE TABLE databases (id int)",
        "SELECT '\\d'",
    ],
)
def test_what_stays_within_is_run(statement: str) -> None:
    assert refuse("postgresql", "plpgsql", shared=False)(statement) == ""


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE ROLE app",
        "drop user app",
        "REASSIGN OWNED BY a TO b",
        "COPY t TO PROGRAM 'rm -rf /'",
        "COPY t FROM '/etc/passwd'",
        "DO $$ BEGIN PERFORM pg_read_file('/etc/passwd'); END $$",
        "SELECT dblink_exec('dbname=shop', 'DROP TABLE users')",
        "SELECT pg_terminate_backend(1)",
    ],
)
def test_on_a_server_with_others_nothing_reaches_beyond(statement: str) -> None:
    assert "reaches beyond" in refuse("postgresql")(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "USE shop",
        "GRANT ALL ON *.* TO me",
        "CREATE USER me",
        "DROP DATABASE shop",
        "SET GLOBAL max_connections = 1",
        "LOAD DATA INFILE '/etc/passwd' INTO TABLE t",
        "SELECT * FROM t INTO OUTFILE '/tmp/x'",
        "ALTER TABLE shop.users ADD a int",
        "ALTER TABLE `Shop` . `users` ADD a int",
        "PREPARE s FROM 'DROP TABLE shop.users'",
        "DELIMITER //",
    ],
)
def test_no_other_database_of_mariadb_is_touched(statement: str) -> None:
    assert refuse("mariadb", "shop", "information_schema", "be_tui_scratch_1")(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE users ADD shop int",
        "ALTER TABLE workshop.users ADD a int",
        "SELECT * FROM be_tui_scratch_1.users",
        "SELECT * FROM information_schema.tables",
    ],
)
def test_its_own_database_is_open_to_it(statement: str) -> None:
    assert refuse("mariadb", "shop", "information_schema", "be_tui_scratch_1")(statement) == ""
    assert refuse("mysql")(statement) == ""


def test_what_is_not_run_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    up = "CREATE EXTENSION pg_trgm;\nCREATE TABLE a (b int);"
    first, second = write(tmp_path, (up, "DROP TABLE a"), ("\\echo on\n;SELECT 1", ""))
    (proof,) = tried(first, "postgresql:18").proofs
    assert not proof.up.failed
    assert step(proof.up, 1).seen is None
    assert step(proof.up, 1).unrun.startswith("PostgreSQL's wheel has no extension pg_trgm;")
    replay = tried(second, "postgresql:18")
    assert replay.notes[0].startswith(f"{first}:1 was not run: PostgreSQL's wheel has no")
    assert step(replay.proofs[0].up, 1).statement.statement.text == "SELECT 1"


def test_a_failure_for_want_of_an_extension_is_no_error(tmp_path: Path) -> None:
    up = "CREATE EXTENSION citext;\nCREATE TABLE a (b citext);"
    (path,) = write(tmp_path, (up, "DROP TABLE a"))
    replay = tried(path, "postgresql:18")
    assert replay.lacking == ("citext",)
    assert headline(replay).endswith(
        "perhaps for want of citext only, which the server does not have"
    )
    assert [(each.rule, each.severity) for each in findings(replay)] == [
        ("proof-not-run", "warning"),
        ("proof-not-run", "info"),
    ]


@pytest.fixture
def owner() -> Iterator[Session]:
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        yield session


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'libc', 'getpid'",
        "SET session_replication_role = replica",
    ],
)
def test_the_server_itself_refuses_what_only_a_superuser_may(
    owner: Session, statement: str
) -> None:
    with pytest.raises(StatementError, match="permission denied"):
        owner.run(statement)
