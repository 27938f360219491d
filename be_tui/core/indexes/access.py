"""What one query asks of one table: the terms that an index could find, order or cover.

Only what an engine can do with an index is taken up: `<>`, NOT IN and functions that are not
immutable give no term. Terms keep their condition, so that its value can be looked up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from be_tui.core.indexes.parts import expression_part, is_orderable, part, unqualified
from be_tui.core.schema import IndexPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.queries import Condition, Query, Scope, Side, Source
    from be_tui.core.schema import Table
    from be_tui.core.sqltext import Target

TermKind = Literal["equal", "list", "join", "range", "prefix", "contains", "infix"]
"""`list` is IN; `join` a column of another source, or of a query around; `prefix` is LIKE 'x%';
`contains` JSON, arrays and full text; `infix` LIKE '%x%'."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A condition that an index could answer, with the key that it needs."""

    kind: TermKind
    part: IndexPart
    condition: Condition | None = None
    value: str | None = None
    """The literal, where one column is compared with one."""

    partner: int = -1
    """Of a join: the number of the other source; -2 for one of a query around."""

    method: str = "btree"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition whose value stands in the query: what a partial index may be made of."""

    sql: str
    """Without the table's name or alias."""

    column: str
    operator: str
    values: tuple[str, ...]
    """The literals that the column is compared with."""

    negated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """What a scope asks of one of its sources."""

    table: Table
    scope: Scope
    source: Source
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    order: tuple[IndexPart, ...] = ()
    """The whole ORDER BY, where it is of this source alone; what is equal is left away."""

    groups: tuple[IndexPart, ...] = ()
    """The whole GROUP BY, or what DISTINCT gives, where it is of this source alone."""

    extremes: tuple[IndexPart, ...] = ()
    """The column of the one MIN or MAX that is asked for."""

    columns: tuple[str, ...] = ()
    """All columns that are read, in the table's order."""

    whole: bool = False
    """True where `*` asks for every column, or rows are written."""

    limited: bool = False
    arm: bool = False
    """True for an arm of OR, which helps only where each of the others has its index."""

    def of(self, *kinds: TermKind) -> tuple[Term, ...]:
        """Give the terms of some kinds."""
        return tuple(term for term in self.terms if term.kind in kinds)


def accesses(query: Query) -> tuple[Access, ...]:
    """Give what a query asks of each table, in the order in which sources stand."""
    found: list[Access] = []
    for scope in query.scopes:
        for source in scope.sources:
            if source.table is not None:
                found += _Reading(query, scope, source, source.table).all()
    return tuple(found)


class _Reading:
    """One source of one scope."""

    def __init__(self, query: Query, scope: Scope, source: Source, table: Table) -> None:
        self._query = query
        self._target: Target = query.target
        self._scope = scope
        self._source = source
        self._table = table

    def all(self) -> Iterator[Access]:
        """Give the access of the AND, then one for each arm of each OR."""
        conditions = self._conditions()
        yield self._access(conditions)
        for condition in conditions:
            if condition.operator == "or" and not condition.negated:
                for arm in condition.arms:
                    yield replace(
                        self._access(arm), order=(), groups=(), extremes=(), limited=False
                    )

    def _conditions(self) -> tuple[Condition, ...]:
        """Give the scope's conditions, and those of queries within that this source is named in."""
        return tuple(each for each in self._scope.conditions if each.clause != "having")

    def _access(self, conditions: Iterable[Condition]) -> Access:
        terms: dict[tuple[str, IndexPart], Term] = {}
        filters: list[Filter] = []
        for condition in conditions:
            for term in self._terms(condition):
                terms.setdefault((term.kind, term.part), term)
            filters += self._filters(condition)
        for term in self._searched():
            terms.setdefault((term.kind, term.part), term)
        scope, fixed = self._scope, {t.part.column for t in terms.values() if t.kind == "equal"}
        used = {each.name for each in scope.columns_of(self._source)}
        names = tuple(c.name.folded for c in self._table.columns if c.name.folded in used)
        written = self._query.written is self._source
        return Access(
            table=self._table,
            scope=scope,
            source=self._source,
            terms=tuple(terms.values()),
            filters=tuple(filters),
            order=tuple(each for each in self._order() if each.column not in fixed),
            groups=self._groups(),
            extremes=self._extremes(),
            columns=names,
            whole=written or scope.locks or self._starred(),
            limited=scope.limit is not None,
        )

    def _starred(self) -> bool:
        """Tell whether a star asks for this source's columns; in EXISTS it asks for none."""
        if self._scope.use == "exists":
            return False
        return any(star.source in {None, self._source} for star in self._scope.stars)

    def _is_mine(self, use: object) -> bool:
        return getattr(use, "source", None) is self._source

    # Terms: what stands on the two sides of an operator.

    def _terms(self, condition: Condition) -> Iterator[Term]:
        left, right = condition.left, condition.right
        if condition.negated:
            return
        if left is None:
            found = self._contains(condition) if condition.operator == "other" else None
            if found is not None:
                yield found
            return
        for mine, other in ((left, right), *(((right[0], (left,)),) if len(right) == 1 else ())):
            term = self._term(condition, mine, other)
            if term is not None:
                yield term
                return

    def _term(  # noqa: PLR0911 (one an operator)
        self, condition: Condition, mine: Side, other: tuple[Side, ...]
    ) -> Term | None:
        if mine.column is None or mine.column.source is not self._source or mine.column.missing:
            return None
        if any(each.source is self._source for side in other for each in side.columns):
            return None
        key = self._key(mine)
        if key is None:
            return None
        partner = self._partner(other)
        value = other[0].value if len(other) == 1 and other[0].kind == "literal" else None
        match condition.operator:
            case "=" | "is not distinct from":
                if condition.operator != "=" and self._target.engine == "postgresql":
                    return None
                kind: TermKind = "join" if partner != -1 else "equal"
                return Term(kind, key, condition, value, partner)
            case "in":
                return Term("join" if condition.scope else "list", key, condition, None, partner)
            case "is null" | "is true" | "is false" | "true":
                return Term("equal", key, condition)
            case "<" | "<=" | ">" | ">=" | "between":
                # `5 < a` is read from either side: what it is compared with must be known first.
                return Term("range", key, condition, value, partner)
            case "like" | "ilike" | "glob":
                return self._pattern(condition, key, value)
            case _:
                return None

    def _key(self, side: Side) -> IndexPart | None:
        """Give the part of an index that a side would be found by."""
        column = self._table.column(side.column.name) if side.column else None
        if side.kind == "column" and column is not None:
            return part(column, self._target)
        if side.kind == "wrapped" and column is not None:
            return expression_part(side, self._target)
        return None

    def _partner(self, other: tuple[Side, ...]) -> int:
        for side in other:
            for use in side.columns:
                if use.outer or use.source is None:
                    return _AROUND
                if use.source is not self._source:
                    return use.source.number
        return -1

    def _pattern(self, condition: Condition, key: IndexPart, value: str | None) -> Term | None:
        """Give the term of LIKE: a range where the pattern begins with characters that stand."""
        if value is None:
            return None
        postgres = self._target.engine == "postgresql"
        wild = "*?[" if condition.operator == "glob" else "%_"
        begins = bool(value) and value[0] not in wild
        if not begins or condition.operator == "ilike":
            if postgres and len(value.strip("%_")) >= _TRIGRAM:
                gin = replace(key, operators="gin_trgm_ops", collation="")
                return Term("infix", gin, condition, value, method="gin")
            return None
        if not any(sign in value for sign in wild):
            return Term("equal", key, condition, value)
        if postgres:
            key = replace(key, operators="text_pattern_ops")
        elif self._target.engine == "sqlite" and condition.operator == "like":
            key = replace(key, collation="NOCASE")
        return Term("prefix", key, condition, value)

    def _contains(self, condition: Condition) -> Term | None:
        """Give the term of `@>` and its like over JSON, arrays and text vectors."""
        from sqlglot import exp

        node = condition.node
        held = [use for use in condition.columns if use.node is node.this]
        column = self._table.column(held[0].name) if held and self._is_mine(held[0]) else None
        if column is None or self._target.engine != "postgresql":
            return None
        path = column.type.name == "jsonb" and isinstance(node, exp.ArrayContainsAll)
        if column.type.name in {"jsonb", "tsvector"} or column.type.family == "array":
            name = column.name.folded
            key = IndexPart(name, name, operators="jsonb_path_ops" if path else "")
            return Term("contains", key, condition, method="gin")
        return None

    def _searched(self) -> Iterator[Term]:
        """Give the term of what IN asks this query for: its column is looked up a value each."""
        if self._scope.use not in {"in", "not in"} or len(self._scope.outputs) != 1:
            return
        use = self._scope.outputs[0].column
        column = self._table.column(use.name) if use and self._is_mine(use) else None
        key = part(column, self._target) if column is not None else None
        if key is not None:
            yield Term("join", key, None, None, _AROUND)

    # Order and groups: only where the whole clause is of this source.

    def _order(self) -> tuple[IndexPart, ...]:
        scope = self._scope
        if scope.groups or scope.aggregates or scope.operator:
            return ()
        parts: list[IndexPart] = []
        for each in scope.order:
            column = self._table.column(each.column.name) if each.column else None
            if column is None or each.column is None or each.column.source is not self._source:
                return ()
            key = part(column, self._target)
            if key is None or key.prefix:
                return ()
            nulls = each.nulls_first
            if self._target.engine != "postgresql" or nulls is each.descending:
                nulls = None
            parts.append(replace(key, descending=each.descending, nulls_first=nulls))
        return tuple(dict.fromkeys(parts))

    def _groups(self) -> tuple[IndexPart, ...]:
        scope = self._scope
        if scope.groups:
            return self._plain([each.column for each in scope.groups])
        if scope.distinct and not scope.aggregates and not scope.stars:
            return self._plain([each.column for each in scope.outputs])
        return ()

    def _plain(self, uses: Iterable[object]) -> tuple[IndexPart, ...]:
        parts: list[IndexPart] = []
        for use in uses:
            column = self._table.column(getattr(use, "name", ""))
            if column is None or not self._is_mine(use):
                return ()
            key = part(column, self._target)
            if key is None or key.prefix:
                return ()
            parts.append(key)
        return tuple(dict.fromkeys(parts))

    def _extremes(self) -> tuple[IndexPart, ...]:
        from sqlglot import exp

        scope = self._scope
        if not scope.aggregates or scope.groups or len(scope.outputs) != 1:
            return ()
        node = scope.outputs[0].node
        inner = node.this if isinstance(node, exp.Alias) else node
        if not isinstance(inner, exp.Min | exp.Max) or inner.expressions:
            return ()
        if not isinstance(inner.this, exp.Column):
            return ()
        column = self._table.column(inner.this.name)
        mine = any(use.node is inner.this for use in scope.columns_of(self._source))
        key = part(column, self._target) if column is not None and mine else None
        return (key,) if key is not None and is_orderable(column) else ()

    # Filters: what a partial index could be made of.

    def _filters(self, condition: Condition) -> Iterator[Filter]:
        left = condition.left
        if left is None or left.kind != "column" or left.column is None:
            return
        if left.column.source is not self._source or self._source.optional:
            return
        operator = condition.operator
        values = tuple(side.value for side in condition.right if side.value is not None)
        literal = all(side.kind == "literal" and not side.wrappers for side in condition.right)
        if operator in _FILTERS and literal and not (operator == "in" and condition.scope):
            sql = unqualified(condition.node, self._target.engine)
            yield Filter(sql, left.column.name, operator, values, condition.negated)


_AROUND = -2
"""The partner of a column that belongs to a query around this one."""

_TRIGRAM = 3
"""Characters that a pattern needs for trigrams to find it by."""

_FILTERS = frozenset({"=", "<>", "is null", "is true", "is false", "true", "in"})
