"""The nouns of looking: what a probe looks for, and what it saw."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact
from be_tui.core.project.looks.masking import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from be_tui.core.project.looks.source import Source

MOST_SIGHTS = 100_000
"""Sights of a kind that are kept; beyond that they are only counted."""

MOST_IN_FILE = 300
"""Sights that one mark finds in one file."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One place that a look found."""

    kind: str
    """What it shows: `http.call`, `sql.raw`."""

    path: str
    line: int
    text: str
    """The line, to be shown; never without `mask`."""

    value: str = ""
    """What of it counts: a name, a number."""


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look for, and the words without which a file does not have it."""

    words: frozenset[bytes]
    """Whole words in lower case, letters, digits and `_`: one of them must be there."""

    find: Callable[[Source], Iterator[Sight]]
    stems: tuple[bytes, ...] = ()
    """Parts of words in lower case; a space before one stands for the word's beginning."""

    languages: frozenset[str] = frozenset()
    """The languages that it knows; empty for all source code."""

    configuration: bool = False
    """True where it looks into configuration too."""

    browser: bool = False
    """True where it looks into code too that runs in a browser."""

    beside: bool = False
    """True where it looks into code too that is kept with the source and is none."""


class Sights:
    """What all looks of one pass found."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._counts: Counter[str] = Counter()
        self._kept: defaultdict[str, list[Sight]] = defaultdict(list)

    def add(self, found: Iterable[Sight]) -> None:
        """Count sights, and keep the first of each kind."""
        for sight in found:
            self._counts[sight.kind] += 1
            kept = self._kept[sight.kind]
            if len(kept) < MOST_SIGHTS:
                kept.append(sight)

    def count(self, kind: str) -> int:
        """Count the sights of a kind."""
        return self._counts[kind]

    def of(self, *kinds: str) -> tuple[Sight, ...]:
        """Give the sights of some kinds."""
        return tuple(sight for kind in kinds for sight in self._kept.get(kind, ()))


def facts(sights: Iterable[Sight], most: int = 8) -> tuple[Fact, ...]:
    """Give the first sights as facts, a line once; what looks secret in them is masked."""
    told: dict[tuple[str, int], Fact] = {}
    for sight in sights:
        if len(told) == most:
            break
        told.setdefault((sight.path, sight.line), Fact(mask(sight.text), sight.path, sight.line))
    return tuple(told.values())


def mark(
    kind: str,
    words: str,
    expression: bytes,
    *,
    languages: str = "",
    stems: tuple[bytes, ...] = (),
    strings: bool = False,
    configuration: bool = False,
) -> Look:
    """Make a look of one pattern; a line counts once.

    Args:
        kind: The sights' kind.
        words: The words of the look, with spaces between.
        expression: The pattern; its group `value`, if it has one, is the sights' value.
        languages: The languages' names, with commas between; empty for all.
        stems: As `Look` has them.
        strings: True where it may match inside of strings.
        configuration: True to look into configuration too, and there into all text.
    """
    compiled = re.compile(expression, re.MULTILINE)
    valued = "value" in compiled.groupindex

    def find(source: Source) -> Iterator[Sight]:
        if compiled.search(source.data) is None:
            return
        seen = set()
        view = source.plain if strings else source.code
        for match in compiled.finditer(view):
            line = source.line(match.start())
            if line not in seen:
                seen.add(line)
                value = (match["value"] or b"").decode("utf-8", "replace") if valued else ""
                yield source.sight(kind, match.start(), value)
            if len(seen) >= MOST_IN_FILE:
                break

    return Look(
        frozenset(words.encode().split()),
        find,
        stems,
        frozenset(filter(None, languages.split(","))),
        configuration,
    )
