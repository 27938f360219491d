"""Indexes: their parts, and the names that they get."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.model import Index, IndexPart
from be_tui.core.schema.pg.names import clipped, free_name, joined, quoted
from be_tui.core.schema.pg.types import base_name
from be_tui.core.schema.pg.work import Unseen, options_of, strings, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postgast import pg_query_pb2 as pb

    from be_tui.core.findings import Place
    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import Column, Table, View
    from be_tui.core.schema.pg.work import Work

_DESCENDING = 3
_NULLIF = 6
_FIRST, _LAST = 2, 3
"""The numbers of `SortByDir` and `SortByNulls`."""

_CLASSES = {
    "smallint": "int2_ops",
    "int": "int4_ops",
    "bigint": "int8_ops",
    "numeric": "numeric_ops",
    "real": "float4_ops",
    "double precision": "float8_ops",
    "text": "text_ops",
    "varchar": "text_ops",
    "char": "bpchar_ops",
    "boolean": "bool_ops",
    "timestamp": "timestamp_ops",
    "timestamptz": "timestamptz_ops",
    "date": "date_ops",
    "uuid": "uuid_ops",
    "bytea": "bytea_ops",
    "jsonb": "jsonb_ops",
    "inet": "inet_ops",
    "citext": "citext_ops",
    "tsvector": "tsvector_ops",
}
"""The operator class that a type has where none is named."""


def create_index(work: Work, node: pb.IndexStmt) -> None:
    """Take in CREATE INDEX.

    Raises:
        Unseen: Its table is not known.
    """
    key = work.table_key(node.relation)
    if key is None:
        _on_view(work, node)
        return
    table = work.held.tables[key]
    if node.if_not_exists and work.held.taken(key[0], node.idxname):
        return
    index = index_of(work, table.columns, table.name.text, key[0], node)
    parted = bool(table.partition_by)
    index = replace(index, only=parted and not node.relation.inh)
    work.held.put(key, replace(table, indexes=(*table.indexes, index)))
    if parted and node.relation.inh:
        spread(work, key, index)


def spread(work: Work, key: Key, index: Index) -> None:
    """Give each partition an index of its own that belongs to the one of its table."""
    for child, table in tuple(work.held.children(key)):
        if not table.bound:
            continue
        own = same_index(table, index)
        if own is not None:
            made = replace(own, parent=index.name.casefold())
            indexes = tuple(made if each is own else each for each in table.indexes)
        else:
            made = replace(
                index,
                name=implied_name(work, table, index),
                parent=index.name.casefold(),
                only=False,
            )
            indexes = (*table.indexes, made)
        work.held.put(child, replace(table, indexes=indexes))
        if table.partition_by:
            spread(work, child, made)


def same_index(table: Table, index: Index) -> Index | None:
    """Give the index of a partition that can belong to one of its table."""
    for each in table.indexes:
        if not each.parent and (each.parts, each.unique, each.method, each.include, each.where) == (
            *(index.parts, index.unique, index.method, index.include, index.where),
        ):
            return each
    return None


def implied_name(work: Work, table: Table, index: Index) -> str:
    """Give the name that the server gives to an index of which only the parts are known."""
    names = [part.expression if part.column else _called(part.expression) for part in index.parts]
    middle = joined(part_names([*names, *index.include]))
    return free_name(
        table.name.text, middle, "idx", lambda name: work.held.taken(table.namespace, name)
    )


def _called(expression: str) -> str:
    head = expression.partition("(")[0]
    return head if head and head.replace("_", "").isalnum() and "(" in expression else "expr"


def _on_view(work: Work, node: pb.IndexStmt) -> None:
    said = node.relation
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    key = work.resolve(work.held.views, names)
    if key is None:
        raise Unseen(f'no table "{said.relname}" is known here')
    view: View = work.held.views[key]
    if node.if_not_exists and work.held.taken(key[0], node.idxname):
        return
    index = index_of(work, (), view.name.text, key[0], node)
    work.held.put_view(key, replace(view, indexes=(*view.indexes, index)))


def index_of(
    work: Work, columns: Sequence[Column], table: str, namespace: str, node: pb.IndexStmt
) -> Index:
    """Give the index that a statement makes."""
    including = strings_of(node.index_including_params)
    name = clipped(node.idxname)
    if not name:
        elements = [each.index_elem for each in node.index_params]
        middle = joined(part_names([*elements, *including]))
        name = free_name(table, middle, "idx", lambda said: work.held.taken(namespace, said))
    where = ""
    if node.HasField("where_clause"):
        where = work.expressions(columns).write(node.where_clause)
    method = node.access_method or "btree"
    return Index(
        name=name,
        parts=tuple(part_of(work, columns, each.index_elem) for each in node.index_params),
        place=_place(work, node),
        unique=node.unique,
        method=method,
        include=tuple(each.casefold() for each in including),
        where=where,
        nulls_distinct=not node.nulls_not_distinct,
        options=options_of(node.options),
        tablespace=node.table_space,
    )


def _place(work: Work, node: pb.IndexStmt) -> Place:
    """Give where an index is named; its table where it has no name."""
    text = work.statement.statement.text
    at = text.lower().find(node.idxname.lower()) if node.idxname else -1
    if at < 0:
        return work.place(node.relation.location, len(node.relation.relname))
    return work.place(len(text[:at].encode()), len(node.idxname))


def strings_of(nodes: Iterable[pb.Node]) -> list[str]:
    """Give the columns that an index carries along."""
    return [each.index_elem.name for each in nodes]


def part_of(work: Work, columns: Sequence[Column], node: pb.IndexElem) -> IndexPart:
    """Give one part of an index."""
    descending = node.ordering == _DESCENDING
    nulls = {_FIRST: True, _LAST: False}.get(node.nulls_ordering)
    if nulls == descending:
        nulls = None
    operators = ".".join(quoted(each) for each in _plain(strings(node.opclass)))
    if node.opclassopts:
        said = (each.def_elem for each in node.opclassopts)
        operators += f" ({', '.join(f'{each.defname}={value_of(each.arg)}' for each in said)})"
    collation = ".".join(_plain(strings(node.collation)))
    column = node.name
    inner = node.expr.collate_clause.arg.column_ref.fields
    if len(inner) == 1:
        # A column with a collation is one, however many brackets stand around it.
        column = inner[0].string.sval
        collation = ".".join(_plain(strings(node.expr.collate_clause.collname)))
    if column:
        if operators and operators == _usual(work, columns, column):
            operators = ""
        return IndexPart(
            *(column.casefold(), column, descending, nulls, operators),
            collation="" if collation == "default" else collation,
        )
    text = work.expressions(columns).write(node.expr)
    return IndexPart("", text, descending, nulls, operators, collation=collation)


def _usual(work: Work, columns: Sequence[Column], name: str) -> str:
    column = next((each for each in columns if each.name.text == name), None)
    if column is None:
        return ""
    kind = work.base(column.type)
    if kind.family == "other" and work.type_key(work.held.enumerations, kind.name):
        return "enum_ops"
    return "array_ops" if kind.name == "array" else _CLASSES.get(base_name(kind), "")


def _plain(names: list[str]) -> list[str]:
    return names[1:] if names and names[0] in {"pg_catalog", "public"} else names


def parts_text(parts: Iterable[IndexPart], columns: Sequence[Column]) -> str:
    """Give parts of an index as DDL has them."""
    return ", ".join(_part_text(each, columns) for each in parts)


def _part_text(part: IndexPart, columns: Sequence[Column]) -> str:
    names = {each.name.folded: each.name.text for each in columns}
    if part.column:
        text = quoted(names.get(part.column, part.expression))
    else:
        call = part.expression.endswith(")") and _called(part.expression) != "expr"
        text = part.expression if call else f"({part.expression})"
    if part.collation:
        text += f" COLLATE {quoted(part.collation)}"
    if part.operators:
        text += f" {part.operators}"
    if part.descending:
        text += " DESC"
    if part.nulls_first is not None:
        text += " NULLS FIRST" if part.nulls_first else " NULLS LAST"
    return text


def part_names(parts: Iterable[str | pb.IndexElem]) -> list[str]:
    """Give what the server calls the columns of an index, no two alike."""
    found: list[str] = []
    for each in parts:
        name = each if isinstance(each, str) else each.name or figured(each.expr) or "expr"
        made, number = clipped(name), 0
        while made in found:
            number += 1
            ending = str(number)
            made = name[: 63 - len(ending)] + ending
        found.append(made)
    return found


def figured(node: pb.Node) -> str:
    """Give the name that the server gives to an expression by itself; empty for none."""
    kind = node.WhichOneof("node")
    if kind == "func_call":
        return str(node.func_call.funcname[-1].string.sval)
    if kind == "column_ref":
        return str(node.column_ref.fields[-1].string.sval)
    if kind == "type_cast":
        inner = figured(node.type_cast.arg)
        return inner or node.type_cast.type_name.names[-1].string.sval
    if kind == "collate_clause":
        return figured(node.collate_clause.arg)
    if kind == "a_indirection":
        last = [each for each in node.a_indirection.indirection if each.HasField("string")]
        return last[-1].string.sval if last else figured(node.a_indirection.arg)
    if kind == "case_expr":
        last_result = node.case_expr.defresult
        return (figured(last_result) if node.case_expr.HasField("defresult") else "") or "case"
    if kind in {"a_expr", "min_max_expr"}:
        return _of_kind(node)
    return {"coalesce_expr": "coalesce", "a_array_expr": "array", "row_expr": "row"}.get(
        kind or "", ""
    )


def _of_kind(node: pb.Node) -> str:
    """Give what an operator, or what picks the greatest, is called; most have no name."""
    if node.HasField("min_max_expr"):
        return "greatest" if node.min_max_expr.op == 1 else "least"
    return "nullif" if node.a_expr.kind == _NULLIF else ""
