"""What is taken for granted of tables that nobody counted, from their schema alone.

It is a guess, and says so. A table that refers to others has ten times their rows; a column's
values are told apart as its type, keys and checks let expect. PostgreSQL's own planner guesses
likewise where it has not looked (200 different values, ten pages), but without the schema.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.statistics.model import ColumnStats, Statistics, TableStats

if TYPE_CHECKING:
    from be_tui.core.schema import Column, Schema, Table
    from be_tui.core.sqltext import Engine

ROWS = 10_000.0
"""Rows of a table that refers to no other."""

_TIMES = 10.0
"""How many times as many a table has that refers to one."""

_MOST = 1_000_000.0

_WIDTHS = {
    **dict.fromkeys(("integer", "float", "timestamp", "time"), 8),
    **dict.fromkeys(("date", "enum"), 4),
    "boolean": 1,
    "uuid": 16,
    "decimal": 8,
    "json": 200,
    "binary": 200,
    "array": 60,
}
_WIDTH = 32
"""Bytes of a value of any other type."""

_DISTINCT = {
    "boolean": 2.0,
    "enum": 6.0,
    "date": 1000.0,
    "time": 1000.0,
    "timestamp": -0.9,
    "uuid": -1.0,
    "integer": -0.1,
    "decimal": -0.2,
    "float": -0.5,
    "json": -1.0,
    "binary": -1.0,
    "array": -0.5,
    "text": -0.3,
    "other": -0.1,
}
"""Different values by the family of the type, as PostgreSQL counts them."""

_CODE = 20
"""Characters up to which a text is taken for a code, as a state or a country is."""

_CODES = 20.0
"""Different codes."""

_NULLS = 0.1
"""The share of NULL in a column that may hold it."""

_LIST = re.compile(r"\bin\s*\(|=\s*any\b", re.I)
_LITERAL = re.compile(r"'(?:[^']|'')*'")

_PAGE = 8192
_ROW = 28
"""Bytes of a row beside its values."""


def assume(schema: Schema, engine: Engine, given: Statistics | None = None) -> Statistics:
    """Give statistics of every table and column; those that are given stay as they are.

    Args:
        schema: The tables.
        engine: Whose they are.
        given: What was measured, of some or all tables.
    """
    counted = _counted(schema, given)
    tables = [_assumed(schema, each, counted, given) for each in schema.tables]
    names = {(each.namespace, each.name.folded) for each in schema.tables}
    rest = [
        each
        for each in (given.tables if given else ())
        if not any(
            each.name.casefold() == name and (not space or each.namespace.casefold() in {"", space})
            for space, name in names
        )
    ]
    if given is None:
        source = "the schema alone, by rules of thumb"
        return Statistics(engine, tuple(tables), source, assumed=True)
    return replace(given, tables=(*tables, *rest))


def _counted(schema: Schema, given: Statistics | None) -> dict[str, float]:
    """Give how many rows each table has, or is taken to have, by its folded name.

    Of tables that refer to each other in a circle the first is counted without those after it.
    """
    counted: dict[str, float] = {}
    waiting = list({each.name.folded: each for each in schema.tables}.values())
    while waiting:
        names = {each.name.folded for each in waiting}
        ready = [each for each in waiting if not _referred(each) & names] or waiting[:1]
        for table in ready:
            counted[table.name.folded] = _rows(table, counted, given)
        waiting = [each for each in waiting if each.name.folded not in counted]
    return counted


def _referred(table: Table) -> set[str]:
    """Give the other tables that a table refers to."""
    return {key.table for key in table.foreign_keys} - {table.name.folded}


def _rows(table: Table, counted: dict[str, float], given: Statistics | None) -> float:
    found = given.of(table.name.text, table.namespace) if given else None
    if found is not None and found.rows >= 0:
        return found.rows
    referred = [counted[name] for name in sorted(_referred(table)) if name in counted]
    return min(max(referred) * _TIMES, max(_MOST, *referred)) if referred else ROWS


def _assumed(
    schema: Schema, table: Table, counted: dict[str, float], given: Statistics | None
) -> TableStats:
    found = given.of(table.name.text, table.namespace) if given else None
    # Tables of one name in two schemas are counted as one, but for what was measured.
    rows = found.rows if found and found.rows >= 0 else counted[table.name.folded]
    known = found or TableStats(table.name.text, rows, namespace=table.namespace)
    own = {each.name.casefold() for each in known.columns if each.name}
    columns = tuple(_widened(table, each) for each in known.columns) + tuple(
        _column(schema, table, each, counted)
        for each in table.columns
        if each.name.folded not in own
    )
    pages = known.pages
    if not pages and rows:
        width = _ROW + sum(each.width or _WIDTH for each in columns)
        pages = math.ceil(rows / max(_PAGE // width, 1))
    visible = known.visible_pages if found else pages
    return replace(known, rows=rows, pages=pages, columns=columns, visible_pages=visible)


def _widened(table: Table, stats: ColumnStats) -> ColumnStats:
    """Give what was measured, with the width that was not."""
    column = table.column(stats.name)
    return stats if stats.width or column is None else replace(stats, width=_width(column))


def _column(schema: Schema, table: Table, column: Column, counted: dict[str, float]) -> ColumnStats:
    named = next((each for each in schema.enumerations if each.name == column.type.name), None)
    return ColumnStats(
        name=column.name.text,
        distinct=float(len(named.values)) if named else _distinct(table, column, counted),
        null_share=_NULLS if column.nullable else 0.0,
        width=_WIDTHS["enum"] if named else _width(column),
    )


def _width(column: Column) -> int:
    if column.type.family == "text" and column.type.arguments:
        first = column.type.arguments[0]
        return max(int(first) // 2, 1) + 1 if first.isdigit() else _WIDTH
    return _WIDTHS.get(column.type.family, _WIDTH)


def _distinct(table: Table, column: Column, counted: dict[str, float]) -> float:
    name, family = column.name.folded, column.type.family
    if frozenset({name}) in table.unique_sets:
        return -1.0
    for key in table.foreign_keys:
        if key.columns == (name,) and key.table in counted:
            return max(counted[key.table], 1.0)
    for check in table.checks:
        literals = set(_LITERAL.findall(check.expression))
        if literals and name in check.expression.casefold() and _LIST.search(check.expression):
            return float(len(literals))
    if family == "enum" and column.type.arguments:
        return float(len(column.type.arguments))
    length = column.type.arguments[0] if column.type.arguments else ""
    short = family == "text" and length.isdigit() and int(length) <= _CODE
    return _CODES if short else _DISTINCT[family]
