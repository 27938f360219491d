"""What the gate is asked: two statements, the tables that they read, and values for parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.queries import resolve
from be_tui.core.rewrites.facts import same, told_apart
from be_tui.core.rewrites.gate import Asked, Literals, parameters, unmarked, unnamed
from be_tui.core.rewrites.look import is_limited
from be_tui.core.schema import DataType
from be_tui.core.sqltext import Parsed, parse, split

if TYPE_CHECKING:
    from be_tui.core.queries import ColumnUse, Query, Scope
    from be_tui.core.rewrites.look import Look
    from be_tui.core.schema import Schema, Table, View

_NUMBER = DataType("int", "integer")
_DEEPEST = 8
"""Views within views that are followed."""


def asked(before: Look, after: Look) -> Asked:
    """Give what it takes to compare a query with its new form."""
    tables, views = reads(before.query, before.schema)
    ordered = is_ordered(before)
    return Asked(
        before=_comparable(before, ordered=ordered),
        after=_comparable(after, ordered=ordered),
        tables=tables,
        views=views,
        literals=_literals(before.query),
        kinds=_kinds(before),
        hot=_hot(before.query),
        ordered=ordered,
    )


def unknown(query: Query) -> str:
    """Give the first table of a query that its schema does not have; empty without one."""
    for scope in query.scopes:
        for source in scope.sources:
            bare = source.table is None and source.view is None and source.scope is None
            if bare and source.name and not source.is_function:
                return source.name
    return ""


def reads(
    query: Query, schema: Schema, depth: int = 0
) -> tuple[tuple[Table, ...], tuple[View, ...]]:
    """Give the tables that a query reads, and the views, each after those that it reads itself."""
    tables: dict[int, Table] = {}
    views: dict[int, View] = {}
    for scope in query.scopes:
        for source in scope.sources:
            if source.view is not None and depth < _DEEPEST:
                inner_tables, inner_views = _within(source.view, query, schema, depth)
                tables |= {id(each): each for each in inner_tables}
                views |= {id(each): each for each in (*inner_views, source.view)}
            elif source.table is not None:
                tables[id(source.table)] = source.table
    return tuple(tables.values()), tuple(views.values())


def _within(
    view: View, query: Query, schema: Schema, depth: int
) -> tuple[tuple[Table, ...], tuple[View, ...]]:
    engine = query.target.engine
    for statement in split(view.query, engine):
        parsed = parse(statement, engine)
        if isinstance(parsed, Parsed):
            return reads(resolve(parsed, schema, query.target), schema, depth + 1)
    return (), ()


def is_ordered(look: Look) -> bool:
    """Tell whether ORDER BY leaves nothing open: no two rows of the result come in either order."""
    root = look.query.root
    if root is None or not root.order or not isinstance(root.node, exp.Select):
        return False
    if root.groups or root.aggregates:
        grouped = {id(each.column.source): each.column.name for each in root.groups if each.column}
        ordered = {id(each.column.source): each.column.name for each in root.order if each.column}
        return bool(grouped) and grouped == ordered and len(grouped) == len(root.groups)
    uses = [each.column for each in root.order if each.column is not None]
    return told_apart(root, uses, look.target) is not None


def open_limit(query: Query, look: Look) -> bool:
    """Tell whether a LIMIT further in leaves it open which rows come."""
    return any(
        is_limited(scope) and not _is_settled(scope, look)
        for scope in query.scopes
        if scope is not query.root and scope.use != "exists"
    )


def _is_settled(scope: Scope, look: Look) -> bool:
    """Tell whether LIMIT can take certain rows only: they are ordered to the last, or just one."""
    ordered = _ordered_by(scope)
    if scope.aggregates and not scope.groups:
        return True
    if scope.distinct and scope.outputs and not scope.distinct_on:
        return all(any(same(each.column, other) for other in ordered) for each in scope.outputs)
    return not scope.groups and told_apart(scope, ordered, look.target) is not None


def _ordered_by(scope: Scope) -> list[ColumnUse]:
    return [each.column for each in scope.order if each.column is not None]


def _comparable(look: Look, *, ordered: bool) -> str:
    """Give the statement, without a LIMIT that takes rows in no certain order."""
    text = look.text
    root = look.query.root
    if root is not None and is_limited(root) and not ordered:
        last = root.children[-1] if root.operator else root
        block = look.block(last)
        spans = [block.clause(word) for word in ("LIMIT", "OFFSET", "FETCH")] if block else []
        for span in sorted((each for each in spans if each is not None), reverse=True):
            start, end = look.whole(span)
            text = text[:start] + text[end:]
    return unmarked(text, unnamed(look.query.parsed.statement.text))


def _literals(query: Query) -> Literals:
    numbers: dict[str, None] = {}
    texts: dict[str, None] = {}
    for each in query.parsed.tree.find_all(exp.Literal):
        (texts if each.is_string else numbers)[each.name] = None
    return Literals(tuple(numbers), tuple(texts))


def _kinds(look: Look) -> dict[str, DataType]:
    """Give what each parameter is compared with."""
    names = {each.start: each.name for each in parameters(look.query.parsed.statement.text)}
    found: dict[str, DataType] = {}

    def tell(span: tuple[int, int] | None, kind: DataType | None) -> None:
        for start, _ in look.within(span) if span and kind else ():
            if kind:
                found.setdefault(names[start], kind)

    for scope, block in look.selects():
        for word in ("LIMIT", "OFFSET", "FETCH"):
            tell(block.clause(word), _NUMBER)
        for condition in (each for top in scope.conditions for each in top.walk()):
            sides = (condition.left, *condition.right)
            kind = next((each.column.type for each in sides if each and each.column), None)
            if condition.operator != "or" and condition.scope is None:
                tell(condition.span, kind)
    return found


def _hot(query: Query) -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the literals that each column is compared with, by table and column."""
    found: dict[tuple[str, str], list[str]] = {}
    for scope in query.scopes:
        for condition in (each for top in scope.conditions for each in top.walk()):
            sides = (condition.left, *condition.right)
            use = next((each.column for each in sides if each and each.column), None)
            if use is None or use.table is None:
                continue
            values = [each for each in sides if each and each.kind == "literal" and each.value]
            own = found.setdefault((use.table.name.folded, use.name), [])
            own += [str(each.value) for each in values]
    return {key: tuple(dict.fromkeys(values)) for key, values in found.items() if values}
