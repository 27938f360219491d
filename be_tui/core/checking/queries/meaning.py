"""Statements that run, but do not do what they seem to: NULLs, joins, days, groups."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.model import Change, Remark, covers_key
from be_tui.core.checking.open_ends import has_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.checking.model import Detector, Look
    from be_tui.core.queries import ColumnUse, Condition, Scope, Source

_REJECTING = frozenset({"=", "<>", "<", "<=", ">", ">=", "in", "between", "like", "ilike", "true"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LAST_SECOND = re.compile(r"\d{4}-\d\d-\d\d[ T]23:59(:59)?(\.9+)?")


def equals_null(look: Look) -> Iterator[Remark]:
    """Find `= NULL` and `<> NULL`, which are true for no row."""
    for scope in look.scopes:
        for top in scope.conditions:
            for condition in top.walk():
                sides = (condition.left, *condition.right)
                if condition.operator not in {"=", "<>"} or len(condition.right) != 1:
                    continue
                if not any(side and side.kind == "null" for side in sides):
                    continue
                text = look.query.text(condition.span)
                found = re.search(r"(<>|!=|==?)\s*NULL\b", text, re.I)
                word = "IS NULL" if found and found[1] in {"=", "=="} else "IS NOT NULL"
                changes: tuple[Change, ...] = ()
                if found and text.upper().count("NULL") == 1:
                    start = condition.span[0] + found.start()
                    changes = (Change((start, start + len(found[0])), word),)
                said = f"`{look.said(condition.span)}` is never true; write {word}"
                yield Remark("sql-equals-null", condition.span, said, changes)


def not_in_nullable(look: Look) -> Iterator[Remark]:
    """Find NOT IN over a list with NULL, or a subquery whose column may be NULL."""
    for scope in look.scopes:
        for top in scope.conditions:
            for condition in top.walk():
                inner = condition.scope
                if condition.operator != "in" or not condition.negated:
                    continue
                if any(side.kind == "null" for side in condition.right):
                    said = "NULL stands in the list of NOT IN: no row is found"
                    yield Remark("sql-not-in-nullable", condition.span, said)
                if inner is None:
                    continue
                if not inner.outputs or not _may_be_null(inner):
                    continue
                name = inner.outputs[0].name or "it"
                said = f"if one {name} of the subquery is NULL, no row is found"
                yield Remark("sql-not-in-nullable", condition.span, said)


def _may_be_null(inner: Scope) -> bool:
    """Tell whether a subquery's column may be NULL by the schema, and no filter forbids it."""
    if inner.operator:
        return any(_may_be_null(arm) for arm in inner.children if arm.use == "arm" and arm.outputs)
    use = inner.outputs[0].column
    if use is None or use.nullable is not True:
        return False
    for condition in inner.conditions:
        left = condition.left
        mine = left and left.column and left.column.source is use.source
        if mine and left and left.column and left.column.name == use.name and left.kind == "column":
            if condition.operator == "is null" and condition.negated:
                return False
            if condition.operator in _REJECTING and not (
                condition.operator == "in" and condition.negated
            ):
                return False
        for side in condition.right:
            other = side.column if side.kind == "column" else None
            same = other and other.name == use.name and other.source is use.source
            if same and condition.operator == "=":
                return False
    return True


def left_join_undone(look: Look) -> Iterator[Remark]:
    """Find LEFT JOINs whose missing rows WHERE throws away again."""
    for scope in look.scopes:
        for condition in scope.where:
            left = condition.left
            if condition.operator not in _REJECTING or left is None or left.kind != "column":
                continue
            use = left.column
            if use is None or use.outer or use.source is None or use.source.kind != "left":
                continue
            source = use.source
            if any(each is source for each in scope.sources):
                said = (
                    f"this drops the rows that LEFT JOIN {source.name or source.alias}"
                    " keeps: it is an inner join"
                )
                yield Remark("sql-left-join-undone", condition.span, said)
                break


def between_timestamps(look: Look) -> Iterator[Remark]:
    """Find BETWEEN on a time whose end is a bare day, or the last second of one."""
    for scope in look.scopes:
        for top in scope.conditions:
            for condition in top.walk():
                left = condition.left
                if condition.operator != "between" or left is None or left.kind != "column":
                    continue
                kind = left.column.type if left.column else None
                if kind is None or kind.family != "timestamp":
                    continue
                end = condition.right[1].value or ""
                if _DAY.fullmatch(end):
                    said = f"the end is {end} at midnight: what happens later that day is left out"
                elif _LAST_SECOND.fullmatch(end):
                    said = f"what happens after {end[11:]} is left out"
                else:
                    continue
                yield Remark("sql-between-timestamps", condition.span, said)


def contradiction(look: Look) -> Iterator[Remark]:
    """Find a column that must have two different values at once."""
    for scope in look.scopes:
        for conditions in _groups(scope):
            seen: dict[tuple[int, str], str] = {}
            for condition in conditions:
                use, value = _fixed(condition)
                if use is None or use.source is None or value is None:
                    continue
                before = seen.setdefault((id(use.source), use.name), value)
                if before != value:
                    said = f"{use.name} cannot be {before} and {value} at once: no row is found"
                    yield Remark("sql-contradiction", condition.span, said)


def _groups(scope: Scope) -> Iterator[tuple[Condition, ...]]:
    yield scope.where
    for condition in scope.where:
        yield from (arm for each in condition.walk() for arm in each.arms if not each.negated)


def _fixed(condition: Condition) -> tuple[ColumnUse | None, str | None]:
    left = condition.left
    if condition.operator != "=" or condition.negated or not left or left.kind != "column":
        return None, None
    side = condition.right[0]
    if side.kind != "literal" or side.wrappers or side.value is None:
        return None, None
    value = side.value
    return left.column, str(float(value)) if re.fullmatch(r"\d+(\.\d+)?", value) else repr(value)


def cartesian(look: Look) -> Iterator[Remark]:
    """Find sources that nothing joins to the others."""
    for scope in look.scopes:
        if len(scope.sources) <= 1 or (
            scope.use == "written" and look.query.kind in {"insert", "merge"}
        ):
            continue
        alone = _unjoined(look, scope)
        if alone is not None:
            name = alone.alias or alone.name
            said = f"nothing joins {name} to the other tables: each row is paired with all of its"
            yield Remark("sql-cartesian-join", alone.span, said)


def _unjoined(look: Look, scope: Scope) -> Source | None:
    """Give a source that no condition connects, where that is not what was asked for."""
    sources = [each for each in scope.sources if each.alias != "excluded"]
    if any(use.source is None for use in scope.columns) or any(s.is_templated for s in sources):
        return None
    if any(not c.columns and has_marks(look.query.text(c.span)) for c in scope.conditions):
        # A template puts in conditions, which may be those that join.
        return None
    if any(s.is_cte and s.scope and isinstance(s.scope.node, exp.DML) for s in sources):
        # A statement that writes goes along, for what it does and not for its rows.
        return None
    parent = {id(each): id(each) for each in sources}

    def top(key: int) -> int:
        while parent[key] != key:
            key = parent[key]
        return key

    for condition in scope.conditions:
        met = [id(use.source) for use in condition.columns if id(use.source) in parent]
        inner = condition.scope or None
        outer = inner.correlated if inner else ()
        met += [id(each.source) for each in outer if id(each.source) in parent]
        for one, other in pairwise(met):
            parent[top(one)] = top(other)
    first = sources[0]
    for source in sources:
        asked = source.kind in {"cross"} or source.is_function or source.is_lateral
        natural = source.kind == "inner" and not scope.on(source)
        if asked or natural or (not source.name and source.scope is None):
            parent[top(id(source))] = top(id(first))
    loose = [s for s in sources if top(id(s)) != top(id(first))]
    if not loose or sum(not look.is_one_row(scope, s) for s in sources) <= 1:
        return None
    plain = [s for s in loose if not look.is_one_row(scope, s)]
    if not plain or (look.is_one_row(scope, first) and len({top(id(s)) for s in plain}) == 1):
        return None
    if any(s.is_cte and s.scope and _gives_one(look, s.scope) for s in plain):
        return None
    return plain[0]


def _gives_one(look: Look, scope: Scope) -> bool:
    if len(scope.sources) == 1 and look.is_one_row(scope, scope.sources[0]):
        return True
    limited = scope.limit is not None and scope.limit.value == 1
    return limited or not scope.sources or (scope.aggregates and not scope.groups)


def ungrouped(look: Look) -> Iterator[Remark]:
    """Find columns beside aggregates that are not grouped by."""
    for scope in look.scopes:
        if (not scope.groups and not scope.aggregates) or scope.operator:
            continue
        if any(
            group.column is None and group.output is None and not group.columns
            for group in scope.groups
        ):
            continue
        grouped = {
            (id(source), use.name)
            for group in scope.groups
            for use in (*group.columns, *((group.column,) if group.column else ()))
            for source in (use.candidates or (use.source,))
        }
        if _takes_extreme(look, scope):
            continue
        for output in scope.outputs:
            use = output.column
            if (
                use is None
                or use.source is None
                or use.outer
                or not use.certain
                or use.table is None
            ):
                continue
            if (id(use.source), use.name) in grouped or _follows(scope, use, grouped):
                continue
            said = f"{use.name} is neither grouped by nor aggregated"
            yield Remark("sql-ungrouped-column", use.span, said)
            break


def _takes_extreme(look: Look, scope: Scope) -> bool:
    """Tell whether SQLite takes the bare columns from the row of the one MIN or MAX."""
    if look.target.engine != "sqlite":
        return False
    nodes = [output.node for output in scope.outputs]
    having = scope.node.args.get("having")
    nodes += [having] if having is not None else []
    found = [each for node in nodes for each in node.find_all(exp.AggFunc)]
    return len(found) == 1 and isinstance(found[0], exp.Min | exp.Max)


def _follows(scope: Scope, use: ColumnUse, grouped: set[tuple[int, str]]) -> bool:
    """Tell whether a grouped key of its table, or an equality with a grouped column, fixes it."""
    source = use.source
    if source is None or source.table is None:
        return True
    names = {name for key, name in grouped if key == id(source)}
    for condition in scope.conditions:
        if (
            condition.operator == "="
            and condition.left
            and condition.left.column
            and condition.right
        ):
            left, side = condition.left.column, condition.right[0]
            right = side.column if side.kind == "column" else None
            if left.source is source and (
                side.kind in {"literal", "parameter"}
                or (right and (id(right.source), right.name) in grouped)
            ):
                names.add(left.name)
            if right and right.source is source and (id(left.source), left.name) in grouped:
                names.add(right.name)
    return use.name in names or covers_key(source.table, frozenset(names))


def set_and(look: Look) -> Iterator[Remark]:
    """Find `SET a = 1 AND b = 2`, which sets one column to a truth value."""
    for scope in look.scopes:
        for each in scope.assignments:
            value = each.node.args.get("expression")
            if isinstance(value, exp.And) and isinstance(value.expression, exp.EQ):
                kind = each.column.type
                if kind is None or kind.family != "boolean":
                    said = (
                        f"AND makes this one condition: only {each.column.name} is set, to"
                        " true or false"
                    )
                    yield Remark("sql-set-and", each.column.span, said)


def distinct_fan_out(look: Look) -> Iterator[Remark]:
    """Find DISTINCT that removes what a join multiplied, or what never repeats."""
    for scope in look.scopes:
        if not scope.distinct or scope.distinct_on or scope.groups or not scope.outputs:
            continue
        uses = [output.column for output in scope.outputs]
        sources = {id(use.source): use.source for use in uses if use and use.source}
        if any(use is None for use in uses) or len(sources) != 1:
            continue
        (source,) = sources.values()
        names = frozenset(use.name for use in uses if use)
        if not _has_whole_key(source, names):
            continue
        first = next(use.span for use in uses if use)
        span = _word_before(look, "DISTINCT", first)
        if len(scope.sources) == 1:
            yield Remark("sql-distinct-key", span, f"{source.alias} gives each key once already")
        elif all(each.kind in {"from", "inner", "left", "comma"} for each in scope.sources):
            others = [each for each in scope.sources if each is not source]
            if not all(_joins_by_key(scope, each) for each in others):
                said = f"DISTINCT takes back what the join with {others[0].alias} multiplied"
                yield Remark("sql-distinct-fan-out", span, said)


def _word_before(look: Look, word: str, span: tuple[int, int]) -> tuple[int, int]:
    """Give where a word last stood before a span."""
    for token in reversed(look.query.parsed.tokens):
        if token.start < span[0] and token.text.upper() == word:
            return token.start, token.end + 1
    return span


def _has_whole_key(source: Source, names: frozenset[str]) -> bool:
    """Tell whether a key without NULLs is among columns."""
    table = source.table
    if table is None:
        return False
    for key in table.unique_sets:
        columns = [table.column(name) for name in key]
        if key <= names and all(column and not column.nullable for column in columns):
            return True
    return False


def _joins_by_key(scope: Scope, source: Source) -> bool:
    """Tell whether at most one row of a source joins each row of the others."""
    if source.table is None:
        return False
    names = set()
    for condition in scope.conditions:
        if condition.operator != "=" or not condition.left or not condition.right:
            continue
        for one in (condition.left, condition.right[0]):
            if one.kind == "column" and one.column and one.column.source is source:
                names.add(one.column.name)
    return covers_key(source.table, frozenset(names))


DETECTORS: Mapping[str, Detector] = {
    "sql-equals-null": equals_null,
    "sql-not-in-nullable": not_in_nullable,
    "sql-left-join-undone": left_join_undone,
    "sql-between-timestamps": between_timestamps,
    "sql-contradiction": contradiction,
    "sql-cartesian-join": cartesian,
    "sql-ungrouped-column": ungrouped,
    "sql-set-and": set_and,
    "sql-distinct-fan-out": distinct_fan_out,
    "sql-distinct-key": distinct_fan_out,
}
