"""Work beside the work: git walks the history while the files are read."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from be_tui.core.project.cancel import Cancel

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Background(Generic[T]):
    """One function running in a thread of its own; `result` waits for it.

    It gets a cancel of its own, which is set when the given one is, and by `close`.
    """

    def __init__(self, work: Callable[[Cancel], T], cancel: Cancel) -> None:
        """Start the work."""
        self._asked = cancel
        self._own = Cancel()
        self._value: list[T] = []
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def result(self) -> T:
        """Give what the work gave, or raise what it raised; as often as is asked.

        Raises:
            Cancelled: The cancel was set.
        """
        with self._asked.when_set(self._own.set):
            self._thread.join()
        self._asked.check()
        if self._error is not None:
            raise self._error
        return self._value[0]

    def close(self) -> None:
        """End the work where it still goes on."""
        self._own.set()
        self._thread.join()

    def _run(self, work: Callable[[Cancel], T]) -> None:
        try:
            self._value.append(work(self._own))
        except Exception as error:  # noqa: BLE001 (raised again where the result is asked for)
            self._error = error
