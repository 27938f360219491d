"""What a detector looks at, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.findings import Place, Severity
    from be_tui.core.queries import ColumnUse, Query, Scope, Side, Source, Span
    from be_tui.core.schema import Schema, Table
    from be_tui.core.sqltext import Target


@dataclass(frozen=True, slots=True)
class Change:
    """Some characters of a statement, replaced."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong with a statement; the rule tells why, and when it is fine."""

    rule: str
    span: Span
    """Where in the statement."""

    message: str
    changes: tuple[Change, ...] = ()
    """What mends it without changing what is meant; empty where a person must decide."""

    severity: Severity | None = None
    """Where it weighs other than the rule says."""


@dataclass(frozen=True, slots=True)
class TableRemark:
    """Something wrong with a table."""

    rule: str
    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Look:
    """A statement with what detectors ask of it again and again."""

    query: Query
    schema: Schema
    target: Target
    backfilled: frozenset[tuple[str, str]] = frozenset()
    """Tables and columns that the same text adds: to fill them all is what is meant."""

    names_known: bool = True
    """Whether the tables are those that the statement meets; in a row of migrations they change."""

    tables_known: bool = True
    """Whether there are no other tables than these."""

    elsewhere: frozenset[str] = frozenset()
    """Folded names of tables and columns that programs make by themselves, or hold elsewhere."""

    names: tuple[str, ...] = ()
    """What the program calls the statement, and the function that it stands in."""

    in_program: bool = False
    """Whether it is a program's literal: who wrote it saw all that is around it."""

    is_about_one: bool = True
    """Whether the function that it stands in is given which row it is about."""

    refilled: frozenset[str] = frozenset()
    """Folded names of tables that the same text or function fills: to empty them is meant."""

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Give every scope of the statement."""
        return self.query.scopes

    def said(self, span: Span) -> str:
        """Give what was written at a span, on one line and short."""
        words = " ".join(self.query.text(span).split())
        return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"

    def indexed(self, use: ColumnUse | None) -> bool:
        """Tell whether an index begins with a column."""
        if use is None or use.table is None or use.column is None:
            return False
        return use.table.leads(use.column.name.folded)

    def is_one_row(self, scope: Scope, source: Source) -> bool:
        """Tell whether conditions pick at most one row of a source, by a key of it."""
        if source.scope is not None and not source.is_cte:
            inner = source.scope
            if inner.limit is not None and inner.limit.value == 1:
                return True
            return inner.aggregates and not inner.groups and not inner.operator
        if source.table is None:
            return False
        return covers_key(source.table, fixed_columns(scope, source)) or holds_one_row(source.table)


_LONGEST = 60
_LITERAL = r"(?:'[^']*'|\d+|true|false)(?:::[\w ]+)?"
_VALUE = rf"(?:CAST\s*\(\s*{_LITERAL}\s+AS\s+[\w() ]+\)|{_LITERAL})"
_NAME = r"[\"`]?(\w+)[\"`]?(?:::[\w ]+)?"
_SINGLE = re.compile(
    rf"\(*\s*(?:{_NAME}\s*\)?\s*=\s*\(?{_VALUE}|{_VALUE}\s*=\s*{_NAME}"
    rf"|{_NAME}\s+IN\s*\(\s*{_VALUE}\s*\)|{_NAME}(?:\s+IS\s+TRUE)?)\s*\)*",
    re.I,
)
"""A check of one value: `lock = 'X'`, `only_row`, also as PostgreSQL prints it."""


_CONSTANT = re.compile(rf"\(*\s*(?:{_LITERAL}|[\"`]?\w+[\"`]?\s+IS\s+NOT\s+NULL)\s*\)*", re.I)
"""What is the same for every row: an index over it alone, a unique one, holds a table to one."""


Detector = Callable[[Look], Iterable[Remark]]
TableDetector = Callable[["Table", "Schema", "Target"], Iterable[TableRemark]]


def fixed_columns(scope: Scope, source: Source) -> frozenset[str]:
    """Give the columns of a source that conditions hold to one value."""
    return frozenset(
        left.column.name
        for condition in scope.conditions
        if condition.operator == "=" and not condition.negated and condition.left
        for left, side in _pairs(condition.left, condition.right)
        if left.kind == "column" and left.column and left.column.source is source
        if side.kind in {"literal", "parameter", "subquery"}
    )


def _pairs(left: Side, right: tuple[Side, ...]) -> Iterator[tuple[Side, Side]]:
    """Give what stands on both sides of an equality, member by member of `(a, b) = ($1, $2)`."""
    for side in right:
        if left.kind == "row" and side.parts:
            yield from zip(left.parts, side.parts, strict=False)
        else:
            yield left, side


def is_catalogue(source: Source) -> bool:
    """Tell whether a source is one of the engine's own, which has a row for each thing there is."""
    if source.namespace.casefold() in {"information_schema", "pg_catalog"}:
        return True
    return source.table is None and source.name.casefold().startswith(("pg_", "sqlite_"))


def covers_key(table: Table, columns: frozenset[str]) -> bool:
    """Tell whether columns hold a key of a table."""
    return any(key <= columns for key in table.unique_sets)


def holds_one_row(table: Table) -> bool:
    """Tell whether a table is held to one row: a check or an index leaves a key a single value."""
    if any(
        index.unique
        and not index.where
        and len(index.parts) == 1
        and _CONSTANT.fullmatch(index.parts[0].expression.strip())
        for index in table.indexes
    ):
        return True
    singles = {key for columns in table.unique_sets if len(columns) == 1 for key in columns}
    return any(
        found is not None and (found[1] or found[2] or found[3] or found[4]).casefold() in singles
        for check in table.checks
        for found in (_SINGLE.fullmatch(check.expression.strip()),)
    )
