"""Well-Architected custom lenses (JSON, schema 2021-11-01): read, looked into, turned into trees.

lens = read_lens(path)
overlaps(lens), dead_rules(lens)     where its rules speak against each other
trees = trees_of(lens)               one tree a question, as files of a pack
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.lenses.model import Choice, Lens, LensQuestion, Link, Pillar, Risk, RiskRule
    from be_tui.core.lenses.reading import parse_lens, read_lens
    from be_tui.core.lenses.speaking import DeadRule, Overlap, dead_rules, overlaps
    from be_tui.core.lenses.trees import LeftOut, LensTree, trees_of, written

__all__ = [
    "Choice",
    "DeadRule",
    "LeftOut",
    "Lens",
    "LensQuestion",
    "LensTree",
    "Link",
    "Overlap",
    "Pillar",
    "Risk",
    "RiskRule",
    "dead_rules",
    "overlaps",
    "parse_lens",
    "read_lens",
    "trees_of",
    "written",
]

_MODULES = {
    "model": ("Choice", "Lens", "LensQuestion", "Link", "Pillar", "Risk", "RiskRule"),
    "reading": ("parse_lens", "read_lens"),
    "speaking": ("DeadRule", "Overlap", "dead_rules", "overlaps"),
    "trees": ("LeftOut", "LensTree", "trees_of", "written"),
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
