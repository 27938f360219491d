"""JSON of MySQL (both of its versions) and of MariaDB, whose ANALYZE adds what was seen (`r_…`).

Version 2 of MySQL is its tree of steps. Version 1, and MariaDB's, tell blocks, joins and sorts
as groups within groups; times that MariaDB measures are those of the step alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Actual, Condition, Estimate, Fact, Node, Plan, Role
from be_tui.core.plans.raw import Group, groups_of, said

if TYPE_CHECKING:
    from be_tui.core.plans.model import Cut, Engine

_CONDITIONS = ("attached_condition", "index_condition", "having_condition", "pushed_condition")
_BLOCKS = {
    "query_block": "Query block",
    "nested_loop": "Nested loop",
    "ordering_operation": "Order",
    "grouping_operation": "Group",
    "duplicates_removal": "Remove duplicates",
    "windowing": "Window functions",
    "window_functions_computation": "Window functions",
    "buffer_result": "Buffer result",
    "materialized_from_subquery": "Materialise",
    "materialized": "Materialise",
    "union_result": "Union",
    "query_specifications": "Part of a union",
    "filesort": "Sort",
    "read_sorted_file": "Read sorted",
    "temporary_table": "Temporary table",
    "block-nl-join": "Block nested loop",
    "range-checked-for-each-record": "Range checked for each record",
    "expression_cache": "Expression cache",
    "table": "Table",
    "insert_from": "Insert from",
    "index_merge": "",
}
"""Names of groups that are steps, with what the step is called; none for those that are not."""

_SUBQUERIES = (
    *("select_list_subqueries", "attached_subqueries", "optimized_away_subqueries", "subqueries"),
    *("order_by_subqueries", "group_by_subqueries", "having_subqueries", "update_value_subqueries"),
)
_SHOWN = (
    *("message", "using_filesort", "using_temporary_table", "using_index", "using_join_buffer"),
    *(
        "possible_keys",
        "used_key_parts",
        "key_length",
        "ref",
        "sort_key",
        "join_type",
        "buffer_type",
    ),
    *("buffer_size", "r_filtered", "r_buffer_size", "r_sort_passes", "r_used_priority_queue"),
    *("backward_index_scan", "not_exists", "first_match", "cacheable", "dependent", "r_sort_mode"),
    *("using_index_for_group_by", "pages_accessed", "covering", "join_algorithm", "limit"),
)
_OWN_TIMES = ("r_table_time_ms", "r_other_time_ms", "r_unpack_time_ms")
_WHOLE = {"ALL"}


def plan_of(top: Group, cut: Cut | None) -> Plan | None:
    """Give the plan; None where there is none in it."""
    steps = top.group("query_plan") or (top if top.has("operation") else None)
    if steps is not None:
        nodes = _steps(steps)
        return Plan("mysql", "json", tuple(nodes), facts=_query(top), cut=cut) if nodes else None
    block = top.group("query_block")
    if block is None:
        return None
    nodes = _with_own(_blocks(block))
    engine: Engine = "mariadb" if _is_mariadb(block) else "mysql"
    planning = top.group("query_optimization")
    return Plan(
        engine,
        "json",
        tuple(nodes),
        planning_ms=planning.number("r_total_time_ms") if planning else None,
        execution_ms=block.number("r_total_time_ms"),
        cut=cut,
    )


def _query(top: Group) -> tuple[Fact, ...]:
    return tuple(Fact(name, top.text(name)) for name in ("query_type",) if top.text(name))


def _is_mariadb(block: Group) -> bool:
    """Tell by names that only MariaDB writes."""
    waiting: list[object] = [block]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, Group):
            for name, value in each.pairs:
                if name in {"cost_info", "rows_examined_per_scan"}:
                    return False
                if name.startswith("r_") or name in {"block-nl-join", "rows", "filesort", "loops"}:
                    return True
                waiting.append(value)
    return False


def _steps(root: Group) -> list[Node]:
    """Read MySQL's version 2."""
    nodes: list[Node] = []
    waiting: list[tuple[Group, int, int, Role]] = [(root, -1, 0, "")]
    while waiting:
        group, parent, depth, role = waiting.pop()
        nodes.append(_step(group, (len(nodes), parent, depth), role))
        here = len(nodes) - 1
        below: list[tuple[Group, int, int, Role]] = []
        for name, value in group.pairs:
            if name.startswith("inputs"):
                inner: Role = "" if name == "inputs" else "SubPlan"
                below += [
                    (each, here, depth + 1, "SubPlan" if each.has("subquery") else inner)
                    for each in groups_of(value)
                ]
        waiting += reversed(below)
    return nodes


def _step(group: Group, place: tuple[int, int, int], role: Role) -> Node:
    loops, rows = group.number("actual_loops"), group.number("estimated_rows")
    never = group.has("actual_loops") and loops is None
    actual = None
    if loops is not None or never:
        last, first = group.number("actual_last_row_ms"), group.number("actual_first_row_ms")
        actual = Actual(group.number("actual_rows") or 0.0, int(loops or 0), last, first)
    estimate = None
    if rows is not None:
        cost, first = group.number("estimated_total_cost"), group.number("estimated_first_row_cost")
        estimate = Estimate(rows, cost, first)
    access = group.text("access_type")
    conditions = (("condition", "Filter"), ("lookup_condition", "Condition"))
    return Node(
        *place,
        operation=_plain_operation(group.text("operation")),
        role=role,
        relation=group.text("table_name"),
        alias="" if group.text("alias") == group.text("table_name") else group.text("alias"),
        index=group.text("index_name"),
        conditions=tuple(
            Condition(kind, group.text(name)) for name, kind in conditions if group.text(name)
        ),
        estimate=estimate,
        actual=actual,
        never_executed=never,
        whole=access == "table",
        facts=_facts(group),
        line=group.line,
    )


_PLAIN = re.compile(r"^(?P<op>.*? (?:scan|lookup|search)|[A-Z][A-Za-z ]*?)(?: on |: | \().*$")


def _plain_operation(said_: str) -> str:
    match = _PLAIN.match(said_)
    return match["op"] if match else said_


def _blocks(block: Group) -> list[Node]:
    """Read MySQL's version 1, and MariaDB's."""
    nodes: list[Node] = []
    waiting: list[tuple[str, Group, int, int, Role]] = [("query_block", block, -1, 0, "")]
    while waiting:
        name, group, parent, depth, role = waiting.pop()
        nodes.append(_block(name, group, (len(nodes), parent, depth), role))
        below = _below(group, len(nodes) - 1, depth + 1)
        waiting += reversed(below)
    return nodes


def _below(group: Group, parent: int, depth: int) -> list[tuple[str, Group, int, int, Role]]:
    """Give the steps in a group: those named as one, those in a list, and inner queries."""
    found: list[tuple[str, Group, int, int, Role]] = []
    for name, value in group.pairs:
        if name == "nested_loop" and isinstance(value, list):
            # The list itself is no step in either engine; its tables are.
            for each in groups_of(value):
                found += _below(each, parent, depth)
        elif name in _SUBQUERIES or name == "query_specifications":
            role: Role = "SubPlan" if name in _SUBQUERIES else ""
            for each in groups_of(value):
                inner = each.group("query_block")
                if inner:
                    found.append(("query_block", inner, parent, depth, role))
                else:
                    found += [(*deep[:4], role) for deep in _below(each, parent, depth)]
        elif _BLOCKS.get(name) and isinstance(value, Group):
            found.append((name, value, parent, depth, ""))
    return found


def _block(name: str, group: Group, place: tuple[int, int, int], role: Role) -> Node:
    access = group.text("access_type")
    block = group.number("select_id")
    cost = group.group("cost_info")
    return Node(
        *place,
        operation=access or _BLOCKS[name],
        role=role,
        name=f"select #{block:.0f}" if block is not None else "",
        relation=group.text("table_name"),
        index=group.text("key"),
        conditions=tuple(
            Condition(kind, group.text(kind)) for kind in _CONDITIONS if group.text(kind)
        ),
        estimate=_estimate(group),
        actual=_actual(group),
        never_executed=group.has("r_loops") and not group.count("r_loops"),
        whole=access in _WHOLE and not group.text("table_name").startswith("<"),
        passing=_percent(group, "filtered"),
        actual_passing=_percent(group, "r_filtered"),
        facts=_facts(group),
        line=group.line,
        own_ms=_own_ms(group),
        total_ms=group.number("r_total_time_ms"),
        own_cost=_own_cost(group, cost),
    )


def _estimate(group: Group) -> Estimate | None:
    rows = group.number("rows_examined_per_scan")
    rows = group.number("rows") if rows is None else rows
    cost = group.group("cost_info")
    total = cost.number("query_cost") or cost.number("prefix_cost") if cost else None
    return None if rows is None else Estimate(rows, total or group.number("cost"))


def _actual(group: Group) -> Actual | None:
    loops = group.number("r_loops")
    if loops is None:
        return None
    rows = group.number("r_rows")
    rows = group.number("r_output_rows") if rows is None else rows
    return None if rows is None and loops else Actual(rows or 0.0, int(loops))


def _percent(group: Group, name: str) -> float | None:
    found = group.number(name)
    return None if found is None else found / 100


def _own_ms(group: Group) -> float | None:
    """Give the time of the step alone, where it is measured so."""
    times = [group.number(each) for each in _OWN_TIMES]
    if any(each is not None for each in times):
        return sum(each or 0.0 for each in times)
    return 0.0 if group.has("r_loops") and not group.count("r_loops") else None


def _with_own(nodes: list[Node]) -> list[Node]:
    """Give blocks and sorts what is left of their time without that of the steps below.

    A sort of a temporary table is timed without what filled the table.
    """
    spent = [0.0 for _ in nodes]
    fills = {node.parent for node in nodes if node.operation == _BLOCKS["temporary_table"]}
    found = list(nodes)
    for node in reversed(nodes):
        own, total = node.own_ms, node.total_ms
        if own is None and total is not None:
            own = total if node.number in fills else max(total - spent[node.number], 0.0)
        spent[node.number] += own or 0.0
        if node.parent >= 0:
            spent[node.parent] += spent[node.number]
        whole = spent[node.number] if own is not None else None
        found[node.number] = replace(node, own_ms=own, total_ms=whole)
    return found


def _own_cost(group: Group, cost: Group | None) -> float | None:
    if cost:
        parts = [cost.number(name) for name in ("read_cost", "eval_cost", "sort_cost")]
        known = [each for each in parts if each is not None]
        return sum(known) if known else None
    return group.number("cost") if group.has("table_name") else None


def _facts(group: Group) -> tuple[Fact, ...]:
    told = ((name, said(group.find(name))) for name in _SHOWN if group.has(name))
    return tuple(Fact(name, value) for name, value in told if value)
