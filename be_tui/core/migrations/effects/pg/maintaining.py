"""VACUUM, ANALYZE, CLUSTER, comments and rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.catalogue import all_below
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.nodes import names_of
from be_tui.core.migrations.effects.pg.teller import AE, AS, SUE

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.teller import Teller

_GRANT_LOCKS_SINCE = 18


def vacuum(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of VACUUM and ANALYZE."""
    options = {each.def_elem.defname: each.def_elem for each in node.options}
    full = "full" in options and _is_on(options["full"])
    if node.is_vacuumcmd:
        tell.fail("VACUUM cannot run in a transaction", "in transaction")
    if not node.rels:
        tell.unknown("it is about every table of the database")
        return
    for each in node.rels:
        relation = found(each.vacuum_relation.relation, tell)
        if relation is None:
            return
        heirs = relation.table and relation.table.partitioned
        for one in all_below(tell.known, [relation]) if heirs else [relation]:
            tell.lock(one, AE if full else SUE)
            if full:
                tell.rewrite(one, "what is left of its rows is packed together")


def _is_on(option: Any) -> bool:  # noqa: ANN401 (a message)
    if not option.HasField("arg"):
        return True
    inner = option.arg
    text = getattr(inner, str(inner.WhichOneof("node")))
    return str(getattr(text, "sval", getattr(text, "boolval", ""))).lower() not in {
        "false",
        "off",
        "0",
    }


def cluster(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CLUSTER."""
    if not node.HasField("relation"):
        tell.fail("CLUSTER of all tables cannot run in a transaction", "in transaction")
        tell.unknown("it is about every table that was clustered before")
        return
    relation = found(node.relation, tell)
    if relation is None:
        return
    table = relation.table
    if table and table.partitioned:
        tell.fail("CLUSTER of a partitioned table cannot run in a transaction", "in transaction")
    if table and not node.indexname and not table.clustered_on:
        tell.fail(f"{relation.shown} was never clustered by an index")
        return
    names = {each.name for each in tell.known.indexes(relation)}
    if table and node.indexname and node.indexname not in names:
        tell.missing(f"index {node.indexname}")
        return
    tell.lock(relation, AE)
    tell.rewrite(relation, "its rows are put in order")


def comment(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of COMMENT ON."""
    from postgast import pg_query_pb2 as pb

    kind = str(pb.ObjectType.Name(node.objtype)).removeprefix("OBJECT_")
    if not node.object.HasField("list"):
        return
    names = names_of(node.object.list.items)
    if kind in {"TABLE", "VIEW", "MATVIEW", "INDEX", "SEQUENCE", "FOREIGN_TABLE"}:
        _on_relation(names, tell)
    elif kind == "COLUMN":
        relation = _on_relation(names[:-1], tell)
        table = relation.table if relation else None
        if table and table.complete and table.column(names[-1]) is None:
            tell.fail(f"{names[-2]} has no column {names[-1]}")
    elif kind in {"TABCONSTRAINT", "TRIGGER", "RULE", "POLICY"}:
        relation = tell.known.relation(names[-2], names[-3] if len(names) > 2 else "")  # noqa: PLR2004
        if relation is None:
            tell.missing(f"relation {names[-2]}")
        else:
            tell.lock(relation, AS)
            named = kind == "TABCONSTRAINT" and relation.table
            if named and tell.known.constraint(relation, names[-1]) is None:
                tell.fail(f"{relation.shown} has no constraint {names[-1]}")


def _on_relation(names: tuple[str, ...], tell: Teller) -> Any:  # noqa: ANN401 (a relation)
    relation = tell.known.relation(names[-1], names[-2] if len(names) > 1 else "")
    if relation is None:
        tell.missing(f"relation {'.'.join(names)}")
        return None
    tell.lock(relation, SUE)
    return relation


def grant(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of GRANT and REVOKE."""
    from postgast import pg_query_pb2 as pb

    if node.targtype != pb.ACL_TARGET_OBJECT or node.objtype != pb.OBJECT_TABLE:
        if not node.is_grant and node.targtype != pb.ACL_TARGET_DEFAULTS:
            tell.breaks("reads", "rights", "roles that used them are refused")
        return
    for each in node.objects:
        relation = found(each.range_var, tell)
        if relation is None:
            return
        if tell.major >= _GRANT_LOCKS_SINCE:
            tell.lock(relation, AS)
        if not node.is_grant and not tell.known.is_made(relation):
            tell.breaks("reads", relation.shown, "roles that used them are refused")
