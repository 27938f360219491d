"""Something to mend: the one shape of everything that a check reports.

A finding says what is wrong and where; the rule that it names says the rest (see
`knowledge/rules/`). Writers for text, JSON, SARIF, Markdown and GitHub stand in
`be_tui.core.reports`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the gravest down."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a file. Lines and columns count from 1; 0 says that it is not known."""

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    """One past the last character, as SARIF counts."""

    def __str__(self) -> str:
        """Give `path:line:column`, as far as it is known."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at a place."""

    place: Place
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend a finding: in words, and as edits where it can be applied."""

    title: str
    edits: tuple[Edit, ...] = ()
    statements: str = ""
    """SQL to be run instead, where other statements do the same without harm; lines as written."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend."""

    rule: str
    """The rule's id, stable across versions: `tree-cycle`, `sql-offset-paging`."""

    severity: Severity
    place: Place
    message: str
    """One line: what is wrong here."""

    why: str = ""
    """What goes wrong if it stays."""

    fix: Fix | None = None
    references: tuple[str, ...] = ()
    """Addresses of passages: `api-best-practices#cursor-pagination`."""

    also_known_as: tuple[str, ...] = ()
    """The names that other tools give the same finding."""


def at_least(findings: tuple[Finding, ...], severity: Severity) -> tuple[Finding, ...]:
    """Give the findings that are as grave as `severity`, or graver."""
    grave = SEVERITIES[: SEVERITIES.index(severity) + 1]
    return tuple(finding for finding in findings if finding.severity in grave)
