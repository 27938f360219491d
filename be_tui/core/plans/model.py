"""The nouns of a plan, the same for each engine and each form that EXPLAIN writes.

A plan is a row of nodes in reading order; each knows its parent, so that nothing here is
nested however deep the plan is. Figures that a plan does not tell are None, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Engine = Literal["postgresql", "mysql", "mariadb", "sqlite"]

Form = Literal["text", "json", "yaml", "xml", "tree", "table", "rows"]
"""How the plan was written: `tree` is MySQL's FORMAT=TREE, `rows` SQLite's raw rows."""

Role = Literal["", "InitPlan", "SubPlan", "CTE"]
"""What a node is to its parent: an input, or a query within it."""

Measure = Literal["time", "cost", "none"]
"""What nodes can be weighed by."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the planner expected of one loop."""

    rows: float
    cost: float | None = None
    """Until the last row, what stands below included."""

    startup: float | None = None
    """Cost until the first row."""

    width: int = 0
    """Bytes of a row; 0 where it is not told."""


@dataclass(frozen=True, slots=True)
class Actual:
    """What was seen, as the average of one loop."""

    rows: float
    loops: int
    last_ms: float | None = None
    """Time until the last row, what stands below included; None without timing."""

    first_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Buffers:
    """Pages of 8 kB, as PostgreSQL counts them."""

    shared_hit: int = 0
    shared_read: int = 0
    shared_dirtied: int = 0
    shared_written: int = 0
    local_hit: int = 0
    local_read: int = 0
    local_dirtied: int = 0
    local_written: int = 0
    temp_read: int = 0
    temp_written: int = 0

    @property
    def touched(self) -> int:
        """Give the pages that were looked at, from memory or not."""
        return self.shared_hit + self.shared_read + self.local_hit + self.local_read

    def less(self, other: Buffers) -> Buffers:
        """Give what remains without those of another; never below nothing."""
        return Buffers(*(max(own - less, 0) for own, less in zip(self, other, strict=True)))

    def __iter__(self) -> Iterator[int]:
        return (getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Wal:
    """What was written ahead."""

    records: int = 0
    full_pages: int = 0
    size: int = 0
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What leads a node to its rows, or is tested on them."""

    kind: str
    """As the engine calls it: `Filter`, `Index Cond`, `attached_condition`."""

    text: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Rows of one loop that a condition threw away."""

    by: str
    """`Filter`, `Join Filter`, `Index Recheck`."""

    rows: float


@dataclass(frozen=True, slots=True)
class Space:
    """Where a sort, a hash or a store kept its rows."""

    method: str = ""
    memory_kb: int = 0
    disk_kb: int = 0
    batches: int = 0
    """Parts that a hash was divided into; 1 stays in memory."""

    planned_batches: int = 0

    @property
    def spilled(self) -> bool:
        """Tell whether memory was not enough."""
        return bool(self.disk_kb) or self.batches > 1


@dataclass(frozen=True, slots=True)
class Workers:
    """Processes beside the leader."""

    planned: int
    launched: int | None = None
    """None where the plan was not run."""


@dataclass(frozen=True, slots=True)
class Cache:
    """What a Memoize found again."""

    hits: int = 0
    misses: int = 0
    evictions: int = 0
    overflows: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Anything else that the plan tells, in its own words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a plan."""

    number: int
    """Its place in `Plan.nodes`."""

    parent: int
    """The number of the node that takes its rows; -1 at the top."""

    depth: int
    operation: str
    """In the engine's words: `Hash Left Join`, `Parallel Seq Scan`, `ALL`, `SEARCH`."""

    role: Role = ""
    name: str = ""
    """What a query within the query is called: `InitPlan 1`, `CTE recent`."""

    relation: str = ""
    alias: str = ""
    index: str = ""
    conditions: tuple[Condition, ...] = ()
    estimate: Estimate | None = None
    actual: Actual | None = None
    never_executed: bool = False
    removed: tuple[Removed, ...] = ()
    whole: bool = False
    """Whether it reads its table from end to end."""

    passing: float | None = None
    """The share of rows that the planner expected to pass the condition (MySQL, MariaDB)."""

    actual_passing: float | None = None
    buffers: Buffers | None = None
    """Of all loops, what stands below included."""

    wal: Wal | None = None
    space: Space | None = None
    workers: Workers | None = None
    cache: Cache | None = None
    heap_fetches: int | None = None
    index_searches: int | None = None
    lossy_blocks: int = 0
    exact_blocks: int = 0
    disabled: bool = False
    facts: tuple[Fact, ...] = ()
    line: int = 0
    """Where it stands in what was read; 0 where that is not known."""

    total_ms: float | None = None
    """Wall time of all loops, what stands below included."""

    own_ms: float | None = None
    """Wall time that is spent in this node itself."""

    own_cost: float | None = None
    own_buffers: Buffers | None = None

    @property
    def rows(self) -> float | None:
        """Give the rows of all loops; None where it was not run."""
        return self.actual.rows * self.actual.loops if self.actual else None

    @property
    def factor(self) -> float | None:
        """Give actual by estimated rows of a loop; under 1 where there were fewer.

        Less than one row counts as one, as the planner never expects less.
        """
        if self.actual is None or self.estimate is None or not self.actual.loops:
            return None
        return max(self.actual.rows, 1.0) / max(self.estimate.rows, 1.0)

    def condition(self, kind: str) -> str:
        """Give the condition of a kind; empty without one."""
        return next((each.text for each in self.conditions if each.kind == kind), "")

    def fact(self, name: str) -> str:
        """Give what the plan tells under a name; empty where it does not."""
        return next((each.value for each in self.facts if each.name == name), "")

    @property
    def title(self) -> str:
        """Give it as people call it: `Index Scan on posts p using posts_user`."""
        said = self.operation
        if self.relation or self.alias:
            names = (self.relation, self.alias if self.alias != self.relation else "")
            said += f" on {' '.join(filter(None, names))}"
        return f"{said} using {self.index}" if self.index else said


@dataclass(frozen=True, slots=True)
class Trigger:
    """What ran because rows changed; a constraint's trigger checks a foreign key."""

    name: str
    relation: str = ""
    constraint: str = ""
    ms: float | None = None
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Jit:
    """Code that was compiled for the one query."""

    functions: int
    ms: float
    """Zero where the plan does not tell."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a plan ends before it is whole."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, as far as it could be read."""

    engine: Engine
    form: Form
    nodes: tuple[Node, ...]
    """In reading order, each after its parent; never empty."""

    path: str = ""
    planning_ms: float | None = None
    execution_ms: float | None = None
    triggers: tuple[Trigger, ...] = ()
    jit: Jit | None = None
    facts: tuple[Fact, ...] = ()
    cut: Cut | None = None

    @property
    def total_ms(self) -> float | None:
        """Give the time of the whole, planning left out."""
        if self.execution_ms is not None:
            return self.execution_ms
        tops = (node for node in self.nodes if node.parent < 0 and not node.role)
        times = [node.total_ms for node in tops]
        known = [each for each in times if each is not None]
        return sum(known) if known else None

    @property
    def measure(self) -> Measure:
        """Tell what nodes are weighed by: time where it was taken, else the planner's cost."""
        if any(node.own_ms for node in self.nodes):
            return "time"
        return "cost" if any(node.own_cost for node in self.nodes) else "none"

    @property
    def weight(self) -> float:
        """Give what the whole weighs: milliseconds, or the sum of the nodes' own costs."""
        if self.measure == "time":
            spent = sum(node.own_ms or 0.0 for node in self.nodes)
            return max(self.total_ms or 0.0, spent) or 1.0
        return sum(node.own_cost or 0.0 for node in self.nodes) or 1.0

    def shares(self) -> tuple[float, ...]:
        """Give the part of the whole, from 0 to 1, that each node itself takes."""
        measure, weight = self.measure, self.weight
        if measure == "none":
            return tuple(0.0 for _ in self.nodes)
        owns = (node.own_ms if measure == "time" else node.own_cost for node in self.nodes)
        return tuple((own or 0.0) / weight for own in owns)
