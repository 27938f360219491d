"""Ends its group of processes when the process that started it has ended.

Run as a program of its own, which imports nothing of be-tui and leads a group:

    python -I -S watcher.py

Standard input is a pipe whose other end that process holds and never writes to: its end says that
the process died, by whatever death. Where the group ends in good order, this ends with it.
"""

from __future__ import annotations

import os
import signal


def watch() -> None:
    """Wait for the end, then end the group, this included."""
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":  # pragma: no cover (a program of its own)
    watch()
