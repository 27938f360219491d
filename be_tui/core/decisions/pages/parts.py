"""Pieces that several pages are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.document import Block, Heading, Items, Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.document import Role, Text
    from be_tui.core.evidence import Fact
    from be_tui.core.knowledge import Source


_STRESS = re.compile(r"(?<!\w)\*(\w[^*]*\w|\w)\*(?!\w)")
"""A word or some between two stars; `2 * 3 * 4` and `count(*)` are not."""


def line(text: str, role: Role = "text") -> Paragraph:
    """Give a paragraph of one role."""
    return Paragraph((Span(text, role),))


def prose(text: str) -> Paragraph:
    """Give a paragraph of the tree's own words, in which `code` and *stress* may be marked."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # a backtick without its partner is only a sign
        return line(text)
    spans: list[Span] = []
    for index, part in enumerate(parts):
        spans += [Span(part, "code")] if index % 2 else _stressed(part)
    return Paragraph(tuple(span for span in spans if span.text))


def _stressed(text: str) -> Iterator[Span]:
    for index, part in enumerate(_STRESS.split(text)):
        yield Span(part, "emphasis" if index % 2 else "text")


def heading(text: str, slug: str, level: int = 2) -> Heading:
    """Give a heading."""
    return Heading((Span(text, "heading" if level > 1 else "title"),), level, slug)


def items(texts: Iterable[Text], *, first: int = 0) -> tuple[Items, ...]:
    """Give a list of one-paragraph items; nothing for no items."""
    made: tuple[tuple[Block, ...], ...] = tuple((Paragraph(text),) for text in texts)
    return (Items(made, first),) if made else ()


def sources(cited: Iterable[Source]) -> tuple[Items, ...]:
    """Give where statements come from, each with its link."""
    return items(
        (Span(str(source), "link" if source.url else "text", source.url),) for source in cited
    )


def fact(each: Fact) -> Text:
    """Give a fact with its place."""
    if not each.place:
        return (Span(each.text),)
    return (Span(f"{each.text}  "), Span(each.place, "path", f"file:{each.place}"))
