"""The nouns of a decision: answers, a walk over a tree, what an answer leans on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge.model import Option, Question

Origin = Literal["stated", "measured"]
"""Said by the person, or taken over from evidence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question, kept by the question's id."""

    question: str
    option: str
    """An option's id; empty for `I don't know`."""

    origin: Origin = "stated"

    @property
    def unknown(self) -> bool:
        """Tell whether the answer is `I don't know`."""
        return not self.option


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


@dataclass(frozen=True, slots=True)
class Support:
    """The answer that evidence supports, and why."""

    question: str
    option: str
    says: str
    evidence: Evidence
