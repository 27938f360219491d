"""An app that treats its terminal well: drawing, colours, mouse, editor, the end.

Everything that would be the same for any app stands here; what the session is about stands
in `be_tui.tui.app`.
"""

from __future__ import annotations

import os
from threading import Timer
from time import monotonic, time
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import App, SuspendNotSupported
from textual.filter import ANSIToTruecolor

from be_tui.core.errors import InputError
from be_tui.tui.hold import Hold
from be_tui.tui.keys_in_order import KeysInOrder
from be_tui.tui.themes import TOKENS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.driver import Driver

    from be_tui.core.settings.model import Clipboard

_GRACE = 2.0
"""Seconds that a session asked to end from outside has for it."""

_NOTICE = 4.0
"""Seconds that a notice stands."""

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
        self.began = time()
        """When the session began; what changed later it may not have seen."""
        self.crash: BaseException | None = None
        """What brought the session down, if anything did."""
        self.clipboard_way: Clipboard = "auto"
        self.editor = ""
        """The command of the settings that opens a file; empty for `$VISUAL` and `$EDITOR`."""
        self._said: dict[str, tuple[float, bool]] = {}
        """What stands in a notice: until when, and whether it is a problem."""

        self._said_once: set[str] = set()
        super().__init__()
        self._keys = KeysInOrder(self, super().on_event)
        self.no_color = no_colour()
        if self.no_color:
            from be_tui.tui.filters import NoColour

            self._filters = [NoColour()]
            self.add_class("-no-colour")
        else:
            self._filters = [each for each in self._filters if isinstance(each, ANSIToTruecolor)]

    async def on_event(self, event: events.Event) -> None:
        """Deal with keys one after the other, and with all else as Textual does."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._keys.take(event)
        else:
            await super().on_event(event)

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

    def say_once(self, text: str, *, problem: bool = False) -> None:
        """Tell the person something that is told no more in this session."""
        if text not in self._said_once:
            self._said_once.add(text)
            self.say(text, problem=problem)

    def say(self, text: str, *, problem: bool = False) -> None:
        """Tell the person something that passes.

        What is said again while it stands is not said twice, and what was said before gives way,
        unless it is a problem: notices that pile up hide what they are about.
        """
        now = monotonic()
        self._said = {said: until for said, until in self._said.items() if until[0] > now}
        if text in self._said:
            return
        if not any(bad for _, bad in self._said.values()):
            self.clear_notifications()
            self._said.clear()
        self._said[text] = (now + _NOTICE, problem)
        severity: Literal["warning", "information"] = "warning" if problem else "information"
        self.notify(text, severity=severity, timeout=_NOTICE, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Put text on the clipboard, beside the session, and say what became of it."""
        self._clipboard = text
        self.run_worker(lambda: self._copy(text), thread=True, group="clipboard")

    def _copy(self, text: str) -> None:
        from be_tui.tui.clipboard import copy

        copied = copy(text, self._send, self.clipboard_way)
        self.call_from_thread(self.say, copied.words, problem=not copied.done)

    def _send(self, sequence: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    def edit(self, path: Path, line: int = 0) -> None:
        """Open a file in the person's own editor, and make room for it where it needs that."""
        from be_tui.tui.editor import editor_command, is_windowed

        try:
            command = editor_command(path, line, self.editor)
        except InputError as error:
            self.say(str(error), problem=True)
            return
        if not path.exists():
            self.say(f"{path} is not there any more", problem=True)
            return
        run = self._run_beside if is_windowed(command) else self._run_instead
        try:
            run(command)
        except (OSError, SuspendNotSupported) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.say(f"{command[0]}: {reason.lower()}", problem=True)

    def _run_beside(self, command: list[str]) -> None:
        import subprocess

        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.say(f"opened with {command[0]}")

    def _run_instead(self, command: list[str]) -> None:
        import subprocess

        hear = getattr(self._driver, "hear_interrupts", lambda **_: None)
        with self.suspend():
            hear(on=False)
            try:
                subprocess.run(command, check=False)
            finally:
                hear(on=True)

    def do_suspend(self) -> None:
        """Go to the background, where the shell or the terminal has one."""
        if self._driver is None or not self._driver.can_suspend:
            self.say("this terminal has no background to go to")
            return
        self.action_suspend_process()

    def action_help_quit(self) -> None:
        """Say how to leave, to who asks for it by Ctrl+C."""
        self.say("q leaves be-tui; everything is saved")

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
