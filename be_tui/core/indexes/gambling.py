"""Bets in plans: what they cost where rows come later, or more of them, than the planner expects.

LIMIT over rows that are filtered as they come in order: the planner divides the cost of all rows by
how many it expects to look at, as if those that meet the conditions were spread evenly; where they
are not, the whole index is read.

A nested loop over the rows of another join, whose estimates are the worst there are: a hash join
costs little more with ten times the rows, a loop ten times as much.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.whatif import Judged, Unit

LATER = 10.0
"""How many times later than expected rows are taken to come, and how many times more of them a join
is taken to give: estimates are often off as much."""

_JOINS = frozenset({"Nested Loop", "Hash Join", "Merge Join"})
_PASSING = frozenset({"Result", "Subquery Scan", "LockRows", "ProjectSet", "Append", "Nested Loop"})


def careful(judged: Judged, unit: Unit, *, limited: bool) -> float:
    """Give a cost that does not count on luck."""
    betting = limited and '"Limit"' in judged.plan
    loops = judged.plan.count('"Nested Loop"')
    looping = loops > 0 and loops + judged.plan.count(' Join"') > 1
    if unit != "cost" or not (betting or looping):
        return judged.cost
    try:
        loaded = json.loads(judged.plan)
    except ValueError:
        return judged.cost
    plan = loaded[0] if isinstance(loaded, list) and loaded else loaded
    root = plan.get("Plan", {}) if isinstance(plan, dict) else {}
    worst = _full_cost(root) if betting else 0.0
    return max(judged.cost + _loops(root), min(worst, judged.cost * LATER))


def _loops(node: object) -> float:
    """Give what loops over joins would cost more, were their rows as many as joins' errors let."""
    if not isinstance(node, dict):
        return 0.0
    below = node.get("Plans") or []
    more = sum(_loops(each) for each in below)
    if node.get("Node Type") == "Nested Loop" and len(below) > 1:
        outer, inner = below[0], below[1]
        if _has_join(outer):
            rows = float(outer.get("Plan Rows", 0)) * (LATER - 1)
            more += rows * float(inner.get("Total Cost", 0))
    return more


def _has_join(node: object) -> bool:
    if not isinstance(node, dict):
        return False
    return node.get("Node Type") in _JOINS or any(map(_has_join, node.get("Plans") or []))


def _full_cost(node: object) -> float:
    """Give what a bet costs at worst: all rows of the scan below a LIMIT; 0 without a bet."""
    if not isinstance(node, dict):
        return 0.0
    below = node.get("Plans") or []
    if node.get("Node Type") == "Limit":
        child = below[0] if below else {}
        while isinstance(child, dict) and child.get("Node Type") in _PASSING and child.get("Plans"):
            child = child["Plans"][0]
        if isinstance(child, dict) and "Filter" in child and "Index" in str(child.get("Node Type")):
            return float(child.get("Total Cost", 0.0))
        return 0.0
    return max((_full_cost(each) for each in below), default=0.0)
