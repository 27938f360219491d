"""How many findings there are, in which order they are told, and how a command ends."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from be_tui.core.errors import ExitCode
from be_tui.core.findings import SEVERITIES, at_least

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.findings import Finding, Severity

_NAMES: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def exit_code(findings: Iterable[Finding], fail_on: Severity = "error") -> ExitCode:
    """Tell how a command ends that found these."""
    return ExitCode.FOUND if at_least(tuple(findings), fail_on) else ExitCode.DONE


def summary(findings: Iterable[Finding]) -> str:
    """Give one line: `2 errors, 1 warning in 2 files`."""
    findings = tuple(findings)
    if not findings:
        return "nothing found"
    counts = []
    for severity in SEVERITIES:
        count = sum(finding.severity == severity for finding in findings)
        if count:
            counts.append(f"{count} {_NAMES[severity][count != 1]}")
    files = len({finding.place.path for finding in findings if finding.place.path})
    where = f" in {files} file{'s' * (files != 1)}" if files else ""
    return ", ".join(counts) + where


def by_file(findings: Iterable[Finding]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Give the findings file by file, each in the order of its lines."""
    for path, group in groupby(sorted(findings, key=_order), lambda finding: finding.place.path):
        yield path, tuple(group)


def _order(finding: Finding) -> tuple[str, int, int, int, str]:
    place = finding.place
    gravity = SEVERITIES.index(finding.severity)
    return place.path, place.line, place.column, gravity, finding.rule
