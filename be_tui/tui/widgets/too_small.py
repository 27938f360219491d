"""What is shown in place of a screen where nothing useful fits."""

from __future__ import annotations

from textual.widget import Widget


class TooSmall(Widget):
    """Covers the screen while it has the class `-too-small`."""

    def render(self) -> str:
        """Say what is needed and what there is."""
        width, height = self.app.size
        return f"be-tui needs 40x12; this is {width}x{height}. q quits."
