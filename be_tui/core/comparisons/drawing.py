"""How far the winner hangs on the weights: drawn anew ten thousand times (SMAA).

    shares = sensitivity(matrix, "any")      # every weighting is as likely as every other

The draws are seeded, so the same matrix has the same shares every time. A score that is open
is drawn too, evenly over its range. Criteria of weight 0 stay left out.

Tommi Tervonen and Risto Lahdelma, Implementing stochastic multicriteria acceptability
analysis, European Journal of Operational Research 178 (2007), tell the method.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from random import Random
from typing import TYPE_CHECKING, Literal

from be_tui.core.comparisons.ranking import SAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.comparisons.model import Alternative
    from be_tui.core.comparisons.weighing import Matrix, Row

Weightings = Literal["any", "order", "near"]
"""Which weights are drawn: any at all, any in the order of yours, any near yours."""

WEIGHTINGS: tuple[Weightings, ...] = ("near", "order", "any")

DRAWS = 10_000
SEED = 20_090
WITHIN = 0.5
"""How far weights near yours may lie from them, as a share of each."""

Column = list[float]
"""One figure for each draw."""


@dataclass(frozen=True, slots=True)
class Share:
    """In which share of the draws an option wins; level winners part a draw."""

    option: Alternative
    share: float


@dataclass(frozen=True, slots=True)
class Shares:
    """What came of the draws."""

    weightings: Weightings
    shares: tuple[Share, ...]
    """In the order of the file; the options that stand only."""

    draws: int
    seed: int
    within: float

    @property
    def error(self) -> float:
        """Give the standard error of a share at most: what other draws would differ by."""
        return sqrt(0.25 / self.draws)

    def of(self, option_id: str) -> float:
        """Give the share of an option; 0 for one that is ruled out."""
        return next((each.share for each in self.shares if each.option.id == option_id), 0.0)


def sensitivity(
    matrix: Matrix,
    weightings: Weightings = "any",
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    within: float = WITHIN,
) -> Shares:
    """Draw weights, and scores that are open; count who wins.

    Args:
        matrix: What is compared.
        weightings: Which weights are drawn.
        draws: How often.
        seed: Where the draws begin.
        within: For weights near yours, how far from them.
    """
    counting, rows = matrix.counting, matrix.standing
    own = [matrix.weights[index].weight for index in counting]
    weights: Sequence[Column] = (
        _near(own, draws, seed, within)
        if weightings == "near"
        else _in_order(own, draws, seed)
        if weightings == "order"
        else _evenly(len(own), draws, seed)
    )
    scores = _random(seed + 1)
    totals = [_totals(row, counting, weights, draws, scores) for row in rows]
    won = _count(totals)
    shares = tuple(Share(row.option, wins / draws) for row, wins in zip(rows, won, strict=True))
    return Shares(weightings, shares, draws, seed, within)


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (nothing is kept secret by it)


@lru_cache(maxsize=8)
def _evenly(count: int, draws: int, seed: int) -> tuple[Column, ...]:
    """Draw evenly from all weightings.

    Exponential figures in their proportions are spread evenly over the simplex; who wins does
    not hang on their sum, so they are left as they are.
    """
    draw = _random(seed).random
    return tuple([-log(1.0 - draw()) for _ in range(draws)] for _ in range(count))


def _in_order(own: Sequence[float], draws: int, seed: int) -> list[Column]:
    """Draw evenly from the weightings whose order is that of the weights given."""
    order = sorted(range(len(own)), key=lambda index: -own[index])
    level = _level_runs([own[index] for index in order])
    shuffle = _random(seed + 2).shuffle
    drawn = []
    for figures in zip(*_evenly(len(own), draws, seed), strict=True):
        sinking = sorted(figures, reverse=True)
        for start, end in level:
            part = sinking[start:end]
            shuffle(part)
            sinking[start:end] = part
        drawn.append(sinking)
    by_place = [list(column) for column in zip(*drawn, strict=True)]
    return [by_place[order.index(index)] for index in range(len(own))]


def _level_runs(sinking: Sequence[float]) -> list[tuple[int, int]]:
    """Give from where to where the same weight stands more than once."""
    runs, start = [], 0
    for end in range(1, len(sinking) + 1):
        if end == len(sinking) or sinking[end] != sinking[start]:
            if end - start > 1:
                runs.append((start, end))
            start = end
    return runs


def _near(own: Sequence[float], draws: int, seed: int, within: float) -> list[Column]:
    """Draw each weight evenly from a stretch around the one given."""
    draw = _random(seed + 3).random
    return [
        [low + reach * draw() for _ in range(draws)]
        for low, reach in ((weight * (1 - within), weight * 2 * within) for weight in own)
    ]


def _totals(
    row: Row, counting: Sequence[int], weights: Sequence[Column], draws: int, scores: Random
) -> Column:
    """Give what an option has in each draw.

    Column by column: a pass over ten thousand figures costs far less than as many sums.
    """
    totals = [0.0] * draws
    for index, column in zip(counting, weights, strict=True):
        value = row.values[index]
        low, reach = value.low, value.high - value.low
        if reach:
            draw = scores.random
            totals = [
                total + weight * (low + reach * draw())
                for total, weight in zip(totals, column, strict=True)
            ]
        elif low:
            totals = [total + weight * low for total, weight in zip(totals, column, strict=True)]
    return totals


def _count(totals: Sequence[Column]) -> list[float]:
    """Count the draws that each option wins."""
    won = [0.0] * len(totals)
    for figures in zip(*totals, strict=True):
        best = max(figures)
        first = figures.index(best)
        level = [index for index, figure in enumerate(figures) if best - figure < SAME]
        if len(level) == 1:
            won[first] += 1
        else:
            for index in level:
                won[index] += 1 / len(level)
    return won
