"""The library: what the three packs hold together, listed, opened and searched.

Opening one never fails for what a pack holds: broken files are left out of lists and
searches, `faults` tells about them, and asking for one by its id says what is wrong.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, TypeVar, cast

from be_tui.core.knowledge.entries import KINDS, Entry, Hit, Kind
from be_tui.core.knowledge.index import open_index, setting
from be_tui.core.knowledge.packs import PackFile, find_packs

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from typing import Self

    from be_tui.core.comparisons.model import Comparison
    from be_tui.core.document import Document
    from be_tui.core.errors import InputError
    from be_tui.core.findings import Finding
    from be_tui.core.knowledge.contents import ChapterEntry, ItemEntry
    from be_tui.core.knowledge.entries import Facets
    from be_tui.core.knowledge.items import Chapter, Cover, Item
    from be_tui.core.knowledge.model import Checklist, Reference, Rule, Section, Tree

T = TypeVar("T")


def open_library(project: str | os.PathLike[str] | None = None) -> Library:
    """Open the library of a project: the bundled pack, the user's, the project's.

    Args:
        project: The project's root; without one its pack is left out.
    """
    return Library(project)


class Library:
    """What the packs held when it was opened; items are read from their files when asked for."""

    def __init__(self, project: str | os.PathLike[str] | None) -> None:
        """Look at the packs, and open their index."""
        self._packs = find_packs(project)
        self._index = open_index(self._packs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def entries(self, kind: Kind | None = None) -> tuple[Entry, ...]:
        """List the items, or those of one kind: by kind, then by id."""
        rows = self._sound(_entries)
        return tuple(entry for entry in rows if kind in {None, entry.kind})

    def synonyms(self) -> dict[str, list[str]]:
        """Give what each phrase is called besides, in small letters."""
        return self._sound(_synonyms)

    def titles(self, addresses: Iterable[str]) -> dict[str, str]:
        """Give the titles of what stands at some addresses; none of what stands nowhere."""
        wanted = tuple(addresses)
        return self._sound(lambda index: _titles(index, wanted))

    def search(self, query: str, limit: int = 20, facets: Facets | None = None) -> tuple[Hit, ...]:
        """Find passages, trees, checklists and rules, the best first.

        An empty query lists everything. Whatever is typed, nothing is raised.

        Args:
            query: What was typed.
            limit: Hits at most.
            facets: Which items are wanted, and nothing else is then.
        """
        from be_tui.core.knowledge.search import search

        return self._sound(lambda index: search(index, query, limit, facets))

    def chapters(self, reference_id: str) -> tuple[ChapterEntry, ...]:
        """List the chapters of a reference of items; none of another."""
        from be_tui.core.knowledge.contents import chapters_of

        return self._sound(lambda index: chapters_of(index, reference_id))

    def items(self, reference_id: str = "", facets: Facets | None = None) -> tuple[ItemEntry, ...]:
        """List the items of a reference, or of all, that have what is asked for."""
        from be_tui.core.knowledge.contents import NO_FACETS, items_of

        return self._sound(lambda index: items_of(index, reference_id, facets or NO_FACETS))

    def cover(self, reference_id: str) -> Cover:
        """Read what a reference of items says of itself.

        Raises:
            InputError: There is none of that id, it is not made of items, or its cover is broken.
        """
        from be_tui.core.errors import InputError
        from be_tui.core.knowledge.reading import read_value

        file = self._file("reference", reference_id)
        if not self.chapters(reference_id):
            raise InputError(f"{reference_id!r} is not made of items", hint="see `be-tui refs`")
        return cast("Cover", read_value(file))

    def bound(self, reference_id: str) -> tuple[Cover, tuple[Chapter, ...]]:
        """Read a reference of items: what it says of itself, and its chapters without faults.

        Raises:
            InputError: There is none of that id, it is not made of items, or its cover is broken.
        """
        from be_tui.core.knowledge.contents import chapter_files
        from be_tui.core.knowledge.reading import read_chapters

        cover = self.cover(reference_id)
        files = self._sound(lambda index: chapter_files(index, reference_id))
        return cover, read_chapters(files)

    def chapter(self, address: str) -> Chapter:
        """Read the chapter in which a passage of a reference of items stands.

        Args:
            address: That of an item, or of the chapter itself.

        Raises:
            InputError: Nothing stands there, or its file is broken.
        """
        from be_tui.core.knowledge.contents import chapter_at
        from be_tui.core.knowledge.reading import read_value

        reference, _, slug = address.partition("#")
        file = self._sound(lambda index: chapter_at(index, reference, slug))
        if file is None:
            raise self._no_passage(reference, slug)
        return cast("Chapter", read_value(file))

    def item(self, address: str) -> Item:
        """Read one item of a reference of items.

        Raises:
            InputError: No item stands there, or its chapter is broken.
        """
        reference, _, slug = address.partition("#")
        item = self.chapter(address).find(slug)
        if item is None:
            raise self._no_passage(reference, slug)
        return item

    def tree(self, tree_id: str) -> Tree:
        """Read a tree.

        Raises:
            InputError: There is none of that id, or its file is broken.
        """
        return cast("Tree", self._value("tree", tree_id))

    def comparison(self, comparison_id: str) -> Comparison:
        """Read a comparison.

        Raises:
            InputError: There is none of that id, or its file is broken.
        """
        return cast("Comparison", self._value("comparison", comparison_id))

    def checklist(self, checklist_id: str) -> Checklist:
        """Read a checklist.

        Raises:
            InputError: There is none of that id, or its file is broken.
        """
        return cast("Checklist", self._value("checklist", checklist_id))

    def rule(self, rule_id: str) -> Rule:
        """Read a rule's words.

        Raises:
            InputError: There is none of that id, or its file is broken.
        """
        return cast("Rule", self._value("rule", rule_id))

    def reference(self, reference_id: str) -> Reference:
        """Read a reference, with its document and its sections.

        Raises:
            InputError: There is none of that id, or its file is broken.
        """
        from be_tui.core.knowledge.reading import read_reference

        file = self._file("reference", reference_id)
        if not file.path.lower().endswith(".md"):
            from be_tui.core.knowledge.contents import chapter_files
            from be_tui.core.knowledge.reading import read_bound

            return read_bound(file, self._sound(lambda index: chapter_files(index, reference_id)))
        return read_reference(file, self._sound(lambda index: _sections(index, reference_id)))

    def page(self, address: str, facets: Facets | None = None) -> Document:
        """Give what stands at an address: a whole reference, a section of one, a rule's words.

        Of a reference of items its contents are given, or those items that have what is asked for.

        Raises:
            InputError: Nothing stands there.
        """
        from be_tui.core.knowledge.pages import page

        return page(self, address, facets)

    @property
    def troubled(self) -> bool:
        """Tell whether anything is wrong with the packs, which costs nothing to know."""
        return self._sound(lambda index: setting(index, "faults")) != "0"

    def faults(self) -> tuple[Finding, ...]:
        """Give what is wrong with the packs; nothing is parsed where nothing is wrong."""
        if not self.troubled:
            return ()
        from be_tui.core.knowledge.survey import survey

        return survey(self._packs.files, self._packs.troubles).findings

    def _value(self, kind: Kind, item_id: str) -> object:
        from be_tui.core.knowledge.reading import read_value

        return read_value(self._file(kind, item_id))

    def _file(self, kind: Kind, item_id: str) -> PackFile:
        """Give the file of an item."""
        file = self._sound(lambda index: _file_of(index, kind, item_id))
        if file is None:
            raise self._unknown(kind, item_id)
        return file

    def _no_passage(self, reference_id: str, slug: str) -> InputError:
        """Say that a reference has no such passage, or that there is no such reference."""
        self._file("reference", reference_id)
        from be_tui.core.knowledge.pages import no_section

        sections = self._sound(lambda index: _sections(index, reference_id))
        return no_section(reference_id, slug, [section.slug for section in sections])

    def _unknown(self, kind: Kind, item_id: str) -> InputError:
        from be_tui.core.errors import InputError
        from be_tui.core.yamlform import nearest

        ids = [entry.id for entry in self.entries(kind)]
        near = nearest(item_id, ids)
        known = f"there are {', '.join(ids)}" if ids else f"there is no {kind} at all"
        return InputError(
            f"no {kind} {item_id!r}", hint=f"did you mean {near!r}?" if near else known
        )

    def _sound(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        """Ask the index; where it proves to be damaged, build it anew and ask again."""
        try:
            return ask(self._index)
        except sqlite3.DatabaseError:
            self._index.close()
            self._index = open_index(self._packs, anew=True)
            return ask(self._index)


def _entries(index: sqlite3.Connection) -> list[Entry]:
    asked = "SELECT kind, id, title, summary, path, pack, heading FROM entries WHERE usable"
    rows = index.execute(asked)
    return sorted((Entry(*row) for row in rows), key=lambda each: (KINDS.index(each.kind), each.id))


def _synonyms(index: sqlite3.Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase, other in index.execute("SELECT phrase, other FROM aliases"):
        found.setdefault(phrase, []).append(other)
    return found


def _titles(index: sqlite3.Connection, wanted: tuple[str, ...]) -> dict[str, str]:
    slots = ",".join("?" * len(wanted))
    asked = f"SELECT address, title FROM passages WHERE address IN ({slots})"  # noqa: S608
    return dict(index.execute(asked, wanted))


def _file_of(index: sqlite3.Connection, kind: Kind, item_id: str) -> PackFile | None:
    asked = "SELECT kind, path, pack, stamp FROM entries WHERE kind = ? AND id = ?"
    row = index.execute(asked, (kind, item_id.encode(errors="replace").decode())).fetchone()
    return PackFile(*row) if row else None


def _sections(index: sqlite3.Connection, reference_id: str) -> tuple[Section, ...]:
    """Give the sections of a reference; none where it is broken."""
    from be_tui.core.knowledge.model import Section

    asked = "SELECT slug, title, level, line, end FROM sections WHERE reference = ? ORDER BY number"
    return tuple(Section(*row) for row in index.execute(asked, (reference_id,)))
