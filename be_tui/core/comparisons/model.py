"""The nouns of a comparison: options against weighted criteria, each score with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.knowledge.model import PackName, Source

LOWEST, HIGHEST = 1.0, 5.0
"""The ends of a score."""

HEAVIEST = 10.0
"""The largest weight; 0 leaves a criterion out."""

Better = Literal["more", "less"]

Origin = Literal["given", "profile", "yours"]
"""Who says so: the comparison's file, the project's profile, the person."""


def figure(number: float) -> str:
    """Give a number as a person types it, never with an exponent."""
    return f"{number:.9f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Scale:
    """How a measured figure becomes a score: a straight line between two figures."""

    unit: str
    low: float
    """The figure that counts as a score of 1; below it nothing gets less."""

    high: float
    """The figure that counts as a score of 5; above it nothing gets more."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the options are held against."""

    id: str
    title: str
    why: str
    """What goes wrong where it is overlooked."""

    weight: float
    """How much it counts, from 0 (left out) to 10, until somebody says otherwise."""

    low: str
    """What a score of 1 means."""

    high: str
    """What a score of 5 means."""

    better: Better = "more"
    """`less` where a high score, or a high figure, is the bad end."""

    scale: Scale | None = None
    """Set where options have figures instead of scores."""

    serves: str = ""
    """The quality of the profile that it serves: `reliability`, `time-to-market`."""

    sources: tuple[Source, ...] = ()
    line: int = 0

    @property
    def ends(self) -> tuple[float, float]:
        """Give the lowest and the highest score or figure that makes a difference."""
        return (self.scale.low, self.scale.high) if self.scale else (LOWEST, HIGHEST)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score or figure as far as it is known; exact where both ends are the same."""

    low: float
    high: float

    def __str__(self) -> str:
        """Give it as a person types it: `4`, `2-4`."""
        low, high = figure(self.low), figure(self.high)
        return low if self.low == self.high else f"{low}-{high}"


@dataclass(frozen=True, slots=True)
class Cell:
    """How one option does by one criterion."""

    criterion: str
    """Its id."""

    estimate: Estimate | None
    """None where nobody knows."""

    why: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """What can go wrong with an option, and what is done about it."""

    risk: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the options."""

    id: str
    title: str
    summary: str
    cells: tuple[Cell, ...]
    risks: tuple[Risk, ...] = ()
    future: tuple[str, ...] = ()
    """How it grows, and how hard it is to leave."""

    references: tuple[str, ...] = ()
    line: int = 0

    def cell(self, criterion_id: str) -> Cell:
        """Give how it does by a criterion; not known where nothing is said."""
        found = (each for each in self.cells if each.criterion == criterion_id)
        return next(found, Cell(criterion_id, None))


@dataclass(frozen=True, slots=True)
class Breach:
    """An option that a constraint rules out."""

    option: str
    """Its id."""

    why: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an option must have to be considered at all; no score makes up for it."""

    id: str
    must: str
    breaches: tuple[Breach, ...]
    holds: bool = False
    """Whether it holds until somebody says otherwise."""

    sources: tuple[Source, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Options against criteria."""

    id: str
    version: int
    title: str
    question: str
    summary: str
    criteria: tuple[Criterion, ...]
    options: tuple[Alternative, ...]
    constraints: tuple[Constraint, ...] = ()
    references: tuple[str, ...] = ()
    path: str = ""
    pack: PackName = "bundled"
    group: str = ""
    """The heading that a list puts it under, with others; empty for none."""

    def find_criterion(self, criterion_id: str) -> Criterion | None:
        """Give the criterion of that id."""
        return next((each for each in self.criteria if each.id == criterion_id), None)

    def find_option(self, option_id: str) -> Alternative | None:
        """Give the option of that id."""
        return next((each for each in self.options if each.id == option_id), None)

    def find_constraint(self, constraint_id: str) -> Constraint | None:
        """Give the constraint of that id."""
        return next((each for each in self.constraints if each.id == constraint_id), None)
