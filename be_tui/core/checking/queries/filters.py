"""Conditions that no index can serve, though one is there or ought to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.model import Change, Remark, is_catalogue
from be_tui.core.sqltext import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.checking.model import Detector, Look
    from be_tui.core.queries import ColumnUse, Condition, Scope, Side

_RANGES = frozenset({"=", "<", "<=", ">", ">=", "between", "in"})
_DATES = frozenset(
    {"date", "year", "month", "day", "date_trunc", "strftime", "extract", "date_format", "to_char"}
)
_MENDED = _DATES | frozenset(
    {"+", "-", "*", "/", "coalesce", "ifnull", "nvl", "isnull", "lower", "upper", "trim", "ltrim"}
    | {"rtrim", "btrim", "substr", "substring", "left", "cast", "datetime", "time", "to_timestamp"}
    | {"unix_timestamp", "from_unixtime", "to_date", "timestamp", "date_add", "date_sub", "adddate"}
    | {"datediff", "timestampdiff", "age", "julianday", "floor", "ceil", "concat", "||", "hour"}
    | {"date_part", "to_seconds", "to_days", "convert", "str_to_date", "weekday", "dayofweek"}
    | {"unaccent", "casefold", "round", "trunc", "quarter", "week", "date_bin", "subdate"}
)
"""What a range over the bare column, or an index over the expression, takes the place of."""

_NO_MATTER = frozenset({"collate", "->", "->>", "[]", "at time zone", "json_extract"})
"""What is an access to a part, and not a function that a range could replace."""

_FOLDING = frozenset({"lower", "upper"})
LARGE_LIST = 1000
"""Values of IN from which on planning them is what costs."""


def _each(look: Look) -> Iterator[tuple[Scope, Condition]]:
    for scope in look.scopes:
        for top in scope.conditions:
            if top.clause != "having":
                for condition in top.walk():
                    yield scope, condition


def function_on_column(look: Look) -> Iterator[Remark]:
    """Find functions, casts and sums around a column that an index holds bare."""
    for scope, condition in _each(look):
        if condition.operator not in _RANGES or condition.negated:
            continue
        for side in (condition.left, *condition.right):
            if side is None or side.kind != "wrapped" or side.column is None:
                continue
            source = side.column.source
            narrow = source is not None and look.is_one_row(scope, source)
            if not narrow and _defeats(look, side, side.column):
                said = f"`{look.said(side.span)}` keeps an index on {side.column.name} from use"
                yield Remark("sql-function-on-column", side.span, said)


def _defeats(look: Look, side: Side, use: ColumnUse) -> bool:
    names = [name for name in side.wrappers if name != "cast" and "_or_ds_" not in name]
    if not all(name in _MENDED for name in names):
        return False
    if any(name in _NO_MATTER for name in side.wrappers) or side.node.find(exp.AggFunc):
        return False
    if not names and not (use.type and use.type.family == "timestamp"):
        # A cast of text may be free, or needed; that of a time to a date is neither.
        return False
    if look.target.is_mysql and names and names[0] in {"date", "year"}:
        mended = look.target.engine == "mariadb" and look.target.since(11, 1)
        if mended:
            return False
    if look.target.engine == "sqlite" and set(names) <= _FOLDING and _is_nocase(use):
        return False
    if use.table is None:
        dated = bool(names) and names[0] in _DATES
        return dated and use.name not in {"", "*"} and not use.missing and use.source is not None
    return look.indexed(use) and not _has_expression_index(look, side, use)


def _is_nocase(use: ColumnUse) -> bool:
    return bool(use.column and use.column.collation.lower() == "nocase")


def _has_expression_index(look: Look, side: Side, use: ColumnUse) -> bool:
    wanted = _plain(look.query.text(side.span))
    for index in use.table.indexes if use.table else ():
        first = index.parts[0] if index.parts else None
        if first and not first.column and _plain(first.expression) == wanted:
            return True
    return False


def _plain(expression: str) -> str:
    """Give an expression without blanks, brackets, quotes and table names, to compare by."""
    unqualified = re.sub(r"\b\w+\.|[\"`]\w+[\"`]\.", "", expression.lower())
    bare = re.sub(r"[\s()\"`']+|::\w+", "", unqualified)
    return re.sub(r"timestamp_trunc|date_trunc", "trunc", bare)


def text_as_number(look: Look) -> Iterator[Remark]:
    """Find text compared with a number: MySQL converts every row, PostgreSQL refuses."""
    for _, condition in _each(look):
        left = condition.left
        if left is None or left.kind != "column" or not left.column or not left.column.type:
            continue
        if left.column.type.family != "text" or condition.operator not in _RANGES:
            continue
        for side in condition.right:
            if side.kind != "literal" or side.is_text or side.wrappers or side.value in _TRUTHS:
                continue
            name = left.column.name
            change = (Change(side.span, f"'{side.value}'"),)
            if look.target.is_mysql:
                said = (
                    f"{name} is text: each row is turned into a number to compare it with"
                    f" {side.value}"
                )
                yield Remark("sql-text-as-number", side.span, said, change)
            elif look.target.engine == "postgresql":
                said = (
                    f"{name} is {left.column.type}: it cannot be compared with the number"
                    f" {side.value}"
                )
                yield Remark("sql-type-mismatch", side.span, said, change)


_TRUTHS = frozenset({"true", "false", None})


def numeric_constant(look: Look) -> Iterator[Remark]:
    """Find whole-number columns compared with a decimal: PostgreSQL converts the column."""
    if look.target.engine != "postgresql":
        return
    for _, condition in _each(look):
        left = condition.left
        if left is None or left.kind != "column" or not left.column or not left.column.type:
            continue
        if left.column.type.family != "integer" or not look.indexed(left.column):
            continue
        for side in condition.right:
            text = look.query.text(condition.span).lower()
            decimal = side.kind == "literal" and not side.is_text and "." in (side.value or "")
            cast = side.kind in {"literal", "parameter"} and re.search(
                r"::\s*(numeric|decimal|float\w*|double precision|real)\b", text
            )
            if decimal or cast:
                said = (
                    f"{left.column.name} is {left.column.type}; compared with a decimal,"
                    " every row is converted"
                )
                yield Remark("sql-numeric-constant", side.span, said)


def joined_types(look: Look) -> Iterator[Remark]:
    """Find joins over columns whose types have to be converted to each other."""
    for _, condition in _each(look):
        left, right = condition.left, condition.right
        if condition.operator != "=" or left is None or len(right) != 1:
            continue
        if left.kind != "column" or right[0].kind != "column":
            continue
        one, other = left.column, right[0].column
        if not one or not other or not one.type or not other.type:
            continue
        families = {one.type.family, other.type.family}
        if families in ({"text", "integer"}, {"text", "uuid"}, {"text", "decimal"}):
            if look.target.engine == "sqlite":
                continue
            refused = look.target.engine == "postgresql"
            comes = "PostgreSQL refuses it" if refused else "one is converted row by row"
            said = f"{one.name} is {one.type}, {other.name} is {other.type}: {comes}"
            yield Remark("sql-joined-types", condition.span, said)


def leading_wildcard(look: Look) -> Iterator[Remark]:
    """Find LIKE patterns that begin with a wildcard, where no index of trigrams serves them."""
    for scope, condition in _each(look):
        if condition.operator not in {"like", "ilike", "glob"} or condition.negated:
            continue
        side = condition.right[0] if condition.right else None
        left = condition.left
        if side is None or left is None or left.column is None or side.value is None:
            continue
        start = "*?" if condition.operator == "glob" else "%_"
        if side.value[:1] not in tuple(start) or not side.is_text or is_templated(side.value):
            continue
        source = left.column.source
        if _has_search_index(left.column) or (source and look.is_one_row(scope, source)):
            continue
        if source is not None and is_catalogue(source):
            continue
        said = (
            f"`{look.said(side.span)}` begins with a wildcard: every value of"
            f" {left.column.name} is read"
        )
        yield Remark("sql-leading-wildcard", side.span, said)


def _has_search_index(use: ColumnUse) -> bool:
    for index in use.table.indexes if use.table else ():
        holds = use.name in index.columns or any(
            use.name in part.expression for part in index.parts
        )
        if holds and index.method in {"gin", "gist", "fulltext", "rum", "pgroonga"}:
            return True
    return False


def large_list(look: Look) -> Iterator[Remark]:
    """Find IN with very many values."""
    for _, condition in _each(look):
        if condition.operator == "in" and len(condition.right) > LARGE_LIST:
            said = f"IN holds {len(condition.right):,} values"
            yield Remark("sql-large-list", condition.span, said)


def or_unindexed(look: Look) -> Iterator[Remark]:
    """Find OR of which one arm has an index and another none, so that neither is used."""
    for scope in look.scopes:
        for condition in scope.where:
            if condition.operator != "or" or condition.negated:
                continue
            uses = [_arm_column(arm) for arm in condition.arms]
            if any(use is None for use in uses):
                continue
            known = [use for use in uses if use is not None]
            names = {(id(use.source), use.name) for use in known}
            if len(names) == 1 or any(use.table is None for use in known):
                continue
            others = [each for each in scope.where if each is not condition]
            if any(each.left and look.indexed(each.left.column) for each in others):
                continue
            bare = [use for use in known if not look.indexed(use)]
            if bare and len(bare) < len(known):
                said = (
                    f"no index leads to {bare[0].name}, so the one on"
                    f" {_first_other(known, bare)} cannot be used either"
                )
                yield Remark("sql-or-unindexed", condition.span, said)


def _first_other(known: list[ColumnUse], bare: list[ColumnUse]) -> str:
    return next(use.name for use in known if all(use is not each for each in bare))


def _arm_column(arm: tuple[Condition, ...]) -> ColumnUse | None:
    """Give the column of an arm that is one condition which an index could serve."""
    if len(arm) != 1 or arm[0].negated or arm[0].operator not in _RANGES:
        return None
    left = arm[0].left
    plain = (
        left is not None
        and left.kind == "column"
        and all(not side.columns for side in arm[0].right)
    )
    return left.column if left and plain else None


def row_comparison(look: Look) -> Iterator[Remark]:
    """Find rows compared by < or >, of which MySQL makes no range."""
    if not look.target.is_mysql:
        return
    for _, condition in _each(look):
        left = condition.left
        ordered = condition.operator in {"<", "<=", ">", ">="}
        if ordered and left and left.kind == "row" and left.columns:
            said = f"`{look.said(condition.span)}` is not read as a range of an index"
            yield Remark("sql-row-comparison", condition.span, said)


def null_safe(look: Look) -> Iterator[Remark]:
    """Find IS NOT DISTINCT FROM, which no index of PostgreSQL serves."""
    if look.target.engine != "postgresql":
        return
    for _, condition in _each(look):
        if condition.operator == "is not distinct from" and not condition.negated:
            left = condition.left
            if left and left.kind == "column" and look.indexed(left.column):
                said = (
                    "IS NOT DISTINCT FROM does not use the index on"
                    f" {left.column.name if left.column else ''}"
                )
                yield Remark("sql-null-safe-equality", condition.span, said)


def array_member(look: Look) -> Iterator[Remark]:
    """Find `$1 = ANY (column)`, which an index over the array's members does not serve."""
    if look.target.engine != "postgresql":
        return
    for scope, condition in _each(look):
        left = condition.left
        use = left.column if left else None
        if condition.operator != "holds" or condition.negated or use is None or use.table is None:
            continue
        narrow = use.source is not None and look.is_one_row(scope, use.source)
        index = next(
            (
                each
                for each in use.table.indexes
                if each.method == "gin" and use.name in each.columns
            ),
            None,
        )
        if index is not None and not narrow:
            said = f"`= ANY ({use.name})` does not use {index.name or 'the index on its members'}"
            yield Remark("sql-array-member", condition.span, said)


def cte_fence(look: Look) -> Iterator[Remark]:
    """Find conditions that a CTE keeps away from an index: PostgreSQL computes all of it first."""
    if look.target.engine != "postgresql":
        return
    read = [id(source.scope) for scope in look.scopes for source in scope.sources if source.is_cte]
    for scope in look.scopes:
        for condition in scope.where:
            use = condition.left.column if condition.left else None
            source = use.source if use else None
            if use is None or source is None or source.scope is None or not source.is_cte:
                continue
            if condition.operator not in _RANGES or condition.negated or not look.indexed(use):
                continue
            constant = all(side.kind in {"literal", "parameter"} for side in condition.right)
            plain = condition.left is not None and condition.left.kind == "column"
            once = read.count(id(source.scope)) == 1
            if once and plain and constant and _is_fence(look, source.scope):
                said = (
                    f"all of {source.name} is computed before {use.name} is looked at: the index on"
                    " it is of no use"
                )
                yield Remark("sql-cte-fence", condition.span, said)


def _is_fence(look: Look, cte: Scope) -> bool:
    """Tell whether a CTE is computed by itself, though it could be made a part of what reads it."""
    if cte.aggregates or cte.groups or cte.distinct or cte.limit or cte.windows or cte.operator:
        return False
    if cte.recursive or cte.locks or not isinstance(cte.node, exp.Select):
        return False
    version = look.target.version
    return cte.materialised is True or (
        cte.materialised is None and bool(version) and version < _INLINED
    )


_INLINED = (12,)
"""The version of PostgreSQL from which on a CTE that is read once is made a part of the query."""

DETECTORS: Mapping[str, Detector] = {
    "sql-function-on-column": function_on_column,
    "sql-text-as-number": text_as_number,
    "sql-type-mismatch": text_as_number,
    "sql-numeric-constant": numeric_constant,
    "sql-joined-types": joined_types,
    "sql-leading-wildcard": leading_wildcard,
    "sql-large-list": large_list,
    "sql-or-unindexed": or_unindexed,
    "sql-row-comparison": row_comparison,
    "sql-null-safe-equality": null_safe,
    "sql-array-member": array_member,
    "sql-cte-fence": cte_fence,
}
