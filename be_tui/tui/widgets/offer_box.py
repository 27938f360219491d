"""The box of offers that is drawn over a field, below the word that it completes or above it.

No widget: a widget that opens with each word would lay the whole screen out anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from be_tui.core.document.cells import clean, cut, width
from be_tui.core.workbench import Completion
from be_tui.tui.widgets.looks import style_of

if TYPE_CHECKING:
    from rich.style import Style
    from textual.widget import Widget

_ROWS = 8
"""Offers seen at a time."""

_WIDEST = 44
_KINDS = {
    "column": "column",
    "alias": "alias",
    "table": "table",
    "view": "view",
    "function": "function",
    "keyword": "",
}


class OfferBox:
    """Which offers are open, where, and which one is marked."""

    def __init__(self) -> None:
        """Be closed."""
        self._found = Completion(0, "")
        self._x = self._y = self._marked = self._first = 0
        self.chosen = False
        """Whether the person moved the mark, so that Enter takes it."""

    @property
    def is_open(self) -> bool:
        """Tell whether there is something to take."""
        return bool(self._found.offers)

    @property
    def taken(self) -> tuple[str, str]:
        """Give the marked offer, and the word in whose place it comes."""
        return self._found.offers[self._marked].text, self._found.word

    def open(self, found: Completion, x: int, y: int) -> None:
        """Open for a word that begins at a cell."""
        self._found, self._x, self._y = found, x, y
        self._marked = self._first = 0
        self.chosen = False

    def close(self) -> bool:
        """Close; tell whether it was open."""
        was_open = self.is_open
        self._found = Completion(0, "")
        return was_open

    def move(self, by: int) -> None:
        """Mark another offer; from the last one on to the first."""
        count = len(self._found.offers)
        moved = self._marked + by
        self._marked = moved % count if abs(by) == 1 else min(max(moved, 0), count - 1)
        self._first = min(max(self._first, self._marked - _ROWS + 1), self._marked)
        self.chosen = True

    def point(self, x: int, y: int) -> bool:
        """Mark the offer at a cell; tell whether there is one."""
        number = self._number_at(y)
        if number is None or not self._left <= x < self._left + self._cells:
            return False
        self._marked = number
        return True

    def row(self, y: int, field: Widget) -> tuple[int, Strip] | None:
        """Give where the box begins on a line of the field, and what it shows there."""
        if not self.is_open:
            return None
        self._fit(field.size.width, field.size.height)
        number = self._number_at(y)
        if number is None:
            return None
        variables = field.app.theme_variables
        marked = number == self._marked
        ground = style_of("reverse" if marked else "$foreground on $panel", variables)
        quiet = ground if marked else style_of("$muted on $panel", variables)
        return self._left, self._drawn(number, ground, quiet)

    def _fit(self, columns: int, lines: int) -> None:
        """Work out where there is room: below the word, else above it."""
        offers = self._found.offers
        labels = max(width(offer.text) for offer in offers)
        details = max(width(_detail(self._found, number)) for number in range(len(offers)))
        self._cells = min(labels + details + 4, _WIDEST, columns)
        self._label = min(labels, self._cells - 2)
        below, above = lines - self._y - 1, self._y
        self._seen = min(len(offers), _ROWS, max(below, above, 1))
        self._top = self._y + 1 if below >= min(self._seen, above + 1) else self._y - self._seen
        self._seen = min(self._seen, below) if self._top > self._y else self._seen
        self._first = min(max(self._first, self._marked - self._seen + 1), self._marked)
        self._left = max(min(self._x - 1, columns - self._cells), 0)

    def _number_at(self, y: int) -> int | None:
        row = y - self._top
        number = self._first + row
        return number if 0 <= row < self._seen and number < len(self._found.offers) else None

    def _drawn(self, number: int, ground: Style, quiet: Style) -> Strip:
        label = cut(clean(self._found.offers[number].text), self._label)
        room = self._cells - self._label - 4
        detail = cut(_detail(self._found, number), max(room, 0))
        gap = " " * (self._label - width(label) + 2)
        pieces = [Segment(f"│{label}{gap}", ground), Segment(f"{detail} ", quiet)]
        return Strip(pieces).adjust_cell_length(self._cells, ground)


def _detail(found: Completion, number: int) -> str:
    offer = found.offers[number]
    return clean(offer.detail) or _KINDS[offer.kind]
