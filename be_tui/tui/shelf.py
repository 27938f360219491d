"""What the library holds, as documents to read; what was opened is kept.

Knows addresses and where things come from; knows no widget.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from be_tui.core.document import (
    CodeBlock,
    Document,
    Heading,
    Items,
    Paragraph,
    Quote,
    Span,
    headings,
)
from be_tui.core.document.cells import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from be_tui.core.document import Block, Text
    from be_tui.core.knowledge import Entry, Hit, Library
    from be_tui.core.knowledge.entries import Facets
    from be_tui.core.knowledge.items import Chapter, Item
    from be_tui.core.knowledge.model import Section

START = ""
"""The address of the page that lists everything."""

REVIEW = "review:"
"""What the address of a review begins with; the reference's id follows."""

_READ_HERE = frozenset({"reference", "checklist", "rule", "review"})
_LISTED = (
    ("reference", "References"),
    ("checklist", "Checklists"),
    ("tree", "Trees"),
    ("comparison", "Comparisons"),
)
_EXCERPT = 90
"""Characters shown of a passage that was found."""

_DEEPEST = 3
"""Headings below this level are left out of a table of contents."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing to read."""

    address: str
    """Without the section: `guide`, `checklist:code-review`."""

    title: str
    document: Document
    contents: Document
    """What to list beside it: a link to each of its sections."""

    list_title: str
    titles: Mapping[str, str]
    """The title of each section that can be gone to, by its slug."""

    path: str = ""
    pack: str = ""
    sections: tuple[Section, ...] = ()
    has_code: bool = False
    reference: str = ""
    """The reference of items that it is a page of."""

    chapter: Chapter | None = None
    """The chapter that it shows, where it shows one."""

    def item(self, slug: str) -> Item | None:
        """Give the item of that slug; without one, the first that is shown."""
        if self.chapter is None:
            return None
        first = self.chapter.items[0] if slug in {"", self.chapter.id} else None
        return self.chapter.find(slug) or first

    def link(self, slug: str) -> str:
        """Give the link by which the list beside it names a section."""
        return f"{self.reference}#{slug}" if self.reference else f"#{slug}"

    def line_of(self, slug: str) -> int:
        """Give the line of its file that a section begins at; 0 where that is not known."""
        return next((section.line for section in self.sections if section.slug == slug), 0)


def split_address(link: str) -> tuple[str, str]:
    """Part an address from its section: `guide#caching` is `("guide", "caching")`."""
    base, _, slug = link.partition("#")
    return base, slug


def is_read_here(base: str) -> bool:
    """Tell whether an address is one that the library reads, rather than another screen."""
    kind, colon, _ = base.partition(":")
    return not colon or kind in _READ_HERE


class Shelf:
    """The documents of a library, read once each."""

    def __init__(
        self, library: Library, marked: Callable[[], Sequence[tuple[str, str]]] = tuple
    ) -> None:
        """Take the documents of a library.

        Args:
            library: What to read from.
            marked: Gives the addresses that the person marked, each with its title.
        """
        self._library = library
        self._marked = marked
        self._all = library.entries()
        self._opened: dict[str, Opened] = {}
        self._places: dict[str, Mapping[str, str]] = {}
        self._contents: dict[tuple[str, Facets], tuple[str, Document]] = {}

    @property
    def listed(self) -> tuple[Entry, ...]:
        """List what the first page lists: rules are too many, and are looked for by name."""
        return tuple(entry for kind, _ in _LISTED for entry in self._all if entry.kind == kind)

    def search(self, query: str, limit: int, facets: Facets | None = None) -> tuple[Hit, ...]:
        """Find passages, trees, checklists and rules, the best first; items alone by facets."""
        return self._library.search(query, limit, facets)

    def page_of(self, base: str, slug: str) -> str:
        """Give the page that a passage stands on: of a reference of items, its chapter's."""
        if not slug or ":" in base:
            return base
        return self._chapters_of(base).get(f"{base}#{slug}", base)

    def _chapters_of(self, reference: str) -> Mapping[str, str]:
        """Give the chapter of each passage of a reference of items; none of another."""
        known = self._places.get(reference)
        if known is None:
            chapters = {each.address: each.address for each in self._library.chapters(reference)}
            items = self._library.items(reference) if chapters else ()
            known = chapters | {each.address: each.chapter for each in items}
            self._places[reference] = known
        return known

    def contents(self, reference: str, facets: Facets) -> tuple[str, Document]:
        """Give the contents of a reference of items that have what is asked for, and a title."""
        from be_tui.core.knowledge.item_pages import items_list

        key = (reference, facets)
        if key not in self._contents:
            items = self._library.items(reference, facets)
            every = len(self._library.items(reference))
            title = f"{every} items" if len(items) == every else f"{len(items)} of {every} items"
            document = items_list(self._library.chapters(reference), items)
            self._contents[key] = (title, document)
        return self._contents[key]

    def engines(self, reference: str) -> tuple[str, ...]:
        """Give what the items of a reference apply to, the commonest first, without versions."""
        found: dict[str, int] = {}
        for item in self._library.items(reference):
            for each in filter(None, item.applies_to.split(", ")):
                name = _unversioned(each)
                found[name] = found.get(name, 0) + 1
        return tuple(sorted(found, key=lambda name: (-found[name], name)))

    def kept(self, address: str) -> Opened | None:
        """Give what was opened before."""
        return self._opened.get(address)

    def forget(self, address: str) -> None:
        """Read a page anew the next time, because what it tells has changed."""
        self._opened.pop(address, None)

    def title_of(self, address: str) -> str:
        """Give the title of what stands at an address; the address where that is not known."""
        base, _, slug = address.partition("#")
        entry = next((each for each in self._all if each.address == base), None)
        if entry is None:
            return address
        items = self._library.items(base) if slug and ":" not in base else ()
        found = (item.statement for item in items if item.address == address)
        return clean(next(found, entry.title))

    def open(self, address: str) -> Opened:
        """Read what stands at an address without a section.

        Raises:
            InputError: Nothing stands there, or its file is broken.
        """
        opened = self._opened.get(address)
        if opened is None:
            opened = self._start() if address == START else self._read(address)
            self._opened[address] = opened
        return opened

    def _read(self, address: str) -> Opened:
        from be_tui.core.knowledge.pages import reference_page

        reference_id, _, slug = address.partition("#")
        if ":" not in address and self._chapters_of(reference_id):
            return self._read_chapter(address) if slug else self._read_cover(reference_id)
        sections: tuple[Section, ...] = ()
        if ":" in address:
            document = self._library.page(address)
        else:
            reference = self._library.reference(address)
            document, sections = reference_page(reference), reference.sections
        entry = self._entry(address)
        contents = contents_list(document)
        return Opened(
            address,
            clean(entry.title),
            document,
            contents,
            "On this page" if contents.blocks else "",
            {heading.slug: _plain(heading) for heading in headings(document)},
            entry.path,
            entry.pack,
            sections,
            _has_code(document.blocks),
        )

    def _read_cover(self, reference: str) -> Opened:
        from be_tui.core.knowledge.item_pages import cover_page

        entry = self._entry(reference)
        chapters, items = self._library.chapters(reference), self._library.items(reference)
        document = cover_page(entry, chapters, items)
        return Opened(
            *(reference, clean(entry.title), document, Document(), ""),
            {entry.id: clean(entry.title)},
            entry.path,
            entry.pack,
            reference=reference,
        )

    def _read_chapter(self, address: str) -> Opened:
        from be_tui.core.knowledge.item_pages import chapter_page

        chapter = self._library.chapter(address)
        document = chapter_page(chapter)
        title = f"{self._entry(chapter.reference).title} › {chapter.title}"
        return Opened(
            *(address, clean(title), document, Document(), ""),
            {item.id: clean(item.statement) for item in chapter.items} | {chapter.id: ""},
            chapter.path,
            chapter.pack,
            chapter.sections,
            _has_code(document.blocks),
            reference=chapter.reference,
            chapter=chapter,
        )

    def _entry(self, address: str) -> Entry:
        return next(entry for entry in self._all if entry.address == address)

    def _start(self) -> Opened:
        blocks: list[Block] = [Heading((Span("Library"),), 1, "library")]
        blocks += self._troubles()
        marked = self._marked()
        if marked:
            links = ((Paragraph((Span(title, "link", address),)),) for address, title in marked)
            blocks += [Heading((Span("Marked"),), 2, "marked"), Items(tuple(links))]
        for kind, name in _LISTED:
            found = [entry for entry in self._all if entry.kind == kind]
            if found:
                blocks.append(Heading((Span(name),), 2, kind))
                blocks.append(Items(tuple(_item(entry) for entry in found)))
        rules = sum(entry.kind == "rule" for entry in self._all)
        if rules:
            blocks.append(Paragraph((Span(f"And {rules} rules, which a search finds.", "muted"),)))
        lines = [*((title, address) for address, title in marked)]
        lines += [(each.title, each.address) for each in self.listed]
        items = [(Paragraph((Span(title, "text", address),)),) for title, address in lines]
        contents = Document((Items(tuple(items)),) if items else ())
        title = "All there is" if items else ""
        return Opened(START, "Library", Document(tuple(blocks)), contents, title, {})

    def _troubles(self) -> list[Block]:
        said: list[Text] = []
        if not self._all:
            said.append(
                (
                    Span("There is nothing to read yet. A pack of your own goes into "),
                    Span(".be-tui/", "code"),
                    Span(" of the project."),
                )
            )
        if self._library.troubled:
            said.append(
                (
                    Span("Some files have faults: ", "warning"),
                    Span("be-tui knowledge check", "code"),
                    Span(" says which, and where."),
                )
            )
        return [Paragraph(text) for text in said]


def contents_list(document: Document) -> Document:
    """Give a link to each chapter and section, those of a chapter below it; not to the title."""
    found = [heading for heading in headings(document) if heading.level <= _DEEPEST]
    if found and found[0].level == 1:
        found = found[1:]
    return Document((_nested(found),) if found else ())


def _nested(found: Sequence[Heading]) -> Items:
    top = min(heading.level for heading in found)
    starts = [n for n, heading in enumerate(found) if heading.level == top or n == 0]
    items: list[tuple[Block, ...]] = []
    for start, end in pairwise([*starts, len(found)]):
        heading, below = found[start], found[start + 1 : end]
        line = Paragraph((Span(_plain(heading), "text", f"#{heading.slug}"),))
        items.append((line, _nested(below)) if below else (line,))
    return Items(tuple(items))


def _unversioned(name: str) -> str:
    """Give a name without its version: `PostgreSQL 10+` is `PostgreSQL`."""
    words = name.split()
    kept = [word for word in words if not any(letter.isdigit() for letter in word)]
    return " ".join(kept) or name


def found_list(hits: Sequence[Hit], query: str) -> Document:
    """Give a link to each thing that was found, with where it stands and what it says."""
    if not hits:
        nothing = f"Nothing was found for “{query}”. Fewer or shorter words find more."
        return Document((Paragraph((Span(nothing),)),))
    items = [(Paragraph(_found(hit)),) for hit in hits]
    return Document((Items(tuple(items)),) if items else ())


def _found(hit: Hit) -> Text:
    place = hit.trail.rpartition(" › ")[2] if hit.kind == "reference" else hit.kind
    spans = [Span(hit.title, "text", hit.address), Span(f"\n{place or hit.kind}  ", "muted")]
    room = _EXCERPT
    for span in hit.snippet:
        text = span.text.replace("\n", " ")[:room]
        spans.append(Span(text, span.role if span.role == "strong" else "muted"))
        room -= len(text)
        if room <= 0:
            spans.append(Span("…", "muted"))
            break
    return tuple(spans)


def _has_code(blocks: Sequence[Block]) -> bool:
    return any(
        isinstance(block, CodeBlock)
        or (isinstance(block, Quote) and _has_code(block.blocks))
        or (isinstance(block, Items) and any(map(_has_code, block.items)))
        for block in blocks
    )


def _plain(heading: Heading) -> str:
    return clean("".join([span.text for span in heading.text]))


def place_of(opened: Opened, slug: str, project: str, *, short: bool = False) -> str:
    """Say where a section comes from: the pack, and the place in its file.

    Args:
        opened: What is read.
        slug: The section of it.
        project: The project's folder.
        short: Whether there is room for the file's name alone.
    """
    if not opened.path:
        return ""
    line = opened.line_of(slug)
    path = opened.path
    for base in (project, os.path.expanduser("~")):  # noqa: PTH111 (a path is only shown)
        inside = path.removeprefix(os.path.join(base, ""))  # noqa: PTH118
        if inside != path:
            path = inside if base == project else f"~/{inside}"
            break
    else:
        path = "/".join(path.split("/")[-2:]) if opened.pack == "bundled" else path
    path = path.rpartition("/")[2] if short else path
    return clean(f"{opened.pack} · {path}:{line}" if line else f"{opened.pack} · {path}")


def _item(entry: Entry) -> tuple[Block, ...]:
    link = (Span(entry.title, "link", entry.address),)
    summary = (Span(f"  {' '.join(entry.summary.split())}", "muted"),) if entry.summary else ()
    return (Paragraph(link + summary),)


def warm_up() -> None:
    """Load what reading needs, before it is needed: the parser and the common lexers."""
    from be_tui.core.document import highlight, parse_markdown

    parse_markdown("")
    for language in ("sql", "python", "json"):
        highlight("1", language)
