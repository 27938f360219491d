"""What a plan of SQLite costs, which SQLite does not tell: pages read, by its steps.

Loops stand one within the other in the plan's order. Each step is charged for the pages that it
reads for one row of those before it, and gives the rows that meet its conditions; sorts are
charged by their rows. A hundred rows looked at are worth one page. Where rows come in the order
that is asked for, LIMIT ends the loops early.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

from be_tui.core.schema import Index, IndexPart
from be_tui.core.whatif.accessing import Access, scan, search, share_of
from be_tui.core.whatif.estimating import RANGE, ROW, sorting
from be_tui.core.whatif.terms import Term, apart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.plans import Node, Plan
    from be_tui.core.queries import Scope
    from be_tui.core.schema import Schema, Table
    from be_tui.core.whatif.estimating import Figures
    from be_tui.core.whatif.terms import Asked, Reading

_UNKNOWN = 10.0
"""Rows of what nothing is known of, such as a function's."""

_ANY = re.compile(r"any\((\w+)\)")

_NOTHING = 0.5
"""The part of times that EXISTS looks in vain, at all there is."""

_GROUPED = 0.1
"""The share of rows that remain of groups."""


@dataclass(frozen=True, slots=True)
class Known:
    """An index that SQLite may name in a plan."""

    table: Table
    index: Index
    held: float = 1.0


@dataclass(slots=True)
class _Loops:
    """Loops that stand one within the other, so far."""

    pages: float = 0.0
    rows: float = 1.0
    times: float = 1.0
    """How often all of it is done, which `rows` counts as well: once for each row outside."""

    asked: Asked | None = None
    """What the first of them reads."""

    ordered: tuple[str, ...] = ()
    """The columns of the index that the first of them goes through."""

    sorts: int = 0
    partly: bool = False
    """Whether only the last parts of the order are sorted."""


class PlanPages:
    """Charges one plan."""

    def __init__(
        self,
        plan: Plan,
        reading: Reading,
        schema: Schema,
        figures: Figures,
        indexes: Mapping[str, Known],
    ) -> None:
        """Take a plan and what it is the plan of.

        Args:
            plan: As SQLite explains it.
            reading: The statement.
            schema: The tables.
            figures: What is known of them.
            indexes: By their names, folded.
        """
        self._schema = schema
        self._figures = figures
        self._indexes = indexes
        self._free = list(reading.asked.values())
        self._derived: dict[str, float] = {}
        self._below: dict[int, list[Node]] = {}
        for node in plan.nodes:
            self._below.setdefault(node.parent, []).append(node)

    def pages(self) -> float:
        """Give what the whole plan costs."""
        return self._group(-1)[0]

    def _group(self, parent: int, times: float = 1.0) -> tuple[float, float]:
        """Give the pages of what stands below a step, all times together, and the rows of one."""
        loops = _Loops(rows=times, times=times)
        for node in self._below.get(parent, []):
            self._step(node, loops)
        return self._ended(loops)

    def _step(self, node: Node, loops: _Loops) -> None:
        said = node.operation
        if said.startswith(("SCAN", "SEARCH")) and node.relation:
            self._loop(node, loops)
        elif said.startswith("MULTI-INDEX OR"):
            self._either(node, loops)
        elif said.startswith("USE TEMP B-TREE"):
            loops.sorts += 1
            loops.partly = "LAST" in said or "RIGHT PART" in said
        elif said.startswith("CORRELATED"):
            # A table that is looked at again and again is brought there once.
            pages, _ = self._group(node.number, max(loops.rows, 1.0))
            loops.pages += pages
        elif said.startswith(("CO-ROUTINE", "MATERIALIZE")):
            pages, rows = self._group(node.number)
            loops.pages += pages
            self._derived[said.partition(" ")[2].split(" ")[0].casefold()] = rows
        elif self._below.get(node.number):
            pages, rows = self._group(node.number)
            loops.pages += pages
            if "SUBQUERY" not in said or said.startswith("LEFT-MOST"):
                # An arm of a UNION: its rows come beside those of the others.
                loops.rows += rows

    def _loop(self, node: Node, loops: _Loops) -> None:
        asked = self._take(node.relation)
        if loops.asked is None:
            loops.asked = asked
            known = self._indexes.get(node.index.casefold())
            loops.ordered = known.index.columns if known else ()
        access = self._access(node, asked)
        if node.index == "automatic index":
            built = self._derived.get(node.relation.casefold())
            whole = self._whole(node, asked, ()) if built is None else _made(built)
            loops.pages += whole.cost() + sorting(whole.rows)
            access = Access(0.0, 0.25 + access.rows * ROW, access.rows, 0.0)
        loops.pages += access.cost(loops.rows)
        loops.rows *= access.rows

    def _either(self, node: Node, loops: _Loops) -> None:
        """Charge an OR whose arms each go through an index of their own."""
        arms = [leaf for arm in self._below.get(node.number, []) for leaf in self._leaves(arm)]
        asked = self._take(arms[0].relation) if arms else None
        loops.asked = loops.asked or asked
        pages = rows = 0.0
        for arm in arms:
            access = self._access(arm, asked, arm_only=True)
            pages += access.cost(loops.rows)
            rows += access.rows
        table = self._table(arms[0].relation if arms else "", asked)
        if table is not None:
            rows = min(rows, scan(table, self._usable(asked), self._figures).rows)
        loops.pages += pages
        loops.rows *= rows

    def _led(
        self, node: Node, table: Table, index: Index, terms: tuple[Term, ...]
    ) -> tuple[Term, ...]:
        """Give the terms, with what SQLite searches by and the statement does not say there.

        It may stand in an arm of OR, or follow from two others: `a = b AND b = c`. Where SQLite
        goes through the whole index, no term leads there.
        """
        led = node.condition("Index").casefold()
        if not led:
            return tuple(replace(term, equal=False, ranged=False) for term in terms)
        # A column that it skips through, value by value, leaves no row out.
        passed = _ANY.findall(led)
        if passed:
            terms = tuple(term for term in terms if term.column not in passed)
            terms += tuple(Term(1.0, column, equal=True) for column in passed)
        said = {term.column for term in terms if term.equal or term.ranged}
        columns = [part.column for part in index.parts if part.column not in {"", *said}]
        whole = "rowid=" in led and len(index.parts) == 1
        more = tuple(
            Term(1.0 / self._figures.values(table, column), column, equal=True)
            if whole or f"{column}=" in led
            else Term(RANGE, column, ranged=True)
            for column in columns
            if whole or re.search(rf"\b{re.escape(column)}\b", led)
        )
        return (*terms, *more)

    def _leaves(self, node: Node) -> list[Node]:
        below = self._below.get(node.number, [])
        if node.relation or not below:
            return [node] if node.relation else []
        return [leaf for each in below for leaf in self._leaves(each)]

    def _access(self, node: Node, asked: Asked | None, *, arm_only: bool = False) -> Access:
        terms = self._usable(asked)
        table = self._table(node.relation, asked)
        if table is None:
            return self._whole(node, asked, terms)
        covering = "COVERING" in node.operation
        if node.index in {"integer primary key", "primary key"}:
            key = key_index(table)
            led = self._led(node, table, key, terms)
            return search(table, key, led, self._figures, clustered=True)
        known = self._indexes.get(node.index.casefold())
        if known is None:
            return scan(table, terms, self._figures)
        if arm_only:
            terms = ()
        led = self._led(node, known.table, known.index, terms)
        return search(table, known.index, led, self._figures, held=known.held, covering=covering)

    def _whole(self, node: Node, asked: Asked | None, terms: tuple[Term, ...]) -> Access:
        table = self._table(node.relation, asked)
        if table is not None:
            return scan(table, terms, self._figures)
        rows = self._derived.get(node.relation.casefold(), _UNKNOWN)
        return replace(_made(rows), rows=rows * share_of(terms))

    def _ended(self, loops: _Loops) -> tuple[float, float]:
        """Give pages and rows once sorts and LIMIT are taken in."""
        scope = loops.asked.scope if loops.asked else None
        gathers = scope is not None and bool(scope.aggregates or scope.groups)
        limit = scope.limit.value if scope and scope.limit else None
        exists = scope is not None and scope.use == "exists"
        limit = 1 if exists else limit
        if limit is not None and scope and scope.offset:
            limit += scope.offset.value or 0
        pages, rows = loops.pages, loops.rows / loops.times
        if loops.sorts and not loops.partly:
            pages += loops.times * loops.sorts * sorting(rows, limit)
        elif limit is not None and not gathers:
            wanted = limit + (self._tied(scope, loops) if loops.partly and scope else 0.0)
            least = _NOTHING if exists else 0.0
            pages *= max(min(wanted / max(rows, 1.0), 1.0), least)
        if gathers:
            rows = max(rows * _GROUPED, 1.0) if scope and scope.groups else 1.0
        return max(pages, ROW * loops.times), min(rows, limit) if limit is not None else rows

    def _tied(self, scope: Scope, loops: _Loops) -> float:
        """Give the rows that are equal in what the index orders them by, and are sorted together.

        An order of which the index gives a part gives at least its first column.
        """
        names = [sort.column.name if sort.column else "" for sort in scope.order]
        table = loops.asked.source.table if loops.asked else None
        ordered = [name for name in names[:-1] if name in loops.ordered] or names[:1]
        if table is None:
            return 0.0
        values = [self._figures.values(table, name) for name in ordered if name]
        return loops.rows / loops.times / max(prod(values), 1.0)

    def _take(self, name: str) -> Asked | None:
        """Give the source that a step reads: the next one of its name."""
        # A schema that the statement names, SQLite names too.
        folded = name.casefold().rpartition(".")[2]
        for asked in self._free:
            if folded in {asked.source.alias, asked.source.name.casefold()}:
                self._free.remove(asked)
                return asked
        return None

    def _table(self, name: str, asked: Asked | None) -> Table | None:
        if asked is not None:
            return asked.source.table
        plain = name.rpartition(".")[2]
        return None if name.casefold() in self._derived else self._schema.table(plain)

    def _usable(self, asked: Asked | None) -> tuple[Term, ...]:
        """Give the terms whose other sources have given their row already."""
        if asked is None:
            return ()
        waiting = {id(each.source) for each in self._free}
        return apart(term for term in asked.terms if not term.needs & waiting)


def _made(rows: float) -> Access:
    """Give what reading rows costs that are in memory."""
    return Access(0.0, rows * ROW, rows, 0.0)


def key_index(table: Table) -> Index:
    """Give a table's primary key as an index."""
    names = table.primary_key.columns if table.primary_key else ("rowid",)
    parts = tuple(IndexPart(name, name) for name in names)
    return Index("", parts, table.place, unique=True)
