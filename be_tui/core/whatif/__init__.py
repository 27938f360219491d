"""Judges of indexes that are not there: what each statement would cost with them.

    open_judge(given)                  the best judge there is, and why not a better one
    IndexSketch(table, index)          an index that might be made; its DDL for an engine
    judge.costs(statements, sketches)  what each statement would cost
    judge.size(sketch)                 the bytes that it would take

Names are resolved when first used: no engine is loaded before a judge is opened.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.whatif.ddl import qualified, quoted
    from be_tui.core.whatif.model import (
        IndexSketch,
        Judge,
        Judged,
        JudgeKind,
        RefusedError,
        StoppedError,
        Unit,
        Unjudged,
    )
    from be_tui.core.whatif.opening import Given, PassedOver, Picked, open_judge

__all__ = [
    "Given",
    "IndexSketch",
    "Judge",
    "JudgeKind",
    "Judged",
    "PassedOver",
    "Picked",
    "RefusedError",
    "StoppedError",
    "Unit",
    "Unjudged",
    "open_judge",
    "qualified",
    "quoted",
]

if not TYPE_CHECKING:
    _HOMES = {
        "ddl": ("qualified", "quoted"),
        "opening": ("Given", "PassedOver", "Picked", "open_judge"),
    }
    """The names that do not stand in `model`."""

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
