"""Draw the lines of a page as strips: each role in its style, marks laid over them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from be_tui.core.document.cells import clusters
from be_tui.core.document.highlighting import highlight
from be_tui.core.document.layout import code_lines
from be_tui.core.document.model import Span
from be_tui.core.document.wrap import CUT_MARK
from be_tui.tui.widgets.looks import LOOKS, style_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.style import Style
    from textual.selection import Selection
    from textual.widget import Widget

    from be_tui.core.document import CodeBlock, Line, Page, Reach, Text
    from be_tui.core.document.reading import Reading

_SHIFTED = frozenset({"code", "lines"})
"""The kinds of lines that move sideways, since they are cut rather than wrapped."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line that is drawn in another style as well: a match, a link in focus."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class View:
    """What of a page is seen, beside what the reader does with it."""

    width: int
    """The cells there are for text."""

    full: int
    """The cells there are, with those that a scroll bar may cover."""

    shift: int = 0
    """The cells of lines too long for the page that have been scrolled past."""

    hovered: int = -1
    """The link below the mouse, by its number on the page."""

    selection: Selection | None = None
    """What the mouse has selected."""


class Painter:
    """Draws the lines of one widget, on the widget's own ground."""

    def __init__(self, widget: Widget, **looks: str) -> None:
        """Draw for a widget.

        Args:
            widget: The widget.
            looks: Where it differs from `LOOKS`.
        """
        self._widget = widget
        self._looks = {**LOOKS, **looks}
        self._parts: dict[str, Style] = {}
        self._styles: dict[tuple[str, bool, bool], Style] = {}
        self._code: dict[CodeBlock, tuple[Text, ...]] = {}

    def forget(self) -> None:
        """Look the styles up again: the theme has changed."""
        self._parts.clear()
        self._styles.clear()

    def draw(self, reading: Reading, number: int, view: View) -> Strip:
        """Draw one line of the page that is read."""
        line, own = self.dressed(reading, number), None
        style_of = partial(self._style, on_code=line.kind == "code")
        if view.shift and line.block not in reading.page.wide:
            view = replace(view, shift=0)
        placed = reading.page.code_at(number)
        if placed:
            own = self._coloured(placed.code)[number - placed.start]
        strip = paint(line, own, list(self._marks(reading, number, view)), style_of, view)
        strip = strip.adjust_cell_length(view.full, style_of(Span("")))
        return strip.apply_offsets(0, number)

    def dressed(self, reading: Reading, number: int) -> Line:
        """Give a line with the sign of what is marked on it."""
        line = reading.page.lines[number]
        marked = reading.marked
        return _with_bar(line) if marked and marked.start <= number < marked.end else line

    def _style(self, span: Span, *, on_code: bool) -> Style:
        key = span.role, bool(span.link), on_code
        style = self._styles.get(key)
        if style is None:
            style = self._widget.rich_style
            for name in ("code-block" if on_code else "", span.role, "link" if span.link else ""):
                style += self._part(name)
            self._styles[key] = style
        return style

    def _part(self, name: str) -> Style:
        """Give what one role or state adds to a style."""
        if name not in self._parts:
            variables = self._widget.app.theme_variables
            self._parts[name] = style_of(self._looks.get(name, ""), variables)
        return self._parts[name]

    def _coloured(self, code: CodeBlock) -> tuple[Text, ...]:
        if code not in self._code:
            self._code[code] = highlight("\n".join(code_lines(code)), code.language)
        return self._code[code]

    def _marks(self, reading: Reading, number: int, view: View) -> Iterator[Mark]:
        links = reading.page.links
        if view.hovered >= 0:
            yield from self._on_line(number, links[view.hovered].reaches, "hover")
        if reading.linked:
            yield from self._on_line(number, reading.linked.reaches, "focus")
        for index in reading.matches_on(number):
            state = "match-here" if index == reading.match else "match"
            yield from self._on_line(number, reading.matches[index].reaches, state)
        selected = view.selection.get_span(number) if view.selection else None
        if selected:
            start, end = selected
            style = self._widget.screen.get_component_rich_style("screen--selection")
            yield Mark(start, len(reading.page.lines[number].text) if end < 0 else end, style)

    def _on_line(self, number: int, reaches: Sequence[Reach], state: str) -> Iterator[Mark]:
        for reach in reaches:
            if reach.line == number:
                yield Mark(reach.start, reach.end, self._part(state))


def paint(
    line: Line,
    own: Text | None,
    marks: Sequence[Mark],
    style_of: Callable[[Span], Style],
    view: View,
) -> Strip:
    """Draw one line as far as it is in view, without filling it up.

    Args:
        line: The line.
        own: What to draw instead of the line's own text, after its lead: highlighted code.
        marks: What to draw over it; later ones over earlier ones.
        style_of: The style of a span.
        view: What is seen.
    """
    if line.kind not in _SHIFTED:
        return Strip(_segments(line.spans, marks, style_of))
    lead, text = line.parts()
    before = [mark for mark in marks if mark.start < line.lead]
    after = [
        Mark(max(mark.start - line.lead, 0), mark.end - line.lead, mark.style)
        for mark in marks
        if mark.end > line.lead
    ]
    lead_strip = Strip(_segments(lead, before, style_of))
    strip = Strip(_segments(text if own is None else own, after, style_of))
    room = max(view.width - lead_strip.cell_length, 1)
    if strip.cell_length > room + view.shift:
        cropped = strip.crop(view.shift, view.shift + room - 1)
        strip = Strip([*cropped, Segment(CUT_MARK, style_of(Span("", "muted")))])
    elif view.shift:
        strip = strip.crop(view.shift)
    return Strip.join([lead_strip, strip])


def _segments(
    spans: Sequence[Span], marks: Sequence[Mark], style_of: Callable[[Span], Style]
) -> list[Segment]:
    """Give the segments of spans, cut where a mark begins or ends."""
    if not marks:
        return [Segment(span.text, style_of(span)) for span in spans]
    cuts = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
    drawn: list[Segment] = []
    offset = 0
    for span in spans:
        style = style_of(span)
        after = offset + len(span.text)
        edges = [offset, *[edge for edge in cuts if offset < edge < after], after]
        for start, end in pairwise(edges):
            over = style
            for mark in marks:
                if mark.start <= start < mark.end:
                    over += mark.style
            drawn.append(Segment(span.text[start - offset : end - offset], over))
        offset = after
    return drawn


def _with_bar(line: Line) -> Line:
    """Give a line of code with a bar in its indent, as long as the indent was."""
    lead, own = line.parts()
    lead = (*lead[:-1], Span("│".ljust(len(lead[-1].text)), "key"))
    return replace(line, spans=lead + own, whole=())


def column_at(page: Page, number: int, cell: int, shift: int) -> int:
    """Give the column of an uncut line that is drawn at a cell."""
    line = page.lines[number]
    moved = shift if line.kind in _SHIFTED and line.block in page.wide else 0
    passed = 0
    text = "".join([span.text for span in line.uncut])
    for start, _, cells in clusters(text):
        if start >= line.lead:
            cell, moved = cell + moved, 0
        passed += cells
        if cell < passed:
            return start
    return len(text)
