"""The nouns: what was run to prove a service, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["held", "failed", "untried"]


@dataclass(frozen=True, slots=True)
class Ran:
    """One step of a proof."""

    name: str
    command: str
    """As a shell has it, for the person to run again."""

    outcome: Outcome
    seconds: float = 0.0
    output: str = ""
    """The end of what it printed."""

    why: str = ""
    """Why it was not tried, or how it ended: `exit code 1`."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of all steps."""

    stack: str
    service: str
    steps: tuple[Ran, ...]
    seconds: float
    edited: int = 0
    """Generated files that were edited since."""

    @property
    def held(self) -> bool:
        """Tell whether each step was tried and held."""
        return all(step.outcome == "held" for step in self.steps)

    @property
    def failed(self) -> bool:
        """Tell whether a step failed."""
        return any(step.outcome == "failed" for step in self.steps)
