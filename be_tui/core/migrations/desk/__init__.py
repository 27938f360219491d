"""The desk that migrations are planned at, without its screen.

Wanted, Worked                 what lies on the desk, what came of it
files_of(worked, ...)          its files, in a tool's layout
trial_of(worked, rows)         the same as migrations to be tried
work_out(wanted, words)        the plan, and what is wrong with the change as it is written
change_page, question_page, step_page, risk_of
                               what is said of each
source_side(source, root, ...) a side read from where it is described
keep, kept                     what was laid on the desk last, in `be_tui.core.sessions`

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.desk.handing import files_of, trial_of
    from be_tui.core.migrations.desk.keeping import Draft, keep, kept
    from be_tui.core.migrations.desk.model import Wanted, Worked
    from be_tui.core.migrations.desk.pages import (
        EMPTY,
        SAME,
        UNPROVED,
        change_page,
        question_page,
        remarks_page,
        risk_of,
        step_page,
        unread_page,
    )
    from be_tui.core.migrations.desk.sourcing import source_side
    from be_tui.core.migrations.desk.working import work_out

__all__ = [
    "EMPTY",
    "SAME",
    "UNPROVED",
    "Draft",
    "Wanted",
    "Worked",
    "change_page",
    "files_of",
    "keep",
    "kept",
    "question_page",
    "remarks_page",
    "risk_of",
    "source_side",
    "step_page",
    "trial_of",
    "unread_page",
    "work_out",
]

if not TYPE_CHECKING:
    _HOMES = {
        "handing": ("files_of", "trial_of"),
        "keeping": ("Draft", "keep", "kept"),
        "model": ("Wanted", "Worked"),
        "sourcing": ("source_side",),
        "working": ("work_out",),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "pages")
        return getattr(import_module(f"{__name__}.{home}"), name)
