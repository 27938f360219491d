"""Finds comments that mark unfinished work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKERS = (b"todo", b"fixme", b"hack", b"xxx")
"""Words that mark unfinished work, in lower case."""

LONGEST = 160
"""Characters of a line that are told."""

_LEAD = re.compile(rb"(?:#|//|/\*|^[ \t]*\*|--|<!--|;;)[ \t*!@\[(]{0,4}$")
"""What stands before the word: a comment begins with it."""

_REACH = 80
"""Bytes before the word that are looked at."""

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_-")


@dataclass(frozen=True, slots=True)
class Remark:
    """One line worth telling."""

    path: str
    line: int
    text: str


def remarks(path: str, data: bytes) -> Iterator[Remark]:
    """Give the comments that begin with a word for unfinished work."""
    # A plain search for each word costs a fiftieth of one pattern for all.
    lower = data.lower()
    found = sorted(at for marker in MARKERS for at in _places(lower, marker))
    for at in found:
        start = max(lower.rfind(b"\n", 0, at) + 1, at - _REACH)
        if _LEAD.search(lower[start:at]):
            yield Remark(path, data.count(b"\n", 0, at) + 1, line_at(data, at))


def line_at(data: bytes, start: int) -> str:
    """Give the text from a place to the end of its line, short enough to show."""
    end = data.find(b"\n", start)
    text = data[start : end if end >= 0 else len(data)]
    return text.decode("utf-8", "replace").strip()[:LONGEST]


def _places(lower: bytes, marker: bytes) -> Iterator[int]:
    at = lower.find(marker)
    while at >= 0:
        after = at + len(marker)
        if lower[after : after + 1] == b"" or lower[after] not in _WORD:
            yield at
        at = lower.find(marker, after)
