"""What a reader does with a page: go from link to link, find words, mark code, keep a place.

A reading is a value; each thing done gives another one. Lines from `top` up to `bottom` are
those in view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.document.finding import Match, find

if TYPE_CHECKING:
    from be_tui.core.document.page import Page, PlacedCode, PlacedLink


@dataclass(frozen=True, slots=True)
class Position:
    """Where in a document a reader is, whatever its width."""

    block: int = 0
    """The block at the top."""

    depth: float = 0.0
    """How far down in it, from 0 to 1."""

    slug: str = ""
    """The heading that was gone to, as long as that is what is read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page being read."""

    page: Page
    link: int = -1
    """The link that the keys act on, by its number on the page; -1 for none."""

    words: str = ""
    """What is being looked for."""

    matches: tuple[Match, ...] = ()
    match: int = -1
    """The match that was gone to last; -1 for none."""

    code: int = -1
    """The block of code that is marked, by its number on the page; -1 for none."""

    @property
    def linked(self) -> PlacedLink | None:
        """Give the link that the keys act on."""
        return self.page.links[self.link] if self.link >= 0 else None

    @property
    def matched(self) -> Match | None:
        """Give the match that was gone to last."""
        return self.matches[self.match] if self.match >= 0 else None

    @property
    def marked(self) -> PlacedCode | None:
        """Give the block of code that is marked."""
        return self.page.code[self.code] if self.code >= 0 else None

    def on(self, page: Page) -> Reading:
        """Go on with the same document at another width."""
        matches = find(page, self.words)
        return replace(self, page=page, matches=matches, match=min(self.match, len(matches) - 1))

    def next_link(self, step: int, top: int, bottom: int) -> Reading:
        """Go to the next link, or with a step of -1 to the one before.

        A reader who has scrolled the link out of view begins anew with what is in view.
        """
        links = self.page.links
        here = self.linked
        if here and any(top <= reach.line < bottom for reach in here.reaches):
            number = self.link + step
        elif step > 0:
            number = bisect_left(links, top, key=_line)
        else:
            number = bisect_left(links, bottom, key=_line) - 1
        return replace(self, link=number) if 0 <= number < len(links) else self

    def search(self, words: str, top: int) -> Reading:
        """Look for words, and go to the first of them that is not above the view."""
        matches = find(self.page, words)
        number = bisect_left(matches, top, key=_line)
        match = number % len(matches) if matches else -1
        return replace(self, words=words, matches=matches, match=match)

    def next_match(self, step: int) -> Reading:
        """Go to the next match, or with a step of -1 to the one before; round and round."""
        if not self.matches:
            return self
        return replace(self, match=(self.match + step) % len(self.matches))

    def matches_on(self, line: int) -> range:
        """Give the numbers of the matches that a line has a part in."""
        first = bisect_left(self.matches, line, key=lambda match: match.reaches[-1].line)
        after = bisect_left(self.matches, line + 1, key=_line)
        return range(first, after)

    def link_at(self, line: int, column: int) -> int:
        """Give the number of the link at a place; -1 where there is none."""
        first = bisect_left(self.page.links, line, key=lambda link: link.reaches[-1].line)
        for number in range(first, len(self.page.links)):
            reaches = self.page.links[number].reaches
            if reaches[0].line > line:
                break
            if any(each.line == line and each.start <= column < each.end for each in reaches):
                return number
        return -1

    def link_above(self, line: int) -> int:
        """Give the number of the last link that begins on a line or above it, or the first."""
        return max(bisect_right(self.page.links, line, key=_line) - 1, 0)

    def pointed(self, line: int, column: int) -> Reading:
        """Take up the link, or mark the code, that a person points at."""
        number = self.link_at(line, column)
        if number >= 0:
            return replace(self, link=number)
        placed = self.page.code_at(line)
        return replace(self, code=self.page.code.index(placed)) if placed else self

    def next_code(self, top: int, bottom: int) -> Reading:
        """Mark the block of code nearest to the view, or the next in view if it is marked."""
        code = self.page.code
        seen = [n for n, each in enumerate(code) if each.start < bottom and each.end > top]
        if seen:
            begun = [n for n in seen if code[n].start >= top] or seen
            number = begun[0]
            if self.code in seen:
                number = seen[(seen.index(self.code) + 1) % len(seen)]
        else:
            below = bisect_left(code, bottom, key=lambda each: each.start)
            number = min(below, len(code) - 1)
        return replace(self, code=number)

    def position(self, top: int) -> Position:
        """Give the place of the line at the top of the view."""
        lines = self.page.lines
        if not lines:
            return Position()
        top = min(top, len(lines) - 1)
        first, count = self._stretch(lines[top].block)
        return Position(lines[top].block, (top - first) / count)

    def line_of(self, position: Position) -> int:
        """Give the line of a place that was given at this width or another."""
        lines = self.page.lines
        if not lines:
            return 0
        first, count = self._stretch(min(position.block, lines[-1].block))
        return first + min(round(position.depth * count), count - 1)

    def _stretch(self, block: int) -> tuple[int, int]:
        """Give the first line of a block, and how many there are."""
        lines = self.page.lines
        first = bisect_left(lines, block, key=lambda line: line.block)
        after = bisect_left(lines, block + 1, key=lambda line: line.block)
        return min(first, len(lines) - 1), max(after - first, 1)


def _line(placed: PlacedLink | Match) -> int:
    return placed.reaches[0].line
