"""What would change the winner: one weight, or one score; and what a weight does as it moves.

Exact: as one weight moves, the gap between two options is a straight line, so where it
crosses zero is worked out, not tried.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.comparisons.model import HEAVIEST, Estimate
from be_tui.core.comparisons.ranking import POINTS, SAME, points, rank
from be_tui.core.comparisons.weighing import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.comparisons.model import Alternative, Criterion
    from be_tui.core.comparisons.weighing import Matrix, Row, Value


@dataclass(frozen=True, slots=True)
class WeightTurn:
    """A weight past which another option wins."""

    criterion: Criterion
    weight: float
    """As it is."""

    at: float
    """Where the two are level."""

    winner: Alternative
    """Who wins past it."""

    @property
    def change(self) -> float:
        """Give how far the weight has to move."""
        return abs(self.at - self.weight)


@dataclass(frozen=True, slots=True)
class ScoreTurn:
    """A single score that makes another option win."""

    option: Alternative
    criterion: Criterion
    score: float
    """As it is; the middle where it is open."""

    to: float
    winner: Alternative


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the leader changes as a weight grows."""

    at: float
    before: Alternative
    after: Alternative


@dataclass(frozen=True, slots=True)
class Course:
    """An option's points as one weight goes from 0 to 10."""

    option: Alternative
    points: tuple[float, ...]
    """At equal steps, both ends included."""


def weight_turns(matrix: Matrix) -> tuple[WeightTurn, ...]:
    """Give for each criterion the nearest weights, up and down, past which another wins.

    The smallest change comes first. None where the best options are level: each change is
    one then.
    """
    ranked = rank(matrix)
    if not _has_leader(matrix):
        return ()
    leader = matrix.row(ranked[0].option.id)
    found: list[WeightTurn] = []
    for index in range(len(matrix.weights)):
        for upward in (False, True):
            turn = _nearest(matrix, leader, index, upward=upward)
            if turn:
                found.append(turn)
    return tuple(sorted(found, key=lambda turn: turn.change))


def _nearest(matrix: Matrix, leader: Row, index: int, *, upward: bool) -> WeightTurn | None:
    here = matrix.weights[index]
    nearest: WeightTurn | None = None
    for row in matrix.standing:
        at = None if row is leader else _level_at(matrix, leader, row, index)
        if at is None or not 0 <= at <= HEAVIEST:
            continue
        # At the very end of the scale there is no room to win.
        past = here.weight <= at < HEAVIEST if upward else 0 < at <= here.weight
        if past and (nearest is None or abs(at - here.weight) < nearest.change):
            nearest = WeightTurn(here.criterion, here.weight, at, row.option)
    return nearest


def _level_at(matrix: Matrix, one: Row, other: Row, index: int) -> float | None:
    """Give the weight at which two options are level; None where they never are."""
    slope = one.values[index].middle - other.values[index].middle
    if abs(slope) < SAME:
        return None
    return (_without(matrix, other, index) - _without(matrix, one, index)) / slope


def _without(matrix: Matrix, row: Row, index: int) -> float:
    """Give what an option has from all criteria but one, each by its weight."""
    pairs = enumerate(zip(matrix.weights, row.values, strict=True))
    return sum(weight.weight * value.middle for at, (weight, value) in pairs if at != index)


def _has_leader(matrix: Matrix) -> bool:
    ranked = rank(matrix)
    return len(ranked) > 1 and ranked[0].points - ranked[1].points > SAME


def score_turns(matrix: Matrix) -> tuple[ScoreTurn, ...]:
    """Give the smallest change of each single score that makes another option win.

    Whole scores are tried; for figures, the two ends of their scale. The smallest change
    comes first.
    """
    if not _has_leader(matrix):
        return ()
    leader = rank(matrix)[0].option
    found = [
        turn
        for row in matrix.standing
        for index in matrix.counting
        if (turn := _score_turn(matrix, row, index, leader))
    ]
    return tuple(sorted(found, key=_steps))


def _steps(turn: ScoreTurn) -> float:
    least, most = turn.criterion.ends
    return abs(turn.to - turn.score) / (most - least)


def _score_turn(matrix: Matrix, row: Row, index: int, leader: Alternative) -> ScoreTurn | None:
    criterion, value = matrix.weights[index].criterion, row.values[index]
    now = _figure(criterion, value)
    for to in sorted(_tries(criterion), key=lambda each: abs(each - now)):
        winner = _winner(matrix, row, index, to)
        if winner is not None and winner.id != leader.id:
            return ScoreTurn(row.option, criterion, now, to, winner)
    return None


def _tries(criterion: Criterion) -> tuple[float, ...]:
    return criterion.ends if criterion.scale else (1.0, 2.0, 3.0, 4.0, 5.0)


def _figure(criterion: Criterion, value: Value) -> float:
    """Give the score that a value stands for."""
    least, most = criterion.ends
    share = 1 - value.middle if criterion.better == "less" else value.middle
    return least + (most - least) * share


def _winner(matrix: Matrix, row: Row, index: int, to: float) -> Alternative | None:
    """Give who wins alone with one score changed."""
    value = row.values[index]
    low, high = value_of(matrix.weights[index].criterion, Estimate(to, to))
    changed = replace(value, low=low, high=high)
    values = (*row.values[:index], changed, *row.values[index + 1 :])
    rows = [replace(row, values=values) if each is row else each for each in matrix.standing]
    totals = sorted(((points(matrix, each), each.option) for each in rows), key=lambda t: -t[0])
    return totals[0][1] if totals[0][0] - totals[1][0] > SAME else None


def courses(matrix: Matrix, criterion_id: str, steps: int = 101) -> tuple[Course, ...]:
    """Give each option's points as one weight goes from 0 to 10, all else as it is."""
    index = matrix.column(criterion_id)
    rest = sum(each.weight for at, each in enumerate(matrix.weights) if at != index)
    return tuple(
        Course(row.option, tuple(_course(matrix, row, index, rest, steps)))
        for row in matrix.standing
    )


def _course(matrix: Matrix, row: Row, index: int, rest: float, steps: int) -> Iterator[float]:
    own, others = row.values[index].middle, _without(matrix, row, index)
    for step in range(steps):
        weight = HEAVIEST * step / (steps - 1)
        total = rest + weight
        # Where nothing else counts, the first hair of weight decides all.
        yield POINTS * ((others + weight * own) / total if total else own)


def crossings(matrix: Matrix, criterion_id: str) -> tuple[Crossing, ...]:
    """Give where the leader changes as one weight goes from 0 to 10, in order."""
    index, rows = matrix.column(criterion_id), matrix.standing
    if not rows:
        return ()
    found: list[Crossing] = []
    at, leader = 0.0, _leader_from(matrix, index, 0.0)
    while True:
        ahead = [
            (level, row)
            for row in rows
            if row is not leader
            and row.values[index].middle - leader.values[index].middle > SAME
            and (level := _level_at(matrix, leader, row, index)) is not None
            and at <= level < HEAVIEST
        ]
        if not ahead:
            return tuple(found)
        # Of those that come level at the same place, the steepest leads past it.
        level = min(each for each, _ in ahead)
        after = max(
            (row for each, row in ahead if each - level < SAME),
            key=lambda row: row.values[index].middle,
        )
        found.append(Crossing(level, leader.option, after.option))
        at, leader = level, after


def _leader_from(matrix: Matrix, index: int, weight: float) -> Row:
    """Give who leads just past a weight."""

    def standing(row: Row) -> tuple[float, float]:
        own = row.values[index].middle
        return round(_without(matrix, row, index) + weight * own, 9), own

    return max(matrix.standing, key=standing)
