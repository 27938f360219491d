"""Documents: one form for all that is read, on a screen or line by line."""

from __future__ import annotations

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

__all__ = [
    "Block",
    "CodeBlock",
    "Document",
    "Heading",
    "Items",
    "Lines",
    "Paragraph",
    "Quote",
    "Role",
    "Ruled",
    "Span",
    "Table",
    "Text",
]
