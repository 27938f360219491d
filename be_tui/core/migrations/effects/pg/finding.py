"""The relation that a statement names, or what it means that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.hanging import shown_name
from be_tui.core.migrations.effects.pg.relations import Relation

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.teller import Teller

_OWN = frozenset({"pg_catalog", "information_schema"})
"""Schemas that every database has, and no schema tells of."""


def found(var: Any, tell: Teller, *, missing_ok: bool = False) -> Relation | None:  # noqa: ANN401
    """Give what a name in a statement stands for.

    Where the schema may not be all there is, a relation of which nothing is known but its name.
    """
    relation = tell.known.relation(var.relname, var.schemaname)
    if relation is not None:
        return relation
    shown = shown_name(var.relname, var.schemaname)
    if var.schemaname in _OWN or (not var.schemaname and var.relname.startswith("pg_")):
        return Relation(shown, "table")
    if tell.known.whole and not tell.known.may_be_partition(var.relname):
        if not missing_ok:
            tell.fail(f"relation {shown} does not exist")
        return None
    tell.unknown(f"no schema tells of {shown}")
    return Relation(shown, "table")


def misplaced(relation: Relation, kind: int, tell: Teller) -> bool:
    """Tell whether a statement takes a relation for one of another kind, and so fails."""
    from postgast import pg_query_pb2 as pb

    wanted = {
        pb.OBJECT_INDEX: "index",
        pb.OBJECT_VIEW: "view",
        pb.OBJECT_MATVIEW: "view",
        pb.OBJECT_SEQUENCE: "sequence",
    }.get(kind)
    # ALTER TABLE takes any relation; the others only their own.
    if wanted is None or relation.kind == wanted or relation.table is None:
        return False
    tell.fail(f"{relation.shown} is no {wanted}")
    return True
