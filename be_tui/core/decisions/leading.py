"""Where a walk leads: the outcomes still possible, each with its share of what is still open.

    ahead = distribution(walk)
    ahead.shares        the largest share first
    robust(walk)        the outcome that most of what is open agrees on
    settled(walk)       whether nothing that is open can change the outcome

Open is what is not answered, and what was answered by `I don't know`. Each answer to an open
question weighs the same, and questions weigh independently of each other: a share counts
answers, it is no likelihood. Measures count as they were taken; a route that cannot be told,
because a measure is missing, is not taken, as in a walk. Exact while there are few states to
tell apart; else sampled, always by the same seed, and labelled so.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.outlook import look_ahead
from be_tui.core.decisions.replay import lead, measures_of, taken
from be_tui.core.knowledge import Outcome, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.decisions.model import Answer
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Value
    from be_tui.core.knowledge import Option

EXACT_UP_TO = 2_000
"""States at open questions; beyond it the shares are sampled."""

SAMPLES = 1_000
"""Walks of a sample: a share is then off by three points of a hundred, rarely by more."""

_SEED = 7


@dataclass(frozen=True, slots=True)
class Share:
    """One outcome, and how much of what is open leads to it."""

    outcome: Outcome
    share: float
    """Above 0, up to 1."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """The outcomes that are still possible."""

    shares: tuple[Share, ...]
    """The largest first; equal ones in the order of the tree."""

    exact: bool
    """False where the shares were sampled: an outcome of a tiny share may then be missing."""


def distribution(walk: Walk, limit: int = EXACT_UP_TO) -> Distribution:
    """Give the outcomes that a walk can still come to.

    Args:
        walk: The walk; its answers stand, except where nobody knew.
        limit: The most states to look at before the shares are sampled.
    """
    exact = counted(walk, limit)
    return exact or _sorted(walk, _Spread(walk, limit).sampled(), exact=False)


def counted(walk: Walk, limit: int = EXACT_UP_TO) -> Distribution | None:
    """Give the outcomes that a walk can still come to; None where there are too many states.

    Args:
        walk: The walk; its answers stand, except where nobody knew.
        limit: The most states to look at.
    """
    spread = _Spread(walk, limit)
    try:
        found = spread.ahead(walk.tree.first, spread.measures)
    except _TooManyError:
        return None
    return _sorted(walk, found, exact=True)


def _sorted(walk: Walk, found: Mapping[str, float], *, exact: bool) -> Distribution:
    order = {outcome.id: place for place, outcome in enumerate(walk.tree.outcomes)}
    ids = sorted(found, key=lambda each: (-round(found[each], 9), order[each]))
    shares = (Share(walk.tree.outcomes[order[each]], found[each]) for each in ids)
    return Distribution(tuple(shares), exact)


def robust(walk: Walk) -> Share:
    """Give the outcome that most of what is open agrees on."""
    return distribution(walk).shares[0]


def settled(walk: Walk) -> bool:
    """Tell whether nothing that is open can change the outcome.

    Where a tree is too wide to be sure, it is not settled before its questions are answered.
    """
    kept = _sure(walk)
    ahead = look_ahead(
        walk.nodes, (), walk.nodes[walk.tree.first], kept, measures_of(walk.evidence)
    )
    return len(ahead.outcomes) == 1


def _sure(walk: Walk) -> dict[str, Answer]:
    return {answer.question: answer for answer in walk.answers if not answer.unknown}


class _TooManyError(Exception):
    """There are more states than were allowed."""


class _Spread:
    """Every way through the open questions of one walk, each distinguishable one once."""

    def __init__(self, walk: Walk, limit: int) -> None:
        self.measures: Mapping[str, Value] = measures_of(walk.evidence)
        self._first = walk.tree.first
        self._nodes = walk.nodes
        self._limit = limit
        self._sure = {
            question: option
            for question, answer in _sure(walk).items()
            if (option := self._option(question, answer))
        }
        self._seen: dict[tuple[str, frozenset[tuple[str, Value]]], dict[str, float]] = {}

    def ahead(self, node_id: str, known: Mapping[str, Value]) -> Mapping[str, float]:
        """Give the share of each outcome from a question or outcome on."""
        node, known = self._open(node_id, known)
        if isinstance(node, Outcome):
            return {node.id: 1.0}
        live = self._nodes.live[node.id]
        key = (node.id, frozenset((name, known[name]) for name in live if name in known))
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= self._limit:
                raise _TooManyError
            found = self._seen[key] = {}
            weight = 1 / len(node.answers)
            for to, values in self._onward(node, known):
                for outcome, share in self.ahead(to, values).items():
                    found[outcome] = found.get(outcome, 0.0) + share * weight
        return found

    def sampled(self) -> Mapping[str, float]:
        """Give the shares among walks whose open answers are drawn."""
        draw = random.Random(_SEED)  # noqa: S311 (nothing is kept secret by it)
        found: dict[str, float] = {}
        for _ in range(SAMPLES):
            node, known = self._open(self._first, self.measures)
            while isinstance(node, Question):
                option = draw.choice(node.answers)
                values = {**known, node.id: option.id}
                node, known = self._open(lead(node, option, values.get)[0], values)
            found[node.id] = found.get(node.id, 0.0) + 1 / SAMPLES
        return found

    def _open(
        self, node_id: str, known: Mapping[str, Value]
    ) -> tuple[Question | Outcome, Mapping[str, Value]]:
        """Go on by the answers that stand, to an open question or an outcome."""
        node = self._nodes[node_id]
        while isinstance(node, Question) and (option := self._sure.get(node.id)):
            known = {**known, node.id: option.id}
            node = self._nodes[lead(node, option, known.get)[0]]
        return node, known

    def _onward(
        self, question: Question, known: Mapping[str, Value]
    ) -> Iterator[tuple[str, Mapping[str, Value]]]:
        for option in question.answers:
            values = {**known, question.id: option.id}
            yield lead(question, option, values.get)[0], values

    def _option(self, question_id: str, answer: Answer) -> Option | None:
        node = self._nodes[question_id]
        return taken(node, answer) if isinstance(node, Question) else None
