from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pymysql
import pytest

from be_tui.core.databases import Bounds, StatementError, open_sandbox
from be_tui.core.databases import mariadb as module
from be_tui.core.databases.mariadb import MariadbSandbox, MariadbSession
from be_tui.core.databases.scratch import is_scratch, new_name
from be_tui.core.databases.urls import parse
from be_tui.core.errors import InputError
from tests.stopping import asked_again_and_again

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def sandbox(mariadb: str) -> Iterator[MariadbSandbox]:
    with open_sandbox(mariadb) as opened:
        assert isinstance(opened, MariadbSandbox)
        yield opened


@pytest.fixture
def session(sandbox: MariadbSandbox) -> MariadbSession:
    return sandbox.session()


@pytest.fixture
def admin(mariadb: str) -> Iterator[MariadbSession]:
    with MariadbSession(parse(mariadb)) as opened:
        yield opened


def test_values_come_as_the_server_writes_them(session: MariadbSession) -> None:
    found = session.run("SELECT 1 AS a, 1.50 AS b, 'x' AS c, x'00ff' AS d, NULL AS e")
    assert found.columns == ("a", "b", "c", "d", "e")
    assert found.rows == (("1", "1.50", "x", "X'00FF'", None),)


def test_a_change_tells_how_many_rows_it_made(session: MariadbSession) -> None:
    session.run("CREATE TABLE t (a int)")
    assert session.run("INSERT INTO t VALUES (1), (2)").count == 2
    assert session.run("SELECT * FROM t WHERE a = 3").count == 0


def test_what_is_too_much_is_counted_but_not_kept(session: MariadbSession) -> None:
    found = session.run("SELECT repeat('x', 500) FROM seq_1_to_100000", Bounds(rows=3))
    assert (len(found.rows), found.count, found.cut) == (3, 100_000, True)


def test_a_refusal_says_what_the_server_said(session: MariadbSession) -> None:
    with pytest.raises(StatementError, match="doesn't exist") as caught:
        session.run("SELECT * FROM none")
    assert (caught.value.trouble, caught.value.code) == ("refused", "1146")


@pytest.mark.parametrize("statement", ["SELECT sleep(30)", "SELECT benchmark(1e12, md5('a'))"])
def test_a_statement_ends_at_its_bound(session: MariadbSession, statement: str) -> None:
    start = time.monotonic()
    with pytest.raises(StatementError, match=r"longer than 0\.2 s") as caught:
        session.run(statement, Bounds(seconds=0.2))
    assert caught.value.trouble == "late"
    assert time.monotonic() - start < 5
    assert session.run("SELECT 1").value == "1"


def test_a_statement_can_be_stopped_from_elsewhere(session: MariadbSession) -> None:
    with (
        asked_again_and_again(session.stop),
        pytest.raises(StatementError, match="it was stopped") as caught,
    ):
        session.run("SELECT sleep(30)")
    assert caught.value.trouble == "stopped"


def test_a_statement_that_is_stopped_loudly_says_the_same(session: MariadbSession) -> None:
    with (
        asked_again_and_again(session.stop),
        pytest.raises(StatementError, match="it was stopped") as caught,
    ):
        session.run("SELECT 1 FROM seq_1_to_1000000 a, seq_1_to_1000000 b WHERE a.seq + b.seq = 0")
    assert caught.value.code == "1317"


def test_what_the_server_ends_by_itself_is_late(session: MariadbSession) -> None:
    with pytest.raises(StatementError) as caught:
        session.run("SET STATEMENT max_statement_time = 0.1 FOR SELECT * FROM seq_1_to_999999999")
    assert caught.value.trouble == "late"


def test_a_plan_names_its_cells(session: MariadbSession) -> None:
    session.run("CREATE TABLE t (a int PRIMARY KEY)")
    assert "table: t, type: index, possible_keys: None, key: PRIMARY" in session.plan(
        "SELECT a FROM t"
    )


def test_a_wait_is_seen_and_has_its_bound(sandbox: MariadbSandbox) -> None:
    first, second = sandbox.session(), sandbox.session()
    first.run("CREATE TABLE t (a int PRIMARY KEY, b int)")
    first.run("INSERT INTO t VALUES (1, 1)")
    first.run("BEGIN")
    first.run("UPDATE t SET b = 2")
    assert not sandbox.waits(second)  # asked before it waits, too: what was seen then must not stay
    troubles: list[str] = []

    def update() -> None:
        try:
            second.run("UPDATE t SET b = 3", Bounds(lock_seconds=5))
        except StatementError as error:
            troubles.append(error.trouble)

    thread = threading.Thread(target=update)
    thread.start()
    while not (seen := sandbox.waits(second)) and thread.is_alive():
        time.sleep(0.01)
    thread.join()
    assert seen
    assert troubles == ["waited"]
    assert not sandbox.waits(second)


def test_a_lost_connection_is_told(sandbox: MariadbSandbox, admin: MariadbSession) -> None:
    session = sandbox.session()
    admin.run(f"KILL {session.number}")
    with pytest.raises(StatementError) as caught:
        session.run("SELECT 1")
    assert caught.value.trouble == "lost"
    session.stop()
    session.close()


def test_locks_are_not_told(sandbox: MariadbSandbox, session: MariadbSession) -> None:
    with pytest.raises(InputError, match="mariadb does not tell its locks"):
        sandbox.locks(session)


def test_a_scratch_database_goes_and_others_stay(mariadb: str, admin: MariadbSession) -> None:
    left, held = new_name(), new_name()
    for name in (left, held, "be_tui_scratch_mine"):
        admin.run(f"CREATE DATABASE {name}")
    admin.run(f"SELECT GET_LOCK('{held}', 0)")

    def there() -> set[str]:
        return {str(name) for (name,) in admin.run("SHOW DATABASES LIKE 'be%'").rows}

    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        name = str(session.run("SELECT database()").value)
        assert is_scratch(name)
        assert there() == {held, "be_tui_scratch_mine", name}
        assert (sandbox.engine, sandbox.version.count(".")) == ("mariadb", 2)
    assert there() == {held, "be_tui_scratch_mine"}
    for name in there():
        admin.run(f"DROP DATABASE {name}")


def test_who_may_make_no_database_is_told_so(mariadb: str, admin: MariadbSession) -> None:
    admin.run("CREATE OR REPLACE USER poor@localhost IDENTIFIED BY 's3cret'")
    poor = mariadb.replace("root@", "poor:s3cret@")
    with pytest.raises(InputError, match="Access denied") as caught:
        open_sandbox(poor)
    assert "GRANT ALL" in caught.value.hint
    with pytest.raises(InputError, match="Access denied") as caught:
        open_sandbox(poor.replace("s3cret", "wr0ng"))
    assert "wr0ng" not in str(caught.value)
    admin.run("DROP USER poor@localhost")


def test_a_server_that_does_not_answer_is_told_in_one_line() -> None:
    for url in ("mysql://me:s3cret@127.0.0.1:1/x", "mysql://me:s3cret@/x?unix_socket=/none"):
        with pytest.raises(InputError, match=r"Can't connect|no server listens") as caught:
            open_sandbox(url)
        assert "\n" not in str(caught.value)
        assert "s3cret" not in str(caught.value)


def test_a_server_that_never_greets_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"mariadb://me:secret@127.0.0.1:{silent.getsockname()[1]}/d"
        with pytest.raises(InputError) as caught:
            MariadbSession(parse(url))
    assert "Lost connection" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_long_statement_is_waited_for(
    sandbox: MariadbSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.3)
    assert sandbox.session().run("SELECT sleep(0.6)").rows == (("0",),)


def test_what_the_driver_says_without_a_number_is_told() -> None:
    assert module._told(pymysql.InterfaceError("closed")) == (0, "closed")
    assert module._told(RuntimeError("cryptography is needed")) == (0, "cryptography is needed")


def test_a_mysql_is_known_by_its_version(mariadb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_sandbox(mariadb) as sandbox:
        assert isinstance(sandbox, MariadbSandbox)
        monkeypatch.setattr(sandbox._keeper, "version", "8.4.3")
        assert (sandbox.engine, sandbox.version) == ("mysql", "8.4.3")
        assert len(sandbox._keeper._settings(Bounds())) == 2


def test_an_end_that_nobody_here_asked_for_is_told_as_it_is(session: MariadbSession) -> None:
    error = session._error(
        pymysql.OperationalError(1317, "Query execution was interrupted"), Bounds()
    )
    assert (error.trouble, error.message) == ("late", "Query execution was interrupted")
