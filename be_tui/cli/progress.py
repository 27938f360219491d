"""How far long work is, on standard error, while somebody is looking."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class Progress:
    """One line that is drawn over itself, and gone when its block ends."""

    def __init__(self) -> None:
        """Look whether standard error is a terminal."""
        self._seen = sys.stderr.isatty()

    def share(self, what: str, share: float) -> None:
        """Tell what is done, and which share of the whole stands behind it."""
        self._draw(f"{share:4.0%}  {what}")

    def count(self, what: str, done: int, whole: int) -> None:
        """Tell what is done, and how many of how many."""
        self._draw(f"{what}: {done:,} of {whole:,}")

    def _draw(self, line: str) -> None:
        if self._seen:
            sys.stderr.write(f"\r\033[K{line}")
            sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._draw("")
