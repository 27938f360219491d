"""The nouns of a resolved query: scopes, their sources, conditions and columns.

Everything keeps the node of sqlglot's tree that it was read from, and a span in the statement's
text (first offset, one past the last). Nodes are those of the tree that was resolved: they are
looked at, never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot import exp

    from be_tui.core.schema import Column, DataType, Table, View
    from be_tui.core.sqltext import Parsed, Target

Kind = Literal["select", "insert", "update", "delete", "merge", "create", "other"]
"""What a statement does; `create` is a view or table made from a query, `other` has no scope."""

Use = Literal[
    "root",
    "cte",
    "derived",
    "lateral",
    "arm",
    "exists",
    "in",
    "not in",
    "quantified",
    "scalar",
    "array",
    "body",
    "written",
]
"""How the rows of a scope are used.

`arm` is a part of a UNION, INTERSECT or EXCEPT; `quantified` stands behind ANY or ALL; `body` is
the query of INSERT ... SELECT; `written` is the UPDATE, DELETE, INSERT or MERGE itself.
"""

JoinKind = Literal["from", "comma", "inner", "left", "right", "full", "cross", "written"]
"""How a source comes in; `written` is the table that a statement writes to."""

Operator = Literal[
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "is not distinct from",
    "in",
    "between",
    "like",
    "ilike",
    "glob",
    "regexp",
    "is null",
    "is true",
    "is false",
    "exists",
    "holds",
    "or",
    "true",
    "other",
]
"""What a condition asks; `true` is a bare column of truth values, `or` has its arms, and `holds`
is `$1 = ANY (column)`: the column's array has a member."""

SideKind = Literal["column", "wrapped", "literal", "null", "parameter", "row", "subquery", "other"]
"""What stands beside an operator; `wrapped` is an expression over exactly one column."""

Clause = Literal["where", "on", "having"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """One column that a scope gives."""

    name: str
    """Folded; empty where an expression has no name."""

    node: exp.Expr
    column: ColumnUse | None = None
    """The column that it is, where it is nothing but one."""

    star: bool = False
    """True for a `*` whose columns are not known; one that is known is told column by column."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One thing that rows come from."""

    alias: str
    """Folded: what its columns are qualified with."""

    name: str
    """The table's name as it was written; empty for a derived table."""

    node: exp.Expr
    span: Span
    table: Table | None = None
    """None for derived tables, CTEs, views, functions, and tables that the schema does not have."""

    view: View | None = None
    outputs: tuple[Output, ...] = ()
    """What a derived table, a CTE or a view gives."""

    scope: Scope | None = None
    """That of a derived table or CTE."""

    kind: JoinKind = "from"
    namespace: str = ""
    optional: bool = False
    """True where its row may be missing, so that every column may be NULL."""

    known: bool = False
    """Whether all its columns are known: no other can be meant."""

    is_cte: bool = False
    is_function: bool = False
    is_lateral: bool = False
    is_templated: bool = False
    """True where a template will put the name."""

    number: int = 0
    """Its place among the sources of its scope."""


@dataclass(frozen=True, slots=True, eq=False)
class ColumnUse:
    """One column where it is named."""

    node: exp.Expr
    name: str
    """Folded."""

    span: Span
    source: Source | None = None
    """None where it cannot be told which is meant."""

    column: Column | None = None
    """Of the schema, followed through derived tables; None where it is not known."""

    table: Table | None = None
    """The schema's table that `column` stands in; None behind an aggregate or expression."""

    outer: bool = False
    """True where it belongs to a scope around this one: the query is correlated."""

    nullable: bool | None = None
    """Whether it may be NULL here, outer joins taken in; None where it is not known."""

    certain: bool = False
    """Whether the source is known, and not only likely."""

    candidates: tuple[Source, ...] = ()
    """Where more than one source has such a column: those."""

    missing: bool = False
    """True where every source is known, and none has such a column."""

    alias_of: Output | None = None
    """The output that is meant, where ORDER BY, GROUP BY or HAVING name one."""

    @property
    def type(self) -> DataType | None:
        """Give its type, where it is known."""
        return self.column.type if self.column else None


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What stands on one side of an operator."""

    node: exp.Expr
    kind: SideKind
    span: Span
    column: ColumnUse | None = None
    """The column of `column` and `wrapped`."""

    wrappers: tuple[str, ...] = ()
    """What stands around the column, the outermost first: `lower`, `cast`, `+`."""

    value: str | None = None
    """Of a literal: as text, without quotes."""

    is_text: bool = False
    """True for a literal in quotes."""

    columns: tuple[ColumnUse, ...] = ()
    """All columns that stand in it, subqueries left out."""

    scope: Scope | None = None
    """That of a subquery."""

    parts: tuple[Side, ...] = ()
    """Of a row value: its members."""


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """One condition, as it stands between ANDs."""

    node: exp.Expr
    span: Span
    operator: Operator
    clause: Clause = "where"
    source: int = -1
    """Of ON: the number of the source whose join it belongs to."""

    negated: bool = False
    left: Side | None = None
    """The side with the column, where only one has it: `5 < a` is read as `a > 5`."""

    right: tuple[Side, ...] = ()
    """One; two of BETWEEN; all of IN."""

    columns: tuple[ColumnUse, ...] = ()
    """All columns that stand in it, subqueries left out."""

    scope: Scope | None = None
    """The subquery of IN, EXISTS, ANY or of a comparison."""

    arms: tuple[tuple[Condition, ...], ...] = ()
    """Of OR: each arm, taken apart at AND."""

    flipped: bool = False
    """True where left and right stand the other way round in the text."""

    def walk(self) -> Iterator[Condition]:
        """Give this condition and those within its arms."""
        yield self
        for arm in self.arms:
            for each in arm:
                yield from each.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """One part of ORDER BY."""

    node: exp.Expr
    span: Span
    column: ColumnUse | None = None
    """None for an expression; ordinals and aliases are followed to the column."""

    descending: bool = False
    nulls_first: bool | None = None
    """None where nothing is said."""

    output: Output | None = None
    """The output that an ordinal or alias means."""

    columns: tuple[ColumnUse, ...] = ()
    ordinal: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """One part of GROUP BY."""

    node: exp.Expr
    span: Span
    column: ColumnUse | None = None
    output: Output | None = None
    columns: tuple[ColumnUse, ...] = ()
    ordinal: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """LIMIT or OFFSET."""

    node: exp.Expr
    span: Span
    value: int | None = None
    """None where it is a parameter or an expression."""


@dataclass(frozen=True, slots=True, eq=False)
class Star:
    """One `*` among what a SELECT gives."""

    node: exp.Expr
    span: Span
    source: Source | None = None
    """None where all sources are meant."""


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """One `column = value` of SET."""

    node: exp.Expr
    column: ColumnUse
    value: Side


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """One SELECT, one UNION, or the body of a statement that writes."""

    number: int
    """Its place in `Query.scopes`; a scope comes after those around it."""

    use: Use
    node: exp.Expr
    span: Span
    parent: int = -1
    sources: tuple[Source, ...] = ()
    conditions: tuple[Condition, ...] = ()
    """Of WHERE, ON and HAVING, taken apart at AND."""

    outputs: tuple[Output, ...] = ()
    stars: tuple[Star, ...] = ()
    order: tuple[Sort, ...] = ()
    groups: tuple[Group, ...] = ()
    distinct: bool = False
    distinct_on: bool = False
    limit: Bound | None = None
    offset: Bound | None = None
    columns: tuple[ColumnUse, ...] = ()
    """Every column that is named in it, in the text's order; subqueries left out."""

    children: tuple[Scope, ...] = ()
    """The subqueries, CTEs, derived tables and arms directly in it."""

    operator: str = ""
    """Of a set operation: `union`, `union all`, `intersect`, `except`."""

    aggregates: bool = False
    """True where an aggregate is computed over its rows."""

    windows: bool = False
    locks: bool = False
    """True for FOR UPDATE and FOR SHARE."""

    name: str = ""
    """Of a CTE: its name, folded."""

    recursive: bool = False
    materialised: bool | None = None
    """Of a CTE: what is said; None where nothing is."""

    assignments: tuple[Assignment, ...] = ()
    """Of UPDATE, and of what INSERT does on a conflict."""

    @property
    def where(self) -> tuple[Condition, ...]:
        """Give the conditions of WHERE."""
        return tuple(each for each in self.conditions if each.clause == "where")

    @property
    def having(self) -> tuple[Condition, ...]:
        """Give the conditions of HAVING."""
        return tuple(each for each in self.conditions if each.clause == "having")

    def on(self, source: Source) -> tuple[Condition, ...]:
        """Give the conditions that a source is joined on."""
        own = (each for each in self.conditions if each.clause == "on")
        return tuple(each for each in own if each.source == source.number)

    @property
    def correlated(self) -> tuple[ColumnUse, ...]:
        """Give the columns of scopes around it that are named in it or further in."""
        own = [each for each in self.columns if each.outer]
        mine = frozenset(map(id, self.sources))
        for child in self.children:
            own += [each for each in child.correlated if id(each.source) not in mine]
        return tuple(own)

    def columns_of(self, source: Source) -> tuple[ColumnUse, ...]:
        """Give where a source's columns are named in this scope or in one within it."""
        own = [each for each in self.columns if each.source is source]
        for child in self.children:
            own += child.columns_of(source)
        return tuple(own)

    def walk(self) -> Iterator[Scope]:
        """Give this scope and all within it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A statement, resolved."""

    parsed: Parsed
    target: Target
    kind: Kind
    root: Scope | None = None
    scopes: tuple[Scope, ...] = ()
    """All of them, each after those around it."""

    written: Source | None = None
    """The table that it writes to."""

    inserted: tuple[str, ...] | None = None
    """The columns that INSERT names, folded; None where it names none."""

    def text(self, span: Span) -> str:
        """Give what was written at a span."""
        return self.parsed.statement.text[span[0] : span[1]]
