"""Steps on aggregates: one grouped join for many subqueries, WHERE for HAVING."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.rewrites.facts import alike, is_own, named, same
from be_tui.core.rewrites.gains import worth
from be_tui.core.rewrites.look import is_limited
from be_tui.core.rewrites.model import Change, Obligation, Step
from be_tui.core.rewrites.steps.changes import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import ColumnUse, Condition, Scope
    from be_tui.core.rewrites.layout import Block, Element
    from be_tui.core.rewrites.look import Look

_AROUND = (exp.Alias, exp.Paren, exp.Mul, exp.Add, exp.Sub, exp.Neg, exp.Coalesce)
_AGGREGATES = (exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Count)

_GROUPINGS = ("rollup", "cube", "grouping_sets", "totals", "all")


@dataclass(frozen=True, slots=True)
class _Aggregate:
    """The one aggregate that a subquery works out, and what it makes of it."""

    text: str
    before: str
    after: str
    """What stands around it: that is worked out for the rows that ask, never for other groups."""

    counts: bool

    def of(self, value: str) -> str:
        """Give what the subquery makes of a value of its aggregate."""
        # There is no group where there is no row: COUNT is 0 then, and the others are NULL.
        held = f"COALESCE({value}, 0)" if self.counts else value
        whole = f"{self.before}{held}{self.after}"
        return f"({whole})" if self.before or self.after else whole


def scalar_join(look: Look) -> Iterator[Step]:
    """Join a grouped table once, where a subquery reads it for each row without an index."""
    for scope, block in look.selects():
        for inner in scope.children:
            if inner.use == "scalar" and inner.parent == scope.number:
                step = _scalar_join(look, scope, block, inner)
                if step is not None:
                    yield step


def _scalar_join(look: Look, scope: Scope, block: Block, inner: Scope) -> Step | None:
    within = look.block(inner)
    aggregate = _aggregate(look, inner, within)
    pairs = _pairs(look, scope, inner)
    if aggregate is None or within is None or pairs is None or _is_served(pairs):
        return None
    end = _join_end(look, scope, block, pairs)
    outside = _in_where(scope, inner) or (
        isinstance(_alias_of(inner), exp.Alias) and not scope.groups and not scope.aggregates
    )
    if end is None or not outside or any(star.source is None for star in scope.stars):
        return None
    keys, alias = [own for own, _, _ in pairs], _new_name(look)
    equal = [condition for _, _, condition in pairs]
    cleared = look.without(inner, within, equal)
    opened, closed = _brackets(look, within)
    if cleared is None or opened is None or closed is None:
        return None
    table = _grouped(look, within, cleared, keys, aggregate.text)
    if table is None:
        return None
    joined = " AND ".join(
        f"{alias}.key_{number} = {look.qualified(outer)}"
        for number, (_, outer, _) in enumerate(pairs, 1)
    )
    changes = (
        Change(end, end, f" LEFT JOIN ({table}) AS {alias} ON {joined}"),
        Change(opened, closed, aggregate.of(f"{alias}.value")),
    )
    return Step(
        "rewrite-scalar-join",
        f"`({look.short(within.span)})` is worked out once, in a join",
        in_order(changes),
        tuple(_obligation(own, outer) for own, outer, _ in pairs),
        worth("rewrite-scalar-join", look.target),
    )


def _obligation(own: ColumnUse, outer: ColumnUse) -> Obligation:
    must = f"a `{named(outer)}` equals at most one group of `{named(own)}`"
    return Obligation(must, f"both are of type {own.type}")


def _aggregate(look: Look, inner: Scope, block: Block | None) -> _Aggregate | None:
    node = inner.node
    if not isinstance(node, exp.Select) or len(node.expressions) != 1 or inner.groups:
        return None
    if inner.having or inner.order or inner.windows or inner.distinct or is_limited(inner):
        return None
    if not inner.aggregates or inner.children or block is None:
        return None
    output = node.expressions[0]
    held = list(output.find_all(exp.AggFunc, exp.Filter, exp.WithinGroup))
    if len(held) != 1 or not isinstance(held[0], _AGGREGATES):
        return None
    if not _never_fails(output, held[0]):
        return None
    within = {id(each) for each in held[0].find_all(exp.Column)}
    if any(id(each) not in within for each in output.find_all(exp.Column)):
        return None
    span = look.layout.call(held[0])
    if span is None:
        return None
    start, end = block.outputs[0], look.whole(block.outputs)[1]
    if isinstance(output, exp.Alias):
        # The name that the subquery gives it is nobody's.
        name = output.args["alias"]
        end = len(look.text[: int(name.meta.get("start", end))].rstrip())
        end -= len(" AS") if look.text[:end].upper().endswith(" AS") else 0
    counts = isinstance(held[0], exp.Count)
    before, after = look.text[start : span[0]], look.text[span[1] : end]
    return _Aggregate(look.text[slice(*span)], before.lstrip(), after.rstrip(), counts)


def _never_fails(output: exp.Expr, aggregate: exp.Expr) -> bool:
    """Tell whether an output can be worked out for any group.

    An engine may do that for groups that nobody asks for: an overflow or a zero beneath a
    fraction in one of those would end the query.
    """
    around: list[exp.Expr] = []
    node = aggregate.parent
    while node is not None and node is not output.parent:
        around.append(node)
        node = node.parent
    sums = any(isinstance(each, exp.Binary) for each in around)
    if sums and isinstance(aggregate, exp.Min | exp.Max):
        return False
    return all(isinstance(each, _AROUND) for each in around)


def _pairs(
    look: Look, scope: Scope, inner: Scope
) -> list[tuple[ColumnUse, ColumnUse, Condition]] | None:
    """Give the equalities that tie a subquery to its row; None where anything else does."""
    pairs: list[tuple[ColumnUse, ColumnUse, Condition]] = []
    tied = [each for each in inner.columns if each.outer]
    for condition in inner.where:
        if not any(use.outer for use in condition.columns):
            continue
        left, right = condition.left, condition.right[:1]
        if condition.operator != "=" or condition.negated or left is None or condition.scope:
            return None
        one, other = left.column, right[0].column if right else None
        if left.kind != "column" or not right or right[0].kind != "column":
            return None
        if one is None or other is None or one.outer == other.outer:
            return None
        own, outer = (other, one) if one.outer else (one, other)
        if not is_own(own) or not is_own(outer) or outer.source not in scope.sources:
            return None
        if not alike(own.column, outer.column, look.target.engine):
            return None
        pairs.append((own, outer, condition))
    named_there = {id(outer.node) for _, outer, _ in pairs}
    return pairs if pairs and all(id(each.node) in named_there for each in tied) else None


def _is_served(pairs: list[tuple[ColumnUse, ColumnUse, Condition]]) -> bool:
    """Tell whether an index finds the subquery's rows: reading them all may then cost more."""
    return any(own.table is None or own.table.leads(own.name) for own, _, _ in pairs)


def _in_where(scope: Scope, inner: Scope) -> bool:
    return any(
        side is not None and side.scope is inner
        for top in scope.where
        for each in top.walk()
        for side in (each.left, *each.right)
    )


def _alias_of(inner: Scope) -> exp.Expr | None:
    node: exp.Expr | None = inner.node.parent
    while isinstance(node, exp.Subquery | exp.Paren):
        node = node.parent
    return node


def _join_end(
    look: Look, scope: Scope, block: Block, pairs: list[tuple[ColumnUse, ColumnUse, Condition]]
) -> int | None:
    """Give where a join that names the outer columns can be added: after their own joins."""
    last: Element | None = None
    for _, outer, _ in pairs:
        source = outer.source
        element = block.element_at(source.span[0]) if source is not None else None
        if element is None or not look.qualified(outer):
            return None
        at = block.elements.index(element)
        group = [element]
        for each in block.elements[at + 1 :]:
            if each.words == ",":
                break
            group.append(each)
        if last is not None and last is not group[-1]:
            return None
        last = group[-1]
    if last is None or any(each.kind in {"right", "full"} for each in scope.sources):
        return None
    return look.whole(last.span)[1]


def _new_name(look: Look) -> str:
    taken = {source.alias for scope in look.query.scopes for source in scope.sources}
    number = 1
    while f"grouped_{number}" in taken:
        number += 1
    return f"grouped_{number}"


def _brackets(look: Look, block: Block) -> tuple[int | None, int | None]:
    before = look.layout.token_before(block.span[0])
    after = look.layout.token_after(look.whole(block.span)[1])
    if before is None or after is None or before.text != "(" or after.text != ")":
        return None, None
    return before.start, after.end + 1


def _grouped(
    look: Look, block: Block, cleared: list[Change], keys: list[ColumnUse], aggregate: str
) -> str | None:
    """Give the subquery as a table: a row for each value of its keys."""
    end = look.whole(block.span)[1]
    text = look.text
    for each in sorted(cleared, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    end -= len(look.text) - len(text)
    sources = block.clause("FROM")
    if sources is None:
        return None
    named_keys = ", ".join(
        f"{look.cut(use.span)} AS key_{number}" for number, use in enumerate(keys, 1)
    )
    group = ", ".join(look.cut(use.span) for use in keys)
    rest = text[sources[0] : end]
    return f"SELECT {named_keys}, {aggregate} AS value {rest} GROUP BY {group}"


def having_where(look: Look) -> Iterator[Step]:
    """Move a condition from HAVING to WHERE that asks for nothing but a group's own columns."""
    for scope, block in look.selects():
        clause = block.clause("HAVING")
        group = scope.node.args.get("group")
        if clause is None or group is None or any(group.args.get(key) for key in _GROUPINGS):
            continue
        grouped = [each.column for each in scope.groups if each.column is not None]
        if len(grouped) != len(scope.groups) or not grouped:
            continue
        for condition in scope.having:
            step = _having_where(look, scope, block, condition, grouped)
            if step is not None:
                yield step
                break


def _having_where(
    look: Look, scope: Scope, block: Block, condition: Condition, grouped: list[ColumnUse]
) -> Step | None:
    place, clause = look.place(condition), block.clause("HAVING")
    uses = condition.columns
    names = {each.name for each in scope.outputs if each.column is None or each.name}
    if place is None or clause is None or not uses or condition.node.find(exp.AggFunc, exp.Query):
        return None
    if not all(any(same(use, each) for each in grouped) for use in uses):
        return None
    if any(use.alias_of is not None or _renamed(scope, use, names) for use in uses):
        return None
    text = look.cut(place)
    if condition.operator == "or":
        text = f"({text})"
    gone = look.taken_out(clause, place, len(scope.having))
    if gone is None:
        return None
    return Step(
        "rewrite-having-where",
        f"`{look.short(place)}` moves from HAVING to WHERE",
        in_order((*look.where(scope, block, text), gone)),
        (
            Obligation(
                "it asks for the group's own columns only",
                f"{', '.join(sorted({named(use) for use in uses}))} in GROUP BY",
            ),
        ),
        worth("rewrite-having-where", look.target),
    )


def _renamed(scope: Scope, use: ColumnUse, names: set[str]) -> bool:
    """Tell whether an output of another meaning has the column's name."""
    if use.name not in names:
        return False
    return any(each.name == use.name and not same(each.column, use) for each in scope.outputs)
