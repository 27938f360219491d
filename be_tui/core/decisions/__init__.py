"""Decisions: a walk over a tree, what it turns on, its map, its pages and its record.

    walk = start(tree, evidence)                a walk is a value
    walk = walk.answer("problem", "yes")
    prove(tree), doubts(tree)                   what every set of answers comes to
    support(walk.question, evidence)            what evidence would answer
    turns(walk), distribution(walk)             what would change the outcome; where it leads
    flips(walk), inquiry(walk)                  ... by two answers or three; what to ask first
    compare_trees(before, after)                which sets of answers come to another outcome
    record(walk, supports_of(walk), project, folder, today)

Names are resolved when first used: the list of trees needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.decisions.abreast import Told
    from be_tui.core.decisions.answering import adopted, number_words, read_answer, typed_number
    from be_tui.core.decisions.carrying import (
        Carried,
        Lost,
        Passed,
        carry,
        lost_words,
        outcome_since,
        passed_words,
        restored_words,
    )
    from be_tui.core.decisions.comparing import Apart, Comparison, Pair, compare_trees
    from be_tui.core.decisions.decided import Decided, decided_in
    from be_tui.core.decisions.doubts import doubts
    from be_tui.core.decisions.flipping import (
        Change,
        Flip,
        Flips,
        flips,
        flips_to,
        tried,
        try_words,
    )
    from be_tui.core.decisions.informing import Gain, Inquiry, finish, inquiry
    from be_tui.core.decisions.judging import Stance, stances
    from be_tui.core.decisions.leading import Distribution, Share, distribution, robust, settled
    from be_tui.core.decisions.maps.graphviz import dot
    from be_tui.core.decisions.maps.mermaid import mermaid
    from be_tui.core.decisions.maps.spoken import map_words
    from be_tui.core.decisions.maps.text import MAP_WIDTH, map_page, tree_map
    from be_tui.core.decisions.model import Answer, ByRule, Origin, Restored, Step, Support, Turn
    from be_tui.core.decisions.offering import Choosing, ChoosingRow, choosing, toggled
    from be_tui.core.decisions.ordering import Breach
    from be_tui.core.decisions.pages.asking import evidence_page, question_page, why_page
    from be_tui.core.decisions.pages.beside import beside_page
    from be_tui.core.decisions.pages.choosing import about_page
    from be_tui.core.decisions.pages.ending import (
        advice_page,
        changes_page,
        outcome_page,
        turns_page,
        walked_page,
    )
    from be_tui.core.decisions.pages.judging import authorities_page
    from be_tui.core.decisions.pages.leading import (
        leads_page,
        leads_words,
        prospect_page,
        prospect_words,
    )
    from be_tui.core.decisions.pages.settling import settled_words, settles_page
    from be_tui.core.decisions.proof import Overlap, Part, Proof, Shadow, prove
    from be_tui.core.decisions.proposing import (
        answer_from_evidence,
        probes_of,
        proposal,
        support,
    )
    from be_tui.core.decisions.prospecting import AT_ONCE, Ahead, Prospect, prospect
    from be_tui.core.decisions.rechecking import (
        Moved,
        Premise,
        Rechecked,
        Recorded,
        decisions_in,
        recheck,
    )
    from be_tui.core.decisions.recording import deciders, record, record_root, supports_of
    from be_tui.core.decisions.reporting import report
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
    from be_tui.core.decisions.versions import tree_at
    from be_tui.core.decisions.walk import Walk, start
    from be_tui.core.decisions.walk_json import walk_from_json, walk_to_json
    from be_tui.core.decisions.ways import Trail

__all__ = [
    "AT_ONCE",
    "MAP_WIDTH",
    "Ahead",
    "Answer",
    "Apart",
    "Breach",
    "ByRule",
    "Carried",
    "Change",
    "Choosing",
    "ChoosingRow",
    "Comparison",
    "Decided",
    "Distribution",
    "Flip",
    "Flips",
    "Gain",
    "Inquiry",
    "Lost",
    "Moved",
    "Origin",
    "Overlap",
    "Pair",
    "Part",
    "Passed",
    "Premise",
    "Proof",
    "Prospect",
    "Rechecked",
    "Recorded",
    "Restored",
    "Said",
    "Shadow",
    "Share",
    "Stance",
    "Step",
    "Support",
    "Told",
    "Trail",
    "Turn",
    "Walk",
    "about_page",
    "adopted",
    "advice_page",
    "answer_from_evidence",
    "answers_so_far",
    "aside_words",
    "authorities_page",
    "beside_page",
    "carry",
    "changes_page",
    "choosing",
    "compare_trees",
    "decided_in",
    "deciders",
    "decisions_in",
    "distribution",
    "dot",
    "doubts",
    "evidence_page",
    "finish",
    "first_to_mark",
    "flips",
    "flips_to",
    "inquiry",
    "leads_page",
    "leads_words",
    "lost_words",
    "map_page",
    "map_words",
    "measured_words",
    "mermaid",
    "number_words",
    "outcome_page",
    "outcome_since",
    "passed_words",
    "position_words",
    "probes_of",
    "progress_words",
    "proposal",
    "prospect",
    "prospect_page",
    "prospect_words",
    "prove",
    "question_page",
    "read_answer",
    "recheck",
    "record",
    "record_root",
    "report",
    "restored_words",
    "robust",
    "settled",
    "settled_words",
    "settles_page",
    "stances",
    "start",
    "support",
    "supports_of",
    "take",
    "toggled",
    "tree_at",
    "tree_map",
    "tried",
    "try_words",
    "turns",
    "turns_page",
    "typed_number",
    "walk_from_json",
    "walk_to_json",
    "walked_page",
    "why_page",
]

_HOMES = {
    "AT_ONCE": "prospecting",
    "MAP_WIDTH": "maps.text",
    "Ahead": "prospecting",
    "Answer": "model",
    "Apart": "comparing",
    "Breach": "ordering",
    "ByRule": "model",
    "Carried": "carrying",
    "Change": "flipping",
    "Choosing": "offering",
    "ChoosingRow": "offering",
    "Comparison": "comparing",
    "Decided": "decided",
    "Distribution": "leading",
    "Flip": "flipping",
    "Flips": "flipping",
    "Gain": "informing",
    "Inquiry": "informing",
    "Lost": "carrying",
    "Moved": "rechecking",
    "Origin": "model",
    "Overlap": "proof",
    "Pair": "comparing",
    "Part": "proof",
    "Passed": "carrying",
    "Premise": "rechecking",
    "Proof": "proof",
    "Prospect": "prospecting",
    "Rechecked": "rechecking",
    "Recorded": "rechecking",
    "Restored": "model",
    "Said": "standing",
    "Shadow": "proof",
    "Share": "leading",
    "Stance": "judging",
    "Step": "model",
    "Support": "model",
    "Told": "abreast",
    "Trail": "ways",
    "Turn": "model",
    "Walk": "walk",
    "about_page": "pages.choosing",
    "adopted": "answering",
    "advice_page": "pages.ending",
    "answer_from_evidence": "proposing",
    "answers_so_far": "standing",
    "aside_words": "standing",
    "authorities_page": "pages.judging",
    "beside_page": "pages.beside",
    "carry": "carrying",
    "changes_page": "pages.ending",
    "choosing": "offering",
    "compare_trees": "comparing",
    "decided_in": "decided",
    "deciders": "recording",
    "decisions_in": "rechecking",
    "distribution": "leading",
    "dot": "maps.graphviz",
    "doubts": "doubts",
    "evidence_page": "pages.asking",
    "finish": "informing",
    "first_to_mark": "standing",
    "flips": "flipping",
    "flips_to": "flipping",
    "inquiry": "informing",
    "leads_page": "pages.leading",
    "leads_words": "pages.leading",
    "lost_words": "carrying",
    "map_page": "maps.text",
    "map_words": "maps.spoken",
    "measured_words": "standing",
    "mermaid": "maps.mermaid",
    "number_words": "answering",
    "outcome_page": "pages.ending",
    "outcome_since": "carrying",
    "passed_words": "carrying",
    "position_words": "standing",
    "probes_of": "proposing",
    "progress_words": "standing",
    "proposal": "proposing",
    "prospect": "prospecting",
    "prospect_page": "pages.leading",
    "prospect_words": "pages.leading",
    "prove": "proof",
    "question_page": "pages.asking",
    "read_answer": "answering",
    "recheck": "rechecking",
    "record": "recording",
    "record_root": "recording",
    "report": "reporting",
    "restored_words": "carrying",
    "robust": "leading",
    "settled": "leading",
    "settled_words": "pages.settling",
    "settles_page": "pages.settling",
    "stances": "judging",
    "start": "walk",
    "support": "proposing",
    "supports_of": "recording",
    "take": "standing",
    "toggled": "offering",
    "tree_at": "versions",
    "tree_map": "maps.text",
    "tried": "flipping",
    "try_words": "flipping",
    "turns": "turning",
    "turns_page": "pages.ending",
    "typed_number": "answering",
    "walk_from_json": "walk_json",
    "walk_to_json": "walk_json",
    "walked_page": "pages.ending",
    "why_page": "pages.asking",
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
