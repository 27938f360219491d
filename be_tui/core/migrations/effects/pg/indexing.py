"""Indexes that are made, and built again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import probing
from be_tui.core.migrations.effects.pg.catalogue import keys_of_partitions
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.nodes import walk
from be_tui.core.migrations.effects.pg.steadiness import is_changing
from be_tui.core.migrations.effects.pg.teller import AE, AS, SUE, S

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.migrations.effects.pg.teller import Teller

CONCURRENT = "CONCURRENTLY cannot run in a transaction"


def make_index(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE INDEX."""
    if node.concurrent:
        tell.fail(CONCURRENT, "in transaction")
    relation = found(node.relation, tell)
    if relation is None or _cannot_be(node, relation, tell):
        return
    tell.lock(relation, SUE if node.concurrent else S)
    space = relation.shown.rpartition(".")[0]
    if node.idxname and tell.known.taken(node.idxname, space):
        if not node.if_not_exists:
            tell.fail(f"relation {node.idxname} exists already")
        return
    partitioned = bool(relation.table and relation.table.partitioned)
    tables = [relation]
    if partitioned and node.relation.inh:
        tables += tell.known.below(relation)
    elif partitioned:
        return
    for each in tables:
        tell.lock(each, SUE if node.concurrent else S)
        tell.work("index build", each, "every row gets an entry")
    if node.unique:
        _unique(node, relation, tell)


def _cannot_be(node: Any, relation: Relation, tell: Teller) -> bool:  # noqa: ANN401 (a message)
    """Tell of an index that the server refuses."""
    if relation.view and not relation.view.materialised:
        tell.fail(f"{relation.shown} is a view, and has no index")
        return True
    table = relation.table
    if node.concurrent and table and table.partitioned and node.relation.inh:
        tell.fail(f"{relation.shown} is partitioned, and no index on it is made CONCURRENTLY")
        return True
    names = _columns(node)
    if table and table.complete:
        for name in sorted(names):
            if table.column(name) is None:
                tell.fail(f"{relation.shown} has no column {name}")
                return True
    plain = {each.index_elem.name.casefold() for each in node.index_params}
    missing = keys_of_partitions(tell.known, relation) - plain
    if node.unique and missing:
        tell.fail(f"a key of {relation.shown} must have {', '.join(sorted(missing))} in it")
        return True
    expressions = [e.index_elem.expr for e in node.index_params if e.index_elem.HasField("expr")]
    if node.HasField("where_clause"):
        expressions.append(node.where_clause)
    if any(is_changing(each, relation, tell.known) for each in expressions):
        tell.fail("an index needs functions that are IMMUTABLE")
        return True
    return False


def _columns(node: Any) -> set[str]:  # noqa: ANN401 (a message)
    names = {e.index_elem.name for e in (*node.index_params, *node.index_including_params)}
    for each in (*node.index_params, node.where_clause):
        for kind, inner in walk(each):
            if kind == "column_ref" and inner.fields[-1].WhichOneof("node") == "string":
                names.add(inner.fields[-1].string.sval)
    return {each for each in names if each}


def _unique(node: Any, relation: Relation, tell: Teller) -> None:  # noqa: ANN401 (a message)
    parts = []
    for each in node.index_params:
        part = each.index_elem
        parts.append(probing.quoted(part.name) if part.name else f"({probing.written(part.expr)})")
    where = probing.written(node.where_clause) if node.HasField("where_clause") else ""
    listed = ", ".join(part.strip('"()') for part in parts)
    tell.breaks("writes", relation.shown, f"writes of the same {listed} twice fail")
    if tell.known.is_made(relation):
        return
    distinct = not node.nulls_not_distinct
    probe = probing.twice(relation, parts, where, nulls_distinct=distinct)
    tell.fail(f"rows have the same {listed}", "on data", probe)


def reindex(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of REINDEX."""
    from postgast import pg_query_pb2 as pb

    concurrent = any(each.def_elem.defname == "concurrently" for each in node.params)
    if concurrent:
        tell.fail(CONCURRENT, "in transaction")
    if node.kind not in {pb.REINDEX_OBJECT_INDEX, pb.REINDEX_OBJECT_TABLE}:
        tell.fail("it cannot run in a transaction", "in transaction")
        tell.unknown("which indexes it builds depends on the whole database")
        return
    relation = found(node.relation, tell)
    if relation is None:
        return
    if node.kind == pb.REINDEX_OBJECT_INDEX:
        _reindex_one(relation, tell, concurrent=concurrent)
    elif relation.kind == "table" or relation.view:
        _reindex_table(relation, tell, concurrent=concurrent)
    else:
        tell.fail(f"{relation.shown} is no table")


def _reindex_one(relation: Relation, tell: Teller, *, concurrent: bool) -> None:
    if relation.index is None:
        if relation.table or relation.view:
            tell.fail(f"{relation.shown} is no index")
        return
    owner = tell.known.shown(relation.index.on)
    if owner is None:
        return
    if owner.table and owner.table.partitioned:
        tell.fail(
            "the index of a partitioned table is not built again in a transaction", "in transaction"
        )
        tables = tell.known.below(owner)
    else:
        tables = [owner]
    for each in tables:
        tell.lock(each, SUE if concurrent else S)
        tell.work("index build", each, f"index {relation.shown}")
    tell.lock(relation, SUE if concurrent else AE)


def _reindex_table(relation: Relation, tell: Teller, *, concurrent: bool) -> None:
    tables = [relation]
    if relation.table and relation.table.partitioned:
        tell.fail("a partitioned table is not indexed again in a transaction", "in transaction")
        tables = tell.known.below(relation)
    for each in tables:
        tell.lock(each, SUE if concurrent else S)
        tell.lock_indexes(each, SUE if concurrent else AE)
        if tell.known.indexes(each):
            tell.work("index build", each, "all its indexes")


def alter_index(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of ALTER INDEX with its parts."""
    from postgast import pg_query_pb2 as pb

    from be_tui.core.migrations.effects.pg.altering import for_options

    relation = found(node.relation, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    if relation.table or relation.view:
        tell.fail(f"{relation.shown} is no index")
        return
    for each in node.cmds:
        command = each.alter_table_cmd
        if command.subtype in {pb.AT_SetRelOptions, pb.AT_ResetRelOptions}:
            tell.lock(relation, for_options(command))
        elif command.subtype == pb.AT_SetStatistics:
            tell.lock(relation, SUE)
        elif command.subtype == pb.AT_AttachPartition:
            _attach(relation, command, tell)
        else:
            tell.lock(relation, AE)


def _attach(parent: Relation, command: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    child = found(command.__getattribute__("def").partition_cmd.name, tell)
    if child is None:
        return
    tell.lock(parent, SUE)
    tell.lock(child, AE)
    for index in (parent.index, child.index):
        owner = tell.known.shown(index.on) if index else None
        if owner:
            tell.lock(owner, AS)
