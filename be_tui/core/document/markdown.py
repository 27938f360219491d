"""Read Markdown (CommonMark and tables) into a document.

HTML is shown as text, never interpreted; front matter is the caller's to take off. Links
are kept as they are written, whoever follows them decides what they mean.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean
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
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from be_tui.core.document.model import Block, Role, Text


def parse_markdown(text: str, path: str = "") -> Document:
    """Read Markdown; every text is Markdown, so there is nothing to refuse.

    Args:
        text: What to read.
        path: The file that it comes from; links to places in a file are relative to it.
    """
    text = clean(text.removeprefix("\ufeff"))
    tokens = _parser().parse(text)
    return Document(_with_unique_slugs(_Reader(tokens, path).blocks()))


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
    parser.core.ruler.at("inline", _read_inline)
    return parser


_MARKED_UP = re.compile(r"[\\*_`\[<&]|  \n")
"""What may mean anything within a paragraph."""


def _read_inline(state: StateCore) -> None:
    """Read what stands within paragraphs; where nothing is marked up there is nothing to read.

    That is so in half of them, and saves a third of the time.
    """
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MARKED_UP.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            text = " ".join([line.strip(" \t") for line in token.content.split("\n")])
            token.children.append(Token("text", "", 0, content=text))


class _Reader:
    """Reads the parser's flat list of tokens, where `x_open` and `x_close` enclose."""

    def __init__(self, tokens: Sequence[Token], path: str) -> None:
        self._tokens = iter(tokens)
        self._path = path

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
        return _text(token.children or (), self._path)

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


def _text(tokens: Sequence[Token], path: str) -> Text:
    """Give the spans of inline tokens; neighbours of one kind become one span."""
    parts: list[tuple[str, Role, str]] = []
    strong = emphasis = 0
    link = ""
    for token in tokens:
        text, role = token.content, _role(strong, emphasis, link)
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                link = _address(str(token.attrGet("href") or ""), path)
            case "link_close":
                link = ""
            case "softbreak":
                text = " "
            case "hardbreak":
                text = "\n"
            case "code_inline":
                role = "code"
            case "image":
                address = link or _address(str(token.attrGet("src") or ""), path)
                alt = "".join([child.content for child in token.children or ()])
                parts.append((alt or address, _role(strong, emphasis, address), address))
                continue
        if not text:
            continue
        if parts and parts[-1][1:] == (role, link):
            text = parts.pop()[0] + text
        parts.append((text, role, link))
    return tuple([Span(*part) for part in parts])


def _role(strong: int, emphasis: int, link: str) -> Role:
    if strong:
        return "strong"
    if emphasis:
        return "emphasis"
    return "link" if link else "text"


def _address(link: str, path: str) -> str:
    """Give where a link leads: to a file it is relative to the file that it stands in."""
    name, hash_sign, slug = link.partition("#")
    if not path or ":" in name or not ("/" in name or "." in name):
        return link
    from posixpath import dirname, join, normpath, splitext

    stem, ending = splitext(name.rpartition("/")[2])
    if ending == ".md":
        return f"{stem}{hash_sign}{slug}"
    return f"file:{normpath(join(dirname(path), name))}"


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
