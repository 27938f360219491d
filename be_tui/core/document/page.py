"""A document at one width: lines, and where its headings, links and code stand on them.

Lines count from 0. Columns are indices into the characters of an uncut line, not cells.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.document.model import CodeBlock, Text

LineKind = Literal["text", "heading", "rule", "table", "code", "lines", "blank"]
"""What a line is part of; `code` and `lines` are cut where they are too long."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, no wider than its page."""

    spans: Text
    block: int
    """Which of the document's blocks it comes from."""

    kind: LineKind = "text"
    lead: int = 0
    """Characters before its own text: indents, bullets, the bar of a quote."""

    joined: bool = False
    """True where it goes on with the sentence, or the table row, of the line above."""

    whole: Text = ()
    """The line before it was cut; empty where it was not."""

    @property
    def text(self) -> str:
        """Give its characters, as far as they show."""
        return "".join([span.text for span in self.spans])

    @property
    def uncut(self) -> Text:
        """Give its spans, those beyond the page too."""
        return self.whole or self.spans

    def parts(self) -> tuple[Text, Text]:
        """Give its lead, and its own text uncut."""
        spans = self.uncut
        count = length = 0
        while length < self.lead:
            length += len(spans[count].text)
            count += 1
        return spans[:count], spans[count:]


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of one line."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link, with every stretch that it covers."""

    link: str
    reaches: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """A block of code, and the lines it stands on."""

    code: CodeBlock
    start: int
    end: int
    """One past its last line."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A heading's address, and its line."""

    slug: str
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """A document laid out."""

    width: int
    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...]
    """In the order of their lines."""

    links: tuple[PlacedLink, ...]
    """In reading order."""

    code: tuple[PlacedCode, ...]
    wide: frozenset[int] = frozenset()
    """The blocks with lines that had to be cut; they can be moved sideways."""

    def line_of(self, slug: str) -> int | None:
        """Give the line of the heading with that slug."""
        return next((each.line for each in self.anchors if each.slug == slug), None)

    def slug_at(self, line: int) -> str:
        """Give the slug of the heading that a line stands under; nothing above the first."""
        index = bisect_right(self.anchors, line, key=lambda anchor: anchor.line)
        return self.anchors[index - 1].slug if index else ""

    def code_at(self, line: int) -> PlacedCode | None:
        """Give the block of code that a line is part of."""
        index = bisect_right(self.code, line, key=lambda placed: placed.start)
        placed = self.code[index - 1] if index else None
        return placed if placed and line < placed.end else None
