"""Two versions of a tree compared: which sets of answers come to another outcome.

    found = compare_trees(before, after)
    found.pairs            each outcome before with each one after: how many sets of answers
    found.changed          those pairs that differ
    found.apart            questions, options and outcomes that only one of them has

A set of answers is what both versions together ask for: the answers and measures that either
needs to come to its outcome. Both are walked side by side, each distinguishable state once, so
the counts are exact; trees too wide for that are sampled, always by the same seed, and it is
said. Names that `changes` tell of are followed, so a question renamed is the same question.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from be_tui.core.decisions.abreast import Abreast, Told
from be_tui.core.decisions.carrying import carry, outcome_since
from be_tui.core.decisions.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.abreast import Joint, Moves
    from be_tui.core.knowledge import Outcome, Question, Tree

LIMIT = 10_000
"""States looked at before the sets are sampled: some two seconds."""

SAMPLES = 1_000

_SEED = 7


@dataclass(frozen=True, slots=True)
class Pair:
    """Sets of answers that come to one outcome before, and to one after."""

    before: Outcome | None
    """None where an answer is one that only the later version has."""

    after: Outcome | None
    """None where an answer has no place any more: the question is asked again."""

    sets: int
    """How many; how many of `SAMPLES` where they were sampled."""

    witness: tuple[Told, ...]
    """A shortest of them; any one where they were sampled."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Something that only one of the versions has."""

    side: Literal["before", "after"]
    kind: Literal["question", "option", "outcome"]
    name: str
    """Its id; of an option, behind its question's: `clients.installed`."""

    words: str
    """How it is asked or labelled."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions of a tree come to, compared."""

    before: Tree
    after: Tree
    pairs: tuple[Pair, ...]
    """In the order of the outcomes before, then after."""

    apart: tuple[Apart, ...]
    whole: bool
    """False where the sets were sampled: pairs may be missing, and counts are of the sample."""

    renamed_outcomes: tuple[tuple[str, str], ...] = ()
    """Outcomes that are the same under another id."""

    @property
    def sets(self) -> int:
        """Give how many sets of answers there are; of the sample, where they were sampled."""
        return sum(each.sets for each in self.pairs)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """Give the pairs in which an answer of before comes to something else now."""
        return tuple(each for each in self.pairs if each.before and not self._same(each))

    @property
    def new(self) -> tuple[Pair, ...]:
        """Give the pairs of answers that only the later version has."""
        return tuple(each for each in self.pairs if each.before is None)

    def _same(self, pair: Pair) -> bool:
        if pair.before is None or pair.after is None:
            return False
        now = dict(self.renamed_outcomes).get(pair.before.id, pair.before.id)
        return now == pair.after.id


Ends = tuple[str, str]
"""The ids of the outcomes that both versions came to."""


class _Found(NamedTuple):
    """Of one state and one pair of outcomes: how many ways lead there, and the shortest."""

    sets: int
    answers: int
    told: tuple[Told, ...]
    onward: Joint | None


def compare_trees(before: Tree, after: Tree, limit: int = LIMIT) -> Comparison:
    """Compare two versions of a tree that hold together.

    Args:
        before: The earlier one.
        after: The later one; its `changes` tell what it calls by another name.
        limit: The most states to look at before the sets are sampled.
    """
    abreast = Abreast(before, after)
    found = _counted(abreast, limit)
    whole = found is not None
    pairs = found if found is not None else _sampled(abreast)
    order = [*(each.id for each in before.outcomes), ""], [*(e.id for e in after.outcomes), ""]
    ranked = sorted(pairs, key=lambda ends: (order[0].index(ends[0]), order[1].index(ends[1])))
    renamed = ((e.id, outcome_since(after, e.id, before.version)) for e in before.outcomes)
    return Comparison(
        before,
        after,
        tuple(
            Pair(before.find_outcome(ends[0]), after.find_outcome(ends[1]), *pairs[ends])
            for ends in ranked
        ),
        tuple(_apart(abreast)),
        whole,
        tuple(each for each in renamed if each[0] != each[1]),
    )


def _counted(abreast: Abreast, limit: int) -> dict[Ends, tuple[int, tuple[Told, ...]]] | None:
    """Count every set of answers by what it comes to; None where there are too many states."""
    seen: dict[Joint, dict[Ends, _Found]] = {}
    # Kept by hand: a recursion would bound the depth of a tree.
    waiting: list[Joint] = [abreast.start]
    while waiting:
        state = waiting[-1]
        if len(seen) >= limit:
            return None
        moves = abreast.moves(state)
        ahead = [to for _, to in moves if to not in seen]
        if ahead:
            waiting += ahead
            continue
        waiting.pop()
        seen[state] = _gathered(abreast, state, moves, seen)
    return {
        ends: (found.sets, _witness(abreast.start, ends, seen))
        for ends, found in seen[abreast.start].items()
    }


def _gathered(
    abreast: Abreast,
    state: Joint,
    moves: Moves,
    seen: dict[Joint, dict[Ends, _Found]],
) -> dict[Ends, _Found]:
    if not moves:
        return {abreast.ends(state): _Found(1, 0, (), None)}
    found: dict[Ends, _Found] = {}
    for told, to in moves:
        for ends, ahead in seen[to].items():
            answers = ahead.answers + len(told)
            here = found.get(ends)
            if here is None or answers < here.answers:
                found[ends] = _Found(ahead.sets + (here.sets if here else 0), answers, told, to)
            else:
                found[ends] = here._replace(sets=here.sets + ahead.sets)
    return found


def _witness(state: Joint, ends: Ends, seen: dict[Joint, dict[Ends, _Found]]) -> tuple[Told, ...]:
    """Give a shortest way to a pair of outcomes."""
    told: list[Told] = []
    onward: Joint | None = state
    while onward is not None:
        found = seen[onward][ends]
        told += found.told
        onward = found.onward
    return tuple(told)


def _sampled(abreast: Abreast) -> dict[Ends, tuple[int, tuple[Told, ...]]]:
    """Draw sets of answers, and count what they come to."""
    draw = random.Random(_SEED)  # noqa: S311 (nothing is kept secret by it)
    found: dict[Ends, tuple[int, tuple[Told, ...]]] = {}
    for _ in range(SAMPLES):
        state = abreast.start
        walked: list[Told] = []
        while moves := abreast.moves(state):
            told, state = draw.choice(moves)
            walked += told
        sets, witness = found.get(abreast.ends(state), (0, tuple(walked)))
        shorter = min(witness, tuple(walked), key=len)
        found[abreast.ends(state)] = (sets + 1, shorter)
    return found


def _apart(abreast: Abreast) -> Iterator[Apart]:
    """Give what only one of the versions has; what was renamed is the same."""
    before, after = abreast.before, abreast.after
    now = {image for images in abreast.images.values() for image in images}
    for question in before.questions:
        images = abreast.images[question.id]
        if not images:
            yield Apart("before", "question", question.id, question.ask)
            continue
        for option in question.options:
            given = carry(after, (Answer(question.id, option.id),), before.version)
            if not given.answers:
                yield Apart("before", "option", f"{question.id}.{option.id}", option.label)
    for question in after.questions:
        if question.id not in now:
            yield Apart("after", "question", question.id, question.ask)
            continue
        yield from _new_options(abreast, question)
    kept = {outcome_since(after, each.id, before.version): each for each in before.outcomes}
    for name, outcome in kept.items():
        if after.find_outcome(name) is None:
            yield Apart("before", "outcome", outcome.id, outcome.title)
    for outcome in after.outcomes:
        if outcome.id not in kept:
            yield Apart("after", "outcome", outcome.id, outcome.title)


def _new_options(abreast: Abreast, question: Question) -> Iterator[Apart]:
    origins = [each for each, images in abreast.images.items() if question.id in images]
    hit = {
        answer.option
        for origin in abreast.before.questions
        if origin.id in origins
        for option in origin.options
        for answer in carry(
            abreast.after, (Answer(origin.id, option.id),), abreast.before.version
        ).answers
        if answer.question == question.id
    }
    for option in question.options:
        if option.id not in hit:
            yield Apart("after", "option", f"{question.id}.{option.id}", option.label)
