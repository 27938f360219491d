"""Writes `CREATE INDEX` for an engine, with the names of the schema as the schema has them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.schema import Index, IndexPart, Name, Table
    from be_tui.core.sqltext import Engine

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORD = re.compile(r"[^a-z0-9]+")

_LONGEST_NAME = 63
"""Bytes of a name that PostgreSQL keeps; MySQL keeps 64 characters."""

_SUFFIX = 8


def create_index(table: Table, index: Index, engine: Engine, *, name: str) -> str:
    """Give the statement.

    What an engine does not know is left out of it: MySQL and MariaDB have no `INCLUDE` and no
    `WHERE` here, SQLite no `INCLUDE`, method or operator class.
    """
    mysql = engine in {"mysql", "mariadb"}
    written = "CREATE UNIQUE INDEX" if index.unique else "CREATE INDEX"
    if name:
        written += f" {quoted(name, engine)}"
    written += f" ON {qualified(table, engine)}"
    if engine == "postgresql" and index.method != "btree":
        written += f" USING {index.method}"
    written += f" ({', '.join(_part(table, part, engine) for part in index.parts)})"
    if engine == "postgresql" and index.include:
        written += f" INCLUDE ({', '.join(_column(table, each, engine) for each in index.include)})"
    if index.where and not mysql:
        written += f" WHERE {index.where}"
    return written


def derived_name(table: Table, index: Index) -> str:
    """Give a name made of table and parts, the same for the same index."""
    words = [table.name.folded]
    words += [
        part.column or _WORD.sub("_", part.expression.lower()).strip("_") for part in index.parts
    ]
    words += [] if index.method == "btree" else [index.method]
    words += ["where"] if index.where else []
    name = "_".join(_WORD.sub("_", word) for word in (*words, "idx"))
    shape = create_index(table, index, "postgresql", name="")
    plain = all(
        part.column and not (part.descending or part.operators or part.collation or part.prefix)
        for part in index.parts
    )
    if plain and not index.where and not index.include and len(name) <= _LONGEST_NAME:
        return name
    mark = hashlib.sha256(shape.encode()).hexdigest()[:_SUFFIX]
    return f"{name[: _LONGEST_NAME - _SUFFIX - 1]}_{mark}"


def quoted(name: str, engine: Engine) -> str:
    """Give a name with quotes around it."""
    mark = "`" if engine in {"mysql", "mariadb"} else '"'
    return f"{mark}{name.replace(mark, mark * 2)}{mark}"


def _written(name: Name, engine: Engine) -> str:
    """Give a name as the schema has it: one without quotes was accepted without."""
    plain = not name.quoted and _PLAIN.fullmatch(name.text)
    return name.text if plain else quoted(name.text, engine)


def qualified(table: Table, engine: Engine) -> str:
    """Give a table's name, with the schema that it stands in where that is said."""
    own = _written(table.name, engine)
    if not table.namespace or engine == "sqlite":
        return own
    return f"{quoted(table.namespace, engine)}.{own}"


def _column(table: Table, folded: str, engine: Engine) -> str:
    column = table.column(folded)
    return _written(column.name, engine) if column else quoted(folded, engine)


def _part(table: Table, part: IndexPart, engine: Engine) -> str:
    if part.column:
        written = _column(table, part.column, engine)
        if part.prefix and engine in {"mysql", "mariadb"}:
            written += f"({part.prefix})"
    else:
        written = f"({part.expression})"
    if part.collation and engine in {"postgresql", "sqlite"}:
        written += f" COLLATE {quoted(part.collation, engine)}"
    if part.operators and engine == "postgresql":
        written += f" {part.operators}"
    if part.descending:
        written += " DESC"
    if part.nulls_first is not None and engine == "postgresql":
        written += " NULLS FIRST" if part.nulls_first else " NULLS LAST"
    return written
