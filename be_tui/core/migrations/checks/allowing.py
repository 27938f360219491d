"""Findings that a comment allows: be-tui's own, and those of squawk, Atlas, eugene and pgfence.

A comment holds for the statement that it stands in or before, or for its whole file. be-tui's own
demands a reason; one that allows nothing is told. Those of other tools are taken as they are, by
the names that a rule is also known as.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.knowledge import Rule
    from be_tui.core.migrations.model import Migration

_OWN = re.compile(
    r"be-tui:\s*(?:allow|ignore)(?P<file>-file)?\s+(?P<names>[a-z][\w-]*(?:\s*,\s*[a-z][\w-]*)*)"
    r"(?P<rest>[^\n]*)",
    re.I,
)
_REASON = re.compile(r"\s*(?:because|:|-+)\s*(?P<reason>\S.*?)\s*(?:\*/)?$", re.I)
_FOREIGN = (
    ("squawk", re.compile(r"--\s*squawk-ignore(?P<file>-file)?\b(?P<names>[^\n]*)")),
    ("Atlas", re.compile(r"--\s*atlas:nolint\b(?P<file>)(?P<names>[^\n]*)")),
    ("pgfence", re.compile(r"--\s*pgfence-ignore\b(?P<file>):?(?P<names>[^\n]*)")),
    ("eugene", re.compile(r"--\s*eugene:\s*ignore\b(?P<file>)(?P<names>[^\n]*)")),
)
_SIGNS = ("be-tui:", "squawk-ignore", "atlas:nolint", "pgfence-ignore", "eugene:", "safety_assured")
_ASSURED = re.compile(r"^(?P<indent>[ \t]*)safety_assured\b(?P<block>[^\n]*)", re.M)

_ANALYZERS = {
    "destructive": ("DS",),
    "data_depend": ("MF",),
    "incompatible": ("BC",),
    "concurrent_index": ("PG101", "PG102", "PG103"),
    "constraint": ("CD",),
    "naming": ("NM",),
}
"""What Atlas calls its analyzers, and how the codes of each begin."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """One comment that allows findings."""

    tool: str
    """`be-tui`, or whose comment it is."""

    names: tuple[str, ...]
    """Rules by that tool's names; none for all of them."""

    line: int
    last: int
    """The last line that it holds for; 0 for all of the file."""

    reason: str = ""


def allowances(text: str, migration: Migration) -> tuple[Allowance, ...]:
    """Give the comments of a migration's file that allow findings."""
    if not any(sign in text for sign in _SIGNS):
        return ()
    found = []
    for each in _OWN.finditer(text):
        names = tuple(name.strip().lower() for name in each["names"].split(","))
        said = _REASON.match(each["rest"])
        line = text.count("\n", 0, each.start()) + 1
        last = 0 if each["file"] else _last(line, migration)
        found.append(Allowance("be-tui", names, line, last, said["reason"] if said else ""))
    for tool, pattern in _FOREIGN:
        for each in pattern.finditer(text):
            names = tuple(re.findall(r"[\w-]+", each["names"]))
            line = text.count("\n", 0, each.start()) + 1
            whole = bool(each["file"]) or (tool == "Atlas" and _heads(text, each.end(), line))
            found.append(Allowance(tool, names, line, 0 if whole else _last(line, migration)))
    if migration.format == "rails":
        found += _assured(text)
    return tuple(found)


def _heads(text: str, end: int, line: int) -> bool:
    """Tell whether a comment stands at the file's head, with an empty line after it."""
    return line == 1 and text[end : end + 2].replace("\r", "") in {"\n\n", "\n"}


def _last(line: int, migration: Migration) -> int:
    """Give the last line of the statement that a comment stands in or before."""
    statements = sorted(
        (each.statement for each in migration.up.statements), key=lambda found: found.line
    )
    for number, statement in enumerate(statements):
        end = statement.line + statement.text.count("\n")
        if end >= line:
            same = [each for each in statements[number:] if each.line == statement.line]
            return max(each.line + each.text.count("\n") for each in same)
    return line


def _assured(text: str) -> list[Allowance]:
    """Give the blocks that strong_migrations is told to let pass."""
    found = []
    for each in _ASSURED.finditer(text):
        line = text.count("\n", 0, each.start()) + 1
        closing = "end" if re.search(r"\bdo\b", each["block"]) else "}"
        last = line
        if "}" not in each["block"]:
            end = re.compile(rf"^{each['indent']}{re.escape(closing)}", re.M)
            stop = end.search(text, each.end())
            last = text.count("\n", 0, stop.start()) + 1 if stop else line
        found.append(Allowance("strong_migrations", (), line, last))
    return found


def rules_meant(names: Iterable[str], tool: str, words: Mapping[str, Rule]) -> frozenset[str]:
    """Give the rules that another tool's names stand for; what is unknown stands for none."""
    found: set[str] = set()
    for name in names:
        starts = _ANALYZERS.get(name, ()) if tool == "Atlas" else ()
        for rule in words.values():
            for known in rule.also_known_as:
                whose, _, theirs = known.partition(" ")
                if whose == tool and (theirs == name or (starts and theirs.startswith(starts))):
                    found.add(rule.id)
    return frozenset(found)
