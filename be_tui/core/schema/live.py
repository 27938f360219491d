"""The schema of a database that is there: a server by its URL, or a file of SQLite.

What the engine tells of itself is DDL again, parsed as any other; so a schema read from a database
is the one read from the DDL that made it, but for places. Nothing is written.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from be_tui.core.databases import Bounds, StatementError, open_guarded
from be_tui.core.errors import InputError
from be_tui.core.schema.reading import SchemaRead, read_schema
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from be_tui.core.databases import Rows
    from be_tui.core.schema.model import Schema
    from be_tui.core.sqltext import Engine, Unread

_MAGIC = b"SQLite format 3\0"
_VERSION = re.compile(r"\d+(?:\.\d+){0,2}")

BOUNDS = Bounds(seconds=60, rows=1_000_000)
"""For one question to a catalogue: a schema of ten thousand tables has columns by the hundred
thousand."""


class Asked(Protocol):
    """A connection that a catalogue is read through: a sandbox's session, or a guarded one."""

    def run(self, statement: str, bounds: Bounds = ...) -> Rows:
        """Run one statement."""
        ...


@dataclass(frozen=True, slots=True)
class LiveRead:
    """What came of reading a database."""

    schema: Schema
    unread: tuple[Unread, ...]
    """What of its own DDL could not be read here."""

    target: Target
    """The engine and its version."""

    shown: str
    """Its address, without credentials; the path of each place."""


def is_sqlite_file(path: str) -> bool:
    """Tell whether a file is a database of SQLite, by its first bytes."""
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


def read_live(where: str) -> LiveRead:
    """Give the schema of a database, which is only read.

    Args:
        where: A URL as `postgresql://…`, `mariadb://…` or `mysql://…`, `sqlite:FILE`, or the
            path of a file of SQLite.

    Raises:
        InputError: It cannot be reached or read. The line never holds a password.
    """
    with open_guarded(where) as database:
        try:
            return read_session(database, database.engine, database.version, database.shown)
        except StatementError as error:
            message = f"its schema cannot be read: {error.message}"
            raise InputError(message, where=database.shown) from None


def read_session(session: Asked, engine: Engine, version: str, shown: str = "") -> LiveRead:
    """Give the schema of the database that a session is connected to.

    Args:
        session: The connection.
        engine: Which database it is.
        version: The server's, as it tells it.
        shown: What the places name as their file.

    Raises:
        StatementError: A catalogue could not be read.
    """
    if engine == "postgresql":
        from be_tui.core.schema.postgres import read_postgres

        read = read_postgres(session, shown, _numbers(version))
    elif engine == "sqlite":
        rows = session.run(_KEPT, BOUNDS).rows
        read = read_schema(";\n".join(str(sql) for (sql,) in rows), Target("sqlite"), shown)
    else:
        from be_tui.core.schema.mariadb import read_mariadb

        read = read_mariadb(session, engine, shown)
    return LiveRead(read.schema, read.unread, Target(engine, _numbers(version)), shown)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found[0].split("."))) if found else ()


_KEPT = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
ORDER BY rowid"""
"""The DDL that SQLite keeps as it was written."""


def read_sqlite(path: str) -> SchemaRead:
    """Give the schema of a SQLite file, which is opened read-only.

    Raises:
        InputError: It cannot be opened or read.
    """
    address = f"file:{quote(str(Path(path).resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            rows = connection.execute(_KEPT).fetchall()
    except sqlite3.Error as error:
        raise InputError(f"cannot be read as SQLite: {error}", where=path) from error
    text = ";\n".join(str(sql) for (sql,) in rows)
    return read_schema(text, Target("sqlite"), path)
