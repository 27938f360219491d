"""Partitions: how rows go to them, and what a partition has from its table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.indexes import same_index, spread
from be_tui.core.schema.pg.names import free_name, joined, quoted
from be_tui.core.schema.pg.work import strings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import Column, DataType, Index, Table
    from be_tui.core.schema.model import Key as TableKey
    from be_tui.core.schema.pg.work import Work

_STRATEGIES = {1: "LIST", 2: "RANGE", 3: "HASH"}


def spec_text(work: Work, columns: Sequence[Column], node: pb.PartitionSpec) -> str:
    """Give how rows go to partitions, as DDL has it."""
    parts = []
    writer = work.expressions(columns)
    for each in node.part_params:
        element = each.partition_elem
        if element.HasField("expr"):
            text = writer.write(element.expr)
            call = element.expr.WhichOneof("node") == "func_call"
            text = text if call else f"({text})"
        else:
            text = quoted(element.name)
        collation = [one for one in strings(element.collation) if one != "pg_catalog"]
        if collation:
            text += f" COLLATE {'.'.join(quoted(one) for one in collation)}"
        if element.opclass:
            text += f" {'.'.join(quoted(one) for one in strings(element.opclass))}"
        parts.append(text)
    return f"{_STRATEGIES[node.strategy]} ({', '.join(parts)})"


def bound_text(node: pb.PartitionBoundSpec, kinds: Sequence[DataType | None]) -> str:
    """Give which rows a partition takes, as DDL has it."""
    if node.is_default:
        return "DEFAULT"
    if node.strategy == "h":
        return f"FOR VALUES WITH (MODULUS {node.modulus}, REMAINDER {node.remainder})"
    if node.strategy == "l":
        kind = kinds[0] if kinds else None
        values = ", ".join(_value(each, kind) for each in node.listdatums)
        return f"FOR VALUES IN ({values})"
    low, high = (_values(each, kinds) for each in (node.lowerdatums, node.upperdatums))
    return f"FOR VALUES FROM ({low}) TO ({high})"


def _values(nodes: Sequence[pb.Node], kinds: Sequence[DataType | None]) -> str:
    return ", ".join(
        _value(each, kinds[at] if at < len(kinds) else None) for at, each in enumerate(nodes)
    )


def _value(node: pb.Node, kind: DataType | None) -> str:
    if node.WhichOneof("node") == "column_ref":
        return str(node.column_ref.fields[0].string.sval).upper()
    writer = Expressions()
    if kind is None:
        return writer.write(node)
    return writer.default(node, kind) or "NULL"


def join_parent(work: Work, key: Key) -> None:
    """Give a new partition the conditions, keys and indexes of its table."""
    table = work.held.tables[key]
    found = work.held.find(*_name_first(table.parent))
    if found is None:
        return
    whole = work.held.tables[found]
    names = {each.name for each in table.checks}
    table = replace(
        table,
        checks=(
            *table.checks,
            *(each for each in whole.checks if each.inherited and each.name not in names),
        ),
    )
    if whole.primary_key and table.primary_key is None:
        made = own_key(work, table, whole.primary_key, "pkey")
        columns = tuple(
            replace(each, nullable=False) if each.name.folded in made.columns else each
            for each in table.columns
        )
        table = replace(table, primary_key=made, columns=columns)
    shapes = {(each.columns, each.include) for each in table.uniques}
    for each in whole.uniques:
        if (each.columns, each.include) not in shapes:
            table = replace(table, uniques=(*table.uniques, own_key(work, table, each, "key")))
    work.held.put(key, table)
    for index in whole.indexes:
        _join_index(work, key, index)


def _join_index(work: Work, key: Key, index: Index) -> None:
    table = work.held.tables[key]
    own = same_index(table, index)
    parent = index.name.casefold()
    if any(each.parent == parent for each in table.indexes):
        return
    if own is not None:
        made = replace(own, parent=parent)
        indexes = tuple(made if each is own else each for each in table.indexes)
    else:
        made = replace(own_index(work, table, index), parent=parent, only=False)
        indexes = (*table.indexes, made)
    work.held.put(key, replace(table, indexes=indexes))
    if table.partition_by:
        spread(work, key, made)


def own_key(work: Work, table: Table, key: TableKey, label: str) -> TableKey:
    """Give a key of another table as one of this."""
    names = {each.name.folded: each.name.text for each in table.columns}
    written = [names.get(each, each) for each in (*key.columns, *key.include)]
    middle = "" if label == "pkey" else joined(written)
    name = free_name(
        table.name.text, middle, label, lambda said: work.held.taken(table.namespace, said)
    )
    return replace(key, name=name, place=work.place())


def own_index(work: Work, table: Table, index: Index) -> Index:
    """Give an index of another table as one of this."""
    from be_tui.core.schema.pg.indexes import implied_name

    return replace(index, name=implied_name(work, table, index), place=work.place())


def _name_first(said: str) -> tuple[str, str]:
    namespace, _, name = said.rpartition(".")
    return name, namespace
