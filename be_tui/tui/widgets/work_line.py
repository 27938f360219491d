"""One line about what runs: what, how far, how long, and how to stop it."""

from __future__ import annotations

import time

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from be_tui.core.document.cells import clean, cut, width

_BAR = 16


class WorkLine(Widget):
    """Not there while nothing runs."""

    DEFAULT_CSS = """
    WorkLine { height: 1; display: none; background: $panel; color: $foreground; }
    WorkLine.-working { display: block; }
    """

    def __init__(self) -> None:
        """Tell of nothing."""
        super().__init__()
        self._what = ""
        self._share = 0.0
        self._began = 0.0
        self._ticking = False

    def begin(self, what: str) -> None:
        """Tell that something runs."""
        self._what, self._share, self._began = what, 0.0, time.monotonic()
        self.add_class("-working")
        if not self._ticking:
            self._ticking = True
            self.set_interval(1.0, self.refresh)
        self.refresh()

    def tell(self, what: str, share: float) -> None:
        """Tell how far it is."""
        self._what, self._share = what, min(max(share, 0.0), 1.0)
        self.refresh()

    def end(self) -> None:
        """Tell that nothing runs any more."""
        self.remove_class("-working")

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        seconds = time.monotonic() - self._began
        full = round(self._share * _BAR)
        bar = "█" * full + "░" * (_BAR - full)
        lead, tail = f" {bar} {self._share:4.0%}  ", f"  {seconds:.0f} s · esc stops "
        what = cut(clean(self._what), max(self.size.width - width(lead) - width(tail), 0))
        line = Strip([Segment(f"{lead}{what}{tail}", self.rich_style)])
        return line.adjust_cell_length(self.size.width, self.rich_style)
