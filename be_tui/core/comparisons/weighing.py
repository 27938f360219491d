"""A comparison as it stands for one project: weights, and each score as a value from 0 to 1.

    matrix = weigh(comparison, stated, profile)

A weight is what the person says; else the file's, doubled (at most 10) for what the profile
puts first and halved for what may suffer. A score becomes a value by a straight line between
the ends of its criterion; one that is not known is anything between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.comparisons.model import HEAVIEST, Cell
from be_tui.core.comparisons.stating import Stated

if TYPE_CHECKING:
    from be_tui.core.comparisons.model import (
        Alternative,
        Comparison,
        Constraint,
        Criterion,
        Estimate,
        Origin,
    )
    from be_tui.core.project import Profile

FACTOR = 2.0
"""By how much the profile raises or lowers a weight; a rule of thumb."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a criterion counts here."""

    criterion: Criterion
    weight: float
    share: float
    """Of all weights together."""

    origin: Origin
    before: float
    """What the file gives."""


@dataclass(frozen=True, slots=True)
class Value:
    """How an option does by a criterion here: 0 is the bad end, 1 the good one."""

    low: float
    high: float
    cell: Cell
    """The score as it stands, with its reason."""

    origin: Origin
    given: Cell
    """What the file gives."""

    @property
    def middle(self) -> float:
        """Give what is expected of it."""
        return (self.low + self.high) / 2

    @property
    def exact(self) -> bool:
        """Tell whether there is nothing open about it."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Row:
    """An option with its values, in the order of the criteria."""

    option: Alternative
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """An option that is not considered, and why."""

    option: Alternative
    constraint: Constraint
    why: str


@dataclass(frozen=True, slots=True)
class Must:
    """A constraint, and whether it holds here."""

    constraint: Constraint
    holds: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is compared here."""

    comparison: Comparison
    weights: tuple[Weight, ...]
    rows: tuple[Row, ...]
    """Every option, ruled out or not, in the order of the file."""

    musts: tuple[Must, ...]
    ruled_out: tuple[RuledOut, ...]

    @property
    def standing(self) -> tuple[Row, ...]:
        """Give the options that nothing rules out."""
        out = {each.option.id for each in self.ruled_out}
        return tuple(row for row in self.rows if row.option.id not in out)

    @property
    def counting(self) -> tuple[int, ...]:
        """Give the indexes of the criteria that count at all."""
        return tuple(index for index, each in enumerate(self.weights) if each.weight > 0)

    @property
    def open(self) -> int:
        """Give how many scores that count are not known exactly."""
        counting = self.counting
        return sum(not row.values[index].exact for row in self.standing for index in counting)

    def row(self, option_id: str) -> Row:
        """Give the row of an option that is there."""
        return next(row for row in self.rows if row.option.id == option_id)

    def column(self, criterion_id: str) -> int:
        """Give the index of a criterion that is there."""
        ids = [each.criterion.id for each in self.weights]
        return ids.index(criterion_id)


def weigh(
    comparison: Comparison, stated: Stated | None = None, profile: Profile | None = None
) -> Matrix:
    """Give a comparison as it stands with what was said and what the profile says."""
    stated = stated or Stated()
    found = [_weight(each, stated, profile) for each in comparison.criteria]
    total = sum(weight for _, weight, _ in found)
    weights = tuple(
        Weight(criterion, weight, weight / total if total else 0.0, origin, criterion.weight)
        for criterion, weight, origin in found
    )
    rows = tuple(
        Row(option, tuple(_value(option, each, stated) for each in comparison.criteria))
        for option in comparison.options
    )
    musts = tuple(_must(each, stated) for each in comparison.constraints)
    return Matrix(comparison, weights, rows, musts, tuple(_ruled_out(comparison, musts)))


def _weight(
    criterion: Criterion, stated: Stated, profile: Profile | None
) -> tuple[Criterion, float, Origin]:
    for each in stated.weights:
        if each.criterion == criterion.id:
            return criterion, each.weight, "yours"
    if profile and criterion.serves and criterion.serves == profile.favours:
        return criterion, min(criterion.weight * FACTOR, HEAVIEST), "profile"
    if profile and criterion.serves and criterion.serves == profile.gives_up:
        return criterion, criterion.weight / FACTOR, "profile"
    return criterion, criterion.weight, "given"


_GIVEN: Origin = "given"


def _value(option: Alternative, criterion: Criterion, stated: Stated) -> Value:
    given = option.cell(criterion.id)
    cell, origin = given, _GIVEN
    for each in stated.scores:
        if (each.option, each.criterion) == (option.id, criterion.id):
            cell, origin = Cell(criterion.id, each.estimate, each.why), "yours"
    low, high = value_of(criterion, cell.estimate)
    return Value(low, high, cell, origin, given)


def value_of(criterion: Criterion, estimate: Estimate | None) -> tuple[float, float]:
    """Give the value of a score or figure: 0 at the bad end, 1 at the good one."""
    if estimate is None:
        return 0.0, 1.0
    least, most = criterion.ends
    ends = (_between(estimate.low, least, most), _between(estimate.high, least, most))
    if criterion.better == "less":
        return 1 - ends[1], 1 - ends[0]
    return ends


def _between(figure: float, least: float, most: float) -> float:
    return min(max((figure - least) / (most - least), 0.0), 1.0)


def formula(criterion: Criterion) -> str:
    """Say how a score or figure becomes a value."""
    least, most = criterion.ends
    what = criterion.scale.unit if criterion.scale else "score"
    if criterion.better == "less":
        return f"value = ({most:g} - {what}) / {most - least:g}"
    return f"value = ({what} - {least:g}) / {most - least:g}"


def _must(constraint: Constraint, stated: Stated) -> Must:
    for each in stated.musts:
        if each.constraint == constraint.id:
            return Must(constraint, each.holds, "yours")
    return Must(constraint, constraint.holds, "given")


def _ruled_out(comparison: Comparison, musts: tuple[Must, ...]) -> list[RuledOut]:
    """Give each option that is ruled out once, with the first constraint that does it."""
    found: list[RuledOut] = []
    for option in comparison.options:
        reasons = [
            RuledOut(option, must.constraint, breach.why)
            for must in musts
            for breach in must.constraint.breaches
            if must.holds and breach.option == option.id
        ]
        found += reasons[:1]
    return found
