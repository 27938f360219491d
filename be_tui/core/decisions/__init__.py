"""Decisions: a walk over a tree, what it turns on, its map, its pages and its record.

    walk = start(tree, evidence)                a walk is a value
    walk = walk.answer("problem", "yes")
    support(walk.question, evidence)            what evidence would answer
    turns(walk)                                 what would change the outcome
    record(walk, evidence, project, folder, today)

Names are resolved when first used: the list of trees needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.decisions.model import Answer, Origin, Restored, Step, Support, Turn
    from be_tui.core.decisions.proposing import answer_from_evidence, probes_of, support
    from be_tui.core.decisions.standing import (
        Said,
        answers_so_far,
        aside_words,
        first_to_mark,
        measured_words,
        position_words,
        progress_words,
        take,
    )
    from be_tui.core.decisions.turning import turns
    from be_tui.core.decisions.walk import Walk, start
    from be_tui.core.decisions.walk_json import walk_from_json, walk_to_json

__all__ = [
    "Answer",
    "Origin",
    "Restored",
    "Said",
    "Step",
    "Support",
    "Turn",
    "Walk",
    "answer_from_evidence",
    "answers_so_far",
    "aside_words",
    "first_to_mark",
    "measured_words",
    "position_words",
    "probes_of",
    "progress_words",
    "start",
    "support",
    "take",
    "turns",
    "walk_from_json",
    "walk_to_json",
]

_HOMES = {
    "Answer": "model",
    "Origin": "model",
    "Restored": "model",
    "Said": "standing",
    "Step": "model",
    "Support": "model",
    "Turn": "model",
    "Walk": "walk",
    "answer_from_evidence": "proposing",
    "answers_so_far": "standing",
    "aside_words": "standing",
    "first_to_mark": "standing",
    "measured_words": "standing",
    "position_words": "standing",
    "probes_of": "proposing",
    "progress_words": "standing",
    "start": "walk",
    "support": "proposing",
    "take": "standing",
    "turns": "turning",
    "walk_from_json": "walk_json",
    "walk_to_json": "walk_json",
}
"""The module of this package in which each public name stands."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
