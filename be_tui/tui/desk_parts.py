"""What desks make of findings, of choices and of errors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError
from be_tui.tui.widgets.choices import Choice
from be_tui.tui.widgets.sql_editor import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.findings import Finding
    from be_tui.tui.widgets.choices import Tone

_TONES: dict[str, Tone] = {"error": "bad", "warning": "warning", "info": "muted"}
_SIGNS = {"error": "E", "warning": "W", "info": "i"}


def failed(what: str, error: Exception) -> str:
    """Say in a line that something ended in an error, one of ours or one that nobody foresaw."""
    if isinstance(error, BeTuiError):
        return str(error)
    return f"{what} failed ({type(error).__name__}: {error})"


def in_use(choice: Choice) -> Choice:
    """Give a choice that says that it is the one of now."""
    return replace(choice, tag="in use", tone="muted")


def finding_row(number: int, finding: Finding) -> Choice:
    """Give a finding as a row of a list."""
    place = f"line {finding.place.line}" if finding.place.line else ""
    sign, tone = _SIGNS[finding.severity], _TONES[finding.severity]
    return Choice(str(number), finding.message, sign, tag=place, tone=tone)


def marks_of(findings: Sequence[Finding], text: str) -> list[Mark]:
    """Give what is underlined: each finding on its first line."""
    lines = text.split("\n")
    marks = []
    for finding in findings:
        place = finding.place
        if not 0 < place.line <= len(lines):
            continue
        line = lines[place.line - 1]
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        start = max(place.column - 1, 0)
        marks.append(Mark(place.line - 1, start, max(end, start + 1), finding.severity))
    return marks
