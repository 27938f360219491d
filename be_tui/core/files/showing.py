"""What a file will hold, to be read: prose wraps, code keeps its lines and is coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Paragraph, Span, clean

if TYPE_CHECKING:
    from be_tui.core.document import Block
    from be_tui.core.files.model import Change

_PROSE = {"", "md", "markdown", "rst", "txt"}
_LANGUAGES = {"yml": "yaml", "kt": "kotlin", "kts": "kotlin", "mjs": "js"}
"""Endings that are not the name of their language."""


def as_text(change: Change) -> Document:
    """Give the text of a file to be; nothing of it steers the terminal."""
    text = clean(change.after.removesuffix("\n"))
    if not text:
        return Document((Paragraph((Span("an empty file", "muted"),)),))
    name = change.path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name else name.lower()
    block: Block
    if ending in _PROSE:
        block = Paragraph((Span(text),))
    else:
        block = CodeBlock(text, _LANGUAGES.get(ending, ending))
    return Document((block,))
