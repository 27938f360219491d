"""Where the tables come from: the project, a file of DDL or of SQLite, a database by its URL."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.schema import Schema, is_sqlite_file, read_live, read_schema, read_sqlite
from be_tui.core.sqltext import Target, guess, read_sql
from be_tui.core.workbench.model import Source, Sourced

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.project import Cancel
    from be_tui.core.schema import SchemaRead
    from be_tui.core.sqltext import Engine

_ENGINES: dict[str, Engine] = {
    "PostgreSQL": "postgresql",
    "MySQL": "mysql",
    "MariaDB": "mariadb",
    "SQLite": "sqlite",
}
_LONGEST_PATH = 16
"""Characters of a path that fit into a notice beside the rest of it."""


def as_source(text: str, root: Path) -> Source:
    """Give the source that a person wrote: a URL, a path, or nothing.

    A path is taken from the project's folder; `~` is the person's own.
    """
    said = text.strip()
    if not said:
        return Source()
    if "://" in said:
        return Source("url", said)
    return Source("file", str(root / Path(said).expanduser()))


def read_source(source: Source, root: Path, cancel: Cancel | None = None) -> Sourced:
    """Read the tables of a source.

    Args:
        source: Where they are described.
        root: The project's folder.
        cancel: Ends the reading from another thread.

    Raises:
        InputError: It cannot be read; nothing secret of a URL is told.
        Cancelled: The cancel was set.
    """
    if source.kind == "project":
        return _project(root, cancel)
    if source.kind == "file":
        return _file(source.where)
    if source.kind == "url":
        return _server(source)
    return Sourced(Schema(), "no tables are known")


def _project(root: Path, cancel: Cancel | None) -> Sourced:
    from be_tui.core.project import declared_tables

    found = declared_tables(root, cancel)
    if found is None:
        return Sourced(Schema(), "no tables are declared in this project")
    engine = _ENGINES.get(found.database)
    # What was made of classes is written the way that PostgreSQL reads.
    target = Target(engine or guess(found.ddl).engine) if found.whole else Target("postgresql")
    read = read_schema(found.ddl, target)
    schema = read.schema
    if not found.whole:
        tables = tuple(replace(table, complete=False) for table in schema.tables)
        schema = replace(schema, tables=tables)
    said = f"{_counted(schema)} of this project, from {found.kind}"
    return Sourced(schema, said, engine or target.engine, _unread(read, found.at))


def _file(path: str) -> Sourced:
    name = Path(path).name

    def here(line: int) -> tuple[str, int]:
        return name, line

    if is_sqlite_file(path):
        read = read_sqlite(path)
        return Sourced(
            read.schema, f"{_counted(read.schema)} of {name}", "sqlite", _unread(read, here)
        )
    text = read_sql(path)
    target = guess(text)
    read = read_schema(text, target, path)
    if not (read.schema.tables or read.schema.views):
        hint = "give DDL with CREATE TABLE, a database of SQLite, or a URL"
        raise InputError("no table is made in it", where=path, hint=hint)
    return Sourced(
        read.schema, f"{_counted(read.schema)} of {name}", target.engine, _unread(read, here)
    )


def _server(source: Source) -> Sourced:
    read = read_live(source.where)
    said = f"{_counted(read.schema)} of {source.shown}"
    trouble = f"{len(read.unread)} statements of its DDL could not be read" if read.unread else ""
    return Sourced(read.schema, said, read.target.engine, trouble)


def _counted(schema: Schema) -> str:
    count = len(schema.tables)
    return f"{count} table{'' if count == 1 else 's'}"


def _unread(read: SchemaRead, at: Callable[[int], tuple[str, int]]) -> str:
    """Tell on one short line where the first of the DDL stands that was passed over."""
    if not read.unread:
        return ""
    path, line = at(read.unread[0].statement.line)
    count = len(read.unread)
    more = f" (+{count - 1})" if count > 1 else ""
    return f"{_shortened(path)}:{line} not read{more}"


def _shortened(path: str) -> str:
    """Give the end of a path, a notice's line being short."""
    return path if len(path) <= _LONGEST_PATH else f"…{path[-_LONGEST_PATH + 1 :]}"
