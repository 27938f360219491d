"""An app that treats its terminal well: drawing, colours, mouse, editor, the end.

Everything that would be the same for any app stands here; what the session is about stands
in `be_tui.tui.app`.
"""

from __future__ import annotations

import os
from threading import Timer
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.filter import ANSIToTruecolor

from be_tui.tui.hold import Hold
from be_tui.tui.themes import TOKENS

if TYPE_CHECKING:
    from textual.driver import Driver

_GRACE = 2.0
"""Seconds that a session asked to end from outside has for it."""

_NO_COLOUR_STYLES = {
    "block-cursor-text-style": "bold reverse",
    "block-cursor-blurred-text-style": "bold",
    "input-cursor-text-style": "reverse",
    "link-style": "underline",
}
"""What shows where you are when no colour can."""


def no_colour() -> bool:
    """Tell whether the person wants no colours: `NO_COLOR` is set, and not empty."""
    return bool(os.environ.get("NO_COLOR"))


class TerminalApp(App[None]):
    """The base of the session."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(self, hold: Hold | None = None) -> None:
        """Make the app.

        Args:
            hold: Who holds the terminal until the app does.
        """
        self.hold = hold or Hold()
        self.crash: BaseException | None = None
        """What brought the session down, if anything did."""
        super().__init__()
        self.no_color = no_colour()
        if self.no_color:
            from be_tui.tui.filters import NoColour

            self._filters = [NoColour()]
            self.add_class("-no-colour")
        else:
            self._filters = [each for each in self._filters if isinstance(each, ANSIToTruecolor)]

    def draw_with_ascii(self, charset: str) -> None:
        """Draw with signs of ASCII only from now on.

        Args:
            charset: What the terminal can show.
        """
        from be_tui.tui.filters import Ascii

        self._filters.append(Ascii(charset))
        self.add_class("-ascii")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give what our own colour names fall back to."""
        return dict(TOKENS)

    def get_css_variables(self) -> dict[str, str]:
        """Give the theme's variables, and without colours the attributes in their place."""
        variables = super().get_css_variables()
        if no_colour():
            variables |= _NO_COLOUR_STYLES
        return variables

    def get_driver_class(self) -> type[Driver]:
        """Give our driver in place of Textual's for the same terminals."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from be_tui.tui.driver import TerminalDriver

        return TerminalDriver

    def end(self, code: int) -> None:
        """End in order, or after a while without."""
        timer = Timer(_GRACE, self._end_now, [code])
        timer.daemon = True
        timer.start()
        self.exit(return_code=code)

    def _end_now(self, code: int) -> None:
        self.hold.release(by_force=True)
        os._exit(code)

    @property
    def mouse(self) -> bool:
        """Whether the session has the mouse, rather than the terminal."""
        return bool(getattr(self._driver, "mouse", True))

    def set_mouse(self, *, on: bool) -> bool:
        """Take the mouse or leave it to the terminal; tell whether this terminal can."""
        switch = getattr(self._driver, "set_mouse", None)
        if switch is None:
            return False
        switch(on=on)
        return True

    def _handle_exception(self, error: Exception) -> None:
        self.crash = self.crash or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would draw the traceback with all local values; `start` says it in one line.
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        if self.crash is not None:
            self._exit_renderables.clear()
        super()._print_error_renderables()
