from __future__ import annotations

import _thread
import threading
import time
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Bounds, SqliteSandbox, StatementError, open_sandbox
from be_tui.core.databases.places import PREFIX
from be_tui.core.errors import InputError
from tests.stopping import asked_again_and_again

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.databases import Sandbox, Session

ENDLESS = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def sandbox(temporary: Path) -> Iterator[Sandbox]:
    with open_sandbox("sqlite") as opened:
        yield opened
    assert [*temporary.iterdir()] == []


@pytest.fixture
def session(sandbox: Sandbox) -> Session:
    return sandbox.session()


def test_values_come_as_text_and_null_as_none(session: Session) -> None:
    found = session.run("SELECT 1 AS a, 1.5 AS b, 'x' AS c, x'00ff' AS d, NULL AS e")
    assert found.columns == ("a", "b", "c", "d", "e")
    assert found.rows == (("1", "1.5", "x", "X'00FF'", None),)
    assert (found.count, found.value, found.cut) == (1, "1", False)


def test_text_that_is_no_utf8_is_still_shown(session: Session) -> None:
    assert session.run("SELECT CAST(x'61ff' AS text)").value == "a\N{REPLACEMENT CHARACTER}"


def test_a_change_tells_how_many_rows_it_made(session: Session) -> None:
    session.run("CREATE TABLE t (a int)")
    found = session.run("INSERT INTO t VALUES (1), (2)")
    assert (found.columns, found.count, found.value) == ((), 2, None)
    assert session.run("DELETE FROM t").count == 2


def test_what_is_too_much_is_counted_but_not_kept(session: Session) -> None:
    many = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < {}) "
    found = session.run(
        f"{many.format(200_000)} SELECT n, hex(zeroblob(500)) FROM r", Bounds(rows=7)
    )
    assert (len(found.rows), found.count, found.cut) == (7, 200_000, True)


def test_a_refusal_says_what_sqlite_said(session: Session) -> None:
    with pytest.raises(StatementError, match="no such table: t") as caught:
        session.run("SELECT * FROM t")
    assert (caught.value.trouble, caught.value.code) == ("refused", "SQLITE_ERROR")


@pytest.mark.parametrize("statement", ["SELECT 1; SELECT 2", "SELECT '\0'", "SELECT '\ud800'"])
def test_what_is_no_single_statement_is_refused(session: Session, statement: str) -> None:
    with pytest.raises(StatementError):
        session.run(statement)


def test_a_statement_ends_at_its_bound(session: Session) -> None:
    start = time.monotonic()
    with pytest.raises(StatementError, match=r"longer than 0\.1 s") as caught:
        session.run(ENDLESS, Bounds(seconds=0.1))
    assert caught.value.trouble == "late"
    assert time.monotonic() - start < 5
    assert session.run("SELECT 1").value == "1"


def test_a_statement_can_be_stopped_from_elsewhere(session: Session) -> None:
    with (
        asked_again_and_again(session.stop),
        pytest.raises(StatementError, match="it was stopped") as caught,
    ):
        session.run(ENDLESS, Bounds(seconds=60))
    assert caught.value.trouble == "stopped"
    assert session.run("SELECT 1").value == "1"


def test_ctrl_c_is_not_swallowed_while_a_statement_runs(session: Session) -> None:
    threading.Timer(0.5, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        session.run(ENDLESS, Bounds(seconds=20))
    assert session.run("SELECT 1").value == "1"


def test_a_plan_is_drawn_as_a_tree(session: Session) -> None:
    session.run("CREATE TABLE t (a int PRIMARY KEY, b int)")
    plan = session.plan("SELECT * FROM t WHERE a = (SELECT max(b) FROM t)").splitlines()
    assert plan[0].startswith("SEARCH t USING INDEX")
    assert plan[1] == "SCALAR SUBQUERY 1"
    assert plan[2].startswith("  SEARCH t") or plan[2].startswith("  SCAN t")


def test_two_sessions_see_each_other_and_a_lock_is_told_at_once(sandbox: Sandbox) -> None:
    first, second = sandbox.session(), sandbox.session()
    first.run("CREATE TABLE t (a int)")
    first.run("BEGIN IMMEDIATE")
    with pytest.raises(StatementError, match="database is locked") as caught:
        second.run("INSERT INTO t VALUES (1)")
    assert caught.value.trouble == "waited"
    assert not sandbox.waits(second)
    first.run("COMMIT")
    assert second.run("INSERT INTO t VALUES (1)").count == 1


def test_no_other_file_can_be_reached(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    session.run("CREATE TABLE t (a int)")
    for statement in (f"ATTACH '{other}' AS o", f"VACUUM INTO '{other}'"):
        with pytest.raises(StatementError):
            session.run(statement)
    assert not other.exists()
    session.run("VACUUM")


def test_locks_are_not_told(sandbox: Sandbox, session: Session) -> None:
    with pytest.raises(InputError, match="SQLite does not tell its locks"):
        sandbox.locks(session)


def test_a_closed_session_and_sandbox_may_be_closed_and_stopped_again(temporary: Path) -> None:
    sandbox = open_sandbox("sqlite")
    with sandbox.session() as session:
        session.run("CREATE TABLE t (a int)")
    session.close()
    session.stop()
    assert [each.name.startswith(PREFIX) for each in temporary.iterdir()] == [True]
    sandbox.close()
    sandbox.close()
    assert sandbox.engine == "sqlite"
    assert sandbox.version.startswith("3.")


def test_a_twin_holds_the_same_and_goes_its_own_way() -> None:
    with SqliteSandbox() as first, first.session() as session:
        session.run("CREATE TABLE t AS SELECT 7 AS a")
        with first.twin() as second, second.session() as other:
            other.run("UPDATE t SET a = 8")
        assert not second.path.exists()
        assert session.run("SELECT a FROM t").value == "7"


def test_a_twin_that_has_no_room_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with SqliteSandbox() as first:
        monkeypatch.setattr(SqliteSandbox, "path", first.path.parent / "none" / "file")
        with pytest.raises(InputError, match="cannot be copied"):
            first.twin()


def test_a_function_can_be_given_to_a_session() -> None:
    with SqliteSandbox() as sandbox, sandbox.session() as session:
        session.define("length_of", lambda value: len(value or ""))
        assert session.run("SELECT length_of('abc')").value == "3"
