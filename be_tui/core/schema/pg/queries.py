"""Queries and whole statements that are kept as text, in one form."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from be_tui.core.schema.pg.reparsing import walk

if TYPE_CHECKING:
    from google.protobuf.message import Message

_TEXTS = frozenset({"text", "varchar", "bpchar"})
_USUAL = frozenset({"public", "pg_catalog"})
_BY_GRAMMAR = {
    **{each: each for each in ("bool", "bpchar", "varchar", "numeric", "interval", "bit")},
    **{each: each for each in ("int2", "int4", "int8", "float4", "float8", "varbit")},
    **{each: each for each in ("time", "timetz", "timestamp", "timestamptz")},
}
"""Types that the grammar has words of its own for."""


def query_text(node: Message) -> str:
    """Give a query as the model has it."""
    from be_tui.core.pgtext import deparse

    plain(node)
    for field in _NAMES:
        if field in node.DESCRIPTOR.fields_by_name:
            _unplaced(getattr(node, field))
    return deparse(node)


_NAMES = ("funcname", "defnames", "type_name")
"""The fields in which statements hold the name of what they make or call."""


def _unplaced(names: Message) -> None:
    if len(names) > 1 and names[0].string.sval in _USUAL:
        del names[0]


def plain(node: Message) -> None:
    """Take out of a tree what says nothing: casts of literals to text, `public.`, ELSE NULL."""
    # From the inside out, so that what a part becomes is what its surroundings see.
    for found in reversed(list(walk(node))):
        kind = found.DESCRIPTOR.name
        change = _CHANGES.get(kind)
        if change is not None:
            change(found)


def _node(found: Message) -> None:
    """Take off casts that change nothing, from the inside out."""
    which = found.WhichOneof("node")
    if which == "type_cast":
        cast = found.type_cast
        _node(cast.arg)
        if _says_nothing(cast):
            inner = type(found)()
            inner.CopyFrom(cast.arg)
            found.CopyFrom(inner)
    elif which == "a_expr":
        _among(found)


def _says_nothing(cast: Message) -> bool:
    kind = cast.type_name
    name = kind.names[-1].string.sval
    inner = cast.arg
    which = inner.WhichOneof("node")
    if which == "a_const":
        string = inner.a_const.WhichOneof("val") == "sval"
        plain_text = name in _TEXTS and not kind.typmods and not kind.array_bounds
        return (string and plain_text) or inner.a_const.isnull
    if which == "a_array_expr":
        elements = inner.a_array_expr.elements
        return (
            name in _TEXTS
            and bool(elements)
            and all(
                each.WhichOneof("node") in {"a_const", "type_cast"}
                and (each.HasField("a_const") or _literal_text(each))
                for each in elements
            )
        )
    return False


def _literal_text(node: Message) -> bool:
    cast = node.type_cast
    return bool(cast.arg.HasField("a_const") and cast.type_name.names[-1].string.sval in _TEXTS)


def _among(found: Message) -> None:
    """Write `a = ANY (ARRAY[…])` as IN."""
    from postgast import pg_query_pb2 as pb

    node = found.a_expr
    if node.kind not in {pb.AEXPR_OP_ANY, pb.AEXPR_OP_ALL}:
        return
    _node(node.rexpr)
    name = node.name[-1].string.sval
    fits = name == ("=" if node.kind == pb.AEXPR_OP_ANY else "<>")
    if not fits or node.rexpr.WhichOneof("node") != "a_array_expr":
        return
    values = pb.Node()
    values.list.items.extend(node.rexpr.a_array_expr.elements)
    node.kind = pb.AEXPR_IN
    node.rexpr.CopyFrom(values)


def _relation(found: Message) -> None:
    if found.schemaname in _USUAL:
        found.schemaname = ""


def _call(found: Message) -> None:
    names = found.funcname
    # Words of their own, EXTRACT for one, are known by the schema.
    if len(names) > 1 and names[0].string.sval == "public":
        del names[0]


def _type(found: Message) -> None:
    names = found.names
    if len(names) > 1 and names[0].string.sval in _USUAL:
        del names[0]
    if len(names) == 1 and names[0].string.sval in _BY_GRAMMAR:
        word = names[0].string.sval
        names[0].string.sval = "pg_catalog"
        names.add().string.sval = _BY_GRAMMAR[word]


def _case(found: Message) -> None:
    last = found.defresult
    while last.WhichOneof("node") == "type_cast":
        last = last.type_cast.arg
    if last.WhichOneof("node") == "a_const" and last.a_const.isnull:
        found.ClearField("defresult")


def _target(found: Message) -> None:
    """Take off a name that a column of a result has anyway."""
    from be_tui.core.schema.pg.indexes import figured

    if found.name and found.HasField("val") and figured(found.val) == found.name:
        found.name = ""


_CHANGES = {
    "Node": _node,
    "RangeVar": _relation,
    "FuncCall": _call,
    "TypeName": _type,
    "CaseExpr": _case,
    "ResTarget": _target,
}


@lru_cache(maxsize=512)
def relations_of(query: str) -> frozenset[tuple[str, str]]:
    """Give the relations that a query reads, each with its schema as it is written."""
    from google.protobuf.message import DecodeError
    from postgast import PgQueryError, parse

    try:
        tree = parse(query)
    except (PgQueryError, DecodeError):
        return frozenset()
    named = {each.ctename for each in walk(tree) if each.DESCRIPTOR.name == "CommonTableExpr"}
    return frozenset(
        (each.schemaname, each.relname)
        for each in walk(tree)
        if each.DESCRIPTOR.name == "RangeVar" and (each.schemaname or each.relname not in named)
    )


def renamed_relation(text: str, before: tuple[str, str], after: tuple[str, str]) -> str:
    """Give a statement with a relation called otherwise; as it is where it does not name it."""
    if before[1].casefold() not in text.casefold():
        return text
    tree = _tree(text)
    if tree is None:
        return text
    met = False
    for each in walk(tree):
        if each.DESCRIPTOR.name == "RangeVar":
            met = _renamed_range(each, before, after) or met
        elif each.DESCRIPTOR.name == "ColumnRef":
            _renamed_qualifier(each, before[1], after[1])
    return _text(tree) if met else text


def _renamed_range(node: Message, before: tuple[str, str], after: tuple[str, str]) -> bool:
    found: Any = node
    if found.relname != before[1] or found.schemaname != before[0]:
        return False
    found.relname, found.schemaname = after[1], after[0]
    return True


def _renamed_qualifier(node: Message, before: str, after: str) -> None:
    fields: Any = node.fields
    if len(fields) > 1 and fields[-2].string.sval == before:
        fields[-2].string.sval = after


def renamed_self(text: str, name: str, namespace: str | None = None) -> str:
    """Give a statement that makes something as one that makes it under another name."""
    tree = _tree(text)
    if tree is None:
        return text
    statement = tree.stmts[0].stmt
    node: Any = getattr(statement, statement.WhichOneof("node"))
    for field in ("trigname", "policy_name", "rulename", "pubname", "subname", "servername"):
        if field in node.DESCRIPTOR.fields_by_name:
            setattr(node, field, name)
            return _text(tree)
    for field in ("funcname", "defnames", "type_name"):
        if field in node.DESCRIPTOR.fields_by_name:
            names = getattr(node, field)
            names[-1].string.sval = name
            if namespace is not None:
                _place_in(names, namespace)
    return _text(tree)


def renamed_call(text: str, before: tuple[str, str], after: tuple[str, str]) -> str:
    """Give a trigger with the function that it runs called otherwise."""
    if before[1] not in text:
        return text
    tree = _tree(text)
    node = tree.stmts[0].stmt.create_trig_stmt
    names = [each.string.sval for each in node.funcname]
    if names[-1] != before[1] or names[:-1] not in ([], [before[0]]):
        return text
    node.funcname[-1].string.sval = after[1]
    _place_in(node.funcname, after[0])
    return _text(tree)


def _place_in(names: Message, namespace: str) -> None:
    del names[:-1]
    if namespace:
        last = names[-1].string.sval
        names[-1].string.sval = namespace
        names.add().string.sval = last


def renamed_column_in(
    text: str,
    key: tuple[str, str],
    before: str,
    after: str,
    *,
    on: bool = False,
) -> str:
    """Give a statement with a table's column called otherwise, where it can only mean that one.

    Args:
        text: The statement.
        key: The table's schema and name.
        before: What the column was called.
        after: What it is called now.
        on: Whether the statement stands on the table, as a policy does.
    """
    if before.casefold() not in text.casefold():
        return text
    tree = _tree(text)
    if tree is None:
        return text
    relations = [each for each in walk(tree) if each.DESCRIPTOR.name == "RangeVar"]
    names = {
        each.alias.aliasname or each.relname
        for each in relations
        if (each.relname, each.schemaname) == (key[1], key[0])
    }
    if not names and not on:
        return text
    alone = on or len(relations) == 1
    for each in walk(tree):
        if each.DESCRIPTOR.name == "ResTarget":
            _keep_label(each, before, names, alone=alone)
    for each in walk(tree):
        if each.DESCRIPTOR.name == "ColumnRef":
            _renamed_reference(each, before, after, names, alone=alone)
        elif on and each.DESCRIPTOR.name == "StatsElem" and each.name == before:
            each.name = after
        elif on and each.DESCRIPTOR.name == "CreateTrigStmt":
            for column in each.columns:
                if column.string.sval == before:
                    column.string.sval = after
    return _text(tree)


def _means(fields: Message, before: str, names: set[str], *, alone: bool) -> bool:
    if not fields or fields[-1].string.sval != before:
        return False
    return fields[-2].string.sval in names if len(fields) > 1 else alone


def _keep_label(node: Message, before: str, names: set[str], *, alone: bool) -> None:
    """Let a view's own column be called as before."""
    target: Any = node
    plain = not target.name and target.val.WhichOneof("node") == "column_ref"
    if plain and _means(target.val.column_ref.fields, before, names, alone=alone):
        target.name = before


def _renamed_reference(
    node: Message, before: str, after: str, names: set[str], *, alone: bool
) -> None:
    fields: Any = node.fields
    if _means(fields, before, names, alone=alone):
        fields[-1].string.sval = after


def commented(definition: str, table: tuple[str, str]) -> str:
    """Give a comment on what stands on a table as one on the same of another table."""
    node = tree_of(definition)
    items = node.object.list.items
    last = items[-1].string.sval
    del items[:]
    for each in (*table, last):
        if each:
            items.add().string.sval = each
    return _text_of(node)


def _text_of(node: Message) -> str:
    from be_tui.core.pgtext import deparse

    return deparse(node)


def tree_of(definition: str) -> Message:
    """Give the node of a statement that was written by `query_text`."""
    statement = _tree(definition).stmts[0].stmt
    return getattr(statement, statement.WhichOneof("node"))


def _tree(text: str) -> Message:
    from google.protobuf.message import DecodeError
    from postgast import PgQueryError, parse

    try:
        return parse(text)
    except (PgQueryError, DecodeError):
        return None


def _text(tree: Message) -> str:
    from postgast import deparse

    return str(deparse(tree))
