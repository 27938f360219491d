"""The steps from one schema to another, in phases that a running program survives.

plan(before, after, target, renames, dropped, options)    the plan
Options(direct, renames, ...)                             how it is made

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.plan.model import (
        PHASE_NOTES,
        PHASES,
        RENAME_WAYS,
        Options,
        Phase,
        Plan,
        RenameWay,
        Statement,
        Step,
    )
    from be_tui.core.migrations.plan.planning import plan

__all__ = [
    "PHASES",
    "PHASE_NOTES",
    "RENAME_WAYS",
    "Options",
    "Phase",
    "Plan",
    "RenameWay",
    "Statement",
    "Step",
    "plan",
]

if not TYPE_CHECKING:
    _HOMES = {"planning": ("plan",)}

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
