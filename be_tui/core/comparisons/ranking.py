"""The options in their order: points, and what each criterion gives; who is beaten everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.comparisons.model import Alternative, Criterion
    from be_tui.core.comparisons.weighing import Matrix, Row

POINTS = 100.0
"""What an option has that is at the good end of every criterion."""

SAME = 1e-9
"""Points below which two options are level."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion gives to an option's points."""

    criterion: Criterion
    points: float
    most: float
    """What it gives to an option at its good end."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An option in its place."""

    place: int
    """From 1; options with the same points share it."""

    option: Alternative
    points: float
    """Expected: a score that is open counts with the middle of its range."""

    low: float
    high: float
    """The fewest and the most points, as far as scores are open."""

    contributions: tuple[Contribution, ...]
    """In the order of the criteria."""


@dataclass(frozen=True, slots=True)
class Beaten:
    """An option that another one beats, or equals, by every criterion that counts."""

    option: Alternative
    by: Alternative


def rank(matrix: Matrix) -> tuple[Ranked, ...]:
    """Give the options that stand, the best first; level ones in the order of the file."""
    rows = sorted(matrix.standing, key=lambda row: -points(matrix, row))
    ranked: list[Ranked] = []
    for number, row in enumerate(rows, 1):
        own = points(matrix, row)
        level = bool(ranked) and abs(ranked[-1].points - own) < SAME
        place = ranked[-1].place if level else number
        ranked.append(_ranked(matrix, row, place, own))
    return tuple(ranked)


def points(matrix: Matrix, row: Row) -> float:
    """Give an option's points, from 0 to 100."""
    pairs = zip(matrix.weights, row.values, strict=True)
    return POINTS * sum(weight.share * value.middle for weight, value in pairs)


def _ranked(matrix: Matrix, row: Row, place: int, own: float) -> Ranked:
    pairs = tuple(zip(matrix.weights, row.values, strict=True))
    given = tuple(
        Contribution(weight.criterion, POINTS * weight.share * value.middle, POINTS * weight.share)
        for weight, value in pairs
    )
    low = POINTS * sum(weight.share * value.low for weight, value in pairs)
    high = POINTS * sum(weight.share * value.high for weight, value in pairs)
    return Ranked(place, row.option, own, low, high, given)


def beaten(matrix: Matrix) -> tuple[Beaten, ...]:
    """Give the options that no weighting of the criteria that count can make win alone."""
    found: list[Beaten] = []
    for row in matrix.standing:
        better = next((each for each in matrix.standing if _beats(matrix, each, row)), None)
        if better:
            found.append(Beaten(row.option, better.option))
    return tuple(found)


def _beats(matrix: Matrix, one: Row, other: Row) -> bool:
    """Tell whether one is as good by every criterion, and better by some, whatever is open."""
    if one is other:
        return False
    pairs = [(one.values[index], other.values[index]) for index in matrix.counting]
    as_good = all(mine.low >= theirs.high for mine, theirs in pairs)
    return as_good and any(mine.low > theirs.high for mine, theirs in pairs)
