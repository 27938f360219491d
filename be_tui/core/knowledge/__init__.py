"""Packs of knowledge: trees, checklists, rules and references, typed, searched and checked.

    open_library(project)     what the three packs hold together, listed, opened and searched
    check_paths(paths)        every fault of packs, or of some of their files
    library.item(address)     one item of a reference made of items

    packs ── survey ──▸ items, findings ── index ──▸ entries, hits

Names are resolved when first used: to list and to search loads no YAML and no Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.knowledge.authorities import Authority, Position
    from be_tui.core.knowledge.changes import Revision
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
    from be_tui.core.knowledge.contents import ChapterEntry, ItemEntry
    from be_tui.core.knowledge.entries import KINDS, Entry, Facets, Hit, Kind
    from be_tui.core.knowledge.items import Chapter, Cover, Example, Item, Shows
    from be_tui.core.knowledge.library import Library, open_library
    from be_tui.core.knowledge.listing import Group, grouped, narrowed
    from be_tui.core.knowledge.model import (
        NONE,
        OTHERWISE,
        Action,
        Check,
        CheckGroup,
        Checklist,
        Option,
        Outcome,
        Question,
        QuestionKind,
        Reading,
        Reference,
        Route,
        Rule,
        Section,
        Source,
        Tree,
        Unknown,
        Witness,
        ticked,
        ticked_set,
        ticks,
        within,
    )
    from be_tui.core.knowledge.opening import open_tree
    from be_tui.core.knowledge.quantities import plain_number, quantity_words, read_quantity
    from be_tui.core.knowledge.survey import Known
    from be_tui.core.knowledge.tables import Monotonic, Table, attached, conditions_of

__all__ = [
    "KINDS",
    "NONE",
    "OTHERWISE",
    "Action",
    "All",
    "AnyOf",
    "Authority",
    "Chapter",
    "ChapterEntry",
    "Check",
    "CheckGroup",
    "Checklist",
    "Compares",
    "Condition",
    "Cover",
    "Entry",
    "Example",
    "Facets",
    "Group",
    "Hit",
    "Is",
    "Item",
    "ItemEntry",
    "Kind",
    "Known",
    "Library",
    "Monotonic",
    "Not",
    "Option",
    "Outcome",
    "Position",
    "Question",
    "QuestionKind",
    "Reading",
    "Reference",
    "Revision",
    "Route",
    "Rule",
    "Section",
    "Shows",
    "Source",
    "Table",
    "Tree",
    "Unknown",
    "Witness",
    "attached",
    "check_paths",
    "conditions_of",
    "grouped",
    "holds",
    "is_measure",
    "names",
    "narrowed",
    "open_library",
    "open_tree",
    "plain_number",
    "quantity_words",
    "read_quantity",
    "ticked",
    "ticked_set",
    "ticks",
    "within",
    "words",
]

_MODULES = {
    "authorities": ("Authority", "Position"),
    "changes": ("Revision",),
    "check": ("check_paths",),
    "conditions": (
        *("All", "AnyOf", "Compares", "Condition", "Is", "Not"),
        *("holds", "is_measure", "names", "words"),
    ),
    "contents": ("ChapterEntry", "ItemEntry"),
    "entries": ("KINDS", "Entry", "Facets", "Hit", "Kind"),
    "items": ("Chapter", "Cover", "Example", "Item", "Shows"),
    "library": ("Library", "open_library"),
    "listing": ("Group", "grouped", "narrowed"),
    "model": (
        *("NONE", "OTHERWISE", "Action", "Check", "CheckGroup", "Checklist", "Option", "Outcome"),
        *("Question", "QuestionKind", "Reading", "Reference", "Route", "Rule", "Section"),
        *("Source", "Tree", "Unknown", "Witness", "ticked", "ticked_set", "ticks", "within"),
    ),
    "opening": ("open_tree",),
    "quantities": ("plain_number", "quantity_words", "read_quantity"),
    "survey": ("Known",),
    "tables": ("Monotonic", "Table", "attached", "conditions_of"),
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
