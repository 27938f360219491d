"""What is done again and again: inner sides of loops, subqueries, caches that do not help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.plans.figures import count, duration, percent
from be_tui.core.plans.judging.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.plans.judging.model import Detector, Look
    from be_tui.core.plans.model import Node

OFTEN = 100
"""Loops from which on a repeated step is worth a word."""

MORE_THAN_ABOVE = 10
"""Times that it runs for once of the step above; processes at once are fewer."""

DEAR = 0.2
"""The part of the whole from which on repetition is what costs."""

_BUFFERS = ("BNL", "BKA", "Block Nested Loop", "flat", "incremental")


def costly_loops(look: Look) -> Iterator[Remark]:
    """Find steps that are cheap once and dear in sum."""
    weight = look.plan.weight
    for node in look.plan.nodes:
        parent = look.parent(node)
        if node.actual is None or parent is None or node.actual.loops < OFTEN:
            continue
        above = parent.actual.loops if parent.actual else 1
        if node.actual.loops < MORE_THAN_ABOVE * above or look.plan.measure != "time":
            continue
        spent = node.total_ms or 0.0
        if spent / weight < DEAR:
            continue
        once = duration(spent / node.actual.loops)
        said = (
            f"{look.named(node)} runs {count(node.actual.loops)} times, {once} each:"
            f" {duration(spent)}, {percent(spent / weight)} of the time"
        )
        yield Remark("plan-costly-loops", said, node.number, spent, min(spent / weight, 1.0))


def memoize(look: Look) -> Iterator[Remark]:
    """Find caches of inner rows that forget them before they are asked for again."""
    for node in look.plan.nodes:
        cache = node.cache
        if cache and (cache.evictions or cache.overflows) and cache.hits < cache.misses:
            said = (
                f"{node.title} found {count(cache.hits)} rows again and missed"
                f" {count(cache.misses)}; {count(cache.evictions)} were thrown out to make room"
            )
            yield look.remark("plan-memoize-evictions", node, said)


def join_buffer(look: Look) -> Iterator[Remark]:
    """Find joins without an index, where each row is compared with a buffer full of others."""
    for node in look.plan.nodes:
        told = f"{node.fact('Extra')} {node.fact('using_join_buffer')} {node.fact('join_type')}"
        if "hash join" in told or not any(word in told for word in _BUFFERS):
            continue
        if "join buffer" in told or node.operation == "Block nested loop" or "Block" in told:
            inner = node.relation or next((each.relation for each in look.children(node)), "")
            said = f"{inner} is joined without an index, through a join buffer"
            yield look.remark("plan-join-buffer", node, said)


def inner_scan(look: Look) -> Iterator[Remark]:
    """Find tables that SQLite reads whole for each row of the one before."""
    if look.plan.engine != "sqlite":
        return
    outer: dict[int, Node] = {}
    for node in look.plan.nodes:
        if not node.operation.startswith(("SCAN", "SEARCH")):
            continue
        before = outer.setdefault(node.parent, node)
        above = look.parent(node)
        compound = above is not None and above.operation == "MULTI-INDEX OR"
        if node.whole and before is not node and not compound:
            said = f"{node.relation} is read whole for each row of {before.relation}"
            yield look.remark("plan-inner-scan", node, said)


def correlated(look: Look) -> Iterator[Remark]:
    """Find subqueries that run once for each row, where the engine says so by name."""
    for node in look.plan.nodes:
        if node.operation.startswith("CORRELATED"):
            said = f"{node.operation}: it runs once for each row of the query around it"
            yield look.remark("plan-correlated", node, said)
        elif node.fact("select_type").startswith("DEPENDENT"):
            said = f"{node.name} on {node.relation} runs once for each row of the query around it"
            yield look.remark("plan-correlated", node, said)


def automatic_index(look: Look) -> Iterator[Remark]:
    """Find indexes that SQLite builds for the one query and throws away again."""
    for node in look.plan.nodes:
        if node.index == "automatic index":
            led = node.condition("Index")
            said = f"an index on {node.relation} ({led}) is built for this one query"
            yield look.remark("plan-automatic-index", node, said)


DETECTORS: Mapping[str, Detector] = {
    "plan-costly-loops": costly_loops,
    "plan-join-buffer": join_buffer,
    "plan-inner-scan": inner_scan,
    "plan-automatic-index": automatic_index,
    "plan-correlated": correlated,
    "plan-memoize-evictions": memoize,
}
