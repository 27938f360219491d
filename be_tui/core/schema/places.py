"""Where a node of a tree stands in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.findings import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlglot import exp
    from sqlglot.tokenizer_core import Token

    from be_tui.core.sqltext import Statement


def span(node: exp.Expr | None) -> tuple[int, int] | None:
    """Give the first and last offset of the first name in a tree, which sqlglot keeps."""
    from sqlglot import exp

    if node is None:
        return None
    found: tuple[int, int] | None = None
    for each in node.find_all(exp.Identifier, exp.Star, exp.Anonymous):
        meta = each.meta
        if "start" in meta and "end" in meta and (found is None or meta["start"] < found[0]):
            found = int(meta["start"]), int(meta["end"])
    return found


def place_of(statement: Statement, path: str, node: exp.Expr | None = None) -> Place:
    """Give the place of a node's first name; that of the statement's first word without one."""
    found = span(node)
    if found is None:
        word = statement.text.split(maxsplit=1)[0]
        return place_at(statement, path, 0, len(word))
    return place_at(statement, path, found[0], found[1] + 1 - found[0])


def place_at(statement: Statement, path: str, offset: int, length: int = 0) -> Place:
    """Give the place of some characters of a statement."""
    before = statement.text[:offset]
    lines = before.count("\n")
    line = statement.line + lines
    column = offset - (before.rfind("\n") + 1) + 1 if lines else statement.column + offset
    return Place(path, line, column, line, column + length)


def token_after(tokens: Sequence[Token], offset: int) -> str:
    """Give the first word after an offset, as it was written; empty at the end."""
    return next((token.text for token in tokens if token.start > offset), "")
