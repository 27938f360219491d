"""Something measured: what was asked, what was found, where it shows, how sure that is.

A probe gives one `Evidence`; trees read its measures by name (`tests.functions`) and
people read its facts. Evidence never decides: the person confirms or overrides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["measured", "parsed", "heuristic", "stated"]
"""How it is known: counted or timed; read from a format that says so; guessed from
names and shapes; said by the person."""

Confidence = Literal["high", "medium", "low"]

Value = float | str | bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that shows it: in words, with the place or the command to see it by."""

    text: str
    path: str = ""
    """Relative to the project's root, with forward slashes."""

    line: int = 0
    """From 1; 0 where the fact is about the whole file."""

    @property
    def place(self) -> str:
        """Give `path:line`, `path`, or nothing."""
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Measure:
    """One named value that a tree's conditions can read."""

    name: str
    """`probe.measure`, unique among all probes: `tests.functions`."""

    value: Value
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one probe found."""

    probe: str
    """The probe's id: `tests`, `hotspots`."""

    asked: str
    """What was asked of the project, as a question."""

    found: str
    """The answer in one line; empty where there is none, and `trouble` says why."""

    measures: tuple[Measure, ...] = ()
    facts: tuple[Fact, ...] = ()
    how: How = "measured"
    confidence: Confidence = "high"
    command: str = ""
    """A command that shows the same, where there is one: `git log --since=90.days`."""

    seconds: float = 0.0
    """Wall time that the probe took."""

    taken: str = ""
    """When, in UTC, as ISO 8601 to the second."""

    trouble: str = ""
    """Why there is no answer: `not a git repository`."""

    def measure(self, name: str) -> Measure | None:
        """Give the measure of that name, if this probe found it."""
        return next((measure for measure in self.measures if measure.name == name), None)
