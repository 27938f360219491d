"""Findings as workflow commands of GitHub Actions, which it shows beside the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean
from be_tui.core.reports.counting import by_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.findings import Finding, Severity

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def github(findings: Iterable[Finding]) -> str:
    """Give one command a line."""
    return "".join(_command(finding) + "\n" for _, group in by_file(findings) for finding in group)


def _command(finding: Finding) -> str:
    place = finding.place
    known = {
        "file": place.path,
        "line": place.line,
        "endLine": place.end_line,
        # GitHub takes columns only where they are of one line.
        "col": place.column if place.end_line in {0, place.line} else 0,
        "endColumn": place.end_column if place.end_line == place.line else 0,
        "title": finding.rule,
    }
    properties = ",".join(
        f"{name}={_property(str(value))}" for name, value in known.items() if value
    )
    said = [finding.message, finding.why]
    if finding.fix:
        said += [f"Fix: {finding.fix.title}", finding.fix.statements]
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(chr(10).join(filter(None, said)))}"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
