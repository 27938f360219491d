"""Findings in the JSON form that every command prints; its names stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.findings import Finding, Fix, Place
    from be_tui.core.jsonform import Json


def json_form(findings: Iterable[Finding]) -> list[Json]:
    """Give the list that stands under `findings`, in the order given."""
    return [_finding(finding) for finding in findings]


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        **_place(finding.place),
        "message": finding.message,
        "why": finding.why,
        "fix": _fix(finding.fix) if finding.fix else None,
        "references": list(finding.references),
        "also_known_as": list(finding.also_known_as),
    }


def _fix(fix: Fix) -> Json:
    edits: list[Json] = [
        {**_place(edit.place), "replacement": edit.replacement} for edit in fix.edits
    ]
    more: dict[str, Json] = {"statements": fix.statements} if fix.statements else {}
    return {"title": fix.title, "edits": edits, **more}


def _place(place: Place) -> dict[str, Json]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
