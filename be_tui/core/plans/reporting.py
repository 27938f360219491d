"""Plans, what is wrong with them and what changed, as findings and as JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from be_tui.core.findings import Finding, Fix, Place
from be_tui.core.jsonform import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge.model import Rule
    from be_tui.core.plans.comparing import Compared, Pair
    from be_tui.core.plans.judging import Remark
    from be_tui.core.plans.model import Node, Plan


def findings(
    plan: Plan, remarks: Iterable[Remark], rules: Mapping[str, Rule]
) -> tuple[Finding, ...]:
    """Give what is wrong with the words of its rules, in the order given."""
    return tuple(_finding(plan, remark, rules[remark.rule]) for remark in remarks)


def _finding(plan: Plan, remark: Remark, rule: Rule) -> Finding:
    line = plan.nodes[remark.node].line if remark.node >= 0 else 0
    if rule.id == "plan-cut" and plan.cut:
        line = plan.cut.line
    why = f"{rule.why} Fine when: {rule.fine_when}" if rule.fine_when else rule.why
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        place=Place(plan.path, line),
        message=remark.message,
        why=why,
        fix=Fix(rule.fix),
        references=rule.references,
        also_known_as=rule.also_known_as,
    )


def plan_json(plan: Plan, remarks: Iterable[Remark]) -> dict[str, Json]:
    """Give a plan in its JSON form: steps in reading order, each with its parent's number."""
    shares = plan.shares()
    return {
        "path": plan.path,
        "engine": plan.engine,
        "form": plan.form,
        "measure": plan.measure,
        "total_ms": plan.total_ms,
        "planning_ms": plan.planning_ms,
        "execution_ms": plan.execution_ms,
        "jit": to_json(plan.jit),
        "triggers": to_json(plan.triggers),
        "facts": to_json(plan.facts),
        "cut": to_json(plan.cut),
        "nodes": [_node(node, shares[node.number]) for node in plan.nodes],
        "costs": [
            {"rule": each.rule, "node": each.node, "ms": each.ms, "share": each.share}
            for each in remarks
        ],
    }


def _node(node: Node, share: float) -> dict[str, Json]:
    form = {each.name: to_json(getattr(node, each.name)) for each in fields(node)}
    return {**form, "title": node.title, "factor": node.factor, "share": share}


def compared_json(compared: Compared) -> dict[str, Json]:
    """Give two plans' pairs of steps in their JSON form."""
    return {
        "against": compared.before.path,
        "same": compared.same,
        "before_ms": compared.before.total_ms,
        "after_ms": compared.after.total_ms,
        "steps": [_pair(compared, pair) for pair in compared.pairs],
    }


def _pair(compared: Compared, pair: Pair) -> dict[str, Json]:
    def told(plan: Plan, number: int) -> Json:
        if number < 0:
            return None
        node = plan.nodes[number]
        parts: dict[str, Json] = {"node": number, "title": node.title, "own_ms": node.own_ms}
        return {**parts, "own_cost": node.own_cost, "rows": node.rows}

    return {
        "before": told(compared.before, pair.before),
        "after": told(compared.after, pair.after),
        "changes": list(pair.changes),
    }
