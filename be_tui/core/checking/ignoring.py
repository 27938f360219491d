"""Findings that a comment takes back: `-- be-tui: ignore RULE because ...`.

It holds for the line that it stands on, and for the statement that begins on the next line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|\$(\w*)\$.*?\$\1\$"
_COMMENT = re.compile(rf"{_QUOTED}|(?P<comment>--[^\n]*|/\*.*?\*/|\#[^\n]*|//[^\n]*)", re.S)
_SAID = re.compile(
    r"be-tui:\s*ignore\s+(?P<rules>[a-z][\w-]*(?:\s*,\s*[a-z][\w-]*)*)(?P<rest>[^\n]*)", re.I
)
_REASON = re.compile(r"\s*(?:because|:|-+)\s*(?P<reason>\S.*?)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Ignored:
    """One such comment."""

    rules: frozenset[str]
    line: int
    last_line: int
    """Of the comment; what begins on the next line is meant too."""

    reason: str
    start: int
    end: int


def ignored(text: str) -> tuple[Ignored, ...]:
    """Give the comments of a text that take findings back."""
    if "be-tui:" not in text.lower():
        return ()
    found = []
    for each in _COMMENT.finditer(text):
        said = _SAID.search(each["comment"] or "")
        if said is None:
            continue
        rules = frozenset(rule.strip().lower() for rule in said["rules"].split(","))
        reason = _REASON.match(said["rest"].removesuffix("*/"))
        line = text.count("\n", 0, each.start()) + 1
        last = line + each[0].count("\n")
        told = reason["reason"] if reason else ""
        found.append(Ignored(rules, line, last, told, each.start(), each.end()))
    return tuple(found)
