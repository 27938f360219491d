"""What authorities say of a decision, where they contradict each other, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.knowledge.conditions import Condition
    from be_tui.core.knowledge.model import Source


@dataclass(frozen=True, slots=True)
class Position:
    """What an authority says under a condition."""

    outcome: str
    """The outcome of the same tree that it comes to."""

    says: str
    """In our own words, as binding as it puts it: `MUST carry the major version in the path`."""

    when: Condition | None = None
    """A condition over answers; None where it says so whatever is answered."""

    sources: tuple[Source, ...] = ()
    line: int = 0
    """Where it stands in the tree's file."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody whose word counts, and that word on one decision."""

    id: str
    title: str
    """Short, with the number of the rule: `Google AIP-185`."""

    sources: tuple[Source, ...]
    positions: tuple[Position, ...]
    """The first whose condition holds counts; where none does, it says nothing here."""

    line: int = 0
