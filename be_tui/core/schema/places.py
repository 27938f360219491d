"""Where some characters of a statement stand in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.findings import Place

if TYPE_CHECKING:
    from be_tui.core.sqltext import Statement


def place_at(statement: Statement, path: str, offset: int, length: int = 0) -> Place:
    """Give the place of some characters of a statement."""
    before = statement.text[:offset]
    lines = before.count("\n")
    line = statement.line + lines
    column = offset - (before.rfind("\n") + 1) + 1 if lines else statement.column + offset
    return Place(path, line, column, line, column + length)
