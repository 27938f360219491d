"""Where the words of a literal stand in its source."""

from __future__ import annotations

import re

from be_tui.core.checking.literals.telling import HOLE
from be_tui.core.checking.texts import Piece

_WORD = re.compile(rf"{re.escape(HOLE)}|\w+|[^\w\s]")
_NEAR = 400
"""Characters of the source within which the next word of a literal stands."""


def aligned(text: str, raw: str, line: int, column: int) -> tuple[Piece, ...]:
    """Pair each word of a text with where it stands in the source."""
    pieces = [Piece(0, line, column)]
    at = 0
    for word in _WORD.finditer(text):
        met = None
        if word[0] != HOLE:
            edge = r"\b" if word[0][0].isalnum() else ""
            met = re.compile(f"{edge}{re.escape(word[0])}{edge}").search(raw, at, at + _NEAR)
        if met is None:
            continue
        found = met.start()
        rows = raw.count("\n", 0, found)
        where = found - (raw.rfind("\n", 0, found) + 1) + (1 if rows else column)
        pieces.append(Piece(word.start(), line + rows, where))
        at = found + len(word[0])
    return tuple(pieces)
