"""Changes of a table of MySQL or MariaDB, as the clauses of one ALTER TABLE.

One statement for a table costs one pass over it at most, and is done whole or not at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import (
    KINDS,
    alter,
    check_sql,
    column_sql,
    foreign_key_sql,
    identifier,
    index_body,
    key_sql,
    mysql_options,
)
from be_tui.core.migrations.diff import tables
from be_tui.core.schema import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.tables import TableChange
    from be_tui.core.schema import Index

BY_THEMSELVES = (tables.ForeignKeyAdded, tables.ForeignKeyDropped)
"""What refers to another table, and so goes before or after all else."""


def say_altered(changes: Iterable[TableChange], namer: Namer) -> Iterator[str]:
    """Give the statement for changes of one table."""
    found = tuple(changes)
    clauses = list(dict.fromkeys(clause for each in found for clause in _clauses(each, namer)))
    table = _table(found[0])
    if clauses and table is not None:
        yield f"{alter(table, namer)} {', '.join(clauses)}"


def _table(change: TableChange) -> Table | None:
    found = getattr(change, "table", None) or getattr(change, "after", None)
    return found if isinstance(found, Table) else None


def _clauses(change: TableChange, namer: Namer) -> Iterator[str]:
    match change:
        case tables.ColumnAdded():
            where = f" AFTER {namer.column(change.table, change.follows)}" if change.follows else ""
            first = change.column is change.table.columns[0] and len(change.table.columns) > 1
            yield f"ADD COLUMN {column_sql(change.column, namer)}{' FIRST' if first else where}"
        case tables.ColumnDropped():
            yield f"DROP COLUMN {namer.of(change.column)}"
        case (
            tables.TypeChanged()
            | tables.NullabilityChanged()
            | tables.DefaultChanged()
            | tables.IdentityChanged()
            | tables.GenerationChanged()
            | tables.AttributesChanged()
        ):
            yield f"MODIFY COLUMN {column_sql(change.after, namer)}"
        case tables.TableOptionsChanged():
            yield from mysql_options(_spoken(change), namer)
        case _:
            yield from _constraint(change, namer)


def _spoken(change: tables.TableOptionsChanged) -> Table:
    """Give a table that says only what is otherwise than before."""
    old, new = change.before, change.after
    options = tuple(each for each in new.options if each not in old.options)
    return replace(
        new,
        storage="" if new.storage == old.storage else new.storage,
        charset="" if new.charset == old.charset else new.charset,
        collation="" if new.collation == old.collation else new.collation,
        comment="" if new.comment == old.comment else new.comment,
        options=options if new.comment or old.comment == new.comment else (*options, "COMMENT=''"),
        partition_by="",
    )


def _constraint(change: TableChange, namer: Namer) -> Iterator[str]:
    engine = namer.engine
    match change:
        case tables.PrimaryKeyAdded():
            yield f"ADD {key_sql(change.key, change.table, namer, primary=True)}"
        case tables.PrimaryKeyDropped():
            yield "DROP PRIMARY KEY"
        case tables.ForeignKeyAdded():
            yield f"ADD {foreign_key_sql(change.key, change.table, namer)}"
        case tables.ForeignKeyDropped():
            name = identifier(change.key.name, engine)
            yield f"DROP FOREIGN KEY {name}"
            size = len(change.key.columns)
            led = (each[:size] == change.key.columns for each in change.table.index_columns())
            if change.key.name and not any(led):
                # The server made an index of that name for the key, and would keep it.
                yield f"DROP INDEX {'IF EXISTS ' if engine == 'mariadb' else ''}{name}"
        case tables.CheckAdded():
            yield f"ADD {check_sql(change.check, engine)}"
        case tables.CheckDropped():
            yield f"DROP CONSTRAINT {identifier(change.check.name, engine)}"
        case tables.IndexAdded() if isinstance(change.table, Table):
            yield f"ADD {_index(change.index, change.table, namer)}"
        case tables.IndexDropped():
            yield f"DROP INDEX {identifier(change.index.name, engine)}"
        case tables.IndexRenamed():
            old, new = change.before.name, change.after.name
            yield f"RENAME INDEX {identifier(old, engine)} TO {identifier(new, engine)}"
        case _:
            raise AssertionError(f"no clause is known for {type(change).__name__}")


def _index(index: Index, table: Table, namer: Namer) -> str:
    word = "UNIQUE INDEX" if index.unique else "INDEX"
    word = f"{index.method.upper()} INDEX" if index.method in KINDS else word
    return f"{word} {identifier(index.name, namer.engine)} {index_body(index, table, namer)}"
