"""A screen that is not drawn before it stands, so that nobody sees half of one.

Textual draws a new screen as soon as it has places for its widgets, and again each time that
one of them has found out what to show in the size it got: a blank frame first, then pieces.
Here the terminal keeps what it shows until every widget has had its say.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.reactive import Reactive
from textual.screen import Screen

if TYPE_CHECKING:
    from textual import events
    from textual.dom import DOMNode
    from textual.geometry import Size
    from textual.widget import Widget
    from textual.worker import WorkType

WIDE = 120
"""From here on, two panes stand side by side."""

MEDIUM = 80
"""From here on, one pane at a time has all its parts."""

_ROUNDS = 6
"""How often widgets may change the layout before it is drawn all the same."""

_PATIENCE = 0.5
"""Seconds after which it is drawn all the same."""


class StandingScreen(Screen[None]):
    """The base of every screen of the session."""

    BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [
        (0, "-narrow"),
        (MEDIUM, "-medium"),
        (WIDE, "-wide"),
    ]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Who has the focus; Textual's own draws every line anew when it goes elsewhere, though the
    two widgets that it concerns draw themselves."""

    def __init__(self) -> None:
        """Stand nowhere yet."""
        super().__init__()
        self._standing = asyncio.Event()
        self._settling = False
        # The class for the terminal's width comes with the screen, for Textual gives every
        # widget its styles anew when it adds one later.
        width = self.app.size.width
        self.add_class(*self._get_breakpoint_classes(width, self.BREAKPOINTS), update=False)

    async def stands(self) -> None:
        """Wait until the screen stands and is drawn."""
        await self._standing.wait()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Save Textual a round: widgets that were only just mounted have their styles.

        Called by the dispatcher before Textual's own method of this name.
        """
        if not self._settling:
            event.refresh_styles = False

    def _compositor_refresh(self) -> None:
        if self._standing.is_set():
            super()._compositor_refresh()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002
        super()._refresh_layout(size, scroll)
        if not self._settling and self.size:
            self._settling = True
            settle: WorkType[None] = self._settle
            self.run_worker(settle, group="standing", exit_on_error=False)

    async def _settle(self) -> None:
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._rounds(), _PATIENCE)
        finally:
            self._standing.set()
            self.refresh()
            self._on_timer_update()

    async def _rounds(self) -> None:
        for _ in range(_ROUNDS):
            await self._drained()
            if not self._layout_required:
                return
            self._layout_required = False
            self._refresh_layout()

    async def _drained(self) -> None:
        """Wait until every widget has dealt with what it was told so far, then the screen."""
        await asyncio.gather(*map(heard, self.walk_children()))
        await heard(self)


def heard(node: DOMNode) -> asyncio.Future[None]:
    """Give a future that is done when a widget has dealt with what it was told so far."""
    future = asyncio.get_running_loop().create_future()

    def answer() -> None:
        if not future.done():
            future.set_result(None)

    if not node.call_later(answer):
        answer()
    return future
