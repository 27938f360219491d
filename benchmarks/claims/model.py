"""A claim, and what measuring it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.claims.bench import Bench


_LARGE = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure."""

    what: str
    value: float
    unit: str

    def __str__(self) -> str:
        """Give it as a person reads it: three figures that count, or all of a large number."""
        whole = self.unit == "rows" or self.value >= _LARGE
        return f"{self.value:,.0f} {self.unit}" if whole else f"{self.value:.3g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured, and whether the claim holds by it."""

    figures: tuple[Figure, ...]
    holds: bool
    so: str
    """In one line, with the figure that counts: `the offset takes 900 times as long`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that the library says, with how it is measured."""

    name: str
    says: str
    measure: Callable[[Bench], Outcome]
    rows: int = 1_000_000
    small: int = 20_000
    """Rows at which the direction shows already."""

    engines: tuple[str, ...] = ("postgresql",)


@dataclass(frozen=True, slots=True)
class Measured:
    """One claim measured on one engine."""

    claim: str
    says: str
    engine: str
    """With its version: `postgresql 18.4`."""

    rows: int
    date: str
    command: str
    so: str
    holds: bool
    figures: tuple[Figure, ...]
