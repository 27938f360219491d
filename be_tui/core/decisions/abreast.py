"""Two versions of a tree walked side by side under the same answers.

    abreast = Abreast(before, after)
    state = abreast.start
    for told, onward in abreast.moves(state): ...      none where both have ended
    abreast.ends(state)                                the outcomes they came to

An answer that one of them asks for is kept until the other can ask for it no more, and so is
a measure; all else is forgotten, so two ways to a state are one where neither can tell them
apart.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from be_tui.core.decisions.carrying import carry
from be_tui.core.decisions.model import Answer
from be_tui.core.decisions.readings import readings
from be_tui.core.decisions.replay import Nodes, lead, targets
from be_tui.core.decisions.ways import bottom_up, reads
from be_tui.core.knowledge import Question, conditions_of, is_measure, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.evidence import Value
    from be_tui.core.knowledge import Tree

Side = Literal["before", "after"]
SIDES: tuple[Side, Side] = ("before", "after")

_Role = Literal["before", "after", "told before", "told after", "measured"]
"""What a name stands for: an answer that a version has asked for, one that it may ask for
later, or a measure."""

Moves = tuple[tuple[tuple["Told", ...], "Joint"], ...]


class Told(NamedTuple):
    """An answer that is given, or a measure that is read."""

    name: str
    value: Value | None
    """An answer's id or what was measured; None for a measure that is not known."""

    only: Literal["", "before", "after"] = ""
    """The version that alone has this answer, where not both do."""


class Joint(NamedTuple):
    """Where both versions stand, with all that either can still make use of."""

    before: str
    """A question or an outcome; empty where it asks for what it has no such answer to."""

    after: str
    known: frozenset[tuple[_Role, str, Value | None]]


class _Choice(NamedTuple):
    """One answer to a question, as each version takes it."""

    told: Told
    before: tuple[tuple[str, str | None], ...]
    """Questions with the answer that it is there; None where it has no place."""

    after: tuple[tuple[str, str | None], ...]


class Abreast:
    """Two versions of a tree, and what they have in common."""

    def __init__(self, before: Tree, after: Tree) -> None:
        """Take two versions that hold together.

        Args:
            before: The earlier one.
            after: The later one, whose `changes` are followed.
        """
        self.before, self.after = before, after
        self._sides = {"before": _Version(before), "after": _Version(after)}
        self._values = readings(before, after)
        unknown = {
            each.id: carry(after, (Answer(each.id, ""),), before.version).answers
            for each in before.questions
        }
        self.images = {
            question: tuple(each.question for each in answers)
            for question, answers in unknown.items()
        }
        """The questions of the later version that each question's answer is kept for."""

        told = [each for images in self.images.values() for each in images]
        plain = all(len(images) <= 1 for images in self.images.values())
        self._in_turn = not plain or len(told) > len(set(told))
        """Whether the earlier version goes first: where questions were split or joined."""

        self.origins = {images[0]: question for question, images in self.images.items() if images}

    @property
    def start(self) -> Joint:
        """Give where both begin."""
        return Joint(self.before.first, self.after.first, frozenset())

    def ends(self, state: Joint) -> tuple[str, str]:
        """Give the outcomes come to, by id; empty where an answer has no place."""
        return state.before, state.after

    def moves(self, state: Joint) -> Moves:
        """Give what can be told next, each with where it leads; nothing at the end."""
        asking: list[tuple[Side, Question]] = []
        known = {(role, name): value for role, name, value in state.known}
        for side in SIDES:
            node = self._sides[side].find(state.before if side == "before" else state.after)
            if isinstance(node, Question):
                if (_told(side), node.id) in known:
                    return self._pass(state, side, node, known)
                asking.append((side, node))
        return self._ask(state, asking, known) if asking else ()

    def _pass(
        self,
        state: Joint,
        side: Side,
        question: Question,
        known: Mapping[tuple[_Role, str], Value | None],
    ) -> Moves:
        """Lead one version on by an answer that was told; first read the measures it needs."""
        after = dict(known)
        answer = after.pop((_told(side), question.id))
        option = question.option(str(answer)) if answer is not None else None
        to = ""
        if option:
            unread = next((e for e in _measures(question) if ("measured", e) not in known), None)
            if unread is not None:
                return self._read(state, unread, known)
            after[side, question.id] = option.id
            own = (side, "measured")
            values = {name: value for (role, name), value in after.items() if role in own}
            to = lead(question, option, values.get)[0]
        before, later = (to, state.after) if side == "before" else (state.before, to)
        return (((), self._joint(before, later, after)),)

    def _read(
        self, state: Joint, measure: str, known: Mapping[tuple[_Role, str], Value | None]
    ) -> Moves:
        """Let a measure be each value that the routes of either version can tell apart."""
        return tuple(
            (
                (Told(measure, value),),
                self._joint(state.before, state.after, {**known, ("measured", measure): value}),
            )
            for value in self._values[measure]
        )

    def _ask(
        self,
        state: Joint,
        asking: list[tuple[Side, Question]],
        known: Mapping[tuple[_Role, str], Value | None],
    ) -> Moves:
        side, question = asking[0]
        if len(asking) > 1 and self._after_first(state, asking[1][1]):
            side, question = asking[1]
        moves = []
        for choice in self._choices(side, question):
            told: dict[tuple[_Role, str], Value | None]
            told = {("told before", name): option for name, option in choice.before}
            told |= {("told after", name): option for name, option in choice.after}
            onward = self._joint(state.before, state.after, {**told, **known})
            moves.append(((choice.told,), onward))
        return tuple(moves)

    def _after_first(self, state: Joint, question: Question) -> bool:
        """Tell whether the later version can go on alone, as the earlier will not ask that."""
        if self._in_turn:
            return False
        origin = self.origins.get(question.id, "")
        return origin not in self._sides["before"].asks[state.before]

    def _choices(self, side: Side, question: Question) -> tuple[_Choice, ...]:
        """Give every answer to a question that one of the versions asks."""
        origin = question.id if side == "before" else self.origins.get(question.id, "")
        if side == "after" and (self._in_turn or not origin):
            return tuple(
                _Choice(Told(question.id, each.id), (), ((question.id, each.id),))
                for each in question.answers
            )
        return self._shared[origin]

    @cached_property
    def _shared(self) -> dict[str, tuple[_Choice, ...]]:
        """Give every answer to each question of the earlier version."""
        return {each.id: tuple(self._of_both(each)) for each in self.before.questions}

    def _of_both(self, question: Question) -> Iterator[_Choice]:
        images = self.images[question.id]
        only = self.after.find_question(images[0]) if len(images) == 1 else None
        if only and question.takes_number and only.takes_number and question.unit == only.unit:
            yield from _bands(question, only)
            return
        hit: set[str] = set()
        for option in question.answers:
            given = carry(self.after, (Answer(question.id, option.id),), self.before.version)
            now = {each.question: each.option for each in given.answers}
            hit.update(now.values())
            whole = not images or bool(now)
            yield _Choice(
                Told(question.id, option.id, "" if whole else "before"),
                ((question.id, option.id),),
                tuple((image, now.get(image)) for image in images),
            )
        if only and not self._in_turn:
            for option in only.answers:
                if option.id not in hit:
                    yield _Choice(
                        Told(only.id, option.id, "after"),
                        ((question.id, None),),
                        ((only.id, option.id),),
                    )

    def _joint(
        self, before: str, after: str, known: Mapping[tuple[_Role, str], Value | None]
    ) -> Joint:
        """Give a state with only what either version can still make use of."""
        first, second = self._sides["before"], self._sides["after"]
        needed: dict[str, frozenset[str]] = {
            "before": first.reads[before],
            "after": second.reads[after],
            "told before": first.asks[before],
            "told after": second.asks[after],
            "measured": first.reads[before] | second.reads[after],
        }
        kept = ((role, name, known[role, name]) for role, name in known if name in needed[role])
        return Joint(before, after, frozenset(kept))


class _Version:
    """One version, with what can still be asked and read from each question or outcome on."""

    def __init__(self, tree: Tree) -> None:
        self._nodes = Nodes(tree)
        self.reads: dict[str, frozenset[str]] = {"": frozenset(), **reads(self._nodes)}
        self.asks: dict[str, frozenset[str]] = {"": frozenset()}
        for node_id in bottom_up(tree):
            node = self._nodes[node_id]
            ahead = targets(node) if isinstance(node, Question) else ()
            own = [node_id] if isinstance(node, Question) else []
            self.asks[node_id] = frozenset(own).union(*(self.asks[to] for to in ahead))

    def find(self, node_id: str) -> object:
        return self._nodes[node_id] if node_id else None


def _told(side: Side) -> _Role:
    return "told before" if side == "before" else "told after"


def _measures(question: Question) -> tuple[str, ...]:
    read = (name for when in conditions_of(question) for name in names(when))
    return tuple(dict.fromkeys(name for name in read if is_measure(name)))


def _bands(before: Question, after: Question) -> Iterator[_Choice]:
    """Give a number for each pair of bands that it can fall into, by both versions' bounds."""
    ends = {option.below for each in (before, after) for option in each.options}
    edges = {before.at_least, after.at_least, *(end for end in ends if end is not None)}
    most = {each.at_most for each in (before, after) if each.at_most is not None}
    for number in sorted({*edges, *most}):
        then, now = before.band(number), after.band(number)
        if then or now:
            only: Literal["", "before", "after"] = (
                "" if then and now else "before" if then else "after"
            )
            yield _Choice(
                Told(before.id, number, only),
                ((before.id, then.id if then else None),),
                ((after.id, now.id if now else None),),
            )
