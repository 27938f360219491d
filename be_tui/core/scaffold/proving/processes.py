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
        try:
            process = _started(command, place, log)
        except OSError as error:
            return Ran(name, shown, "failed", why=f"cannot be run: {error.strerror}")
        late = _later(longest, process)
        with _watched(process), cancel.when_set(lambda: _kill(process)):
            code = _end_of(process)
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
    with log.open("wb") as output:
        process = _started(command, place, output)
        with _watched(process):
            try:
                yield process
            finally:
                # Not `terminate`, which takes notice of one that has ended.
                os.kill(process.pid, signal.SIGTERM)
                late = _later(_GRACE, process)
                _end_of(process)
                late.cancel()


def exit_code(process: subprocess.Popen[bytes]) -> int | None:
    """Give how a program ended, without taking notice of it; None while it runs."""
    ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if ended is None:
        return None
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status


def _started(command: Sequence[str], place: Place, output: IO[bytes]) -> subprocess.Popen[bytes]:
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
        # A group of its own, so that what it starts ends with it.
        process_group=0,
    )


@contextmanager
def _watched(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a program at the end of the block, however that comes: by Ctrl+C, or by our own death."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(_WATCHER), str(process.pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # No signal of a terminal reaches it.
        start_new_session=True,
    ) as watcher:
        try:
            yield
        finally:
            _kill(process)
            process.wait()
            with suppress(BrokenPipeError):
                watcher.communicate(b".")


def _later(seconds: float, process: subprocess.Popen[bytes]) -> threading.Timer:
    """Kill a program after a time; whoever ends early does not wait for that."""
    late = threading.Timer(seconds, _kill, (process,))
    late.daemon = True
    late.start()
    return late


def _end_of(process: subprocess.Popen[bytes]) -> int:
    """Wait for a program, end what it left behind, and give its exit code."""
    # Not reaped yet, so the number is still this group's.
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    _kill(process)
    return process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _tail(log: IO[bytes]) -> str:
    log.seek(max(log.seek(0, os.SEEK_END) - _KEPT, 0))
    return log.read().decode("utf-8", "replace")
