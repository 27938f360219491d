"""Migrations run on a scratch server, and what was seen there.

observe(sandbox, statement)                  locks, work and failures of a statement on PostgreSQL
Watch(sandbox, session)                      the same for statements one after the other
same_after(where, old, statements, new)      whether statements lead from one DDL to another
Trials(where)                                the same for many pairs

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.replay.dumps import Difference, Dump, Part, difference, dump
    from be_tui.core.migrations.replay.model import Observation
    from be_tui.core.migrations.replay.observing import Watch, observe
    from be_tui.core.migrations.replay.trials import Trials, same_after

__all__ = [
    "Difference",
    "Dump",
    "Observation",
    "Part",
    "Trials",
    "Watch",
    "difference",
    "dump",
    "observe",
    "same_after",
]

if not TYPE_CHECKING:
    _HOMES = {
        "dumps": ("Difference", "Dump", "Part", "difference", "dump"),
        "model": ("Observation",),
        "observing": ("Watch", "observe"),
        "trials": ("Trials", "same_after"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
