"""What a detector looks at, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.plans.model import Node, Plan


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong with a plan; the rule tells why, when it is fine, and what to do."""

    rule: str
    message: str
    node: int = -1
    """The number of the node that it is about; -1 for the whole plan."""

    ms: float | None = None
    """The time that it is about; None where no time was taken."""

    share: float = 0.0
    """Its part of the whole, from 0 to 1, in time or else in the planner's cost."""


@dataclass(frozen=True, slots=True)
class Look:
    """A plan with what detectors ask again and again, worked out once."""

    plan: Plan
    shares: tuple[float, ...]
    below: tuple[tuple[int, ...], ...]
    """The numbers of the nodes right below each."""

    def parent(self, node: Node) -> Node | None:
        """Give the node that takes a node's rows."""
        return self.plan.nodes[node.parent] if node.parent >= 0 else None

    def children(self, node: Node) -> Iterable[Node]:
        """Give the nodes right below one."""
        return (self.plan.nodes[number] for number in self.below[node.number])

    def above(self, node: Node) -> Iterable[Node]:
        """Give the nodes above one, the nearest first."""
        parent = self.parent(node)
        while parent:
            yield parent
            parent = self.parent(parent)

    def named(self, node: Node) -> str:
        """Give a node's title, with the table that it works on where it has none itself."""
        if node.relation or node.index:
            return node.title
        for each in self.plan.nodes[node.number + 1 :]:
            if each.depth <= node.depth:
                break
            if each.relation:
                return f"{node.title} over {each.relation}"
        return node.title

    def remark(self, rule: str, node: Node, message: str) -> Remark:
        """Say something about a node, which is as dear as the node itself."""
        return Remark(rule, message, node.number, node.own_ms, self.shares[node.number])

    def about(self, rule: str, message: str, ms: float) -> Remark:
        """Say something about the whole that took so many milliseconds."""
        total = (self.plan.total_ms or 0.0) + (self.plan.planning_ms or 0.0)
        return Remark(rule, message, -1, ms, min(ms / total, 1.0) if total else 0.0)


Detector = Callable[[Look], Iterable[Remark]]


def look_at(plan: Plan) -> Look:
    """Work out what detectors ask."""
    below: list[list[int]] = [[] for _ in plan.nodes]
    for node in plan.nodes:
        if node.parent >= 0:
            below[node.parent].append(node.number)
    return Look(plan, plan.shares(), tuple(map(tuple, below)))
