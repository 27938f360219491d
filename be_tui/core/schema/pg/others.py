"""Objects of which only their DDL is known, and those that stand on a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.model import Trigger
from be_tui.core.schema.objects import Extension, Other, Policy
from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.queries import query_text, tree_of
from be_tui.core.schema.pg.reparsing import expression_node
from be_tui.core.schema.pg.work import Unseen, plain_namespace, strings, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from google.protobuf.message import Message

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.pg.work import Work

KINDS: dict[int, str] = {
    pb.OBJECT_RULE: "rule",
    pb.OBJECT_STATISTIC_EXT: "statistics",
    pb.OBJECT_PUBLICATION: "publication",
    pb.OBJECT_SUBSCRIPTION: "subscription",
    pb.OBJECT_EVENT_TRIGGER: "event trigger",
    pb.OBJECT_COLLATION: "collation",
    pb.OBJECT_CONVERSION: "conversion",
    pb.OBJECT_OPERATOR: "operator",
    pb.OBJECT_OPCLASS: "operator class",
    pb.OBJECT_OPFAMILY: "operator family",
    pb.OBJECT_TSCONFIGURATION: "text search configuration",
    pb.OBJECT_TSDICTIONARY: "text search dictionary",
    pb.OBJECT_TSPARSER: "text search parser",
    pb.OBJECT_TSTEMPLATE: "text search template",
    pb.OBJECT_FDW: "foreign data wrapper",
    pb.OBJECT_FOREIGN_SERVER: "server",
    pb.OBJECT_CAST: "cast",
    pb.OBJECT_TRANSFORM: "transform",
    pb.OBJECT_LANGUAGE: "language",
    pb.OBJECT_ACCESS_METHOD: "access method",
}
"""What DDL calls each kind."""

_UPDATE = 16
"""The bit of a trigger's events that says UPDATE."""


def on_what(work: Work, said: pb.RangeVar) -> Key:
    """Give the key of the table or view that something stands on.

    Raises:
        Unseen: There is none of that name.
    """
    key = work.table_key(said)
    if key is None:
        names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
        key = work.resolve(work.held.views, names)
    if key is None:
        raise Unseen(f'no table "{said.relname}" is known here')
    return key


def create_trigger(work: Work, node: pb.CreateTrigStmt) -> None:
    """Take in CREATE TRIGGER."""
    key = on_what(work, node.relation)
    table = key[1].casefold()
    before = work.held.triggers.get((key[0], table, node.trigname))
    if before is not None and not node.replace:
        raise Unseen(f'a trigger "{node.trigname}" of "{key[1]}" is there already')
    node.replace = False
    work.placed(node)
    _place_function(work, node)
    _write_condition(work, key, node)
    work.held.triggers[key[0], table, node.trigname] = Trigger(
        table=table,
        on_update=bool(node.events & _UPDATE),
        name=node.trigname,
        namespace=key[0],
        definition=query_text(node),
    )


def _write_condition(work: Work, key: Key, node: pb.CreateTrigStmt) -> None:
    """Write the condition of a trigger as those of its table are written."""
    table = work.held.tables.get(key)
    if table is None or not node.HasField("when_clause"):
        return
    kinds = {each.name.text: work.base(each.type) for each in table.columns}
    rows = {f"{row}.{name}": kind for row in ("old", "new") for name, kind in kinds.items()}
    made = expression_node(Expressions(rows).write(node.when_clause))
    if made is not None:
        node.when_clause.CopyFrom(made)


def _place_function(work: Work, node: pb.CreateTrigStmt) -> None:
    names = strings(node.funcname)
    if len(names) == 1:
        found = [key for key in work.held.routines.named(names[0]) if key[1] == names[0]]
        spaces = {key[0] for key in found}
        if len(spaces) == 1 and (space := spaces.pop()):
            node.funcname[0].string.sval = space
            node.funcname.add().string.sval = names[0]


def create_policy(work: Work, node: pb.CreatePolicyStmt) -> None:
    """Take in CREATE POLICY."""
    key = on_what(work, node.table)
    _put_policy(work, key, node)


def _put_policy(work: Work, key: Key, node: pb.CreatePolicyStmt) -> None:
    table = work.held.tables.get(key)
    columns = table.columns if table else ()
    # The conditions are written as those of the table are, so that casts are left off alike.
    for field in ("qual", "with_check"):
        if node.HasField(field):
            made = expression_node(work.expressions(columns).write(getattr(node, field)))
            if made is not None:
                getattr(node, field).CopyFrom(made)
    work.placed(node)
    work.held.policies[key[0], key[1].casefold(), node.policy_name] = Policy(
        name=node.policy_name,
        table=key[1].casefold(),
        definition=query_text(node),
        place=work.place(),
        namespace=key[0],
    )


def alter_policy(work: Work, node: pb.AlterPolicyStmt) -> None:
    """Take in ALTER POLICY.

    Raises:
        Unseen: There is none of that name.
    """
    key = on_what(work, node.table)
    found = work.held.policies.get((key[0], key[1].casefold(), node.policy_name))
    if found is None:
        raise Unseen(f'no policy "{node.policy_name}" of "{key[1]}" is known here')
    tree = tree_of(found.definition)
    if node.roles:
        del tree.roles[:]
        tree.roles.extend(node.roles)
    for field in ("qual", "with_check"):
        if node.HasField(field):
            getattr(tree, field).CopyFrom(getattr(node, field))
    _put_policy(work, key, tree)


def create_extension(work: Work, node: pb.CreateExtensionStmt) -> None:
    """Take in CREATE EXTENSION."""
    if node.extname in work.held.extensions and node.if_not_exists:
        return
    said = {each.def_elem.defname: value_of(each.def_elem.arg) for each in node.options}
    work.held.extensions[node.extname] = Extension(
        node.extname,
        work.place(),
        plain_namespace(said.get("schema", "")),
        said.get("new_version", ""),
    )


def alter_extension(work: Work, node: pb.AlterExtensionStmt) -> None:
    """Take in ALTER EXTENSION UPDATE.

    Raises:
        Unseen: There is none of that name.
    """
    found = work.held.extensions.get(node.extname)
    if found is None:
        raise Unseen(f'no extension "{node.extname}" is known here')
    said = {each.def_elem.defname: value_of(each.def_elem.arg) for each in node.options}
    version = said.get("new_version", found.version)
    work.held.extensions[node.extname] = replace(found, version=version)


def create_rule(work: Work, node: pb.RuleStmt) -> None:
    """Take in CREATE RULE."""
    key = on_what(work, node.relation)
    node.replace = False
    _put(work, "rule", (key[0], node.rulename), node, table=key[1])


def create_statistics(work: Work, node: pb.CreateStatsStmt) -> None:
    """Take in CREATE STATISTICS."""
    from be_tui.core.schema.pg.indexes import figured
    from be_tui.core.schema.pg.names import free_name, joined

    said = node.relations[0].range_var if node.relations else pb.RangeVar()
    key = on_what(work, said)
    if node.defnames:
        names = work.key_of(strings(node.defnames))
    else:
        parts = [
            each.stats_elem.name or figured(each.stats_elem.expr) or "expr" for each in node.exprs
        ]
        taken = {each[3] for each in work.held.others if each[0] == "statistics"}
        names = (
            key[0],
            free_name(key[1], joined(parts), "stat", lambda name: name in taken),
        )
        node.defnames.extend([pb.Node(string=pb.String(sval=names[1]))])
    if node.if_not_exists and ("statistics", names[0], key[1].casefold(), names[1]) in (
        work.held.others
    ):
        return
    node.if_not_exists = False
    node.stat_types.sort(key=lambda each: each.string.sval)
    _put(work, "statistics", names, node, table=key[1])


def create_range(work: Work, node: pb.CreateRangeStmt) -> None:
    """Take in CREATE TYPE … AS RANGE."""
    name = strings(node.type_name)[-1]
    whole = name.replace("range", "multirange", 1) if "range" in name else f"{name}_multirange"
    kept = []
    for each in node.params:
        said = each.def_elem
        told = said.arg.type_name.names[-1].string.sval if said.arg.HasField("type_name") else ""
        if said.defname != "multirange_type_name" or told != whole:
            kept.append(each)
    del node.params[:]
    node.params.extend(kept)
    _put(work, "range type", work.key_of(strings(node.type_name)), node)


def define(work: Work, node: pb.DefineStmt) -> None:
    """Take in what is defined by options: aggregates, base types, operators, collations."""
    if node.kind == pb.OBJECT_AGGREGATE:
        from be_tui.core.schema.pg.routines import create_aggregate

        create_aggregate(work, node)
        return
    key = work.key_of(strings(node.defnames))
    node.definition.sort(key=lambda each: each.def_elem.defname)
    kind = "base type" if node.kind == pb.OBJECT_TYPE else KINDS.get(node.kind, "object")
    _put(work, kind, key, node)


def by_name(kind: str, field: str) -> Callable[[Work, Any], None]:
    """Give what takes in an object that stands in no schema."""

    def take(work: Work, node: Message) -> None:
        _put(work, kind, ("", getattr(node, field)), node)

    return take


def _put(work: Work, kind: str, key: Key, node: Message, *, table: str = "") -> None:
    work.placed(node)
    made = Other(
        kind=kind,
        name=key[1],
        definition=query_text(node),
        place=work.place(),
        namespace=key[0],
        table=table.casefold(),
    )
    before = work.held.others.get((kind, key[0], made.table, key[1]))
    if before is not None:
        made = replace(made, comment=before.comment)
    work.held.others[kind, key[0], made.table, key[1]] = made
