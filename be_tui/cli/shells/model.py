"""The nouns: commands, their options, and what can stand as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "words", "files", "folders", "asked"]


@dataclass(frozen=True, slots=True)
class Value:
    """What can stand in one place."""

    kind: Kind = "text"
    """`text` offers nothing; `asked` asks be-tui as the person types."""

    words: tuple[str, ...] = ()
    """The words to offer; of `asked`, the one name to ask for."""

    name: str = ""
    """What its help calls it: `TREE`, `DIR`."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option."""

    names: tuple[str, ...]
    help: str
    value: Value | None = None
    """None for one that takes no value."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command, below `be-tui` or below another one."""

    words: tuple[str, ...]
    """`("refs", "show")`; empty for the session."""

    about: str
    options: tuple[Option, ...] = ()
    places: tuple[Value, ...] = ()
    """What stands after it, in order; the last one also in all places after that."""

    @property
    def path(self) -> str:
        """Give its words as one text."""
        return " ".join(self.words)
