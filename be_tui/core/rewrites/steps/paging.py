"""Steps on whole queries: pages by key, and conditions on two tables apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.rewrites.facts import keys, told_apart
from be_tui.core.rewrites.gains import worth
from be_tui.core.rewrites.gate import unmarked, unnamed
from be_tui.core.rewrites.look import is_limited, is_plain_select
from be_tui.core.rewrites.model import Change, Obligation, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import Condition, Scope, Sort
    from be_tui.core.rewrites.layout import Block
    from be_tui.core.rewrites.look import Look

_TWO = 2


def or_union(look: Look) -> Iterator[Step]:
    """Ask two tables one after the other, where OR joins conditions that indexes serve."""
    root = look.query.root
    block = look.block(root) if root is not None else None
    if root is None or block is None or not is_plain_select(root) or root.distinct or root.order:
        return
    if len(root.sources) < _TWO or look.query.parsed.statement.text[block.span[1] :].strip():
        return
    for condition in root.where:
        arms = _two_tables(look, condition)
        place = look.place(condition)
        if arms is None or place is None or look.within(block.span):
            continue
        first, second = arms
        start, end = block.span
        head, tail = look.text[start : place[0]], look.text[place[1] : end]
        alone = f"{head}{first}{tail}"
        rest = f"{head}{second} AND ({first}) IS NOT TRUE{tail}"
        yield Step(
            "rewrite-or-union",
            f"`{look.short(place)}` is asked for each table by itself",
            (Change(start, end, f"{alone}\nUNION ALL\n{rest}"),),
            (Obligation("no row comes by both", "the second asks that the first is not true"),),
            worth("rewrite-or-union", look.target),
        )


def _two_tables(look: Look, condition: Condition) -> tuple[str, str] | None:
    """Give the two sides of an OR, each about one table, and an index that leads to it."""
    if condition.operator != "or" or condition.negated or len(condition.arms) != _TWO:
        return None
    sources: list[int] = []
    texts: list[str] = []
    for arm in condition.arms:
        if len(arm) != 1 or arm[0].operator not in {"=", "in"} or arm[0].negated or arm[0].scope:
            return None
        left, place = arm[0].left, look.place(arm[0])
        use = left.column if left is not None and left.kind == "column" else None
        plain = all(each.kind == "literal" for each in arm[0].right)
        if use is None or use.table is None or place is None or not plain:
            return None
        if not use.table.leads(use.name):
            return None
        sources.append(id(use.source))
        texts.append(look.cut(place))
    return (texts[0], texts[1]) if sources[0] != sources[1] else None


def keyset(look: Look) -> Iterator[Step]:
    """Show how the next page is found by the last row of this one. Only a person can do it."""
    root = look.query.root
    block = look.block(root) if root is not None else None
    if root is None or block is None or root.offset is None or not root.order:
        return
    if not is_limited(root) or root.groups or root.aggregates or root.distinct:
        return
    if root.limit is None or root.offset.value == 0:
        return
    columns = _page_columns(look, root)
    if columns is None:
        return
    sorts, more = columns
    uses = [each.column for each in sorts if each.column is not None]
    obligations = [
        Obligation("callers pass the last row's values instead of a number of rows"),
        Obligation("nobody needs to jump to a page by its number"),
        *(look.null_obligation(use) for use in dict.fromkeys(uses) if not look.never_null(use)),
    ]
    if more:
        told = ", ".join(more)
        obligations.append(
            Obligation(f"`{told}` may follow in ORDER BY: without it ties lose rows")
        )
    yield Step(
        "rewrite-keyset",
        "OFFSET reads all rows before the page; the last row's values find the next one",
        (),
        tuple(obligations),
        worth("rewrite-keyset", look.target),
        _sketch(look, root, block, sorts, more),
    )


def _page_columns(look: Look, root: Scope) -> tuple[list[Sort], list[str]] | None:
    """Give the columns of ORDER BY, and those of a key that must follow to leave nothing open."""
    sorts = list(root.order)
    uses = [each.column for each in sorts if each.column is not None]
    if len(uses) != len(sorts) or any(use.outer or use.source is None for use in uses):
        return None
    if told_apart(root, uses, look.target) is not None:
        return sorts, []
    source = uses[0].source
    if source is None or source.table is None:
        return None
    found = min(keys(source.table), key=lambda each: len(each[0]), default=None)
    alias = look.alias(source)
    if found is None or not alias:
        return None
    mine = {use.name for use in uses if use.source is source}
    prefix = f"{alias}." if len(root.sources) > 1 else ""
    return sorts, [f"{prefix}{name}" for name in sorted(found[0]) if name not in mine]


def _sketch(look: Look, root: Scope, block: Block, sorts: list[Sort], more: list[str]) -> str:
    """Write the query for the next page."""
    last = sorts[-1].descending
    parts = [(look.cut(each.column.span), each.descending) for each in sorts if each.column]
    parts += [(name, last) for name in more]
    condition = _after(look, parts)
    text, order, offset = look.text, block.clause("ORDER BY"), block.clause("OFFSET")
    changes: list[Change] = list(look.where(root, block, condition))
    if order is not None and more:
        end = look.whole(order)[1]
        direction = " DESC" if last else ""
        changes.append(Change(end, end, "".join(f", {name}{direction}" for name in more)))
    if offset is not None:
        changes.append(look.element_gone(offset))
    for each in sorted(changes, key=lambda change: (change.start, change.end), reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return unmarked(text, unnamed(look.query.parsed.statement.text))


def _after(look: Look, parts: list[tuple[str, bool]]) -> str:
    """Give the condition that a row comes after the last one seen."""
    names = [name for name, _ in parts]
    values = [":last_" + name.rpartition(".")[2].strip('`"') for name in names]
    directions = {descending for _, descending in parts}
    if len(parts) == 1:
        return f"{names[0]} {'<' if parts[0][1] else '>'} {values[0]}"
    if len(directions) == 1 and not look.target.is_mysql:
        sign = "<" if parts[0][1] else ">"
        return f"({', '.join(names)}) {sign} ({', '.join(values)})"
    # MySQL finds no range by a row of values, and a row has one direction.
    arms: list[str] = []
    for at, (name, descending) in enumerate(parts):
        same_so_far = [f"{names[each]} = {values[each]}" for each in range(at)]
        arms.append(
            " AND ".join([*same_so_far, f"{name} {'<' if descending else '>'} {values[at]}"])
        )
    return "(" + " OR ".join(arms) + ")"
