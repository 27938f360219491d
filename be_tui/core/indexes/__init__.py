"""Index advice: which indexes a workload is worth, and which of those that there are are not.

    asked = ask(Sources(files, schema=...))         what a person gives, read
    report = advise(Question(workload, schema, target, statistics), judge)
    report.advice            indexes to make: DDL, size, effects, what would turn it
    report.passed            richer indexes that are honestly not advised
    report.tested            what running the queries showed, where a `Gate` was given
    report.drops, .missing   what the schema has too many of, and foreign keys without one

Candidates come from resolved queries; what each is worth a judge tells (`core.whatif`), over
common, rare, absent and NULL values. Names are resolved when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.indexes.advising import Question, advise
    from be_tui.core.indexes.asking import (
        Asked,
        Sources,
        Text,
        ask,
        bytes_of,
        read_file,
        written_rows,
    )
    from be_tui.core.indexes.choosing import UNLIMITED, Limits
    from be_tui.core.indexes.existing import missing, redundant
    from be_tui.core.indexes.gating import Gate
    from be_tui.core.indexes.model import (
        RULES,
        Advice,
        Candidate,
        Drop,
        Effect,
        JudgedBy,
        Missing,
        Passed,
        Report,
        Rule,
        Run,
        Tested,
        Variant,
    )
    from be_tui.core.indexes.pages import advice_page
    from be_tui.core.indexes.reporting import (
        advice_evidence,
        advice_json,
        advice_markdown,
        advice_sql,
    )

__all__ = [
    "RULES",
    "UNLIMITED",
    "Advice",
    "Asked",
    "Candidate",
    "Drop",
    "Effect",
    "Gate",
    "JudgedBy",
    "Limits",
    "Missing",
    "Passed",
    "Question",
    "Report",
    "Rule",
    "Run",
    "Sources",
    "Tested",
    "Text",
    "Variant",
    "advice_evidence",
    "advice_json",
    "advice_markdown",
    "advice_page",
    "advice_sql",
    "advise",
    "ask",
    "bytes_of",
    "missing",
    "read_file",
    "redundant",
    "written_rows",
]

_HOMES = {
    "advising": ("Question", "advise"),
    "asking": ("Asked", "Sources", "Text", "ask", "bytes_of", "read_file", "written_rows"),
    "choosing": ("UNLIMITED", "Limits"),
    "gating": ("Gate",),
    "existing": ("missing", "redundant"),
    "pages": ("advice_page",),
    "reporting": ("advice_evidence", "advice_json", "advice_markdown", "advice_sql"),
}
"""The names that do not stand in `model`, by their module."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = next((module for module, own in _HOMES.items() if name in own), "model")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
