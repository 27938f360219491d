"""Tables, views, triggers and rules that are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import partitioning
from be_tui.core.migrations.effects.pg.constraints import kind_of
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.hanging import shown_name
from be_tui.core.migrations.effects.pg.nodes import names_of
from be_tui.core.migrations.effects.pg.teller import AE, AS, RE, RS, SRE, SUE
from be_tui.core.migrations.effects.pg.typing import exists
from be_tui.core.migrations.effects.pg.usage import Usage, usage_in, view_columns

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.teller import Teller


def reads(node: Any, tell: Teller, *, run: bool = True) -> Usage:  # noqa: ANN401 (a message)
    """Tell of the locks of a query.

    Args:
        node: A tree that has the query in it.
        tell: Takes in what is found.
        run: Whether it is run, and reaches the tables below a view, and partitions.
    """
    usage = usage_in(node, tell.known)
    queue, seen = list(usage.relations), set(usage.relations)
    while queue:
        relation = tell.known.shown(queue.pop())
        if relation is None:
            continue
        written = relation.shown in usage.written
        mode = RE if written else RS if relation.shown in usage.locking else AS
        tell.lock(relation, mode)
        if not run:
            continue
        for each in tell.known.below(relation) if relation.table else ():
            tell.lock(each, mode)
        if relation.view and not relation.view.materialised:
            inner = tell.known.usage(relation)
            queue += [each for each in inner.relations if each not in seen]
            seen |= inner.relations
    return usage


def make_table(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE TABLE: of the tables that it refers to, or is part of."""
    var = node.relation
    name = shown_name(var.relname, var.schemaname)
    if var.relpersistence != "t" and tell.known.taken(var.relname, var.schemaname):
        if not node.if_not_exists:
            tell.fail(f"relation {name} exists already")
        return
    if node.HasField("partbound"):
        partitioning.made_of(node, tell)
    else:
        for each in node.inh_relations:
            parent = found(each.range_var, tell)
            if parent:
                tell.lock(parent, SUE)
    if _refers_to_itself(node, name):
        tell.fail(f"no key of {name} is over what is referred to")
        return
    for each in node.table_elts:
        kind = each.WhichOneof("node")
        if kind == "column_def":
            _column(each.column_def, name, tell)
        elif kind == "constraint" and kind_of(each.constraint) == "foreign":
            _refers(each.constraint, name, tell)
        elif kind == "table_like_clause":
            source = found(each.table_like_clause.relation, tell)
            if source:
                tell.lock(source, AS)


def _refers_to_itself(node: Any, name: str) -> bool:  # noqa: ANN401 (a message)
    """Tell whether a table refers to a key of its own that it does not have."""
    keys: list[set[str]] = []
    primary: set[str] = set()
    wanted: list[set[str]] = []
    for each in node.table_elts:
        kind = each.WhichOneof("node")
        own = each.column_def.colname if kind == "column_def" else ""
        inner = [e.constraint for e in each.column_def.constraints] if own else [each.constraint]
        for constraint in inner if own or kind == "constraint" else ():
            found = kind_of(constraint)
            columns = {own} if own else set(names_of(constraint.keys))
            if found in {"primary", "unique"}:
                keys.append(columns)
                primary = columns if found == "primary" else primary
            target = constraint.pktable
            if found == "foreign" and shown_name(target.relname, target.schemaname) == name:
                wanted.append(set(names_of(constraint.pk_attrs)))
    return any((each or primary) not in keys for each in wanted)


def _column(column: Any, table: str, tell: Teller) -> None:  # noqa: ANN401 (a message)
    if not exists(column.type_name, tell.known):
        tell.missing(f"type {'.'.join(names_of(column.type_name.names))}")
    for each in column.constraints:
        if kind_of(each.constraint) == "foreign":
            _refers(each.constraint, table, tell)


def _refers(constraint: Any, table: str, tell: Teller) -> None:  # noqa: ANN401 (a message)
    target = constraint.pktable
    if shown_name(target.relname, target.schemaname) == table:
        return
    relation = found(target, tell)
    if relation is None:
        return
    tell.lock(relation, SRE)
    if relation.table and relation.table.partitioned:
        for each in tell.known.below(relation):
            tell.lock(each, SRE)


def make_table_as(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE TABLE AS and CREATE MATERIALIZED VIEW."""
    into = node.into.rel
    if tell.known.taken(into.relname, into.schemaname) and into.relpersistence != "t":
        if not node.if_not_exists:
            tell.fail(f"relation {shown_name(into.relname, into.schemaname)} exists already")
        return
    reads(node.query, tell, run=not node.into.skip_data)


def make_view(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE VIEW and CREATE OR REPLACE VIEW."""
    from be_tui.core.pgtext import deparse

    var = node.view
    there = tell.known.relation(var.relname, var.schemaname)
    if there and tell.known.taken(var.relname, var.schemaname):
        if not node.replace:
            tell.fail(f"relation {there.shown} exists already")
            return
        if there.view is None or there.view.materialised:
            tell.fail(f"{there.shown} is no view")
            return
        given = names_of(node.aliases)
        try:
            now = view_columns(deparse(node.query.select_stmt), given)
        except ValueError:
            now = given
        before = view_columns(there.view.query, there.view.columns)
        if "*" not in (*now, *before) and now[: len(before)] != before:
            tell.fail(f"{there.shown} would lose or rename a column")
            return
        tell.lock(there, AE)
    reads(node.query, tell, run=False)


def refresh(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of REFRESH MATERIALIZED VIEW."""
    relation = found(node.relation, tell)
    if relation is None:
        return
    if relation.table or (relation.view and not relation.view.materialised):
        tell.fail(f"{relation.shown} is no materialised view")
        return
    indexes = tell.known.indexes(relation)
    if node.concurrent:
        if relation.view and not any(e.unique and e.plain for e in indexes):
            tell.fail(f"{relation.shown} has no unique index over plain columns")
            return
        if node.skip_data:
            tell.fail("CONCURRENTLY and WITH NO DATA cannot stand together")
            return
        tell.lock(relation, "EXCLUSIVE")
        tell.work("scan", relation, "each row is compared with what it would be")
    else:
        tell.lock(relation, AE)
        tell.lock_indexes(relation, AE)
        if not node.skip_data:
            tell.work("rewrite", relation, "its query is run again")
            if indexes:
                tell.work("index build", relation, "its query is run again")
    if relation.view and not node.skip_data:
        usage = tell.known.usage(relation)
        for shown in usage.relations:
            under = tell.known.shown(shown)
            if under:
                _read(under, tell)
    if node.skip_data:
        tell.breaks("reads", relation.shown, "nobody can read it before it is filled")


def _read(relation: Any, tell: Teller) -> None:  # noqa: ANN401 (a relation)
    tell.lock(relation, AS)
    for each in tell.known.below(relation) if relation.table else ():
        tell.lock(each, AS)
    if relation.view and not relation.view.materialised:
        for shown in tell.known.usage(relation).relations:
            under = tell.known.shown(shown)
            if under:
                _read(under, tell)


def make_trigger(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE TRIGGER."""
    relation = found(node.relation, tell)
    if relation is None:
        return
    names = [each.name for each in tell.known.triggers(relation)]
    if node.trigname in names and not node.replace:
        tell.fail(f"{relation.shown} has a trigger {node.trigname} already")
        return
    if not tell.known.routines(names_of(node.funcname)[-1]):
        tell.missing(f"function {'.'.join(names_of(node.funcname))}()")
    tell.lock(relation, SRE)
    if relation.table and relation.table.partitioned and node.row:
        for each in tell.known.below(relation):
            tell.lock(each, SRE)
    if node.HasField("constrrel"):
        other = found(node.constrrel, tell)
        if other:
            tell.lock(other, AS)


def make_rule(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE RULE."""
    relation = found(node.relation, tell)
    if relation:
        tell.lock(relation, AE)
        if node.instead:
            message = f"{node.rulename} does something else instead"
            tell.breaks("writes", relation.shown, message)


def make_policy(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE POLICY and ALTER POLICY."""
    relation = found(node.table, tell)
    if relation is None:
        return
    tell.lock(relation, AE)
    names = [each.name for each in tell.known.policies(relation)]
    if relation.table is None:
        return
    made = node.DESCRIPTOR.name == "CreatePolicyStmt"
    if made and node.policy_name in names:
        tell.fail(f"{relation.shown} has a policy {node.policy_name} already")
    elif not made and node.policy_name not in names:
        tell.missing(f"policy {node.policy_name} on {relation.shown}")


def make_routine(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE FUNCTION and CREATE PROCEDURE."""
    names = names_of(node.funcname)
    there = tell.known.routines(names[-1], names[-2] if len(names) > 1 else "public")
    mine = _argument_types(node)
    same = [each for each in there if _listed(each.arguments) == mine]
    if not same:
        return
    if not node.replace:
        tell.fail(f"{names[-1]} exists already with these arguments")
        return
    returned = _type_name(node.return_type) if node.HasField("return_type") else ""
    before = same[0].returns
    if returned and before and "TABLE" not in before and _listed(before) != _listed(returned):
        tell.fail(f"{names[-1]} gives {before} now, and cannot be replaced by one that does not")


def _argument_types(node: Any) -> tuple[str, ...]:  # noqa: ANN401 (a message)
    from postgast import pg_query_pb2 as pb

    modes = {pb.FUNC_PARAM_OUT, pb.FUNC_PARAM_TABLE}
    inward = [e.function_parameter for e in node.parameters]
    return tuple(_listed(_type_name(each.arg_type))[0] for each in inward if each.mode not in modes)


def _type_name(node: Any) -> str:  # noqa: ANN401 (a message)
    from be_tui.core.migrations.effects.pg.types import written

    kind = written(node)
    return f"{kind.name}{'[]' * kind.array}"


def _listed(text: str) -> tuple[str, ...]:
    """Give types under the server's own names."""
    from be_tui.core.migrations.effects.pg.types import modelled
    from be_tui.core.schema import DataType

    found = []
    for each in text.split(","):
        name = each.strip().lower()
        array = name.endswith("[]")
        base = modelled(DataType(name.removesuffix("[]").partition("(")[0], "other")).name
        if name:
            found.append(f"{base}{'[]' * array}")
    return tuple(found)


def make_statistics(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE STATISTICS."""
    for each in node.relations:
        relation = found(each.range_var, tell)
        if relation:
            tell.lock(relation, SUE)


def publish(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of publications, which keep their tables from being altered for a moment."""
    names = [each.name for each in tell.known.others if each.kind == "publication"]
    if node.DESCRIPTOR.name == "AlterPublicationStmt" and node.pubname not in names:
        tell.missing(f"publication {node.pubname}")
        return
    for each in node.pubobjects:
        spec = each.publication_obj_spec
        if spec.HasField("pubtable"):
            relation = found(spec.pubtable.relation, tell)
            if relation:
                tell.lock(relation, SUE)
                for below in tell.known.below(relation):
                    if relation.table and not relation.table.partitioned:
                        tell.lock(below, SUE)


def make_schema(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE SCHEMA."""
    if node.schemaname in tell.known.namespaces and not node.if_not_exists:
        tell.fail(f"schema {node.schemaname} exists already")
