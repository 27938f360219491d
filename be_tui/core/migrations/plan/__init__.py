"""The steps from one schema to another, in phases that a running program survives.

plan(before, after, target, renames, dropped, options)    the plan
Options(direct, renames, ...)                             how it is made
as_migration(plan, title)                                 what the writers of each tool's files take
plan_page(plan), changes_page(changes)                    to read; `plan_json`, `changes_json`

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.plan.handing import as_migration, works_long
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
    from be_tui.core.migrations.plan.pages import changes_page, plan_page
    from be_tui.core.migrations.plan.planning import plan
    from be_tui.core.migrations.plan.reporting import changes_json, plan_json
    from be_tui.core.migrations.plan.words import sign, table_of, title

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
    "as_migration",
    "changes_json",
    "changes_page",
    "plan",
    "plan_json",
    "plan_page",
    "sign",
    "table_of",
    "title",
    "works_long",
]

if not TYPE_CHECKING:
    _HOMES = {
        "handing": ("as_migration", "works_long"),
        "pages": ("changes_page", "plan_page"),
        "planning": ("plan",),
        "reporting": ("changes_json", "plan_json"),
        "words": ("sign", "table_of", "title"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
