"""What a person chooses from where a question is asked: its rows, ticks, or a number to type.

    offer = choosing(walk, question, evidence)
    offer.rows                       the options; `none` at the end where several can be ticked
    offer.ticks, offer.typed         whether rows are ticked; what is typed, if anything is
    toggled(question, "reads", "locks")    "reads,locks"

For a screen and for lines of text alike: what is taken goes to `take` as it was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.answering import number_words
from be_tui.core.decisions.proposing import proposal, support
from be_tui.core.knowledge import NONE, Option, quantity_words, ticked, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.decisions.model import Answer, Support
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question


@dataclass(frozen=True, slots=True)
class ChoosingRow:
    """One option to choose or to tick, with what speaks for it."""

    id: str
    label: str
    note: str = ""
    measured: str = ""
    """What was measured for it, in words; empty where nothing supports it."""

    given: str = ""
    """How it was answered before, in words; empty where it was not."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """How one question is answered."""

    rows: tuple[ChoosingRow, ...]
    ticks: bool
    """Whether several rows can be ticked; `none` then stands last and goes with no other."""

    typed: str
    """What is typed: `a number of tables`; empty where a row is chosen."""

    answer: str
    """What stands ready to be taken, as it would be said: given before, or measured.

    Empty where that is nothing, or a band without its number.
    """

    @property
    def numbered(self) -> bool:
        """Tell whether a digit names a row, rather than being the answer."""
        return not self.typed


def choosing(walk: Walk, question: Question, evidence: Sequence[Evidence]) -> Choosing:
    """Give what to choose from, with what was answered before and what was measured."""
    supports = support(question, evidence)
    given = walk.given(question.id)
    options = question.options
    if question.kind == "several":
        options = (*options, Option(NONE, "None of these", ""))
    rows = tuple(
        ChoosingRow(
            option.id,
            option.label,
            option.note,
            _measured(question, option, supports),
            _given(question, option, given),
        )
        for option in options
    )
    ready = given if given and not given.unknown else None
    if given is None and (found := proposal(question, evidence)):
        ready = found.answer
    return Choosing(
        rows,
        question.kind == "several",
        number_words(question) if question.takes_number else "",
        _as_said(question, ready),
    )


def toggled(question: Question, answer_id: str, option_id: str) -> str:
    """Tick an option of an answer, or take its tick away; `none` goes with no other.

    Args:
        question: One of which several options can be ticked.
        answer_id: What is ticked so far; empty for nothing yet.
        option_id: The option, or `none`.
    """
    before = {each for each in ticks(answer_id) if each}
    if option_id == NONE:
        return "" if NONE in before else NONE
    after = (before ^ {option_id}) - {NONE}
    return ticked(each.id for each in question.options if each.id in after) if after else ""


def _measured(question: Question, option: Option, supports: tuple[Support, ...]) -> str:
    for each in supports:
        if option.id in ticks(each.option):
            number = "" if each.value is None else f"{_number(question, each.value)}: "
            return f"{number}{each.says}"
    return ""


def _given(question: Question, option: Option, given: Answer | None) -> str:
    if given is None or option.id not in ticks(given.option):
        return ""
    if given.origin != "stated":
        return "taken from what was measured"
    number = "" if given.value is None else f": {_number(question, given.value)}"
    return f"your answer{number}"


def _as_said(question: Question, ready: Answer | None) -> str:
    if ready is None:
        return ""
    if question.takes_number:
        return "" if ready.value is None else _number(question, ready.value)
    return ready.option


def _number(question: Question, number: float) -> str:
    return quantity_words(number, question.unit, duration=question.kind == "duration")
