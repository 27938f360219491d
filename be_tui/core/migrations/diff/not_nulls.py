"""Names that PostgreSQL makes of table and column, and keeps when these are renamed.

They are those of identities' sequences and, from 18 on, of NOT NULL, which is a constraint there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import held
from be_tui.core.migrations.diff.comparing import sequence_of, steps_of
from be_tui.core.migrations.diff.tables import ConstraintRenamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.diff.model import Rename
    from be_tui.core.schema import Column, Schema, Table
    from be_tui.core.sqltext import Target

_SINCE = 18
_LIMIT = 63


def with_names(schema: Schema, renames: Iterable[Rename], target: Target) -> Schema:
    """Give a schema in which all of a table that is to be renamed has its name, as it stays."""
    named = {each.table.rpartition(".")[2].casefold() for each in renames}
    if not named or target.engine != "postgresql":
        return schema
    tables = tuple(
        replace(table, columns=tuple(_named(each, table, target) for each in table.columns))
        if table.name.folded in named
        else table
        for table in schema.tables
    )
    return replace(schema, tables=tables)


def _kept(target: Target) -> bool:
    return target.engine == "postgresql" and target.since(_SINCE)


def _named(column: Column, table: Table, target: Target) -> Column:
    if column.auto == "identity":
        said = f"SEQUENCE NAME {sequence_of(column, table)} {steps_of(column)}".strip()
        column = replace(column, numbering=said)
    if column.nullable or not _kept(target):
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
