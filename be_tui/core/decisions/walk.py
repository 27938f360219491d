"""A walk over a tree, as a value: answers kept by question id, the path a replay of them.

    walk = start(tree)
    walk = walk.answer("problem", "yes")       # or "250", "a,b", "" for `I don't know`
    walk.question, walk.outcome                # what is asked now; where the path ends
    walk = walk.back()                         # look at the last answer again ...
    walk = walk.proceed()                      # ... and leave it as it was

Because the path is replayed, a changed answer keeps all later ones that still apply; those
that do not are in `aside` and come back when they apply again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.decisions.answering import read_answer, unknown_id
from be_tui.core.decisions.outlook import outlook
from be_tui.core.decisions.replay import Nodes, measures_of, replay, targets
from be_tui.core.errors import InputError
from be_tui.core.knowledge import Outcome, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.decisions.model import Answer, Origin, Step
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Tree


@dataclass(frozen=True, slots=True)
class Walk:
    """Answers to a tree's questions, and all that follows from them."""

    tree: Tree
    answers: tuple[Answer, ...] = ()
    """At most one a question, in the order in which each was first answered."""

    at: str = ""
    """The question that is looked at again; empty where the walk goes on."""

    evidence: tuple[Evidence, ...] = ()
    """What was measured; routes read it."""

    path: tuple[Step, ...] = field(init=False, repr=False, compare=False)
    """The questions walked, with their answers, also while one of them is looked at again."""

    end: Question | Outcome = field(init=False, repr=False, compare=False)
    """Where the path ends: a question without an answer, or an outcome."""

    nodes: Nodes = field(init=False, repr=False, compare=False)
    """The tree's questions and outcomes by id."""

    def __post_init__(self) -> None:
        nodes = Nodes(self.tree)
        by_question = {answer.question: answer for answer in self.answers}
        path, end = replay(nodes, by_question, measures_of(self.evidence))
        for name, value in (("nodes", nodes), ("path", path), ("end", end)):
            object.__setattr__(self, name, value)
        if self.at and self._position(self.at) is None and self.at not in self.coming:
            object.__setattr__(self, "at", "")

    @property
    def question(self) -> Question | None:
        """Give the question asked now; None where there is nothing to ask."""
        if self.at:
            return self.tree.find_question(self.at)
        return self.end if isinstance(self.end, Question) else None

    @property
    def outcome(self) -> Outcome | None:
        """Give where the path ends, also while an answer of it is looked at again."""
        return self.end if isinstance(self.end, Outcome) else None

    @property
    def aside(self) -> tuple[Answer, ...]:
        """Give the answers that do not apply on this path; they are kept."""
        walked = {step.question.id for step in self.path}
        return tuple(answer for answer in self.answers if answer.question not in walked)

    @property
    def coming(self) -> frozenset[str]:
        """Give the questions that can still be asked after the one where the path ends."""
        found: set[str] = set()
        waiting = [self.end]
        while waiting:
            node = waiting.pop()
            onward = targets(node) if isinstance(node, Question) else ()
            fresh = [self.nodes[each] for each in onward if each not in found]
            found.update(each.id for each in fresh)
            waiting += fresh
        return frozenset(each for each in found if self.tree.find_question(each))

    @property
    def early(self) -> bool:
        """Tell whether the question asked now is asked before its turn."""
        return bool(self.at) and self._position(self.at) is None

    @property
    def ahead(self) -> tuple[Answer, ...]:
        """Give the answers that wait for the turn of their questions."""
        coming = self.coming
        return tuple(answer for answer in self.answers if answer.question in coming)

    @property
    def assumed(self) -> tuple[Step, ...]:
        """Give the steps that rest on an assumption, because nobody knew."""
        return tuple(step for step in self.path if step.answer.unknown)

    @property
    def number(self) -> int:
        """Give the place of the question asked now, from 1; past the last one at the end."""
        position = self._position(self.at)
        return (len(self.path) if position is None else position) + 1

    @property
    def remaining(self) -> tuple[int, int]:
        """Give the fewest and the most questions still to come, the open one counted."""
        ahead = outlook(self)
        return ahead.fewest, ahead.most

    def given(self, question_id: str) -> Answer | None:
        """Give the answer to a question, whether it applies just now or not."""
        return next((each for each in self.answers if each.question == question_id), None)

    def answer(self, question_id: str, said: str, origin: Origin = "stated") -> Walk:
        """Answer any question of the tree, and go on to the first one without an answer.

        Args:
            question_id: The question.
            said: What `read_answer` reads: an option's id, a number, ids with commas between;
                empty for `I don't know`.
            origin: Whether a person said so, or evidence.

        Raises:
            InputError: The tree has no such question, or the question no such answer.
        """
        return self.give(read_answer(self._find(question_id), said, origin))

    def give(self, answer: Answer) -> Walk:
        """Put an answer in the place of the one that its question had, and go on."""
        if self.given(answer.question) is None:
            return replace(self, answers=(*self.answers, answer), at="")
        kept = (answer if each.question == answer.question else each for each in self.answers)
        return replace(self, answers=tuple(kept), at="")

    def back(self) -> Walk:
        """Look at the answer before this one again; the first one stays where it is.

        From a question that is asked before its turn, go back to the one whose turn it is.
        """
        if self.early:
            return replace(self, at="")
        previous = self.number - 2
        if previous < 0:
            return self
        return replace(self, at=self.path[previous].question.id)

    def revisit(self, question_id: str) -> Walk:
        """Look at any answer of the path again.

        Raises:
            InputError: The tree has no such question, or it is not on the path.
        """
        self._find(question_id)
        if question_id == self.end.id:
            return replace(self, at="")
        if self._position(question_id) is None:
            raise InputError(f"{question_id} is not on the path walked")
        return replace(self, at=question_id)

    def ask(self, question_id: str) -> Walk:
        """Look at an answer of the path again, or ask a question before its turn.

        Raises:
            InputError: The tree has no such question, or it cannot be asked on this way.
        """
        if self._find(question_id).id not in self.coming:
            return self.revisit(question_id)
        return replace(self, at=question_id)

    def proceed(self) -> Walk:
        """Leave the answer looked at as it was, and go one question on."""
        position = self._position(self.at)
        if position is None or position + 1 == len(self.path):
            return replace(self, at="")
        return replace(self, at=self.path[position + 1].question.id)

    def with_evidence(self, evidence: Iterable[Evidence]) -> Walk:
        """Give the same answers beside other measures, by which routes may lead elsewhere."""
        return replace(self, evidence=tuple(evidence))

    def _position(self, question_id: str) -> int | None:
        for position, step in enumerate(self.path):
            if step.question.id == question_id:
                return position
        return None

    def _find(self, question_id: str) -> Question:
        question = self.tree.find_question(question_id)
        if question is None:
            raise unknown_id(
                f"{self.tree.id} has no question {question_id!r}",
                question_id,
                (each.id for each in self.tree.questions),
            )
        return question


def start(tree: Tree, evidence: Iterable[Evidence] = ()) -> Walk:
    """Begin a walk at the tree's first question.

    Raises:
        InputError: The tree leads in a circle, or to nowhere.
    """
    walk = Walk(tree, evidence=tuple(evidence))
    outlook(walk)
    return walk
