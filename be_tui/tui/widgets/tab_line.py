"""A line of tabs: numbered, one of them open, each with what there is to see in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from be_tui.core.document.cells import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_GAP = 2


@dataclass(frozen=True, slots=True)
class Tab:
    """One of them."""

    id: str
    title: str
    note: str = ""
    """Said after the title: how many there are."""

    grave: bool = False
    """Whether what the note counts is to be mended."""


class TabLine(Widget):
    """Draws the tabs; tells which one was clicked. Keys are its screen's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tab-line--key",
        "tab-line--tab",
        "tab-line--open",
        "tab-line--note",
        "tab-line--grave",
    }
    DEFAULT_CSS = """
    TabLine {
        height: 1; background: $panel; color: $foreground;
        & > .tab-line--key { color: $accent-text; }
        & > .tab-line--tab { color: $foreground; }
        & > .tab-line--open { color: $accent-text; text-style: bold underline; }
        & > .tab-line--note { color: $muted; }
        & > .tab-line--grave { color: $text-warning; text-style: bold; }
    }
    """

    class Opened(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            """Carry its id."""
            super().__init__()
            self.tab = tab

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no tabs yet."""
        super().__init__(id=id)
        self._tabs: tuple[Tab, ...] = ()
        self._open = ""

    def show(self, tabs: Sequence[Tab], opened: str) -> None:
        """Draw these, with one of them open."""
        if (tuple(tabs), opened) != (self._tabs, self._open):
            self._tabs, self._open = tuple(tabs), opened
            self.refresh()

    def _pieces(self, number: int, tab: Tab) -> list[tuple[str, str]]:
        pieces = [(f"{number} ", "key"), (tab.title, "open" if tab.id == self._open else "tab")]
        if tab.note:
            pieces.append((f" {tab.note}", "grave" if tab.grave else "note"))
        return pieces

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        ground = self.rich_style
        segments = [Segment(" ", ground)]
        for number, tab in enumerate(self._tabs, 1):
            for text, part in self._pieces(number, tab):
                segments.append(Segment(text, self.get_component_rich_style(f"tab-line--{part}")))
            segments.append(Segment(" " * _GAP, ground))
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def on_click(self, event: events.Click) -> None:
        """Open the tab that was clicked."""
        column = 1
        for number, tab in enumerate(self._tabs, 1):
            cells = sum(width(text) for text, _ in self._pieces(number, tab))
            if column <= event.x < column + cells:
                self.post_message(self.Opened(tab.id))
                return
            column += cells + _GAP
