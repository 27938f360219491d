"""Whether two SELECTs can give the same row: by what each keeps, or by a constant of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

from sqlglot import exp

from be_tui.core.rewrites.facts import alike, is_own, keys, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import ColumnUse, Condition, Output, Scope, Side
    from be_tui.core.rewrites.look import Look

Value = tuple[Literal["number", "text", "truth"], Decimal | str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a condition keeps of a column."""

    operator: str
    values: tuple[Value, ...]
    said: str


def disjoint(look: Look, one: Scope, other: Scope) -> str:
    """Tell why two arms of a UNION give no row in common; empty where they may."""
    if len(one.outputs) != len(other.outputs) or one.stars != () or other.stars != ():
        return ""
    pairs = list(zip(one.outputs, other.outputs, strict=True))
    for first, second in pairs:
        values = (_constant(first), _constant(second))
        if values[0] and values[1] and _differ(values[0], values[1]):
            return f"where one gives {values[0][1]!s}, the other gives {values[1][1]!s}"
    for left, right in _corresponding(look, pairs):
        for mine in _kept(look, one, left):
            for yours in _kept(look, other, right):
                if _contradict(mine, yours):
                    return f"`{mine.said}` and `{yours.said}` never hold together"
    return ""


def _corresponding(
    look: Look, pairs: list[tuple[Output, Output]]
) -> Iterator[tuple[ColumnUse, ColumnUse]]:
    """Give columns that are equal where the rows are: at one place, or behind a key there."""
    uses = [(a.column, b.column) for a, b in pairs if a.column is not None and b.column is not None]
    for left, right in uses:
        if is_own(left) and is_own(right) and alike(left.column, right.column, look.target.engine):
            yield left, right
    for left, right in uses:
        table = left.table
        if table is None or table is not right.table or not (is_own(left) and is_own(right)):
            continue
        places = {
            a.name
            for a, b in uses
            if a.source is left.source and b.source is right.source and a.name == b.name
        }
        if any(columns <= places for columns, _ in keys(table)):
            yield from _all_of(look, left, right)


def _all_of(look: Look, left: ColumnUse, right: ColumnUse) -> Iterator[tuple[ColumnUse, ColumnUse]]:
    """Give each column of two sources that hold the same row, where a condition names it."""
    mine = [each for scope in look.query.scopes for each in scope.columns if _of(each, left)]
    yours = [each for scope in look.query.scopes for each in scope.columns if _of(each, right)]
    for one in mine:
        for other in yours:
            if one.name == other.name:
                yield one, other


def _of(use: ColumnUse, other: ColumnUse) -> bool:
    return use.source is other.source


def _kept(look: Look, scope: Scope, use: ColumnUse) -> Iterator[_Kept]:
    """Give what a scope's conditions keep of a column."""
    for each in scope.where:
        kept = _read(look, each, use)
        if kept is not None:
            yield kept


def _read(look: Look, condition: Condition, use: ColumnUse) -> _Kept | None:
    left = condition.left
    if left is None or left.kind != "column" or not same(left.column, use) or condition.scope:
        return None
    said = look.said(condition.span)
    operator: str = condition.operator
    if operator in {"is null", "is true", "is false", "true"}:
        return _Kept(f"not {operator}" if condition.negated else operator, (), said)
    if condition.negated:
        if operator not in {"=", "in"}:
            return None
        operator = {"=": "<>", "in": "not in"}[operator]
    values = tuple(_value(side) for side in condition.right)
    if not values or any(each is None for each in values):
        return None
    return _Kept(operator, tuple(each for each in values if each is not None), said)


def _constant(output: Output) -> Value | None:
    node = output.node.this if isinstance(output.node, exp.Alias) else output.node
    if not isinstance(node, exp.Literal):
        return None
    return ("text", node.name) if node.is_string else _number(node.name)


def _value(side: Side) -> Value | None:
    if side.kind != "literal" or side.value is None or side.wrappers:
        return None
    if side.is_text:
        return "text", side.value
    if side.value in {"true", "false"}:
        return "truth", side.value
    return _number(side.value)


def _number(said: str) -> Value | None:
    try:
        return "number", Decimal(said)
    except InvalidOperation:
        return None


def _differ(one: Value, other: Value) -> bool:
    """Tell whether two values differ by whatever rule of comparing."""
    if one[0] != other[0]:
        return False
    if one[0] == "text":
        first, second = str(one[1]), str(other[1])
        plain = (first + second).isascii()
        return plain and first.strip().casefold() != second.strip().casefold()
    return one[1] != other[1]


def _contradict(one: _Kept, other: _Kept) -> bool:
    return _excludes(one, other) or _excludes(other, one)


_TRUTHS = {"is true": True, "true": True, "is false": False, "not true": False}


def _excludes(one: _Kept, other: _Kept) -> bool:
    """Tell whether what the first keeps is never kept by the second."""
    if one.operator == "is null":
        return other.operator in {"=", "<>", "<", "<=", ">", ">=", "in", "not in", "not is null"}
    if one.operator in _TRUTHS and other.operator in _TRUTHS:
        return _TRUTHS[one.operator] != _TRUTHS[other.operator]
    if one.operator in {"=", "in"}:
        return all(_shuts_out(value, other) for value in one.values) and bool(one.values)
    bounds = (one.operator, other.operator)
    if bounds in {("<", ">="), ("<", ">"), ("<=", ">")}:
        low, high = other.values[0], one.values[0]
        return low[0] == high[0] == "number" and Decimal(low[1]) >= Decimal(high[1])
    return False


def _shuts_out(value: Value, kept: _Kept) -> bool:
    """Tell whether a condition never holds for a value."""
    if kept.operator in {"=", "in"}:
        return bool(kept.values) and all(_differ(value, each) for each in kept.values)
    if kept.operator in {"<>", "not in"}:
        # By whatever rule of comparing: what is written the same is the same.
        return any(each == value for each in kept.values)
    if value[0] != "number" or len(kept.values) != 1 or kept.values[0][0] != "number":
        return False
    number, bound = Decimal(value[1]), Decimal(kept.values[0][1])
    match kept.operator:
        case "<":
            return number >= bound
        case "<=":
            return number > bound
        case ">":
            return number <= bound
        case ">=":
            return number < bound
    return False
