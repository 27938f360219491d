"""Where complicated code is changed often: each file's changes times its complexity.

Complexity is measured by indentation, which follows nesting in every language and needs
no parser (Hindle, Godfrey and Holt, "Reading Beside the Lines", 2008; Tornhill, Your Code
as a Crime Scene).
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.history import COMMAND, DAYS
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted, share

if TYPE_CHECKING:
    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.scan import Scanned

OFTEN = 5
"""Changes in 90 days below which a file is no hotspot, however complicated."""

TOP = 10
_MOST_MEASURED = 2000
"""Changed files whose complexity is measured, the most changed first."""

_INDENT = re.compile(rb"^([ \t]+)[^\s]", re.MULTILINE)
_GENERIC = frozenset(
    {
        "index", "main", "mod", "lib", "app", "base", "core", "init", "__init__", "service",
        "services", "models", "model", "views", "view", "routes", "router", "routers", "api",
        "controller", "handler", "handlers", "repository", "schemas", "schema", "utils", "types",
        "config", "errors", "client", "server", "store", "crud",
    }
)  # fmt: skip
"""File names that say nothing without their folder's."""


@dataclass(frozen=True, slots=True)
class Hotspot:
    """One file that was changed."""

    file: Scanned
    changes: int
    complexity: int

    @property
    def score(self) -> int:
        """Give changes times complexity."""
        return self.changes * self.complexity


def take(gathering: Gathering) -> Found:
    """Rank the source files that were changed."""
    history = gathering.history
    sources = {file.path: file for file in gathering.scan.files if not file.is_test}
    changes = Counter(path for each in history.commits for path in each.paths if path in sources)
    if not changes:
        raise NoAnswer(f"no source file was changed in the last {DAYS} days")
    spots = []
    for path, count in changes.most_common(_MOST_MEASURED):
        gathering.cancel.check()
        data = gathering.checkout.read(path) or b""
        spots.append(Hotspot(sources[path], count, complexity(data, sources[path].language.indent)))
    spots.sort(key=lambda spot: (-spot.score, spot.file.path))
    tenth = ceil(len(changes) / 10)
    hot = [spot for spot in spots[:tenth] if spot.changes >= OFTEN and spot.complexity]
    tests = [file.path for file in gathering.scan.files if file.is_test]
    untested = {
        spot.file.path for spot in hot[:TOP] if not _is_named(gathering.checkout, spot, tests)
    }
    return _told(spots, hot, untested, changes, bounded=history.bounded)


def complexity(data: bytes, indent: int) -> int:
    """Add up the levels of indentation of all lines that hold something."""
    levels = 0
    for lead, times in Counter(_INDENT.findall(data)).items():
        tabs = lead.count(b"\t")
        levels += times * (tabs + (len(lead) - tabs) // indent)
    return levels


def _is_named(checkout: Checkout, spot: Hotspot, tests: list[str]) -> bool:
    """Tell whether a test file names the hotspot: in its own name, or in what it says."""
    folder, _, name = spot.file.path.rpartition("/")
    stem = name.partition(".")[0]
    parent = folder.rpartition("/")[2]
    words = {stem} if stem not in _GENERIC else {stem, parent} - {"__init__", ""}
    looked_for = [
        (word, re.compile(rb"(?<![A-Za-z0-9])" + re.escape(word) + rb"(?![A-Za-z0-9])"))
        for word in map(os.fsencode, words)
    ]
    for path in tests:
        data = b"\n".join((os.fsencode(path), checkout.read(path) or b""))
        # The plain search rules out nearly all, at a tenth of the pattern's cost.
        if all(word in data and pattern.search(data) for word, pattern in looked_for):
            return True
    return False


def _told(
    spots: list[Hotspot],
    hot: list[Hotspot],
    untested: set[str],
    changes: Counter[str],
    *,
    bounded: bool,
) -> Found:
    top = (hot or spots)[0]
    in_top = sum(count for _, count in changes.most_common(TOP))
    percent = share(in_top, changes.total())
    facts = [
        Fact(
            f"{counted(spot.changes, 'change')}, complexity {spot.complexity}, "
            f"{counted(spot.file.lines, 'line')}"
            + ("; no test names it" if spot.file.path in untested else ""),
            spot.file.path,
        )
        for spot in (hot or spots)[:TOP]
    ]
    if bounded:
        facts.append(Fact("only the newest commits of these days were read"))
    return Found(
        f"{top.file.path} leads: {counted(top.changes, 'change')} in {DAYS} days; "
        f"{counted(len(hot), 'file')} of {len(changes)} changed often and hard to read",
        (
            Measure("hotspots.files", len(hot)),
            Measure("hotspots.top_changes", top.changes),
            Measure("hotspots.top_share", percent, "%"),
            Measure("hotspots.untested", len(untested)),
        ),
        tuple(facts),
        confidence="high" if len(changes) >= TOP else "medium",
        command=COMMAND,
    )


PROBE = Probe(
    "hotspots",
    "Where is complicated code changed often?",
    ("hotspots.files", "hotspots.top_changes", "hotspots.top_share", "hotspots.untested"),
    take,
    reads_history=True,
)
