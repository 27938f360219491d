"""Findings as Markdown, for a report, a pull request or a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean
from be_tui.core.reports.counting import by_file, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.findings import Finding

_CODE = re.compile(r"(`[^`\n]+`)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")


def markdown(findings: Iterable[Finding]) -> str:
    """Give findings file by file below a heading that counts them."""
    findings = tuple(findings)
    counted = summary(findings)
    lines = [f"## {counted[:1].upper()}{counted[1:]}", ""]
    for path, group in by_file(findings):
        lines += [f"### {_code(path)}" if path else "### The whole", ""]
        for finding in group:
            lines += _item(finding)
        lines.append("")
    # A name or a text from outside may hold what a terminal would obey.
    return clean("\n".join(lines).rstrip("\n") + "\n")


def _item(finding: Finding) -> Iterator[str]:
    place = finding.place
    where = f" line {place.line}" if place.line else ""
    yield f"- **{finding.severity}**{where}: {_words(finding.message)} ({_code(finding.rule)})"
    if finding.why:
        yield f"  - Why: {_words(finding.why)}"
    if finding.fix:
        yield f"  - Fix: {_words(finding.fix.title)}"
        if finding.fix.statements:
            yield from _fenced(finding.fix.statements, "    ")
    if finding.references:
        yield f"  - Read: {', '.join(map(_code, finding.references))}"


def _fenced(sql: str, indent: str) -> Iterator[str]:
    """Give SQL in a fence that it does not hold itself, below a list's item."""
    longest = max(map(len, re.findall(r"`+", sql)), default=0)
    fence = "`" * max(3, longest + 1)
    yield ""
    yield f"{indent}{fence}sql"
    yield from (f"{indent}{line}".rstrip() for line in sql.splitlines())
    yield f"{indent}{fence}"


def _words(text: str) -> str:
    """Give prose that Markdown takes as prose; what stands between backticks stays code."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(
        part if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts)
    )


def _code(text: str) -> str:
    """Give text as code, between more backticks than it holds in a row."""
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if "`" in text else ""
    return f"{fence}{blank}{text}{blank}{fence}"
