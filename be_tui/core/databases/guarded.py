"""A person's own database, which is only read.

    with open_guarded("postgresql://…") as database:
        database.run("SELECT count(*) FROM posts")
        database.analyse("DELETE FROM posts", leave=Leave("asked on the command line"))

Each statement stands alone in a read-only transaction that is undone, within the server's own
limits of time. What writes needs a `Leave`, and is undone as well. What a function does outside
of its transaction, nobody can undo.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from be_tui.core.databases.held import Held
from be_tui.core.databases.model import DEFAULT_BOUNDS, StatementError
from be_tui.core.databases.urls import parse
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.databases.model import Bounds, Engine, Rows
    from be_tui.core.databases.urls import DatabaseUrl

_COMMENT = re.compile(r"(?:\s|\(|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.S)
_READS = re.compile(r"(?:SELECT|WITH|VALUES|TABLE|SHOW|EXPLAIN|DESC|DESCRIBE)\b", re.I)
_CHANGES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE|REPLACE|INTO)\b", re.I)
_TO_A_FILE = re.compile(r"\b(?:OUTFILE|DUMPFILE)\b|/\*M?!", re.I)
"""What MariaDB and MySQL write to the server's disk by, and comments that they carry out."""

_SQLITE = "sqlite:"

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Leave:
    """That a person lets a statement write, although it is undone."""

    said: str
    """Where the person said so: `--allow-writes`."""


class _Runs(Protocol):
    """What the sessions of all engines have in common here."""

    @property
    def version(self) -> str: ...

    def run(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows: ...

    def plan(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> str: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Guarded(Held):
    """One connection to a database of somebody's; what each engine does is below."""

    _analyse = "EXPLAIN ANALYZE"
    """The words that run a statement and tell its plan."""

    def __init__(self, inner: _Runs, engine: Engine, shown: str) -> None:
        """Take over a connection.

        Args:
            inner: The connection.
            engine: Which database it is.
            shown: Its address, without credentials.
        """
        self._inner = inner
        self.engine: Engine = engine
        self.shown = shown

    @property
    def version(self) -> str:
        """Give the server's version: `18.4`."""
        return self._inner.version.partition("-")[0]

    def run(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows:
        """Run a statement that only reads.

        Raises:
            StatementError: It would write, or did not run to its end.
        """
        self._reads(statement)
        return self._within(lambda: self._inner.run(statement, bounds), bounds, writing=False)

    def plan(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> str:
        """Give the plan of a statement, without running it.

        Raises:
            StatementError: The engine makes no plan of it.
        """
        return self._within(lambda: self._inner.plan(statement, bounds), bounds, writing=False)

    def analyse(
        self, statement: str, bounds: Bounds = DEFAULT_BOUNDS, leave: Leave | None = None
    ) -> str:
        """Run a statement and give its plan with what each step took; it is undone.

        Args:
            statement: What to run.
            bounds: How far it may go.
            leave: Given where the statement may write.

        Raises:
            StatementError: It writes and no leave was given, or it did not run to its end.
        """
        if leave is None:
            self._reads(statement)
        else:
            self._undoable(statement)
        asked = f"{self._analyse} {statement}"
        rows = self._within(lambda: self._inner.run(asked, bounds), bounds, writing=bool(leave))
        return "\n".join(row[0] or "" for row in rows.rows)

    def stop(self) -> None:
        """End the statement that runs, from another thread."""
        self._inner.stop()

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def _reads(self, statement: str) -> None:
        """Refuse what does not begin as a statement that reads; the engine refuses the rest."""
        begin = _COMMENT.match(statement)
        word = statement[begin.end() if begin else 0 :]
        if not _READS.match(word):
            first = (word.split() or ["nothing"])[0][:20]
            raise StatementError(f"only what reads is run here, not {first}")

    def _undoable(self, statement: str) -> None:
        """Refuse what could not be undone."""
        begin = _COMMENT.match(statement)
        word = statement[begin.end() if begin else 0 :]
        if not _READS.match(word) and not _CHANGES.match(word):
            raise StatementError("only queries and changes of rows can be tried and undone")

    @abstractmethod
    def _begin(self, bounds: Bounds, *, writing: bool) -> tuple[str, ...]:
        """Give the statements that open a transaction."""

    def _within(self, action: Callable[[], Given], bounds: Bounds, *, writing: bool) -> Given:
        try:
            for statement in self._begin(bounds, writing=writing):
                self._inner.run(statement, bounds)
            return action()
        finally:
            # A server that is gone has undone it already, and the first error tells more.
            with contextlib.suppress(StatementError):
                self._inner.run("ROLLBACK")


class _GuardedPostgres(Guarded):
    _analyse = "EXPLAIN (ANALYZE, BUFFERS)"

    def _begin(self, bounds: Bounds, *, writing: bool) -> tuple[str, ...]:
        # After a first query the server lets nobody make the transaction one that writes. The
        # server's own limit comes later than ours, which tells why.
        return (
            f"BEGIN ISOLATION LEVEL REPEATABLE READ, READ {'WRITE' if writing else 'ONLY'}",
            f"SET LOCAL statement_timeout = {int(bounds.seconds * 1000) + 5000}",
            f"SET LOCAL lock_timeout = {int(bounds.lock_seconds * 1000)}",
            "SELECT 1",
        )


class _GuardedMariadb(Guarded):
    def __init__(self, inner: _Runs, engine: Engine, shown: str) -> None:
        super().__init__(inner, engine, shown)
        self._analyse = "ANALYZE FORMAT=JSON" if engine == "mariadb" else "EXPLAIN ANALYZE"

    def _begin(self, bounds: Bounds, *, writing: bool) -> tuple[str, ...]:
        # The session itself sets what a statement may take.
        del bounds
        return (f"START TRANSACTION READ {'WRITE' if writing else 'ONLY'}",)

    def _reads(self, statement: str) -> None:
        super()._reads(statement)
        if _TO_A_FILE.search(statement):
            raise StatementError("what may write a file on the server is not run here")

    def _undoable(self, statement: str) -> None:
        super()._undoable(statement)
        if _TO_A_FILE.search(statement):
            raise StatementError("what may write a file on the server is not run here")
        for (name,) in self._inner.run(_LASTING).rows:
            if re.search(rf"\b{re.escape(str(name))}\b", statement, re.I):
                raise StatementError(f"what changes in {name} cannot be undone: it is not InnoDB's")


_LASTING = """
SELECT table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND engine <> 'InnoDB' AND table_schema = database()"""
"""Tables whose engine knows no transactions."""


class _GuardedSqlite(Guarded):
    _analyse = ""

    def analyse(
        self, statement: str, bounds: Bounds = DEFAULT_BOUNDS, leave: Leave | None = None
    ) -> str:
        """Give the plan alone: SQLite tells no times, and the file is open for reading only."""
        del leave
        self._reads(statement)
        return self.plan(statement, bounds)

    def _begin(self, bounds: Bounds, *, writing: bool) -> tuple[str, ...]:
        del bounds, writing
        return ("BEGIN",)


def open_guarded(where: str) -> Guarded:
    """Connect to a database that is only read.

    Args:
        where: A URL as `postgresql://…`, `mariadb://…` or `mysql://…`, `sqlite:FILE`, or the
            path of a file of SQLite.

    Raises:
        InputError: There is no such database, driver or server, or it does not let us in. It
            never holds the password.
    """
    if where.startswith(_SQLITE) or "://" not in where:
        return _on_file(where.removeprefix(_SQLITE).removeprefix("//"))
    url = parse(where)
    if url.engine == "postgresql":
        return _on_postgres(url)
    return _on_mariadb(url)


def _on_file(path: str) -> Guarded:
    from be_tui.core.databases.sqlite import SqliteSession

    if not Path(path).is_file():
        raise InputError("there is no such file of SQLite", where=path)
    try:
        session = SqliteSession(Path(path), reading=True)
        guarded = _GuardedSqlite(session, "sqlite", path)
        guarded.run("SELECT count(*) FROM sqlite_master")
    except (sqlite3.Error, StatementError) as error:
        raise InputError(f"cannot be read as SQLite: {error}", where=path) from None
    return guarded


def _on_postgres(url: DatabaseUrl) -> Guarded:
    from be_tui.core.databases.opening import missing

    try:
        from be_tui.core.databases.postgres import PostgresSession
    except ImportError as error:
        raise missing("psycopg", "postgres") from error
    try:
        session = PostgresSession(url.text, alone=True)
    except InputError as error:
        raise InputError(url.scrubbed(error.message), where=url.shown) from None
    return _GuardedPostgres(session, "postgresql", url.shown)


def _on_mariadb(url: DatabaseUrl) -> Guarded:
    from be_tui.core.databases.opening import missing

    try:
        from be_tui.core.databases.mariadb import MariadbSession
    except ImportError as error:
        raise missing("PyMySQL", "mariadb") from error
    if not url.database:
        hint = f"write its name after the server: {url.shown.rstrip('/')}/NAME"
        raise InputError("no database is named", where=url.shown, hint=hint)
    session = MariadbSession(url, url.database)
    return _GuardedMariadb(session, session.engine, url.shown)
