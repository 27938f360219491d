"""A walk told to a program: what was answered and why, what comes out, what it turns on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.leading import distribution, settled
from be_tui.core.decisions.outlook_json import outlook_json
from be_tui.core.decisions.proposing import support
from be_tui.core.decisions.turning import turns
from be_tui.core.jsonform import to_json
from be_tui.core.knowledge import NONE, ticks

if TYPE_CHECKING:
    from be_tui.core.decisions.model import Step, Turn
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge import Option, Outcome, Question

_DIGITS = 6
"""Of a share."""


def report(walk: Walk) -> dict[str, Json]:
    """Give a walk as the parts of a JSON document; its names are a contract."""
    fewest, most = walk.remaining
    return {
        "tree": {
            "id": walk.tree.id,
            "version": walk.tree.version,
            "title": walk.tree.title,
            "question": walk.tree.question,
        },
        "path": [_step(walk, step) for step in walk.path],
        "question": _question(walk, walk.question) if walk.question else None,
        "remaining": {"fewest": fewest, "most": most},
        "outcome": _outcome(walk.outcome) if walk.outcome else None,
        "leads_to": _leads_to(walk),
        **outlook_json(walk),
        "turns": [_turn(turn) for turn in turns(walk)],
        "assumed": [_assumption(step) for step in walk.assumed],
        "aside": [{"question": each.question, "option": each.option} for each in walk.aside],
        "evidence": to_json(walk.evidence),
    }


def _leads_to(walk: Walk) -> dict[str, Json]:
    ahead = distribution(walk)
    return {
        "exact": ahead.exact,
        "settled": settled(walk),
        "robust": ahead.shares[0].outcome.id,
        "shares": [
            {
                "outcome": each.outcome.id,
                "title": each.outcome.title,
                "share": round(each.share, _DIGITS),
            }
            for each in ahead.shares
        ],
    }


def _step(walk: Walk, step: Step) -> dict[str, Json]:
    return {
        "question": step.question.id,
        "ask": step.question.ask,
        "option": step.option.id,
        "label": step.said,
        **_in_kind(step.question, step.option.id, step.answer.value),
        "origin": step.origin,
        "supports": _supports(walk, step.question),
        "to": step.to,
        "route": step.route,
        "rules": [
            {
                "table": each.table.id,
                "title": each.table.title,
                "rule": each.taken.label,
                "to": each.taken.to,
            }
            for each in step.rules
        ],
    }


def _question(walk: Walk, question: Question) -> dict[str, Json]:
    options: list[Json] = [
        {"id": each.id, "label": each.label, "note": each.note, **_bounds(question, each)}
        for each in question.options
    ]
    typed: dict[str, Json] = {
        "unit": question.unit,
        "at_least": question.at_least,
        "at_most": question.at_most,
    }
    return {
        "id": question.id,
        "kind": question.kind,
        **(typed if question.takes_number else {}),
        "ask": question.ask,
        "why": question.why,
        "options": options,
        "unknown": to_json(question.unknown),
        "supports": _supports(walk, question),
        "sources": [str(source) for source in question.sources],
    }


def _in_kind(question: Question, answer_id: str, value: float | None) -> dict[str, Json]:
    """Give what is ticked, or the number; nothing where the option says it all."""
    if question.kind == "several":
        return {"ticked": [each for each in ticks(answer_id) if each != NONE]}
    return {"value": value} if question.takes_number else {}


def _bounds(question: Question, option: Option) -> dict[str, Json]:
    return {"below": option.below} if question.takes_number else {}


def _supports(walk: Walk, question: Question) -> list[Json]:
    return [
        {
            "option": each.option,
            **_in_kind(question, each.option, each.value),
            "says": each.says,
            "probe": each.evidence.probe,
        }
        for each in support(question, walk.evidence)
    ]


def _outcome(outcome: Outcome) -> dict[str, Json]:
    return {
        "id": outcome.id,
        "title": outcome.title,
        "advice": outcome.advice,
        "steps": list(outcome.steps),
        "door": outcome.door,
        "price": outcome.price,
        "again": outcome.again,
        "sources": [str(source) for source in outcome.sources],
        "references": list(outcome.references),
        "actions": to_json(outcome.actions),
    }


def _turn(turn: Turn) -> dict[str, Json]:
    return {
        "question": turn.step.question.id,
        "option": turn.option.id,
        "label": turn.option.label,
        "outcome": turn.outcome.id if turn.outcome else None,
        "opens": turn.opens.id if turn.opens else None,
        "among": [outcome.id for outcome in turn.among],
    }


def _assumption(step: Step) -> dict[str, Json]:
    unknown = step.question.unknown
    return {
        "question": step.question.id,
        "option": step.option.id,
        "price": unknown.price,
        "find_out": unknown.find_out,
    }
