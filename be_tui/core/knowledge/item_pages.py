"""Items as documents to read: one of them, a chapter, a whole reference, its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.model import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Items,
    Paragraph,
    Role,
    Span,
)
from be_tui.core.knowledge.items import SCALES, ByHand, ByProbe, ByTool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from be_tui.core.document.model import Text
    from be_tui.core.knowledge.contents import ChapterEntry, ItemEntry
    from be_tui.core.knowledge.entries import Entry
    from be_tui.core.knowledge.items import Chapter, Cover, Example, Item, Shows, Way

    Beside = Callable[[Item], tuple[Block, ...]]
    """What else to say of an item, between its statement and its reason."""

_LEVEL_ROLES: dict[str, Role] = {"must": "strong", "c": "strong", "may": "muted", "a": "muted"}
"""How a level is marked beside its word: what binds most stands out most."""

_LEVEL_WIDTH = 6
"""Cells of the longest level."""

_LEXERS = {"openapi": "yaml", "proto": "protobuf", "text": ""}
"""The names of lexers that are not those of the languages."""

ENGINE_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}

LEVEL_WORDS = {
    "must-should-may": (
        "MUST holds nearly always, SHOULD unless there is a reason against it, MAY where it pays."
    ),
    "service-level": (
        "A service with an objective of 95 to 99 % answers the C items, one of 99 to 99.9 % those "
        "of C and B, one above 99.9 % all."
    ),
}
"""What the levels of each scale say."""


def level_span(level: str, *, padded: bool = False) -> Span:
    """Give a level as lists and headings show it."""
    word = level.upper().ljust(_LEVEL_WIDTH if padded and len(level) > 1 else 0)
    return Span(word, _LEVEL_ROLES.get(level, "text"))


def item_page(chapter: Chapter, item: Item, beside: Beside | None = None) -> Document:
    """Give one item with all that is known of it, and where it stands."""
    heading, *blocks = _item_blocks(item, 1, beside)
    link = f"{chapter.reference}#{chapter.id}"
    place = Paragraph((Span("In ", "muted"), Span(chapter.title, "link", link)))
    return Document((heading, *blocks, place))


def chapter_page(chapter: Chapter, beside: Beside | None = None) -> Document:
    """Give a chapter with its items."""
    return Document(tuple(_chapter_blocks(chapter, 1, beside)))


def whole_page(cover: Cover, chapters: Iterable[Chapter]) -> Document:
    """Give a whole reference of items."""
    blocks: list[Block] = [*_cover_blocks(cover.title, cover.id, cover.summary)]
    blocks.append(Paragraph((Span(LEVEL_WORDS[cover.scale], "muted"),)))
    for chapter in chapters:
        blocks += _chapter_blocks(chapter, 2, None)
    return Document(tuple(blocks))


def contents_page(
    entry: Entry, chapters: Iterable[ChapterEntry], items: Iterable[ItemEntry]
) -> Document:
    """Give the contents of a reference of items: its chapters, and their items with levels."""
    blocks: list[Block] = [*_cover_blocks(entry.title, entry.id, entry.summary)]
    below: dict[str, list[ItemEntry]] = {}
    for item in items:
        below.setdefault(item.chapter, []).append(item)
    for chapter in chapters:
        own = below.get(chapter.address, [])
        if own:
            title = Span(chapter.title, "heading", chapter.address)
            blocks.append(Heading((title,), 2, chapter.address.partition("#")[2]))
            blocks.append(Items(tuple((Paragraph(_content_line(item)),) for item in own)))
    if not below:
        blocks.append(Paragraph((Span("No item is left of all; ask for less."),)))
    return Document(tuple(blocks))


def items_list(chapters: Iterable[ChapterEntry], items: Iterable[ItemEntry]) -> Document:
    """Give a link to each chapter that has items left, with theirs below it."""
    below: dict[str, list[ItemEntry]] = {}
    for item in items:
        below.setdefault(item.chapter, []).append(item)
    listed: list[tuple[Block, ...]] = []
    for chapter in chapters:
        own = below.get(chapter.address)
        if own:
            line = Paragraph((Span(chapter.title, "strong", chapter.address),))
            listed.append((line, Items(tuple((Paragraph(_content_line(each)),) for each in own))))
    return Document((Items(tuple(listed)),) if listed else ())


def cover_page(
    entry: Entry, chapters: Iterable[ChapterEntry], items: Iterable[ItemEntry]
) -> Document:
    """Give what a reference of items is about: its chapters, and how many items of each level."""
    below: dict[str, list[str]] = {}
    for item in items:
        below.setdefault(item.chapter, []).append(item.level)
    blocks: list[Block] = [*_cover_blocks(entry.title, entry.id, entry.summary)]
    levels = {level for own in below.values() for level in own}
    scale = next((each for each, own in SCALES.items() if levels <= set(own)), None)
    if scale is not None:
        blocks.append(Paragraph((Span(LEVEL_WORDS[scale], "muted"),)))
    lines = (_chapter_line(each, below.get(each.address, [])) for each in chapters)
    return Document((*blocks, Items(tuple((Paragraph(line),) for line in lines))))


def _chapter_line(chapter: ChapterEntry, levels: list[str]) -> Text:
    counts = ", ".join(
        f"{levels.count(level)} {level.upper()}"
        for own in SCALES.values()
        for level in own
        if level in levels
    )
    return (Span(chapter.title, "link", chapter.address), Span(f"  {counts}", "muted"))


def _content_line(item: ItemEntry) -> Text:
    link = Span(item.statement, "text", item.address)
    return (level_span(item.level, padded=True), Span("  "), link)


def _cover_blocks(title: str, slug: str, summary: str) -> Iterator[Block]:
    yield Heading((Span(title, "title"),), 1, slug)
    yield Paragraph((Span(" ".join(summary.split())),))


def _chapter_blocks(chapter: Chapter, level: int, beside: Beside | None) -> Iterator[Block]:
    role: Role = "title" if level == 1 else "heading"
    yield Heading((Span(chapter.title, role),), level, chapter.id)
    yield from _markdown(chapter.intro)
    for item in chapter.items:
        yield from _item_blocks(item, level + 1, beside)


def _item_blocks(item: Item, level: int, beside: Beside | None) -> Iterator[Block]:
    role: Role = "title" if level == 1 else "heading"
    yield Heading((Span(item.statement, role),), level, item.id)
    yield Paragraph(_standing(item))
    if beside is not None:
        yield from beside(item)
    yield from _markdown(item.why)
    yield from _led("When not", item.when_not)
    for example in item.examples:
        yield from _example_blocks(example)
    yield Paragraph((Span("How to check", "strong"),))
    yield Items(tuple(tuple(_way_blocks(way)) for way in item.ways))
    yield from _led("What has changed", item.changed)
    yield from _addresses("Says otherwise", item.disputes)
    yield _sources(item)
    yield from _addresses("See", item.related)


def _standing(item: Item) -> Text:
    """Say how binding an item is, and where it holds."""
    where = " · ".join(("", *item.applies_to))
    return (level_span(item.level), Span(where, "muted")) if where else (level_span(item.level),)


def _led(lead: str, markdown: str) -> Iterator[Block]:
    """Give a Markdown text with a word or two before its first paragraph."""
    blocks = _markdown(markdown)
    if not blocks:
        return
    first, *rest = blocks
    if isinstance(first, Paragraph):
        yield Paragraph((Span(f"{lead}: ", "strong"), *first.text))
    else:
        yield Paragraph((Span(lead, "strong"),))
        yield first
    yield from rest


def _example_blocks(example: Example) -> Iterator[Block]:
    language = _LEXERS.get(example.language, example.language)
    if example.wrong:
        yield _caption("Wrong", "bad", example.wrong_shows)
        yield CodeBlock(example.wrong, language)
    if example.right:
        yield _caption("Right", "good", example.right_shows)
        yield CodeBlock(example.right, language)
    yield from _markdown(example.note)


def _caption(word: str, role: Role, shows: tuple[Shows, ...]) -> Paragraph:
    """Say what a text shows where it is run: engines that show the same are told together."""
    told: dict[str, list[str]] = {}
    for each in shows:
        told.setdefault(shown_words(each), []).append(ENGINE_NAMES[each.engine])
    said = "; ".join(f"{words} on {_joined(engines)}" for words, engines in told.items())
    return Paragraph((Span(word, role), Span(f": {said}" if said else "", "muted")))


def shown_words(shows: Shows) -> str:
    """Say what an engine shows: `fails with “out of range”`."""
    parts: list[str] = []
    if shows.fails:
        parts.append(f"fails with “{shows.fails}”")
    if shows.rows is not None:
        parts.append(f"gives {shows.rows} row{'' if shows.rows == 1 else 's'}")
    if shows.value is not None:
        parts.append(f"gives {shows.value}")
    if shows.plan:
        parts.append(f"its plan has “{shows.plan}”")
    if shows.plan_without:
        parts.append(f"its plan has no “{shows.plan_without}”")
    if shows.locks:
        parts.append(f"holds {shows.locks}")
    if shows.waits:
        parts.append("waits for a lock")
    return _joined(parts) if parts else "works"


def _joined(parts: list[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _way_blocks(way: Way) -> Iterator[Block]:
    match way:
        case ByProbe(probe, _, measure, says):
            spans = [Span("be-tui", "strong"), Span(f": {says}" if says else "")]
            yield Paragraph((*spans, Span("  "), Span(measure or probe, "code")))
        case ByTool(tool, how):
            yield from _led(tool, how) if how else [Paragraph((Span(tool, "strong"),))]
        case ByHand(how):
            yield from _led("By hand", how)


def _sources(item: Item) -> Paragraph:
    spans = [Span("Source: " if len(item.sources) == 1 else "Sources: ", "muted")]
    for number, source in enumerate(item.sources):
        spans.append(Span(f"{'; ' if number else ''}{source}", "muted", source.url))
    checked = f". Checked {item.checked}." if item.checked else "."
    return Paragraph((*spans, Span(checked, "muted")))


def _addresses(lead: str, addresses: tuple[str, ...]) -> Iterator[Block]:
    if addresses:
        spans = [Span(f"{lead} ", "muted")]
        for number, address in enumerate(addresses):
            spans += [Span(", ", "muted")] * (number > 0) + [Span(address, "link", address)]
        yield Paragraph(tuple(spans))


def _markdown(text: str) -> tuple[Block, ...]:
    from be_tui.core.document import parse_markdown

    return parse_markdown(text).blocks if text else ()
