"""How many rows each table gets, where a person gives one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.schema import Schema, Table
    from be_tui.core.statistics import Statistics

PER_PARENT = 100
"""Rows that refer to the same row, where nothing is said."""

_LEAST = 100

_SMALL = 1000
"""Rows up to which a table is taken whole, where others are taken in part."""


def sizes(
    schema: Schema, tables: Iterable[str], rows: int, given: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Give the rows of some tables, and of those that they refer to, by folded name.

    Args:
        schema: Where they stand.
        tables: Those that are read.
        rows: For a table that no other one here refers to; one referred to has a hundredth.
        given: What the person said of some.
    """
    needed = _needed(schema, tables)
    referred = {
        key.table
        for table in needed.values()
        for key in table.foreign_keys
        if key.table != table.name.folded
    }
    least = min(rows, _LEAST)
    found = {name: max(rows // PER_PARENT, least) if name in referred else rows for name in needed}
    said = {name.casefold(): count for name, count in (given or {}).items()}
    return {name: said.get(name, count) for name, count in found.items()}


def sampled(schema: Schema, statistics: Statistics, most: int) -> tuple[dict[str, int], float]:
    """Give rows for all tables, by folded name, and which part they are of those there are.

    Args:
        schema: The tables.
        statistics: How many rows each has.
        most: Rows of the largest; the others get the same part of theirs.
    """
    there = {
        table.name.folded: max(found.rows, 0.0) if found else 0.0
        for table in schema.tables
        if table.complete
        for found in (statistics.of(table.name.text, table.namespace),)
    }
    share = min(most / max(1.0, *there.values()), 1.0) if there else 1.0
    rows = {name: round(max(count * share, min(count, _SMALL))) for name, count in there.items()}
    return rows, share


def _needed(schema: Schema, tables: Iterable[str]) -> dict[str, Table]:
    found: dict[str, Table] = {}
    waiting = [name.casefold() for name in tables]
    while waiting:
        name = waiting.pop()
        table = schema.table(name)
        if table is None or name in found:
            continue
        found[name] = table
        waiting += [key.table for key in table.foreign_keys]
    return found
