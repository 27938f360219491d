"""The nouns of a custom lens, as its own format has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.lenses.conditions import Expression

Risk = Literal["NO_RISK", "MEDIUM_RISK", "HIGH_RISK"]
RISKS: tuple[Risk, ...] = ("NO_RISK", "MEDIUM_RISK", "HIGH_RISK")
"""From the least to the gravest."""

RISK_WORDS: dict[Risk, str] = {
    "NO_RISK": "no risk",
    "MEDIUM_RISK": "medium risk",
    "HIGH_RISK": "high risk",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A text to read, with an address where there is one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A practice that can be ticked."""

    id: str
    title: str
    helpful: tuple[Link, ...] = ()
    """What to read about it."""

    plan: tuple[Link, ...] = ()
    """What to do where it is not in place."""

    @property
    def is_none(self) -> bool:
        """Tell whether it stands for `none of these`, which the format has no word for."""
        said = self.title.casefold()
        return self.id.casefold().endswith("_no") or said.startswith(("none of", "none apply"))


@dataclass(frozen=True, slots=True)
class RiskRule:
    """Under which choices a question is how risky; the first rule that holds counts."""

    said: str
    """The condition as it is written."""

    condition: Expression | None
    """None for `default`."""

    risk: Risk


@dataclass(frozen=True, slots=True)
class LensQuestion:
    """A question: what can be ticked, and what that says of the risk."""

    id: str
    title: str
    about: str
    choices: tuple[Choice, ...]
    rules: tuple[RiskRule, ...]
    """In their order; the last one is the default."""

    def choice(self, choice_id: str) -> Choice:
        """Give a choice that is there."""
        return next(each for each in self.choices if each.id == choice_id)


@dataclass(frozen=True, slots=True)
class Pillar:
    """Questions that belong together."""

    id: str
    name: str
    questions: tuple[LensQuestion, ...]


@dataclass(frozen=True, slots=True)
class Lens:
    """A custom lens."""

    name: str
    about: str
    pillars: tuple[Pillar, ...]

    @property
    def questions(self) -> tuple[LensQuestion, ...]:
        """Give every question, pillar by pillar."""
        return tuple(question for pillar in self.pillars for question in pillar.questions)
