"""A person's own database is read and never written; who we are there is never told."""

from __future__ import annotations

import contextlib
import re
import socket
import sqlite3
import threading
import traceback
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Bounds, Leave, StatementError, open_guarded, open_sandbox
from be_tui.core.databases.postgres import PostgresSession
from be_tui.core.databases.postgres_server import running_server
from be_tui.core.errors import InputError
from tests.stopping import asked_again_and_again

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.databases import Guarded

LEAVE = Leave("the test says so")


@pytest.fixture
def postgres() -> Iterator[Guarded]:
    """Give a database with a table of two rows, as superuser: nothing but the guard holds us."""
    server = running_server("18")
    with PostgresSession(server.address()) as admin:
        admin.run("CREATE DATABASE guarded TEMPLATE template1")
        try:
            with PostgresSession(server.address("guarded")) as owner:
                owner.run("CREATE TABLE t AS SELECT 1 AS n UNION SELECT 2")
            with open_guarded(f"postgresql://postgres@/guarded?host={server.sockets}") as opened:
                yield opened
        finally:
            admin.run("DROP DATABASE guarded WITH (FORCE)")


@pytest.fixture
def on_mariadb(mariadb: str) -> Iterator[Guarded]:
    with open_sandbox(mariadb) as sandbox, sandbox.session() as owner:
        owner.run("CREATE TABLE t AS SELECT 1 AS n UNION SELECT 2")
        owner.run("CREATE TABLE old (n int) ENGINE=MyISAM")
        name = owner.run("SELECT database()").value
        with open_guarded(mariadb.replace("/?", f"/{name}?")) as opened:
            yield opened


@pytest.fixture
def on_file(tmp_path: Path) -> Iterator[Guarded]:
    path = tmp_path / "shop.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("CREATE TABLE t AS SELECT 1 AS n UNION SELECT 2")
    with open_guarded(f"sqlite:{path}") as opened:
        yield opened


@pytest.fixture(params=["postgres", "on_mariadb", "on_file"])
def guarded(request: pytest.FixtureRequest) -> Guarded:
    found: Guarded = request.getfixturevalue(request.param)
    return found


def endless(guarded: Guarded) -> str:
    """Give a query that never ends."""
    if guarded.engine == "mariadb":
        return "SELECT benchmark(1000000000, sha2('a', 512))"
    return "WITH RECURSIVE a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT sum(n) FROM a"


def count(guarded: Guarded) -> str | None:
    return guarded.run("SELECT count(*) FROM t").value


@pytest.mark.parametrize(
    "writes",
    [
        "INSERT INTO t VALUES (3)",
        "DELETE FROM t",
        "DROP TABLE t",
        "CREATE TABLE u (n int)",
        "COMMIT",
        "SET default_transaction_read_only = off",
        "/* SELECT */ DELETE FROM t",
        "-- SELECT\nDELETE FROM t",
        "SELECT 1; COMMIT; DELETE FROM t",
        "",
    ],
)
def test_nothing_is_written(guarded: Guarded, writes: str) -> None:
    with pytest.raises(StatementError):
        guarded.run(writes)
    with pytest.raises(StatementError):
        guarded.analyse(writes)
    assert count(guarded) == "2"


@pytest.mark.parametrize(
    "writes",
    [
        "WITH gone AS (DELETE FROM t RETURNING n) SELECT * FROM gone",
        "SELECT * INTO u FROM t",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "EXPLAIN ANALYZE DELETE FROM t",
        "SELECT lo_create(0)",
    ],
)
def test_postgres_refuses_what_begins_like_a_query(postgres: Guarded, writes: str) -> None:
    with pytest.raises(StatementError):
        postgres.run(writes)
    assert count(postgres) == "2"


@pytest.mark.parametrize("end", ["INTO OUTFILE '/tmp/x'", "/*!50000 INTO OUTFILE '/tmp/x' */"])
def test_mariadb_writes_no_file(on_mariadb: Guarded, end: str) -> None:
    with pytest.raises(StatementError, match="write a file"):
        on_mariadb.run(f"SELECT * FROM t {end}")
    with pytest.raises(StatementError, match="write a file"):
        on_mariadb.analyse(f"SELECT * FROM t {end}", leave=LEAVE)


def test_with_leave_a_change_is_tried_and_undone(postgres: Guarded, on_mariadb: Guarded) -> None:
    for guarded in (postgres, on_mariadb):
        told = guarded.analyse("DELETE FROM t", leave=LEAVE)
        assert re.search(r"actual time|r_rows", told)
        assert count(guarded) == "2"
        with pytest.raises(StatementError, match="tried and undone"):
            guarded.analyse("DROP TABLE t", leave=LEAVE)


def test_what_could_not_be_undone_is_refused(on_mariadb: Guarded) -> None:
    with pytest.raises(StatementError, match="old cannot be undone"):
        on_mariadb.analyse("INSERT INTO old VALUES (1)", leave=LEAVE)


def test_a_query_tells_its_plan(guarded: Guarded) -> None:
    assert "t" in guarded.plan("SELECT * FROM t")
    assert guarded.analyse("SELECT * FROM t")
    assert guarded.version[0].isdigit()


def test_a_query_that_never_ends_is_ended(guarded: Guarded) -> None:
    with pytest.raises(StatementError, match=r"longer than 0\.2 s"):
        guarded.run(endless(guarded), Bounds(seconds=0.2))
    assert count(guarded) == "2"


def test_the_server_ends_what_outlives_us(postgres: Guarded) -> None:
    assert postgres.run("SHOW statement_timeout", Bounds(seconds=7)).value == "12s"
    assert postgres.run("SHOW lock_timeout").value == "5s"
    assert postgres.run("SHOW transaction_read_only").value == "on"


def test_a_server_that_dies_is_told_in_one_line(postgres: Guarded) -> None:
    number = postgres.run("SELECT pg_backend_pid()").value
    with PostgresSession(running_server("18").address()) as admin:
        admin.run(f"SELECT pg_terminate_backend({number})")
    with pytest.raises(StatementError) as caught:
        postgres.run("SELECT 1")
    assert caught.value.trouble == "lost"
    assert "\n" not in str(caught.value)


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file of SQLite"):
        open_guarded(str(tmp_path / "none"))
    (tmp_path / "text").write_text("x" * 5000)
    with pytest.raises(InputError, match="cannot be read as SQLite"):
        open_guarded(str(tmp_path / "text"))


@contextlib.contextmanager
def hangs_up() -> Iterator[int]:
    """Give the port of a server that ends every conversation at once."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)

        def answer() -> None:
            with contextlib.suppress(OSError):
                while True:
                    listening.accept()[0].close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)


SECRETS = ["Pa55word", "Pa55word%40zz9%23zz9", "Pa55word@zz9%zz9", "Pa55word/zz9#zz9"]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("scheme", ["postgresql", "mariadb", "mysql", "oracle"])
def test_no_error_tells_the_password(secret: str, scheme: str) -> None:
    with hangs_up() as port:
        for where in (
            f"{scheme}://me:{secret}@127.0.0.1:{port}/shop",
            f"{scheme}://me:{secret}@127.0.0.1:1/shop",
            f"{scheme}://me:{secret}@127.0.0.1:port/shop",
            f"{scheme}://me@127.0.0.1:1/shop?password={secret}",
            f"{scheme}://me:{secret}@/shop?unix_socket=/nowhere&host=/nowhere",
        ):
            with pytest.raises(InputError) as caught:
                open_guarded(where)
            told = "".join(traceback.format_exception(caught.value))
            assert "Pa55" not in told
            assert "zz9" not in told


@pytest.mark.parametrize("what", ["postgresql", "mariadb"])
def test_a_wrong_password_is_told_without_it(what: str, request: pytest.FixtureRequest) -> None:
    if what == "mariadb":
        server = request.getfixturevalue("mariadb").replace("root@", "nobody:Pa55word@")
        where = server.replace("/?", "/shop?")
    else:
        own = running_server("18")
        where = f"postgresql://nobody:Pa55word@/shop?host={own.sockets}"
    with pytest.raises(InputError) as caught:
        open_guarded(where)
    told = "".join(traceback.format_exception(caught.value))
    assert "nobody" in told
    assert "Pa55" not in told


def test_a_url_without_a_database_is_told(mariadb: str) -> None:
    with pytest.raises(InputError, match="no database is named"):
        open_guarded(mariadb)


def test_it_is_stopped_from_another_thread(guarded: Guarded) -> None:
    with (
        asked_again_and_again(guarded.stop),
        pytest.raises(StatementError, match="it was stopped"),
    ):
        guarded.run(endless(guarded))
    assert count(guarded) == "2"
