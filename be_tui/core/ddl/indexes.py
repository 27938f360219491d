"""Indexes as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl.names import dotted, identifier, literal

if TYPE_CHECKING:
    from be_tui.core.ddl.names import Namer
    from be_tui.core.schema import Index, IndexPart, Table, View

KINDS = frozenset({"fulltext", "spatial"})
"""What MySQL has a word of its own for, before INDEX."""


def create_index(
    index: Index, on: Table | View, namer: Namer, *, concurrently: bool = False
) -> str:
    """Give the statement that makes an index.

    Args:
        index: The index.
        on: The table or materialised view that it stands on.
        namer: Finds names.
        concurrently: Whether PostgreSQL builds it while others write.
    """
    engine = namer.engine
    word = "UNIQUE INDEX" if index.unique else "INDEX"
    if engine in {"mysql", "mariadb"} and index.method in KINDS:
        word = f"{index.method.upper()} INDEX"
    parts = ["CREATE", word]
    if concurrently:
        parts.append("CONCURRENTLY")
    if index.name:
        # PostgreSQL finds a name by itself.
        parts.append(identifier(index.name, engine))
    parts += ["ON ONLY" if index.only else "ON", _relation(on, namer)]
    if engine == "postgresql" and index.method != "btree":
        parts.append(f"USING {index.method}")
    return " ".join((*parts, index_body(index, on, namer)))


def index_body(index: Index, on: Table | View, namer: Namer) -> str:
    """Give an index from its columns on."""
    engine = namer.engine
    table = _table(on)
    body = f"({', '.join(_part(each, table, namer) for each in index.parts)})"
    if index.include:
        body += f" INCLUDE ({namer.columns(table, index.include)})"
    if not index.nulls_distinct:
        body += " NULLS NOT DISTINCT"
    if engine == "postgresql" and index.options:
        body += f" WITH ({', '.join(index.options)})"
    if index.tablespace:
        body += f" TABLESPACE {identifier(index.tablespace, engine)}"
    if index.where:
        body += f" WHERE {index.where}"
    if engine in {"mysql", "mariadb"}:
        body += "".join(f" {each}" for each in index.options)
        body += f" COMMENT {literal(index.comment, engine)}" if index.comment else ""
        body += "" if index.visible else (" IGNORED" if engine == "mariadb" else " INVISIBLE")
    return body


def _part(part: IndexPart, table: Table | None, namer: Namer) -> str:
    if part.column:
        said = namer.column(table, part.column)
        said += f"({part.prefix})" if part.prefix else ""
    else:
        said = f"({part.expression})"
    if part.collation:
        said += f" COLLATE {dotted(part.collation, namer.engine)}"
    if part.operators:
        said += f" {part.operators}"
    said += " DESC" if part.descending else ""
    if part.nulls_first is not None:
        said += " NULLS FIRST" if part.nulls_first else " NULLS LAST"
    return said


def drop_index(index: Index, on: Table | View, namer: Namer, *, concurrently: bool = False) -> str:
    """Give the statement that drops an index."""
    name = identifier(index.name, namer.engine)
    if namer.engine in {"mysql", "mariadb"}:
        return f"DROP INDEX {name} ON {_relation(on, namer)}"
    word = "DROP INDEX CONCURRENTLY" if concurrently else "DROP INDEX"
    return f"{word} {namer.within(on.namespace, name)}"


def _relation(on: Table | View, namer: Namer) -> str:
    table = _table(on)
    if table:
        return namer.table(table)
    from be_tui.core.ddl.names import written

    return namer.within(on.namespace, written(on.name, namer.engine))


def _table(on: Table | View) -> Table | None:
    from be_tui.core.schema import Table

    return on if isinstance(on, Table) else None
