"""Bets in plans: what they cost where rows come later, or more of them, than the planner expects.

LIMIT over rows that are filtered as they come in order: the planner divides the cost of all rows by
how many it expects to look at, as if those that meet the conditions were spread evenly; where they
are not, the whole index is read.

A nested loop over the rows of another join, whose estimates are the worst there are: a hash join
costs little more with ten times the rows, a loop ten times as much. What the plan of today bets on
is what the query takes today: only new bets count.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.whatif import Judged, Unit

LATER = 10.0
"""How many times later than expected rows are taken to come, and how many times more of them a join
is taken to give: estimates are often off as much."""

_KEPT = 0.0025
"""What a row costs that is kept for the next loop, as PostgreSQL has it (`cpu_operator_cost`)."""

_JOINS = frozenset({"Nested Loop", "Hash Join", "Merge Join"})
_PASSING = frozenset({"Result", "Subquery Scan", "LockRows", "ProjectSet", "Append", "Nested Loop"})


def careful(judged: Judged, unit: Unit, *, limited: bool, today: Judged | None = None) -> float:
    """Give a cost that does not count on luck.

    Args:
        judged: What the judge said.
        unit: What its costs count.
        limited: Whether the statement has a LIMIT.
        today: What it said of the statement without anything new.
    """
    betting = limited and '"Limit"' in judged.plan
    loops = judged.plan.count('"Nested Loop"')
    looping = loops > 0 and loops + judged.plan.count(' Join"') > 1
    if unit != "cost" or not (betting or looping):
        return judged.cost
    root = _root(judged.plan)
    worst = _full_cost(root) if betting else 0.0
    known = _loops_of(today.plan) if today else frozenset()
    more = sum(cost for loop, cost in _loops(root) if loop not in known)
    return max(judged.cost + more, min(worst, judged.cost * LATER))


def _root(plan: str) -> object:
    try:
        loaded = json.loads(plan)
    except ValueError:
        return None
    found = loaded[0] if isinstance(loaded, list) and loaded else loaded
    return found.get("Plan") if isinstance(found, dict) else None


@lru_cache(maxsize=1024)
def _loops_of(plan: str) -> frozenset[str]:
    return frozenset(loop for loop, _ in _loops(_root(plan)))


def _loops(node: object) -> Iterator[tuple[str, float]]:
    """Give the loops over joins, each with what it would cost more with far more rows."""
    if not isinstance(node, dict):
        return
    below = node.get("Plans") or []
    for each in below:
        yield from _loops(each)
    if node.get("Node Type") == "Nested Loop" and len(below) > 1:
        outer, inner = below[0], below[1]
        if _has_join(outer):
            rows = float(outer.get("Plan Rows", 0)) * (LATER - 1)
            yield _called(outer, inner), rows * _once_more(inner)


def _called(outer: object, inner: dict[str, object]) -> str:
    """Give what tells a loop from others: what it is over, and by what it finds its rows."""
    over = sorted(set(_aliases(outer)))
    return " ".join((*over, ":", *_aliases(inner), str(inner.get("Index Name", ""))))


def _aliases(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "Alias" in node:
            yield str(node["Alias"])
        for each in node.get("Plans") or []:
            yield from _aliases(each)


def _once_more(node: Mapping[str, object]) -> float:
    """Give what the inner side of a loop costs each time but the first: what is kept, little."""
    kept = node.get("Node Type") == "Materialize"
    found = node.get("Plan Rows" if kept else "Total Cost", 0)
    return float(str(found)) * (_KEPT if kept else 1.0)


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
