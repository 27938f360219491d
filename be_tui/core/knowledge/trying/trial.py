"""Tries examples: a fresh database for each side on each engine, set up, played and judged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.knowledge.trying.judging import asked_by, misses
from be_tui.core.knowledge.trying.playing import play
from be_tui.core.knowledge.trying.script import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.items import Chapter, Engine, Example, Item, Shows

_POSTGRESQL = re.compile(r"postgresql\s+(\d+)\s*(\+|or later|and later)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Engines:
    """Where examples are run."""

    sqlite: tuple[str, ...] = ("sqlite",)
    postgresql: tuple[str, ...] = ("postgresql",)
    """Names or URLs, as `open_sandbox` takes them; an example runs on each."""

    mariadb: tuple[str, ...] = ()
    """URLs; nowhere where there are none."""

    def where(self, engine: Engine) -> tuple[str, ...]:
        """Give the databases of an engine."""
        places = {"sqlite": self.sqlite, "postgresql": self.postgresql, "mariadb": self.mariadb}
        return places[engine]


@dataclass(frozen=True, slots=True)
class Miss:
    """An example that does not show what it says."""

    item: str
    side: str
    """`wrong` or `right`."""

    engine: str
    """With its version: `postgresql 18.4`."""

    message: str
    """What was expected, and what was seen."""

    line: int
    """Where the example stands in its file."""


def try_chapter(chapter: Chapter, engines: Engines, item: str = "") -> Iterator[Miss]:
    """Give what the examples in SQL of a chapter, or of one item of it, do not show.

    Raises:
        InputError: A database cannot be opened.
    """
    for each in chapter.items:
        if item in ("", each.id):
            for example in each.examples:
                yield from try_example(example, each, engines)


def try_example(example: Example, item: Item, engines: Engines) -> Iterator[Miss]:
    """Give what one example does not show.

    Raises:
        InputError: A database cannot be opened.
    """
    if example.language != "sql":
        return
    for side, text, shown in (
        ("wrong", example.wrong, example.wrong_shows),
        ("right", example.right, example.right_shows),
    ):
        for shows in shown:
            for where in engines.where(shows.engine):
                if text and suits(item.applies_to, where):
                    for engine, message in _try(example.setup, text, shows, where):
                        yield Miss(item.id, side, engine, message, example.line or item.line)


def suits(applies_to: tuple[str, ...], where: str) -> bool:
    """Tell whether an item is about a database's version, where both say it."""
    name, _, major = where.partition(":")
    if name != "postgresql" or not major.isdigit():
        return True
    named = [found for each in applies_to if (found := _POSTGRESQL.search(each))]
    return not named or any(
        int(major) >= int(found[1]) if found[2] else int(major) == int(found[1]) for found in named
    )


def _try(setup: str, text: str, shows: Shows, where: str) -> Iterator[tuple[str, str]]:
    with open_sandbox(where) as sandbox:
        engine = f"{sandbox.engine} {sandbox.version}"
        try:
            prepares, steps = steps_of(setup, sandbox.engine), steps_of(text, sandbox.engine)
        except InputError as error:
            yield engine, str(error)
            return
        if not steps:
            yield engine, "there is no statement"
            return
        seen = play(sandbox, prepares, steps, asked_by(shows))
        part = "setup" if seen.broke in prepares else "text"
        yield from ((engine, miss) for miss in misses(shows, seen, part))
