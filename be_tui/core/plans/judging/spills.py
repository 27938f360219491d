"""Memory that was not enough: sorts, hashes and stores on disk, bitmaps that forget rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.plans.figures import count, kilobytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.plans.judging.model import Detector, Look, Remark

HEAP_FETCHES = 100
HEAP_SHARE = 0.1
"""The part of an index-only scan's rows for which the table is looked at after all."""


def sort_spill(look: Look) -> Iterator[Remark]:
    """Find sorts that went to disk."""
    for node in look.plan.nodes:
        if node.space and node.space.spilled and node.operation.endswith("Sort"):
            keys = node.condition("Sort Key")
            said = (
                f"{node.title} by {keys} did not fit into memory:"
                f" {node.space.method}, {kilobytes(node.space.disk_kb)} on disk"
            )
            yield look.remark("plan-sort-spill", node, said)


def hash_spill(look: Look) -> Iterator[Remark]:
    """Find hashes that were divided into batches; what the join spends on them counts too."""
    for node in look.plan.nodes:
        space = node.space
        if space is None or not space.spilled or not node.operation.endswith("Hash"):
            continue
        grown = f", planned as {space.planned_batches}" if space.planned_batches else ""
        grown = grown if space.planned_batches != space.batches else ""
        join = look.parent(node)
        whose = f" of {join.title}" if join else ""
        said = (
            f"the hash{whose} did not fit into memory: {space.batches} batches{grown},"
            f" of {kilobytes(space.memory_kb)} each"
        )
        yield look.remark("plan-hash-spill", join or node, said)


def store_spill(look: Look) -> Iterator[Remark]:
    """Find groupings, CTEs and other stores that went to disk."""
    for node in look.plan.nodes:
        if node.operation.endswith(("Sort", "Hash")):
            continue
        if node.space and node.space.spilled:
            batches = f" in {node.space.batches} batches" if node.space.batches > 1 else ""
            said = (
                f"{node.title} did not fit into memory:"
                f" {kilobytes(node.space.disk_kb)} on disk{batches}"
            )
            yield look.remark("plan-store-spill", node, said)


def lossy_bitmap(look: Look) -> Iterator[Remark]:
    """Find bitmaps that remember pages only, so that every row of those is tested again."""
    for node in look.plan.nodes:
        if node.lossy_blocks:
            again = sum(each.rows for each in node.removed if each.by == "Index Recheck")
            loops = node.actual.loops if node.actual else 1
            tested = f"; {count(again * loops)} rows were tested in vain" if again else ""
            said = (
                f"{node.title}: the bitmap forgot the rows of {count(node.lossy_blocks)} pages"
                f" and kept those of {count(node.exact_blocks)}{tested}"
            )
            yield look.remark("plan-lossy-bitmap", node, said)


def heap_fetches(look: Look) -> Iterator[Remark]:
    """Find index-only scans that look into the table after all."""
    for node in look.plan.nodes:
        fetched, rows = node.heap_fetches or 0, node.rows or 0.0
        if fetched >= HEAP_FETCHES and fetched >= HEAP_SHARE * rows:
            said = (
                f"{node.title} looked into the table {count(fetched)} times for {count(rows)} rows"
            )
            yield look.remark("plan-heap-fetches", node, said)


DETECTORS: Mapping[str, Detector] = {
    "plan-sort-spill": sort_spill,
    "plan-hash-spill": hash_spill,
    "plan-store-spill": store_spill,
    "plan-lossy-bitmap": lossy_bitmap,
    "plan-heap-fetches": heap_fetches,
}
