"""The nouns: what is to be measured, and what was."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.plans import Compared
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine
    from be_tui.core.statistics import Statistics

RUNS = 15
"""Turns of each side at most, where nothing is said."""

ROWS = 1_000_000
"""Rows of a table that no other one refers to, where nothing is said."""

_SURE = 0.95
"""The part of all pairs of runs that must agree before a difference is told."""

_LEAST = 1.05
"""Times more or less that a difference must be, however sure it is."""

_FELT = 0.02
"""Milliseconds that a difference must be: to weigh one index more takes the planner as long."""

_ENOUGH = 5
"""Runs of a side from which on they tell anything."""

Kind = Literal["faster", "slower", "noise", "late"]
"""`noise`: runs of both sides lie among each other; `late`: a side did not end in time."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be measured."""

    queries: tuple[str, ...]
    """In the sandbox's own SQL; none of them writes."""

    schema: Schema
    engine: Engine
    where: str = field(repr=False)
    """As `open_sandbox` takes it; a URL may hold a password."""

    ddl: tuple[str, ...] = ()
    """What makes the tables, in the sandbox's own SQL, indexes left out."""

    later: tuple[str, ...] = ()
    """The indexes that there are already, made when the rows are there."""

    indexes: tuple[str, ...] = ()
    """The indexes to be tried."""

    rewrites: tuple[str, ...] = ()
    """The same queries in other words, as many; none where the words stay."""

    rows: int = ROWS
    given_rows: Mapping[str, int] = field(default_factory=dict)
    """What the person said of single tables."""

    runs: int = RUNS
    seconds: float = 60.0
    """After which a query is stopped."""

    seed: int = 1
    statistics: Statistics | None = None
    notes: tuple[str, ...] = ()
    """What was found on the way here: statements that were left out, what was translated."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The runs of one side, each as the mean of so many executions that it can be told."""

    cpu: tuple[float, ...] = ()
    """Milliseconds of the processor, one a run; empty where the engine's cannot be seen."""

    wall: tuple[float, ...] = ()
    late: bool = False
    """Whether it was stopped; the one wall time is then the bound."""

    @property
    def values(self) -> tuple[float, ...]:
        """Give the times to go by."""
        return self.cpu or self.wall

    @property
    def median(self) -> float:
        """Give the middle run."""
        return median(self.values)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Give the times between which the middle half of the runs lies."""
        if len(self.values) < 2:  # noqa: PLR2004 (one run has no spread)
            return self.median, self.median
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return low, high


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a time."""

    kind: Kind
    ratio: float
    """Before by after, above one where it got faster; of a late side, at least this."""

    pairs: float
    """The part of all pairs of a run before and a run after in which the one after is quicker."""


def judged(before: Timing, after: Timing) -> Verdict:
    """Tell two sides apart, or that they cannot be."""
    ours, theirs = before, after
    if not (before.cpu and after.cpu):
        ours, theirs = Timing(wall=before.wall), Timing(wall=after.wall)
    ratio = ours.median / max(theirs.median, 1e-6)
    pairs = [(one > other) + (one == other) / 2 for one in ours.values for other in theirs.values]
    share = sum(pairs) / len(pairs)
    if before.late or after.late:
        return Verdict("late", ratio, share)
    few = min(len(ours.values), len(theirs.values)) < _ENOUGH
    if few or abs(ours.median - theirs.median) < _FELT:
        return Verdict("noise", ratio, share)
    if share >= _SURE and ratio >= _LEAST:
        return Verdict("faster", ratio, share)
    if share <= 1 - _SURE and ratio <= 1 / _LEAST:
        return Verdict("slower", ratio, share)
    return Verdict("noise", ratio, share)


@dataclass(frozen=True, slots=True)
class Case:
    """One query with one set of values, before and after."""

    label: str
    """`as written`, `common`, `rare`, `absent`."""

    value: str
    """`user_id = 123`; empty where nothing stands for a value."""

    before: Timing
    after: Timing
    rows: int
    """That it gave before."""

    rows_after: int
    same: bool | None
    """Whether both sides gave the same rows, in any order; None where one never ended."""

    compared: Compared | None = None
    """Both plans; None where the engine told none."""

    pages: int | None = None
    """Pages of 8 kB touched before; None where the engine does not tell."""

    pages_after: int | None = None

    @property
    def verdict(self) -> Verdict:
        """Tell what became of its time."""
        return judged(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Measured:
    """One query."""

    text: str
    rewrite: str
    """Empty where its words stayed."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was made."""

    ddl: str
    size: int | None
    """Bytes; None where the engine does not tell."""

    ms: float


@dataclass(frozen=True, slots=True)
class Price:
    """What a batch of writes took, without the indexes and with them."""

    table: str
    what: Literal["insert", "update"]
    rows: int
    before: Timing
    after: Timing

    @property
    def verdict(self) -> Verdict:
        """Tell what became of its time."""
        return judged(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Measurement:
    """All that was measured."""

    engine: Engine
    version: str
    tables: tuple[tuple[str, int], ...]
    """The tables that were filled, with their rows."""

    filled: float
    """Seconds that one filling took."""

    indexes: tuple[Built, ...]
    queries: tuple[Measured, ...]
    prices: tuple[Price, ...]
    clock: Literal["cpu", "wall"]
    seed: int
    seconds: float
    notes: tuple[str, ...] = ()
