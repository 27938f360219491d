"""Steps that say by their name what they cost: sorts, temporary tables, scans of SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.plans.judging.model import Detector, Look, Remark
    from be_tui.core.plans.model import Node

_MYSQL = ("mysql", "mariadb")
_TEMP = "USE TEMP B-TREE"


def filesort(look: Look) -> Iterator[Remark]:
    """Find sorts of MySQL and MariaDB."""
    if look.plan.engine not in _MYSQL:
        return
    for node in look.plan.nodes:
        told = "Using filesort" in node.fact("Extra") or node.fact("using_filesort") == "true"
        if told or node.operation in {"Sort", "Sort row IDs"}:
            keys = node.fact("sort_key") or node.condition("Sort")
            said = f"rows are sorted after they were read{f', by {keys}' if keys else ''}"
            yield look.remark("plan-filesort", node, f"{_where(look, node)}: {said}")


def temporary(look: Look) -> Iterator[Remark]:
    """Find temporary tables of MySQL and MariaDB."""
    if look.plan.engine not in _MYSQL:
        return
    for node in look.plan.nodes:
        told = "Using temporary" in node.fact("Extra")
        told = told or node.fact("using_temporary_table") == "true"
        if told or "emporary table" in node.operation:
            said = "rows are put into a temporary table and read again"
            yield look.remark("plan-temporary", node, f"{_where(look, node)}: {said}")


def _where(look: Look, node: Node) -> str:
    """Give the table that a step is about: its own, or the first one below."""
    if node.relation:
        return node.relation
    for each in look.plan.nodes[node.number + 1 :]:
        if each.depth <= node.depth:
            break
        if each.relation:
            return each.relation
    return node.operation


def temp_btree(look: Look) -> Iterator[Remark]:
    """Find what SQLite sorts or makes distinct in a tree of its own."""
    for node in look.plan.nodes:
        if node.operation.startswith(_TEMP):
            what = node.operation.removeprefix(_TEMP).removeprefix(" FOR ").lower()
            said = f"rows are put into a temporary tree for {what.replace('by', 'BY').upper()}"
            yield look.remark("plan-temp-btree", node, said)


def sqlite_scan(look: Look) -> Iterator[Remark]:
    """Find tables that SQLite reads whole in the outermost loop."""
    if look.plan.engine != "sqlite":
        return
    seen: set[int] = set()
    for node in look.plan.nodes:
        if not node.operation.startswith(("SCAN", "SEARCH")):
            continue
        outermost = node.parent not in seen
        seen.add(node.parent)
        if node.whole and outermost and not node.index:
            said = f"{node.relation} is read from end to end"
            yield look.remark("plan-sqlite-scan", node, said)


def never_executed(look: Look) -> Iterator[Remark]:
    """Find the topmost steps that were planned and not needed."""
    for node in look.plan.nodes:
        parent = look.parent(node)
        if node.never_executed and not (parent and parent.never_executed):
            said = f"{node.title} was never run: nothing asked for its rows"
            yield look.remark("plan-never-executed", node, said)


def disabled(look: Look) -> Iterator[Remark]:
    """Find steps that the planner was told to avoid, and took all the same."""
    for node in look.plan.nodes:
        if node.disabled:
            said = f"{node.title} is switched off by a setting, and there was no other way"
            yield look.remark("plan-disabled", node, said)


DETECTORS: Mapping[str, Detector] = {
    "plan-filesort": filesort,
    "plan-temporary": temporary,
    "plan-temp-btree": temp_btree,
    "plan-sqlite-scan": sqlite_scan,
    "plan-never-executed": never_executed,
    "plan-disabled": disabled,
}
