"""The nouns: a query with its weight, the values it was seen with, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.findings import Place

Form = Literal["sql", "statements", "digests", "slow log", "log"]
"""A file of SQL; an export of pg_stat_statements; one of MySQL's digests; the slow log of MySQL or
MariaDB; a log of PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A query as it was run, with its values."""

    text: str
    calls: float = 1.0


@dataclass(frozen=True, slots=True)
class Work:
    """One query, however often and with whatever values it is run."""

    fingerprint: str
    text: str
    """As it was first seen."""

    place: Place
    """Where it was first seen."""

    weight: float = 1.0
    """How often it is run; 1 where nothing is said."""

    seconds: float = 0.0
    """What all runs took together; 0 where it was not measured."""

    samples: tuple[Sample, ...] = ()
    """Values it was seen with, the most frequent first; a bounded number of them."""

    name: str = ""
    """What a comment above it calls it: `-- name: recent_posts`."""

    seen: int = 1
    """In how many places or log lines it was seen."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a workload that cannot be used."""

    text: str
    """How it begins."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Workload:
    """Queries in the order in which they were first seen."""

    works: tuple[Work, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    forms: tuple[Form, ...] = ()
    """What it was read from, each form once."""

    @property
    def weight(self) -> float:
        """Give how many runs it stands for."""
        return sum(work.weight for work in self.works)
