from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import psycopg
import pytest

from be_tui.core.databases import Bounds, StatementError, majors, open_sandbox
from be_tui.core.databases import postgres as wire
from tests.stopping import asked_again_and_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import PostgresSandbox, PostgresSession


@pytest.fixture(params=["18", "16"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[PostgresSandbox]:
    with open_sandbox(f"postgresql:{request.param}") as opened:
        yield opened  # type: ignore[misc]


@pytest.fixture
def session(sandbox: PostgresSandbox) -> PostgresSession:
    return sandbox.session()


def test_both_majors_of_the_wheel_are_there() -> None:
    assert majors() == ("18", "16")
    with open_sandbox("postgresql") as newest:
        assert newest.version.startswith("18.")


def test_values_come_as_the_server_writes_them(session: PostgresSession) -> None:
    found = session.run(
        "SELECT 1 AS a, 1.50::numeric AS b, true AS c, ARRAY[1, NULL] AS d, NULL AS e, "
        "'infinity'::timestamptz AS f, false AS g"
    )
    assert found.columns == tuple("abcdefg")
    assert found.rows == (("1", "1.50", "true", "{1,NULL}", None, "infinity", "false"),)


def test_a_change_tells_how_many_rows_it_made(session: PostgresSession) -> None:
    session.run("CREATE TABLE t (a int)")
    assert session.run("INSERT INTO t SELECT generate_series(1, 12)").count == 12
    found = session.run("SELECT * FROM t WHERE false")
    assert (found.columns, found.rows, found.count) == (("a",), (), 0)


def test_what_the_server_remarks_is_kept(session: PostgresSession) -> None:
    assert session.run("DROP TABLE IF EXISTS t").said == (
        'NOTICE: table "t" does not exist, skipping',
    )
    assert session.run("SELECT 1").said == ()


def test_what_is_too_much_is_counted_but_not_kept(session: PostgresSession) -> None:
    many = "SELECT repeat('x', 1000) FROM generate_series(1, 200000)"
    found = session.run(many, Bounds(rows=3))
    assert (len(found.rows), found.count, found.cut) == (3, 200_000, True)


def test_a_refusal_says_what_the_server_said(session: PostgresSession) -> None:
    session.run("CREATE TABLE t (a int PRIMARY KEY)")
    session.run("INSERT INTO t VALUES (1)")
    with pytest.raises(StatementError) as caught:
        session.run("INSERT INTO t VALUES (1)")
    assert str(caught.value) == (
        'duplicate key value violates unique constraint "t_pkey": Key (a)=(1) already exists.'
    )
    assert (caught.value.trouble, caught.value.code) == ("refused", "23505")


def test_a_nul_is_refused_before_it_is_sent(session: PostgresSession) -> None:
    with pytest.raises(StatementError, match="a NUL character"):
        session.run("SELECT 1; \0 DROP TABLE t")
    assert session.run("SELECT '\ud800'").value == "?"


def test_a_statement_ends_at_its_bound(session: PostgresSession) -> None:
    start = time.monotonic()
    with pytest.raises(StatementError, match=r"longer than 0\.2 s") as caught:
        session.run("SELECT pg_sleep(60)", Bounds(seconds=0.2))
    assert caught.value.trouble == "late"
    assert time.monotonic() - start < 5
    assert session.run("SELECT 1").value == "1"


def test_a_statement_can_be_stopped_from_elsewhere(session: PostgresSession) -> None:
    with (
        asked_again_and_again(session.stop),
        pytest.raises(StatementError, match="it was stopped") as caught,
    ):
        session.run("SELECT pg_sleep(60)")
    assert caught.value.trouble == "stopped"
    session.stop()
    assert session.run("SELECT 1").value == "1"


def test_an_ended_wait_by_the_server_is_late_too(session: PostgresSession) -> None:
    session.run("SET statement_timeout = 50")
    with pytest.raises(StatementError, match="statement timeout") as caught:
        session.run("SELECT pg_sleep(60)")
    assert caught.value.trouble == "late"


def test_an_interrupt_leaves_the_connection_fit_for_more(
    session: PostgresSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(session, "_await", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.run("SELECT pg_sleep(60)")
    assert session.run("SELECT 1").value == "1"


def test_a_lost_connection_is_told(sandbox: PostgresSandbox, session: PostgresSession) -> None:
    other = sandbox.session()
    other.run(f"SELECT pg_terminate_backend({session.number})")
    with pytest.raises(StatementError) as caught:
        session.run("SELECT 1")
    assert caught.value.trouble == "lost"
    with pytest.raises(StatementError, match="the connection is gone") as again:
        session.run("SELECT 1")
    assert again.value.trouble == "lost"


def test_a_connection_that_ends_itself_is_told(session: PostgresSession) -> None:
    with pytest.raises(StatementError, match="terminat") as caught:
        session.run("SELECT pg_terminate_backend(pg_backend_pid())")
    assert caught.value.trouble == "lost"


def test_a_server_that_goes_on_after_its_bound_is_given_up(
    session: PostgresSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_GRACE", 0.1)
    monkeypatch.setattr(session, "_cancel", lambda: None)
    with pytest.raises(StatementError, match="the server does not answer") as caught:
        session.run("SELECT pg_sleep(5)", Bounds(seconds=0.1))
    assert caught.value.trouble == "lost"


def test_a_plan_is_what_explain_says(session: PostgresSession) -> None:
    session.run("CREATE TABLE t (a int)")
    assert "Seq Scan on t" in session.plan("SELECT * FROM t")
    assert "Insert on t" in session.plan("INSERT INTO t VALUES (1)")
    assert session.run("SELECT count(*) FROM t").value == "0"


def test_locks_and_waits_are_seen_from_outside(sandbox: PostgresSandbox) -> None:
    first, second = sandbox.session(), sandbox.session()
    first.run("CREATE TABLE t (a int PRIMARY KEY)")
    assert not first.in_transaction
    first.run("BEGIN")
    first.run("ALTER TABLE t ADD COLUMN b int")
    assert first.in_transaction
    assert [
        (lock.relation, lock.mode, lock.kind, lock.granted) for lock in sandbox.locks(first)
    ] == [("t", "AccessExclusiveLock", "table", True)]
    assert not sandbox.waits(second)
    thread = threading.Thread(target=second.run, args=("SELECT * FROM t",))
    thread.start()
    deadline = time.monotonic() + 60
    while not sandbox.waits(second) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sandbox.waits(second)
    assert [lock.granted for lock in sandbox.locks(second)] == [False]
    first.run("ROLLBACK")
    thread.join()
    assert not sandbox.waits(second)


def test_a_wait_for_a_lock_has_its_bound(sandbox: PostgresSandbox) -> None:
    first, second = sandbox.session(), sandbox.session()
    first.run("CREATE TABLE t (a int)")
    first.run("BEGIN")
    first.run("LOCK TABLE t")
    with pytest.raises(StatementError, match="lock timeout") as caught:
        second.run("SELECT * FROM t", Bounds(lock_seconds=0.1))
    assert caught.value.trouble == "waited"


def test_what_a_person_says_of_lock_waits_counts(sandbox: PostgresSandbox) -> None:
    session = sandbox.session()
    session.run("SET lock_timeout = '77ms'")
    session.run("SELECT 1")
    assert session.run("SHOW lock_timeout").value == "77ms"


def test_data_is_loaded_by_copy(session: PostgresSession) -> None:
    session.run("CREATE TABLE t (a int, b text)")
    assert session.load("COPY t FROM STDIN", [b"1\tx\n", b"2\t\\N\n"]).count == 2
    assert session.run("SELECT * FROM t").rows == (("1", "x"), ("2", None))
    with pytest.raises(StatementError, match="invalid input syntax"):
        session.load("COPY t FROM STDIN", [b"x\ty\n"])
    with pytest.raises(StatementError, match="does not exist"):
        session.load("COPY none FROM STDIN", [])
    assert session.run("SELECT 1").value == "1"


def test_a_copy_as_a_statement_moves_nothing(session: PostgresSession) -> None:
    session.run("CREATE TABLE t (a int)")
    with pytest.raises(StatementError, match="nothing is copied from here"):
        session.run("COPY t FROM STDIN")
    session.run("INSERT INTO t VALUES (1)")
    session.run("COPY t TO STDOUT")
    assert session.run("SELECT 1").value == "1"


def test_who_owns_a_sandbox_may_do_what_an_application_may(sandbox: PostgresSandbox) -> None:
    session = sandbox.session()
    session.run("CREATE SCHEMA app")
    session.run("CREATE ROLE reader")
    session.run("SET ROLE reader")
    session.run("RESET ROLE")
    for statement in ("COPY pg_class TO PROGRAM 'cat'", "ALTER SYSTEM SET work_mem = '1MB'"):
        with pytest.raises(StatementError, match="permission denied"):
            session.run(statement)


def test_roles_go_with_their_sandbox() -> None:
    for _ in range(2):
        with open_sandbox("postgresql") as sandbox, sandbox.session() as session:
            session.run('CREATE ROLE "a reader"')
            session.run("CREATE TABLE t (a int)")
            session.run('GRANT SELECT ON t TO "a reader"')
    with open_sandbox("postgresql", superuser=True) as sandbox, sandbox.session() as session:
        found = session.run("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1")
        assert found.rows == (("postgres",),)


def test_a_superuser_may_do_anything() -> None:
    with open_sandbox("postgresql", superuser=True) as sandbox, sandbox.session() as session:
        session.run("CREATE EXTENSION vector")
        assert session.run("SELECT current_user").value == "postgres"


def test_a_result_that_never_comes_is_a_lost_connection(session: PostgresSession) -> None:
    assert session._error(None).trouble == "lost"


def test_a_word_of_libpq_is_one_line() -> None:
    error = psycopg.OperationalError(
        'connection to server at "h", port 1 failed: x\nconnection failed: FATAL:  no role "me"\n'
    )
    assert wire._complaint(error) == 'no role "me"'
    assert wire._complaint(psycopg.OperationalError()) == "OperationalError"
    gone = "connection failed: server closed the connection\n\tThis means\n\tbefore or while."
    assert wire._complaint(psycopg.OperationalError(gone)) == "server closed the connection"
