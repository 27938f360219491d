"""The schema of a SQLite file: the DDL that it keeps, read from the file without a write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from be_tui.core.errors import InputError
from be_tui.core.schema.reading import SchemaRead, read_schema
from be_tui.core.sqltext import Target

_MAGIC = b"SQLite format 3\0"


def is_sqlite_file(path: str) -> bool:
    """Tell whether a file is a database of SQLite, by its first bytes."""
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


def read_sqlite(path: str) -> SchemaRead:
    """Give the schema of a SQLite file, which is opened read-only.

    Raises:
        InputError: It cannot be opened or read.
    """
    address = f"file:{quote(str(Path(path).resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            rows = connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%'"
                " ESCAPE '!' ORDER BY rowid"
            ).fetchall()
    except sqlite3.Error as error:
        raise InputError(f"cannot be read as SQLite: {error}", where=path) from error
    text = ";\n".join(str(sql) for (sql,) in rows)
    return read_schema(text, Target("sqlite"), path)
