"""Texts kept by kind and name in one SQLite file, through everything that can go wrong.

What cannot be written now stays in memory, is read back from there, and is written with the
next change that can be: nobody loses an answer to a full disk or to a second be-tui. Each
trouble is told once, as a `StateError`; `trouble` says it for as long as it lasts.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from be_tui.core.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 0.25
"""Seconds to wait for another be-tui that is writing."""

_TABLE = """\
CREATE TABLE kept (
    kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, saved TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID"""

_FORMATS: tuple[tuple[str, ...], ...] = ((_TABLE,),)
"""The statements that lead from each format of the file to the next one."""

_READ = "SELECT name, text, saved FROM kept WHERE kind = ?"
_PUT = "INSERT OR REPLACE INTO kept (kind, name, text, saved) VALUES (?, ?, ?, ?)"
_DROP = "DELETE FROM kept WHERE kind = ? AND name = ?"

_IN_MEMORY = "what you do is kept until be-tui closes"

_WORDS = {
    sqlite3.SQLITE_BUSY: "another be-tui is writing to it",
    sqlite3.SQLITE_LOCKED: "another be-tui is writing to it",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "permission denied",
    sqlite3.SQLITE_IOERR: "the disk does not answer as it should",
}

Result = TypeVar("Result")


class Kept(NamedTuple):
    """One text, and when it was saved: UTC, ISO 8601."""

    text: str
    saved: str


class _DamagedFile(Exception):  # noqa: N818 (what is known about the file, not a fault of ours)
    """The file is no database any more, or not a whole one."""


class _NewerFormat(Exception):  # noqa: N818
    """The file was written by a newer be-tui."""


class Keeping:
    """The texts of one file; any thread may use it."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it with its folder.

        Never raises: `trouble` says what is wrong, and all is kept in memory meanwhile.
        """
        self.path = path
        self.trouble = ""
        """Why nothing is saved, or what happened to the earlier file; empty if all is well."""
        self._notice = ""
        self._unsaved: dict[tuple[str, str], Kept | None] = {}
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._attempt(lambda _: None)

    @property
    def unsaved(self) -> int:
        """How many changes are in memory only."""
        return len(self._unsaved)

    def put(self, kind: str, name: str, text: str) -> None:
        """Keep a text.

        Raises:
            StateError: It is kept in memory only; raised once for each trouble.
        """
        self._change(kind, name, Kept(text, now()))

    def drop(self, kind: str, name: str) -> None:
        """Forget a text.

        Raises:
            StateError: It is forgotten in memory only; raised once for each trouble.
        """
        self._change(kind, name, None)

    def get(self, kind: str, name: str) -> Kept | None:
        """Give a text; None where there is none."""
        return self.all(kind).get(name)

    def all(self, kind: str) -> dict[str, Kept]:
        """Give all texts of a kind by name, in the order of their names."""
        with self._lock:
            found = self._attempt(lambda db: _rows(db, kind)) or {}
            for (of_kind, name), kept in self._unsaved.items():
                if of_kind == kind and kept:
                    found[name] = kept
                elif of_kind == kind:
                    found.pop(name, None)
        return dict(sorted(found.items()))

    def settle(self) -> None:
        """Put all that was saved into the file itself, so that closing changes it no more."""
        with self._lock:
            if self._db is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Save what is not saved yet, and let the file go.

        Raises:
            StateError: Something could not be saved and is lost now.
        """
        with self._lock:
            if self._unsaved:
                self._attempt(self._write)
            lost = len(self._unsaved)
            self._unsaved.clear()
            self._let_go()
        if lost:
            changes = "your last change" if lost == 1 else f"{lost} changes of yours"
            reason = self.trouble.partition("; ")[0]
            raise StateError(f"{changes} could not be saved: {reason}")

    def _change(self, kind: str, name: str, kept: Kept | None) -> None:
        with self._lock:
            told = self.trouble
            self._unsaved[(kind, name)] = kept
            if self._attempt(self._write):
                self.trouble = self._notice
            if self.trouble and self.trouble != told:
                raise StateError(self.trouble)

    def _attempt(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do something with the file; None where that cannot be, and `trouble` says why.

        A damaged file is moved aside, and the work done with a new one.
        """
        for may_replace in (True, False):
            try:
                if self._db is None:
                    self._db = _connect(self.path)
                return work(self._db)
            except (sqlite3.Error, OSError, _DamagedFile, _NewerFormat) as error:
                if not (may_replace and _is_damaged(error) and self._move_aside()):
                    self.trouble = f"{self.path}: {_reason(error)}; {_IN_MEMORY}"
                    break
        return None

    def _write(self, db: sqlite3.Connection) -> bool:
        db.execute("BEGIN IMMEDIATE")
        try:
            for (kind, name), kept in self._unsaved.items():
                if kept:
                    db.execute(_PUT, (kind, name, *kept))
                else:
                    db.execute(_DROP, (kind, name))
            db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise
        self._unsaved.clear()
        return True

    def _move_aside(self) -> bool:
        """Put the damaged file where a person can still get at it; tell whether that worked."""
        self._let_go()
        aside = self.path.with_name(f"{self.path.name}.damaged-{now().replace(':', '')}")
        try:
            for ending in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    os.replace(f"{self.path}{ending}", f"{aside}{ending}")  # noqa: PTH105 (texts)
        except OSError:
            return False
        self._notice = f"{self.path}: it was damaged; it is now {aside.name}, and a new one begun"
        self.trouble = self._notice
        return True

    def _let_go(self) -> None:
        if self._db:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None


def now() -> str:
    """Give the time as it is kept: UTC, ISO 8601, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _prepared(str(path))
    except sqlite3.OperationalError as error:
        unwritable = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
        if _code(error) not in unwritable or not path.is_file():
            raise
    # What was saved earlier can be read all the same; writing then says why it cannot be.
    return _prepared(f"{path.absolute().as_uri()}?mode=ro&immutable=1", read_only=True)


def _prepared(name: str, *, read_only: bool = False) -> sqlite3.Connection:
    db = sqlite3.connect(
        name, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=read_only
    )
    try:
        if not read_only:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
        _refuse_damaged(db)
        _bring_up_to_date(db)
    except BaseException:
        db.close()
        raise
    return db


def _refuse_damaged(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _DamagedFile


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    if _format_of(db) > len(_FORMATS):
        raise _NewerFormat
    if _format_of(db) == len(_FORMATS):
        return
    # Asked again once nobody else can write: another be-tui may just have done it.
    db.execute("BEGIN IMMEDIATE")
    for statements in _FORMATS[_format_of(db) :]:
        for statement in statements:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {len(_FORMATS)}")
    db.execute("COMMIT")


def _format_of(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _rows(db: sqlite3.Connection, kind: str) -> dict[str, Kept]:
    return {name: Kept(text, saved) for name, text, saved in db.execute(_READ, (kind,))}


def _code(error: Exception) -> int:
    """Give SQLite's primary error code; 0 for any other error."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _is_damaged(error: Exception) -> bool:
    damaged = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    return isinstance(error, _DamagedFile) or _code(error) in damaged


def _reason(error: Exception) -> str:
    if isinstance(error, _NewerFormat):
        return "a newer be-tui wrote it"
    if isinstance(error, _DamagedFile):
        return "it is damaged and cannot be moved"
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return _WORDS.get(_code(error), str(error))
