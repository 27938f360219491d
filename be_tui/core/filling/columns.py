"""Plans the columns of one table: keys first, since what they need decides the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

from be_tui.core.filling.dialects import Sql, nullable, rarest
from be_tui.core.filling.limits import FREE, limits
from be_tui.core.filling.model import ColumnPlan, FillError, TablePlan
from be_tui.core.filling.values import SKEW, Wanted, made

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from be_tui.core.filling.limits import Limits
    from be_tui.core.filling.model import Make
    from be_tui.core.schema import Column, ForeignKey, Schema, Table
    from be_tui.core.statistics import ColumnStats, TableStats

NULLS = 0.05
"""The share of NULL where a column may be it and nothing is known."""


@dataclass(slots=True)
class _Draft:
    """What is decided of a table's columns so far."""

    table: Table
    rows: int
    limits: Mapping[str, Limits]
    stats: TableStats | None
    unique: set[str]
    """Columns of which each row has its own value."""

    places: dict[str, Make]
    """Columns whose place in their list, or whose parent, the row's number alone decides."""

    notes: list[str]


def table_plan(
    sql: Sql,
    schema: Schema,
    table: Table,
    rows: int,
    plans: Mapping[str, TablePlan],
    *,
    until: date,
    stats: TableStats | None,
) -> tuple[TablePlan, list[str]]:
    """Plan one table; give what could not be kept besides.

    Raises:
        FillError: There are not as many different values as rows.
    """
    found, unread = limits(table, sql.engine)
    said = [f"{table.name.text}: not kept by design, only tried: CHECK ({each})" for each in unread]
    draft = _Draft(table, rows, found, stats, set(), {}, said)
    keys = {name: key for key in table.foreign_keys for name in key.columns}
    labels = {each.name: each.values for each in schema.enumerations}
    _decide_uniques(sql, draft, keys, labels, plans)
    columns: dict[str, ColumnPlan] = {}
    for column in table.columns:
        if column.generated:
            continue
        name = column.name.folded
        if name in keys:
            plan = _reference(sql, draft, column, keys[name], plans, columns)
        else:
            plan = _own(sql, draft, column, labels.get(_enum_name(column), ()), until)
        if plan is not None:
            columns[name] = plan
    for name, limit in found.items():
        if limit.above and name in columns and limit.above in columns:
            columns[name] = _above(sql, draft, columns[name], columns[limit.above])
    return TablePlan(table, draft.rows, tuple(columns.values())), draft.notes


def _enum_name(column: Column) -> str:
    return column.type.name.rpartition(".")[2]


def _decide_uniques(
    sql: Sql,
    draft: _Draft,
    keys: Mapping[str, ForeignKey],
    labels: Mapping[str, tuple[str, ...]],
    plans: Mapping[str, TablePlan],
) -> None:
    """Choose, for each set of columns that must differ, how they come to differ."""
    for names in sorted(draft.table.unique_sets, key=sorted):
        if names & draft.unique:
            continue
        narrow: dict[str, int] = {}
        wide = []
        for column in draft.table.columns:
            name = column.name.folded
            if name not in names:
                continue
            many = _domain(draft, column, keys.get(name), labels, plans)
            if many:
                narrow[name] = many
            else:
                wide.append(name)
        if wide:
            draft.unique.add(wide[-1])
        elif len(narrow) == 1:
            (name,) = narrow
            draft.unique.add(name)
            draft.rows = _fewer(draft, narrow[name], (name,))
            if name in keys:
                draft.places[name] = lambda row: row
        elif narrow:
            draft.rows = _fewer(draft, prod(narrow.values()), tuple(narrow))
            _spread(sql, draft, narrow)


def _fewer(draft: _Draft, most: int, names: tuple[str, ...]) -> int:
    if most >= draft.rows:
        return draft.rows
    have = "has no" if len(names) == 1 else "have together no"
    said = f"{most:,} rows instead of {draft.rows:,}, as {', '.join(names)} {have} more values"
    draft.notes.append(f"{draft.table.name.text}: {said}")
    return most


def _domain(
    draft: _Draft,
    column: Column,
    key: ForeignKey | None,
    labels: Mapping[str, tuple[str, ...]],
    plans: Mapping[str, TablePlan],
) -> int:
    """Give how many values a column can have at all; 0 for as many as there are rows."""
    if key is not None:
        parent = plans.get(key.table)
        return parent.rows if parent else draft.rows
    values = draft.limits.get(column.name.folded, FREE).values
    if values:
        return len(values)
    kind = column.type
    if kind.family == "boolean":
        return 2
    return len(labels.get(_enum_name(column), kind.arguments if kind.family == "enum" else ()))


def _spread(sql: Sql, draft: _Draft, narrow: Mapping[str, int]) -> None:
    """Let the row's number count through all combinations, each once."""
    divisor = 1
    for name, many in sorted(narrow.items(), key=lambda each: (-each[1], each[0])):
        draft.places[name] = _digit(sql, divisor, many)
        divisor *= many


def _digit(sql: Sql, divisor: int, many: int) -> Make:
    return lambda row: f"({sql.divided(f'({row})', divisor)} % {many})"


def _own(
    sql: Sql, draft: _Draft, column: Column, labels: tuple[str, ...], until: date
) -> ColumnPlan | None:
    """Plan a column that refers to no other table."""
    name = column.name.folded
    stats = draft.stats.column(name) if draft.stats else None
    wanted = Wanted(
        column=column,
        salt=f"{draft.table.name.folded}.{name}",
        rows=draft.rows,
        until=until,
        unique=name in draft.unique,
        limits=_limit(draft, column),
        labels=labels,
        stats=stats,
    )
    found = made(sql, wanted)
    if found is None:
        return _unmade(draft, column)
    make = found.make
    if name in draft.places:
        place = draft.places[name]
        values = made(sql, replace(wanted, unique=True, rows=found.distinct))
        make = _after(values.make, place) if values else make
    share = _null_share(draft, column, stats)
    return ColumnPlan(
        column,
        nullable(sql, make, wanted.salt, share),
        found.about,
        min(found.distinct, draft.rows),
        share,
        found.common,
        found.rare,
    )


def _after(make: Make, place: Make) -> Make:
    return lambda row: make(place(row))


def _limit(draft: _Draft, column: Column) -> Limits:
    """Give a column's limits; a number that the database counts begins at 1."""
    from decimal import Decimal

    found = draft.limits.get(column.name.folded, FREE)
    counted = column.name.folded in draft.unique and column.type.family == "integer"
    if counted and found.low is None and found.high is None:
        return replace(found, low=Decimal(1))
    return found


def _null_share(draft: _Draft, column: Column, stats: ColumnStats | None) -> float:
    name = column.name.folded
    key = draft.table.primary_key
    required = draft.limits.get(name, FREE).required or not column.nullable
    if required or name in draft.places or (key and name in key.columns):
        return 0.0
    return stats.null_share if stats else NULLS


def _unmade(draft: _Draft, column: Column) -> ColumnPlan | None:
    """Leave a column out that nothing is made for, where the table bears that."""
    name = f"{draft.table.name.text}.{column.name.text}"
    if not column.nullable and not column.default and not column.auto:
        raise FillError(f"{name}: no values of type {column.type} are made")
    draft.notes.append(
        f"{name}: left as it is by default, no values of type {column.type} are made"
    )
    return None


def _reference(
    sql: Sql,
    draft: _Draft,
    column: Column,
    key: ForeignKey,
    plans: Mapping[str, TablePlan],
    own: Mapping[str, ColumnPlan],
) -> ColumnPlan | None:
    """Plan a column whose values are those of another table, or of its own."""
    name = column.name.folded
    at = key.columns.index(name)
    itself = key.table == draft.table.name.folded
    parent = None if itself else plans.get(key.table)
    target = _target(key, at, draft.table if itself else parent.table if parent else None)
    source = own.get(target) if itself else parent.column(target) if parent else None
    stats = draft.stats.column(name) if draft.stats else None
    if source is None or (parent is not None and not parent.rows):
        if not column.nullable:
            where = f"{draft.table.name.text}.{column.name.text}"
            raise FillError(f"{where} refers to {key.table}, which has no rows")
        return ColumnPlan(column, lambda _: "NULL", "NULL", 0, 1.0)
    salt = f"{draft.table.name.folded}.{key.columns[0]}"
    many = draft.rows if itself else parent.rows if parent else 0
    pick = draft.places.get(name) or _pick(sql, salt, many, stats, itself=itself)
    share = _null_share(draft, column, stats)
    if itself and not share and name not in draft.places:
        share = NULLS if column.nullable else 0.0
    rare = "" if itself else source.make(str(rarest(many)))
    return ColumnPlan(
        column,
        nullable(sql, lambda row: source.make(pick(row)), salt, share),
        f"of {key.table}.{target}",
        min(many, draft.rows),
        share,
        source.make("0"),
        rare,
    )


def _target(key: ForeignKey, at: int, parent: Table | None) -> str:
    if key.targets:
        return key.targets[at]
    primary = parent.primary_key if parent else None
    return primary.columns[at] if primary and at < len(primary.columns) else ""


def _pick(sql: Sql, salt: str, many: int, stats: ColumnStats | None, *, itself: bool) -> Make:
    """Give how a row finds the one that it refers to."""
    if itself:
        # Only rows that are there already, so that one statement can be checked row by row.
        return lambda row: f"({sql.draw(row, salt)} % (({row}) + 1))"
    if stats and stats.common:
        shown = 1 - stats.null_share or 1
        shares = [each.share / shown for each in stats.common[: min(many, 100)]]
        told = stats.values(many)
        rest = min(many, max(round(told), len(shares) + 1)) if told else many
        return lambda row: sql.weighted(row, salt, shares, sql.below(row, f"{salt}/rest", rest))
    return lambda row: sql.skewed(row, salt, many, SKEW)


def _above(sql: Sql, draft: _Draft, plan: ColumnPlan, lower: ColumnPlan) -> ColumnPlan:
    """Let a column be greater than another one of its row."""
    unit = {"timestamp": "second", "date": "day"}.get(plan.column.type.family)
    salt = f"{draft.table.name.folded}.{plan.column.name.folded}/above"

    def make(row: str) -> str:
        more = f"(1 + {sql.below(row, salt, 100_000 if unit != 'day' else 100)})"
        below = lower.make(row)
        if not unit:
            return f"({below} + {more})"
        if sql.engine == "postgresql":
            whole = f"({below} + {more} * interval '1 {unit}')"
            return f"({whole})::date" if unit == "day" else whole
        if sql.engine == "sqlite":
            word = "date" if unit == "day" else "datetime"
            return f"{word}({below}, '+' || {more} || ' {unit}s')"
        return f"({below} + INTERVAL {more} {unit.upper()})"

    return replace(plan, make=make, null_share=lower.null_share)
