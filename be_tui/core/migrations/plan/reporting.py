"""A difference, and a plan, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.jsonform import to_json
from be_tui.core.migrations.plan.words import sign, table_of, title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.jsonform import Json
    from be_tui.core.migrations.diff import Change, Changes, Question
    from be_tui.core.migrations.plan.model import Plan, Statement, Step


def changes_json(changes: Changes) -> dict[str, Json]:
    """Give what tells two schemas apart in its JSON form."""
    return {
        "changes": [_change(each) for each in changes.changes],
        "questions": _questions(changes.questions),
        "held": [_change(each) for each in changes.held],
        "remarks": list(changes.remarks),
    }


def plan_json(plan: Plan) -> dict[str, Json]:
    """Give a plan in its JSON form."""
    return {
        "engine": plan.target.engine,
        "version": ".".join(map(str, plan.target.version)),
        "options": to_json(plan.options),
        "steps": [_step(each) for each in plan.steps],
        "changes": [_change(each) for each in plan.changes],
        "questions": _questions(plan.questions),
        "held": [_change(each) for each in plan.held],
        "remarks": list(plan.remarks),
    }


def _change(change: Change) -> Json:
    return {
        "kind": type(change).__name__,
        "sign": sign(change),
        "table": table_of(change),
        "title": title(change),
    }


def _questions(questions: Iterable[Question]) -> Json:
    return [
        {
            "rename": str(each.rename),
            "likeness": each.likeness,
            "reasons": list(each.reasons),
        }
        for each in questions
    ]


def _step(step: Step) -> Json:
    return {
        "phase": step.phase,
        "title": step.title,
        "up": [_statement(each) for each in step.up],
        "down": [_statement(each) for each in step.down],
        "lost": step.lost,
        "notes": list(step.notes),
        "leaves": step.leaves,
        "retry": step.retry,
    }


def _statement(statement: Statement) -> Json:
    return {
        "sql": statement.sql,
        "outside_transaction": statement.outside,
        "comment": statement.comment,
        "effects": to_json(statement.effects),
    }
