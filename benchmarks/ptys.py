"""Programs in a pty, with the CPU time that they took up to what they show: for benchmarks.

Reads what `/proc` says of every thread in nanoseconds, so it measures on Linux only.
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Self

PATIENCE = 60.0
"""Seconds after which a program that shows nothing is given up."""


class Screenful:
    """A program in a terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        cwd: Path,
        variables: Mapping[str, str],
        size: tuple[int, int] = (120, 40),
    ) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.raw = b""
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env=dict(variables),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def cpu(self) -> float:
        """Give the milliseconds of CPU that it has taken so far."""
        total = 0
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            with suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e6

    def resident(self) -> float:
        """Give the megabytes of memory that it holds."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def read(self, seconds: float) -> bytes:
        """Read once; nothing where nothing came."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        data = b""
        if ready:
            with suppress(OSError):
                data = os.read(self._master, 65536)
        self.raw += data
        return data

    def until(self, holds: Callable[[bytes], bool]) -> tuple[float, float]:
        """Read until what came holds; give the CPU and the wall milliseconds up to then."""
        end = time.perf_counter() + PATIENCE
        while not holds(self.raw):
            if time.perf_counter() > end or (not self.read(1) and self._process.poll() is not None):
                raise TimeoutError(f"it never came; the end of what did: {self.raw[-300:]!r}")
        return self.cpu(), (time.perf_counter() - self.began) * 1000

    def rest(self, quiet: float = 0.5) -> tuple[float, float]:
        """Read until nothing comes any more; give CPU and wall milliseconds at the last byte."""
        last = self.cpu(), (time.perf_counter() - self.began) * 1000
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end and self.read(quiet):
            last = self.cpu(), (time.perf_counter() - self.began) * 1000
        return last

    def ends(self) -> None:
        """Read until the program has ended."""
        end = time.perf_counter() + PATIENCE
        while self._process.poll() is None and time.perf_counter() < end:
            self.read(0.05)
