"""What gets another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.hanging import shown_name
from be_tui.core.migrations.effects.pg.nodes import names_of
from be_tui.core.migrations.effects.pg.teller import AE, SUE

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.migrations.effects.pg.teller import Teller

_RELATIONS = {"TABLE", "VIEW", "MATVIEW", "SEQUENCE", "INDEX", "FOREIGN_TABLE"}


def rename(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of RENAME of whatever it is."""
    from postgast import pg_query_pb2 as pb

    kind = str(pb.ObjectType.Name(node.rename_type)).removeprefix("OBJECT_")
    if kind in _RELATIONS:
        _relation(node, kind, tell)
    elif kind == "COLUMN":
        _column(node, tell)
    elif kind == "ATTRIBUTE":
        _attribute(node, tell)
    elif kind == "TABCONSTRAINT":
        _constraint(node, tell)
    elif kind in {"TRIGGER", "POLICY", "RULE"}:
        _on_table(node, kind, tell)
    elif kind in {"TYPE", "DOMAIN"}:
        name = ".".join(names_of(node.object.list.items))
        known = tell.known
        if not (known.domain(name) or known.enumeration(name) or known.composite(name)):
            tell.missing(f"type {name}")
        _broken(name, tell)
    elif kind in {"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"}:
        names = names_of(node.object.object_with_args.objname)
        if not tell.known.routines(names[-1]):
            tell.missing(f"function {'.'.join(names)}")
        _broken(".".join(names), tell)
    elif kind == "SCHEMA":
        if node.subname not in tell.known.namespaces:
            tell.missing(f"schema {node.subname}")
        _broken(node.subname, tell)


def _broken(name: str, tell: Teller) -> None:
    tell.breaks("reads", name, f"code that knows it as {name} fails")


def _both(name: str, tell: Teller) -> None:
    _broken(name, tell)
    tell.breaks("writes", name, f"code that writes {name} fails")


def _relation(node: Any, kind: str, tell: Teller) -> None:  # noqa: ANN401 (a message)
    relation = found(node.relation, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    space = relation.shown.rpartition(".")[0]
    if tell.known.taken(node.newname, space):
        tell.fail(f"relation {node.newname} exists already")
        return
    index = relation.kind == "index" or (kind == "INDEX" and relation.table is None)
    tell.lock(relation, SUE if index else AE)
    if not index and not tell.known.is_made(relation):
        _both(relation.shown, tell)


def _column(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    relation = found(node.relation, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    table = relation.table
    if table and table.complete:
        if table.column(node.subname) is None:
            tell.fail(f"{relation.shown} has no column {node.subname}")
            return
        if table.column(node.newname):
            tell.fail(f"{relation.shown} has a column {node.newname} already")
            return
    if tell.known.inherits_column(relation, node.subname):
        tell.fail(f"{node.subname} is inherited, and can only be renamed in the parent")
        return
    if not node.relation.inh and tell.known.children(relation):
        tell.fail(f"{node.subname} must be renamed in the tables below too")
        return
    tell.lock(relation, AE)
    for each in tell.known.below(relation):
        tell.lock(each, AE)
    if not tell.known.is_made(relation):
        _both(f"{relation.shown}.{node.subname}", tell)


def _attribute(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    name = shown_name(node.relation.relname, node.relation.schemaname)
    composite = tell.known.composite(name)
    if composite is None:
        tell.missing(f"type {name}")
    elif all(each.name.folded != node.subname for each in composite.fields):
        tell.fail(f"{name} has no attribute {node.subname}")
    _both(f"{name}.{node.subname}", tell)


def _constraint(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    relation = found(node.relation, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    tell.lock(relation, AE)
    if relation.table is None:
        return
    constraint = tell.known.constraint(relation, node.subname)
    if constraint is None:
        tell.fail(f"{relation.shown} has no constraint {node.subname}")
        return
    if tell.known.constraint(relation, node.newname):
        tell.fail(f"{relation.shown} has a constraint {node.newname} already")
        return
    if constraint.key or constraint.exclusion:
        tell.lock(tell.index(relation, constraint.name), SUE)
    elif constraint.check or constraint.column:
        for each in tell.known.below(relation):
            tell.lock(each, AE)


def _on_table(node: Any, kind: str, tell: Teller) -> None:  # noqa: ANN401 (a message)
    relation = found(node.relation, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    tell.lock(relation, AE)
    if kind == "TRIGGER":
        _trigger(node, relation, tell)
    elif kind == "POLICY" and relation.table:
        names = [each.name for each in tell.known.policies(relation)]
        if node.subname not in names:
            tell.fail(f"{relation.shown} has no policy {node.subname}")
        elif node.newname in names:
            tell.fail(f"{relation.shown} has a policy {node.newname} already")


def _trigger(node: Any, relation: Relation, tell: Teller) -> None:  # noqa: ANN401 (a message)
    names = [each.name for each in tell.known.triggers(relation)]
    if relation.table and node.subname not in names:
        tell.fail(f"{relation.shown} has no trigger {node.subname}")
    elif node.newname in names and node.newname != node.subname:
        tell.fail(f"{relation.shown} has a trigger {node.newname} already")
    if relation.table and relation.table.partitioned:
        for each in tell.known.below(relation):
            tell.lock(each, AE)
