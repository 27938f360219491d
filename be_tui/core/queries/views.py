"""The columns of a view, by its query: their names, their types, and whether they may be NULL."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from be_tui.core.queries.looking import column_of
from be_tui.core.queries.model import Output, Source
from be_tui.core.sqltext import Parsed, Statement, parse

if TYPE_CHECKING:
    from sqlglot import exp

    from be_tui.core.queries.model import Scope
    from be_tui.core.schema import View
    from be_tui.core.sqltext import Engine


def outputs_of_view(view: View, root: Scope | None, node: exp.Expr) -> tuple[Output, ...]:
    """Give a view's columns as its query gives them, under the names that the view gives them.

    Args:
        view: The view.
        root: Its query, resolved; nothing is known without.
        node: The table that stands for it in the statement which reads it.
    """
    if root is None:
        return tuple(Output(name.casefold(), node) for name in view.columns)
    held = Source("", "", node, (0, 0), outputs=root.outputs, scope=root)
    found = [
        Output(each.name, node, star=True)
        if each.star
        else Output(each.name, node, column_of(held, each.name, node, (0, 0)))
        for each in root.outputs
    ]
    if not view.columns:
        return tuple(found)
    if any(each.star for each in found) or len(found) < len(view.columns):
        return tuple(Output(name.casefold(), node) for name in view.columns)
    first = tuple(
        Output(name.casefold(), node, output.column)
        for name, output in zip(view.columns, found, strict=False)
    )
    return (*first, *found[len(first) :])


@lru_cache(maxsize=128)
def query_of(text: str, engine: Engine) -> Parsed | None:
    """Parse the query of a view; None where it cannot be read."""
    found = parse(Statement(text, 0, 1, 1), engine)
    return found if isinstance(found, Parsed) else None
