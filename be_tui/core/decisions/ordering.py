"""What is declared monotonic, proved over all answers, or refuted by two walks.

    found = disorder(ways, declared, limit)
    found.breaches      the shortest pair of walks that differ in one answer and break the order

Both walks are led on side by side. The one whose question comes earlier in the tree answers
first; where both ask the same, they give the same answer, and what is measured is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.decisions.replay import Nodes
from be_tui.core.decisions.ways import Trail, bottom_up, reads
from be_tui.core.knowledge import is_measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.decisions.ways import Known, Move, State, Ways
    from be_tui.core.knowledge import Monotonic


@dataclass(frozen=True, slots=True)
class Breach:
    """Two walks that differ in one answer, and come to outcomes in the wrong order."""

    declared: Monotonic
    earlier: Trail
    """With the option that stands earlier."""

    later: Trail
    ends: tuple[str, str]
    """The outcomes of both, by id."""


@dataclass(frozen=True, slots=True)
class Disorder:
    """What was found of one declaration."""

    declared: Monotonic
    breaches: tuple[Breach, ...]
    whole: bool
    """False where there were too many pairs of walks to try."""


class _Pair(NamedTuple):
    """Where both walks stand, with what was measured and either still reads."""

    earlier: State
    later: State
    measures: Known


class _Begun(NamedTuple):
    """A pair that differs in the answer to the question, and in nothing before it."""

    asked: State
    moves: tuple[Move, Move]


class _Led(NamedTuple):
    """A pair that was led on from another, by one move or by the same answer of both."""

    pair: _Pair
    moves: tuple[Move | None, Move | None]


def disorder(ways: Ways, declared: Monotonic, limit: int) -> Disorder:
    """Try every pair of walks that differ in the answer to one question.

    Args:
        ways: Every way through a tree.
        declared: What its author says of the question.
        limit: The most pairs of states to look at.
    """
    return _Search(ways, declared).run(limit)


class _Search:
    def __init__(self, ways: Ways, declared: Monotonic) -> None:
        self._ways = ways
        self._declared = declared
        self._reads = reads(Nodes(ways.tree))
        self._rank = {node: place for place, node in enumerate(reversed(bottom_up(ways.tree)))}
        self._ends = {outcome.id for outcome in ways.tree.outcomes}
        self._from: dict[_Pair, _Begun | _Led] = {}

    def run(self, limit: int) -> Disorder:
        waiting: list[_Pair] = []
        for pair, begun in self._begin():
            if self._from.setdefault(pair, begun) is begun:
                waiting.append(pair)
        for pair in waiting:
            ends = (pair.earlier.node, pair.later.node)
            if self._ends.issuperset(ends):
                if not self._declared.keeps(*ends):
                    return Disorder(self._declared, (self._breach(pair),), whole=True)
                continue
            for onward, led in self._lead_on(pair):
                if onward not in self._from:
                    self._from[onward] = led
                    waiting.append(onward)
            if len(waiting) > limit:
                return Disorder(self._declared, (), whole=False)
        return Disorder(self._declared, (), whole=True)

    def _begin(self) -> Iterator[tuple[_Pair, _Begun]]:
        """Give each pair of moves that answer the question by an earlier and a later option."""
        question = self._ways.tree.find_question(self._declared.question)
        order = [option.id for option in question.options] if question else []
        for state, moves in self._ways.moves.items():
            if state.node != self._declared.question:
                continue
            known = {name: value for name, value in state.known if is_measure(name)}
            by_option = sorted(moves, key=lambda move: order.index(move.option))
            for one, other in combinations(by_option, 2):
                if one.option != other.option and one.readings == other.readings:
                    read = {**known, **dict(one.readings)}
                    pair = self._pair(one.to, other.to, read)
                    if pair.earlier != pair.later:
                        yield pair, _Begun(state, (one, other))

    def _lead_on(self, pair: _Pair) -> Iterator[tuple[_Pair, _Led]]:
        known = dict(pair.measures)
        first = self._rank[pair.earlier.node] - self._rank[pair.later.node]
        ones: tuple[Move | None, ...] = (None,)
        others: tuple[Move | None, ...] = (None,)
        if (first <= 0 and pair.earlier.node not in self._ends) or pair.later.node in self._ends:
            ones = self._ways.moves[pair.earlier]
        if (first >= 0 and pair.later.node not in self._ends) or pair.earlier.node in self._ends:
            others = self._ways.moves[pair.later]
        for one in ones:
            for other in others:
                if one and other and one.option != other.option:
                    continue
                read = [*(one.readings if one else ()), *(other.readings if other else ())]
                after = {**known, **dict(read)}
                if any(after[name] != value for name, value in (*pair.measures, *read)):
                    continue
                earlier = one.to if one else pair.earlier
                later = other.to if other else pair.later
                if earlier != later:
                    yield self._pair(earlier, later, after), _Led(pair, (one, other))

    def _pair(self, earlier: State, later: State, measures: Mapping[str, object]) -> _Pair:
        needed = self._reads[earlier.node] | self._reads[later.node]
        kept = tuple((name, measures[name]) for name in sorted(measures) if name in needed)
        return _Pair(earlier, later, kept)  # type: ignore[arg-type]

    def _breach(self, pair: _Pair) -> Breach:
        ends = (pair.earlier.node, pair.later.node)
        steps: list[tuple[tuple[str, Move] | None, tuple[str, Move] | None]] = []
        came = self._from[pair]
        while isinstance(came, _Led):
            one, other = came.moves
            before = came.pair
            steps.append(
                (
                    (before.earlier.node, one) if one else None,
                    (before.later.node, other) if other else None,
                )
            )
            came = self._from[before]
        before_all = [
            (arrival.state.node, arrival.move) for arrival in self._ways.trail(came.asked)
        ]
        node = came.asked.node
        trails = []
        for side in (0, 1):
            after = [step[side] for step in reversed(steps)]
            walked = [*before_all, (node, came.moves[side]), *(each for each in after if each)]
            trails.append(_trail(walked))
        return Breach(self._declared, trails[0], trails[1], ends)


def _trail(walked: list[tuple[str, Move]]) -> Trail:
    answers = tuple((node, move.option) for node, move in walked)
    return Trail(answers, tuple(each for _, move in walked for each in move.readings))
