"""The SQL workbench without its screen: what an editor asks of a text, and what it remembers.

coloured(text, engine)                   its lines, by what their words are
statement_at(text, engine, offset)       the statement that the cursor stands in
complete(text, offset, engine, schema)   what may stand where the cursor is
read_source(source, root)                the tables of a project, a file, a server
as_plan(text)                            the plan that a text is, if it is none of SQL
worked(name)                             a worked example that ships
run_plan, run_plan_here, run_rewrite, run_advice, run_measure
                                         what is run for the statement on a `Bench`
note, history, save, saved, search       what was written before, in `be_tui.core.sessions`
keep_draft, draft                        what stood in the editor

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.workbench.book import (
        draft,
        forget,
        history,
        keep_draft,
        note,
        save,
        saved,
        search,
    )
    from be_tui.core.workbench.colouring import coloured
    from be_tui.core.workbench.completing import complete
    from be_tui.core.workbench.examples import Worked, is_worked, worked, worked_names
    from be_tui.core.workbench.model import Completion, Offer, Query, Source, Sourced
    from be_tui.core.workbench.plans import as_plan, may_be_plan
    from be_tui.core.workbench.pointing import offset_of, position_of, statement_at
    from be_tui.core.workbench.running import (
        Bench,
        Tried,
        advice_files,
        run_advice,
        run_measure,
        run_plan,
        run_plan_here,
        run_rewrite,
        to_try,
        writes,
    )
    from be_tui.core.workbench.sources import as_source, read_source

__all__ = [
    "Bench",
    "Completion",
    "Offer",
    "Query",
    "Source",
    "Sourced",
    "Tried",
    "Worked",
    "advice_files",
    "as_plan",
    "as_source",
    "coloured",
    "complete",
    "draft",
    "forget",
    "history",
    "is_worked",
    "keep_draft",
    "may_be_plan",
    "note",
    "offset_of",
    "position_of",
    "read_source",
    "run_advice",
    "run_measure",
    "run_plan",
    "run_plan_here",
    "run_rewrite",
    "save",
    "saved",
    "search",
    "statement_at",
    "to_try",
    "worked",
    "worked_names",
    "writes",
]

if not TYPE_CHECKING:
    _HOMES = {
        "book": (
            *("draft", "forget", "history", "keep_draft"),
            *("note", "save", "saved", "search"),
        ),
        "colouring": ("coloured",),
        "completing": ("complete",),
        "plans": ("as_plan", "may_be_plan"),
        "pointing": ("offset_of", "position_of", "statement_at"),
        "running": (
            *("Bench", "Tried", "advice_files", "to_try"),
            *("run_advice", "run_measure", "run_plan", "run_plan_here", "run_rewrite", "writes"),
        ),
        "sources": ("as_source", "read_source"),
        "examples": ("Worked", "is_worked", "worked", "worked_names"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
