"""The one view of everything that is read: prose, code, differences, maps, evidence.

Draws lines of a page laid out by the core; holds no child widget. It is told what to show
(`show`, `jump`, `search`) and tells what the person did by messages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from be_tui.core.document.cells import clean, width
from be_tui.core.document.layout import NARROWEST, lay_out
from be_tui.core.document.model import Document
from be_tui.core.document.reading import Position, Reading
from be_tui.core.document.wrap import text_width
from be_tui.tui.widgets.painting import Painter, View, column_at

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.selection import Selection

    from be_tui.core.document import Line, Page, Reach

MEASURE = 92
"""Prose is wrapped here, however wide the pane is; code and tables use all of it."""

_PAGES = 8
"""Pages kept, so that going back lays nothing out again."""

_STEP = 8
"""Cells that one key moves the lines that are too long."""

_MARGIN = 2
"""Lines left free above and below what is brought into view."""


class DocumentView(ScrollView, can_focus=True):
    """Shows a document, reflowed to its width."""

    DEFAULT_CSS = """
    DocumentView {
        background: $background; color: $foreground; padding: 0 1;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "scroll_down"),
        ("k", "scroll_up"),
        ("space", "page_down"),
        ("b", "page_up"),
        ("enter", "follow"),
    ]

    class LinkFollowed(Message):
        """A link was followed, by key or by mouse."""

        def __init__(self, view: DocumentView, link: str) -> None:
            super().__init__()
            self.view = view
            self.link = link

        @property
        def control(self) -> DocumentView:
            """Give the view that it comes from."""
            return self.view

    class HeadingChanged(Message):
        """Another heading is the one that the top of the view stands under."""

        def __init__(self, view: DocumentView, slug: str) -> None:
            super().__init__()
            self.view = view
            self.slug = slug

        @property
        def control(self) -> DocumentView:
            """Give the view that it comes from."""
            return self.view

    def __init__(
        self,
        document: Document | None = None,
        *,
        measure: int = MEASURE,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Show a document.

        Args:
            document: What to show first.
            measure: Where prose is wrapped at the latest; 0 for the whole width.
            id: The widget's id.
            classes: Its CSS classes.
        """
        super().__init__(id=id, classes=classes)
        self._document = document or Document()
        self._measure = measure
        self._pages: dict[tuple[int, int], tuple[Document, Page]] = {}
        self._reading: Reading | None = None
        self._wanted = Position()
        self._slug = ""
        self._jumped = ("", 0)
        self._shift = 0
        self._hovered = -1
        self._painter = Painter(self)
        self._strips: dict[int, Strip] = {}
        self._colours: tuple[str, Style | None] = ("", None)

    @property
    def document(self) -> Document:
        """Give what is shown."""
        return self._document

    @property
    def reading(self) -> Reading | None:
        """Give the page that is read, and how far; nothing before the view has a size."""
        return self._reading

    @property
    def slug(self) -> str:
        """Give the slug of the heading that the top of the view stands under."""
        return self._slug

    @property
    def position(self) -> Position:
        """Give where the reader is, to come back to."""
        if self._reading is None:
            return self._wanted
        return replace(self._reading.position(self.scroll_offset.y), slug=self._jumped[0])

    def show(self, document: Document, anchor: str = "", position: Position | None = None) -> None:
        """Show another document, or the same one from another place.

        Args:
            document: What to show.
            anchor: The slug of the heading to begin at.
            position: Where to begin instead, as `position` gave it.
        """
        if document is not self._document:
            self._document = document
            self._reading = None
            self._shift, self._hovered = 0, -1
        self._wanted = Position(slug=anchor) if anchor else position or Position()
        self._lay_out()

    def jump(self, slug: str) -> bool:
        """Bring a heading to the top; tell whether there is one of that slug."""
        line = self._reading.page.line_of(slug) if self._reading else None
        if line is None:
            return False
        self._jumped = (slug, min(line, self.max_scroll_y))
        self._go_to(line)
        self._tell_heading()
        return True

    def _set_height(self, lines: int) -> None:
        # Set plainly it would lay out the whole screen, though only the scroll bar changes. The
        # bar always stands, for the same reason, and is blank where there is nothing to scroll.
        size = Size(self.cells, max(lines, self.size.height))
        self.set_reactive(DocumentView.virtual_size, size)
        self._scroll_update(size)

    def _go_to(self, line: int) -> None:
        # By force, because Textual does not know yet that a new page is long enough to scroll; at
        # once, because what is drawn in between would take the reader to the top.
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _lay_out(self) -> None:
        """Lay the document out for the width there is, and go where the reader wants to be."""
        cells = self.cells
        if not cells:
            return
        page = self._page_of(cells)
        self._reading = self._reading.on(page) if self._reading else Reading(page)
        self._strips.clear()
        self._set_height(len(page.lines))
        wanted, self._wanted = self._wanted, Position()
        self._jumped = ("", 0)
        if not (wanted.slug and self.jump(wanted.slug)):
            self._go_to(self._reading.line_of(wanted))
        self._tell_heading()
        self.refresh()

    @property
    def cells(self) -> int:
        """Give the cells for text: room for a scroll bar is kept, shown or not."""
        return max(self.size.width - self.styles.scrollbar_size_vertical, 0)

    def _page_of(self, cells: int) -> Page:
        key = id(self._document), cells
        kept = self._pages.pop(key, None)
        if kept is None:
            kept = self._document, lay_out(self._document, cells, self._measure)
        self._pages[key] = kept
        if len(self._pages) > _PAGES:
            del self._pages[next(iter(self._pages))]
        return kept[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Give the lines of the document, for a view that is as high as it needs to be."""
        cells = width - self.styles.scrollbar_size_vertical
        return len(self._page_of(cells).lines) if cells > 0 else 0

    def on_resize(self) -> None:
        """Reflow, and keep the reader's place."""
        if self._reading is None:
            self._lay_out()
        elif self._reading.page.width != max(self.cells, NARROWEST):
            self._wanted = self.position
            self._lay_out()
        else:
            self._set_height(len(self._reading.page.lines))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell under which heading the top of the view stands now."""
        super().watch_scroll_y(old_value, new_value)
        if round(new_value) != self._jumped[1]:
            # A view that has grown ends sooner: the reader still stands where the jump led.
            grown = round(new_value) == self.max_scroll_y < self._jumped[1]
            self._jumped = (self._jumped[0], round(new_value)) if grown else ("", 0)
        self._tell_heading()

    def _tell_heading(self) -> None:
        if self._reading is None:
            return
        slug = self._jumped[0] or self._reading.page.slug_at(self.scroll_offset.y + 1)
        if slug != self._slug:
            self._slug = slug
            self.post_message(self.HeadingChanged(self, slug))

    @property
    def _seen(self) -> tuple[int, int]:
        """Give the lines in view: the first, and one past the last."""
        top = self.scroll_offset.y
        return top, top + self.size.height

    def _go_on(self, reading: Reading, reach: Reach | None) -> None:
        """Take up another reading, with a stretch of it in view."""
        self._reading = reading
        self._strips.clear()
        if reach:
            self._reveal(reach)
        self.refresh()

    def _reveal(self, reach: Reach) -> None:
        top, bottom = self._seen
        if not top <= reach.line < bottom:
            above = _MARGIN if reach.line < top else self.size.height - 1 - _MARGIN
            self._go_to(max(reach.line - max(above, 0), 0))
        line = self._line(reach.line)
        if line.whole:
            cells = width("".join([span.text for span in line.whole])[: reach.end])
            if not self._shift < cells < self._shift + self.cells:
                self._shift = max(cells - self.cells + _STEP, 0)

    def _line(self, number: int) -> Line:
        assert self._reading  # noqa: S101 (only lines of a page are asked for)
        return self._reading.page.lines[number]

    def next_link(self, step: int = 1) -> bool:
        """Go to the next link, or with -1 the one before; tell whether there was one."""
        if self._reading is None:
            return False
        reading = self._reading.next_link(step, *self._seen)
        found = reading is not self._reading
        if reading.linked:
            self._go_on(reading, reading.linked.reaches[0])
        return found

    def action_follow(self) -> None:
        """Follow the link that the keys act on; without one, go to the first in view."""
        linked = self._reading.linked if self._reading else None
        if linked:
            self.post_message(self.LinkFollowed(self, linked.link))
        else:
            self.next_link()

    def search(self, words: str) -> int:
        """Mark words wherever they stand, go to the first; tell how often they do."""
        if self._reading is None:
            return 0
        reading = self._reading.search(words, self.scroll_offset.y)
        self._go_on(reading, reading.matched.reaches[0] if reading.matched else None)
        return len(reading.matches)

    def next_match(self, step: int = 1) -> None:
        """Go to the next place of the words, or with -1 the one before."""
        if self._reading:
            reading = self._reading.next_match(step)
            self._go_on(reading, reading.matched.reaches[0] if reading.matched else None)

    def code_at_cursor(self) -> str:
        """Mark the block of code in view, or nearest to it, and give its text.

        Asked again, the next block in view. What a terminal would obey is made visible.
        """
        if self._reading is None:
            return ""
        reading = self._reading.next_code(*self._seen)
        self._go_on(reading, None)
        if reading.marked is None:
            return ""
        return "\t".join(map(clean, reading.marked.code.text.split("\t")))

    def action_scroll_down(self) -> None:
        """Go down a line."""
        self._go_to(self.scroll_offset.y + 1)

    def action_scroll_up(self) -> None:
        """Go up a line."""
        self._go_to(self.scroll_offset.y - 1)

    def action_page_down(self) -> None:
        """Go down a page, less a line to go on from."""
        self._go_to(self.scroll_offset.y + max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Go up a page, less a line to go on from."""
        self._go_to(self.scroll_offset.y - max(self.size.height - 1, 1))

    def action_scroll_home(self) -> None:
        """Go to the beginning."""
        self._go_to(0)

    def action_scroll_end(self) -> None:
        """Go to the end."""
        self._go_to(self.max_scroll_y)

    def action_scroll_right(self) -> None:
        """See more of the lines that are too long."""
        lines = self._reading.page.lines if self._reading else ()
        widest = max((text_width(line.whole) for line in lines if line.whole), default=0)
        self._set_shift(min(self._shift + _STEP, max(widest - self.cells, 0)))

    def action_scroll_left(self) -> None:
        """Go back to the beginning of the lines that are too long."""
        self._set_shift(max(self._shift - _STEP, 0))

    def _set_shift(self, cells: int) -> None:
        if cells != self._shift:
            self._shift = cells
            self._strips.clear()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        number = self.scroll_offset.y + y
        if self._reading is None or number >= len(self._reading.page.lines):
            return Strip.blank(self.size.width, self.rich_style)
        strip = self._strips.get(number)
        if strip is None:
            full, selection = self.size.width, self.text_selection
            view = View(self.cells, full, self._shift, self._hovered, selection)
            strip = self._strips[number] = self._painter.draw(self._reading, number, view)
        return strip

    def notify_style_update(self) -> None:
        """Draw everything anew where the theme has changed; a change of focus changes nothing."""
        super().notify_style_update()
        colours = self.app.theme, self.rich_style
        if colours != self._colours:
            self._colours = colours
            self._painter.forget()
            self._strips.clear()

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draw what is selected."""
        self._strips.clear()
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the text that the mouse has selected."""
        if self._reading is None:
            return None
        text = "\n".join([line.text for line in self._reading.page.lines])
        return selection.extract(text), "\n"

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which link the mouse is on."""
        self._hover(self._link_at(event))

    def on_leave(self) -> None:
        """Let go of the link that the mouse was on."""
        self._hover(-1)

    def _hover(self, link: int) -> None:
        if link != self._hovered:
            self._hovered = link
            self._strips.clear()
            self.refresh()

    def _link_at(self, event: events.MouseEvent) -> int:
        place = self._place_of(event)
        return self._reading.link_at(*place) if self._reading and place else -1

    def _place_of(self, event: events.MouseEvent) -> tuple[int, int] | None:
        """Give the line and the column below the mouse."""
        offset = event.get_content_offset(self)
        if self._reading is None or offset is None:
            return None
        number = self.scroll_offset.y + offset.y
        if number >= len(self._reading.page.lines):
            return None
        return number, column_at(self._reading.page, number, offset.x, self._shift)

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked, or mark the code."""
        place = self._place_of(event)
        if self._reading is None or place is None or self.text_selection:
            return
        reading = self._reading.pointed(*place)
        if reading is not self._reading:
            self._go_on(reading, None)
        if reading.link_at(*place) >= 0:
            self.action_follow()
