"""Lay a document out for a width: wrapped prose, drawn tables, code that is cut, not wrapped.

No line is ever wider than the page, and nothing in it is obeyed by a terminal. Used for
screens and for plain text alike.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean, width
from be_tui.core.document.model import (
    CodeBlock,
    Heading,
    Items,
    Lines,
    Paragraph,
    Quote,
    Ruled,
    Span,
    Table,
)
from be_tui.core.document.page import Anchor, Line, Page, PlacedCode, PlacedLink, Reach
from be_tui.core.document.tables import draw_table
from be_tui.core.document.wrap import cut_text, split, text_width, toned, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.document.model import Block, Document, Role, Text
    from be_tui.core.document.page import LineKind

GLYPHS = "•│─┼═╪›"
"""Every sign that is drawn here and is not ASCII; a screen without them translates each."""

NARROWEST = 20
"""A page is never laid out narrower than this."""

_LEAST_ROOM = 12
"""Where nesting leaves less room than this, it begins again at the left."""

_INDENT = Span("  ")
_HEADING_ROLES: tuple[Role, ...] = ("title", "heading", "strong")


def lay_out(document: Document, width: int, measure: int = 0) -> Page:
    """Lay a document out.

    Args:
        document: What to lay out.
        width: The cells of a line; at least `NARROWEST` is used.
        measure: Where prose is wrapped, if that is narrower than the page: long lines are
            hard to read, while code and tables want all the room there is.
    """
    width = max(width, NARROWEST)
    writer = _Writer(width, min(max(measure, NARROWEST) if measure else width, width))
    for index, block in enumerate(document.blocks):
        writer.block = index
        writer.gap()
        writer.write(block)
    lines = tuple(writer.lines)
    wide = frozenset([line.block for line in lines if line.whole])
    return Page(width, lines, tuple(writer.anchors), _links(lines), tuple(writer.code), wide)


def code_lines(code: CodeBlock) -> list[str]:
    """Give the lines of a block of code as they are laid out, before they are cut."""
    return clean(code.text).rstrip("\n").split("\n")


class _Writer:
    """Writes blocks as lines, each with the indents and bars of what it is nested in."""

    def __init__(self, width: int, measure: int) -> None:
        self.lines: list[Line] = []
        self.anchors: list[Anchor] = []
        self.code: list[PlacedCode] = []
        self.block = 0
        self._width = width
        self._measure = measure
        self._first: Text = ()
        self._rest: Text = ()
        self._used = 0

    def write(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Paragraph(text):
                self._prose(text)
            case Heading():
                self._heading(block)
            case CodeBlock():
                self._code(block)
            case Items():
                self._items(block)
            case Quote(blocks):
                with self._nested(Span("│ ", "quote"), Span("│ ", "quote")):
                    self._blocks(blocks, quoted=True)
            case Table():
                self._table(block)
            case Ruled():
                self.put((Span("─" * (self._measure - self._used), "muted"),), "rule")
            case Lines(lines):
                room = self._width - self._used
                for line in lines:
                    for part in split(line):
                        self._cut(part, room, "lines")

    def gap(self) -> None:
        """Leave a line free, unless nothing stands above."""
        if self.lines and self.lines[-1].kind != "blank" and self._first is self._rest:
            bars = any(span.text.strip() for span in self._rest)
            self.lines.append(Line(self._rest if bars else (), self.block, "blank"))

    def put(
        self,
        spans: Text,
        kind: LineKind = "text",
        *,
        joined: bool = False,
        whole: Text = (),
    ) -> None:
        """Write one line."""
        lead = self._first
        if not lead:
            self.lines.append(Line(spans, self.block, kind, 0, joined, whole))
            return
        self._first = self._rest
        before = sum([len(span.text) for span in lead])
        whole = lead + whole if whole else ()
        self.lines.append(Line(lead + spans, self.block, kind, before, joined, whole))

    @contextmanager
    def _nested(self, first: Span, rest: Span) -> Iterator[None]:
        outer = self._first, self._rest, self._used
        cells = width(first.text)
        if self._measure - self._used - cells < _LEAST_ROOM:
            self._first, self._rest, self._used = (first,), (rest,), cells
        else:
            self._first, self._rest = (*self._first, first), (*self._rest, rest)
            self._used += cells
        written = len(self.lines)
        yield
        self._first, self._rest, self._used = outer
        if len(self.lines) > written:
            self._first = self._rest

    def _blocks(
        self, blocks: Sequence[Block], *, quoted: bool = False, tight: bool = False
    ) -> None:
        for index, block in enumerate(blocks):
            if index and not tight:
                self.gap()
            if quoted and isinstance(block, Paragraph):
                self._prose(toned(block.text, "quote"))
            else:
                self.write(block)

    def _prose(self, text: Text) -> None:
        for line, joined in wrap(text, self._measure - self._used):
            self.put(line, joined=joined)

    def _heading(self, heading: Heading) -> None:
        self.anchors.append(Anchor(heading.slug, len(self.lines)))
        role = _HEADING_ROLES[min(heading.level, len(_HEADING_ROLES)) - 1]
        longest = 0
        for line, joined in wrap(toned(heading.text, role), self._measure - self._used):
            self.put(line, "heading", joined=joined)
            longest = max(longest, text_width(line))
        if heading.level == 1:
            self.put((Span("─" * longest, "muted"),), "rule")

    def _code(self, code: CodeBlock) -> None:
        start = len(self.lines)
        with self._nested(_INDENT, _INDENT):
            room = self._width - self._used
            for text in code_lines(code):
                self._cut((Span(text, "code"),), room, "code")
        self.code.append(PlacedCode(code, start, len(self.lines)))

    def _cut(self, line: Text, room: int, kind: LineKind) -> None:
        shown = cut_text(line, room)
        self.put(shown, kind, whole=() if shown is line else line)

    def _items(self, items: Items) -> None:
        last = items.first + len(items.items) - 1
        tight = all(_is_short(item) for item in items.items)
        for index, item in enumerate(items.items):
            if index and not tight:
                self.gap()
            number = f"{items.first + index}."
            marker = f"{number:>{len(str(last)) + 1}} " if items.first else "• "
            with self._nested(Span(marker, "muted"), Span(" " * len(marker))):
                self._blocks(item, tight=tight)
                if not item:
                    self.put(())

    def _table(self, table: Table) -> None:
        drawn = draw_table(table, self._width - self._used)
        if drawn is None:
            self._stack(table)
            return
        for line, joined in drawn:
            self.put(line, "table", joined=joined)

    def _stack(self, table: Table) -> None:
        """Write a table that does not fit, a cell below the other under its column's name."""
        for index, row in enumerate(table.rows):
            if index:
                self.gap()
            for column, cell in enumerate(row):
                name = table.head[column] if column < len(table.head) else ()
                label = (*toned(name, "strong"), Span(": ", "muted")) if name else ()
                with self._nested(_INDENT, _INDENT) if column else nullcontext():
                    self._prose(label + cell)


def _is_short(item: tuple[Block, ...]) -> bool:
    return all(
        isinstance(block, Items) or (isinstance(block, Paragraph) and index == 0)
        for index, block in enumerate(item)
    )


def _links(lines: Sequence[Line]) -> tuple[PlacedLink, ...]:
    """Find every link, with the lines that it goes on over."""
    found: list[tuple[str, list[Reach]]] = []
    for number, line in enumerate(lines):
        column = 0
        for span in line.uncut:
            end = column + len(span.text)
            if span.link and span.text:
                reach = Reach(number, column, end)
                last = found[-1] if found else None
                if last and last[0] == span.link and _goes_on(last[1][-1], reach, line):
                    _extend(last[1], reach)
                else:
                    found.append((span.link, [reach]))
            column = end
    return tuple([PlacedLink(link, tuple(reaches)) for link, reaches in found])


def _goes_on(last: Reach, reach: Reach, line: Line) -> bool:
    if last.line == reach.line:
        return last.end == reach.start
    return line.joined and last.line == reach.line - 1 and reach.start in {line.lead, last.start}


def _extend(reaches: list[Reach], reach: Reach) -> None:
    last = reaches[-1]
    if last.line == reach.line:
        reaches[-1] = Reach(last.line, last.start, reach.end)
    else:
        reaches.append(reach)
