"""A small planner of no engine's own: what a statement would read, by the usual rules.

Sources are joined one after the other, the cheapest first, by going through an index for each row
or by hashing. Where an index gives the order that is asked for, LIMIT ends the reading early. It
knows no parallel workers, no merge joins, no OR over several indexes: it ranks, it does not time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.whatif.accessing import Access, covers, scan, search, share_of
from be_tui.core.whatif.estimating import ROW, sorting
from be_tui.core.whatif.terms import apart, fits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from be_tui.core.queries import Scope
    from be_tui.core.schema import Index
    from be_tui.core.whatif.estimating import Figures
    from be_tui.core.whatif.terms import Asked, Reading

_UNKNOWN = 1000.0
"""Rows of what nothing is known of, such as a function's."""

_GROUPED = 0.1
_HASHED = 2 * ROW
"""What putting a row into a hash table is worth, or looking one up there."""


@dataclass(frozen=True, slots=True)
class Held:
    """An index that there is or would be, and the share of the rows in it."""

    name: str
    index: Index
    share: float = 1.0
    clustered: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to a source's rows."""

    name: str
    """Of the index; empty for the whole table."""

    access: Access
    ordered: bool = False
    """Whether rows come in the order that the scope asks for."""


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to go on from where a path stands."""

    asked: Asked
    way: _Way
    cost: float
    rows: float
    hashed: bool = False

    @property
    def weight(self) -> float:
        """Give what it costs, with what its rows will cost those after it."""
        return self.cost + self.rows * ROW


@dataclass(slots=True)
class Path:
    """What has been read so far."""

    cost: float = 0.0
    rows: float = 1.0
    said: list[str] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)

    def take(self, option: _Option) -> None:
        """Go on by an option."""
        source, way = option.asked.source, option.way
        self.cost += option.cost
        self.rows = option.rows
        how = f"by {way.name}" if way.name else "whole"
        joined = ", hashed" if option.hashed else ""
        rows = f"{max(option.rows, 1.0):,.0f} rows so far"
        self.said.append(f"{source.alias or source.name}: {how}{joined}, {rows}")
        if way.name:
            self.used[way.name] = None


class Model:
    """Plans one statement."""

    def __init__(
        self,
        reading: Reading,
        figures: Figures,
        indexes: Mapping[str, Sequence[Held]],
    ) -> None:
        """Take a statement.

        Args:
            reading: It, taken apart.
            figures: What is known of the tables.
            indexes: By the folded name of their table.
        """
        self._reading = reading
        self._figures = figures
        self._indexes = indexes
        self._given: dict[int, float] = {}

    def plan(self) -> Path:
        """Give what the statement costs."""
        root = self._reading.query.root
        return self._scope(root) if root is not None else Path(ROW, 0.0, ["nothing is read"])

    def _scope(self, scope: Scope) -> Path:
        below, per_row = Path(), 0.0
        for child in scope.children:
            found = self._scope(child)
            below.said += [f"  {line}" for line in found.said]
            below.used |= found.used
            self._given[child.number] = found.rows
            if child.correlated and child.use not in {"derived", "cte"}:
                per_row += found.cost
            else:
                below.cost += found.cost
        if scope.operator:
            rows = sum(self._given[child.number] for child in scope.children)
            below.rows = rows
            return self._finished(scope, below, sort=True)
        best = self._joined(scope)
        best.cost += below.cost + per_row * max(best.rows, 1.0)
        best.said += below.said
        best.used |= below.used
        return best

    def _joined(self, scope: Scope) -> Path:
        """Give the cheapest order of joins, with what sorting and LIMIT do to it."""
        sources = [self._reading.asked[id(source)] for source in scope.sources]
        if not sources:
            return Path(ROW, 1.0, ["no table is read"])
        best = self._finished(scope, self._greedy(sources, None), sort=True)
        for first in sources if scope.order else ():
            if not _may_follow(first, sources):
                continue
            for way in self._ways(first, frozenset()):
                if way.ordered:
                    lead = _Option(first, way, way.access.cost(), way.access.rows)
                    path = self._finished(scope, self._greedy(sources, lead), sort=False)
                    best = min(best, path, key=lambda each: each.cost)
        return best

    def _greedy(self, sources: Sequence[Asked], lead: _Option | None) -> Path:
        """Join the cheapest first; behind a lead that gives the order, without hashing."""
        path, waiting = Path(), list(sources)
        bound: frozenset[int] = frozenset()
        while waiting:
            chosen = lead
            if chosen is None or path.said:
                options = [
                    option
                    for asked in waiting
                    if _may_follow(asked, waiting)
                    for option in self._options(asked, bound, path.rows)
                    if lead is None or not option.hashed
                ]
                chosen = min(options, key=lambda each: each.weight)
            path.take(chosen)
            waiting.remove(chosen.asked)
            bound |= {id(chosen.asked.source)}
        return path

    def _options(self, asked: Asked, bound: frozenset[int], rows: float) -> Iterator[_Option]:
        for way in self._ways(asked, bound):
            yield _Option(asked, way, way.access.cost(rows), rows * way.access.rows)
        joins = [term for term in asked.terms if term.needs and term.needs <= bound and term.equal]
        if not joins:
            return
        for way in self._ways(asked, frozenset()):
            cost = way.access.cost() + (rows + way.access.rows) * _HASHED
            left = rows * way.access.rows * share_of(joins)
            yield _Option(asked, way, cost, left, hashed=True)

    def _ways(self, asked: Asked, bound: frozenset[int]) -> Iterator[_Way]:
        there = bound | self._outer(asked)
        terms = apart(term for term in asked.terms if term.needs <= there)
        table = asked.source.table
        if table is None:
            rows = self._rows_of(asked)
            yield _Way("", Access(0.0, rows * ROW, rows * share_of(terms), 0.0))
            return
        yield _Way("", scan(table, terms, self._figures))
        indexes = self._indexes.get(table.name.folded, ())
        clustered = any(each.clustered for each in indexes)
        key = table.primary_key.columns if table.primary_key and clustered else ()
        for held in indexes:
            if held.index.where and not fits(held.index.where, self._reading):
                continue
            access = search(
                *(table, held.index, terms, self._figures),
                held=held.share,
                covering=covers(held.index, asked.columns, key),
                clustered=held.clustered,
            )
            yield _Way(held.name, access, _in_order(held.index, access.equal, asked))

    def _outer(self, asked: Asked) -> frozenset[int]:
        """Give the sources of scopes around: their rows are there before."""
        own = frozenset(id(source) for source in asked.scope.sources)
        return frozenset(self._reading.asked) - own

    def _rows_of(self, asked: Asked) -> float:
        inner = asked.source.scope
        return self._given.get(inner.number, _UNKNOWN) if inner is not None else _UNKNOWN

    def _finished(self, scope: Scope, path: Path, *, sort: bool) -> Path:
        """Take in groups, sorts and LIMIT."""
        gathers = bool(scope.aggregates or scope.groups or scope.distinct)
        limit = scope.limit.value if scope.limit else None
        if limit is not None and scope.offset:
            limit += scope.offset.value or 0
        if scope.use == "exists":
            limit = 1
        if gathers or scope.operator not in {"", "union all"}:
            path.cost += path.rows * _HASHED
            if scope.groups or scope.distinct:
                path.rows = max(path.rows * _GROUPED, 1.0)
            elif scope.aggregates:
                path.rows = 1.0
        if sort and scope.order:
            path.cost += sorting(path.rows, limit)
            path.said.append("sorted")
        elif limit is not None and not gathers:
            path.cost *= min(limit / max(path.rows, 1.0), 1.0)
            path.said.append(f"ended after {limit:,} rows")
        path.cost = max(path.cost, ROW)
        path.rows = path.rows if limit is None else min(path.rows, limit)
        return path


def _may_follow(asked: Asked, waiting: Sequence[Asked]) -> bool:
    """Tell whether all that an outer join needs has been read."""
    if asked.source.kind not in {"left", "right", "full"}:
        return True
    return not any(each.source.number < asked.source.number for each in waiting)


def _in_order(index: Index, equal: int, asked: Asked) -> bool:
    """Tell whether an index gives rows in the order that is asked for, read either way."""
    if index.method != "btree":
        return False
    turns = set()
    parts = index.parts[equal:]
    fast = {part.column for part in index.parts[:equal]}
    wanted = [sort for sort in asked.scope.order if not (sort.column and sort.column.name in fast)]
    if len(wanted) > len(parts):
        return False
    for sort, part in zip(wanted, parts, strict=False):
        if sort.column is None or sort.column.source is not asked.source:
            return False
        if sort.column.name != part.column:
            return False
        turns.add(sort.descending != part.descending)
    return len(turns) <= 1
