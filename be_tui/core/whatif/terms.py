"""What a statement asks of each of its sources, as terms: of which column, how many rows remain.

A term that names other sources can be used once these have given their row: `a.x = b.y` is a
term of both.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.queries import resolve
from be_tui.core.sqltext import Unread, parse, split
from be_tui.core.whatif.estimating import BETWEEN, OTHER, RANGE
from be_tui.core.whatif.model import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.queries import Condition, Query, Scope, Source
    from be_tui.core.schema import Schema, Table
    from be_tui.core.sqltext import Target
    from be_tui.core.whatif.estimating import Figures

_SPACE = re.compile(r"[\s\"`]+")

EQUAL = frozenset({"=", "in", "is null", "is not distinct from", "is true", "is false", "true"})
"""What leads to one place, or a few, of an index."""

RANGES = frozenset({"<", "<=", ">", ">=", "between"})
_PATTERNS = frozenset({"like", "glob"})


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One condition, as one of its sources sees it."""

    share: float
    """Of the source's rows, for one row of the others."""

    column: str = ""
    """Folded; empty where it is about none, or about more."""

    expression: str = ""
    """What stands around the column, without blanks, for an index on an expression."""

    equal: bool = False
    ranged: bool = False
    needs: frozenset[int] = frozenset()
    """The other sources, by identity."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One table or derived table of a statement."""

    source: Source
    scope: Scope
    terms: tuple[Term, ...] = ()
    columns: frozenset[str] = frozenset()
    """All of its columns that the statement names, or all there are."""


@dataclass(slots=True)
class Reading:
    """A statement, taken apart."""

    query: Query
    asked: dict[int, Asked] = field(default_factory=dict)
    """By the identity of the source."""


def read(sql: str, schema: Schema, target: Target, figures: Figures) -> Reading:
    """Take one statement apart.

    Raises:
        RefusedError: It is not one statement, or cannot be read.
    """
    found = tuple(split(sql, target.engine))
    if len(found) != 1:
        raise RefusedError(f"expected one statement, found {len(found)}")
    parsed = parse(found[0], target.engine)
    if isinstance(parsed, Unread):
        raise RefusedError(parsed.message)
    query = resolve(parsed, schema, target)
    reading = Reading(query)
    for scope in query.scopes:
        for source in scope.sources:
            terms = tuple(
                term
                for condition in scope.conditions
                if (term := _term(condition, source, figures)) is not None
            )
            named = _named(source, scope)
            reading.asked[id(source)] = Asked(source, scope, _paired(terms), named)
    return reading


def _paired(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Put two bounds of one column together: what lies between them is no product."""
    kept: list[Term] = []
    for term in terms:
        twin = next((each for each in kept if _bounds_too(each, term)), None)
        if twin is None:
            kept.append(term)
            continue
        guessed = RANGE in {term.share, twin.share}
        share = BETWEEN if guessed else max(term.share + twin.share - 1.0, 0.0005)
        kept[kept.index(twin)] = replace(twin, share=share)
    return tuple(kept)


def apart(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Give terms of which none follows from another: of equal columns, one tells it all."""
    kept: dict[object, Term] = {}
    for term in terms:
        key = term.column if term.column and term.equal and term.needs else id(term)
        if key not in kept or term.share < kept[key].share:
            kept[key] = term
    return tuple(kept.values())


def _bounds_too(one: Term, other: Term) -> bool:
    same = one.column == other.column and bool(one.column)
    return same and one.ranged and other.ranged and not one.needs and not other.needs


def held(table: Table, where: str, schema: Schema, target: Target, figures: Figures) -> float:
    """Give the share of a table's rows that a condition of a partial index is true of."""
    if not where:
        return 1.0
    name = table.name.text.replace('"', '""')
    try:
        reading = read(f'SELECT 1 FROM "{name}" WHERE {where}', schema, target, figures)  # noqa: S608
    except RefusedError:
        return 1.0
    share = 1.0
    for asked in reading.asked.values():
        for term in asked.terms:
            share *= term.share
    return share


def plain(expression: str) -> str:
    """Give an expression without what does not matter: blanks, quotes, case."""
    return _SPACE.sub("", expression).casefold()


def _named(source: Source, scope: Scope) -> frozenset[str]:
    if source.table is None:
        return frozenset()
    whole = any(star.source is None or star.source is source for star in scope.stars)
    if whole:
        return frozenset(column.name.folded for column in source.table.columns)
    return frozenset(use.name for use in scope.columns_of(source))


def _term(condition: Condition, source: Source, figures: Figures) -> Term | None:
    """Give a condition as a source sees it; None where it is about others only."""
    mine = [use for use in condition.columns if use.source is source]
    if not mine:
        return None
    needs = frozenset(
        id(use.source)
        for use in condition.columns
        if use.source is not None and use.source is not source
    )
    left, right = condition.left, condition.right
    if needs and condition.operator == "or":
        return _either(condition, source, needs, figures)
    if needs:
        return _joined(condition, source, needs, figures)
    share = figures.share(condition, source)
    if left is None or left.column is None or condition.negated or condition.operator == "<>":
        return Term(share)
    fixed = condition.operator in _PATTERNS and bool(right) and _begins(right[0].value)
    return Term(
        share,
        column=left.column.name if left.kind == "column" else "",
        expression="" if left.kind == "column" else plain(left.node.sql()),
        equal=condition.operator in EQUAL,
        ranged=condition.operator in RANGES or fixed,
    )


def _either(condition: Condition, source: Source, needs: frozenset[int], figures: Figures) -> Term:
    """Give what follows for one source where each arm of OR says something of it alone.

    Planners test that as soon as the source is read (`extract_restriction_or_clauses`); SQLite
    tests an OR once all of it is known.
    """
    missed = 1.0
    for arm in condition.arms:
        own = [
            figures.share(each, source)
            for each in arm
            if each.columns and all(use.source is source for use in each.columns)
        ]
        if not own:
            return Term(OTHER, needs=needs)
        missed *= 1.0 - math.prod(own)
    return Term(1.0 - missed, needs=needs if figures.packed else frozenset())


def _joined(condition: Condition, source: Source, needs: frozenset[int], figures: Figures) -> Term:
    left, right = condition.left, condition.right[0] if condition.right else None
    sides = [side for side in (left, right) if side is not None and side.kind == "column"]
    own = next((side for side in sides if side.column and side.column.source is source), None)
    if own is None or own.column is None or condition.negated:
        return Term(OTHER, needs=needs)
    if condition.operator != "=":
        ranged = condition.operator in RANGES
        return Term(RANGE, column=own.column.name, ranged=ranged, needs=needs)
    values = [
        figures.values(side.column.table, side.column.name)
        for side in sides
        if side.column is not None and side.column.table is not None
    ]
    return Term(1.0 / max(*values, 1.0), column=own.column.name, equal=True, needs=needs)


def _begins(pattern: str | None) -> bool:
    """Tell whether a pattern has a beginning that an index can be searched by."""
    return bool(pattern) and pattern is not None and pattern[0] not in "%_*?["


def fits(where: str, reading: Reading) -> bool:
    """Tell whether a statement asks for no row that a partial index leaves out.

    The index's condition has to stand in the statement, but for blanks, quotes and case.
    """
    return plain(where) in plain(reading.query.parsed.statement.text)
