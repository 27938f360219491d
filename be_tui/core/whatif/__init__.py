"""Judges of indexes that are not there: what each statement would cost with them.

    IndexSketch(table, index)          an index that might be made; its DDL for an engine
    judge.costs(statements, sketches)  what each statement would cost
    judge.size(sketch)                 the bytes that it would take

Names are resolved when first used: no engine is loaded before a judge is opened.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

__all__ = [
    "IndexSketch",
    "Judge",
    "JudgeKind",
    "Judged",
    "RefusedError",
    "StoppedError",
    "Unit",
    "Unjudged",
]

if not TYPE_CHECKING:
    _HOMES: dict[str, tuple[str, ...]] = {}
    """The names that do not stand in `model`."""

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
