"""Lets the collector of cycles look seldom while many trees are made and kept.

Each of its full looks goes through every tree that there is, and finds none to free: a fifth of
the time that thousands of statements take.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SELDOM = (50_000, 20, 1_000)
"""What is made between two looks: at the newest, at those left over, at all."""


class _Users:
    """How many are at it at once, and what was set before the first of them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0
        self.before = (0, 0, 0)


_USERS = _Users()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look seldom within; the last that leaves, in whatever thread, sets what was before."""
    with _USERS.lock:
        if not _USERS.count:
            _USERS.before = gc.get_threshold()
            gc.set_threshold(*_SELDOM)
        _USERS.count += 1
    try:
        yield
    finally:
        with _USERS.lock:
            _USERS.count -= 1
            if not _USERS.count:
                gc.set_threshold(*_USERS.before)
