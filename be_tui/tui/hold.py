"""The terminal while no app holds it: from the first painted frame to the live app.

What is typed meanwhile is not echoed and not lost: it waits for the app. Whatever happens,
the terminal is given back as it was found. Imports nothing, because it comes before the
first frame.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

ENTER = "\x1b[?1049h"
"""Go to the terminal's second screen, which is empty then; Textual sends the same."""

_PREPARE = "\x1b[?25l\x1b[?7l"
_LEAVE = "\x1b[?7h\x1b[?1049l\x1b[?25h"
_QUIET = "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u"
"""Ends what Textual asks terminals to report: mouse, pastes, focus, keys in Kitty's way."""


class Hold:
    """Who holds the terminal, and how it was before."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.attributes: list[Any] | None = None
        """What `termios` said before anything was changed."""

        self.painted = False
        """Whether a frame stands on the second screen, waiting for the app."""

    def take(self) -> None:
        """Keep what is typed from being echoed, and keep it for the app."""
        try:
            import termios
        except ImportError:  # Windows has none; Textual's driver does there what is needed
            return
        try:
            before = termios.tcgetattr(0)
            held = [*before[:6], [*before[6]]]
            # As Textual sets them, so that Enter typed now is Enter to the app as well.
            held[0] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
            )
            held[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            held[6][termios.VMIN] = 1
            # Ctrl+C still ends it; Ctrl+Z would leave a shell on the second screen.
            held[6][termios.VSUSP] = b"\x00"
            termios.tcsetattr(0, termios.TCSANOW, held)
        except termios.error:
            return
        self.attributes = before

    def show(self, frame: bytes) -> None:
        """Put a frame on the second screen."""
        self.painted = True
        send((ENTER + _PREPARE).encode() + frame)

    def guard(self) -> None:
        """Give the terminal back also when the process is asked to end."""
        import signal

        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._end)

    def release(self, *, by_force: bool = False) -> None:
        """Give the terminal back as it was found; the app has done so already if it ran.

        Args:
            by_force: Whether the app holds it and cannot be waited for.
        """
        if self.painted or by_force:
            self.painted = False
            send((_QUIET + _LEAVE if by_force else _LEAVE).encode())
        if self.attributes is not None:
            import termios

            try:
                termios.tcsetattr(0, termios.TCSANOW, self.attributes)
            except termios.error:  # the terminal is gone
                pass
            self.attributes = None

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self.release()
        os._exit(128 + number)


def send(data: bytes) -> None:
    """Write all of it to the terminal at once; nothing where the terminal is gone."""
    try:
        sys.stdout.flush()
        while data:
            data = data[os.write(1, data) :]
    except OSError:
        return
