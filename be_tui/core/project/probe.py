"""The nouns of probing: a probe, what it found, and why it found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.evidence import Confidence, Fact, How, Measure
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.looks.model import Look


@dataclass(frozen=True, slots=True)
class Found:
    """A probe's answer, before the gathering adds what all evidence has."""

    line: str
    """The answer in one line."""

    measures: tuple[Measure, ...] = ()
    facts: tuple[Fact, ...] = ()
    how: How = "measured"
    confidence: Confidence = "high"
    command: str = ""
    """A command that shows the same, where there is one."""


class NoAnswer(Exception):  # noqa: N818 (a probe without an answer is no fault)
    """Raised by a probe that cannot answer; the message says why, for the person."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One question that be-tui can ask of a project by itself."""

    id: str
    asked: str
    """The question, as a person would ask it."""

    measures: tuple[str, ...]
    """The names of all measures that it can give: `tests.functions`."""

    take: Callable[[Gathering], Found]
    """Answers, or raises `NoAnswer`."""

    reads_history: bool = False
    """True where it reads the git history, which is then read ahead, beside the files."""

    looks: tuple[Look, ...] = ()
    """What the pass over the source files looks for, for it; `Gathering.sights` has the answer."""
