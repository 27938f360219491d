"""A list whose lines are links: one is marked, and followed with Enter or a click.

For long lists, of which a document view draws only what is seen: tables of contents, what a
search found. Each item of the document's lists begins with a link.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from be_tui.core.document.model import Items, Span
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.painting import Painter

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from be_tui.core.document import Document, Line
    from be_tui.core.document.reading import Reading

_MARK = "▸ "
_BULLET = "• "


class LinkList(DocumentView):
    """Shows lists of links; the marked one is told by `LinkFollowed` when it is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)"),
        ("k", "move(-1)"),
        ("down", "move(1)"),
        ("j", "move(1)"),
        ("home", "move(-1000000)"),
        ("end", "move(1000000)"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make an empty list."""
        super().__init__(id=id)
        self._painter = _ListPainter(self, link="$foreground", focus="bold on $cursor")
        self._wish = ""

    @property
    def marked(self) -> str:
        """Give the link that is marked; empty where there is none."""
        linked = self._reading.linked if self._reading else None
        return linked.link if linked else ""

    @property
    def holds_links(self) -> bool:
        """Tell whether there is anything to mark."""
        return any(isinstance(block, Items) for block in self.document.blocks)

    def show_links(self, document: Document, marked: str = "") -> None:
        """Show these, with one marked: the one named, or else the first."""
        self._wish = marked
        self.show(document)

    def mark(self, link: str) -> None:
        """Mark the line of a link, if there is one, now or when the list is first seen."""
        self._wish = link
        links = self._reading.page.links if self._reading else ()
        number = next((n for n, each in enumerate(links) if each.link == link), -1)
        if number >= 0:
            self._mark(number)

    def _lay_out(self) -> None:
        super()._lay_out()
        if self._reading and self._reading.link < 0:
            self.mark(self._wish)
            self._mark(max(self._reading.link, 0))

    def _mark(self, number: int) -> None:
        reading = self._reading
        if reading and reading.page.links and number != reading.link:
            number = max(0, min(number, len(reading.page.links) - 1))
            self._go_on(replace(reading, link=number), reading.page.links[number].reaches[0])

    def action_move(self, by: int) -> None:
        """Mark another line."""
        if self._reading:
            self._mark(max(self._reading.link + by, 0))

    def action_page_down(self) -> None:
        """Mark a line a page further down."""
        self._move_page(1)

    def action_page_up(self) -> None:
        """Mark a line a page further up."""
        self._move_page(-1)

    def _move_page(self, step: int) -> None:
        if self._reading and self._reading.linked:
            line = self._reading.linked.reaches[0].line + step * max(self.size.height - 1, 1)
            self._mark(self._reading.link_above(line))

    def on_click(self, event: events.Click) -> None:
        """Follow the link of the line that was clicked."""
        event.prevent_default()
        place = self._place_of(event)
        if self._reading and place and self._reading.page.links:
            self._mark(self._reading.link_above(place[0]))
            self.action_follow()


class _ListPainter(Painter):
    """Draws the mark in place of a bullet, and no other bullet."""

    def dressed(self, reading: Reading, number: int) -> Line:
        line = reading.page.lines[number]
        lead, own = line.parts()
        if not lead or lead[-1].text != _BULLET:
            return line
        linked = reading.linked
        marked = linked is not None and linked.reaches[0].line == number
        sign = Span(_MARK if marked else "  ", "key")
        return replace(line, spans=(*lead[:-1], sign, *own))
