"""Two plans of one query, step by step: what stayed, what changed, what came and went.

Steps that read tables are matched first, by what they read; a step above them is matched with
the one that has most of the same below it. What is left over has come, or gone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from be_tui.core.plans.model import Node, Plan

_ALIKE = 0.5
"""The part of what stands below two steps that must be the same for them to be one."""

_FAMILIES = ("Join", "Nested Loop", "Sort", "Aggregate", "Gather", "Append", "Hash", "Limit")
_JOINS = ("Join", "Nested Loop", "Nested loop")


@dataclass(frozen=True, slots=True)
class Pair:
    """One step, before and after."""

    before: int
    """Its number in the plan before; -1 where it has come."""

    after: int
    """Its number in the plan after; -1 where it has gone."""

    changes: tuple[str, ...] = ()
    """What is not as it was, in words; times and rows aside."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two plans and their steps in pairs."""

    before: Plan
    after: Plan
    pairs: tuple[Pair, ...]
    """In the order of the plan after; those that have gone follow."""

    @property
    def same(self) -> bool:
        """Tell whether the two are the same but for what was measured."""
        return all(pair.before >= 0 <= pair.after and not pair.changes for pair in self.pairs)


def compare(before: Plan, after: Plan) -> Compared:
    """Match the steps of two plans."""
    matched: dict[int, int] = {}
    _match_readers(before, after, matched)
    _match_above(before, after, matched)
    _match_rest(before, after, matched)
    origin = {new: old for old, new in matched.items()}
    pairs = [
        Pair(origin.get(node.number, -1), node.number, _changes(before, after, node, origin))
        for node in after.nodes
    ]
    gone = [Pair(node.number, -1) for node in before.nodes if node.number not in matched]
    return Compared(before, after, (*pairs, *gone))


def _match_readers(before: Plan, after: Plan, matched: dict[int, int]) -> None:
    """Match steps that read a table or an index, from the strictest likeness to the loosest."""
    keys: tuple[Callable[[Node], Hashable], ...] = (
        lambda node: (node.operation, node.relation, node.alias, node.index, node.conditions),
        lambda node: (node.operation, node.relation, node.alias, node.index),
        lambda node: (node.relation, node.alias) if node.relation else ("", node.index),
    )
    for key in keys:
        taken = set(matched.values())
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for node in after.nodes:
            if (node.relation or node.index) and node.number not in taken:
                waiting[key(node)].append(node.number)
        for node in before.nodes:
            found = waiting.get(key(node))
            if node.number not in matched and (node.relation or node.index) and found:
                matched[node.number] = found.pop(0)


def _match_above(before: Plan, after: Plan, matched: dict[int, int]) -> None:
    """Match steps by what stands below them, from the bottom upwards."""
    below_before, below_after = _below(before.nodes), _below(after.nodes)
    taken = set(matched.values())
    for node in reversed(before.nodes):
        if node.number in matched:
            continue
        met: Counter[int] = Counter()
        for number in below_before[node.number]:
            above = after.nodes[matched[number]].parent if number in matched else -1
            while above >= 0:
                met[above] += 1
                above = after.nodes[above].parent
        best, likeness = -1, _ALIKE
        for number, common in met.items():
            other = after.nodes[number]
            if number in taken or _family(other) != _family(node):
                continue
            size = len(below_before[node.number]) + len(below_after[number])
            alike = 2 * common / size + (other.operation == node.operation) / size
            if alike > likeness:
                best, likeness = number, alike
        if best >= 0:
            matched[node.number] = best
            taken.add(best)


def _below(nodes: Sequence[Node]) -> list[list[int]]:
    """Give the numbers of all nodes below each."""
    found: list[list[int]] = [[] for _ in nodes]
    for node in nodes:
        above = node.parent
        while above >= 0:
            found[above].append(node.number)
            above = nodes[above].parent
    return found


def _match_rest(before: Plan, after: Plan, matched: dict[int, int]) -> None:
    """Match what is left where the step above is matched and the operation is the same."""
    taken = set(matched.values())
    for node in before.nodes:
        if node.number in matched:
            continue
        above = matched.get(node.parent, -1) if node.parent >= 0 else -1
        if node.parent >= 0 and above < 0:
            continue
        for other in after.nodes:
            same = other.parent == above and other.operation == node.operation
            if same and other.number not in taken:
                matched[node.number] = other.number
                taken.add(other.number)
                break


def _family(node: Node) -> str:
    if any(word in node.operation for word in _JOINS):
        return "Join"
    return next((word for word in _FAMILIES if word in node.operation), node.operation)


def _changes(before: Plan, after: Plan, node: Node, origin: dict[int, int]) -> tuple[str, ...]:
    """Say what is not as it was with a step of the plan after."""
    if node.number not in origin:
        return ()
    old = before.nodes[origin[node.number]]
    said = []
    for name in ("operation", "index"):
        was, now = getattr(old, name), getattr(node, name)
        if was != now:
            said.append(f"{was or 'no ' + name} → {now or 'no ' + name}")
    kinds = dict.fromkeys([each.kind for each in (*old.conditions, *node.conditions)])
    for kind in kinds:
        was, now = old.condition(kind), node.condition(kind)
        if was != now:
            said.append(f"{kind}: {was or 'none'} → {now or 'none'}")
    if _moved(old, node, origin):
        above = after.nodes[node.parent].title if node.parent >= 0 else "the top"
        said.append(f"moved below {above}" if node.parent >= 0 else "moved to the top")
    return tuple(said)


def _moved(old: Node, node: Node, origin: dict[int, int]) -> bool:
    """Tell whether it gives its rows to another step; one that has come in between is none."""
    if node.parent < 0 or old.parent < 0:
        return False
    return (
        node.parent in origin
        and origin[node.parent] != old.parent
        and bool(old.parent in origin.values())
    )
