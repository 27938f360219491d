"""What is dropped, emptied, renamed, or moved to another schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.catalogue import all_below
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.hanging import shown_name
from be_tui.core.migrations.effects.pg.indexing import CONCURRENT
from be_tui.core.migrations.effects.pg.nodes import names_of
from be_tui.core.migrations.effects.pg.removing import Removal
from be_tui.core.migrations.effects.pg.teller import AE, SUE
from be_tui.core.migrations.effects.pg.typing import drop_types

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.migrations.effects.pg.teller import Teller

_RELATIONS = {"TABLE", "VIEW", "MATVIEW", "SEQUENCE", "INDEX", "FOREIGN_TABLE"}
_ROUTINES = {"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"}


def drop(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of DROP of whatever it is."""
    from postgast import pg_query_pb2 as pb

    kind = str(pb.ObjectType.Name(node.remove_type)).removeprefix("OBJECT_")
    cascade = node.behavior == pb.DROP_CASCADE
    if kind in _RELATIONS:
        _relations(node, kind, tell, cascade=cascade)
    elif kind in {"TYPE", "DOMAIN"}:
        names = [_joined(names_of(each.type_name.names)) for each in node.objects]
        drop_types(names, tell, cascade=cascade, missing_ok=node.missing_ok)
    elif kind in _ROUTINES:
        _routines(node, tell, cascade=cascade)
    elif kind in {"TRIGGER", "POLICY", "RULE"}:
        _on_table(node, kind, tell)
    elif kind == "SCHEMA":
        _schemas(node, tell, cascade=cascade)
    elif kind == "STATISTIC_EXT":
        _statistics(node, tell)
    elif kind == "EXTENSION":
        tell.unknown("what an extension brought with it is not known")
        for each in node.objects:
            message = "code that uses its types or functions fails"
            tell.breaks("reads", each.string.sval, message)


def _joined(names: tuple[str, ...]) -> str:
    return ".".join(names[1:] if names[0] == "public" and len(names) > 1 else names)


def _relations(node: Any, kind: str, tell: Teller, *, cascade: bool) -> None:  # noqa: ANN401
    if node.concurrent:
        tell.fail(CONCURRENT, "in transaction")
        if len(node.objects) > 1:
            tell.fail("DROP INDEX CONCURRENTLY takes one index")
            return
    relations = []
    for each in node.objects:
        names = names_of(each.list.items)
        space = names[-2] if len(names) > 1 else ""
        relation = tell.known.relation(names[-1], space)
        shown = shown_name(names[-1], space)
        if relation is None:
            if tell.known.whole and not node.missing_ok:
                tell.fail(f"{kind.lower()} {shown} does not exist")
            elif not tell.known.whole:
                _unseen(shown, kind, tell)
            continue
        if not _is_kind(relation, kind):
            tell.fail(f"{relation.shown} is no {kind.lower()}")
            return
        relations.append(relation)
    if node.concurrent:
        for relation in relations:
            _index_concurrently(relation, tell)
        return
    removal = Removal(tell, cascade=cascade)
    removal.name(relations)
    for relation in relations:
        if relation.index and _is_needed(relation, tell):
            return
        removal.relation(relation)
        _lost(relation, tell)
    removal.finish()


def _unseen(shown: str, kind: str, tell: Teller) -> None:
    """Tell of a relation that no schema tells of, as far as its kind goes."""
    from be_tui.core.migrations.effects.pg.relations import Relation

    tell.unknown(f"no schema tells of {shown}")
    names = {"TABLE": "table", "VIEW": "view", "MATVIEW": "view", "SEQUENCE": "sequence"}
    if kind == "INDEX":
        tell.lock(Relation(shown, "index"), AE)
        return
    name = names.get(kind, "table")
    relation = Relation(shown, name)  # type: ignore[arg-type]
    tell.lock(relation, AE)
    _lost(relation, tell)


def _is_kind(relation: Relation, kind: str) -> bool:
    if relation.view:
        return kind == ("MATVIEW" if relation.view.materialised else "VIEW")
    return relation.kind == kind.lower().replace("foreign_table", "table")


def _is_needed(relation: Relation, tell: Teller) -> bool:
    index = relation.index
    if index and index.constraint:
        tell.fail(f"constraint {index.name} needs it")
        return True
    if index and index.parent:
        tell.fail(f"index {index.parent} needs it")
        return True
    return False


def _index_concurrently(relation: Relation, tell: Teller) -> None:
    if relation.index is None or _is_needed(relation, tell):
        return
    owner = tell.known.shown(relation.index.on)
    if owner and owner.table and owner.table.partitioned:
        tell.fail(f"{relation.shown} is of a partitioned table, and is not dropped CONCURRENTLY")
        return
    if owner:
        tell.lock(owner, SUE)
    tell.lock(relation, AE)


def _lost(relation: Relation, tell: Teller) -> None:
    if relation.kind in {"index"} or tell.known.is_made(relation):
        return
    tell.breaks("reads", relation.shown, f"code that reads {relation.shown} fails")
    if relation.kind == "table":
        tell.breaks("data", relation.shown, f"what {relation.shown} holds is lost")


def _routines(node: Any, tell: Teller, *, cascade: bool) -> None:  # noqa: ANN401 (a message)
    removal = Removal(tell, cascade=cascade)
    for each in node.objects:
        names = names_of(each.object_with_args.objname)
        if not tell.known.routines(names[-1], names[-2] if len(names) > 1 else ""):
            if not node.missing_ok:
                tell.missing(f"function {_joined(names)}")
            continue
        removal.routine(names[-1])
        tell.breaks("reads", _joined(names), f"code that calls {names[-1]} fails")
    removal.finish()


def _on_table(node: Any, kind: str, tell: Teller) -> None:  # noqa: ANN401 (a message)
    names = names_of(node.objects[0].list.items)
    table, name = names[-2], names[-1]
    space = names[-3] if len(names) > 2 else ""  # noqa: PLR2004 (a schema's name before both)
    relation = tell.known.relation(table, space)
    if relation is None:
        if not node.missing_ok:
            tell.missing(f"relation {shown_name(table, space)}")
        if not tell.known.whole:
            from be_tui.core.migrations.effects.pg.relations import Relation

            tell.lock(Relation(shown_name(table, space), "table"), AE)
        return
    if not _has(relation, kind, name, tell):
        if not node.missing_ok:
            tell.fail(f"{relation.shown} has no {kind.lower()} {name}")
        return
    tell.lock(relation, AE)
    if kind == "TRIGGER" and relation.table and relation.table.partitioned:
        for each in tell.known.below(relation):
            tell.lock(each, AE)
    if kind == "POLICY" and relation.table and relation.table.row_security:
        message = f"rows that {name} lets through are gone for other roles"
        tell.breaks("reads", relation.shown, message)


def _has(relation: Relation, kind: str, name: str, tell: Teller) -> bool:
    if kind == "TRIGGER":
        return any(each.name == name for each in tell.known.triggers(relation))
    if kind == "POLICY":
        return any(each.name == name for each in tell.known.policies(relation))
    return any(
        each.kind == "rule" and each.name.split()[0].strip('"') == name
        for each in tell.known.others
        if not each.table or each.table == relation.shown.rpartition(".")[2].casefold()
    )


def _schemas(node: Any, tell: Teller, *, cascade: bool) -> None:  # noqa: ANN401 (a message)
    removal = Removal(tell, cascade=True)
    for each in node.objects:
        name = each.string.sval
        inside = list(tell.known.in_space(name))
        if name not in tell.known.namespaces and not inside:
            if not node.missing_ok:
                tell.missing(f"schema {name}")
            continue
        if inside and not cascade:
            tell.fail(f"{inside[0].shown} is in it")
            return
        for relation in inside:
            removal.relation(relation)
            _lost(relation, tell)
        tell.breaks("reads", name, f"code that names {name} fails")


def _statistics(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    for each in node.objects:
        name = names_of(each.list.items)[-1]
        there = next(
            (e for e in tell.known.others if e.kind == "statistics" and e.name == name), None
        )
        if there is None:
            if not node.missing_ok:
                tell.missing(f"statistics {name}")
            continue
        relation = tell.known.table(there.table, there.namespace)
        if relation:
            tell.lock(relation, SUE)


def truncate(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of TRUNCATE."""
    from postgast import pg_query_pb2 as pb

    named = []
    for each in node.relations:
        relation = found(each.range_var, tell)
        if relation is None:
            return
        named += all_below(tell.known, [relation]) if each.range_var.inh else [relation]
    queue, seen = list(named), {each.shown for each in named}
    while queue:
        relation = queue.pop(0)
        for reference in tell.known.referenced_by(relation):
            other = reference.table
            if other.shown in seen:
                continue
            if node.behavior != pb.DROP_CASCADE:
                tell.fail(f"{other.shown} refers to {relation.shown}")
                return
            for below in all_below(tell.known, [other]):
                if below.shown not in seen:
                    seen.add(below.shown)
                    named.append(below)
                    queue.append(below)
    for relation in named:
        tell.lock(relation, AE)
        if not (relation.table and relation.table.partitioned):
            tell.lock_indexes(relation, AE)
        for each in tell.known.owned(relation) if node.restart_seqs else ():
            tell.lock(each, AE)
        if not tell.known.is_made(relation):
            tell.breaks("data", relation.shown, f"what {relation.shown} holds is lost")


def move(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of SET SCHEMA."""
    from postgast import pg_query_pb2 as pb

    kind = str(pb.ObjectType.Name(node.object_type)).removeprefix("OBJECT_")
    if kind not in _RELATIONS:
        return
    relation = found(node.relation, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    name = relation.shown.rpartition(".")[2]
    if tell.known.taken(name, node.newschema):
        tell.fail(f"{node.newschema} has a relation {name} already")
        return
    spaces = {*tell.known.namespaces, "public", "pg_catalog"}
    if tell.known.whole and node.newschema not in spaces:
        tell.fail(f"schema {node.newschema} does not exist")
        return
    tell.lock(relation, AE)
    for each in tell.known.owned(relation):
        tell.lock(each, AE)
    tell.breaks("reads", relation.shown, f"code that reads {relation.shown} fails")
    tell.breaks("writes", relation.shown, f"code that writes {relation.shown} fails")
