"""Rows that a migration can work with: filled by what will hold after it, as far as that is known.

A migration that adds a foreign key, a unique index or NOT NULL counts on rows that keep to it
already. Generated ones do if they are made by the tables as they will be.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.schema import Check, Column, Schema, Table


def grafted(schema: Schema, later: Schema) -> Schema:
    """Give a schema whose tables keep to what will be demanded of the columns that they have.

    Args:
        schema: As it stands.
        later: As it will be.
    """
    return replace(schema, tables=tuple(_table(table, schema, later) for table in schema.tables))


def _table(table: Table, schema: Schema, later: Schema) -> Table:
    wanted = later.table(table.name.text, table.namespace)
    if wanted is None:
        return table
    own = {column.name.folded for column in table.columns}
    unique = frozenset(table.unique_sets)
    bound = {key.columns for key in table.foreign_keys}

    def is_new(columns: tuple[str, ...]) -> bool:
        return own.issuperset(columns) and frozenset(columns) not in unique

    keys = [key for key in wanted.keys if is_new(key.columns)]
    indexes = [each for each in wanted.indexes if each.unique and is_new(each.columns)]
    foreign = [
        key
        for key in wanted.foreign_keys
        if own.issuperset(key.columns)
        and key.columns not in bound
        and schema.table(key.table, key.namespace)
    ]
    return replace(
        table,
        columns=tuple(_column(column, wanted) for column in table.columns),
        uniques=(*table.uniques, *keys),
        indexes=(*table.indexes, *indexes),
        foreign_keys=(*table.foreign_keys, *foreign),
        checks=(*table.checks, *_checks(table, wanted, own)),
    )


def _column(column: Column, wanted: Table) -> Column:
    """Give a column that is NOT NULL if it will be."""
    later = wanted.column(column.name.text)
    if later is None or later.nullable or not column.nullable:
        return column
    return replace(column, nullable=False)


def _checks(table: Table, wanted: Table, own: set[str]) -> list[Check]:
    """Give the checks to come that name no column to come."""
    known = {check.expression for check in table.checks}
    others = {column.name.folded for column in wanted.columns} - own
    return [
        check
        for check in wanted.checks
        if check.expression not in known
        and not others & set(re.findall(r"\w+", check.expression.casefold()))
    ]
