"""Values between the bounds that statistics tell: each part between two bounds is as full.

So a range of a query finds the share of rows that it finds in the database that was measured, and
a text that begins like a bound is there.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from be_tui.core.filling.model import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from be_tui.core.filling.dialects import Sql
    from be_tui.core.schema import DataType
    from be_tui.core.statistics import ColumnStats

PARTS = 24
"""Parts at most: each is an arm of an expression that is worked out for every row."""

_LEAST = 3
_ORDERED = 0.9
"""The correlation from which on rows stand in the order of their values."""

_NUMBERS = frozenset({"integer", "decimal", "float"})


def bounded(
    sql: Sql, kind: DataType, salt: str, rows: int, stats: ColumnStats | None
) -> Made | None:
    """Give how values between bounds are made; None where statistics tell no bounds.

    Args:
        sql: The engine's.
        kind: The column's type.
        salt: What tells its draws from others.
        rows: How many rows there will be.
        stats: What is known of the column.
    """
    if stats is None or len(stats.bounds) < _LEAST:
        return None
    ends = _thinned(stats.bounds)
    told = stats.values(rows)
    distinct = min(round(told), rows) if told else rows
    lots = _Lots(sql, salt, rows, len(ends) - 1, (stats.correlation or 0.0) >= _ORDERED)
    if kind.family in _NUMBERS:
        return _numbers(lots, kind, ends, distinct)
    if kind.family in {"timestamp", "date"}:
        return _moments(lots, kind, ends, distinct)
    return _texts(lots, kind, ends, distinct) if kind.family == "text" else None


def _thinned(bounds: Sequence[str]) -> tuple[str, ...]:
    """Give so many bounds that there are no more parts than can be told apart, ends included."""
    last = len(bounds) - 1
    parts = min(last, PARTS)
    return tuple(bounds[at * last // parts] for at in range(parts + 1))


class _Lots:
    """Draws the part that a row's value lies in, and the place within it."""

    def __init__(self, sql: Sql, salt: str, rows: int, parts: int, ordered: bool) -> None:  # noqa: FBT001
        self.sql = sql
        self.parts = parts
        self._salt = salt
        self._rows = max(rows, 1)
        self._ordered = ordered

    def part(self, row: str) -> str:
        if self._ordered:
            return self.sql.divided(f"(({row}) * {self.parts})", self._rows)
        return self.sql.below(row, f"{self._salt}/part", self.parts)

    def within(self, row: str, many: int) -> str:
        return self.sql.below(row, f"{self._salt}/within", max(many, 1))

    def chosen(self, row: str, made: Callable[[int], str]) -> str:
        """Give the SQL of the value that the part of a row makes."""
        return self.sql.of_list(tuple(made(at) for at in range(self.parts)), self.part(row))


def _numbers(lots: _Lots, kind: DataType, ends: Sequence[str], distinct: int) -> Made | None:
    try:
        found = [float(each) for each in ends]
    except ValueError:
        return None
    if not all(map(math.isfinite, found)):
        return None
    whole = kind.family == "integer"
    places = 0 if whole else _places(kind)
    unit = 10**places
    steps = [round(each * unit) for each in found]
    values = max(distinct // lots.parts, 1)

    def make(row: str) -> str:
        number = lots.chosen(row, lambda at: _stepped(lots, row, steps, at, values))
        return number if whole else f"({number} / {unit}.0)"

    about = f"{ends[0]} to {ends[-1]} by statistics"
    return Made(make, about, min(distinct, steps[-1] - steps[0] + 1), ends[0], ends[-1])


def _stepped(lots: _Lots, row: str, steps: Sequence[int], at: int, values: int) -> str:
    """Give one of so many numbers from one bound to the next."""
    wide = max(steps[at + 1] - steps[at], 1)
    many = min(values, wide)
    return f"{steps[at]} + {lots.within(row, many)} * {wide // many}"


def _places(kind: DataType) -> int:
    said = kind.arguments[1] if len(kind.arguments) > 1 else ""
    return int(said) if said.isdigit() else 2


def _moments(lots: _Lots, kind: DataType, ends: Sequence[str], distinct: int) -> Made | None:
    try:
        found = [datetime.fromisoformat(each).replace(tzinfo=None) for each in ends]
    except ValueError:
        return None
    unit = timedelta(days=1) if kind.family == "date" else timedelta(seconds=1)
    steps = [(each - found[0]) // unit for each in found]
    values = max(distinct // lots.parts, 1)

    def make(row: str) -> str:
        number = lots.chosen(row, lambda at: _stepped(lots, row, steps, at, values))
        return _moment(lots.sql, kind, found[0], number)

    about = f"{ends[0]} to {ends[-1]} by statistics"
    first, last = (_moment(lots.sql, kind, found[0], str(each)) for each in (0, steps[-1]))
    return Made(make, about, min(distinct, steps[-1] + 1), first, last)


def _moment(sql: Sql, kind: DataType, start: datetime, number: str) -> str:
    day = kind.family == "date"
    if sql.engine == "postgresql":
        if day:
            return f"(date '{start:%Y-%m-%d}' + ({number})::int)"
        zone = "Z" if kind.name.startswith("timestamptz") else ""
        type_ = "timestamptz" if zone else "timestamp"
        return f"({type_} '{start:%Y-%m-%dT%H:%M:%S}{zone}' + {number} * interval '1 second')"
    if sql.engine == "sqlite":
        epoch = int((start - datetime(1970, 1, 1)).total_seconds())  # noqa: DTZ001 (both without)
        if day:
            return f"date({epoch} + ({number}) * 86400, 'unixepoch')"
        return f"datetime({epoch} + {number}, 'unixepoch')"
    if day:
        return f"('{start:%Y-%m-%d}' + INTERVAL {number} DAY)"
    return f"('{start:%Y-%m-%d %H:%M:%S}' + INTERVAL {number} SECOND)"


def _texts(lots: _Lots, kind: DataType, ends: Sequence[str], distinct: int) -> Made | None:
    values = max(distinct // lots.parts, 1)
    longest = int(kind.arguments[0]) if kind.arguments and kind.arguments[0].isdigit() else 0
    room = longest - len(str(values)) - 1 if longest else max(map(len, ends))
    if room < 1:
        return None
    sql = lots.sql

    def make(row: str) -> str:
        if values == 1:
            return lots.chosen(row, lambda at: sql.text(ends[at]))
        begins = lots.chosen(row, lambda at: sql.text(ends[at][:room]))
        return sql.joined(begins, sql.text(" "), f"({lots.within(row, values)})")

    about = f"{ends[0][:24]!r} to {ends[-1][:24]!r} by statistics"
    return Made(make, about, distinct, make("0"), make("1"))
