"""Comparisons: options against weighted criteria, and how far the winner hangs on the weights.

    matrix = weigh(comparison, stated, profile)     what stands here
    rank(matrix), beaten(matrix)                    the order, and who is beaten everywhere
    sensitivity(matrix, "any")                      who wins under which share of weightings
    weight_turns(matrix), score_turns(matrix)       what would change the winner

Names are resolved when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.comparisons.drawing import (
        DRAWS,
        WEIGHTINGS,
        Share,
        Shares,
        Weightings,
        sensitivity,
    )
    from be_tui.core.comparisons.model import (
        HEAVIEST,
        HIGHEST,
        LOWEST,
        Alternative,
        Better,
        Breach,
        Cell,
        Comparison,
        Constraint,
        Criterion,
        Estimate,
        Origin,
        Risk,
        Scale,
    )
    from be_tui.core.comparisons.pages.cell import about_page, cell_page, option_page, reasons_page
    from be_tui.core.comparisons.pages.matrix import comparison_page
    from be_tui.core.comparisons.pages.turning import turning_page
    from be_tui.core.comparisons.ranking import Beaten, Contribution, Ranked, beaten, rank
    from be_tui.core.comparisons.recording import record
    from be_tui.core.comparisons.reporting import report
    from be_tui.core.comparisons.stating import (
        Stated,
        StatedMust,
        StatedScore,
        StatedWeight,
        stated_from_json,
        stated_to_json,
        with_must,
        with_score,
        with_weight,
    )
    from be_tui.core.comparisons.turning import (
        Course,
        Crossing,
        ScoreTurn,
        WeightTurn,
        courses,
        crossings,
        score_turns,
        weight_turns,
    )
    from be_tui.core.comparisons.weighing import (
        Matrix,
        Must,
        Row,
        RuledOut,
        Value,
        Weight,
        formula,
        weigh,
    )
    from be_tui.core.comparisons.writing import empty, fork, written

__all__ = [
    "DRAWS",
    "HEAVIEST",
    "HIGHEST",
    "LOWEST",
    "WEIGHTINGS",
    "Alternative",
    "Beaten",
    "Better",
    "Breach",
    "Cell",
    "Comparison",
    "Constraint",
    "Contribution",
    "Course",
    "Criterion",
    "Crossing",
    "Estimate",
    "Matrix",
    "Must",
    "Origin",
    "Ranked",
    "Risk",
    "Row",
    "RuledOut",
    "Scale",
    "ScoreTurn",
    "Share",
    "Shares",
    "Stated",
    "StatedMust",
    "StatedScore",
    "StatedWeight",
    "Value",
    "Weight",
    "WeightTurn",
    "Weightings",
    "about_page",
    "beaten",
    "cell_page",
    "comparison_page",
    "courses",
    "crossings",
    "empty",
    "fork",
    "formula",
    "option_page",
    "rank",
    "reasons_page",
    "record",
    "report",
    "score_turns",
    "sensitivity",
    "stated_from_json",
    "stated_to_json",
    "turning_page",
    "weigh",
    "weight_turns",
    "with_must",
    "with_score",
    "with_weight",
    "written",
]

_MODULES = {
    "drawing": ("DRAWS", "WEIGHTINGS", "Share", "Shares", "Weightings", "sensitivity"),
    "pages.cell": ("about_page", "cell_page", "option_page", "reasons_page"),
    "pages.matrix": ("comparison_page",),
    "pages.turning": ("turning_page",),
    "model": (
        *("Alternative", "Better", "Breach", "Cell", "Comparison", "Constraint"),
        *("Criterion", "Estimate", "HEAVIEST", "HIGHEST", "LOWEST", "Origin"),
        *("Risk", "Scale"),
    ),
    "ranking": ("Beaten", "Contribution", "Ranked", "beaten", "rank"),
    "recording": ("record",),
    "reporting": ("report",),
    "stating": (
        *("Stated", "StatedMust", "StatedScore", "StatedWeight"),
        *("stated_from_json", "stated_to_json", "with_must", "with_score"),
        *("with_weight",),
    ),
    "turning": (
        *("Course", "Crossing", "ScoreTurn", "WeightTurn", "courses", "crossings"),
        *("score_turns", "weight_turns"),
    ),
    "writing": ("empty", "fork", "written"),
    "weighing": (
        *("Matrix", "Must", "Row", "RuledOut", "Value", "Weight", "formula"),
        *("weigh",),
    ),
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
