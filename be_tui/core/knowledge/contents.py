"""What the index knows of references of items: their chapters and items, without reading any."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.knowledge.entries import Facets
from be_tui.core.knowledge.packs import PackFile

if TYPE_CHECKING:
    import sqlite3

    from be_tui.core.knowledge.model import PackName


class ChapterEntry(NamedTuple):
    """One chapter of a reference of items, as its table of contents shows it."""

    address: str
    """`database-patterns#types-and-keys`."""

    title: str
    path: str
    """The file that it stands in."""

    pack: PackName


class ItemEntry(NamedTuple):
    """One item of a reference of items, as its table of contents shows it."""

    address: str
    """`database-patterns#bigint-keys`."""

    chapter: str
    """The address of its chapter."""

    level: str
    statement: str
    applies_to: str
    """What it applies to, in one line; empty for an item that holds anywhere."""

    probes: str
    """The probes that can check it, with blanks between; empty where be-tui cannot."""

    checked: str
    """When it was last held against its sources: `2026-11-23`."""


NO_FACETS = Facets()


def chapters_of(index: sqlite3.Connection, reference: str) -> tuple[ChapterEntry, ...]:
    """List the chapters of a reference in reading order; none where it is not made of items."""
    asked = """\
SELECT reference || '#' || id, title, path, pack FROM chapters
WHERE reference = ? ORDER BY number"""
    return tuple(ChapterEntry(*row) for row in index.execute(asked, (_storable(reference),)))


def items_of(
    index: sqlite3.Connection, reference: str = "", facets: Facets = NO_FACETS
) -> tuple[ItemEntry, ...]:
    """List the items of a reference, or of all, that have what is asked for."""
    only, given = condition(facets)
    asked = f"""\
SELECT address, reference || '#' || chapter, level, statement, applies_to, probes, checked
FROM items WHERE (:reference = '' OR reference = :reference) AND {only} ORDER BY number"""  # noqa: S608
    rows = index.execute(asked, {**given, "reference": _storable(reference)})
    return tuple(ItemEntry(*row) for row in rows)


def chapter_files(index: sqlite3.Connection, reference: str) -> tuple[PackFile, ...]:
    """Give the files of a reference's chapters in reading order."""
    asked = "SELECT path, pack, stamp FROM chapters WHERE reference = ? ORDER BY number"
    rows = index.execute(asked, (_storable(reference),))
    return tuple(PackFile("chapter", *row) for row in rows)


def chapter_at(index: sqlite3.Connection, reference: str, slug: str) -> PackFile | None:
    """Give the file of the chapter in which a passage stands."""
    asked = """\
SELECT path, pack, stamp FROM chapters WHERE reference = :reference AND id IN (
    SELECT :slug UNION SELECT chapter FROM items WHERE address = :reference || '#' || :slug
)"""
    given = {"reference": _storable(reference), "slug": _storable(slug)}
    row = index.execute(asked, given).fetchone()
    return PackFile("chapter", *row) if row else None


def condition(facets: Facets) -> tuple[str, dict[str, str]]:
    """Give the condition on the table of items, and what stands for its names."""
    parts: list[str] = []
    if facets.level:
        parts.append("level = :level")
    if facets.applies:
        # What it applies to is a list of names with versions: `PostgreSQL 10+, MySQL 8+`.
        parts.append(
            "(applies_to = '' OR instr(' ' || lower(applies_to), ' ' || lower(:applies)) > 0)"
        )
    if facets.checkable:
        parts.append("probes <> ''")
    given = {"level": facets.level, "applies": _storable(facets.applies.strip())}
    return " AND ".join(parts) or "1", given


def _storable(text: str) -> str:
    return text.encode(errors="replace").decode()
