"""The passages that a person marked to come back to, in every project: one file a person.

Saving never loses anything while the session runs: see `be_tui.core.keeping`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self

from be_tui.core.keeping import Keeping
from be_tui.core.locations import state_dir

_KIND = "bookmark"


class Bookmarks:
    """Addresses with the titles that they had; any thread may use it."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file; the person's own where none is named."""
        self._keeping = Keeping(path or Path(state_dir()) / "bookmarks.sqlite")

    @property
    def trouble(self) -> str:
        """Why nothing is saved, or what happened to the earlier file; empty if all is well."""
        return self._keeping.trouble

    def all(self) -> tuple[tuple[str, str], ...]:
        """Give each address with its title, the latest first."""
        kept = sorted(self._keeping.all(_KIND).items(), key=lambda each: each[1].saved)
        return tuple((address, _title(each.text) or address) for address, each in reversed(kept))

    def has(self, address: str) -> bool:
        """Tell whether an address is marked."""
        return self._keeping.get(_KIND, address) is not None

    def toggle(self, address: str, title: str) -> bool:
        """Mark an address, or take its mark away; tell whether it is marked now.

        Raises:
            StateError: It holds for this session only; the line says why.
        """
        if self.has(address):
            self._keeping.drop(_KIND, address)
            return False
        self._keeping.put(_KIND, address, json.dumps(title))
        return True

    def close(self) -> None:
        """Save what is not saved yet, and let the file go.

        Raises:
            StateError: Something could not be saved and is lost now.
        """
        self._keeping.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _title(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return ""
