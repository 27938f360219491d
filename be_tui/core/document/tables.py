"""Tables drawn in columns, where they fit."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from be_tui.core.document.cells import width
from be_tui.core.document.model import Span, Table, Text
from be_tui.core.document.wrap import cleaned, split, text_width, toned, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR = Span(" │ ", "muted")
_GAP = 3
_WORD = 16
"""A word longer than this may be broken rather than keep the table from fitting."""


def draw_table(table: Table, cells: int) -> list[tuple[Text, bool]] | None:
    """Give the lines of a table in columns; None where it does not fit.

    Each line comes with whether it goes on with the row of the line above.
    """
    count = max([len(table.head), *map(len, table.rows)], default=0)
    head = any(span.text.strip() for cell in table.head for span in cell)
    rows = [[toned(cleaned(cell), "strong") for cell in table.head]] if head else []
    rows += [[cleaned(cell) for cell in row] for row in table.rows]
    if not count or not rows:
        return []
    for row in rows:
        row.extend([()] * (count - len(row)))
    widths = _widths(rows, cells - _GAP * (count - 1))
    if widths is None:
        return None
    drawn = [_draw_row(row, widths) for row in rows]
    ruled = any(len(lines) > 1 for lines in drawn)
    rule: Text = (Span("─┼─".join(["─" * each for each in widths]), "muted"),)
    head_rule: Text = (Span("═╪═".join(["═" * each for each in widths]), "muted"),)
    lines: list[tuple[Text, bool]] = []
    for index, row_lines in enumerate(drawn):
        lines += [(line, at > 0) for at, line in enumerate(row_lines)]
        if head and index == 0:
            lines.append((head_rule if ruled else rule, False))
        elif ruled and index < len(drawn) - 1:
            lines.append((rule, False))
    return lines


def _widths(rows: Sequence[Sequence[Text]], room: int) -> list[int] | None:
    """Share the room out: each column gets its longest word, and more by what it holds."""
    natural, least = [], []
    for column in zip(*rows, strict=True):
        texts = ["".join([span.text for span in cell]) for cell in column]
        longest = max(text_width(line) for cell in column for line in split(cell))
        word = max(width(word) for text in texts for word in text.split() or [""])
        natural.append(max(longest, 1))
        least.append(max(min(word, _WORD, longest), 1))
    spare = room - sum(least)
    if spare < 0:
        return None
    wanted = [full - small for full, small in zip(natural, least, strict=True)]
    total = sum(wanted)
    if total <= spare:
        return natural
    widths = [small + spare * want // total for small, want in zip(least, wanted, strict=True)]
    left = room - sum(widths)
    for index, want in enumerate(wanted):
        if left and want:
            widths[index] += 1
            left -= 1
    return widths


def _draw_row(row: Sequence[Text], widths: Sequence[int]) -> list[Text]:
    columns = [
        [line for line, _ in wrap(cell, cells)] for cell, cells in zip(row, widths, strict=True)
    ]
    lines: list[Text] = []
    for parts in zip_longest(*columns, fillvalue=()):
        spans: list[Span] = []
        for index, (part, cells) in enumerate(zip(parts, widths, strict=True)):
            spans.extend(part)
            if index < len(widths) - 1:
                padding = cells - text_width(part)
                if padding:
                    spans.append(Span(" " * padding))
                spans.append(_SEPARATOR)
        lines.append(tuple(spans))
    return lines
