"""Textual's driver for a terminal, with what it leaves out.

It takes over a frame that was painted before without clearing it, gives the terminal back
as it was found, writes each frame in one piece to standard output, ends when the terminal
goes away instead of reading from nowhere for ever, and lets the mouse go at run time.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from textual.drivers.linux_driver import LinuxDriver

from be_tui.tui.hold import ENTER, Hold

if TYPE_CHECKING:
    from be_tui.tui.terminal import TerminalApp


_ALOUD = "\0aloud"
"""Written to a silent output, lets it write again."""

_SETTLED = 0.2
"""Seconds after which the loop has heard of every signal that came before."""


class Output:
    """A file that writes all it was given at once, whatever the terminal makes of it."""

    def __init__(self, descriptor: int, encoding: str) -> None:
        """Write to an open file.

        Args:
            descriptor: Of the file.
            encoding: What it takes; other characters become question marks.
        """
        self._descriptor = descriptor
        self.encoding = encoding
        self._parts: list[str] = []
        self.silent = False
        """Whether everything is thrown away for now."""

    def write(self, text: str) -> int:
        """Keep a text for the next flush."""
        if text == _ALOUD:
            self._parts.clear()
            self.silent = False
        elif not self.silent:
            self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Write what was kept; nothing where the terminal is gone."""
        data = "".join(self._parts).encode(self.encoding, "replace")
        self._parts.clear()
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [])
            except OSError:
                return

    def fileno(self) -> int:
        """Give the file's descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Tell that it is a terminal."""
        return os.isatty(self._descriptor)


class TerminalDriver(LinuxDriver):
    """Draws in, and reads from, the terminal that be-tui was started in."""

    def __init__(self, app: TerminalApp, **options: Any) -> None:  # noqa: ANN401 (Textual's own)
        super().__init__(app, **options)
        self.output = Output(1, sys.__stdout__.encoding if sys.__stdout__ else "utf-8")
        self._file = cast("Any", self.output)
        self._hold: Hold = app.hold
        self._session = app
        self._skip = ""
        self._watched = False

    @property
    def mouse(self) -> bool:
        """Whether the session has the mouse."""
        return self._mouse

    def set_mouse(self, *, on: bool) -> None:
        """Take the mouse, or leave it to the terminal."""
        if on:
            self._mouse = True
            self._enable_mouse_support()
            if self._mouse_pixels:
                self._enable_mouse_pixels()
        else:
            self._disable_mouse_support()
            self._mouse = False

    def write(self, data: str) -> None:
        """Write, without clearing the frame that stands there already."""
        if data == self._skip:
            self._skip = ""
        else:
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        if self._hold.painted:
            self._hold.painted = False
            self._skip = ENTER
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._hold.attributes is not None:
            self.attrs_before = self._hold.attributes
        if not self._watched:
            self._watched = True
            Thread(target=self._watch, name="terminal-watch", daemon=True).start()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                self._loop.add_signal_handler(number, self._session.end, 128 + number)

    def hear_interrupts(self, *, on: bool) -> None:
        """End at an interrupt, or leave it to the program that has the terminal meanwhile."""
        if on:
            # Not at once: the loop has yet to learn of an interrupt that was for the other.
            listen = self._loop.add_signal_handler
            self._loop.call_later(_SETTLED, listen, signal.SIGINT, self._session.end, 130)
        else:
            self._loop.remove_signal_handler(signal.SIGINT)
            # Not ignored: the program would inherit that.
            signal.signal(signal.SIGINT, lambda *_: None)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self.output.silent:
            # In its turn, after what is still waiting to be thrown away.
            self.write(_ALOUD)
        super().stop_application_mode()

    def _watch(self) -> None:
        # A terminal that was closed reads as an endless stream of nothing, and Textual's
        # input thread would turn a core on it until somebody kills the process.
        poll = select.poll()
        poll.register(self.fileno, 0)
        poll.poll()
        with contextlib.suppress(RuntimeError):  # the session has ended already
            self._loop.call_soon_threadsafe(self._session.end, 128 + signal.SIGHUP)
