"""Rows that are read for nothing, and rows that were expected otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.plans.figures import count, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.plans.judging.model import Detector, Look, Remark
    from be_tui.core.plans.model import Node

MANY = 1_000
"""Rows below which nothing that is read is worth a word."""

WASTED = 10
"""Rows thrown away for each that is kept, from which on a scan lacks an index."""

WASTED_BY_INDEX = 4
"""The same after an index, which should have led to the right rows."""

OFF = 10.0
"""Times that rows differ from what was expected, from which on plans go wrong."""

FEW = 100
"""Rows up to which a wrong estimate does no harm."""

DEAR = 1_000.0
"""Cost from which on a whole table is large: about as many pages."""

_STOPS = ("Semi", "Anti", "Merge", "Limit")
"""Operations that may stop their inputs early, so that fewer rows come than there are."""

_INDEXED_BY_MYSQL = ("ndex lookup", "ndex range scan", "ndex scan")
_INDEXED = ("Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Index Scan Backward")


def rows_removed(look: Look) -> Iterator[Remark]:
    """Find nodes that throw away most of what they read, without an index to blame."""
    for node in look.plan.nodes:
        removed, kept = _removed(node), node.rows or 0.0
        if _is_indexed(node) or removed < MANY or removed < WASTED * max(kept, 1.0):
            continue
        said = (
            f"{node.title} throws away {count(removed)} of {count(removed + kept)} rows"
            f"{_each_loop(node)}: {_tested(node)}"
        )
        yield look.remark("plan-rows-removed", node, said)


def index_filter(look: Look) -> Iterator[Remark]:
    """Find indexes that lead to many rows that are then thrown away."""
    for node in look.plan.nodes:
        if not _is_indexed(node):
            continue
        kept = node.rows or 0.0
        removed = _removed(node)
        if node.actual_passing is not None and node.rows is not None:
            removed, kept = node.rows * (1 - node.actual_passing), node.rows * node.actual_passing
        above = look.parent(node)
        if above and above.operation == "Filter" and None not in {above.rows, node.rows}:
            kept = above.rows or 0.0
            removed = (node.rows or 0.0) - kept
        if removed >= MANY and removed >= WASTED_BY_INDEX * max(kept, 1.0):
            tested = above if above and above.operation == "Filter" else node
            said = (
                f"{node.title} leads to {count(removed + kept)} rows{_each_loop(node)},"
                f" of which {count(removed)} are thrown away: {_tested(tested)}"
            )
            yield look.remark("plan-index-filter", node, said)


def estimate_off(look: Look) -> Iterator[Remark]:
    """Find the lowest nodes where rows are off by ten times; those above only follow."""
    off = {node.number for node in look.plan.nodes if _is_off(look, node)}
    for number in sorted(off):
        node = look.plan.nodes[number]
        if any(each.number in off for each in look.children(node)):
            continue
        if node.estimate is None or node.actual is None or node.factor is None:
            continue
        more = "more" if node.factor > 1 else "fewer"
        said = (
            f"{node.title} gives {times(node.factor)} {more} rows than expected:"
            f" {count(node.actual.rows)} for {count(node.estimate.rows)}{_a_loop(node)}"
        )
        yield look.remark("plan-estimate-off", node, said)


def _is_off(look: Look, node: Node) -> bool:
    if node.factor is None or node.actual is None or node.estimate is None:
        return False
    if 1 / OFF < node.factor < OFF:
        return False
    if max(node.actual.rows, node.estimate.rows) * node.actual.loops < FEW:
        return False
    stopped = any(word in each.operation for each in look.above(node) for word in _STOPS)
    return not (node.factor < 1 and stopped)


def large_scan(look: Look) -> Iterator[Remark]:
    """Find whole tables in plans of PostgreSQL that were not run, read for some of their rows."""
    for node in look.plan.nodes:
        cost = node.estimate.cost if node.estimate else None
        unseen = look.plan.engine == "postgresql" and node.actual is None
        if unseen and node.whole and cost and cost >= DEAR and node.condition("Filter"):
            said = (
                f"{node.title} reads the table to its end, at a cost of {count(cost)}"
                f" of {count(look.plan.weight)}: {_tested(node)}"
            )
            yield look.remark("plan-large-scan", node, said)


def full_scan(look: Look) -> Iterator[Remark]:
    """Find whole tables that MySQL and MariaDB read for some of their rows."""
    if look.plan.engine not in {"mysql", "mariadb"}:
        return
    for node in look.plan.nodes:
        if not (node.whole or node.operation == "index"):
            continue
        read = node.actual.rows if node.actual else node.estimate.rows if node.estimate else 0.0
        if read < MANY or not _is_tested(look, node):
            continue
        how = "each entry of an index" if node.operation == "index" else "every row"
        named = f"{node.relation} ({node.operation})"
        said = f"{named}: {how} is read, {count(read)}{_a_loop(node)}{_kept(node)}"
        yield look.remark("plan-full-scan", node, said)


def _is_tested(look: Look, node: Node) -> bool:
    """Tell whether only some of the rows are wanted."""
    passing = node.passing if node.actual_passing is None else node.actual_passing
    if passing is not None and passing < 1 / 2:
        return True
    parent = look.parent(node)
    return bool(parent and parent.operation == "Filter" and _keeps_few(parent, node))


def _keeps_few(above: Node, node: Node) -> bool:
    kept, read = above.rows, node.rows
    if kept is None or read is None:
        kept = above.estimate.rows if above.estimate else None
        read = node.estimate.rows if node.estimate else None
    return kept is not None and read is not None and kept < read / 2


def _kept(node: Node) -> str:
    passing = node.passing if node.actual_passing is None else node.actual_passing
    return "" if passing is None else f", of which {passing * 100:.3g} % are kept"


def _is_indexed(node: Node) -> bool:
    if node.operation.removeprefix("Parallel ").startswith(_INDEXED):
        return True
    if node.operation in {"ref", "range", "ref_or_null", "index_merge"}:
        return True
    return bool(node.index) and node.operation.endswith(_INDEXED_BY_MYSQL)


def _removed(node: Node) -> float:
    loops = node.actual.loops if node.actual else 0
    tests = {"Filter", "Join Filter"}
    return sum(each.rows for each in node.removed if each.by in tests) * loops


def _tested(node: Node) -> str:
    """Give what was tested, cut where it is long."""
    kinds = ("Filter", "Join Filter", "attached_condition")
    said = next(filter(None, map(node.condition, kinds)), "a condition after reading")
    most = 120
    return said if len(said) <= most else f"{said[:most]}…"


def _each_loop(node: Node) -> str:
    loops = node.actual.loops if node.actual else 1
    return f" in {count(loops)} loops" if loops > 1 else ""


def _a_loop(node: Node) -> str:
    loops = node.actual.loops if node.actual else 1
    return f" in each of {count(loops)} loops" if loops > 1 else ""


DETECTORS: Mapping[str, Detector] = {
    "plan-rows-removed": rows_removed,
    "plan-index-filter": index_filter,
    "plan-estimate-off": estimate_off,
    "plan-large-scan": large_scan,
    "plan-full-scan": full_scan,
}
