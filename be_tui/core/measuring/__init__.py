"""Queries measured before and after a change, on a throwaway database filled for it.

    found = measure(prepare(Given(text, path, indexes=(ddl,), schema="tables.sql")))
    plan = explain(Given(text, path, schema="tables.sql"), progress, cancel)

Two databases with the same rows stand side by side, one with the change; they take turns. Plans,
results, pages, the index's size and what writes cost with it are compared too.
Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.measuring.explaining import explain
    from be_tui.core.measuring.measuring import measure
    from be_tui.core.measuring.model import (
        ROWS,
        RUNS,
        Built,
        Case,
        Measured,
        Measurement,
        Price,
        Timing,
        Trial,
        Verdict,
    )
    from be_tui.core.measuring.pages import measurement_page
    from be_tui.core.measuring.preparing import Given, prepare
    from be_tui.core.measuring.reporting import evidence, markdown, measurement_json, record
    from be_tui.core.measuring.tables import index_ddl, table_ddl
    from be_tui.core.measuring.words import slower

__all__ = [
    "ROWS",
    "RUNS",
    "Built",
    "Case",
    "Given",
    "Measured",
    "Measurement",
    "Price",
    "Timing",
    "Trial",
    "Verdict",
    "evidence",
    "explain",
    "index_ddl",
    "markdown",
    "measure",
    "measurement_json",
    "measurement_page",
    "prepare",
    "record",
    "slower",
    "table_ddl",
]

if not TYPE_CHECKING:
    _HOMES = {
        "explaining": ("explain",),
        "measuring": ("measure",),
        "pages": ("measurement_page",),
        "preparing": ("Given", "prepare"),
        "reporting": ("evidence", "markdown", "measurement_json", "record"),
        "tables": ("index_ddl", "table_ddl"),
        "words": ("slower",),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
