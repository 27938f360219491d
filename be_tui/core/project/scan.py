"""One pass over the source files: what every probe that counts in code needs, each file once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.project import patterns
from be_tui.core.project.languages import says_generated, source_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.languages import Language, SourceFile

MOST_REMARKS = 500
"""Lines kept to be shown; beyond that they are only counted."""

MOST_CALLS = 200
"""Queries of one file that are looked at."""

_BLANK = re.compile(rb"[ \t]*")
_BORDER = re.compile(
    rb"^[ \t]*(?:(?:async|public|private|protected|static|export|override|suspend|pub)\s+)*"
    rb"(?:def|func|function|fun|fn|class)\b"
)
"""A line that begins a function or class: a loop further out is not the caller's."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was counted in one source file."""

    path: str
    language: Language
    is_test: bool
    lines: int
    tests: int
    """Test functions."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line worth telling."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """Lines worth telling: how many there are, and the first of them."""

    count: int
    first: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over the source files counted; generated files are left out."""

    files: tuple[Scanned, ...]
    left_open: Remarks
    """Comments that mark unfinished work."""

    suspects: Remarks
    """Calls that look like a query inside a loop."""

    bounded: bool = False
    """True where not every source file was read."""

    @property
    def lines(self) -> int:
        """Count the lines of all files."""
        return sum(file.lines for file in self.files)


def scan(checkout: Checkout) -> Scan:
    """Read every source file once.

    Raises:
        OSError: The folder cannot be read.
        Cancelled: The cancel was set.
    """
    files: list[Scanned] = []
    left_open, suspects = _Tally(), _Tally()
    for source in source_files(checkout):
        checkout.cancel.check()
        data = checkout.read(source.path)
        if data is None or says_generated(data):
            continue
        files.append(_counted(source, data))
        left_open.add(remarks(source.path, data))
        if not source.is_test:
            suspects.add(queries_in_loops(source.path, source.language.name, data))
    return Scan(tuple(files), left_open.done(), suspects.done(), checkout.bounded)


class _Tally:
    def __init__(self) -> None:
        self._count = 0
        self._first: list[Remark] = []

    def add(self, found: Iterator[Remark]) -> None:
        for remark in found:
            self._count += 1
            if len(self._first) < MOST_REMARKS:
                self._first.append(remark)

    def done(self) -> Remarks:
        return Remarks(self._count, tuple(self._first))


def count_lines(data: bytes) -> int:
    """Count lines; the last one needs no newline."""
    return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))


def _counted(source: SourceFile, data: bytes) -> Scanned:
    name = source.language.name
    pattern = patterns.TESTS.get(name)
    tests = 0
    if pattern is not None and (source.is_test or name in patterns.INLINE_TESTS):
        tests = pattern.count(data)
    return Scanned(source.path, source.language, source.is_test, count_lines(data), tests)


def remarks(path: str, data: bytes) -> Iterator[Remark]:
    """Give the comments that mark unfinished work."""
    lower = data.lower()
    if not any(marker in lower for marker in patterns.MARKERS):
        return
    line, counted = 1, 0
    for match in patterns.LEFT_OPEN.finditer(data):
        line += data.count(b"\n", counted, match.start())
        counted = match.start()
        yield Remark(path, line, _told(match[1]))


def queries_in_loops(path: str, language: str, data: bytes) -> Iterator[Remark]:
    """Give the calls that look like a query and stand in the body of a loop."""
    pattern = patterns.QUERIES.get(language)
    if pattern is None or not any(sign in data for sign in pattern.signs):
        return
    seen = -1
    for number, match in enumerate(patterns.query(language).finditer(data)):
        start = data.rfind(b"\n", 0, match.start()) + 1
        if start == seen:
            continue
        if number >= MOST_CALLS:
            return
        if patterns.one_line(language, data, start, match) or _in_loop(language, data, start):
            seen = start
            end = data.find(b"\n", start)
            text = data[start : end if end >= 0 else len(data)]
            yield Remark(path, data.count(b"\n", 0, start) + 1, _told(text))


def _in_loop(language: str, data: bytes, start: int) -> bool:
    """Go up from a line to those that it stands in; tell whether one of them is a loop."""
    loop = patterns.loop(language)
    depth = _depth(data, start)
    while loop is not None and depth > 0 and start > 0:
        end = start - 1
        start = data.rfind(b"\n", 0, end) + 1
        if not data[start:end].strip():
            continue
        here = _depth(data, start)
        if here < depth:
            depth = here
            line = data[start:end]
            if loop.search(line):
                return True
            if _BORDER.match(line):
                return False
    return False


def _depth(data: bytes, start: int) -> int:
    blank = _BLANK.match(data, start)
    return len(blank[0].expandtabs(4)) if blank else 0


def _told(text: bytes) -> str:
    return text.decode("utf-8", "replace").strip()[:160]
