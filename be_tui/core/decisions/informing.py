"""Which open question to answer first: the one whose answer would settle the most.

    found = inquiry(walk)
    found.settled           nothing that is open can change the outcome: stop asking
    found.gains             open questions that can, the most telling first, each in bits
    finish(walk)            a settled walk brought to its outcome

Open is what `leading` counts as open: what is not answered, and what was answered by `I don't
know`. What a question would settle is what it is expected to take from the uncertainty over
outcomes (the loss of entropy of `distribution`, in bits): 1 bit halves it. Exact while there
are few states to tell apart; else sampled, always by the same seed, and labelled so.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from math import log2
from typing import TYPE_CHECKING

from be_tui.core.decisions.leading import settled
from be_tui.core.decisions.replay import lead, measures_of
from be_tui.core.decisions.ways import bottom_up
from be_tui.core.knowledge import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Value
    from be_tui.core.knowledge import Option

    _States = dict[str, dict[frozenset[tuple[str, Value]], "_State"]]
    """By question or outcome, then by what is known and still read from there on."""

EXACT_UP_TO = 2_000
"""States at open questions; beyond it the gains are sampled."""

SAMPLES = 1_000
"""Walks of a sample: a gain is then off by a few hundredths of a bit."""

_SEED = 7
_NOTHING = 1e-9
"""Bits below which a question settles nothing: what is left is rounding."""

_NOISE = 0.02
"""The same of a sample, in which chance alone looks like some bits."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What an open question would settle."""

    question: Question
    bits: float
    """What its answer is expected to take from the uncertainty; above 0."""

    assumed: bool
    """Whether it stands on the path by `I don't know`; `find_out` says how to know."""

    @property
    def find_out(self) -> str:
        """Give the cheapest way to know; empty where the tree names none."""
        return self.question.unknown.find_out


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is open, and what would settle it."""

    settled: bool
    """Whether nothing that is open can change the outcome."""

    bits: float
    """How uncertain the outcome is: 0 for settled, 1 for two that are equally near."""

    gains: tuple[Gain, ...]
    """The questions that can change something, the most telling first; equal ones as in the
    tree."""

    exact: bool = True
    """False where the gains were sampled."""


def inquiry(walk: Walk, limit: int = EXACT_UP_TO) -> Inquiry:
    """Tell how much each open question of a walk would settle.

    Args:
        walk: The walk; its answers stand, except where nobody knew.
        limit: The most states to look at before the gains are sampled.
    """
    if settled(walk):
        return Inquiry(settled=True, bits=0.0, gains=())
    ahead = _Ahead(walk)
    joint = ahead.counted(limit)
    exact = joint is not None
    ends, by_question = joint if joint is not None else ahead.sampled()
    assumed = {step.question.id for step in walk.assumed}
    whole, nothing = _entropy(ends), _NOTHING if exact else _NOISE
    found = [
        Gain(question, bits, question.id in assumed)
        for question in walk.tree.questions
        if question.id in by_question
        and (bits := whole - _left(by_question[question.id])) > nothing
    ]
    gains = sorted(found, key=lambda each: -round(each.bits, 9))
    return Inquiry(settled=False, bits=whole, gains=tuple(gains), exact=exact)


def finish(walk: Walk) -> Walk:
    """Bring a settled walk to its outcome: what is open is left at what the tree assumes."""
    if not settled(walk):
        return walk
    walk = replace(walk, at="")
    while walk.question is not None:
        walk = walk.answer(walk.question.id, "")
    return walk


Ends = dict[str, float]
"""The share of each outcome, by id."""

Joint = tuple[Ends, dict[str, dict[str, Ends]]]
"""The shares of outcomes; and for each open question and option, with that answer given."""


class _State:
    """A question or outcome with what is known of it, and how it is left."""

    def __init__(self, known: Mapping[str, Value]) -> None:
        self.known = known
        self.share = 0.0
        """Of all walks, those that come here."""

        self.onward: list[tuple[str, _State]] = []
        """By option, where it leads."""

        self.ends: Ends = {}


class _Ahead:
    """All that can still come of one walk."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._nodes = walk.nodes
        self._measures = measures_of(walk.evidence)
        self._sure = {each.question: each for each in walk.answers if not each.unknown}

    def counted(self, limit: int) -> Joint | None:
        """Give the shares exactly; None where there are too many states.

        States are come to from the first question on, then told their ends from the outcomes
        back. A question that a walk does not come to tells nothing of it: that part of each
        outcome is spread over its options alike.
        """
        order = tuple(reversed(bottom_up(self._walk.tree)))
        states: _States = {each: {} for each in order}
        first = self._state(states, self._walk.tree.first, self._measures)
        first.share, count = 1.0, 0
        for node_id in order:
            node = self._nodes[node_id]
            count += len(states[node_id]) if isinstance(node, Question) else 0
            if count > limit:
                return None
            for state in states[node_id].values():
                if isinstance(node, Question):
                    self._lead_on(node, state, states)
                else:
                    state.ends = {node_id: 1.0}
        for node_id in reversed(order):
            for state in states[node_id].values():
                _gather(state)
        asked = (each for each in self._walk.tree.questions if each.id not in self._sure)
        return first.ends, {
            each.id: _given(first.ends, each, found.values())
            for each in asked
            if (found := states.get(each.id))
        }

    def sampled(self) -> Joint:
        """Give the shares among walks whose open answers are drawn."""
        draw = random.Random(_SEED)  # noqa: S311 (nothing is kept secret by it)
        ends: Ends = {}
        asked = [each for each in self._walk.tree.questions if each.id not in self._sure]
        given: dict[str, dict[str, Ends]] = {each.id: {} for each in asked}
        for _ in range(SAMPLES):
            drawn = {each.id: draw.choice(each.answers) for each in asked}
            known: dict[str, Value] = dict(self._measures)
            node = self._nodes[self._walk.tree.first]
            while isinstance(node, Question):
                option = drawn.get(node.id) or next(self._options(node))
                known[node.id] = option.id
                node = self._nodes[lead(node, option, known.get)[0]]
            ends[node.id] = ends.get(node.id, 0.0) + 1 / SAMPLES
            for question, option in drawn.items():
                told = given[question].setdefault(option.id, {})
                told[node.id] = told.get(node.id, 0.0) + 1 / SAMPLES
        return ends, given

    def _lead_on(self, question: Question, state: _State, states: _States) -> None:
        options = tuple(self._options(question))
        for option in options:
            known = {**state.known, question.id: option.id}
            to = self._state(states, lead(question, option, known.get)[0], known)
            to.share += state.share / len(options)
            state.onward.append((option.id, to))

    def _state(self, states: _States, node_id: str, known: Mapping[str, Value]) -> _State:
        live = self._nodes.live.get(node_id, frozenset())
        key = frozenset((name, known[name]) for name in live if name in known)
        return states[node_id].setdefault(key, _State(known))

    def _options(self, question: Question) -> Iterator[Option]:
        """Give the answers that a question can still get: one where that stands."""
        sure = self._sure.get(question.id)
        option = question.option(sure.option) if sure else None
        yield from (option,) if option else question.answers


def _gather(state: _State) -> None:
    for _, to in state.onward:
        for outcome, share in to.ends.items():
            state.ends[outcome] = state.ends.get(outcome, 0.0) + share / len(state.onward)


def _given(whole: Ends, question: Question, states: Iterable[_State]) -> dict[str, Ends]:
    """Give the shares with each option, which together are those of all walks."""
    apart = dict(whole)
    given: dict[str, Ends] = {option.id: {} for option in question.answers}
    for state in states:
        for option, to in state.onward:
            for outcome, share in to.ends.items():
                part = state.share * share / len(state.onward)
                given[option][outcome] = given[option].get(outcome, 0.0) + part
                apart[outcome] -= part
    for ends in given.values():
        for outcome, share in apart.items():
            ends[outcome] = ends.get(outcome, 0.0) + max(share, 0.0) / len(given)
    return given


def _left(given: Mapping[str, Ends]) -> float:
    """Give the entropy that is expected once an answer is known."""
    shares = {option: sum(ends.values()) for option, ends in given.items()}
    return sum(
        share * _entropy({each: part / share for each, part in given[option].items()})
        for option, share in shares.items()
        if share
    )


def _entropy(ends: Ends) -> float:
    return -sum(share * log2(share) for share in ends.values() if share > 0)
