"""Documents: one form for all that is read, on a screen or line by line.

Markdown ── parse_markdown ──▸ Document ── lay_out ──▸ Page (lines, links, anchors)
                                       └── to_text ──▸ plain text
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.model import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Items,
    Lines,
    Paragraph,
    Quote,
    Role,
    Ruled,
    Span,
    Table,
    Text,
)

if TYPE_CHECKING:
    from be_tui.core.document.cells import clean, width
    from be_tui.core.document.finding import Match, find
    from be_tui.core.document.highlighting import highlight
    from be_tui.core.document.history import History
    from be_tui.core.document.layout import lay_out
    from be_tui.core.document.markdown import headings, parse_markdown
    from be_tui.core.document.page import Line, Page, PlacedCode, PlacedLink, Reach
    from be_tui.core.document.plain import to_text

__all__ = [
    "Block",
    "CodeBlock",
    "Document",
    "Heading",
    "History",
    "Items",
    "Line",
    "Lines",
    "Match",
    "Page",
    "Paragraph",
    "PlacedCode",
    "PlacedLink",
    "Quote",
    "Reach",
    "Role",
    "Ruled",
    "Span",
    "Table",
    "Text",
    "clean",
    "find",
    "headings",
    "highlight",
    "lay_out",
    "parse_markdown",
    "to_text",
    "width",
]

_WHERE = {
    "clean": "cells",
    "width": "cells",
    "Match": "finding",
    "find": "finding",
    "highlight": "highlighting",
    "History": "history",
    "lay_out": "layout",
    "headings": "markdown",
    "parse_markdown": "markdown",
    "Line": "page",
    "Page": "page",
    "PlacedCode": "page",
    "PlacedLink": "page",
    "Reach": "page",
    "to_text": "plain",
}
"""The module of each name that is imported when it is first asked for."""


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for: most callers need the nouns alone."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = value
    return value
