"""Findings as a SARIF 2.1.0 log, the form that code scanners and editors import."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from be_tui import __version__
from be_tui.core.reports.counting import by_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.findings import Edit, Finding, Fix, Place, Severity
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge.model import Rule

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"
"""The base that relative addresses are of, as code scanners name the checkout."""


def sarif(findings: Iterable[Finding], rules: Iterable[Rule] = ()) -> dict[str, Json]:
    """Give one log of one run.

    Args:
        findings: In any order.
        rules: The words of rules, for those that have any; the rest are named by their id.
    """
    ordered = [finding for _, group in by_file(findings) for finding in group]
    known = {rule.id: rule for rule in rules}
    used = sorted({finding.rule for finding in ordered})
    seen: Counter[str] = Counter()
    results: list[Json] = []
    for finding in ordered:
        mark = _mark(finding)
        results.append(_result(finding, used.index(finding.rule), f"{mark}:{seen[mark]}"))
        seen[mark] += 1
    driver: dict[str, Json] = {
        "name": "be-tui",
        "version": __version__,
        "rules": [_rule(rule_id, known.get(rule_id)) for rule_id in used],
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _rule(rule_id: str, rule: Rule | None) -> Json:
    if rule is None:
        return {"id": rule_id}
    parts = [rule.why, f"Fix: {rule.fix}"]
    if rule.fine_when:
        parts.append(f"Fine when: {rule.fine_when}")
    if rule.sources:
        parts.append("Sources: " + "; ".join(map(str, rule.sources)))
    words: dict[str, Json] = {
        "id": rule_id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": "\n\n".join(parts), "markdown": "\n\n".join(parts)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    address = next((source.url for source in rule.sources if source.url), "")
    if address:
        words["helpUri"] = address
    if rule.also_known_as:
        words["properties"] = {"alsoKnownAs": list(rule.also_known_as)}
    return words


def _result(finding: Finding, rule_index: int, mark: str) -> Json:
    message = f"{finding.message}\n\n{finding.why}" if finding.why else finding.message
    if finding.fix and finding.fix.statements:
        message = f"{message}\n\n{finding.fix.statements}"
    result: dict[str, Json] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "partialFingerprints": {"beTuiFinding/v1": mark},
    }
    if finding.place.path:
        result["locations"] = [{"physicalLocation": _location(finding.place)}]
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(finding.fix)]
    return result


def _mark(finding: Finding) -> str:
    """Give what stays the same when lines above it come and go."""
    parts = finding.rule, finding.place.path, finding.message
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _location(place: Place) -> dict[str, Json]:
    location: dict[str, Json] = {"artifactLocation": _artifact(place.path)}
    region = _region(place)
    if region:
        location["region"] = region
    return location


def _artifact(path: str) -> Json:
    address = quote(path.replace("\\", "/"), safe="/", errors="surrogateescape")
    if address.startswith("/"):
        return {"uri": f"file://{address}"}
    return {"uri": address, "uriBaseId": _ROOT}


def _region(place: Place) -> dict[str, Json]:
    if not place.line:
        return {}
    region: dict[str, Json] = {"startLine": place.line}
    if place.column:
        region["startColumn"] = place.column
    if place.end_line:
        region["endLine"] = place.end_line
        if place.end_column:
            region["endColumn"] = place.end_column
    return region


def _fix(fix: Fix) -> Json:
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.place.path, []).append(edit)
    changes: list[Json] = [
        {"artifactLocation": _artifact(path), "replacements": _replacements(edits)}
        for path, edits in by_path.items()
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _replacements(edits: Sequence[Edit]) -> list[Json]:
    return [
        {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.replacement}}
        for edit in edits
    ]
