"""What be-tui found about a project, each trait with the files that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.evidence import Fact

TraitKind = Literal[
    "language",
    "framework",
    "orm",
    "database",
    "migrations",
    "tests",
    "ci",
    "deploy",
    "cache",
    "queue",
    "search",
    "tracing",
    "metrics",
    "profiler",
]
TRAIT_KINDS: tuple[TraitKind, ...] = get_args(TraitKind)
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that the project is made with."""

    kind: TraitKind
    name: str
    """As its makers spell it: `FastAPI`, `PostgreSQL`."""

    detail: str = ""
    """A version, or a share: `0.115`, `83 % of lines`."""

    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to read."""

    files: int
    """Source files."""

    lines: int
    """Lines in them."""

    bounded: bool = False
    """True where the reading stopped at its limit, so both are at least so many."""


@dataclass(frozen=True, slots=True)
class Project:
    """What was found in one folder."""

    root: Path
    name: str
    traits: tuple[Trait, ...] = ()
    size: Size | None = None
    authors_90d: int | None = None
    """People who committed in the last 90 days; None without a readable history."""

    read: str = ""
    """When it was read, in UTC, as ISO 8601 to the second."""

    trouble: tuple[str, ...] = ()
    """What could not be read, and why."""

    def of(self, kind: TraitKind) -> tuple[Trait, ...]:
        """Give the traits of one kind, the most telling first."""
        return tuple(trait for trait in self.traits if trait.kind == kind)

    @property
    def headline(self) -> str:
        """Give one line: `shop-api · Python FastAPI · PostgreSQL 16`."""
        stack = [self.of(kind)[0].name for kind in ("language", "framework") if self.of(kind)]
        stores = [f"{trait.name} {trait.detail}".strip() for trait in self.of("database")[:1]]
        return " · ".join(part for part in (self.name, " ".join(stack), *stores) if part)
