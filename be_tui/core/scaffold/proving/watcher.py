"""Ends a group of processes when the process that started them has ended.

Run as a program of its own, which imports nothing of be-tui:

    python -I -S watcher.py GROUP

Standard input is a pipe whose other end that process holds. A byte says that the group has ended
in good order; an end without one, that the process died, by whatever death.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress


def watch(group: int) -> None:
    """Wait for the byte, or for the end."""
    if not os.read(0, 1):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":  # pragma: no cover (a program of its own)
    watch(int(sys.argv[1]))
