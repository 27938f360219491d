"""Conditions that compare a column with literals, and what they say of its values."""

from __future__ import annotations

from typing import Any

Value = str | int | float
"""A literal that can be compared with others of its column; texts and times as they are written."""


class Unknown:
    """A value that is not a literal."""


def literal(node: Any) -> Value | Unknown | None:  # noqa: ANN401 (a message)
    """Give the value of a literal; NULL is none."""
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return literal(node.type_cast.arg)
    if kind != "a_const":
        return Unknown()
    constant = node.a_const
    which = constant.WhichOneof("val")
    if constant.isnull:
        return None
    if which == "ival":
        return int(constant.ival.ival)
    if which == "fval":
        return float(constant.fval.fval)
    if which == "sval":
        return str(constant.sval.sval)
    return Unknown()


def less(one: Value, two: Value) -> bool:
    """Compare two literals of a column; times are written so that they compare as texts."""
    if isinstance(one, str) and isinstance(two, str):
        return one < two
    if isinstance(one, str) or isinstance(two, str):
        return False
    return one < two


def conjuncts(node: Any) -> list[Any]:  # noqa: ANN401 (a message)
    """Give what must hold together."""
    from postgast import pg_query_pb2 as pb

    if node.WhichOneof("node") == "bool_expr" and node.bool_expr.boolop == pb.AND_EXPR:
        return [inner for each in node.bool_expr.args for inner in conjuncts(each)]
    return [node]


def comparison(node: Any, name: str) -> tuple[str, Value | frozenset[Value] | None]:  # noqa: ANN401
    """Give the operator and the literal that a column is compared with."""
    if node.WhichOneof("node") != "a_expr":
        return "", None
    compared = node.a_expr
    left = compared.lexpr
    if left.WhichOneof("node") == "type_cast":
        left = left.type_cast.arg
    if left.WhichOneof("node") != "column_ref":
        return "", None
    if left.column_ref.fields[-1].string.sval.casefold() != name:
        return "", None
    operator = compared.name[0].string.sval
    right = compared.rexpr
    listed = _listed(right)
    if operator == "=" and listed is not None:
        return "in", listed
    value = literal(right)
    return (operator, value) if isinstance(value, str | int | float) else ("", None)


def _listed(node: Any) -> frozenset[Value] | None:  # noqa: ANN401 (a message)
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return _listed(node.type_cast.arg)
    if kind == "list":
        items = node.list.items
    elif kind == "a_array_expr":
        items = node.a_array_expr.elements
    else:
        return None
    values = [literal(each) for each in items]
    plain = [each for each in values if isinstance(each, str | int | float)]
    return frozenset(plain) if len(plain) == len(values) else None


def widens(before: Any, after: Any) -> bool:  # noqa: ANN401 (messages)
    """Tell whether a condition allows all that another did: a longer list of the same column."""
    one, two = before.a_expr, after.a_expr
    if before.WhichOneof("node") != "a_expr" or after.WhichOneof("node") != "a_expr":
        return False
    name = _column(two.lexpr)
    if not name or name != _column(one.lexpr):
        return False
    operator, old = comparison(before, name)
    other, new = comparison(after, name)
    if operator == "=" and isinstance(old, str | int | float):
        operator, old = "in", frozenset({old})
    return (
        (operator, other) == ("in", "in")
        and isinstance(old, frozenset)
        and isinstance(new, frozenset)
        and old <= new
    )


def _column(node: Any) -> str:  # noqa: ANN401 (a message)
    while node.WhichOneof("node") == "type_cast":
        node = node.type_cast.arg
    if node.WhichOneof("node") != "column_ref":
        return ""
    return str(node.column_ref.fields[-1].string.sval).casefold()
