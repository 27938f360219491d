"""What a schema's own indexes tell: doubled, unneeded, missing below a parent that is deleted.

Said only where it is sure: another method, condition, collation, operator class or direction is
another index; a unique one keeps a rule, whatever it is worth to queries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.indexes.candidates import sketch_of
from be_tui.core.indexes.ddl import create, drop
from be_tui.core.indexes.model import Drop, Missing
from be_tui.core.schema import IndexPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.indexes.model import DropReason
    from be_tui.core.queries import Query
    from be_tui.core.schema import ForeignKey, Index, Key, Schema, Table
    from be_tui.core.sqltext import Target


def redundant(schema: Schema, target: Target) -> tuple[Drop, ...]:
    """Give the indexes that another index or key of their table does the work of."""
    found: list[Drop] = []
    for table in schema.tables:
        gone: list[Index] = []
        for number, index in enumerate(table.indexes):
            told = _by_key(table, index) or _by_index(table, number, gone, target)
            if told:
                reason, why = told
                gone.append(index)
                found.append(Drop(table, index, reason, drop(table, index, target.engine), why))
    return tuple(found)


def _by_key(table: Table, index: Index) -> tuple[DropReason, str] | None:
    """Tell whether a key's own index does the work of an index."""
    if not _is_plain(index) or index.where or index.include:
        return None
    columns = index.columns
    for key in table.keys:
        kind = "primary key" if key == table.primary_key else "unique key"
        if index.unique and key.columns != columns:
            continue
        if key.columns[: len(columns)] == columns:
            whole = "is that of" if key.columns == columns else "is the beginning of that of"
            said = f"({', '.join(columns)}) {whole} the {kind} ({', '.join(key.columns)})"
            return "key", f"{said}, which has an index of its own"
    return None


def _by_index(
    table: Table, number: int, gone: Iterable[Index], target: Target
) -> tuple[DropReason, str] | None:
    """Tell whether another index does the work of one; of two that are alike the first stays."""
    mine = table.indexes[number]
    for place, other in enumerate(table.indexes):
        if other is mine or other in gone or other.method != mine.method:
            continue
        if other.where != mine.where or not set(_held(other)).issuperset(mine.include):
            continue
        alike = _ends_alike(table, other, mine, target)
        if alike and (other.unique or not mine.unique):
            # Of two that are alike stays the unique one, then what holds more, then the first.
            more = len(other.include) > len(mine.include)
            if place < number or more or (other.unique and not mine.unique):
                return "duplicate", f"{_name(other)} {'holds more' if more else 'is the same'}"
            continue
        if mine.unique or mine.method != "btree" or alike:
            continue
        if other.parts[: len(mine.parts)] == mine.parts:
            said = f"it is the beginning of {_name(other)} ({_columns(other)})"
            return "prefix", f"{said}, which finds the same rows"
    return None


def _ends_alike(table: Table, one: Index, other: Index, target: Target) -> bool:
    """Tell whether two have the same parts, leaving away the key that InnoDB adds by itself."""
    mine, theirs = one.parts, other.parts
    key = table.primary_key
    if target.is_mysql and key:
        mine, theirs = _without(mine, key), _without(theirs, key)
    return mine == theirs


def _without(parts: tuple[IndexPart, ...], key: Key) -> tuple[IndexPart, ...]:
    size = len(key.columns)
    tail = tuple(part.column for part in parts[-size:])
    return parts[:-size] if len(parts) > size and tail == key.columns else parts


def _is_plain(index: Index) -> bool:
    return index.method == "btree" and all(
        part.column and not (part.operators or part.collation or part.prefix or part.descending)
        for part in index.parts
    )


def _held(index: Index) -> tuple[str, ...]:
    return (*index.include, *index.columns)


def _name(index: Index) -> str:
    return index.name or f"the index on ({_columns(index)})"


def _columns(index: Index) -> str:
    return ", ".join(part.expression for part in index.parts)


def missing(schema: Schema, queries: Iterable[Query], target: Target) -> tuple[Missing, ...]:
    """Give the foreign keys without index whose parents the workload deletes, or numbers anew.

    InnoDB makes such an index by itself.
    """
    if target.is_mysql:
        return ()
    deleted: dict[str, str] = {}
    for query in queries:
        table = query.written.table if query.written else None
        if table is None:
            continue
        if query.kind == "delete":
            deleted.setdefault(table.name.folded, f"rows of {table.name.text} are deleted")
        elif query.kind == "update":
            changed = {a.column.name for s in query.scopes for a in s.assignments}
            if any(changed.intersection(key.columns) for key in table.keys):
                said = f"keys of {table.name.text} are changed"
                deleted.setdefault(table.name.folded, said)
    return tuple(_missing(schema, deleted, target))


def _missing(schema: Schema, deleted: dict[str, str], target: Target) -> Iterator[Missing]:
    known = dict(deleted)
    # A parent that cascades deletes its children, which may be parents too.
    for _ in range(len(schema.tables)):
        more = {
            table.name.folded: f"{known[key.table]}, and with them rows of {table.name.text}"
            for table in schema.tables
            for key in table.foreign_keys
            if key.table in known and key.on_delete.upper() == "CASCADE"
        }
        if known.keys() >= more.keys():
            break
        known = {**more, **known}
    for table in schema.tables:
        for key in table.foreign_keys:
            if key.table in known and not _is_led(table, key):
                parts = tuple(IndexPart(name, name) for name in key.columns)
                why = f"{known[key.table]}: without an index each one scans {table.name.text}"
                ddl = create(sketch_of(table, parts), target.engine)
                parent = schema.table(key.table)
                named = parent.name.text if parent else key.table
                yield Missing(table, key.columns, named, why, ddl)


def _is_led(table: Table, key: ForeignKey) -> bool:
    """Tell whether a whole index begins with a key's columns, in any order."""
    size, wanted = len(key.columns), frozenset(key.columns)
    if any(frozenset(each.columns[:size]) == wanted for each in table.keys):
        return True
    return any(
        frozenset(index.columns[:size]) == wanted
        for index in table.indexes
        if index.method in {"btree", "hash"} and not index.where
    )
