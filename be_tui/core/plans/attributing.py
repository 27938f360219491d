"""What each node takes itself: its time, pages and cost less those of what it waits for.

A node's figures hold those below it, and the average of a loop. Three things make that less
than simple. Below a Gather several processes work at once: their loops are shared out, so that
times are of the clock on the wall. A CTE hangs below the node that declares it, and is paid for
by those who scan it. An InitPlan hangs below the node that owns it, and is run by the first
that asks for its value. What every node takes itself adds up to what the top takes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Buffers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.plans.model import Node

_GATHERS = ("Gather", "Gather Merge")
_MOST = 0.5
_RETURNS = re.compile(r"\(returns (.*)\)$")

Owed = tuple[int, float]
"""A node, and the part of its time that somebody waits for."""


def attribute(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Give the nodes with their totals and with what each takes itself."""
    timed = _with_totals(nodes)
    owed: list[list[Owed]] = [[] for _ in timed]
    costs = [0.0 for _ in timed]
    for node in timed:
        for payer, part in _payers(timed, node):
            owed[payer].append((node.number, part))
        if node.parent >= 0 and node.estimate:
            costs[node.parent] += node.estimate.cost or 0.0
    return tuple(
        replace(
            node,
            own_ms=_own_ms(timed, node, owed[node.number]),
            own_cost=_own_cost(node, costs[node.number]),
            own_buffers=_own_buffers(timed, node, owed[node.number]),
        )
        for node in timed
    )


def _with_totals(nodes: Sequence[Node]) -> list[Node]:
    """Give the nodes with the wall time of all their loops."""
    timed: list[Node] = []
    processes: list[float] = []
    for node in nodes:
        above = timed[node.parent] if node.parent >= 0 else None
        at_once = processes[above.number] if above else 1.0
        if above and above.operation in _GATHERS and not node.role:
            at_once = _at_once(above, node)
        processes.append(at_once)
        actual, total = node.actual, None
        if node.never_executed:
            total = 0.0
        elif actual and actual.last_ms is not None:
            total = actual.last_ms * actual.loops / at_once
        timed.append(replace(node, total_ms=total))
    return timed


def _at_once(gather: Node, node: Node) -> float:
    """Tell how many processes ran what stands below a Gather: each runs it once a loop."""
    if gather.actual is None or node.actual is None or not gather.actual.loops:
        return 1.0
    return max(node.actual.loops / gather.actual.loops, 1.0)


def _payers(nodes: Sequence[Node], node: Node) -> tuple[Owed, ...]:
    """Tell whose time holds that of a node, and which part of it."""
    if node.parent < 0:
        return ()
    owner = nodes[node.parent]
    if node.role == "CTE":
        return _scans(nodes, node, owner)
    if node.role == "InitPlan":
        return ((_asker(nodes, node, owner), 1.0),)
    return ((owner.number, 1.0),)


def _scans(nodes: Sequence[Node], cte: Node, owner: Node) -> tuple[Owed, ...]:
    name = cte.name.removeprefix("CTE ")
    inside = range(cte.number, _end(nodes, cte))
    scans = [
        each
        for each in nodes[owner.number : _end(nodes, owner)]
        if each.operation.endswith("CTE Scan")
        and each.relation == name
        and each.number not in inside
    ]
    spent = sum(each.total_ms or 0.0 for each in scans)
    if not spent:
        return ((scans[0].number, 1.0),) if scans else ()
    return tuple((each.number, (each.total_ms or 0.0) / spent) for each in scans)


def _asker(nodes: Sequence[Node], plan: Node, owner: Node) -> int:
    """Find who runs an InitPlan: the first that asks for its value, or the leader before it."""
    asked = _asks(plan.name)
    inside = range(plan.number, _end(nodes, plan))
    for each in nodes[owner.number : _end(nodes, owner)]:
        if each.never_executed or each.number in inside:
            continue
        told = (*(own.text for own in each.conditions), *(own.value for own in each.facts))
        if any(asked.search(text) for text in told):
            return _leader(nodes, each, owner)
    return owner.number


def _asks(name: str) -> re.Pattern[str]:
    returns = _RETURNS.search(name)
    if returns:
        parameters = "|".join(re.escape(each) for each in returns[1].split(",") if each)
        return re.compile(rf"(?:{parameters})(?!\d)")
    return re.compile(rf"\({re.escape(name)}\)")


def _leader(nodes: Sequence[Node], asker: Node, owner: Node) -> int:
    """Give the topmost Gather between an asker and the owner: it runs InitPlans beforehand."""
    found, each = asker.number, asker
    while True:
        if each.operation in _GATHERS:
            found = each.number
        if each.number == owner.number or each.parent < 0:
            return found
        each = nodes[each.parent]


def _end(nodes: Sequence[Node], node: Node) -> int:
    """Give the number after the last node below one."""
    end = node.number + 1
    while end < len(nodes) and nodes[end].depth > node.depth:
        end += 1
    return end


def _own_ms(nodes: Sequence[Node], node: Node, owed: Sequence[Owed]) -> float | None:
    if node.total_ms is None:
        return None
    below = sum((nodes[number].total_ms or 0.0) * part for number, part in owed)
    return max(node.total_ms - below, 0.0)


def _own_cost(node: Node, below: float) -> float | None:
    """Give the planner's cost of the node alone; an owner's holds its CTEs' and InitPlans'."""
    if node.estimate is None or node.estimate.cost is None:
        return None
    return max(node.estimate.cost - below, 0.0)


def _own_buffers(nodes: Sequence[Node], node: Node, owed: Sequence[Owed]) -> Buffers | None:
    """Give the pages of the node alone; those of a CTE go to the one who waited for most of it."""
    own = node.buffers
    if own is None:
        return None
    for number, part in owed:
        if part >= _MOST:
            own = own.less(nodes[number].buffers or Buffers())
    return own
