"""Statistics of an index's expression, from those of the one column that it is over.

PostgreSQL gathers them once the index is there. Until then its planner takes any expression for
one of two hundred different values. Here the clone evaluates it on the values that statistics
know of the column: what is common stays common, what falls together is added up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError
from be_tui.core.statistics import ColumnStats, Common
from be_tui.core.whatif.ddl import quoted
from be_tui.core.whatif.planting import literal

if TYPE_CHECKING:
    from be_tui.core.databases import PostgresSession
    from be_tui.core.schema import IndexPart, Table
    from be_tui.core.whatif.relations import Relation

_COLUMN = """
SELECT format_type(a.atttypid, a.atttypmod), s.most_common_vals::text, s.most_common_freqs::text,
  s.histogram_bounds::text, s.n_distinct, s.null_frac, s.correlation, c.reltuples
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_stats s ON (s.schemaname, s.tablename, s.attname) = (n.nspname, c.relname, a.attname)
WHERE a.attrelid = {table} AND a.attname = {column} ORDER BY s.inherited DESC LIMIT 1"""

_EVALUATED = """
SELECT share, ({expression})::text, {column}::text, pg_column_size({expression}),
  CASE pg_typeof({expression})::text WHEN 'date' THEN (({expression})::text::date - '2000-01-01')
  WHEN 'integer' THEN ({expression})::text::bigint
  WHEN 'bigint' THEN ({expression})::text::bigint END, rank() OVER (ORDER BY {column})
FROM (
  SELECT unnest({values}::{type}[]) AS {column}, unnest({shares}::real[]) AS share
  UNION ALL SELECT unnest({bounds}::{type}[]), NULL
) AS known ORDER BY {expression}, {column}"""

_FEWEST = 5
"""Values that must be known of a column, for anything to be said of an expression over it."""


@dataclass(frozen=True, slots=True)
class _Value:
    """One value of the column, and of the expression."""

    share: float | None
    """None for a bound of the histogram."""

    result: str | None
    column: str
    width: int
    number: int | None
    """Where it can be counted: a number, or a day."""

    rank: int
    """Its place among the values of the column."""


@dataclass(frozen=True, slots=True)
class _Column:
    """What is known of the column."""

    distinct: float
    nulls: float
    correlation: float | None
    rows: float

    @property
    def values(self) -> float:
        """Give how many different values it has."""
        return self.distinct if self.distinct >= 0 else -self.distinct * self.rows


def derive(
    session: PostgresSession, owner: str, table: Table, index: Relation, part: IndexPart
) -> ColumnStats | None:
    """Give the statistics of an expression, without its place in the index.

    None where it is over several columns, or too little is known. A transaction is open.

    Args:
        session: The superuser's.
        owner: The role that evaluates it.
        table: What the index is on.
        index: The index.
        part: The expression.
    """
    named = [
        column.name
        for column in table.columns
        if re.search(rf"(?<![\w.]){re.escape(column.name.text)}(?!\w|\s*\()", part.expression, re.I)
    ]
    if len(named) != 1:
        return None
    session.run("SAVEPOINT deriving")
    try:
        return _derived(session, owner, index.table, named[0].text, part.expression)
    except StatementError as error:
        if error.trouble != "refused":
            raise
        session.run("ROLLBACK TO deriving")
        return None


def _derived(
    session: PostgresSession, owner: str, table: int, column: str, expression: str
) -> ColumnStats | None:
    told = (
        session.run(_COLUMN.format(table=table, column=literal(column))).rows
        or session.run(_COLUMN.format(table=table, column=literal(column.lower()))).rows
    )
    if not told:
        return None
    kind, values, shares, bounds = told[0][:4]
    distinct, nulls, correlation, rows = told[0][4:]
    asked = _EVALUATED.format(
        expression=expression,
        column=quoted(column, "postgresql") if column != column.lower() else column,
        type=kind,
        values=literal(values or "{}"),
        shares=literal(shares or "{}"),
        bounds=literal(bounds or "{}"),
    )
    session.run(f"SET LOCAL ROLE {owner}")
    evaluated = session.run(asked).rows
    session.run("RESET ROLE")
    found = [
        _Value(
            share=None if row[0] is None else float(row[0]),
            result=row[1],
            column=str(row[2]),
            width=int(row[3] or 0),
            number=None if row[4] is None else int(row[4]),
            rank=int(str(row[5])),
        )
        for row in evaluated
    ]
    if len(found) < _FEWEST:
        return None
    known = _Column(
        distinct=float(distinct or 0),
        nulls=float(nulls or 0),
        correlation=None if correlation is None else float(correlation),
        rows=max(float(rows or 0), 1.0),
    )
    return _stats(found, known)


def _stats(found: list[_Value], column: _Column) -> ColumnStats:
    """Put the values of the expression together."""
    bounds = sum(each.share is None for each in found)
    others = max(1.0 - column.nulls - sum(each.share or 0.0 for each in found), 0.0)
    shares: dict[str | None, float] = {}
    for each in found:
        share = others / bounds if each.share is None else each.share
        shares[each.result] = shares.get(each.result, 0.0) + share
    filled = [each for each in found if each.result is not None]
    counts = Counter(each.result for each in filled)
    common = {each.result for each in filled if each.share is not None or counts[each.result] > 1}
    return ColumnStats(
        name="",
        distinct=_different(filled, column),
        null_share=min(column.nulls + shares.pop(None, 0.0), 1.0),
        common=tuple(
            Common(value, min(share, 1.0))
            for value, share in sorted(shares.items(), key=lambda each: (-each[1], str(each[0])))
            if value is not None and value in common
        ),
        bounds=_bounds([each.result for each in filled if each.result not in common]),
        correlation=_correlation(filled, column.correlation),
        width=max(round(sum(each.width for each in filled) / max(len(filled), 1)), 1),
    )


def _bounds(results: list[str | None]) -> tuple[str, ...]:
    found = tuple(each for each in results if each is not None)
    return found if len(found) > 1 else ()


def _different(filled: list[_Value], column: _Column) -> float:
    """Give how many different values there are, as PostgreSQL counts.

    The values that are known of the column are taken for a sample of all its values, and what they
    give is extrapolated as `analyze.c` does.
    """
    known = {each.column: each.result for each in filled}
    counts = Counter(known.values())
    once = sum(count == 1 for count in counts.values())
    size = len(known)
    if once == size:
        return column.distinct
    there = max(column.values, float(size))
    found = size * len(counts) / (size - once + once * size / there)
    numbers = [each.number for each in filled if each.number is not None]
    if numbers and len(numbers) == len(filled):
        found = min(found, float(max(numbers) - min(numbers) + 1))
    return -found / column.rows if found > column.rows / 10 else found


def _correlation(filled: list[_Value], correlation: float | None) -> float | None:
    """Give how far rows stand in its order: as in the column's, where it keeps that or turns it."""
    ranks = [each.rank for each in filled]
    if correlation is None:
        return None
    if all(one <= other for one, other in pairwise(ranks)):
        return correlation
    last: dict[str | None, int] = {each.result: each.rank for each in filled}
    turned = list(last.values())
    return -correlation if all(one >= other for one, other in pairwise(turned)) else None
