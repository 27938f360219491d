"""Programs run in a folder: their output's end kept, ended with all that they started."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from be_tui.core.scaffold.proving.model import Ran

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from be_tui.core.project import Cancel

_KEPT = 64_000
"""Bytes of output that are kept, the last ones."""

_WATCHER = Path(__file__).with_name("watcher.py")

_GRACE = 10.0
"""Seconds that a service has to end once it is asked to."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where programs run, and what they find around them."""

    folder: Path
    environment: Mapping[str, str]

    def all(self) -> dict[str, str]:
        """Give the whole environment: this process's, but for what leads to databases of others."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PG") and not name.endswith("DATABASE_URL")
        }
        return {**kept, **self.environment}


def run_step(
    name: str, command: Sequence[str], place: Place, cancel: Cancel, longest: float
) -> Ran:
    """Run a program to its end.

    Args:
        name: What the step is called.
        command: The program with its arguments; never a shell's line.
        place: Where it runs.
        cancel: What ends it early.
        longest: Seconds after which it is ended.

    Raises:
        Cancelled: It was ended early.
    """
    shown = shlex.join(command)
    began = time.monotonic()
    # A file: a pipe would stay open as long as anything that the program leaves behind.
    with TemporaryFile() as log:
        with _group() as group:
            try:
                process = _started(command, place, log, group)
            except OSError as error:
                return Ran(name, shown, "failed", why=f"cannot be run: {error.strerror}")
            late = _later(longest, group)
            with cancel.when_set(group.kill):
                code = _end_of(process, group)
                ended_late = late.finished.is_set()
                late.cancel()
        output = _tail(log)
    cancel.check()
    why = f"took over {longest:g} s" if ended_late else f"exit code {code}"
    seconds = time.monotonic() - began
    return Ran(name, shown, "failed" if code else "held", seconds, output, why if code else "")


@contextmanager
def serving(command: Sequence[str], place: Place, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a service while the block lasts; it is asked to end, and ended if it does not.

    Raises:
        OSError: It cannot be run.
    """
    with log.open("wb") as output, _group() as group:
        process = _started(command, place, output, group)
        try:
            yield process
        finally:
            process.terminate()
            late = _later(_GRACE, group)
            _end_of(process, group)
            late.cancel()


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of processes, led by its watcher: its number stays its own until that is reaped."""

    watcher: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End all that belong to it, the watcher too."""
        if self.watcher.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.watcher.pid, signal.SIGKILL)


@contextmanager
def _group() -> Iterator[_Group]:
    """Give a group that ends with the block, however that comes: by Ctrl+C, or by our own death."""
    # Before any other, which so belongs to it from its first moment on. No signal of a terminal
    # reaches it.
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(_WATCHER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    ) as watcher:
        group = _Group(watcher)
        try:
            yield group
        finally:
            group.kill()


def _started(
    command: Sequence[str], place: Place, output: IO[bytes], group: _Group
) -> subprocess.Popen[bytes]:
    environment = place.all()
    program = command[0]
    if "/" in program:
        program = str(place.folder / program)
    else:
        program = shutil.which(program, path=environment.get("PATH")) or program
    return subprocess.Popen(
        [program, *command[1:]],
        cwd=place.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=group.watcher.pid,
    )


def _later(seconds: float, group: _Group) -> threading.Timer:
    """Kill a group after a time; whoever ends early does not wait for that."""
    late = threading.Timer(seconds, group.kill)
    late.daemon = True
    late.start()
    return late


def _end_of(process: subprocess.Popen[bytes], group: _Group) -> int:
    """Wait for a program, end what it left behind, and give its exit code."""
    try:
        return process.wait()
    finally:
        group.kill()
        process.wait()


def _tail(log: IO[bytes]) -> str:
    log.seek(max(log.seek(0, os.SEEK_END) - _KEPT, 0))
    return log.read().decode("utf-8", "replace")
