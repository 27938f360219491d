"""Statements that make and drop indexes, in the form that locks a table least."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.whatif import qualified, quoted

if TYPE_CHECKING:
    from be_tui.core.schema import Index, Table
    from be_tui.core.sqltext import Engine
    from be_tui.core.whatif import IndexSketch

_PLAIN_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_PLAIN_NAME = re.compile(r"^(CREATE (?:UNIQUE )?INDEX )[\"`]([a-z_][a-z0-9_]*)[\"`]")


def create(sketch: IndexSketch, engine: Engine) -> str:
    """Give the statement that makes an index while others go on reading and writing."""
    sql = _PLAIN_NAME.sub(r"\1\2", sketch.ddl(engine))
    if engine == "postgresql" and not sketch.table.partitioned:
        return sql.replace("INDEX ", "INDEX CONCURRENTLY ", 1) + ";"
    if engine in {"postgresql", "sqlite"}:
        return sql + ";"
    # InnoDB builds it in place; where it cannot, the statement is refused and locks nothing.
    return sql + " ALGORITHM=INPLACE LOCK=NONE;"


def drop(table: Table, index: Index, engine: Engine) -> str:
    """Give the statement that drops an index without waiting for long transactions."""
    name = _named(index.name, engine)
    if engine == "postgresql":
        within = f"{quoted(table.namespace, engine)}." if table.namespace else ""
        # PostgreSQL refuses the word for an index whose parts are those of partitions.
        waiting = "" if table.partitioned else "CONCURRENTLY "
        return f"DROP INDEX {waiting}{within}{name};"
    if engine == "sqlite":
        return f"DROP INDEX {name};"
    return f"DROP INDEX {name} ON {qualified(table, engine)} ALGORITHM=INPLACE LOCK=NONE;"


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
