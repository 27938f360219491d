"""What a plan of MariaDB or MySQL costs: by what a run of it counted, or by what is expected.

MariaDB 10.11 tells no cost. Its `ANALYZE FORMAT=JSON` counts the rows and pages that each step
looked at, which is the same each time over the same rows. A cost counts pages: those that are
brought into memory, each once, and the work on what is there.
"""

from __future__ import annotations

from json import loads
from typing import TYPE_CHECKING

from be_tui.core.whatif.estimating import ROW, sorting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TOUCHED = 0.03
"""What a page that is looked at in memory is worth: 0.35 microseconds, where a row of a whole read
takes 0.13, its conditions included."""

_LOOKUP = 0.09
"""What finding a row by its entry is worth, where nobody counts pages: three of them."""

_COMPARED = 0.004
"""What holding a row of one table against one of another is worth, without an index."""

_ENTRIES = 300.0
"""Entries of an index that stand on a page."""

_CLUSTERED = "PRIMARY"
_WHOLE = frozenset({"ALL", "index"})


def counted(plan: str, pages: Mapping[str, float]) -> float:
    """Give what a run cost.

    Args:
        plan: Of `ANALYZE FORMAT=JSON`.
        pages: Of the tables, by the names that the plan calls them by.
    """
    return sum(_of_step(name, step, pages) for name, step in _steps(loads(plan)))


def expected(plan: str) -> float:
    """Give what a run would cost, of `EXPLAIN FORMAT=JSON`: MySQL's own figure, where told."""
    top = loads(plan)
    told = _told(top)
    return _foreseen(top, 1.0)[0] if told is None else told


def keys(plan: str) -> tuple[str, ...]:
    """Give the indexes in a plan, each once, in its order."""
    found = (
        str(step.get("key") or step.get("index_name") or "") for _, step in _steps(loads(plan))
    )
    return tuple(dict.fromkeys(each for each in found if each))


def _steps(value: object, name: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Give every group of a plan with its name, the outer ones first."""
    if isinstance(value, dict):
        yield name, value
        for inner, each in value.items():
            yield from _steps(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from _steps(each, name)


def _of_step(name: str, step: dict[str, object], pages: Mapping[str, float]) -> float:
    if name == "table":
        return _of_table(step, pages.get(str(step.get("table_name")), 0.0))
    if name == "filesort":
        return sorting(_leaving(step), _number(step, "r_limit") or None)
    if name == "temporary_table":
        return _leaving(step) * ROW
    return _of_blocks(step) if "nested_loop" in step else 0.0


def _of_table(step: dict[str, object], whole: float) -> float:
    """Give what reading a table of so many pages cost, in all loops."""
    loops, rows = _number(step, "r_loops"), _number(step, "r_rows")
    if not loops:
        return 0.0
    stats, found = step.get("r_engine_stats"), loops * max(rows, 1.0)
    touched = _number(stats, "pages_accessed") if isinstance(stats, dict) else 0.0
    if step.get("access_type") in _WHOLE:
        # Over and over, or to be read again when it is sorted, a table is brought there once.
        once = touched / loops or whole
        brought = min(once, whole) if whole else once
    elif _is_followed(step) or step.get("key") == _CLUSTERED:
        brought = _scattered(whole, found) + 1.0
    else:
        brought = _scattered(max(found / _ENTRIES, 1.0), found) + 1.0
    work = touched * _TOUCHED if touched else found * _LOOKUP * _is_followed(step)
    return found * ROW + brought + work


def _scattered(pages: float, rows: float) -> float:
    """Give how many of so many pages rows stand on that stand anywhere."""
    return pages * (1.0 - (1.0 - 1.0 / pages) ** rows) if pages > 1 else min(pages, rows)


def _of_blocks(step: dict[str, object]) -> float:
    """Give what comparing cost, of tables that are joined without an index."""
    steps = step["nested_loop"]
    cost = before = 0.0
    for each in steps if isinstance(steps, list) else ():
        block = each.get("block-nl-join") if isinstance(each, dict) else None
        if isinstance(block, dict) and isinstance(block.get("table"), dict):
            cost += before * _number(block["table"], "r_rows") * _COMPARED
        before = _leaving(each)
    return cost


def _leaving(value: object) -> float:
    """Give the rows that leave a group, of all its loops: those of the last table in it."""
    found = 0.0
    for name, step in _steps(value):
        if name == "table":
            share = _number(step, "r_filtered", 100.0) / 100
            found = _number(step, "r_loops") * _number(step, "r_rows") * share
    return found


def _is_followed(step: dict[str, object]) -> bool:
    """Tell whether a row is looked up by each entry of an index."""
    key = step.get("key") or step.get("index_merge")
    return bool(key) and key != _CLUSTERED and not step.get("using_index")


def _number(step: dict[str, object], name: str, usual: float = 0.0) -> float:
    found = step.get(name)
    return float(found) if isinstance(found, int | float) else usual


def _told(top: object) -> float | None:
    """Give the cost that MySQL tells, in either version of its JSON."""
    if not isinstance(top, dict):
        return None
    block, plan = top.get("query_block"), top.get("query_plan", top)
    info = block.get("cost_info") if isinstance(block, dict) else None
    if isinstance(info, dict) and "query_cost" in info:
        return float(info["query_cost"])
    found = plan.get("estimated_total_cost") if isinstance(plan, dict) else None
    return float(found) if isinstance(found, int | float) else None


def _foreseen(value: object, loops: float) -> tuple[float, float]:
    """Give cost and rows of a group that is done so many times, by the server's estimates."""
    if isinstance(value, list):
        cost = 0.0
        for each in value:
            more, loops = _foreseen(each, loops)
            cost += more
        return cost, loops
    if not isinstance(value, dict):
        return 0.0, loops
    cost, leaving = 0.0, loops
    if "access_type" in value:
        rows = _number(value, "rows")
        each_row = ROW + (_LOOKUP if _is_followed(value) else 0.0)
        cost = loops * (rows * each_row + _TOUCHED)
        leaving = loops * rows * _number(value, "filtered", 100.0) / 100
    for name, inner in value.items():
        if isinstance(inner, dict | list):
            more, rows = _foreseen(inner, loops)
            cost += more
            if name not in _BESIDE:
                leaving = rows
        if name == "filesort":
            cost += sorting(leaving)
    return cost, leaving


_BESIDE = frozenset({"subqueries", "materialized", "attached_subqueries", "possible_keys", "ref"})
"""Groups whose rows are none of the query's own."""
