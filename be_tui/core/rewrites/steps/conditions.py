"""Steps on single conditions: functions of a column made ranges, sums, types, ORs made lists."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.rewrites.facts import is_own, named, same
from be_tui.core.rewrites.gains import worth
from be_tui.core.rewrites.look import integer, positive
from be_tui.core.rewrites.model import Change, Obligation, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import ColumnUse, Condition, Side
    from be_tui.core.rewrites.look import Look

_COMPARED = frozenset({"=", "<>", "<", "<=", ">", ">="})
_NUMERIC = frozenset({"NUMERIC", "DECIMAL"})
_LARGEST = 2**31 - 1
_FEWEST = 2
"""Values from which on a list is worth writing."""


def coalesce(look: Look) -> Iterator[Step]:
    """Take COALESCE off a column where the comparison says the same without it."""
    for scope in look.query.scopes:
        for condition in positive(tuple(c for c in scope.conditions if c.clause != "having")):
            step = _coalesce(look, condition)
            if step is not None:
                yield step


def _coalesce(look: Look, condition: Condition) -> Step | None:
    left, whole = condition.left, look.place(condition)
    if left is None or whole is None or left.kind != "wrapped" or condition.negated:
        return None
    node, use = _bare(left.node), left.column
    if not isinstance(node, exp.Coalesce) or use is None or _bare(node.this) is not use.node:
        return None
    if len(node.expressions) != 1 or condition.operator not in _COMPARED or not is_own(use):
        return None
    column, never = look.cut(use.span), look.never_null(use)
    obligations: tuple[Obligation, ...] = ()
    if never and not use.outer:
        changes = (Change(*look.whole(left.span), column),)
        obligations = (Obligation(f"`{named(use)}` is never NULL", never),)
    else:
        default, value = _literal(node.expressions[0]), condition.right[0]
        if condition.operator != "=" or default is None or value.kind != "literal":
            return None
        apart = _apart(look, use, default, value)
        if apart is None:
            return None
        text = f"{column} = {look.cut(value.span)}"
        changes = (Change(*whole, text if apart else f"({text} OR {column} IS NULL)"),)
    return Step(
        "rewrite-coalesce",
        f"`{look.short(whole)}` compares `{named(use)}` itself",
        changes,
        obligations,
        worth("rewrite-coalesce", look.target),
    )


def _apart(look: Look, use: ColumnUse, default: exp.Literal, value: Side) -> bool | None:
    """Tell whether two literals differ by any rule of comparing; None where that is not sure."""
    column = use.column
    if (
        column is None
        or value.value is None
        or value.wrappers
        or default.is_string != value.is_text
    ):
        return None
    if not value.is_text:
        if column.type.family != "integer" or "." in value.value + default.name:
            return None
        try:
            return int(value.value) != int(default.name)
        except ValueError:
            return None
    plain = (value.value + default.name).isascii() and column.type.name != "citext"
    if column.type.family != "text" or not plain:
        return None
    if look.engine == "sqlite" and column.collation:
        # COALESCE compares by bytes there, whatever the column's own way is.
        return None
    if value.value == default.name:
        return False
    differ = value.value.strip().casefold() != default.name.strip().casefold()
    return True if differ else None


def _bare(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _literal(node: exp.Expr) -> exp.Literal | None:
    inner = _bare(node)
    return inner if isinstance(inner, exp.Literal) else None


def arithmetic(look: Look) -> Iterator[Step]:
    """Bring a number that is added to a column to the other side."""
    for scope in look.query.scopes:
        for condition in (each for top in scope.conditions for each in top.walk()):
            step = _arithmetic(look, condition)
            if step is not None:
                yield step


def _arithmetic(look: Look, condition: Condition) -> Step | None:
    left, whole = condition.left, look.place(condition)
    if left is None or whole is None or left.kind != "wrapped" or left.column is None:
        return None
    if condition.operator not in _COMPARED or not is_own(left.column):
        return None
    node, use = _bare(left.node), left.column
    added = _added(node, use)
    value = integer(condition.right[0])
    column = use.column
    if added is None or value is None or column is None or column.type.family != "integer":
        return None
    if "unsigned" in column.type.name or abs(value - added) > _LARGEST or abs(value) > _LARGEST:
        return None
    changes = (
        Change(*look.whole(left.span), look.cut(use.span)),
        Change(*look.whole(condition.right[0].span), str(value - added)),
    )
    return Step(
        "rewrite-arithmetic",
        f"`{look.short(whole)}` compares `{named(use)}` itself",
        tuple(sorted(changes)),
        (_whole_numbers(look, use),),
        worth("rewrite-arithmetic", look.target),
    )


def _whole_numbers(look: Look, use: ColumnUse) -> Obligation:
    column, table = use.column, use.table
    fact = ""
    if column is not None and table is not None:
        kind = f"{named(use)} is of type {column.type}"
        # SQLite keeps other values in such a column too, but for the row's own number.
        key = table.primary_key
        numbered = key is not None and key.columns == (column.name.folded,) and not column.nullable
        if look.engine != "sqlite" or (numbered and column.type.declared == "integer"):
            fact = kind
    return Obligation(f"`{named(use)}` holds whole numbers only", fact)


def _added(node: exp.Expr, use: ColumnUse) -> int | None:
    """Give the number that an expression adds to a column, and does nothing else."""
    if not isinstance(node, exp.Add | exp.Sub):
        return None
    one, other = _bare(node.this), _bare(node.args["expression"])
    if other is use.node and isinstance(node, exp.Add):
        one, other = other, one
    if one is not use.node or not isinstance(other, exp.Literal) or not other.is_int:
        return None
    return int(other.name) * (1 if isinstance(node, exp.Add) else -1)


def number_type(look: Look) -> Iterator[Step]:
    """Write a whole number as one, where a column of whole numbers is compared with a fraction."""
    if look.engine != "postgresql":
        return
    for scope in look.query.scopes:
        for condition in (each for top in scope.conditions for each in top.walk()):
            left = condition.left
            if left is None or left.kind != "column" or left.column is None:
                continue
            use = left.column
            if use.column is None or not is_own(use) or use.column.type.family != "integer":
                continue
            if condition.operator not in _COMPARED or not condition.right:
                continue
            side = condition.right[0]
            whole = _whole_value(side)
            if whole is not None:
                yield Step(
                    "rewrite-number-type",
                    f"`{look.said(side.span)}` becomes {whole}, of the type of `{named(use)}`",
                    (Change(*look.whole(side.span), str(whole)),),
                    (
                        Obligation(
                            f"`{named(use)}` holds whole numbers only",
                            f"{named(use)} is of type {use.column.type}",
                        ),
                    ),
                    worth("rewrite-number-type", look.target),
                )


def _whole_value(side: Side) -> int | None:
    """Give the whole number that a side of another type is equal to."""
    if side.kind != "literal" or side.value is None:
        return None
    cast = _bare(side.node)
    if side.wrappers:
        named_type = cast.args.get("to") if isinstance(cast, exp.Cast) else None
        if side.wrappers != ("cast",) or named_type is None:
            return None
        if named_type.this.value not in _NUMERIC or named_type.expressions:
            return None
    elif side.is_text or not any(sign in side.value.lower() for sign in ".e"):
        return None
    try:
        number = Decimal(side.value)
    except InvalidOperation:
        return None
    if not number.is_finite() or number != int(number) or abs(number) > _LARGEST:
        return None
    return int(number)


def or_in(look: Look) -> Iterator[Step]:
    """Make one IN of equalities of one column that OR joins."""
    for scope in look.query.scopes:
        for condition in (each for top in scope.conditions for each in top.walk()):
            step = _or_in(look, condition)
            if step is not None:
                yield step


def _fits(use: ColumnUse, values: list[Side]) -> bool:
    """Tell whether values are of a column's kind: SQLite converts them for `=`, not for IN."""
    family = use.column.type.family if use.column and is_own(use) else "other"
    return all(
        each.kind == "literal" and family == ("text" if each.is_text else "integer")
        for each in values
    )


def _or_in(look: Look, condition: Condition) -> Step | None:
    whole = look.place(condition)
    if condition.operator != "or" or condition.negated or whole is None:
        return None
    arms = [arm[0] for arm in condition.arms if len(arm) == 1]
    if len(arms) != len(condition.arms) or len(arms) < _FEWEST:
        return None
    first = arms[0].left
    if first is None or first.kind != "column" or first.column is None:
        return None
    values: list[Side] = []
    texts: list[str] = []
    for arm in arms:
        left = arm.left
        listed = arm.operator == "in" and arm.scope is None
        if arm.negated or left is None or not (arm.operator == "=" or listed) or arm.scope:
            return None
        if left.kind != "column" or not same(left.column, first.column):
            return None
        values += arm.right
        texts += (look.value(arm, each) for each in arm.right)
    kinds = {(each.kind, each.is_text) for each in values if each.kind != "parameter"}
    plain = all(each.kind in {"literal", "parameter"} and not each.wrappers for each in values)
    plain = plain and (look.engine != "sqlite" or _fits(first.column, values))
    if not plain or len(kinds) > 1 or not all(texts):
        return None
    return Step(
        "rewrite-or-in",
        f"{len(arms)} comparisons of `{named(first.column)}` become one IN",
        (Change(*whole, f"{look.cut(first.span)} IN ({', '.join(texts)})"),),
        (),
        worth("rewrite-or-in", look.target),
    )
