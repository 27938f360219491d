"""Takes off what PostgreSQL adds to the expressions that it keeps: casts that change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlglot import exp

_TEXTS = frozenset({"TEXT", "VARCHAR", "CHAR", "BPCHAR", "NAME"})
_NUMBERS = frozenset({"DECIMAL", "DOUBLE", "FLOAT", "BIGINT", "INT", "SMALLINT"})


def plainer(columns: frozenset[str] = frozenset()) -> Callable[[exp.Expr], exp.Expr]:
    """Give what takes the casts off a statement's tree.

    Args:
        columns: Those that are cast to text wherever they are compared, as they are of a kind
            of text themselves.
    """
    from sqlglot import exp

    def change(node: exp.Expr) -> exp.Expr:
        match node:
            case exp.Cast():
                return _uncast(node, columns)
            case exp.EQ() if isinstance(node.expression, exp.Any):
                return _among(node)
            case _:
                return node

    def whole(tree: exp.Expr) -> exp.Expr:
        # From below, so that a cast of a cast goes too.
        for node in reversed(list(tree.walk())):
            made = change(node)
            if made is not node:
                node.replace(made)
        for node in list(tree.find_all(exp.DefaultColumnConstraint)):
            _bare_default(node)
        return tree

    return whole


def _inner(node: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _uncast(node: exp.Expr, columns: frozenset[str]) -> exp.Expr:
    from sqlglot import exp

    kind = node.args["to"]
    name = getattr(kind.this, "value", "")
    inner = _inner(node.this)
    if isinstance(inner, exp.Literal):
        # Of the others, a date for one, the cast says what the text means.
        return inner if name in (_TEXTS if inner.is_string else _NUMBERS) else node
    if isinstance(inner, exp.Column):
        return inner if name in _TEXTS and inner.name in columns else node
    array = isinstance(inner, exp.Array) and name == "ARRAY"
    return inner if array else node


def _among(node: exp.Expr) -> exp.Expr:
    """Give `a IN (1, 2)` for `a = ANY (ARRAY[1, 2])`."""
    from sqlglot import exp

    array = _inner(node.expression.this)
    if not isinstance(array, exp.Array) or not array.expressions:
        return node
    return exp.In(this=node.this, expressions=list(array.expressions))


def _bare_default(node: exp.Expr) -> None:
    """Take the cast off a default that is a literal: the column's type says the same."""
    from sqlglot import exp

    inner = _inner(node.this)
    if isinstance(inner, exp.Cast) and isinstance(_inner(inner.this), exp.Literal):
        node.set("this", _inner(inner.this))
