"""Home: what was found about the project, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from be_tui.tui.base import BaseScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class HomeScreen(BaseScreen):
    """The first page."""

    SCOPE = "home"
    TITLE_NAME = "Home"
    CSS_PATH: ClassVar = "home.tcss"

    def body(self) -> Iterable[Widget]:
        """Give the page."""
        yield Static(self.session.headline)
