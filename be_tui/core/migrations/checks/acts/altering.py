"""The acts of PostgreSQL's ALTER TABLE, one a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.migrations.checks.acts.columns import column_act, constraint_act, new_type
from be_tui.core.migrations.checks.acts.model import Act
from be_tui.core.migrations.checks.acts.naming import names_of, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import ActKind, Node

_PLAIN: dict[int, ActKind] = {
    pb.AT_AddIdentity: "alter identity",
    pb.AT_AlterConstraint: "alter constraint",
    pb.AT_AlterColumnType: "alter type",
    pb.AT_AddInherit: "inherit",
    pb.AT_DisableRowSecurity: "row security",
    pb.AT_DisableTrig: "disable trigger",
    pb.AT_DisableTrigAll: "disable trigger",
    pb.AT_DisableTrigUser: "disable trigger",
    pb.AT_DropColumn: "drop column",
    pb.AT_DropConstraint: "drop constraint",
    pb.AT_DropExpression: "change generated",
    pb.AT_DropIdentity: "alter identity",
    pb.AT_DropInherit: "inherit",
    pb.AT_DropNotNull: "drop not null",
    pb.AT_EnableRowSecurity: "row security",
    pb.AT_ForceRowSecurity: "row security",
    pb.AT_NoForceRowSecurity: "row security",
    pb.AT_ReplicaIdentity: "replica identity",
    pb.AT_SetAccessMethod: "set access method",
    pb.AT_SetCompression: "set storage",
    pb.AT_SetExpression: "change generated",
    pb.AT_SetIdentity: "alter identity",
    pb.AT_SetLogged: "set logged",
    pb.AT_SetNotNull: "set not null",
    pb.AT_SetRelOptions: "set options",
    pb.AT_SetStatistics: "set storage",
    pb.AT_SetStorage: "set storage",
    pb.AT_SetTableSpace: "set tablespace",
    pb.AT_SetUnLogged: "set unlogged",
    pb.AT_ValidateConstraint: "validate",
}
_WORDS = {
    pb.AT_EnableRowSecurity: "enable",
    pb.AT_ForceRowSecurity: "force",
    pb.AT_DisableRowSecurity: "disable",
    pb.AT_NoForceRowSecurity: "no force",
    pb.AT_DropExpression: "drop",
    pb.AT_SetExpression: "set",
    pb.AT_AddIdentity: "add",
    pb.AT_SetIdentity: "set",
    pb.AT_DropIdentity: "drop",
    pb.AT_AddInherit: "add",
    pb.AT_DropInherit: "drop",
}
_REPLICA = {"f": "full", "n": "nothing", "i": "index", "d": "default"}


_TABLES = {pb.OBJECT_TABLE, pb.OBJECT_FOREIGN_TABLE, pb.OBJECT_MATVIEW, pb.OBJECT_TYPE}


def acts_of_alter(node: Node) -> Iterator[Act]:
    """Give the acts of one ALTER TABLE, or of the like on views, indexes and sequences."""
    space, table = names_of(node.relation)
    if node.objtype not in _TABLES:
        sort = pb.ObjectType.Name(node.objtype).removeprefix("OBJECT_").lower()
        kind: ActKind = "alter view" if sort == "view" else "other"
        yield Act(kind, table, space, to=sort, node=node)
        return
    for each in node.cmds:
        yield from _part(space, table, each.alter_table_cmd)


def _part(space: str, table: str, cmd: Node) -> Iterator[Act]:
    given = getattr(cmd, "def")
    sort = cmd.subtype
    if sort == pb.AT_AddColumn:
        act = column_act(space, table, given.column_def)
        yield _with(act, said(**{"if not exists": cmd.missing_ok}))
    elif sort == pb.AT_AddConstraint:
        yield from constraint_act(space, table, given.constraint)
    elif sort == pb.AT_ColumnDefault:
        kind: ActKind = "set default" if cmd.HasField("def") else "drop default"
        yield Act(kind, table, space, cmd.name, node=cmd)
    elif sort in {pb.AT_AttachPartition, pb.AT_DetachPartition}:
        yield _partition(space, table, cmd, given.partition_cmd)
    else:
        yield _plain(space, table, cmd, given)


def _plain(space: str, table: str, cmd: Node, given: Node) -> Act:
    kind = _PLAIN.get(cmd.subtype, "alter table")
    flags = said(cascade=cmd.behavior == pb.DROP_CASCADE, **{"if exists": cmd.missing_ok})
    named, text, to = "", "", _WORDS.get(cmd.subtype, "")
    if kind == "alter type":
        named = new_type(given.column_def.type_name)
        flags |= said(
            using=given.column_def.HasField("raw_default"),
            collate=given.column_def.HasField("coll_clause"),
        )
    elif cmd.subtype == pb.AT_AddIdentity:
        flags |= said(always=given.constraint.generated_when == "a")
    elif kind == "replica identity":
        to = _REPLICA.get(given.replica_identity_stmt.identity_type, "")
    elif kind == "set options":
        text = " ".join(each.def_elem.defname for each in given.list.items)
        flags |= frozenset(
            f"{each.def_elem.defname}={_value(each.def_elem)}" for each in given.list.items
        )
    return Act(kind, table, space, cmd.name, to, type=named, text=text, flags=flags, node=cmd)


def _value(option: Node) -> str:
    given = option.arg
    sort = given.WhichOneof("node") if option.HasField("arg") else ""
    if sort == "string":
        return str(given.string.sval).lower()
    if sort == "type_name":
        return str(given.type_name.names[-1].string.sval).lower()
    return str(given.integer.ival) if sort == "integer" else ""


def _partition(space: str, table: str, cmd: Node, given: Node) -> Act:
    attach = cmd.subtype == pb.AT_AttachPartition
    to = ".".join(each for each in names_of(given.name) if each)
    flags = said(concurrently=given.concurrent, default=given.bound.is_default)
    kind: ActKind = "attach partition" if attach else "detach partition"
    return Act(kind, table, space, to=to, flags=flags, node=cmd)


def _with(act: Act, flags: frozenset[str]) -> Act:
    from dataclasses import replace

    return replace(act, flags=act.flags | flags) if flags else act
