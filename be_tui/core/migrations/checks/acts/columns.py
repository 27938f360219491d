"""Columns and constraints out of the nodes of PostgreSQL's parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.migrations.checks.acts.model import Act
from be_tui.core.migrations.checks.acts.naming import names_of, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import ActKind, Node

_KINDS: dict[int, ActKind] = {
    pb.CONSTR_CHECK: "add check",
    pb.CONSTR_EXCLUSION: "add exclusion",
    pb.CONSTR_FOREIGN: "add foreign key",
    pb.CONSTR_NOTNULL: "add not null",
    pb.CONSTR_PRIMARY: "add primary key",
    pb.CONSTR_UNIQUE: "add unique",
}
_ACTIONS = {"c": "cascade", "n": "set null", "d": "set default", "r": "restrict"}
_TYPES = {
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "bpchar": "char",
}


def column_act(namespace: str, table: str, node: Node) -> Act:
    """Give a column that a table gets."""
    parts: list[Act] = []
    flags: set[str] = set()
    for each in node.constraints:
        constraint = each.constraint
        if constraint.contype == pb.CONSTR_DEFAULT:
            flags |= said(default=not constraint.raw_expr.a_const.isnull)
        elif constraint.contype == pb.CONSTR_NOTNULL:
            flags.add("not null")
        elif constraint.contype == pb.CONSTR_IDENTITY:
            flags |= {"identity", "not null"}
        elif constraint.contype == pb.CONSTR_GENERATED:
            flags.add("virtual" if constraint.generated_kind == "v" else "stored")
        else:
            parts.extend(constraint_act(namespace, table, constraint, node.colname))
            flags |= {part.kind.removeprefix("add ") for part in parts}
    named = new_type(node.type_name)
    if named.split("(", maxsplit=1)[0] in {"serial", "bigserial", "smallserial"}:
        flags |= {"serial", "not null"}
    return Act(
        "add column",
        table,
        namespace,
        node.colname,
        type=named,
        flags=frozenset(flags),
        span=(node.location, node.location + len(node.colname.encode())),
        parts=tuple(parts),
        node=node,
    )


def constraint_act(namespace: str, table: str, node: Node, column: str = "") -> Iterator[Act]:
    """Give a constraint that a table gets; nothing for what only qualifies another."""
    kind = _KINDS.get(node.contype)
    if kind is None:
        return
    own = node.fk_attrs if kind == "add foreign key" else node.keys
    columns = tuple(each.string.sval for each in own) or ((column,) if column else ())
    to = ""
    flags = {"named"} if node.conname else set()
    if kind == "add foreign key":
        to = ".".join(each for each in names_of(node.pktable) if each)
        for action, when in ((node.fk_del_action, "delete"), (node.fk_upd_action, "update")):
            if action in _ACTIONS:
                flags.add(f"on {when} {_ACTIONS[action]}")
    flags |= said(
        deferrable=node.deferrable,
        inline=bool(column),
        **{
            "not valid": node.skip_validation,
            "not enforced": not node.is_enforced and kind in {"add check", "add foreign key"},
            "using index": bool(node.indexname),
        },
    )
    yield Act(
        kind,
        table,
        namespace,
        node.conname,
        to,
        columns,
        text=node.indexname,
        flags=frozenset(flags),
        span=(node.location, node.location),
        node=node,
    )


def new_type(node: Node) -> str:
    """Give a type by its usual name, with what stands in brackets."""
    words = [each.string.sval for each in node.names]
    name = words[-1] if words else ""
    if len(words) > 1 and words[0] == "pg_catalog":
        name = _TYPES.get(name, name)
    sizes = [str(each.a_const.ival.ival) for each in node.typmods if each.HasField("a_const")]
    shown = f"{name}({','.join(sizes)})" if sizes and name != "interval" else name
    return f"{shown}[]" if node.array_bounds else shown
