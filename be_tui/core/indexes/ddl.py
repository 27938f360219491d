"""Statements that make and drop indexes, in the form that locks a table least."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.whatif import qualified, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.schema import Index, Table
    from be_tui.core.sqltext import Engine
    from be_tui.core.whatif import IndexSketch

_PLAIN_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_PLAIN_NAME = re.compile(r"^(CREATE (?:UNIQUE )?INDEX )[\"`]([a-z_][a-z0-9_]*)[\"`]")

_TRIGRAMS = "gin_trgm_ops"


def create(sketch: IndexSketch, engine: Engine) -> str:
    """Give the statement that makes an index while others go on reading and writing."""
    sql = _PLAIN_NAME.sub(r"\1\2", sketch.ddl(engine))
    if engine == "postgresql" and not sketch.table.partitioned:
        return sql.replace("INDEX ", "INDEX CONCURRENTLY ", 1) + ";"
    if engine == "sqlite":
        return sql.replace("INDEX ", f"INDEX {_within(sketch.table, engine)}", 1) + ";"
    if engine == "postgresql":
        return sql + ";"
    # InnoDB builds it in place; where it cannot, the statement is refused and locks nothing.
    return sql + " ALGORITHM=INPLACE LOCK=NONE;"


def drop(table: Table, index: Index, engine: Engine) -> str:
    """Give the statement that drops an index without waiting for long transactions."""
    name = _named(index.name, engine)
    if engine == "postgresql":
        # PostgreSQL refuses the word for an index whose parts are those of partitions.
        waiting = "" if table.partitioned else "CONCURRENTLY "
        return f"DROP INDEX {waiting}{_within(table, engine)}{name};"
    if engine == "sqlite":
        return f"DROP INDEX {_within(table, engine)}{name};"
    return f"DROP INDEX {name} ON {qualified(table, engine)} ALGORITHM=INPLACE LOCK=NONE;"


def _within(table: Table, engine: Engine) -> str:
    """Give the schema of a table, to be written before the name of its index."""
    return f"{quoted(table.namespace, engine)}." if table.namespace else ""


def columns_of(table: Table, index: Index) -> str:
    """Give what an index is on, with the names of columns as the schema has them."""
    return names_of(table, (part.column or part.expression for part in index.parts))


def names_of(table: Table, columns: Iterable[str]) -> str:
    """Give names of columns as the schema has them; what is no column stays as it is."""
    found = ((table.column(each), each) for each in columns)
    return ", ".join(column.name.text if column else each for column, each in found)


def needs(index: Index) -> str:
    """Give the statement that an index must come after; empty where it needs none."""
    trigrams = any(part.operators == _TRIGRAMS for part in index.parts)
    return "CREATE EXTENSION pg_trgm" if trigrams else ""


def _named(name: str, engine: Engine) -> str:
    """Give an index's name, in quotes unless it is a plain word in small letters."""
    return name if _PLAIN_WORD.fullmatch(name) else quoted(name, engine)


LOCKING: dict[str, str] = {
    "postgresql": "CONCURRENTLY runs outside a transaction, and leaves an invalid index behind"
    " where it fails: drop that and try again",
    "mysql": "writes go on while the index is built; it waits for open transactions to begin and"
    " to end",
    "mariadb": "writes go on while the index is built; it waits for open transactions to begin and"
    " to end",
    "sqlite": "SQLite has one writer: nobody else writes until the index is built",
}
"""What to know before it is run, by the engine."""
