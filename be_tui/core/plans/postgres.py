"""Plans of PostgreSQL, from the names that its JSON, YAML and XML have; its text is read into them.

Versions 9.6 to 18: fractional rows, `Index Searches`, `Disabled`, buffers of planning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.plans.model import (
    Actual,
    Buffers,
    Cache,
    Condition,
    Estimate,
    Fact,
    Jit,
    Node,
    Plan,
    Removed,
    Space,
    Trigger,
    Wal,
    Workers,
)
from be_tui.core.plans.raw import Group, groups_of, number, said

if TYPE_CHECKING:
    from be_tui.core.plans.model import Cut, Form, Role
    from be_tui.core.plans.raw import Value

_CONDITIONS = (
    *("Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter"),
    *("One-Time Filter", "TID Cond", "Order By", "Sort Key", "Presorted Key", "Group Key"),
    *("Cache Key", "Conflict Filter", "Run Condition", "Params Evaluated", "Output"),
)
_REMOVED = "Rows Removed by "
_KNOWN = {
    *("Node Type", "Plans", "Parent Relationship", "Subplan Name", "Relation Name", "Alias"),
    *("Index Name", "CTE Name", "Function Name", "Startup Cost", "Total Cost", "Plan Rows"),
    *("Plan Width", "Actual Startup Time", "Actual Total Time", "Actual Rows", "Actual Loops"),
    *("Strategy", "Partial Mode", "Join Type", "Operation", "Command", "Scan Direction"),
    *("Parallel Aware", "Async Capable", "Workers Planned", "Workers Launched", "Buffers", "WAL"),
    *("Heap Fetches", "Index Searches", "Disabled", "Heap Blocks", "Exact Heap Blocks"),
    *("Lossy Heap Blocks", "Workers", "Hits", "Misses", "Evictions", "Overflows"),
    *("Cache Hits", "Cache Misses", "Cache Evictions", "Cache Overflows"),
    *("Sort Method", "Memory", "Disk", "Average", "Peak", "Sort Space Used", "Sort Space Type"),
    *("Batches", "Original Hash Batches", "Hash Batches", "HashAgg Batches", "Memory Usage"),
    *("Peak Memory Usage", "Disk Usage", "Storage", "Maximum Storage", "WAL Records", "WAL FPI"),
    *("WAL Bytes", "Inner Unique", "Single Copy"),
    *(f"Worker {each}" for each in ("Sort Method", "Disk", "Memory")),
}
_COUNTS = {"hit": "Hit", "read": "Read", "dirtied": "Dirtied", "written": "Written"}
_STRATEGIES = {"Hashed": "Hash", "Sorted": "Group", "Mixed": "Mixed"}
_WHOLE = ("Seq Scan",)
_NUMBER = re.compile(r"[\d.]+")
_BATCHES = re.compile(r"(\d+)(?: \(originally (\d+)\))?")


def plan_of(top: Group, form: Form, cut: Cut | None) -> Plan | None:
    """Give the plan of a query; None where there is no node in it."""
    root = top.group("Plan") or (top if top.has("Node Type") else None)
    if root is None or not root.has("Node Type"):
        return None
    return Plan(
        engine="postgresql",
        form=form,
        nodes=tuple(_nodes(root)),
        planning_ms=top.number("Planning Time"),
        execution_ms=top.number("Execution Time"),
        triggers=tuple(_trigger(each) for each in top.groups("Triggers")),
        jit=_jit(top),
        facts=_facts_of(top),
        cut=cut,
    )


def _nodes(root: Group) -> list[Node]:
    """Give the nodes in reading order, without going down into what is nested."""
    nodes: list[Node] = []
    waiting: list[tuple[Group, int, int]] = [(root, -1, 0)]
    while waiting:
        group, parent, depth = waiting.pop()
        nodes.append(_node(group, len(nodes), parent, depth))
        here = len(nodes) - 1
        below = [each for each in groups_of(group.find("Plans")) if each.has("Node Type")]
        waiting += [(each, here, depth + 1) for each in reversed(below)]
    return nodes


def _node(group: Group, number_: int, parent: int, depth: int) -> Node:
    operation = _operation(group)
    relation = group.text("Relation Name") or group.text("CTE Name") or group.text("Function Name")
    alias = group.text("Alias")
    loops = group.number("Actual Loops")
    return Node(
        number=number_,
        parent=parent,
        depth=depth,
        operation=operation,
        role=_role(group),
        name=group.text("Subplan Name"),
        relation=relation or alias,
        alias=alias if relation and alias != relation else "",
        index=group.text("Index Name"),
        conditions=_conditions(group),
        estimate=_estimate(group),
        actual=_actual(group, loops),
        never_executed=loops == 0,
        removed=_removed(group),
        whole=operation.endswith(_WHOLE),
        buffers=_buffers(group),
        wal=_wal(group),
        space=_space(group),
        workers=_workers(group),
        cache=_cache(group),
        heap_fetches=_count(group, "Heap Fetches"),
        index_searches=_count(group, "Index Searches"),
        lossy_blocks=_blocks(group, "Lossy Heap Blocks", "lossy"),
        exact_blocks=_blocks(group, "Exact Heap Blocks", "exact"),
        disabled=group.flag("Disabled"),
        facts=_facts(group),
        line=group.line,
    )


def _operation(group: Group) -> str:
    """Give the operation in the words of the text form."""
    said_ = group.text("Node Type")
    strategy, mode = group.text("Strategy"), group.text("Partial Mode")
    join, command = group.text("Join Type"), group.text("Command")
    if said_ == "Aggregate":
        said_ = f"{_STRATEGIES.get(strategy, '')}Aggregate"
        said_ = f"{mode} {said_}" if mode not in {"", "Simple"} else said_
    elif said_ == "ModifyTable":
        said_ = group.text("Operation") or said_
    elif said_ == "SetOp":
        said_ = f"{'HashSetOp' if strategy == 'Hashed' else 'SetOp'} {command}".strip()
    elif join not in {"", "Inner"}:
        base = said_.removesuffix(" Join")
        said_ = f"{base} {join} Join"
    elif said_ in {"Hash Join", "Merge Join"}:
        pass
    if group.text("Scan Direction") == "Backward":
        said_ += " Backward"
    if said_ == "Foreign Scan" and group.text("Operation") not in {"", "Select"}:
        said_ = f"Foreign {group.text('Operation')}"
    if group.flag("Parallel Aware"):
        said_ = f"Parallel {said_}"
    return f"Async {said_}" if group.flag("Async Capable") else said_


def _role(group: Group) -> Role:
    name, relation = group.text("Subplan Name"), group.text("Parent Relationship")
    if name.startswith("CTE "):
        return "CTE"
    if relation == "InitPlan" or name.startswith("InitPlan"):
        return "InitPlan"
    return "SubPlan" if relation == "SubPlan" else ""


def _conditions(group: Group) -> tuple[Condition, ...]:
    found = [Condition(kind, group.text(kind)) for kind in _CONDITIONS if group.has(kind)]
    return tuple(each for each in found if each.text)


def _estimate(group: Group) -> Estimate | None:
    rows = group.number("Plan Rows")
    if rows is None:
        return None
    width = group.count("Plan Width")
    return Estimate(rows, group.number("Total Cost"), group.number("Startup Cost"), width)


def _actual(group: Group, loops: float | None) -> Actual | None:
    if loops is None:
        return None
    times = (group.number("Actual Total Time"), group.number("Actual Startup Time"))
    last, first = times if loops else (None, None)
    return Actual(group.number("Actual Rows") or 0.0, int(loops), last, first)


def _removed(group: Group) -> tuple[Removed, ...]:
    """Give what was thrown away; forms other than text tell it where it is nothing too."""
    told = (
        Removed(name.removeprefix(_REMOVED), number(value) or 0.0)
        for name, value in group.pairs
        if name.startswith(_REMOVED)
    )
    return tuple(each for each in told if each.rows)


def _buffers(group: Group) -> Buffers | None:
    """Give the pages, from the text's one line or from a name each."""
    line = group.text("Buffers")
    counts: dict[str, int] = {}
    if line:
        kind = ""
        for word in line.replace(",", " ").split():
            name, equals, value = word.partition("=")
            kind = kind if equals else name
            if equals and value.isdigit():
                counts[f"{kind}_{name}"] = int(value)
    elif group.has("Shared Hit Blocks"):
        for kind in ("shared", "local", "temp"):
            for name, own in _COUNTS.items():
                counts[f"{kind}_{name}"] = group.count(f"{kind.title()} {own} Blocks")
    else:
        return None
    known = {name: counts.get(name, 0) for name in Buffers.__dataclass_fields__}
    return Buffers(**known)


def _wal(group: Group) -> Wal | None:
    line = group.text("WAL")
    if line:
        told = dict(word.split("=", 1) for word in line.split() if "=" in word)
        records, pages, size = (int(number(told.get(k)) or 0) for k in ("records", "fpi", "bytes"))
    else:
        names = ("WAL Records", "WAL FPI", "WAL Bytes")
        records, pages, size = (group.count(name) for name in names)
    return Wal(records, pages, size) if records else None


def _space(group: Group) -> Space | None:
    """Give where rows were kept; the largest of the leader's and the workers'."""
    method = group.text("Sort Method")
    disk = max(_kilobytes(group, "Disk"), _kilobytes(group, "Disk Usage"))
    memory = max(
        _kilobytes(group, each) for each in ("Memory", "Memory Usage", "Peak Memory Usage")
    )
    used = _kilobytes(group, "Sort Space Used")
    on_disk = group.text("Sort Space Type") == "Disk"
    disk, memory = (max(disk, used), memory) if on_disk else (disk, max(memory, used))
    storage = group.text("Storage")
    if storage:
        kept = _kilobytes(group, "Maximum Storage")
        disk, memory = (kept, memory) if "Disk" in storage else (disk, kept)
    for name, value in group.pairs:
        if name == "Worker Disk":
            disk = max(disk, _kilo(value))
    batches, planned = _batches(group)
    if not any((method, disk, memory, batches)):
        return None
    return Space(method or storage, memory, disk, batches, planned)


def _batches(group: Group) -> tuple[int, int]:
    match = _BATCHES.match(group.text("Batches"))
    if match:
        return int(match[1]), int(match[2] or match[1])
    found = group.count("Hash Batches") or group.count("HashAgg Batches")
    return found, group.count("Original Hash Batches") or found


def _kilobytes(group: Group, name: str) -> int:
    return _kilo(group.find(name))


def _kilo(value: Value) -> int:
    match = _NUMBER.match(said(value))
    return int(float(match[0])) if match else 0


def _workers(group: Group) -> Workers | None:
    planned = group.number("Workers Planned")
    if planned is None:
        return None
    launched = group.number("Workers Launched")
    return Workers(int(planned), None if launched is None else int(launched))


def _cache(group: Group) -> Cache | None:
    names = ("Hits", "Misses", "Evictions", "Overflows")
    if not (group.has("Hits") or group.has("Cache Hits")):
        return None
    return Cache(*(group.count(name) or group.count(f"Cache {name}") for name in names))


def _count(group: Group, name: str) -> int | None:
    found = group.number(name)
    return None if found is None else int(found)


def _blocks(group: Group, name: str, word: str) -> int:
    match = re.search(rf"{word}=(\d+)", group.text("Heap Blocks"))
    return int(match[1]) if match else group.count(name)


def _facts(group: Group) -> tuple[Fact, ...]:
    found = []
    for name, value in group.pairs:
        plain = name in _KNOWN or name in _CONDITIONS or name.startswith(_REMOVED)
        if not plain and not name.endswith((" Blocks", " I/O Read Time", " I/O Write Time")):
            written = said(value)
            if written:
                found.append(Fact(name, written))
    return tuple(found)


def _facts_of(top: Group) -> tuple[Fact, ...]:
    left = {"Plan", "Planning Time", "Execution Time", "Triggers", "JIT"}
    told = [Fact(name, said(value)) for name, value in top.pairs if name not in left]
    return tuple(each for each in told if each.value and not top.has("Node Type"))


def _trigger(group: Group) -> Trigger:
    return Trigger(
        name=group.text("Trigger Name"),
        relation=group.text("Relation"),
        constraint=group.text("Constraint Name"),
        ms=group.number("Time"),
        calls=group.count("Calls"),
    )


def _jit(top: Group) -> Jit | None:
    """Give what was compiled, from the text's lines or from the group of the other forms."""
    below = top.group("JIT")
    if below:
        timing = below.group("Timing")
        return Jit(below.count("Functions"), (timing.number("Total") if timing else None) or 0.0)
    if not top.has("JIT Functions"):
        return None
    total = re.search(r"Total ([\d.]+) ms", top.text("JIT Timing"))
    return Jit(top.count("JIT Functions"), float(total[1]) if total else 0.0)
