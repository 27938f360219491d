"""One pass over the source files: what every probe that counts in code needs, each file once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.project import testpatterns as patterns
from be_tui.core.project.languages import files_beside, says_generated, source_files
from be_tui.core.project.loops import queries_in_loops
from be_tui.core.project.remarks import Remark, remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.languages import Language, SourceFile
    from be_tui.core.project.looks.model import Sights
    from be_tui.core.project.looks.passing import Pass

MOST_REMARKS = 500
"""Lines kept to be shown; beyond that they are only counted."""

_ONE_OFF = re.compile(r"(?:^|/)(?:migrations|migrate|versions|seeds?|fixtures|scripts)/")
"""Code that runs once, by hand or at a release; what it costs a request is nothing."""


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

    sights: Sights | None = None
    """What the looks of this pass found, if it had any."""

    @property
    def lines(self) -> int:
        """Count the lines of all files."""
        return sum(file.lines for file in self.files)


def scan(checkout: Checkout, looks: Pass | None = None) -> Scan:
    """Read every source file once.

    Args:
        checkout: The files.
        looks: What else to look for in them; tests are passed over.

    Raises:
        OSError: The folder cannot be read.
        Cancelled: The cancel was set.
    """
    files: list[Scanned] = []
    left_open, suspects = _Tally(), _Tally()
    if looks is not None:
        looks.begin(checkout)
    for source in source_files(checkout):
        checkout.cancel.check()
        data = checkout.read(source.path)
        if data is None or says_generated(data):
            continue
        files.append(_counted(source, data))
        left_open.add(remarks(source.path, data))
        if not source.is_test:
            if not _ONE_OFF.search(source.path):
                suspects.add(queries_in_loops(source.path, source.language.name, data))
            if looks is not None:
                looks.look(source.path, source.language.name, data)
    if looks is not None:
        for source in files_beside(checkout):
            checkout.cancel.check()
            data = checkout.read(source.path, keep=False)
            if data is not None and not source.is_test:
                looks.look(source.path, source.language.name, data, beside=True)
        looks.configuration(checkout)
    sights = looks.sights if looks is not None else None
    return Scan(tuple(files), left_open.done(), suspects.done(), checkout.bounded, sights)


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
