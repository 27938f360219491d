"""Findings as plain text: one line each that editors can jump to, the rest below it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean
from be_tui.core.reports.counting import by_file, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.findings import Finding, Severity

_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "info": "36"}
"""SGR codes of the terminal's own red, yellow and cyan."""

_WIDTH = 96
_INDENT = 4


def text(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """Give findings as text, file by file, and how many there are.

    Why a rule matters is told where it is first found, not at each of its findings.

    Args:
        findings: In any order.
        colour: Whether to colour the severities, which are always words as well.
    """
    findings = tuple(findings)
    told: set[tuple[str, str]] = set()
    parts = [
        "".join(line + "\n" for finding in group for line in _lines(finding, told, colour=colour))
        for _, group in by_file(findings)
    ]
    return "\n".join([*parts, summary(findings) + "\n"])


def _lines(finding: Finding, told: set[tuple[str, str]], *, colour: bool) -> Iterator[str]:
    severity: str = finding.severity
    if colour:
        severity = f"\x1b[{_COLOURS[finding.severity]}m{severity}\x1b[0m"
    place = clean(str(finding.place))
    start = f"{place} " if place else ""
    yield f"{start}{severity} {finding.rule} {_one_line(finding.message)}"
    if finding.why and (finding.rule, finding.why) not in told:
        told.add((finding.rule, finding.why))
        yield from _below("why", finding.why)
    if finding.fix:
        yield from _below("fix", finding.fix.title)
        for line in finding.fix.statements.splitlines():
            yield f"{' ' * _INDENT * 2}{clean(line)}".rstrip()
    if finding.references:
        yield from _below("read", ", ".join(finding.references))


def _one_line(text: str) -> str:
    return clean(" ".join(text.split()))


def _below(name: str, said: str) -> list[str]:
    first = " " * _INDENT + f"{name}: "
    return textwrap.wrap(
        _one_line(said),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
