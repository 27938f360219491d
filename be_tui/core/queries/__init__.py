"""Statements resolved against a schema: which column of which table each name means.

resolve(parsed, schema, target)     a `Query`: scopes, sources, conditions, order, columns

Works without a schema too: columns then have no type. Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.queries.model import (
        Assignment,
        Bound,
        ColumnUse,
        Condition,
        Group,
        Output,
        Query,
        Scope,
        Side,
        Sort,
        Source,
        Span,
        Star,
    )
    from be_tui.core.queries.resolving import resolve

__all__ = [
    "Assignment",
    "Bound",
    "ColumnUse",
    "Condition",
    "Group",
    "Output",
    "Query",
    "Scope",
    "Side",
    "Sort",
    "Source",
    "Span",
    "Star",
    "resolve",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = "resolving" if name == "resolve" else "model"
        return getattr(import_module(f"{__name__}.{home}"), name)
