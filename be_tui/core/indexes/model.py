"""The nouns of advice: a candidate, what it does to each query, and the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.schema import Index, Table
    from be_tui.core.sqltext import Target
    from be_tui.core.whatif import IndexSketch, JudgeKind, Unit
    from be_tui.core.workloads import LeftOut, Work

SAME = 1.05
"""How many times cheaper or dearer is told at all: less is within what estimates are off by."""

Rule = Literal[
    "equality",
    "equality-range",
    "equality-sort",
    "range",
    "sort",
    "mixed-sort",
    "join",
    "group",
    "extreme",
    "partial",
    "covering",
    "expression",
    "prefix",
    "containment",
    "trigram",
    "foreign-key",
]
"""Why an index is a candidate; the words stand in `RULES`."""

RULES: dict[Rule, str] = {
    "equality": "columns that are compared with one value lead, in any order",
    "equality-range": "equality first, then one range: rows stand together",
    "equality-sort": "equality first, then the order that is asked for: nothing is sorted, and"
    " LIMIT stops early",
    "range": "one range of values is read from its beginning to its end",
    "sort": "rows are read in the order that is asked for: LIMIT stops early",
    "mixed-sort": "an order that goes up and down needs a key that does the same",
    "join": "each row of the other table finds its rows by their key",
    "group": "rows of a group stand together: nothing is sorted or hashed",
    "extreme": "the least and the greatest stand at the ends",
    "partial": "only the few rows that are asked for are kept: small, and cheap to write",
    "covering": "every column that is read stands in the index: the table is not visited",
    "expression": "what is compared is an expression: only an index on it finds the value",
    "prefix": "LIKE 'x%' is a range, in an index that orders by characters",
    "containment": "a value within JSON, an array or a text is found by an inverted index",
    "trigram": "a pattern without a beginning is found by its trigrams (extension pg_trgm)",
    "foreign-key": "a parent that is deleted looks for its children, one scan a parent",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An index that a query could use."""

    sketch: IndexSketch
    rule: Rule
    free: int = 0
    """How many of its first parts could stand in any order."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A query with certain values."""

    label: str
    """`as written`, `common`, `rare`, `absent`, `NULL`, `seen`."""

    sql: str
    share: float
    """Of the query's weight; 0 where it is looked at for harm alone."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an index, or all of them, does to one query."""

    query: int
    """Its number among the workload's queries."""

    label: str
    """The values of the variant that is told: the one with the greatest gain or harm."""

    before: float
    after: float
    """In the judge's unit."""

    @property
    def ratio(self) -> float:
        """Give how many times cheaper it gets; under 1 where it gets dearer."""
        if self.before == self.after:
            return 1.0
        return self.before / self.after if self.after else float("inf")

    @property
    def is_same(self) -> bool:
        """Tell whether the difference is too small to be told."""
        return 1 / SAME < self.ratio < SAME


@dataclass(frozen=True, slots=True)
class Advice:
    """One index to make."""

    sketch: IndexSketch
    rule: Rule
    ddl: str
    """In the form that locks least."""

    size: int
    """Bytes, estimated."""

    helped: tuple[Effect, ...]
    """The queries that use it and get cheaper to be told of, the greatest gain first."""

    slower: tuple[Effect, ...]
    """Queries that get dearer with it under some value."""

    writes: float
    """Rows written to it in the time that the weights stand for."""

    turns: tuple[str, ...]
    """What would change the advice, in words."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A richer index that was weighed, and is not worth it."""

    sketch: IndexSketch
    instead: str
    """What does: the name of an index, or nothing at all."""

    why: str


DropReason = Literal["duplicate", "prefix", "key", "superseded", "unused"]


@dataclass(frozen=True, slots=True)
class Drop:
    """An index of the schema that is not needed."""

    table: Table
    index: Index
    reason: DropReason
    ddl: str
    why: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A foreign key whose columns no index leads."""

    table: Table
    columns: tuple[str, ...]
    parent: str
    """Its name as the schema has it."""

    why: str
    ddl: str


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """Who judged, and what that is worth."""

    kind: JudgeKind
    unit: Unit
    about: str
    asked: int
    """How many times."""

    fallen: tuple[str, ...] = ()
    """Why better judges were not there."""


Outcome = Literal["faster", "same", "slower"]
"""`same`: the runs of both sides lie among each other."""


@dataclass(frozen=True, slots=True)
class Run:
    """One query with one set of values, run without the advice and with it."""

    query: int
    """Its number among the report's queries."""

    label: str
    before: float
    """Milliseconds."""

    after: float
    outcome: Outcome

    indexes: tuple[str, ...]
    """Those of the advice that are in its plan."""


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of trying the advice."""

    about: str
    """Where, and over how many rows; empty where it could not be tried."""

    runs: tuple[Run, ...]
    dropped: tuple[str, ...] = ()
    """Indexes by which the workload lost more time than it gained: they are not advised."""

    left: str = ""
    """What was not run, or why nothing was."""

    @property
    def slower(self) -> tuple[Run, ...]:
        """Give the runs that got slower."""
        return tuple(each for each in self.runs if each.outcome == "slower")


@dataclass(frozen=True, slots=True)
class Report:
    """All that is advised for a workload."""

    target: Target
    queries: tuple[Work, ...]
    """Those that were judged, in the workload's order."""

    totals: tuple[Effect, ...]
    """Each query with all of the advice, as it is run; in the same order."""

    advice: tuple[Advice, ...]
    """The greatest gain first."""

    passed: tuple[Passed, ...]
    drops: tuple[Drop, ...]
    missing: tuple[Missing, ...]
    slower: tuple[Effect, ...]
    """Queries that get dearer with all of the advice, under any value."""

    left_out: tuple[LeftOut, ...]
    judge: JudgedBy | None
    """None where there was nothing to judge."""

    notes: tuple[str, ...] = ()
    tested: Tested | None = None
    """None where nobody asked for it to be tried."""

    @property
    def before(self) -> float:
        """Give what the workload costs, in the judge's unit, by weight."""
        return sum(e.before * self.queries[e.query].weight for e in self.totals)

    @property
    def after(self) -> float:
        """Give what it would cost with the advice."""
        return sum(e.after * self.queries[e.query].weight for e in self.totals)

    @property
    def size(self) -> int:
        """Give the bytes of all indexes advised."""
        return sum(each.size for each in self.advice)
