"""What is wrong with a text of SQL, as an editor asks it again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.findings import Finding, Place
from be_tui.core.sqltext import Unread, parse, split

if TYPE_CHECKING:
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target


def check_text(text: str, target: Target, schema: Schema) -> tuple[Finding, ...]:  # noqa: ARG001
    """Give what is wrong with a text, in its order."""
    found = []
    for statement in split(text, target.engine):
        read = parse(statement, target.engine)
        if isinstance(read, Unread):
            line = statement.line + statement.text.count("\n", 0, read.offset)
            start = statement.text.rfind("\n", 0, read.offset) + 1
            column = read.offset - start + (statement.column if line == statement.line else 1)
            place = Place("query", line, column, line, column + 1)
            found.append(Finding("sql-unread", "error", place, read.message))
    return tuple(found)
