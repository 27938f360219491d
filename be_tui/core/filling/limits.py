"""What checks say of single columns: bounds, lists, lengths, one column above another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot import exp

    from be_tui.core.schema import Table
    from be_tui.core.sqltext import Engine


@dataclass(frozen=True, slots=True)
class Limits:
    """What the values of a column must be."""

    low: Decimal | None = None
    low_open: bool = False
    """Whether the bound itself is left out."""

    high: Decimal | None = None
    high_open: bool = False
    values: tuple[str, ...] = ()
    """The only ones that there are, as text; numbers too."""

    numbers: bool = False
    """Whether those are numbers."""

    shortest: int = 0
    longest: int = 0
    """Characters of a text; 0 for any."""

    above: str = ""
    """The column that it must be greater than."""

    required: bool = False
    """Whether it is never NULL."""


FREE = Limits()


def limits(table: Table, engine: Engine) -> tuple[dict[str, Limits], tuple[str, ...]]:
    """Give the limits of a table's columns, by name, and the checks that say something else."""
    found: dict[str, Limits] = {}
    unread: list[str] = []
    for check in table.checks:
        tree = _tree(check.expression, engine)
        for part in _parts(tree) if tree is not None else ():
            said = _said(part)
            if said is None:
                unread.append(check.expression)
                break
            name, limit = said
            if name:
                found[name] = _both(found.get(name, FREE), limit)
        if tree is None:
            unread.append(check.expression)
    return found, tuple(unread)


def _tree(expression: str, engine: Engine) -> exp.Expr | None:
    from be_tui.core.sqltext import Parsed, Statement, parse

    found = parse(Statement(f"SELECT {expression}", 0, 0, 0), engine)
    return found.tree.expressions[0] if isinstance(found, Parsed) else None


def _bare(node: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    while isinstance(node, exp.Paren | exp.Cast):
        node = node.this
    return node


def _parts(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Give what must all hold."""
    from sqlglot import exp

    node = _bare(tree)
    if isinstance(node, exp.And):
        yield from _parts(node.this)
        yield from _parts(node.expression)
    elif isinstance(node, exp.Between):
        yield exp.GTE(this=node.this, expression=node.args["low"])
        yield exp.LTE(this=node.this, expression=node.args["high"])
    else:
        yield node


def _said(node: exp.Expr) -> tuple[str, Limits] | None:
    """Give a column and what is said of it; no column where nothing need be kept."""
    from sqlglot import exp

    found: tuple[str, Limits] | None = None
    match node:
        case exp.Or():
            found = _either(node)
        case exp.In() if node.expressions and isinstance(_bare(node.this), exp.Column):
            found = _listed(_bare(node.this).name, [_bare(each) for each in node.expressions])
        case exp.EQ() if isinstance(_bare(node.this), exp.Column):
            found = _listed(_bare(node.this).name, [_bare(node.expression)])
        case exp.GT() | exp.GTE() | exp.LT() | exp.LTE():
            found = _bounded(node)
        case exp.Not() if isinstance(_bare(node.this), exp.Is):
            found = _bare(_bare(node.this).this).name.casefold(), Limits(required=True)
        case exp.NEQ():
            # A made text is never empty, and one number that is left out is rarely met.
            found = "", FREE
        case exp.Like() if "@" in node.sql():
            found = "", FREE
    return found


def _either(node: exp.Expr) -> tuple[str, Limits] | None:
    """Take `a IS NULL OR ...` for what follows, and `a = 1 OR a = 2` for a list."""
    from sqlglot import exp

    arms = list(node.flatten())
    said = [_said(_bare(arm)) for arm in arms if not isinstance(_bare(arm), exp.Is)]
    kept = [each for each in said if each is not None]
    if len(kept) != len(said) or not kept or len({name for name, _ in kept}) != 1:
        return None
    if len(kept) == 1:
        return kept[0]
    if not all(limit.values for _, limit in kept):
        return None
    values = tuple(value for _, limit in kept for value in limit.values)
    return kept[0][0], replace(kept[0][1], values=values)


def _listed(name: str, values: list[exp.Expr]) -> tuple[str, Limits] | None:
    from sqlglot import exp

    if not all(isinstance(value, exp.Literal) for value in values):
        return None
    numbers = not any(value.is_string for value in values)
    return name.casefold(), Limits(values=tuple(value.name for value in values), numbers=numbers)


_TURNED = {"GT": "LT", "GTE": "LTE", "LT": "GT", "LTE": "GTE"}


def _bounded(node: exp.Expr) -> tuple[str, Limits] | None:
    from sqlglot import exp

    left, right = _bare(node.this), _bare(node.expression)
    sign = type(node).__name__
    if _number(left) is not None:
        left, right, sign = right, left, _TURNED[sign]
    if isinstance(left, exp.Column) and isinstance(right, exp.Column):
        greater, less = (left, right) if sign in ("GT", "GTE") else (right, left)
        return greater.name.casefold(), Limits(above=less.name.casefold())
    value = _number(right)
    if value is None:
        return None
    bare = sign in ("GT", "LT")
    measured = _measured(left)
    if measured is not None:
        size, name = int(value), measured.name.casefold()
        if sign in ("GT", "GTE"):
            return name, Limits(shortest=size + bare)
        return name, Limits(longest=size - bare)
    if not isinstance(left, exp.Column):
        return None
    if sign in ("GT", "GTE"):
        return left.name.casefold(), Limits(low=value, low_open=bare)
    return left.name.casefold(), Limits(high=value, high_open=bare)


def _measured(node: exp.Expr) -> exp.Expr | None:
    """Give the column whose length is told."""
    from sqlglot import exp

    inner: object = None
    if isinstance(node, exp.Length):
        inner = node.this
    elif isinstance(node, exp.Anonymous) and node.name.upper() == "OCTET_LENGTH":
        inner = node.expressions[0]
    return inner if isinstance(inner, exp.Column) else None


def _number(node: exp.Expr) -> Decimal | None:
    from sqlglot import exp

    negative = isinstance(node, exp.Neg)
    inner = _bare(node.this) if negative else node
    if not isinstance(inner, exp.Literal):
        return None
    try:
        value = Decimal(inner.name)
    except InvalidOperation:
        return None
    return -value if negative else value


def _both(one: Limits, other: Limits) -> Limits:
    """Give limits that keep to two."""
    low, low_open = one.low, one.low_open
    if other.low is not None and (low is None or other.low >= low):
        low, low_open = other.low, other.low_open or (other.low == low and low_open)
    high, high_open = one.high, one.high_open
    if other.high is not None and (high is None or other.high <= high):
        high, high_open = other.high, other.high_open or (other.high == high and high_open)
    values = one.values or other.values
    if one.values and other.values:
        values = tuple(value for value in one.values if value in other.values)
    longest = min(filter(None, (one.longest, other.longest)), default=0)
    return Limits(
        low,
        low_open,
        high,
        high_open,
        values,
        one.numbers or other.numbers,
        max(one.shortest, other.shortest),
        longest,
        other.above or one.above,
        one.required or other.required,
    )
