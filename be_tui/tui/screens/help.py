"""The keys of the screen that it was opened from, and of everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from be_tui.tui.base import BaseScreen
from be_tui.tui.help import help_page
from be_tui.tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class HelpScreen(BaseScreen):
    """One page to read."""

    SCOPE: ClassVar[str] = "help"
    CSS_PATH: ClassVar = "help.tcss"

    def __init__(self, argument: str = "") -> None:
        """Tell about the screen that is seen now."""
        super().__init__(argument)
        below = self.session.screen
        if isinstance(below, BaseScreen):
            title = below.SCOPE.capitalize()
            self._page = help_page(
                title, below.actions, below.unavailable, self.session.key_troubles
            )
        else:
            self._page = help_page("be-tui", self.actions)

    def body(self) -> Iterable[Widget]:
        """Give the page."""
        yield DocumentView(self._page)

    def on_mount(self) -> None:
        """Let the keys read on."""
        self.query_one(DocumentView).focus()

    def unavailable(self, action_id: str) -> str:
        """Tell that the keys are shown already."""
        if action_id == "app.help":
            return "these are the keys"
        return super().unavailable(action_id)
