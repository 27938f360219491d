"""The nouns of a decision: answers, the steps of a walk, what an answer leans on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.knowledge import quantity_words, within

if TYPE_CHECKING:
    from be_tui.core.decisions.carrying import Carried
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Option, Outcome, Question, Route, Table

Origin = Literal["stated", "measured"]
"""Said by the person, or taken over from evidence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question, kept by the question's id."""

    question: str
    option: str
    """An answer's id: an option's, or several with commas between; empty for `I don't know`."""

    origin: Origin = "stated"
    value: float | None = None
    """The number that was typed or measured, in the question's unit; the option is its band."""

    @property
    def unknown(self) -> bool:
        """Tell whether the answer is `I don't know`."""
        return not self.option


def said(question: Question, option: Option, value: float | None = None) -> str:
    """Say an answer in words; a number with the band that it falls into."""
    if value is None or not question.takes_number:
        return option.label
    number = quantity_words(value, question.unit, duration=question.kind == "duration")
    return f"{number} ({within(option.label)})"


@dataclass(frozen=True, slots=True)
class ByRule:
    """A table that a walk passed through, and what led on from it."""

    table: Table
    place: int
    """Which of its rules it was, from 0; -1 where none held."""

    @property
    def taken(self) -> Route | Option:
        """Give the rule, or the way otherwise."""
        return self.table.rules[self.place] if self.place >= 0 else self.table.otherwise


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the path walked, with its answer and where it led."""

    question: Question
    answer: Answer
    option: Option
    """What was answered, or what is assumed meanwhile."""

    to: str
    """The question or outcome it led to."""

    route: str = ""
    """The label of the route taken, where the option's own target was not."""

    rules: tuple[ByRule, ...] = ()
    """The tables that were passed through on the way, in order."""

    @property
    def said(self) -> str:
        """Give what was answered, in words: `250 requests per second (100 to 1,000)`."""
        return said(self.question, self.option, self.answer.value)

    @property
    def origin(self) -> Literal["stated", "measured", "assumed"]:
        """Tell how the answer came about."""
        return "assumed" if self.answer.unknown else self.answer.origin


@dataclass(frozen=True, slots=True)
class Support:
    """The answer that evidence supports, and why."""

    question: str
    option: str
    says: str
    evidence: Evidence
    value: float | None = None
    """The number itself, where the question takes one."""

    @property
    def answer(self) -> Answer:
        """Give what would be answered."""
        return Answer(self.question, self.option, "measured", self.value)


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer that, were it another, would change the outcome."""

    step: Step
    option: Option
    """What the answer would have to be."""

    outcome: Outcome | None
    """What would come out; None where that hangs on questions not answered yet."""

    opens: Question | None = None
    """The question that would be asked next, where one is open."""

    among: tuple[Outcome, ...] = ()
    """What could come out, where `outcome` is None."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A walk brought back from where it was kept."""

    walk: Walk
    lost: tuple[Answer, ...] = ()
    """Answers that the tree has no question or option for any more."""

    version: int = 0
    """The version of the tree that it was walked on."""

    brought: Carried | None = None
    """How the answers came over to the tree of today, where they were brought over."""
