"""Find words on a page, also where a sentence goes on in the next line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.document.page import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.document.page import Line, Page


@dataclass(frozen=True, slots=True)
class Match:
    """One place where the words were found, with every stretch that it covers."""

    reaches: tuple[Reach, ...]


def find(page: Page, words: str) -> tuple[Match, ...]:
    """Give every place of the words on the page, capitals or not, in reading order.

    Blanks in the words stand for any blanks, the end of a wrapped line among them.
    """
    parts = words.split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join([re.escape(part) for part in parts]), re.IGNORECASE)
    found: list[Match] = []
    for first, lines in _sentences(page.lines):
        text = "\n".join([_own(line) for line in lines])
        for match in pattern.finditer(text):
            reaches = tuple(_reaches(first, lines, match.start(), match.end()))
            found.append(Match(reaches))
    return tuple(found)


def _sentences(lines: Sequence[Line]) -> Iterator[tuple[int, Sequence[Line]]]:
    """Give the runs of lines that go on from each other; a table's lines stand alone."""
    first = 0
    for number in range(1, len(lines) + 1):
        goes_on = number < len(lines) and lines[number].joined and lines[number].kind != "table"
        if not goes_on:
            yield first, lines[first:number]
            first = number


def _reaches(first: int, lines: Sequence[Line], start: int, end: int) -> Iterator[Reach]:
    offset = 0
    for number, line in enumerate(lines, first):
        length = len(_own(line))
        begin, stop = max(start - offset, 0), min(end - offset, length)
        if begin < stop:
            yield Reach(number, line.lead + begin, line.lead + stop)
        offset += length + 1


def _own(line: Line) -> str:
    return "".join([span.text for span in line.uncut])[line.lead :]
