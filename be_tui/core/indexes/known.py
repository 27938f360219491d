"""What is known of a table's values, from statistics where there are any, else from the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.indexes.access import Filter
    from be_tui.core.schema import Column, IndexPart, Table
    from be_tui.core.statistics import ColumnStats, Statistics, TableStats

_ROWS = 10_000.0
"""Rows of a table of which nothing is known."""

_WIDTHS = {
    "integer": 8,
    "decimal": 12,
    "float": 8,
    "timestamp": 8,
    "date": 4,
    "time": 8,
    "boolean": 1,
    "uuid": 16,
    "enum": 4,
    "text": 32,
}
_WIDEST = 200
_LONG = frozenset({"text", "mediumtext", "longtext"})
_LONG_WIDTH = 100
"""Bytes of a text without a bound, where nobody measured it: rather too wide to be copied."""

_TRUTHS = {"is true": ("true",), "true": ("true",), "is false": ("false",)}
"""What a condition without a literal asks for."""

_FEW = 50.0
"""Different values up to which a literal is rather a state than somebody's key."""


class Known:
    """Answers about tables of one database."""

    def __init__(self, statistics: Statistics) -> None:
        """Answer from these."""
        self._statistics = statistics

    def table(self, table: Table) -> TableStats | None:
        """Give a table's statistics."""
        return self._statistics.of(table.name.text, table.namespace)

    def column(self, table: Table, name: str) -> ColumnStats | None:
        """Give a column's statistics."""
        found = self.table(table)
        return found.column(name) if found else None

    def rows(self, table: Table) -> float:
        """Give how many rows a table has."""
        found = self.table(table)
        return max(found.rows, 1.0) if found else _ROWS

    def distinct(self, table: Table, part: IndexPart) -> float:
        """Give how many different values a part of a key has."""
        if not part.column:
            return self.rows(table)
        return self.values(table, part.column)

    def values(self, table: Table, name: str) -> float:
        """Give how many different values a column has."""
        rows = self.rows(table)
        column, stats = table.column(name), self.column(table, name)
        if frozenset({name}) in table.unique_sets:
            return rows
        known = stats.values(rows) if stats else None
        if known is not None:
            return known
        if column is None:
            return rows
        if column.type.family == "boolean":
            return 2.0
        if column.type.family == "enum":
            return float(len(column.type.arguments) or 5)
        return max(rows / 10, 1.0)

    def is_state(self, table: Table, name: str) -> bool:
        """Tell whether a column has few values, as a state or kind has."""
        return self.values(table, name) <= _FEW

    def share(self, table: Table, found: Filter) -> float | None:
        """Give the part of rows that meet a condition; None where nobody can know.

        Equality counts only for columns of few values: of others, each query asks another one.
        """
        stats = self.column(table, found.column)
        share: float | None = None
        if found.operator == "is null":
            share = stats.null_share if stats else None
        elif self.is_state(table, found.column):
            values = _TRUTHS.get(found.operator, found.values)
            shares = [self.share_of(table, found.column, value) for value in values]
            known = [each for each in shares if each is not None]
            share = sum(known) if known and len(known) == len(shares) else None
        if share is None:
            return None
        against = found.negated != (found.operator == "<>")
        return 1.0 - share if against else share

    def share_of(self, table: Table, name: str, value: str) -> float | None:
        """Give the part of rows that have a value; None where nobody measured it."""
        stats = self.column(table, name)
        if stats is None or not stats.common:
            return None
        spellings = _spellings(value)
        for each in stats.common:
            if each.value.lower() in spellings:
                return each.share
        rest = 1.0 - stats.null_share - sum(each.share for each in stats.common)
        others = self.values(table, name) - len(stats.common)
        return max(rest, 0.0) / max(others, 1.0)

    def width(self, table: Table, names: Iterable[str]) -> float:
        """Give the bytes that values of some columns take together."""
        return sum(self._width(table, name) for name in names)

    def _width(self, table: Table, name: str) -> float:
        stats, column = self.column(table, name), table.column(name)
        if stats and stats.width:
            return stats.width
        if column is None:
            return _WIDEST
        if column.type.name in _LONG:
            return _LONG_WIDTH
        if column.type.family == "text" and column.type.arguments:
            return _text_width(column)
        return _WIDTHS.get(column.type.family, _WIDEST)

    def row_width(self, table: Table) -> float:
        """Give the bytes of a row."""
        return self.width(table, (column.name.folded for column in table.columns)) + 28


def _text_width(column: Column) -> float:
    try:
        return min(int(column.type.arguments[0]) / 2, _WIDEST)
    except ValueError:
        return _WIDTHS["text"]


def _spellings(value: str) -> frozenset[str]:
    """Give how engines may write a value: truth values have three ways."""
    folded = value.lower()
    if folded in {"true", "t"}:
        return frozenset({"true", "t", "1"})
    if folded in {"false", "f"}:
        return frozenset({"false", "f", "0"})
    return frozenset({folded})
