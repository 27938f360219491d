"""A real terminal for tests: a pty with a screen behind it that is looked at after every read."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Any, Self

PATIENCE = 30.0
"""Seconds to wait for what must come; many times what it takes on a busy machine."""

# A session of its own, with the pty as the terminal that rules it: signals and hang-ups then
# come as they do in a terminal emulator. Python sets LC_CTYPE where the locale is plain C.
_LEAD = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.environ.pop('LC_CTYPE', 0); os.execv(sys.argv[1], sys.argv[1:])"
)
_SECOND_SCREEN = re.compile(rb"\x1b\[\?1049([hl])")
_COLOUR = re.compile(r"\x1b\[[0-9;:]*m")


class Terminal:
    """A program in a terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        size: tuple[int, int] = (80, 24),
        variables: Mapping[str, str] | None = None,
        stderr: int | None = None,
    ) -> None:
        self.size = size
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.reads: list[bytes] = []
        self.seen: list[tuple[str, ...]] = []
        """What the screen showed after each read."""

        self.on_second_screen = False
        self._master, slave = os.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-c", _LEAD, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave if stderr is None else stderr,
            cwd=cwd,
            env=_environment(variables or {}),
            start_new_session=True,
        )
        self._slave = slave

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.rstrip() for line in self.screen.display)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def attributes(self) -> list[Any]:
        """What `termios` says of the terminal just now."""
        return termios.tcgetattr(self._slave)

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def send(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def read(self, seconds: float = 0.2) -> bytes:
        """Read once and show it; nothing where nothing came."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        try:
            data = os.read(self._master, 4096) if ready else b""
        except OSError:
            return b""
        if data:
            self.raw += data
            self.reads.append(data)
            self._show(data)
            self.seen.append(self.lines)
        return data

    def until(
        self, holds: Callable[[], bool], seconds: float = PATIENCE, look_every: float = 0.2
    ) -> None:
        """Read until something holds."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"it never came; the screen shows:\n{self.text}"
            if not self.read(look_every) and self.process.poll() is not None and not self.read(0.1):
                assert holds(), f"the program ended; the screen shows:\n{self.text}"

    def is_held(self) -> None:
        """Read until what is typed is not echoed any more, and the session is being imported."""
        self.until(lambda: not self.attributes[3] & termios.ECHO, look_every=0.002)

    def shows(self, words: str) -> None:
        """Read until the screen shows some words."""
        self.until(lambda: words in self.text)

    def rest(self, seconds: float = 0.4) -> None:
        """Read until nothing has come for a while."""
        while self.read(seconds):
            pass

    def ends(self, seconds: float = PATIENCE) -> int:
        """Read until the program ends; give its exit code."""
        self.until(lambda: self.process.poll() is not None, seconds)
        self.rest(0.05)
        return self.process.wait()

    def hang_up(self) -> None:
        """Close the terminal, as its window does."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def interrupt(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def _show(self, data: bytes) -> None:
        # pyte knows no second screen; every terminal empties it when it is entered.
        while found := _SECOND_SCREEN.search(data):
            self._stream.feed(data[: found.start()])
            self.on_second_screen = found.group(1) == b"h"
            self.screen.reset()
            data = data[found.end() :]
        self._stream.feed(data)


def colours(raw: bytes) -> set[str]:
    """Give every colour that was asked for, as the parameters of its escape sequence."""
    found = set()
    for sequence in _COLOUR.findall(raw.decode("utf-8", "replace")):
        parameters = re.split("[;:]", sequence[2:-1])
        while parameters:
            code = parameters.pop(0) or "0"
            if code in {"38", "48"}:
                found.add(";".join([code, *parameters]))
                break
            if code.isdigit() and (30 <= int(code) <= 49 or 90 <= int(code) <= 107):
                found.add(code)
    return found


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "TEXTUAL", "PYTEST"))}
    return {name: value for name, value in {**kept, **own, **variables}.items() if value}
