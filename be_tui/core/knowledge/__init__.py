"""Packs of knowledge: trees, checklists, rules and references, typed, searched and checked.

    open_library(project)     what the three packs hold together, listed, opened and searched
    check_paths(paths)        every fault of packs, or of some of their files

    packs ── survey ──▸ items, findings ── index ──▸ entries, hits

Names are resolved when first used: to list and to search loads no YAML and no Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.knowledge.check import check_paths
    from be_tui.core.knowledge.conditions import (
        All,
        AnyOf,
        Compares,
        Condition,
        Is,
        Not,
        holds,
        is_measure,
        names,
        words,
    )
    from be_tui.core.knowledge.entries import KINDS, Entry, Hit, Kind
    from be_tui.core.knowledge.library import Library, open_library
    from be_tui.core.knowledge.model import (
        Action,
        Check,
        CheckGroup,
        Checklist,
        Option,
        Outcome,
        Question,
        Reading,
        Reference,
        Route,
        Rule,
        Section,
        Source,
        Tree,
        Unknown,
        Witness,
    )
    from be_tui.core.knowledge.survey import Known

__all__ = [
    "KINDS",
    "Action",
    "All",
    "AnyOf",
    "Check",
    "CheckGroup",
    "Checklist",
    "Compares",
    "Condition",
    "Entry",
    "Hit",
    "Is",
    "Kind",
    "Known",
    "Library",
    "Not",
    "Option",
    "Outcome",
    "Question",
    "Reading",
    "Reference",
    "Route",
    "Rule",
    "Section",
    "Source",
    "Tree",
    "Unknown",
    "Witness",
    "check_paths",
    "holds",
    "is_measure",
    "names",
    "open_library",
    "words",
]

_MODULES = {
    "check": ("check_paths",),
    "conditions": (
        *("All", "AnyOf", "Compares", "Condition", "Is", "Not"),
        *("holds", "is_measure", "names", "words"),
    ),
    "entries": ("KINDS", "Entry", "Hit", "Kind"),
    "library": ("Library", "open_library"),
    "model": (
        *("Action", "Check", "CheckGroup", "Checklist", "Option", "Outcome", "Question"),
        *("Reading", "Reference", "Route", "Rule", "Section", "Source", "Tree", "Unknown"),
        "Witness",
    ),
    "survey": ("Known",),
}
"""The modules, each with the names that are imported from it when first asked for."""


def __getattr__(name: str) -> object:
    module = next((module for module, own in _MODULES.items() if name in own), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
