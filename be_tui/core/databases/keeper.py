"""Runs a server for a process, and ends with it: the server stops, its folder goes.

Run as a program of its own, which imports nothing of be-tui:

    python -I -S keeper.py FOLDER USER GROUP SERVER ARGUMENT...

Standard input is a pipe whose other end the process holds. It closes when the process closes
it or dies, by whatever death; no signal of a terminal reaches the keeper.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ctypes

LOG = "log"
"""What the server says, in its folder."""

_WORDS = 4000

PATIENCE = 5.0
"""Seconds that the server gets to stop at once."""

_DEATH_SIGNAL = 1
"""Linux' PR_SET_PDEATHSIG."""

_SHARED_MEMORY = 6
"""The line of PostgreSQL's lock file that names its piece of shared memory, from 0."""

_REMOVE = 0
"""Linux' IPC_RMID."""


def keep(folder: str, user: int, group: int, command: list[str]) -> int:
    """Run the server until it ends or standard input closes; remove the folder."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        server = _started(folder, user, group, command)
        while server.poll() is None:
            ready, _, _ = select.select([0, woken], [], [])
            if 0 in ready and not os.read(0, 64):
                _end(server)
            if woken in ready:
                os.read(woken, 64)
        return server.returncode
    finally:
        _tell_last_words(folder)
        _free_shared_memory(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: str, user: int, group: int, command: list[str]) -> subprocess.Popen[bytes]:
    other = user != os.geteuid()
    # Loaded now: the server's user may have no access to it.
    system = _system()

    def die_with_keeper() -> None:  # pragma: no cover (it runs in the child)
        for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_DFL)
        if system is not None:
            system.prctl(_DEATH_SIGNAL, signal.SIGQUIT)

    with open(os.path.join(folder, LOG), "ab") as log:  # noqa: PTH118, PTH123
        return subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=user if other else None,
            group=group if other else None,
            extra_groups=[] if other else None,
            start_new_session=True,
            # Safe here: this process has one thread.
            preexec_fn=die_with_keeper,  # noqa: PLW1509
        )


def _system() -> ctypes.CDLL | None:
    """Give what lets the server stop at once when the keeper itself is killed (Linux only)."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return ctypes.CDLL(None)


def _tell_last_words(folder: str) -> None:
    """Write the end of what the server said, which goes with the folder; few enough for a pipe."""
    try:
        with open(os.path.join(folder, LOG), "rb") as log:  # noqa: PTH118, PTH123
            os.write(1, log.read()[-_WORDS:])
    except OSError:
        # There is no log, or nobody who would read it.
        return


def _free_shared_memory(folder: str) -> None:
    """Free the few bytes that a server which was killed leaves with the system (Linux).

    What it has, it writes into its data folder, and removes when it stops by itself.
    """
    system = _system()
    try:
        with open(os.path.join(folder, "data", "postmaster.pid"), "rb") as file:  # noqa: PTH118, PTH123
            number = int(file.read().splitlines()[_SHARED_MEMORY].split()[1])
    except (OSError, IndexError, ValueError):
        return
    if system is not None:
        system.shmctl(number, _REMOVE, None)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":  # pragma: no cover (a program of its own)
    sys.exit(keep(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
