"""Stopping work from another thread, whenever it begins."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BETWEEN = 0.1


@contextmanager
def asked_again_and_again(stop: Callable[[], object]) -> Iterator[None]:
    """Call `stop` time and again from another thread until the block ends.

    A single call from a timer is missed where the machine is slower than the timer: what it is to
    stop has not begun.
    """
    ended = threading.Event()

    def ask() -> None:
        while not ended.wait(_BETWEEN):
            stop()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
