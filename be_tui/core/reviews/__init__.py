"""References of items held against a project: what is missing, what holds, what is open.

    verdicts_on(item, evidence)              what the probes tell of one item
    standings(cover, chapters, review, evidence)    how each asked item stands
    review_page, review_markdown, review_json       the same, to read and to keep

A probe answers where there is one, the person elsewhere, and the person's word counts before
what was measured. Names are resolved when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.reviews.judging import (
        probes_asked,
        standings,
        verdict_words,
        verdicts_on,
    )
    from be_tui.core.reviews.keeping import review_from_json, review_to_json
    from be_tui.core.reviews.model import (
        REPLIES,
        STATES,
        Reply,
        ReplyKind,
        Review,
        Standing,
        Verdict,
        asked_levels,
        first_level,
    )
    from be_tui.core.reviews.pages import counts_words, here_blocks, review_page
    from be_tui.core.reviews.reporting import review_json, review_markdown

__all__ = [
    "REPLIES",
    "STATES",
    "Reply",
    "ReplyKind",
    "Review",
    "Standing",
    "Verdict",
    "asked_levels",
    "counts_words",
    "first_level",
    "here_blocks",
    "probes_asked",
    "review_from_json",
    "review_json",
    "review_markdown",
    "review_page",
    "review_to_json",
    "standings",
    "verdict_words",
    "verdicts_on",
]

_MODULES = {
    "judging": ("probes_asked", "standings", "verdict_words", "verdicts_on"),
    "keeping": ("review_from_json", "review_to_json"),
    "model": (
        *("REPLIES", "STATES", "Reply", "ReplyKind", "Review", "Standing", "Verdict"),
        *("asked_levels", "first_level"),
    ),
    "pages": ("counts_words", "here_blocks", "review_page"),
    "reporting": ("review_json", "review_markdown"),
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
