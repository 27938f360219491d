"""Queries rewritten step by step: each proved from the schema, and run beside the original.

    with Gate(schema, target) as gate:
        found = rewrite(statement, schema, target, gate)
    found.after                         the statement with every step that was applied
    found.steps                         each with what must hold, what proves it, what was run
    rewrite_page(found, rules)          a document to read
    rewrite_findings(found, path, rules)   findings whose fixes are the steps

The text stays as the person wrote it but for what a step changes. Names are resolved when first
used: sqlglot and drivers are loaded by the first statement.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.rewrites.gains import worth
    from be_tui.core.rewrites.gate import Gate
    from be_tui.core.rewrites.model import (
        Change,
        Obligation,
        Rewrite,
        Step,
        TableRows,
        Taken,
        Trial,
        Witness,
    )
    from be_tui.core.rewrites.page import rewrite_page
    from be_tui.core.rewrites.reporting import rewrite_findings, rewrite_json, rewritten
    from be_tui.core.rewrites.rewriting import rewrite
    from be_tui.core.rewrites.steps import STEPS

__all__ = [
    "STEPS",
    "Change",
    "Gate",
    "Obligation",
    "Rewrite",
    "Step",
    "TableRows",
    "Taken",
    "Trial",
    "Witness",
    "rewrite",
    "rewrite_findings",
    "rewrite_json",
    "rewrite_page",
    "rewritten",
    "worth",
]

if not TYPE_CHECKING:
    _HOMES = {
        "gate": ("Gate",),
        "page": ("rewrite_page",),
        "reporting": ("rewrite_findings", "rewrite_json", "rewritten"),
        "rewriting": ("rewrite",),
        "steps": ("STEPS",),
        "gains": ("worth",),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
