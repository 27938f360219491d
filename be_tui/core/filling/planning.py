"""Plans how the tables of a schema are filled: in which order, which column how."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from be_tui.core.filling.columns import table_plan
from be_tui.core.filling.dialects import Sql
from be_tui.core.filling.model import FillError, FillPlan, TablePlan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.schema import Schema, Table
    from be_tui.core.sqltext import Engine
    from be_tui.core.statistics import Statistics

MOST = 200_000_000
"""Rows of a table at most: numbers of rows are multiplied within 63 bits."""


def plan(
    schema: Schema,
    engine: Engine,
    rows: Mapping[str, int],
    *,
    seed: int = 1,
    until: date | None = None,
    statistics: Statistics | None = None,
) -> FillPlan:
    """Plan how tables are filled.

    Args:
        schema: The tables; those that others refer to are filled before them.
        engine: Where they stand.
        rows: How many rows each table gets, by its folded name; others stay empty.
        seed: What all values are drawn by.
        until: The last day of the moments made; today without one.
        statistics: What the values are like, where it is known.

    Raises:
        FillError: There are not as many different values as rows, or tables refer to each other
            in a circle in which no column may be NULL.
    """
    for name, count in rows.items():
        if not 0 <= count <= MOST:
            raise FillError(f"{name}: expected 0 to {MOST:,} rows, found {count:,}")
    sql = Sql(engine, seed)
    notes: list[str] = []
    plans: dict[str, TablePlan] = {}
    last = until or datetime.now(UTC).date()
    for table in _ordered(schema, rows):
        stats = statistics.of(table.name.text, table.namespace) if statistics else None
        count = rows[table.name.folded]
        made, said = table_plan(sql, schema, table, count, plans, until=last, stats=stats)
        plans[table.name.folded] = made
        notes += said
    return FillPlan(engine, seed, tuple(plans.values()), tuple(notes))


def _ordered(schema: Schema, rows: Mapping[str, int]) -> list[Table]:
    """Give the tables to be filled, each after those that it must refer to."""
    waiting = [table for table in schema.tables if rows.get(table.name.folded) and table.complete]
    names = {table.name.folded for table in waiting}
    done: list[Table] = []
    while waiting:
        placed = {table.name.folded for table in done}
        ready = [each for each in waiting if not _awaited(each, names - placed, strict=False)]
        # In a circle, the one whose columns may stay NULL comes first.
        ready = ready or [
            each for each in waiting if not _awaited(each, names - placed, strict=True)
        ]
        if not ready:
            circle = ", ".join(table.name.text for table in waiting)
            raise FillError(f"{circle} refer to each other and none may be NULL")
        done.append(ready[0])
        waiting.remove(ready[0])
    return done


def _awaited(table: Table, missing: set[str], *, strict: bool) -> bool:
    """Tell whether a table refers to one that is not filled yet."""
    for key in table.foreign_keys:
        columns = [table.column(name) for name in key.columns]
        optional = any(column is not None and column.nullable for column in columns)
        if key.table in missing - {table.name.folded} and not (strict and optional):
            return True
    return False
