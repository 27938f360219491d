"""Names of NOT NULL, which PostgreSQL keeps as a constraint from 18 on.

What nobody named is called by its table and column, and keeps that name when these are renamed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import held
from be_tui.core.migrations.diff.tables import ConstraintRenamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.diff.model import Rename
    from be_tui.core.schema import Column, Schema, Table
    from be_tui.core.sqltext import Target

_SINCE = 18
_LIMIT = 63


def with_names(schema: Schema, renames: Iterable[Rename], target: Target) -> Schema:
    """Give a schema in which each NOT NULL of a table that is to be renamed has its name."""
    named = {each.table.rpartition(".")[2].casefold() for each in renames}
    if not named or not _kept(target):
        return schema
    tables = tuple(
        replace(table, columns=tuple(_named(each, table) for each in table.columns))
        if table.name.folded in named
        else table
        for table in schema.tables
    )
    return replace(schema, tables=tables)


def _kept(target: Target) -> bool:
    return target.engine == "postgresql" and target.since(_SINCE)


def _named(column: Column, table: Table) -> Column:
    if column.nullable:
        return column
    return replace(column, not_null_name=_name(column, table))


def _name(column: Column, table: Table) -> str:
    made = f"{held(table.name, 'postgresql')}_{held(column.name, 'postgresql')}_not_null"
    return column.not_null_name or made


def of_not_nulls(before: Table, after: Table, target: Target) -> Iterator[ConstraintRenamed]:
    """Give the names that differ."""
    if not _kept(target) or before.columns == after.columns:
        return
    for column in before.columns:
        there = after.column(column.name.text)
        if there is None or column.nullable or there.nullable:
            continue
        old, new = _name(column, before), _name(there, after)
        # A name that is cut short is not made out here.
        if old != new and max(len(old), len(new)) <= _LIMIT:
            yield ConstraintRenamed(after, old, new)
