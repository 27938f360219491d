"""Plans that stop early on a bet: LIMIT over rows that are filtered as they come in order.

The planner divides the cost of all rows by how many of them it expects to look at. It assumes that
those which meet the conditions are spread evenly; where they are not, the whole index is read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.whatif import Judged, Unit

LATER = 10.0
"""How many times later than expected rows are taken to come; estimates are often off as much."""

_PASSING = frozenset({"Result", "Subquery Scan", "LockRows", "ProjectSet", "Append", "Nested Loop"})


def careful(judged: Judged, unit: Unit, *, limited: bool) -> float:
    """Give a cost that does not count on luck."""
    if not limited or unit != "cost" or '"Limit"' not in judged.plan:
        return judged.cost
    try:
        loaded = json.loads(judged.plan)
    except ValueError:
        return judged.cost
    plan = loaded[0] if isinstance(loaded, list) and loaded else loaded
    root = plan.get("Plan", {}) if isinstance(plan, dict) else {}
    worst = _full_cost(root)
    return max(judged.cost, min(worst, judged.cost * LATER))


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
