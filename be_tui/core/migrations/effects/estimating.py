"""How long the work of a statement takes, as a band, from how many rows there are.

The quick end is what PostgreSQL 16 and 18 and MariaDB 10.11 did here with a table of a million rows
in memory, nobody else about and nothing waiting for a disk; the slow end is a server that reads
from a disk of a small cloud machine (100 MB a second) and does other work besides. A server in use
is somewhere between, and mostly nearer to the slow end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.statistics.model import POSTGRES_PAGE

if TYPE_CHECKING:
    from be_tui.core.migrations.model import Effects, WorkKind
    from be_tui.core.schema import Schema
    from be_tui.core.statistics import Statistics, TableStats

_MINUTE = 60
_HOUR = 3600
_DAY = 86_400
_USUAL_WIDTH = 100
"""Bytes of a row where nobody told."""

_ROW_HEAD = 28
"""Bytes that PostgreSQL adds to each row: its head, and its place in the page."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast one kind of work goes, in bytes or rows a second."""

    quick: float
    slow: float
    of_rows: bool = False


RATES: dict[WorkKind, Rate] = {
    "scan": Rate(1_500e6, 100e6),
    "rewrite": Rate(300e6, 20e6),
    "index build": Rate(2e6, 0.2e6, of_rows=True),
    "key check": Rate(1.5e6, 0.2e6, of_rows=True),
}
"""Measured on PostgreSQL at the quick end: a second scanned 1,000 to 2,600 MB, rewrote 180 to 400,
indexed 2 to 4 million numbers (0.3 to 0.7 million texts), and looked up 0.8 to 1.9 million keys."""

ONLINE = {"COPY": Rate(45e6, 8e6), "INPLACE": Rate(80e6, 15e6), "NOCOPY": Rate(80e6, 20e6)}
"""Measured on MariaDB at the quick end: a second copied 34 to 41 MB, rebuilt 73, indexed 78; what
is INSTANT takes no time."""


@dataclass(frozen=True, slots=True)
class Band:
    """Between which two times something takes, in seconds."""

    low: float
    high: float

    def __str__(self) -> str:
        """Give it for people: `under a second`, `2 to 30 s`, `3 to 40 min`."""
        if self.high < 1:
            return "under a second"
        unit, name = _unit(self.high)
        low, high = self.low / unit, self.high / unit
        if low < 1:
            return f"up to {_figure(high)} {name}"
        return f"{_figure(low)} to {_figure(high)} {name}"

    def __add__(self, other: Band) -> Band:
        """Put one after the other."""
        return Band(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a statement works, and from what that is told."""

    band: Band
    rows: float
    """Those of all tables that it works on."""

    blocks: bool
    """Whether readers or writers wait for that long."""

    assumed: bool = False
    """Whether nobody counted the rows."""


def estimate(
    effects: Effects, statistics: Statistics, schema: Schema | None = None
) -> Estimate | None:
    """Tell how long the work of a statement takes; None where it has none, or no rows are known.

    Args:
        effects: What the statement does.
        statistics: How many rows there are.
        schema: Says how many indexes are built where all of a table's are; one is taken without.
    """
    band, rows = Band(0, 0), 0.0
    seen: set[str] = set()
    works = [(work.relation, RATES[work.kind], work.kind) for work in effects.work]
    works += [(e.table, ONLINE[e.algorithm], None) for e in effects.online if e.algorithm in ONLINE]  # type: ignore[misc]
    rewritten = {work.relation for work in effects.work if work.kind == "rewrite"}
    for relation, rate, kind in works:
        space, _, name = relation.rpartition(".")
        stats = statistics.of(name, space)
        if stats is None or stats.rows < 0:
            continue
        several = _indexes(schema, name, space) if kind == "index build" else 1
        amount = stats.rows if rate.of_rows else _bytes(stats)
        times = several if relation in rewritten else 1
        band += Band(times * amount / rate.quick, times * amount / rate.slow)
        rows += 0 if relation in seen else stats.rows
        seen.add(relation)
    if not seen:
        return None
    return Estimate(band, rows, effects.blocks, statistics.assumed)


def _indexes(schema: Schema | None, name: str, space: str) -> int:
    table = schema.table(name, space) if schema else None
    return max(1, len(table.indexes) + len(table.keys)) if table else 1


def _bytes(stats: TableStats) -> float:
    if stats.pages > 0:
        return stats.pages * POSTGRES_PAGE
    width = sum(each.width for each in stats.columns if each.name) or _USUAL_WIDTH
    return stats.rows * (width + _ROW_HEAD)


def _unit(seconds: float) -> tuple[float, str]:
    if seconds >= 2 * _DAY:
        return _DAY, "days"
    if seconds >= 2 * _HOUR:
        return _HOUR, "h"
    return (_MINUTE, "min") if seconds >= 2 * _MINUTE else (1, "s")


def _figure(number: float) -> str:
    """Give two digits that matter, as no more are known."""
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"  # noqa: PLR2004 (two digits)
