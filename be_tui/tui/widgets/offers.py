"""The list below the palette's field: what fits, one line each, drawn line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from be_tui.core.document.cells import cut, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style
    from textual import events

    from be_tui.tui.palette import Item, Offer

_MARK = "▸"
_GUTTER = 3
_GAP = 2
_WHEEL = 3
_LEAST_ASIDE = 8

_TAGS = {
    "tree": "tree",
    "comparison": "comparison",
    "reference": "reference",
    "section": "passage",
    "checklist": "checklist",
    "rule": "rule",
    "theme": "theme",
}


class Offers(Widget):
    """Shows what a query finds; the mark is moved from outside, by keys, or by the mouse."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "offers--title",
        "offers--fit",
        "offers--note",
        "offers--key",
        "offers--off",
        "offers--marked",
    }
    DEFAULT_CSS = """
    Offers {
        height: 1fr; background: $panel; color: $foreground;
        & > .offers--title { color: $foreground; }
        & > .offers--fit { color: $accent-text; text-style: bold; }
        & > .offers--note { color: $muted; }
        & > .offers--key { color: $accent-text; text-style: bold; }
        & > .offers--off { color: $muted; }
        & > .offers--marked {
            background: $block-cursor-background; text-style: $block-cursor-text-style;
        }
    }
    """

    class Marked(Message):
        """Another offer was marked, or there is none."""

        def __init__(self, offer: Offer | None) -> None:
            """Carry the offer."""
            super().__init__()
            self.offer = offer

    class Chosen(Message):
        """An offer was clicked."""

        def __init__(self, item: Item) -> None:
            """Carry its item."""
            super().__init__()
            self.item = item

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._offers: Sequence[Offer] = ()
        self._marked = 0
        self._top = 0

    @property
    def marked(self) -> Offer | None:
        """Give the marked offer."""
        return self._offers[self._marked] if self._offers else None

    def show(self, offers: Sequence[Offer]) -> None:
        """Show others, and mark the first."""
        self._offers = offers
        self._marked = self._top = 0
        self._tell()

    def move(self, by: int) -> None:
        """Move the mark; from the last it goes to the first, and back."""
        if not self._offers:
            return
        last = len(self._offers) - 1
        if abs(by) == 1:
            self._marked = (self._marked + by) % (last + 1)
        else:
            self._marked = max(0, min(last, self._marked + by))
        self._tell()

    @property
    def page(self) -> int:
        """Give how many lines are seen."""
        return max(self.size.height - 1, 1)

    def _tell(self) -> None:
        height = max(self.size.height, 1)
        self._top = max(min(self._top, self._marked), self._marked - height + 1)
        self.refresh()
        self.post_message(self.Marked(self.marked))

    def on_resize(self) -> None:
        """Keep the mark in view."""
        self._tell()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = self._top + event.y
        if index < len(self._offers):
            self._marked = index
            self._tell()
            self.post_message(self.Chosen(self._offers[index].item))

    def on_mouse_scroll_down(self) -> None:
        """Move the mark down with the wheel."""
        self.move(_WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Move the mark up with the wheel."""
        self.move(-_WHEEL)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        index = self._top + y
        ground = self.rich_style
        if index >= len(self._offers):
            return Strip.blank(self.size.width, ground)
        over = None
        if index == self._marked:
            over = self.get_component_rich_style("offers--marked", partial=True)
        offer = self._offers[index]
        mark = _MARK if over else " "
        tag = offer.item.key or _TAGS.get(offer.item.kind, "")
        room = self.size.width - width(tag) - _GAP
        words = self._words(offer, over, room - _GUTTER)
        line = Strip([Segment(f" {mark} ", self._style("key", over)), *words])
        line = line.adjust_cell_length(room, self._style("title", over))
        part = "off" if offer.item.reason else "key" if offer.item.key else "note"
        end = Strip([Segment(f" {tag} ", self._style(part, over))])
        return Strip.join([line, end]).adjust_cell_length(self.size.width, ground)

    def _words(self, offer: Offer, over: Style | None, room: int) -> Iterator[Segment]:
        item = offer.item
        plain = self._style("off" if item.reason else "title", over)
        fit = plain if item.reason else self._style("fit", over)
        at = 0
        for start, end in offer.places:
            start, end = max(start, at), max(end, at)  # noqa: PLW2901 (spans may overlap)
            yield Segment(item.title[at:start], plain)
            yield Segment(item.title[start:end], fit)
            at = end
        yield Segment(item.title[at:], plain)
        aside = offer.snippet or (
            item.detail.rpartition(" › ")[2] if item.kind == "section" else ""
        )
        left = room - width(item.title) - _GAP
        if aside and left > _LEAST_ASIDE:
            shown = aside if width(aside) <= left else f"{cut(aside, left - 1)}…"
            yield Segment(f"  {shown}", self._style("note", over))

    def _style(self, part: str, over: Style | None) -> Style:
        style = self.rich_style + self.get_component_rich_style(f"offers--{part}", partial=True)
        return style + over if over else style
