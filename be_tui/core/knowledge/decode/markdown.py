"""What stands in a Markdown text: its sections with their lines, their words, its links.

The slugs are those of `be_tui.core.document`, so an address leads to the same heading in
the index and on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.document.slugs import split_slug, unique
from be_tui.core.knowledge.model import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


class Link(NamedTuple):
    """One link of a text."""

    target: str
    line: int
    """The first line of its paragraph, from 1."""


class Scan(NamedTuple):
    """What was found in one text."""

    sections: tuple[Section, ...]
    words: tuple[str, ...]
    """The plain text before the first heading, then that of each section."""

    links: tuple[Link, ...]
    repeated: tuple[Section, ...]
    """Sections whose explicit slug an earlier one has."""


class _Heading(NamedTuple):
    line: int
    level: int
    title: str
    slug: str
    explicit: bool
    top: bool
    """False within a quote or a list: it has an address, but is no section."""

    def repeats(self, slug: str) -> bool:
        """Tell whether the slug that was written had to be changed."""
        return self.explicit and self.slug != slug


def scan(text: str, offset: int = 0) -> Scan:
    """Read a Markdown text.

    Args:
        text: The text, without front matter.
        offset: How many lines of the file stand above it.
    """
    headings: list[_Heading] = []
    words: list[list[str]] = [[]]
    links: list[Link] = []
    tokens = _parser_tokens(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            headings.append(_heading(token, tokens[number + 1], offset))
            if headings[-1].top:
                words.append([])
        elif token.type == "inline":
            links += _links(token, offset)
            if not _is_heading(tokens, number):
                words[-1].append(_plain(token))
        elif token.type in {"fence", "code_block"}:
            words[-1].append(token.content)
    slugs = unique(heading.slug for heading in headings)
    end = offset + text.removesuffix("\n").count("\n") + 2
    sections = _sections(headings, slugs, end)
    twice = {slug for each, slug in zip(headings, slugs, strict=True) if each.repeats(slug)}
    return Scan(
        sections=sections,
        words=tuple(" ".join(" ".join(part).split()) for part in words),
        links=tuple(links),
        repeated=tuple(section for section in sections if section.slug in twice),
    )


def _parser_tokens(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    from be_tui.core.document import clean

    return MarkdownIt("commonmark", {"html": False}).enable("table").parse(clean(text))


def _is_heading(tokens: list[Token], number: int) -> bool:
    return tokens[number - 1].type == "heading_open" and tokens[number - 1].level == 0


def _heading(opening: Token, inline: Token, offset: int) -> _Heading:
    written = _plain(inline)
    title, slug = split_slug(written)
    return _Heading(
        line=(opening.map or [0])[0] + 1 + offset,
        level=int(opening.tag[1:]),
        title=title,
        slug=slug,
        explicit=title != written.strip(),
        top=opening.level == 0,
    )


def _sections(headings: list[_Heading], slugs: tuple[str, ...], end: int) -> tuple[Section, ...]:
    own = [(each, slug) for each, slug in zip(headings, slugs, strict=True) if each.top]
    ends = [*(heading.line for heading, _ in own[1:]), end]
    return tuple(
        Section(slug, heading.title, heading.level, heading.line, last)
        for (heading, slug), last in zip(own, ends, strict=False)
    )


def _plain(inline: Token) -> str:
    parts = (
        child.content if child.type in {"text", "code_inline", "image"} else " "
        for child in inline.children or ()
        if child.type not in {"em_open", "em_close", "strong_open", "strong_close"}
        and child.type not in {"link_open", "link_close"}
    )
    return "".join(parts)


def _links(inline: Token, offset: int) -> Iterator[Link]:
    line = (inline.map or [0])[0] + 1 + offset
    for child in inline.children or ():
        if child.type == "link_open":
            yield Link(str(child.attrGet("href") or ""), line)
