"""Estimates shared by judges that have no planner of PostgreSQL: shares of rows, pages read.

The rules are the usual ones of Selinger's planner, as PostgreSQL has them in `selfuncs.c`: equality
takes its share from common values or the number of different ones, a range from a histogram or a
third; columns count as independent of each other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from be_tui.core.whatif.values import position, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.queries import Condition, Side, Source
    from be_tui.core.schema import Index, Table
    from be_tui.core.statistics import ColumnStats, Statistics, TableStats

RANGE = 1.0 / 3.0
"""The share of an inequality of which nothing is known (`DEFAULT_INEQ_SEL`)."""

BETWEEN = 0.05
"""The same of two that bound a value; PostgreSQL takes 0.005, which it is rarely as few as."""

PATTERN = 0.02
"""Of LIKE with a beginning that is fixed; without one `MATCH` below."""

MATCH = 0.1
OTHER = 0.25
"""Of a condition that is of no known form."""

EXPRESSION = 0.005
"""Of equality of an expression, as PostgreSQL takes it."""

_KEEPING = frozenset({"lower", "upper", "trim", "btrim", "md5", "reverse", "coalesce"})
"""What leaves about as many different values as there were."""

_USUAL = {"is true": 0.5, "is false": 0.5, "true": 0.5}

ROW = 0.01
"""Pages that looking at one row is worth (`cpu_tuple_cost` to `seq_page_cost`)."""

_ENTRY = 16
"""Bytes of an index entry beside its values: header, pointer, and a leaf's free tenth."""

PAGE = 8192
_SQLITE_PAGE = 4096

_PACKED = 8.5
"""The same in SQLite: the place on the page, two lengths, and the number of the row."""

_DIGITS = (0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 6, 6, 6, 6, 6, 8)
"""Bytes of a whole number by its digits, in SQLite."""


class Figures:
    """Answers on rows and values; statistics must tell of every table (see `assume`)."""

    def __init__(self, statistics: Statistics) -> None:
        """Answer from these."""
        self._statistics = statistics
        self._found: dict[tuple[str, str], TableStats] = {}
        self.packed = statistics.engine == "sqlite"
        """Whether numbers take as many bytes as they need, and indexes are full when made."""

        self.page = _SQLITE_PAGE if self.packed else PAGE
        """Bytes of a page."""

    def table(self, table: Table) -> TableStats:
        """Give a table's statistics."""
        key = (table.name.text, table.namespace)
        if key not in self._found:
            found = self._statistics.of(*key)
            assert found is not None  # noqa: S101 (they were made for this schema)
            self._found[key] = found
        return self._found[key]

    def column(self, table: Table, name: str) -> ColumnStats | None:
        """Give a column's statistics."""
        return self.table(table).column(name)

    def values(self, table: Table, name: str) -> float:
        """Give how many different values a column has."""
        stats, rows = self.column(table, name), max(self.table(table).rows, 1.0)
        found = stats.values(rows) if stats else None
        return min(found, rows) if found is not None else max(rows / 10, 1.0)

    def prefix(self, table: Table, columns: Iterable[str]) -> float:
        """Give the rows that share values of some columns, on average."""
        names = list(columns)
        if any(key <= set(names) for key in table.unique_sets):
            return 1.0
        rows = max(self.table(table).rows, 1.0)
        different = math.prod(self.values(table, name) if name else rows / 10 for name in names)
        return max(rows / max(different, 1.0), 1.0)

    def order(self, table: Table, index: Index) -> float:
        """Give how far rows stand in the order of an index, from -1 to 1."""
        stats = self.column(table, index.columns[0]) if index.columns[0] else None
        return (stats.correlation or 0.0) if stats else 0.0

    def share(self, condition: Condition, source: Source) -> float:
        """Give the part of a source's rows that meet a condition, from 0 to 1."""
        table = source.table
        if table is None:
            return OTHER
        if condition.operator == "or":
            missed = math.prod(
                1.0 - math.prod(self.share(each, source) for each in arm) for arm in condition.arms
            )
            return 1.0 - missed
        share = self._share(condition, table)
        against = condition.negated != (condition.operator == "<>")
        return min(max(1.0 - share if against else share, 0.0), 1.0)

    def _share(self, condition: Condition, table: Table) -> float:
        left = condition.left
        if left is None or left.column is None or left.kind != "column":
            return self._expression(condition, left, table)
        name = left.column.name
        stats = self.column(table, name)
        filled = 1.0 - (stats.null_share if stats else 0.0)
        operator = condition.operator
        if operator in {"=", "<>", "is not distinct from"}:
            return self._equal(condition.right[0] if condition.right else None, table, name)
        if operator == "in":
            if condition.scope is not None or not condition.right:
                return 0.5 * filled
            return min(sum(self._equal(each, table, name) for each in condition.right), filled)
        if operator == "is null":
            return stats.null_share if stats else 0.0
        if operator in {"<", "<=", ">", ">=", "between"}:
            return self._range(condition, stats) * filled
        return _USUAL.get(operator, _pattern(condition)) * filled

    def _expression(self, condition: Condition, left: Side | None, table: Table) -> float:
        """Give the share of a condition over an expression, of which nobody keeps statistics."""
        if condition.operator != "=":
            return OTHER
        if left is not None and left.column is not None and set(left.wrappers) <= _KEEPING:
            return 1.0 / self.values(table, left.column.name)
        return EXPRESSION

    def _equal(self, side: Side | None, table: Table, name: str) -> float:
        stats, values = self.column(table, name), self.values(table, name)
        if side is not None and side.kind == "null":
            return 0.0
        nulls = stats.null_share if stats else 0.0
        if stats is None or not stats.common or side is None or side.value is None:
            return (1.0 - nulls) / values
        for each in stats.common:
            if same(each.value, side.value):
                return each.share
        rest = 1.0 - nulls - sum(each.share for each in stats.common)
        return max(rest, 0.0) / max(values - len(stats.common), 1.0)

    def _range(self, condition: Condition, stats: ColumnStats | None) -> float:
        usual = BETWEEN if condition.operator == "between" else RANGE
        bounds = [side.value for side in condition.right]
        if stats is None or len(stats.bounds) < 2 or any(each is None for each in bounds):  # noqa: PLR2004
            return usual
        below = [position(stats.bounds, each) for each in bounds if each is not None]
        if any(each is None for each in below) or not below:
            return usual
        shares = [each for each in below if each is not None]
        if condition.operator == "between":
            return max(shares[-1] - shares[0], 0.0005)
        share = shares[0] if condition.operator in {"<", "<="} else 1.0 - shares[0]
        return max(share, 0.0005)


def _pattern(condition: Condition) -> float:
    """Give the share of a match, or of whatever else it may be."""
    if condition.operator not in {"like", "ilike", "glob", "regexp"}:
        return OTHER
    pattern = condition.right[0].value if condition.right else None
    return PATTERN if pattern and pattern[0] not in "%_*?." else MATCH


def entry_width(table: Table, index: Index, figures: Figures) -> float:
    """Give the bytes of an entry of an index on leaves."""
    names = (*index.columns, *index.include)
    if figures.packed:
        return _PACKED + sum(1.0 + _packed(table, name, figures) for name in names)
    width = float(_ENTRY)
    for name in names:
        stats = figures.column(table, name) if name else None
        width += stats.width if stats and stats.width else 8 if name else 20
    return width


def _packed(table: Table, name: str, figures: Figures) -> float:
    """Give the bytes of a value in SQLite, whose statistics count characters and one more."""
    stats, column = figures.column(table, name) if name else None, table.column(name)
    if stats is None or not stats.width or column is None:
        return 8.0 if name else 20.0
    if column.type.family in {"integer", "boolean"}:
        return _DIGITS[min(stats.width - 1, len(_DIGITS) - 1)]
    return 8.0 if column.type.family in {"float", "decimal"} else stats.width - 1.0


def index_pages(table: Table, index: Index, figures: Figures, held: float = 1.0) -> float:
    """Give the pages of an index.

    Args:
        table: What it is on.
        index: The index.
        figures: What is known of the table.
        held: The part of the rows that a partial index holds.
    """
    rows = max(figures.table(table).rows, 0.0) * held
    return max(math.ceil(rows * entry_width(table, index, figures) / figures.page), 1)


def descent(pages: float) -> float:
    """Give the pages from the root of a tree down to a leaf, of which the root is at hand."""
    return max(math.log(max(pages, 1.0), 250.0), 0.0) + 1.0


def sorting(rows: float, kept: float | None = None) -> float:
    """Give what sorting is worth, in pages; of the first few only, where no more are kept."""
    if rows < 1.0:
        return 0.0
    return rows * math.log2(max(min(rows, kept or rows), 2.0)) * ROW / 4 + ROW
