"""Write a document as plain text, for pipes, files and people who read line by line."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean
from be_tui.core.document.layout import code_lines, lay_out
from be_tui.core.document.model import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Quote,
    Role,
    Span,
    Table,
    Text,
)
from be_tui.core.document.wrap import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.document.page import Page

_SGR: dict[Role, str] = {
    "title": "1",
    "heading": "1",
    "strong": "1",
    "emphasis": "3",
    "code": "36",
    "link": "4",
    "muted": "2",
    "good": "32",
    "warning": "33",
    "bad": "31",
    "added": "32",
    "removed": "31",
    "hunk": "36",
    "path": "35",
    "chosen": "1;7",
    "key": "1",
    "code-keyword": "34",
    "code-name": "36",
    "code-string": "32",
    "code-number": "35",
    "code-comment": "2",
}
"""The terminal's own sixteen colours, so that a light and a dark one both read well."""


def to_text(document: Document, width: int = 80, *, colour: bool = False) -> str:
    """Write a document as lines that end in newlines.

    Code, maps and differences keep the length of their lines: nothing is lost in a pipe.
    Links are followed by where they lead, unless that is what they say, or this document.
    Without colour, code in a sentence stands in backticks.

    Args:
        document: What to write.
        width: The cells of a line.
        colour: Whether to mark roles by the terminal's attributes.
    """
    said = _Said(marked=not colour)
    page = lay_out(Document(tuple([said.block(block) for block in document.blocks])), width)
    if colour:
        lines = ["".join([_painted(span) for span in line]) for line in _lit(page)]
    else:
        lines = list(_underlined(page))
    return "".join([f"{line}\n" for line in lines])


def _underlined(page: Page) -> Iterator[str]:
    """Give the lines as text; chapters get a rule, since they have no other mark."""
    for number, line in enumerate(page.lines):
        yield _text(line.uncut).rstrip()
        after = page.lines[number + 1] if number + 1 < len(page.lines) else None
        if line.kind == "heading" and not (after and after.kind == "heading" and after.joined):
            lead, own = line.parts()
            if own and own[0].role == "heading":
                yield _text(lead) + "─" * text_width(own)


def _text(spans: Text) -> str:
    return "".join([span.text for span in spans])


def _lit(page: Page) -> Iterator[Text]:
    from be_tui.core.document.highlighting import highlight

    done = 0
    for placed in page.code:
        yield from [line.uncut for line in page.lines[done : placed.start]]
        code = highlight("\n".join(code_lines(placed.code)), placed.code.language)
        for line, own in zip(page.lines[placed.start : placed.end], code, strict=True):
            lead, _ = line.parts()
            yield lead + own
        done = placed.end
    yield from [line.uncut for line in page.lines[done:]]


def _painted(span: Span) -> str:
    attributes = _SGR.get(span.role, "")
    if span.link and span.role != "link":
        attributes = f"{attributes};4" if attributes else "4"
    return f"\x1b[{attributes}m{span.text}\x1b[0m" if attributes else span.text


class _Said:
    """Puts into words what a screen shows by its styles."""

    def __init__(self, *, marked: bool) -> None:
        self._marked = marked

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph(text):
                return Paragraph(self.text(text))
            case Heading(text, level, slug):
                return Heading(self.text(text), level, slug)
            case Items(items, first):
                return Items(tuple(tuple(map(self.block, item)) for item in items), first)
            case Quote(blocks):
                return Quote(tuple(map(self.block, blocks)))
            case Table(head, rows):
                body = tuple(tuple(map(self.text, row)) for row in rows)
                return Table(tuple(map(self.text, head)), body)
            case _:
                return block

    def text(self, text: Text) -> Text:
        spans: list[Span] = []
        said = ""
        for span, after in zip_longest(text, text[1:]):
            said = said + span.text if span.link else ""
            if span.role == "code" and self._marked:
                spans.append(Span(f"`{span.text}`", span.role, span.link))
            else:
                spans.append(span)
            if span.link and not (after and after.link == span.link):
                if not span.link.startswith("#") and span.link.removeprefix("file:") != said:
                    spans.append(Span(f" ({clean(span.link)})", "muted"))
                said = ""
        return tuple(spans)
