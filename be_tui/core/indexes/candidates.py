"""Indexes that a query could use: equality, then order or group, then one range.

Each key comes in up to three forms: whole, partial over the rare rows that are asked for, and
covering what is read besides, where that is narrow. Which of them is worth it, a judge tells.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.findings import Place
from be_tui.core.indexes.model import Candidate
from be_tui.core.schema import Index, IndexPart
from be_tui.core.whatif import IndexSketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from be_tui.core.indexes.access import Access, Filter, Term
    from be_tui.core.indexes.known import Known
    from be_tui.core.indexes.model import Rule
    from be_tui.core.schema import Table
    from be_tui.core.sqltext import Target

    Keyed = tuple[tuple[IndexPart, ...], Rule, int]

WIDEST = 4
"""Parts of a key; what a fifth would add, INCLUDE does at less cost."""

PAYLOAD = 3
PAYLOAD_BYTES = 64
"""Columns that are added for covering, and their bytes: more is a second table."""

RARE = 0.2
"""The share of rows up to which a partial index is worth its condition."""

_DESC_SINCE = {"mysql": (8, 0), "mariadb": (10, 8)}


def candidates(access: Access, target: Target, known: Known) -> tuple[Candidate, ...]:
    """Give the indexes that one access could use; those that the schema has are left away."""
    made = dict[IndexSketch, Candidate]()
    drafts = _Drafts(access, target, known)
    for parts, rule, free in drafts.keys(access.terms):
        for each in drafts.forms(parts, rule, free):
            if made.setdefault(each.sketch, each).rule == "covering":
                made[each.sketch] = each
    for each in (*drafts.partial(), *drafts.inverted()):
        made.setdefault(each.sketch, each)
    return tuple(each for each in made.values() if not is_there(each.sketch, target))


def sketch_of(
    table: Table,
    parts: Iterable[IndexPart],
    *,
    include: tuple[str, ...] = (),
    where: str = "",
    method: str = "btree",
) -> IndexSketch:
    """Give the sketch of an index that has no name yet."""
    place = Place("")
    return IndexSketch(table, Index("", tuple(parts), place, False, method, include, where))  # noqa: FBT003


def is_there(sketch: IndexSketch, target: Target) -> bool:
    """Tell whether the schema has an index or key that begins with this one's key."""
    index, table = sketch.index, sketch.table
    if index.method == "btree" and not index.where and not index.include:
        plain = tuple(part.column for part in index.parts)
        straight = all(not part.operators and not part.collation for part in index.parts)
        if straight and all(plain) and _one_way(index.parts):
            keys = [key.columns for key in table.keys]
            if any(columns[: len(plain)] == plain for columns in keys):
                return True
    for each in table.indexes:
        same = each.method == index.method and each.where == index.where
        if same and each.parts[: len(index.parts)] == index.parts:
            held = {*each.include, *(part.column for part in each.parts)}
            if target.engine != "postgresql" or held.issuperset(index.include):
                return True
    return False


def _one_way(parts: Sequence[IndexPart]) -> bool:
    first = {(part.descending, part.nulls_first) for part in parts}
    return len(first) == 1


class _Drafts:
    """The keys and forms of one access."""

    def __init__(self, access: Access, target: Target, known: Known) -> None:
        self._access = access
        self._target = target
        self._known = known
        self._table = access.table

    def keys(self, terms: Sequence[Term]) -> Iterator[Keyed]:
        """Give each key, its rule, and how many of its first parts could change places."""
        access = self._access
        fixed = [term for term in terms if term.kind == "equal"]
        lists = [term for term in terms if term.kind == "list"]
        ranges = [term for term in terms if term.kind in {"range", "prefix"}]
        for equal, joined in self._equalities(fixed, [t for t in terms if t.kind == "join"]):
            lead = self._ordered(equal)
            rule: Rule = "join" if joined else "equality"
            special = next((t for t in equal if not t.part.column), None)
            yield from self._key(lead, (), "expression" if special else rule)
            yield from self._key(lead, self._directed(lead, access.order), self._sort_rule(lead))
            yield from self._key(lead, access.groups, "group")
            yield from self._key(lead, access.extremes, "extreme")
            more = self._ordered(lists)
            yield from self._key((*lead, *more), (), rule)
            yield from self._key(
                (*lead, *more), self._directed((*lead, *more), access.order), self._sort_rule(lead)
            )
            order = self._directed(lead, access.order)
            yield from self._key(lead, (*order, *more), self._sort_rule(lead))
            for each in ranges:
                ranged: Rule = "equality-range" if lead else "range"
                if each.kind == "prefix":
                    ranged = "prefix"
                elif not each.part.column:
                    ranged = "expression"
                yield from self._key((*lead, *more), (each.part,), ranged)
                if order:
                    yield from self._key(lead, (*order, each.part), self._sort_rule(lead))

    def _equalities(
        self, fixed: list[Term], joins: list[Term]
    ) -> Iterator[tuple[list[Term], bool]]:
        """Give sets of equalities: the constants, then with the join of each other source."""
        yield fixed, False
        partners = list(dict.fromkeys(term.partner for term in joins))
        for partner in partners:
            mine = [term for term in joins if term.partner == partner]
            yield [*fixed, *mine], True
            if fixed:
                yield mine, True
        if len(partners) > 1:
            yield [*fixed, *joins], True

    def _ordered(self, terms: Iterable[Term]) -> tuple[IndexPart, ...]:
        """Give equal parts, those that tell most rows apart first."""
        parts = list(dict.fromkeys(term.part for term in terms))
        parts.sort(key=lambda each: (-self._known.distinct(self._table, each), each.expression))
        return tuple(parts)

    def _directed(
        self, lead: Sequence[IndexPart], order: tuple[IndexPart, ...]
    ) -> tuple[IndexPart, ...]:
        """Give the order without what is equal; one that runs one way is read either way."""
        fixed = {part.column for part in lead}
        order = tuple(part for part in order if part.column not in fixed)
        if order and _one_way(order):
            ways = {(part.descending, part.nulls_first is None) for part in order}
            if ways in ({(True, True)}, {(False, True)}):
                return tuple(replace(part, descending=False) for part in order)
        return order

    def _sort_rule(self, lead: Sequence[IndexPart]) -> Rule:
        order = self._directed(lead, self._access.order)
        if order and not _one_way(order):
            return "mixed-sort"
        return "equality-sort" if lead else "sort"

    def _key(
        self, lead: Sequence[IndexPart], tail: Sequence[IndexPart], rule: Rule
    ) -> Iterator[Keyed]:
        named = dict[str, IndexPart]()
        for each in (*lead, *tail):
            named.setdefault(each.expression, each)
        parts = self._short(tuple(named.values()))
        if not parts or (not tail and rule in {"equality-sort", "sort", "mixed-sort", "group"}):
            return
        if any(part.descending for part in parts) and not self._has_descending():
            return
        yield parts, rule, min(len(lead), len(parts))

    def _short(self, parts: tuple[IndexPart, ...]) -> tuple[IndexPart, ...]:
        """Cut a key to its width, and leave away what InnoDB's indexes end with by themselves."""
        parts = parts[:WIDEST]
        key = self._table.primary_key
        if self._target.is_mysql and key:
            while len(parts) > 1 and parts[-1].column in key.columns:
                parts = parts[:-1]
        return parts

    def _has_descending(self) -> bool:
        since = _DESC_SINCE.get(self._target.engine)
        return since is None or not self._target.version or self._target.since(*since)

    def forms(
        self, parts: tuple[IndexPart, ...], rule: Rule, free: int, where: str = ""
    ) -> Iterator[Candidate]:
        """Give an index and the one that covers what is read besides."""
        yield Candidate(sketch_of(self._table, parts, where=where), rule, free)
        payload = self._payload(parts)
        if payload and all(part.prefix == 0 for part in parts):
            cover: Rule = "covering"
            if self._target.engine == "postgresql":
                sketch = sketch_of(self._table, parts, include=payload, where=where)
            else:
                behind = tuple(IndexPart(name, name) for name in payload)
                sketch = sketch_of(self._table, (*parts, *behind), where=where)
            yield Candidate(sketch, cover, free)

    def _payload(self, parts: Sequence[IndexPart]) -> tuple[str, ...]:
        """Give the columns that covering needs; nothing where they are many, wide or all."""
        access, held = self._access, {part.column for part in parts}
        if access.whole:
            return ()
        key = self._table.primary_key
        implied = frozenset(key.columns) if key and self._carries_key() else frozenset()
        names = tuple(n for n in access.columns if n not in held and n not in implied)
        if not names or len(names) > PAYLOAD:
            return ()
        return names if self._known.width(self._table, names) <= PAYLOAD_BYTES else ()

    def _carries_key(self) -> bool:
        """Tell whether each index has the primary key in it: InnoDB's, and SQLite's row number."""
        if self._target.is_mysql:
            return True
        key = self._table.primary_key
        if self._target.engine != "sqlite" or key is None or len(key.columns) != 1:
            return False
        column = self._table.column(key.columns[0])
        return column is not None and column.type.declared.upper() == "INTEGER"

    def partial(self) -> Iterator[Candidate]:
        """Give the indexes over the rare rows that are asked for."""
        if self._target.is_mysql:
            return
        rare = [each for each in self._access.filters if self._is_rare(each)]
        # What is not rare costs nothing beside what is: a constant all the same.
        constant = [e for e in self._access.filters if e in rare or self._is_constant(e)]
        sets = [[each] for each in rare]
        sets += [each for each in (rare, constant) if rare and len(each) > 1 and each not in sets]
        for chosen in sets:
            where = " AND ".join(each.sql for each in chosen)
            gone = {each.column for each in chosen}
            terms = [t for t in self._access.terms if t.part.column not in gone]
            found = False
            for parts, _, free in self.keys(terms):
                if any(part.column in gone for part in parts):
                    continue
                found = True
                for each in self.forms(parts, "partial", free, where):
                    yield replace(each, rule="partial")
            column = self._table.column(chosen[0].column)
            if not found and column is not None:
                name = column.name.folded
                sketch = sketch_of(self._table, (IndexPart(name, name),), where=where)
                yield Candidate(sketch, "partial", 1)

    def _is_rare(self, found: Filter) -> bool:
        share = self._known.share(self._table, found)
        return share is not None and share <= RARE

    def _is_constant(self, found: Filter) -> bool:
        return self._known.share(self._table, found) is not None

    def inverted(self) -> Iterator[Candidate]:
        """Give the indexes for what stands within values."""
        for term in self._access.of("contains", "infix"):
            rule: Rule = "containment" if term.kind == "contains" else "trigram"
            sketch = sketch_of(self._table, (term.part,), method=term.method)
            yield Candidate(sketch, rule)
