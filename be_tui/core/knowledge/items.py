"""What a reference of items holds: chapters of statements, each with its reason, proof and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from be_tui.core.knowledge.conditions import Condition
    from be_tui.core.knowledge.model import PackName, Section, Source

Level = Literal["must", "should", "may", "a", "b", "c"]
"""How binding an item is, or from which service level on it counts: A is above 99.9 %."""

Scale = Literal["must-should-may", "service-level"]

SCALES: dict[Scale, tuple[Level, ...]] = {
    "must-should-may": ("must", "should", "may"),
    "service-level": ("a", "b", "c"),
}
"""The levels of each scale, the most binding or most demanding first."""

Engine = Literal["sqlite", "postgresql", "mariadb"]
ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql", "mariadb")
"""Where examples in SQL are run."""

Position = Literal["for", "against"]


@dataclass(frozen=True, slots=True)
class ByProbe:
    """A way to check an item: be-tui looks."""

    probe: str
    passes: Condition
    """Over the probe's measures: what holds where the project keeps to the item."""

    measure: str = ""
    """The measure that tells most."""

    says: str = ""
    """What is so where it passes: `no int key`."""


@dataclass(frozen=True, slots=True)
class ByTool:
    """A way to check an item: another tool looks."""

    tool: str
    how: str = ""
    """Its rule, option or command; Markdown."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A way to check an item: a person looks."""

    how: str
    """What to look at, or what to run; Markdown."""


Way = ByProbe | ByTool | ByHand


@dataclass(frozen=True, slots=True)
class Shows:
    """What an engine must show when an example is run there; several may be told together."""

    engine: Engine
    works: bool = False
    """Every statement runs."""

    fails: str = ""
    """The last statement raises an error that contains this text, in any case of letters."""

    rows: int | None = None
    """The last statement gives so many rows."""

    value: str | None = None
    """The first column of its first row, as text; NULL is `NULL`."""

    plan: str = ""
    """What its plan contains."""

    plan_without: str = ""
    """What its plan does not contain."""

    locks: str = ""
    """A lock mode that is held on a table afterwards, before the transaction ends."""

    waits: bool = False
    """It waits for somebody else's lock."""


@dataclass(frozen=True, slots=True)
class Example:
    """An item shown: how it goes wrong, how it is right, or both."""

    language: str
    """`sql`, `http`, `json`, ..."""

    wrong: str = ""
    right: str = ""
    note: str = ""
    """One line about it; Markdown."""

    engines: tuple[Engine, ...] = ()
    """For SQL: where the tests run it."""

    setup: str = ""
    """For SQL: what runs before it in an empty database."""

    wrong_shows: tuple[Shows, ...] = ()
    right_shows: tuple[Shows, ...] = ()
    line: int = 0
    """Where it stands in its chapter's file."""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of a reference, with all that lets a reader trust or refuse it."""

    id: str
    """Its slug: the item is addressed as `reference#id`."""

    level: Level
    statement: str
    """One plain sentence, which heads it."""

    why: str
    when_not: str
    """When the statement is wrong or not worth it."""

    ways: tuple[Way, ...]
    """How to see whether a project keeps to it."""

    sources: tuple[Source, ...]
    checked: date | None
    """When it was last held against its sources; None in a file with faults."""

    examples: tuple[Example, ...] = ()
    applies_to: tuple[str, ...] = ()
    """Engines, protocols and versions: `PostgreSQL 10+`. None means that it holds anywhere."""

    concepts: tuple[str, ...] = ()
    """The concepts of the reference's list that it tells."""

    related: tuple[str, ...] = ()
    """Addresses of what goes with it: `tree:primary-key`, `guide#indexes`."""

    disputes: tuple[str, ...] = ()
    """Addresses of items that say otherwise; each names the other."""

    changed: str = ""
    """What used to be taught, and why it changed; Markdown."""

    subject: str = ""
    """What it takes a position on, where another item may take the other."""

    position: Position | None = None
    line: int = 0

    @property
    def probes(self) -> tuple[str, ...]:
        """Give the probes that can check it."""
        return tuple(way.probe for way in self.ways if isinstance(way, ByProbe))


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of a reference of items."""

    id: str
    """Its slug: `reference#id`."""

    reference: str
    title: str
    items: tuple[Item, ...]
    intro: str = ""
    sources: tuple[Source, ...] = ()
    """All that its items cite."""

    path: str = ""
    pack: PackName = "bundled"

    @property
    def sections(self) -> tuple[Section, ...]:
        """Give the passages that have an address: the chapter, and each item with its lines."""
        from be_tui.core.knowledge.model import Section

        starts = [item.line for item in self.items]
        ends = [*starts[1:], starts[-1] + 1] if starts else []
        top = Section(self.id, self.title, 2, 1, starts[0] if starts else 1)
        placed = zip(self.items, starts, ends, strict=True)
        return (
            top,
            *(Section(each.id, each.statement, 3, start, end) for each, start, end in placed),
        )

    def find(self, item_id: str) -> Item | None:
        """Give the item of that id."""
        return next((item for item in self.items if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class Cover:
    """What a reference of items says of itself, before its chapters."""

    id: str
    title: str
    summary: str
    scale: Scale
    checked_for: int
    """Months after which an item is due to be held against its sources again."""

    chapters: tuple[str, ...]
    """Their ids, in reading order."""

    concepts: tuple[str, ...] = ()
    """What its items must tell, one each at least."""

    path: str = ""
    pack: PackName = "bundled"
