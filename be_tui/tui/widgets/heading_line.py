"""The first line of a page: what it is about, and on the right how things stand."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from be_tui.core.document.cells import clean, cut, width

_ELLIPSIS = "…"


class HeadingLine(Widget):
    """One line; where both do not fit, the right side stays whole and the left is cut."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heading-line--title",
        "heading-line--note",
        "heading-line--trouble",
    }
    DEFAULT_CSS = """
    HeadingLine {
        height: 1;
        & > .heading-line--title { color: $foreground; text-style: bold; }
        & > .heading-line--note { color: $muted; }
        & > .heading-line--trouble { color: $text-error; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = ""
        self._note = ""
        self._trouble = ""

    def say(self, title: str, note: str = "", trouble: str = "") -> None:
        """Show a title, a note on the right, and after it what is wrong, if anything is."""
        said = clean(title), clean(note), clean(trouble)
        if said != (self._title, self._note, self._trouble):
            self._title, self._note, self._trouble = said
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        ground = self.rich_style
        cells = self.size.width
        trouble = _fitted(self._trouble, cells - 2)
        note = _fitted(self._note, max(cells - 4 - width(trouble), 0))
        joint = " · " if note and trouble else ""
        right = width(note) + width(joint) + width(trouble)
        title = _fitted(self._title, max(cells - right - 4, 0))
        gap = max(cells - 1 - width(title) - right - 1, 0)
        return Strip(
            [
                Segment(" ", ground),
                Segment(title, self.get_component_rich_style("heading-line--title")),
                Segment(" " * gap, ground),
                Segment(note + joint, self.get_component_rich_style("heading-line--note")),
                Segment(trouble, self.get_component_rich_style("heading-line--trouble")),
            ]
        ).adjust_cell_length(cells, ground)


def _fitted(text: str, cells: int) -> str:
    if width(text) <= cells:
        return text
    return cut(text, max(cells - 1, 0)) + _ELLIPSIS if cells > 0 else ""
