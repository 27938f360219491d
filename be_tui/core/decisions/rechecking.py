"""A recorded decision looked at again: which premise changed, and whether the outcome flips.

    for decision in decisions_in(text):        what `madr` wrote into a record
        again = recheck(decision, tree, evidence)
        again.changed, again.lost, again.flips

Answers that people gave stand as they were. What was measured, or assumed because nobody
knew, is answered anew where evidence answers it now. An answer that the tree of today has no
place for is lost; where a question is then open, or a new one, evidence may answer it too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.carrying import carry, outcome_since
from be_tui.core.decisions.madr import BLOCK
from be_tui.core.decisions.model import Answer, said
from be_tui.core.decisions.outlook import outlook
from be_tui.core.decisions.proposing import proposal, support
from be_tui.core.decisions.replay import measures_of
from be_tui.core.decisions.walk import Walk
from be_tui.core.errors import InputError
from be_tui.core.jsonform import list_in, mapping_in, text_in
from be_tui.core.knowledge import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.decisions.carrying import Carried
    from be_tui.core.decisions.model import Origin, Support
    from be_tui.core.evidence import Evidence, Value
    from be_tui.core.knowledge import Outcome, Question, Tree

_FENCE = re.compile(
    rf"^```json {BLOCK}[ \t]*\r?\n(?P<body>.*?)(?:^```[ \t]*\r?$|\Z)", re.MULTILINE | re.DOTALL
)
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as its record's block tells it."""

    tree: str
    version: int
    answers: tuple[Answer, ...]
    assumed: tuple[tuple[str, str], ...]
    """The options that were assumed, by question."""

    outcome: str
    measures: tuple[tuple[str, Value], ...]
    """What was measured then, by name."""

    line: int
    """Where the block begins in the record."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A measure that a premise rests on, then and now; None where it is not known."""

    name: str
    then: Value | None
    now: Value | None


@dataclass(frozen=True, slots=True)
class Premise:
    """An answer that is another now than when it was recorded."""

    question: Question
    then: str
    """The answer then, in words."""

    now: str
    says: str
    """Why it is so now, as the tree's reading says it."""

    was: str
    """`measured` or `assumed`."""

    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A decision looked at again."""

    recorded: Recorded
    tree: Tree
    walk: Walk
    """As it would be walked now."""

    changed: tuple[Premise, ...]
    brought: Carried
    """How its answers came over to the tree of today, and which have no place in it."""

    possible: tuple[Outcome, ...]
    """The outcome now; several where a question is open that decides between them."""

    @property
    def flips(self) -> bool:
        """Tell whether the recorded outcome is not, or not surely, what comes out now."""
        return [each.id for each in self.possible] != [self.outcome]

    @property
    def outcome(self) -> str:
        """Give the recorded outcome, by the name that it has today."""
        return outcome_since(self.tree, self.recorded.outcome, self.recorded.version)

    @property
    def lost(self) -> tuple[Answer, ...]:
        """Give the answers that the tree of today has no question or option for."""
        return tuple(each.answer for each in self.brought.lost)


def decisions_in(text: str) -> Iterator[Recorded | InputError]:
    """Give each decision of a record's text; an error for a block that cannot be read."""
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        try:
            yield _read(json.loads(match["body"]), line)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"nothing stands at {error}" if isinstance(error, KeyError) else error
            yield InputError(f"the block of the decision is broken ({reason})", where=str(line))
        except RecursionError:
            message = "the block of the decision is broken (nested too deeply)"
            yield InputError(message, where=str(line))


def recheck(recorded: Recorded, tree: Tree, evidence: Sequence[Evidence]) -> Rechecked:
    """Look at a decision again, by the tree of today and what is measured now."""
    brought = carry(tree, recorded.answers, recorded.version)
    assumed = _assumed(tree, recorded)
    changed: list[Premise] = []
    answers: list[Answer] = []
    for answer in brought.answers:
        answers.append(answer)
        question = tree.find_question(answer.question)
        found = proposal(question, evidence) if question else None
        if question and found and (answer.unknown or answer.origin == "measured"):
            answers[-1] = found.answer
            then = answer.option or assumed.get(question.id, question.unknown.assume)
            if found.option != then:
                changed.append(_premise(recorded, question, answer, then, found, evidence))
    walk = _onward(Walk(tree, tuple(answers), evidence=tuple(evidence)))
    on_path = {step.question.id for step in walk.path}
    ends = outlook(walk).outcomes
    return Rechecked(
        recorded,
        tree,
        walk,
        tuple(each for each in changed if each.question.id in on_path),
        brought,
        tuple(each for each in tree.outcomes if each.id in ends),
    )


def _assumed(tree: Tree, recorded: Recorded) -> dict[str, str]:
    """Give what was assumed, by the questions and options of today."""
    given = [Answer(question, option) for question, option in recorded.assumed]
    return {each.question: each.option for each in carry(tree, given, recorded.version).answers}


def _onward(walk: Walk) -> Walk:
    """Answer what is open, as far as evidence does."""
    while (question := walk.question) is not None:
        found = proposal(question, walk.evidence)
        if found is None:
            break
        walk = walk.give(found.answer)
    return walk


def _premise(
    recorded: Recorded,
    question: Question,
    answer: Answer,
    then: str,
    found: Support,
    evidence: Sequence[Evidence],
) -> Premise:
    probes = {each.evidence.probe for each in support(question, evidence)}
    if question.kind != "several":
        probes = {found.evidence.probe}
    before, after = dict(recorded.measures), measures_of(evidence)
    read = {
        name: None
        for witness in question.witnesses
        if witness.probe in probes
        for reading in witness.readings
        for name in (*names(reading.when), *([reading.takes] if reading.takes else []))
    }
    moved = (Moved(each, before.get(each), after.get(each)) for each in read)
    return Premise(
        question,
        _label(question, then, answer.value),
        _label(question, found.option, found.value),
        found.says,
        "assumed" if answer.unknown else "measured",
        tuple(each for each in moved if each.then != each.now),
    )


def _label(question: Question, answer_id: str, value: float | None) -> str:
    option = question.option(answer_id)
    return said(question, option, value) if option else answer_id


def _read(block: object, line: int) -> Recorded:
    fields = mapping_in(block)
    if fields["format"] != _FORMAT:
        raise ValueError(f"its format is {fields['format']!r}, not {_FORMAT}")
    answers = [mapping_in(each) for each in list_in(fields["answers"])]
    version = fields["version"]
    return Recorded(
        text_in(fields["tree"]),
        version if isinstance(version, int) else 0,
        tuple(_answer(each) for each in answers),
        tuple((text_in(e["question"]), text_in(e["assumed"])) for e in answers if "assumed" in e),
        text_in(fields["outcome"]),
        tuple(_measures(list_in(fields["evidence"]))),
        line,
    )


def _answer(fields: dict[str, object]) -> Answer:
    origin: Origin = "measured" if fields["origin"] == "measured" else "stated"
    value = fields.get("value")
    number = float(value) if isinstance(value, (int, float)) else None
    return Answer(text_in(fields["question"]), text_in(fields["option"]), origin, number)


def _measures(evidence: list[object]) -> Iterator[tuple[str, Value]]:
    for each in evidence:
        for name, value in mapping_in(mapping_in(each)["measures"]).items():
            if not isinstance(value, (str, bool, int, float)):
                raise TypeError(f"{name} has no value")
            yield name, value
