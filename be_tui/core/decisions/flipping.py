"""The smallest sets of answers that, were they others, would change the outcome.

    found = flips(walk)
    found.size                      how many answers it takes: 1, 2 or 3; 0 where none do
    found.sets                      every set of that size, in path order
    flips_to(walk, ("tune",))       the smallest that lead to a certain outcome
    tried(walk, "where=code")       a walk under such a set, as `try_words` names it

Answers are those of the path; all others stay as they are, those kept aside included. Sets of
one are tried first, then of two, then of three, and the first size at which a set is found is
the answer. Where several options can be ticked, each other choice of ticks is another answer, and
those that differ least come first. A set that opens a question counts as `turns` counts it: where
an answer to that question would lead elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from be_tui.core.decisions.model import Answer
from be_tui.core.decisions.outlook import look_ahead
from be_tui.core.decisions.replay import circle, lead, measures_of, replay, taken
from be_tui.core.knowledge import Question, ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from be_tui.core.decisions.model import Step
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Option, Outcome

    Wanted = Callable[[frozenset[str]], bool]
    """Whether the outcomes that can come out are what is looked for."""

MOST = 3
"""Answers changed together; nobody reads a set of four as a reason."""

LIMIT = 4_000
"""Sets tried: all of up to three on ten questions of four answers, some 100 ms of work."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer of the path, and what it would be instead."""

    step: Step
    option: Option


@dataclass(frozen=True, slots=True)
class Flip:
    """Answers changed together, and what would come out then."""

    changes: tuple[Change, ...]
    """In path order."""

    outcome: Outcome | None
    """None where that hangs on a question not answered yet."""

    opens: Question | None = None
    """The question that would be asked next, where one is open."""

    among: tuple[Outcome, ...] = ()
    """What could come out, where `outcome` is None."""


@dataclass(frozen=True, slots=True)
class Flips:
    """The smallest sets that were found."""

    sets: tuple[Flip, ...] = ()
    size: int = 0
    """How many answers each set changes; 0 where none was found."""

    tried: int = 0
    """Up to how many answers were changed together in every way there is."""

    whole: bool = True
    """False where there were too many sets: what was found may not be all of its size."""


def flips(walk: Walk, most: int = MOST, limit: int = LIMIT) -> Flips:
    """Give the smallest sets of answers that change the outcome; none before there is one.

    Args:
        walk: A walk that came to an outcome.
        most: The most answers to change together.
        limit: The most sets to try.
    """
    same = frozenset((walk.end.id,))
    return _search(walk, {"": lambda possible: possible != same}, most, limit)[""]


def flips_to(
    walk: Walk, outcomes: Collection[str], most: int = MOST, limit: int = LIMIT
) -> dict[str, Flips]:
    """Give, for each of these outcomes, the smallest sets of answers that lead there.

    Sets that surely do stand before those that open a question.

    Args:
        walk: A walk that came to an outcome.
        outcomes: Ids of outcomes.
        most: The most answers to change together.
        limit: The most sets to try.
    """
    wanted = {each: _leads_to(each) for each in outcomes}
    return _search(walk, wanted, most, limit)


def try_words(changes: Iterable[tuple[str, str]]) -> str:
    """Name a set of answers by its ids: `where=code;tests=none`."""
    return ";".join(f"{question}={option}" for question, option in changes)


def tried(walk: Walk, words: str) -> Walk:
    """Walk under other answers, those that `try_words` named.

    Raises:
        InputError: The tree has no such question or answer.
    """
    for each in words.split(";"):
        question, _, option = each.partition("=")
        walk = walk.answer(question, option)
    return walk


def _leads_to(outcome: str) -> Wanted:
    return lambda possible: outcome in possible


def _search(walk: Walk, wanted: Mapping[str, Wanted], most: int, limit: int) -> dict[str, Flips]:
    results = dict.fromkeys(wanted, Flips())
    if walk.outcome is None:
        return results
    tries, left, whole = _Tries(walk), limit, True
    for size in range(1, min(most, len(walk.path)) + 1):
        found: dict[str, list[Flip]] = {each: [] for each in wanted if not results[each].sets}
        if not (found and whole):
            break
        for changes in _sets(walk, size):
            if not left:
                whole = False
                break
            left -= 1
            flip, possible = tries.of(changes)
            for name, sets in found.items():
                if wanted[name](possible):
                    sets.append(flip)
        for name, sets in found.items():
            surest = tuple(sorted(sets, key=lambda each: (each.outcome is None, _ticked(each))))
            results[name] = Flips(surest, size if sets else 0, size - (not whole), whole)
    return results


def _ticked(flip: Flip) -> int:
    """Count the ticks that would have to be set or taken away; of other answers, two each."""
    return sum(
        len(set(ticks(each.step.option.id)) ^ set(ticks(each.option.id))) for each in flip.changes
    )


def _sets(walk: Walk, size: int) -> Iterator[tuple[Change, ...]]:
    changes = [
        [Change(step, option) for option in step.question.answers if option.id != step.option.id]
        for step in walk.path
    ]
    for steps in combinations(changes, size):
        yield from product(*steps)


class _Tries:
    """The path walked anew under other answers."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._answers = {answer.question: answer for answer in walk.answers}
        self._measures = measures_of(walk.evidence)
        self._ends = {each.id: frozenset((each.id,)) for each in walk.tree.outcomes}

    def of(self, changes: tuple[Change, ...]) -> tuple[Flip, frozenset[str]]:
        """Give what these changes come to, and the ids of the outcomes that can come out."""
        answers = dict(self._answers)
        for each in changes:
            answers[each.step.question.id] = Answer(each.step.question.id, each.option.id)
        outcome = self._outcome(answers)
        if outcome is not None:
            return Flip(changes, outcome), self._ends[outcome.id]
        path, end = replay(self._walk.nodes, answers, self._measures)
        assert isinstance(end, Question)  # noqa: S101 (the walk asks there; for the type checker)
        possible = look_ahead(self._walk.nodes, path, end, answers, self._measures).outcomes
        among = tuple(each for each in self._walk.tree.outcomes if each.id in possible)
        only = among[0] if len(among) == 1 else None
        return Flip(changes, only, end, () if only else among), possible

    def _outcome(self, answers: Mapping[str, Answer]) -> Outcome | None:
        """Give the outcome that answers come to; None where they leave something to be asked.

        The steps of the path are not made, which is most of what a replay costs.
        """
        nodes, values = self._walk.nodes, dict(self._measures)
        node = nodes[self._walk.tree.first]
        while isinstance(node, Question):
            answer = answers.get(node.id)
            option = taken(node, answer) if answer else None
            if option is None:
                return None
            if node.id in values:
                raise circle(self._walk.tree, node.id)
            values[node.id] = option.id
            node = nodes[lead(node, option, values.get)[0]]
        return node
