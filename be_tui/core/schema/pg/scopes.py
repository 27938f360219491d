"""Queries with their names looked up: columns said once and alike, stars written out.

The server writes each column after its table, every star as its columns, and what ORDER BY calls
by a name or a number as the expression. Here a column stands after its table where there are
several, and alone where there is one; what is not known is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.indexes import figured
from be_tui.core.schema.pg.reparsing import expression_node
from be_tui.core.schema.pg.types import named_type
from be_tui.core.schema.pg.work import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from google.protobuf.message import Message

    from be_tui.core.schema.model import DataType
    from be_tui.core.schema.pg.work import Work

Columns = dict[str, "DataType"]
_NESTING = 16


@dataclass(slots=True)
class Source:
    """What a query reads from, by the name that it has there."""

    alias: str
    columns: Columns | None
    """None where they are not known."""


@dataclass(slots=True)
class Scope:
    """The sources of one SELECT, inside those of the one around it."""

    sources: list[Source]
    outer: Scope | None
    merged: bool = False
    """Whether columns are merged by USING or NATURAL."""

    known: dict[str, Columns | None] = field(default_factory=dict)
    """The queries of WITH."""

    def types(self) -> Columns:
        """Give the types of columns as expressions name them."""
        if len(self.sources) == 1:
            return self.sources[0].columns or {}
        return {
            f"{source.alias}.{name}": kind
            for source in self.sources
            for name, kind in (source.columns or {}).items()
        }


def settle(work: Work, select: pb.SelectStmt) -> Columns | None:
    """Write a query's names alike; give the columns of its result, None where they are unknown."""
    return _settle(work, select, None, {}, 0)


def _settle(
    work: Work,
    select: pb.SelectStmt,
    outer: Scope | None,
    known: dict[str, Columns | None],
    depth: int,
) -> Columns | None:
    if depth > _NESTING:
        return None
    known = dict(known)
    for each in select.with_clause.ctes:
        cte = each.common_table_expr
        inner = cte.ctequery.select_stmt
        found = _settle(work, inner, outer, known, depth + 1)
        known[cte.ctename] = _named(found, strings(cte.aliascolnames))
    if select.op not in {pb.SETOP_NONE, pb.SET_OPERATION_UNDEFINED}:
        first = _settle(work, select.larg, outer, known, depth + 1)
        _settle(work, select.rarg, outer, known, depth + 1)
        return first
    scope = Scope([], outer, known=known)
    for each in select.from_clause:
        _take(work, each, scope, depth)
    _spread(select, scope)
    _by_expression(select, scope)
    for node in _parts(select):
        _visit(work, node, scope, depth)
    writer = Expressions(scope.types())
    result: Columns = {}
    for each in select.target_list:
        target = each.res_target
        part = writer.part(target.val)
        _rewrite(target.val, part.text)
        name = target.name or figured(target.val) or "?column?"
        result[name] = _type(scope, target.val) or named_type(part.type)
    for node in _conditions(select):
        _rewrite(node, writer.write(node))
    starred = any(_is_star(each.res_target.val) for each in select.target_list)
    return None if starred or select.values_lists else result


def _named(columns: Columns | None, names: list[str]) -> Columns | None:
    if columns is None or not names:
        return columns
    kinds = list(columns.values())
    before = list(columns)
    return dict(zip([*names, *before[len(names) :]], kinds, strict=False))


def _take(work: Work, node: pb.Node, scope: Scope, depth: int) -> None:
    """Take in what stands in FROM."""
    which = node.WhichOneof("node")
    if which == "range_var":
        scope.sources.append(_relation(work, node.range_var, scope, depth))
    elif which == "join_expr":
        join = node.join_expr
        scope.merged = scope.merged or bool(join.using_clause) or join.is_natural
        _take(work, join.larg, scope, depth)
        _take(work, join.rarg, scope, depth)
    elif which == "range_subselect":
        inside = node.range_subselect
        outer = scope if inside.lateral else scope.outer
        found = _settle(work, inside.subquery.select_stmt, outer, scope.known, depth + 1)
        alias = inside.alias
        scope.sources.append(Source(alias.aliasname, _named(found, strings(alias.colnames))))
    else:
        alias = getattr(node, which or "").alias.aliasname if which == "range_function" else ""
        scope.sources.append(Source(alias, None))


def _relation(work: Work, said: pb.RangeVar, scope: Scope, depth: int) -> Source:
    alias = said.alias.aliasname or said.relname
    names = strings(said.alias.colnames)
    if not said.schemaname and said.relname in scope.known:
        return Source(alias, _named(scope.known[said.relname], names))
    path = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    key = work.resolve(work.held.tables, path)
    if key is not None:
        said.schemaname = key[0]
        table = work.held.tables[key]
        columns = {each.name.text: work.base(each.type) for each in table.columns}
        return Source(alias, _named(columns if table.complete else None, names))
    view = work.resolve(work.held.views, path)
    if view is None:
        return Source(alias, None)
    said.schemaname = view[0]
    return Source(alias, _named(_of_view(work, view, depth), names))


def _of_view(work: Work, key: tuple[str, str], depth: int) -> Columns | None:
    from be_tui.core.schema.pg.queries import tree_of

    view = work.held.views[key]
    node = tree_of(view.query)
    if node is None or node.DESCRIPTOR.name != "SelectStmt":
        return None
    return _named(_settle(work, node, None, {}, depth + 1), list(view.columns))


def _is_star(node: pb.Node) -> bool:
    if node.WhichOneof("node") != "column_ref":
        return False
    return bool(node.column_ref.fields[-1].HasField("a_star"))


def _spread(select: pb.SelectStmt, scope: Scope) -> None:
    """Write stars as the columns that they stand for, where all are known."""
    if not any(_is_star(each.res_target.val) for each in select.target_list):
        return
    made: list[pb.Node] = []
    for each in select.target_list:
        if not _is_star(each.res_target.val):
            made.append(each)
            continue
        fields = each.res_target.val.column_ref.fields
        alias = fields[-2].string.sval if len(fields) > 1 else ""
        sources = [one for one in scope.sources if not alias or one.alias == alias]
        if not sources or any(one.columns is None for one in sources):
            return
        if scope.merged and not alias:
            return
        made += [_target(one.alias, name) for one in sources for name in one.columns or {}]
    del select.target_list[:]
    select.target_list.extend(made)


def _target(alias: str, name: str) -> pb.Node:
    node = pb.Node()
    fields = node.res_target.val.column_ref.fields
    fields.add().string.sval = alias
    fields.add().string.sval = name
    return node


def _by_expression(select: pb.SelectStmt, scope: Scope) -> None:
    """Write what ORDER BY and GROUP BY call by a name or a number as the expression."""
    targets = [each.res_target for each in select.target_list]
    labels = {each.name: each.val for each in targets if each.name}
    owned = {name for source in scope.sources for name in source.columns or {}}
    sorts = [each.sort_by.node for each in select.sort_clause]
    for node, grouped in [*((each, False) for each in sorts), *_grouped(select)]:
        which = node.WhichOneof("node")
        if which == "a_const" and node.a_const.HasField("ival"):
            number = node.a_const.ival.ival
            if 0 < number <= len(targets):
                node.CopyFrom(targets[number - 1].val)
        elif which == "column_ref" and len(node.column_ref.fields) == 1:
            name = node.column_ref.fields[0].string.sval
            if name in labels and not (grouped and name in owned):
                node.CopyFrom(labels[name])


def _grouped(select: pb.SelectStmt) -> Iterator[tuple[pb.Node, bool]]:
    for each in select.group_clause:
        yield each, True


def _conditions(select: pb.SelectStmt) -> Iterator[pb.Node]:
    """Give the expressions of a SELECT besides its results."""
    for name in ("where_clause", "having_clause"):
        if select.HasField(name):
            yield getattr(select, name)
    yield from select.group_clause
    for each in select.sort_clause:
        yield each.sort_by.node
    for each in select.from_clause:
        yield from _joined_by(each)


def _joined_by(node: pb.Node) -> Iterator[pb.Node]:
    if node.WhichOneof("node") == "join_expr":
        yield from _joined_by(node.join_expr.larg)
        yield from _joined_by(node.join_expr.rarg)
        if node.join_expr.HasField("quals"):
            yield node.join_expr.quals


def _parts(select: pb.SelectStmt) -> Iterator[pb.Node]:
    for each in select.target_list:
        yield each.res_target.val
    yield from _conditions(select)


def _visit(work: Work, node: Message, scope: Scope, depth: int) -> None:
    """Look up the columns in an expression, and in the queries inside it."""
    name = node.DESCRIPTOR.name
    if name == "SelectStmt":
        _settle(work, node, scope, scope.known, depth + 1)
        return
    if name == "ColumnRef":
        _look_up(node, scope)
        return
    for each, value in node.ListFields():
        if each.message_type is None:
            continue
        if hasattr(value, "ListFields"):
            _visit(work, value, scope, depth)
        else:
            for one in value:
                _visit(work, one, scope, depth)


def _look_up(node: pb.ColumnRef, scope: Scope) -> None:
    if node.fields[-1].HasField("a_star"):
        return
    names = strings(node.fields)
    alone = scope.sources[0] if len(scope.sources) == 1 else None
    if names[1:] and alone is not None:
        inner = alone.columns is None or names[-1] in alone.columns
        if names[-2] == alone.alias and inner:
            del node.fields[:-1]
        return
    if names[1:]:
        return
    owner = _owner(names[0], scope)
    if owner and not (alone is not None and owner == alone.alias):
        del node.fields[:]
        node.fields.add().string.sval = owner
        node.fields.add().string.sval = names[0]


def _owner(name: str, scope: Scope | None) -> str:
    """Give the one source that has a column; nothing where it cannot be told."""
    if scope is None or scope.merged:
        return ""
    owners = [one.alias for one in scope.sources if one.columns and name in one.columns]
    if owners:
        return owners[0] if len(owners) == 1 else ""
    if any(one.columns is None for one in scope.sources):
        return ""
    return _owner(name, scope.outer)


def _type(scope: Scope, node: pb.Node) -> DataType | None:
    if node.WhichOneof("node") != "column_ref":
        return None
    names = strings(node.column_ref.fields)
    if names[1:]:
        source = next((one for one in scope.sources if one.alias == names[-2]), None)
    else:
        source = scope.sources[0] if len(scope.sources) == 1 else None
    return (source.columns or {}).get(names[-1]) if source else None


def _rewrite(node: pb.Node, text: str) -> None:
    made = expression_node(text)
    if made is not None:
        node.CopyFrom(made)
