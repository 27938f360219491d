"""Which statement of a text the cursor stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine, Statement


def offset_of(text: str, row: int, column: int) -> int:
    """Give the offset of a row and a column, both from 0; beyond the text, its end."""
    start = 0
    for _ in range(row):
        found = text.find("\n", start)
        if found < 0:
            return len(text)
        start = found + 1
    end = text.find("\n", start)
    return min(start + column, len(text) if end < 0 else end)


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Give the row and the column of an offset, both from 0."""
    row = text.count("\n", 0, offset)
    return row, offset - (text.rfind("\n", 0, offset) + 1)


def statement_at(text: str, engine: Engine, offset: int) -> Statement | None:
    """Give the statement that the cursor stands in.

    Between two statements it is the one that ends on the cursor's line, else the next one;
    after the last, the last one. None where there is no statement.
    """
    before: Statement | None = None
    for statement in split(text, engine):
        if offset <= statement.start + len(statement.text):
            between = before is not None and offset < statement.start
            if before is not None and between and "\n" not in text[_end(before) : offset]:
                return before
            return statement
        before = statement
    return before


def position_of(text: str, engine: Engine, offset: int) -> tuple[int, int]:
    """Give which statement the cursor stands in, from 1, and how many there are."""
    here = statement_at(text, engine, offset)
    count = number = 0
    for statement in split(text, engine):
        count += 1
        if here is not None and statement.start == here.start:
            number = count
    return number, count


def _end(statement: Statement) -> int:
    return statement.start + len(statement.text)
