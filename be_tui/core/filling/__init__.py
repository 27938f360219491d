"""Generated rows for a schema, made by the engine itself: a million in seconds.

    planned = plan(schema, "postgresql", {"posts": 1_000_000, "users": 10_000})
    filled = fill(session, planned)

Types, primary keys, uniqueness, foreign keys, enumerations and simple checks hold; values are
skewed as they mostly are, or as statistics say. The same seed gives the same rows on every engine.
Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.filling.dialects import Sql
    from be_tui.core.filling.filling import address, fill, insert, settle, spelt
    from be_tui.core.filling.model import ColumnPlan, Filled, FillError, FillPlan, TablePlan
    from be_tui.core.filling.planning import MOST, plan
    from be_tui.core.filling.sizing import sampled, sizes

__all__ = [
    "MOST",
    "ColumnPlan",
    "FillError",
    "FillPlan",
    "Filled",
    "Sql",
    "TablePlan",
    "address",
    "fill",
    "insert",
    "plan",
    "sampled",
    "settle",
    "sizes",
    "spelt",
]

if not TYPE_CHECKING:
    _HOMES = {
        "dialects": ("Sql",),
        "filling": ("address", "fill", "insert", "settle", "spelt"),
        "planning": ("MOST", "plan"),
        "sizing": ("sampled", "sizes"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
