"""A way to stop long work from another thread: set once, seen by every reader."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Cancelled(Exception):  # noqa: N818 (not a fault: the person changed their mind)
    """The person asked for the work to stop."""


class Cancel:
    """Asked by the one who waits, heeded by the one who works.

    Work that cannot look, because it waits for a child process, leaves an action with
    `when_set`: a `kill`, for one.
    """

    def __init__(self) -> None:
        """Start unset."""
        self._lock = threading.Lock()
        self._set = False
        self._actions: list[Callable[[], None]] = []

    @property
    def is_set(self) -> bool:
        """Tell whether the work was asked to stop."""
        return self._set

    def set(self) -> None:
        """Ask the work to stop; harmless the second time."""
        with self._lock:
            self._set = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def check(self) -> None:
        """Go on, or stop here.

        Raises:
            Cancelled: The work was asked to stop.
        """
        if self._set:
            raise Cancelled

    @contextmanager
    def when_set(self, action: Callable[[], None]) -> Iterator[None]:
        """Run an action as soon as the work is asked to stop, within this block only."""
        with self._lock:
            late = self._set
            if not late:
                self._actions.append(action)
        if late:
            action()
        try:
            yield
        finally:
            with self._lock:
                if action in self._actions:
                    self._actions.remove(action)
