"""Prose, code and differences as blocks, before anyone knows how wide the page is.

Roles name what a piece of text is, never how it looks: a screen maps them to a theme's
styles, a command to terminal attributes, a file to plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "text",
    "strong",
    "emphasis",
    "code",
    "link",
    "heading",
    "title",
    "muted",
    "quote",
    "good",
    "warning",
    "bad",
    "added",
    "removed",
    "hunk",
    "path",
    "chosen",
    "key",
    # The parts of highlighted code.
    "code-keyword",
    "code-name",
    "code-string",
    "code-number",
    "code-comment",
    "code-operator",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one role."""

    text: str
    role: Role = "text"
    link: str = ""
    """Where it leads: `guide#caching`, `#caching`, `https://…`, `file:app/db.py:12`, `action:…`."""


Text = tuple[Span, ...]
"""One paragraph's worth of spans; newlines in it are hard breaks."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its slug is the address within the document."""

    text: Text
    level: int
    slug: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Text that is never wrapped, with the language that highlights it."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is made of blocks."""

    items: tuple[tuple[Block, ...], ...]
    first: int = 0
    """The first number of an ordered list; 0 for bullets."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words, or an aside."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A horizontal rule."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that are cut, not wrapped, where the page ends: maps, differences, aligned facts."""

    lines: tuple[Text, ...]


Block = Heading | Paragraph | CodeBlock | Items | Quote | Table | Ruled | Lines


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in reading order."""

    blocks: tuple[Block, ...] = ()

    def __add__(self, other: Document) -> Document:
        """Give one document after the other."""
        return Document(self.blocks + other.blocks)
