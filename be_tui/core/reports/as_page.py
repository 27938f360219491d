"""One finding as a document: what is wrong, why, what would mend it, where to read more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import (
    CodeBlock,
    Document,
    Heading,
    Lines,
    Paragraph,
    Span,
    parse_markdown,
)

if TYPE_CHECKING:
    from be_tui.core.document import Block, Role, Text
    from be_tui.core.findings import Finding, Fix

_ROLES: dict[str, Role] = {"error": "bad", "warning": "warning", "info": "muted"}


def finding_page(finding: Finding, text: str = "") -> Document:
    """Give one finding to read.

    Args:
        finding: What to tell.
        text: What it was found in, to show the lines that a fix changes.
    """
    blocks: list[Block] = [
        Heading((Span(finding.message),), 2, "finding"),
        Paragraph(
            (
                Span(finding.severity, _ROLES[finding.severity]),
                Span(f"  {finding.rule}  {finding.place}", "muted"),
            )
        ),
    ]
    blocks += _prose("Why: ", finding.why)
    if finding.fix is not None:
        blocks += _prose("Fix: ", finding.fix.title)
        blocks += _changes(finding.fix, text)
        if finding.fix.statements:
            blocks.append(CodeBlock(finding.fix.statements, "sql"))
    links: list[Span] = []
    for each in finding.references:
        links += [Span(", " if links else ""), Span(each, "link", each)]
    if links:
        blocks.append(Paragraph((Span("Read: ", "muted"), *links)))
    if finding.also_known_as:
        said = ", ".join(finding.also_known_as)
        blocks.append(Paragraph((Span(f"Also known as {said}", "muted"),)))
    return Document(tuple(blocks))


def _prose(label: str, said: str) -> list[Block]:
    """Give words of Markdown, led by what they are."""
    blocks = parse_markdown(said).blocks
    if not blocks:
        return []
    first, *rest = blocks
    lead = Span(label, "muted")
    if isinstance(first, Paragraph):
        return [Paragraph((lead, *first.text)), *rest]
    return [Paragraph((lead,)), first, *rest]


def _changes(fix: Fix, text: str) -> list[Block]:
    """Show each edit: the lines that go and those that come, where the text is at hand."""
    lines = text.split("\n")
    shown: list[Text] = []
    for edit in fix.edits:
        place = edit.place
        old = lines[place.line - 1 : place.end_line] if place.line else []
        if not old:
            return [CodeBlock(edit.replacement, "sql")]
        head, tail = old[0][: place.column - 1], old[-1][place.end_column - 1 :]
        new = f"{head}{edit.replacement}{tail}".split("\n")
        shown += [(Span(f"- {line}", "removed"),) for line in old]
        shown += [(Span(f"+ {line}", "added"),) for line in new]
    return [Lines(tuple(shown))] if shown else []
