"""Steps on subqueries: NOT IN, COUNT for existence, what a subquery of IN does in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.rewrites.gains import worth
from be_tui.core.rewrites.look import integer, is_limited, is_plain_select
from be_tui.core.rewrites.model import Change, Step
from be_tui.core.rewrites.steps.changes import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import ColumnUse, Condition, Scope, Source
    from be_tui.core.rewrites.layout import Block
    from be_tui.core.rewrites.look import Look

_TAKEN_WHOLE = frozenset({"in", "not in", "exists"})
"""Uses of a subquery to which neither the order nor the number of the same rows matters."""

_SOME: dict[tuple[str, int], bool] = {
    (">", 0): True,
    (">=", 1): True,
    ("<>", 0): True,
    ("=", 0): False,
    ("<", 1): False,
    ("<=", 0): False,
}
"""What comparing a COUNT asks: whether there is a row, or whether there is none."""

_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def not_in(look: Look) -> Iterator[Step]:
    """Put NOT EXISTS in the place of NOT IN (SELECT ...), where neither side is ever NULL."""
    for scope in look.query.scopes:
        for condition in (each for top in scope.where for each in top.walk()):
            step = _not_in(look, condition)
            if step is not None:
                yield step


def _not_in(look: Look, condition: Condition) -> Step | None:
    inner, left = condition.scope, condition.left
    if condition.operator != "in" or not condition.negated or inner is None or left is None:
        return None
    found = _one_column(look, inner)
    whole = look.place(condition)
    if found is None or whole is None or left.kind != "column" or left.column is None:
        return None
    block, output = found
    outer = look.qualified(left.column)
    shadow, own = _unshadowed(look, inner, left.column)
    if not outer or own is None or not (whole[0] < block.span[0] and block.span[1] < whole[1]):
        return None
    inside = _renamed(look, output, shadow, own)
    table = output.table
    if not inside or (look.engine == "sqlite" and table and not table.leads(output.name)):
        # SQLite reads the whole table for each row then, where it read it once for NOT IN.
        return None
    # A whole column with an index is looked up by SQLite as it is.
    free = look.engine == "sqlite" and not inner.where
    changes = (
        Change(whole[0], block.span[0], "NOT EXISTS ("),
        Change(block.outputs[0], look.whole(block.outputs)[1], "1"),
        *shadow_changes(look, inner, shadow, own, block),
        *look.where(inner, block, f"{outer} = {inside}"),
        Change(look.whole(block.span)[1], whole[1], ")"),
    )
    return Step(
        "rewrite-not-in",
        f"`{look.short(whole)}` becomes NOT EXISTS",
        in_order(changes),
        (look.null_obligation(left.column), look.null_obligation(output)),
        "" if free else worth("rewrite-not-in", look.target),
    )


def _one_column(look: Look, scope: Scope) -> tuple[Block, ColumnUse] | None:
    """Give the place of a subquery that selects one column of its own, and that column."""
    block = look.block(scope)
    if block is None or not is_plain_select(scope) or len(scope.outputs) != 1 or scope.order:
        return None
    output = scope.outputs[0].column
    if scope.distinct or scope.stars or output is None or output.outer or output.source is None:
        return None
    return block, output


def _unshadowed(look: Look, scope: Scope, outer: ColumnUse) -> tuple[Source | None, str | None]:
    """Find a source of a subquery that hides the outer column's table, and another name for it.

    Gives nothing and an empty name where none does; no name where none can be given.
    """
    alias = outer.source.alias if outer.source else ""
    inside = [source for inner in scope.walk() for source in inner.sources]
    hiding = [source for source in inside if source.alias == alias]
    if not hiding:
        return None, ""
    (first, *others) = hiding
    if others or first not in scope.sources or first.node.args.get("alias") is not None:
        return None, None
    taken = {source.alias for each in look.query.scopes for source in each.sources}
    number = 2
    while f"{alias}_{number}" in taken:
        number += 1
    return first, f"{alias}_{number}" if alias.isidentifier() else None


def shadow_changes(
    look: Look, scope: Scope, source: Source | None, name: str, block: Block
) -> Iterator[Change]:
    """Give the changes that call a source of a subquery by another name."""
    if source is None:
        return
    end = look.whole(source.span)[1]
    yield Change(end, end, f" AS {name}")
    for use in scope.columns_of(source):
        if use.node.args.get("table") is not None and use.span[0] >= block.outputs[1]:
            yield Change(use.span[0], use.span[1], _unqualified(look, use, name))


def _unqualified(look: Look, use: ColumnUse, name: str) -> str:
    return f"{name}.{look.cut(use.span).rpartition('.')[2]}"


def _renamed(look: Look, use: ColumnUse, source: Source | None, name: str) -> str:
    if source is not None and use.source is source:
        return _unqualified(look, use, name)
    return look.qualified(use)


def count_exists(look: Look) -> Iterator[Step]:
    """Put EXISTS in the place of a COUNT that is only asked whether it is zero."""
    for scope in look.query.scopes:
        for condition in (each for top in scope.conditions for each in top.walk()):
            step = _count_exists(look, condition)
            if step is not None:
                yield step


def _count_exists(look: Look, condition: Condition) -> Step | None:
    asked = _asked(condition)
    whole = look.place(condition)
    if asked is None or whole is None:
        return None
    inner, some = asked
    block = look.block(inner)
    counted = _counted(inner)
    if block is None or counted is None:
        return None
    changes: tuple[Change, ...] = (
        Change(whole[0], block.span[0], "EXISTS (" if some else "NOT EXISTS ("),
        Change(block.outputs[0], look.whole(block.outputs)[1], "1"),
        Change(look.whole(block.span)[1], whole[1], ")"),
    )
    if counted != "*":
        use = next((each for each in inner.columns if each.node is counted), None)
        if use is None:
            return None
        if not look.never_null(use):
            # COUNT of a column leaves out the rows in which it is NULL.
            changes += look.where(inner, block, f"{look.cut(use.span)} IS NOT NULL")
    word = "EXISTS" if some else "NOT EXISTS"
    return Step(
        "rewrite-count-exists",
        f"`{look.short(whole)}` becomes {word}",
        in_order(changes),
        (),
        worth("rewrite-count-exists", look.target),
    )


def _asked(condition: Condition) -> tuple[Scope, bool] | None:
    """Give the subquery whose count is compared, and whether a row is wanted or none."""
    if condition.left is None or len(condition.right) != 1 or condition.operator == "between":
        return None
    left, right, operator = condition.left, condition.right[0], str(condition.operator)
    if left.scope is None:
        left, right, operator = right, left, _TURNED.get(operator, operator)
    number = integer(right)
    some = _SOME.get((operator, number)) if number is not None else None
    if left.scope is None or left.kind != "subquery" or some is None:
        return None
    return left.scope, some != condition.negated


def _counted(scope: Scope) -> exp.Expr | str | None:
    """Give what a subquery counts and nothing else: a column, or `*`; None where it does more."""
    node = scope.node
    if not isinstance(node, exp.Select) or len(node.expressions) != 1 or scope.groups:
        return None
    if scope.having or scope.order or scope.distinct or scope.windows or is_limited(scope):
        return None
    found = node.expressions[0]
    inner = found.this if isinstance(found, exp.Alias) else found
    if type(inner) is not exp.Count or inner.expressions:
        return None
    counted = inner.this
    if isinstance(counted, exp.Distinct) and len(counted.expressions) == 1:
        counted = counted.expressions[0]
    if isinstance(counted, exp.Star) or (isinstance(counted, exp.Literal) and counted.is_int):
        return "*"
    return counted if isinstance(counted, exp.Column) else None


def distinct_within(look: Look) -> Iterator[Step]:
    """Drop DISTINCT, or make UNION a UNION ALL, in a subquery that is only looked into."""
    for scope in look.query.scopes:
        if scope.use not in _TAKEN_WHOLE or is_limited(scope) or look.engine == "sqlite":
            # SQLite reads each value once by an index for DISTINCT, and all of them without it.
            continue
        block = look.block(scope)
        if block is not None and block.distinct is not None and scope.distinct:
            if scope.distinct_on:
                continue
            yield Step(
                "rewrite-subquery-distinct",
                f"DISTINCT goes: {scope.use.upper()} does not ask how often a row comes",
                (Change(*block.distinct, ""),),
                (),
                worth("rewrite-subquery-distinct", look.target),
            )


def order_within(look: Look) -> Iterator[Step]:
    """Drop ORDER BY in a subquery that is only looked into."""
    for scope in look.query.scopes:
        block = look.block(scope)
        if scope.use not in _TAKEN_WHOLE or is_limited(scope) or block is None:
            continue
        clause = block.clause("ORDER BY")
        if clause is not None and scope.order and not scope.distinct_on:
            yield Step(
                "rewrite-subquery-order",
                f"`{look.short(clause)}` goes: {scope.use.upper()} does not ask for an order",
                (look.element_gone(clause),),
                (),
                worth("rewrite-subquery-order", look.target),
            )
