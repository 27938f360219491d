"""Two sides of a difference as lines of one width, for a document view to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Document, Lines, Span
from be_tui.core.document.wrap import cut_text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.document import Role, Text
    from be_tui.core.files import Row, Side

_RULE = Span(" │ ", "muted")
_TONES: dict[str, Role] = {"-": "removed", "+": "added"}


def split_lines(rows: Sequence[Row], cells: int) -> Document:
    """Lay the rows of a difference out side by side, each half cut to its room."""
    numbers = max((side.line for row in rows for side in (row.left, row.right) if side), default=0)
    digits = len(str(numbers))
    half = max((cells - len(_RULE.text)) // 2, digits + 4)
    return Document((Lines(tuple(_line(row, digits, half) for row in rows)),))


def _line(row: Row, digits: int, half: int) -> Text:
    if row.gap:
        return (Span(row.gap, "hunk"),)
    return (*_half(row.left, digits, half), _RULE, *_half(row.right, digits, half, last=True))


def _half(side: Side | None, digits: int, cells: int, *, last: bool = False) -> Text:
    if side is None:
        return () if last else (Span(" " * cells),)
    number = Span(f"{side.line:>{digits}} ", "muted")
    mark = Span(f"{side.mark} ", _TONES.get(side.mark, "text"))
    text = cut_text((number, mark, *side.text), cells)
    return text if last else (*text, Span(" " * (cells - text_width(text))))
