"""Write a document as plain text, for pipes, files and people who read line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.cells import clean
from be_tui.core.document.layout import code_lines, lay_out
from be_tui.core.document.model import (
    Block,
    Document,
    Heading,
    Items,
    Lines,
    Paragraph,
    Quote,
    Role,
    Span,
    Table,
    Text,
)
from be_tui.core.document.wrap import cut_text, text_width

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

    Links are followed by where they lead, unless that is what they say, or this document.

    Args:
        document: What to write.
        width: The cells of a line.
        colour: Whether to mark roles by the terminal's attributes.
    """
    page = lay_out(Document(tuple([_spelt(block) for block in document.blocks])), width)
    if colour:
        lines = ["".join([_painted(span) for span in line]) for line in _lit(page)]
    else:
        lines = list(_underlined(page))
    return "".join([f"{line}\n" for line in lines])


def _underlined(page: Page) -> Iterator[str]:
    """Give the lines as text; chapters get a rule, since they have no other mark."""
    for number, line in enumerate(page.lines):
        yield line.text.rstrip()
        after = page.lines[number + 1] if number + 1 < len(page.lines) else None
        if line.kind == "heading" and not (after and after.kind == "heading" and after.joined):
            lead, own = line.parts()
            if own and own[0].role == "heading":
                yield "".join([span.text for span in lead]) + "─" * text_width(own)


def _lit(page: Page) -> Iterator[Text]:
    from be_tui.core.document.highlighting import highlight

    done = 0
    for placed in page.code:
        yield from [line.spans for line in page.lines[done : placed.start]]
        code = highlight("\n".join(code_lines(placed.code)), placed.code.language)
        for line, own in zip(page.lines[placed.start : placed.end], code, strict=True):
            lead, _ = line.parts()
            yield lead + cut_text(own, page.width - text_width(lead))
        done = placed.end
    yield from [line.spans for line in page.lines[done:]]


def _painted(span: Span) -> str:
    attributes = _SGR.get(span.role, "")
    if span.link and span.role != "link":
        attributes = f"{attributes};4" if attributes else "4"
    return f"\x1b[{attributes}m{span.text}\x1b[0m" if attributes else span.text


def _spelt(block: Block) -> Block:
    """Write out where the links of a block lead."""
    match block:
        case Paragraph(text):
            return Paragraph(_spelt_text(text))
        case Heading(text, level, slug):
            return Heading(_spelt_text(text), level, slug)
        case Items(items, first):
            return Items(tuple(tuple(_spelt(each) for each in item) for item in items), first)
        case Quote(blocks):
            return Quote(tuple(_spelt(each) for each in blocks))
        case Table(head, rows):
            return Table(head, tuple(tuple(_spelt_text(cell) for cell in row) for row in rows))
        case Lines(lines):
            return Lines(tuple(_spelt_text(line) for line in lines))
        case _:
            return block


def _spelt_text(text: Text) -> Text:
    spans: list[Span] = []
    said = ""
    for index, span in enumerate(text):
        spans.append(span)
        said = said + span.text if span.link else ""
        ends = index + 1 == len(text) or text[index + 1].link != span.link
        if span.link and ends:
            if not span.link.startswith("#") and span.link.removeprefix("file:") != said:
                spans.append(Span(f" ({clean(span.link)})", "muted"))
            said = ""
    return tuple(spans)
