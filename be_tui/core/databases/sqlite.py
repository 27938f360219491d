"""A sandbox of SQLite: a file in a folder of its own, in the temporary folder.

No other file can be reached from it: `ATTACH` and `VACUUM INTO` are refused.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from be_tui.core.databases.held import Held, HeldSandbox
from be_tui.core.databases.model import DEFAULT_BOUNDS, Rows, StatementError
from be_tui.core.databases.places import claim
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from be_tui.core.databases.model import Bounds, Engine, Lock, Session

_STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: a millisecond or so."""

_BATCH = 256

PATIENCE = 5.0
"""Seconds that somebody else's writing is waited for."""


class SqliteSession(Held):
    """One connection to the file of a sandbox, or to a file that is only read."""

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        """Open the file.

        Args:
            path: Where it stands; it may be new, unless it is only read.
            reading: Whether nothing can be written through this connection.
        """
        super().__init__()
        address = f"file:{quote(str(path.resolve()))}?mode={'ro' if reading else 'rwc'}"
        self._db = sqlite3.connect(
            address,
            timeout=PATIENCE if reading else 0,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        self._db.text_factory = _text
        if not reading:
            self._db.execute("PRAGMA synchronous = OFF")
        self._db.set_authorizer(_within)
        self._deadline = 0.0
        self._stopped = False
        self._db.set_progress_handler(self._late, _STEPS)

    @property
    def version(self) -> str:
        """Give the version that Python was built with."""
        return sqlite3.sqlite_version

    def run(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows:
        """Run one statement."""
        self._stopped = False
        self._deadline = time.monotonic() + bounds.seconds
        before = self._db.total_changes
        try:
            with closing(self._db.execute(statement)) as cursor:
                if cursor.description is None:
                    return Rows(count=self._db.total_changes - before)
                return _kept(cursor, bounds.rows)
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            if _ended(error) and not self._late():
                # Ctrl+C while SQLite asked for the time; SQLite ends then, and tells it as its own.
                raise KeyboardInterrupt from error
            raise self._error(error, bounds) from error

    def plan(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> str:
        """Give the plan as SQLite's shell draws it."""
        depths = {"0": -1}
        lines: list[str] = []
        for node, parent, _, detail in self.run(f"EXPLAIN QUERY PLAN {statement}", bounds).rows:
            depth = depths.get(str(parent), -1) + 1
            depths[str(node)] = depth
            lines.append(f"{'  ' * depth}{detail}")
        return "\n".join(lines)

    def define(self, name: str, function: Callable[[str | bytes | None], int]) -> None:
        """Give statements of this session a function of one value."""
        self._db.create_function(name, 1, function, deterministic=True)

    def stop(self) -> None:
        """End the statement that runs."""
        self._stopped = True
        with suppress(sqlite3.ProgrammingError):
            self._db.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _late(self) -> bool:
        return self._stopped or time.monotonic() > self._deadline

    def _error(self, error: Exception, bounds: Bounds) -> StatementError:
        code = getattr(error, "sqlite_errorcode", 0)
        if _ended(error):
            if self._stopped:
                return StatementError("it was stopped", "stopped", "SQLITE_INTERRUPT")
            message = f"it took longer than {bounds.seconds:g} s"
            return StatementError(message, "late", "SQLITE_INTERRUPT")
        waited = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        name = getattr(error, "sqlite_errorname", "")
        return StatementError(str(error), "waited" if waited else "refused", name)


class SqliteSandbox(HeldSandbox):
    """A file that is gone when the sandbox is closed."""

    def __init__(self) -> None:
        """Make the folder for it."""
        super().__init__()
        self._place = claim()

    @property
    def engine(self) -> Engine:
        """Give its name."""
        return "sqlite"

    @property
    def version(self) -> str:
        """Give the version that Python was built with."""
        return sqlite3.sqlite_version

    @property
    def path(self) -> Path:
        """Give where the file stands."""
        return self._place.path / "sandbox.sqlite"

    def session(self) -> SqliteSession:
        """Give one more connection."""
        return self.hold(SqliteSession(self.path))

    def twin(self) -> SqliteSandbox:
        """Give another file with the same contents.

        Raises:
            InputError: There is no room for it.
        """
        made = SqliteSandbox()
        try:
            with (
                closing(sqlite3.connect(self.path)) as source,
                closing(sqlite3.connect(made.path)) as target,
            ):
                source.backup(target)
        except sqlite3.Error as error:
            made.close()
            raise InputError(f"the sandbox cannot be copied: {error}") from error
        return made

    def waits(self, session: Session) -> bool:
        """Tell that none does: a statement that meets a lock is refused at once."""
        del session
        return False

    def locks(self, session: Session) -> tuple[Lock, ...]:
        """Refuse: SQLite does not tell them."""
        del session
        raise InputError("SQLite does not tell its locks")

    def remove(self) -> None:
        """Remove the folder."""
        self._place.remove()


def _ended(error: Exception) -> bool:
    """Tell whether a statement was ended from our side."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT


def _kept(cursor: sqlite3.Cursor, most: int) -> Rows:
    columns = tuple(column[0] for column in cursor.description)
    rows: list[tuple[str | None, ...]] = []
    count = 0
    while batch := cursor.fetchmany(_BATCH):
        rows += (tuple(_shown(value) for value in row) for row in batch[: max(most - count, 0)])
        count += len(batch)
    return Rows(columns, tuple(rows), count)


def _shown(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return f"X'{value.hex().upper()}'"
    return str(value)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _within(action: int, file: str | None, *_: str | None) -> int:
    """Refuse to open another file; VACUUM attaches one without a name, which may be."""
    refused = action == sqlite3.SQLITE_ATTACH and bool(file)
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
