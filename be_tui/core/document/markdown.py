"""Read Markdown (CommonMark and tables) into a document.

HTML is shown as text, never interpreted; front matter is the caller's to take off. Links
are kept as they are written, whoever follows them decides what they mean.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean
from be_tui.core.document.inline import Inline
from be_tui.core.document.model import (
    CodeBlock,
    Document,
    Heading,
    Items,
    Paragraph,
    Quote,
    Ruled,
    Span,
    Table,
)
from be_tui.core.document.slugs import split_slug, unique

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from be_tui.core.document.model import Block, Text


def parse_markdown(text: str, path: str = "") -> Document:
    """Read Markdown; every text is Markdown, so there is nothing to refuse.

    Args:
        text: What to read.
        path: The file that it comes from; links to places in a file are relative to it.
    """
    text = clean(text.removeprefix("\ufeff"))
    parser = _parser()
    defined: dict[str, object] = {}
    tokens = parser.parse(text, defined)
    reader = _Reader(tokens, Inline(parser, defined, path))
    return Document(_with_unique_slugs(reader.blocks()))


def headings(document: Document) -> tuple[Heading, ...]:
    """Give the headings of a document in their order, those in quotes and lists too."""
    return tuple(_headings(document.blocks))


def _headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Quote(inner):
                yield from _headings(inner)
            case Items(items):
                for item in items:
                    yield from _headings(item)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Verbatim(MarkdownIt):
        """Keeps addresses as their author wrote them; nothing is fetched or opened here."""

        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
            return True

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802
            return link

    parser = Verbatim("commonmark", {"html": False}).enable("table")
    # What stands within a paragraph is read when the paragraph is.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


class _Reader:
    """Reads the parser's flat list of tokens, where `x_open` and `x_close` enclose."""

    def __init__(self, tokens: Sequence[Token], inline: Inline) -> None:
        self._tokens = iter(tokens)
        self._read = inline.read

    def blocks(self) -> tuple[Block, ...]:
        """Read blocks up to the end of what encloses them."""
        blocks: list[Block] = []
        for token in self._tokens:
            if token.nesting < 0:
                break
            blocks.append(self._block(token))
        return tuple(blocks)

    def _block(self, token: Token) -> Block:
        match token.type:
            case "paragraph_open":
                return Paragraph(self._inline())
            case "heading_open":
                return self._heading(int(token.tag[1:]))
            case "fence" | "code_block":
                language = token.info.split()[0] if token.info.strip() else ""
                return CodeBlock(token.content.rstrip("\n"), language)
            case "bullet_list_open":
                return Items(self._items())
            case "ordered_list_open":
                return Items(self._items(), max(int(token.attrGet("start") or 1), 1))
            case "blockquote_open":
                return Quote(self.blocks())
            case "table_open":
                return self._table()
            case "hr":
                return Ruled()
        raise AssertionError(token.type)

    def _inline(self) -> Text:
        """Read the one inline token of a block, and its end."""
        token = next(self._tokens)
        next(self._tokens)
        return self._read(token.content)

    def _heading(self, level: int) -> Heading:
        text = self._inline()
        title, slug = split_slug("".join([span.text for span in text]))
        return Heading(_shortened(text, len(title)), level, slug)

    def _items(self) -> tuple[tuple[Block, ...], ...]:
        items: list[tuple[Block, ...]] = []
        for token in self._tokens:
            if token.type != "list_item_open":
                break
            items.append(self.blocks())
        return tuple(items)

    def _table(self) -> Table:
        rows: list[tuple[Text, ...]] = []
        cells: list[Text] = []
        for token in self._tokens:
            if token.type == "table_close":
                break
            if token.type in {"th_open", "td_open"}:
                cells.append(self._inline())
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        return Table(rows[0], tuple(rows[1:]))


def _shortened(text: Text, length: int) -> Text:
    """Give the first characters of a text."""
    kept: list[Span] = []
    for span in text:
        kept.append(Span(span.text[:length], span.role, span.link))
        length -= len(span.text)
    return tuple([span for span in kept if span.text])


def _with_unique_slugs(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    slugs = [heading.slug for heading in _headings(blocks)]
    given = unique(slugs)
    if list(given) == slugs:
        return blocks
    return _renamed(blocks, iter(given))


def _renamed(blocks: tuple[Block, ...], slugs: Iterator[str]) -> tuple[Block, ...]:
    renamed: list[Block] = []
    for block in blocks:
        match block:
            case Heading(text, level):
                renamed.append(Heading(text, level, next(slugs)))
            case Quote(inner):
                renamed.append(Quote(_renamed(inner, slugs)))
            case Items(items, first):
                renamed.append(Items(tuple(_renamed(item, slugs) for item in items), first))
            case _:
                renamed.append(block)
    return tuple(renamed)
