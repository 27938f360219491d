"""The nouns: what completes a word, what was written before, where a schema comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine

OfferKind = Literal["column", "alias", "table", "view", "function", "keyword"]

SourceKind = Literal["none", "project", "file", "url"]


@dataclass(frozen=True, slots=True)
class Offer:
    """One word that may stand where the cursor is."""

    text: str
    """What is put in place of the word begun."""

    kind: OfferKind
    detail: str = ""
    """A column's type, the table that an alias stands for."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in place of the word that the cursor ends."""

    start: int
    """Where the word begins, in characters of the text."""

    word: str
    """As far as it is written; empty where none is begun."""

    offers: tuple[Offer, ...] = ()
    """The likeliest first."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the tables are described."""

    kind: SourceKind = "none"
    where: str = ""
    """A path, or a URL with everything that is in it; `shown` is for people."""

    def __repr__(self) -> str:
        """Give it without what a URL hides."""
        return f"Source({self.kind!r}, {self.shown!r})"

    @property
    def shown(self) -> str:
        """Give it as it may be shown and kept: no user, no password, no parameters."""
        if self.kind != "url":
            return self.where
        from be_tui.core.databases.urls import parse
        from be_tui.core.errors import InputError

        try:
            return parse(self.where).shown
        except InputError:
            return "a database"


@dataclass(frozen=True, slots=True)
class Sourced:
    """What came of reading a source."""

    schema: Schema
    said: str
    """One line: how many tables, of what."""

    engine: Engine | None = None
    """The engine that it is written for, where that can be told."""

    trouble: str = ""
    """Where it could not be read, on one short line; the rest was."""


@dataclass(frozen=True, slots=True)
class Query:
    """One text of SQL as it is kept."""

    text: str
    engine: Engine
    name: str = ""
    """Under which it was saved; empty for one of the history."""

    saved: str = ""
    """When, in UTC, as ISO 8601."""

    @property
    def when(self) -> str:
        """Give when it was kept by the clock on the wall: `2026-11-23 14:05`; empty if unknown."""
        from datetime import datetime

        try:
            moment = datetime.fromisoformat(self.saved)
        except ValueError:
            return ""
        return moment.astimezone().strftime("%Y-%m-%d %H:%M")

    @property
    def title(self) -> str:
        """Give its name, or its first line that says something."""
        lines = (line.strip() for line in self.text.splitlines())
        bare = [line for line in lines if line]
        said = [line for line in bare if not line.startswith("--")] or bare
        return self.name or " ".join(" ".join(said).split()[:24])
