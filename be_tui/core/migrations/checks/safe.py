"""The statements that do without harm what a statement does with it.

They are written from the nodes of PostgreSQL's own parser, changed where it matters, or from names;
each phase is run by itself, in its own transaction and file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.files import NewStatement, NewStep, PhaseScript

if TYPE_CHECKING:
    from be_tui.core.migrations.checks.acts.model import Act, Node

LOCK_TIMEOUT = "SET lock_timeout = '5s'"
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
_RESERVED = frozenset(
    {
        *("all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric"),
        *("authorization", "binary", "both", "case", "cast", "check", "collate"),
        *("collation", "column", "concurrently", "constraint", "create", "cross"),
        *("current_catalog", "current_date", "current_role", "current_schema"),
        *("current_time", "current_timestamp", "current_user", "default"),
        *("deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch"),
        *("for", "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in"),
        *("initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral"),
        *("leading", "left", "like", "limit", "localtime", "localtimestamp", "natural"),
        *("not", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps"),
        *("placing", "primary", "references", "returning", "right", "select"),
        *("session_user", "similar", "some", "symmetric", "system_user", "table"),
        *("tablesample", "then", "to", "trailing", "true", "union", "unique", "user", "using"),
        *("variadic", "verbose", "when", "where", "window", "with"),
    }
)
_LONGEST = 63


def quoted(name: str) -> str:
    """Give a name as PostgreSQL has to be told it."""
    if _PLAIN.fullmatch(name) and name not in _RESERVED:
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def relation(act: Act) -> str:
    """Give the table of an act as SQL."""
    return dotted(act.namespace, act.table)


def dotted(namespace: str, name: str) -> str:
    """Give a name with its schema as SQL."""
    return f"{quoted(namespace)}.{quoted(name)}" if namespace else quoted(name)


def listed(names: tuple[str, ...]) -> str:
    """Give columns as they stand in brackets."""
    return ", ".join(map(quoted, names))


def named(*parts: str) -> str:
    """Make a name of an object out of words, as PostgreSQL cuts it."""
    return "_".join(part for part in parts if part)[:_LONGEST]


def locked(*statements: str, name: str = "", note: str = "") -> PhaseScript:
    """Give statements that take a strong lock for a moment, and give up if they must wait."""
    return phase(LOCK_TIMEOUT, *statements, name=name, note=note)


def phase(*statements: str, name: str = "", note: str = "") -> PhaseScript:
    """Give statements that run in one transaction."""
    steps = tuple(NewStep((NewStatement(each),)) for each in statements)
    return PhaseScript(name, steps, note)


def outside(*statements: str, name: str = "", note: str = "") -> PhaseScript:
    """Give statements that each run without a transaction."""
    steps = tuple(NewStep((NewStatement(each, outside=True),)) for each in statements)
    return PhaseScript(name, steps, note)


def written(node: Node) -> str:
    """Give a node as SQL; nothing where libpg_query cannot write it."""
    from be_tui.core.pgtext import deparse

    try:
        return str(deparse(node))
    except ValueError:
        return ""


def with_constraint(act: Act, *, valid: bool) -> tuple[str, str]:
    """Give `ALTER TABLE ... ADD` of an act's constraint, and the constraint's name.

    A constraint of one column that stands at the column is made one of the table.
    """
    from postgast import pg_query_pb2 as pb

    node = pb.AlterTableStmt()
    node.objtype = pb.OBJECT_TABLE
    node.relation.relname = act.table
    node.relation.schemaname = act.namespace
    node.relation.inh = True
    node.relation.relpersistence = "p"
    command = node.cmds.add().alter_table_cmd
    command.subtype = pb.AT_AddConstraint
    command.behavior = pb.DROP_RESTRICT
    constraint = getattr(command, "def").constraint
    constraint.CopyFrom(act.node)
    name = constraint.conname or _constraint_name(act)
    constraint.conname = name
    constraint.skip_validation = not valid
    constraint.initially_valid = valid
    _name_columns(constraint, act)
    return written(node), name


def _name_columns(constraint: Node, act: Act) -> None:
    own = constraint.fk_attrs if act.kind == "add foreign key" else constraint.keys
    if act.kind in {"add foreign key", "add unique", "add primary key"} and not own:
        for column in act.columns:
            own.add().string.sval = column


def _constraint_name(act: Act) -> str:
    """Give the name that PostgreSQL gives a constraint without one."""
    endings = {
        "add check": "check",
        "add exclusion": "excl",
        "add foreign key": "fkey",
        "add not null": "not_null",
        "add unique": "key",
    }
    if act.kind == "add primary key":
        return named(act.table, "pkey")
    return named(act.table, *act.columns[:3], endings.get(act.kind, "check"))
