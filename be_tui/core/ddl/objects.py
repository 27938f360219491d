"""What a database has besides tables and indexes, as SQL; whole statements are carried as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.ddl.elements import check_sql, type_sql
from be_tui.core.ddl.names import dotted, identifier, literal, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl.names import Namer
    from be_tui.core.schema import (
        Composite,
        Domain,
        Enumeration,
        Extension,
        Grant,
        Other,
        Policy,
        Routine,
        Sequence,
        Table,
        Trigger,
        View,
    )

_CREATE = re.compile(r"CREATE\s+(?=(?:FUNCTION|PROCEDURE|VIEW|TRIGGER|AGGREGATE)\b)", re.I)

_FIRES = {
    "disabled": "DISABLE",
    "always": "ENABLE ALWAYS",
    "replica": "ENABLE REPLICA",
    "origin": "ENABLE",
}


def create_enumeration(enumeration: Enumeration, namer: Namer) -> str:
    """Give the statement that makes an enumeration."""
    values = ", ".join(literal(each, namer.engine) for each in enumeration.values)
    return f"CREATE TYPE {type_name(enumeration, namer)} AS ENUM ({values})"


def type_name(kind: Enumeration | Domain | Composite | Sequence, namer: Namer) -> str:
    """Give the name of a type or sequence."""
    return namer.within(kind.namespace, identifier(kind.name, namer.engine))


def create_domain(domain: Domain, namer: Namer) -> Iterator[str]:
    """Give the statements that make a domain."""
    engine = namer.engine
    name = type_name(domain, namer)
    parts = [f"CREATE DOMAIN {name} AS {type_sql(domain.type, engine)}"]
    if domain.collation:
        parts.append(f"COLLATE {dotted(domain.collation, engine)}")
    if domain.default:
        parts.append(f"DEFAULT {domain.default}")
    if not domain.nullable:
        parts.append("NOT NULL")
    parts += [check_sql(each, engine) for each in domain.checks if each.valid]
    yield " ".join(parts)
    for check in domain.checks:
        if not check.valid:
            yield f"ALTER DOMAIN {name} ADD {check_sql(check, engine)} NOT VALID"


def create_composite(composite: Composite, namer: Namer) -> str:
    """Give the statement that makes a composite type."""
    fields = []
    for field in composite.fields:
        said = f"{namer.of(field)} {type_sql(field.type, namer.engine)}"
        if field.collation:
            said += f" COLLATE {dotted(field.collation, namer.engine)}"
        fields.append(said)
    return f"CREATE TYPE {type_name(composite, namer)} AS ({', '.join(fields)})"


def create_sequence(sequence: Sequence, namer: Namer) -> str:
    """Give the statement that makes a sequence; whose it is comes once its table stands."""
    said = f"CREATE SEQUENCE {type_name(sequence, namer)}"
    if sequence.type and sequence.type != "bigint":
        said += f" AS {sequence.type}"
    return f"{said} {sequence.options}".rstrip()


def own_sequence(sequence: Sequence, namer: Namer) -> str:
    """Give the statement that lets a sequence go with its column, or stand by itself."""
    start = f"ALTER SEQUENCE {type_name(sequence, namer)} OWNED BY"
    if not sequence.owned_by:
        return f"{start} NONE"
    table_name, _, column = sequence.owned_by.rpartition(".")
    table = namer.find(table_name)
    return f"{start} {namer.referred(table_name)}.{namer.column(table, column)}"


def create_view(view: View, namer: Namer, *, replace: bool = False) -> str:
    """Give the statement that makes a view."""
    word = "CREATE MATERIALIZED VIEW" if view.materialised else "CREATE VIEW"
    word = "CREATE OR REPLACE VIEW" if replace else word
    head = f"{word} {view_name(view, namer)}"
    if view.columns:
        head += f" ({', '.join(identifier(each, namer.engine) for each in view.columns)})"
    if view.options:
        head += f" WITH ({', '.join(view.options)})"
    said = f"{head} AS\n{view.query}"
    if view.check_option:
        said += f"\nWITH {view.check_option.upper()} CHECK OPTION"
    if view.materialised and not view.filled:
        said += "\nWITH NO DATA"
    return said


def view_name(view: View, namer: Namer) -> str:
    """Give the name of a view."""
    return namer.within(view.namespace, written(view.name, namer.engine))


def view_kind(view: View) -> str:
    """Give what DDL calls a view."""
    return "MATERIALIZED VIEW" if view.materialised else "VIEW"


def or_replace(definition: str) -> str:
    """Give a statement that makes something as one that puts it in the place of what there is."""
    return _CREATE.sub("CREATE OR REPLACE ", definition, count=1)


def routine_name(routine: Routine, namer: Namer) -> str:
    """Give a routine's name with the types that tell it from others."""
    name = namer.within(routine.namespace, identifier(routine.name, namer.engine))
    return name if namer.engine in {"mysql", "mariadb"} else f"{name}({routine.arguments})"


def drop_routine(routine: Routine, namer: Namer) -> str:
    """Give the statement that drops a routine."""
    return f"DROP {routine.kind.upper()} {routine_name(routine, namer)}"


def drop_trigger(trigger: Trigger, namer: Namer) -> str:
    """Give the statement that drops a trigger."""
    name = identifier(trigger.name, namer.engine)
    if namer.engine == "postgresql":
        return f"DROP TRIGGER {name} ON {namer.referred(trigger.table, trigger.namespace)}"
    return f"DROP TRIGGER {namer.within(trigger.namespace, name)}"


def fire_trigger(trigger: Trigger, namer: Namer) -> str:
    """Give the statement that says when a trigger fires."""
    table = namer.referred(trigger.table, trigger.namespace)
    name = identifier(trigger.name, namer.engine)
    return f"ALTER TABLE {table} {_FIRES[trigger.enabled]} TRIGGER {name}"


def drop_policy(policy: Policy, namer: Namer) -> str:
    """Give the statement that drops a policy."""
    table = namer.referred(policy.table, policy.namespace)
    return f"DROP POLICY {identifier(policy.name, namer.engine)} ON {table}"


def create_extension(extension: Extension, namer: Namer) -> str:
    """Give the statement that adds an extension."""
    engine = namer.engine
    said = f"CREATE EXTENSION {identifier(extension.name, engine)}"
    if extension.namespace:
        said += f" SCHEMA {identifier(extension.namespace, engine)}"
    return f"{said} VERSION {literal(extension.version, engine)}" if extension.version else said


def grant_sql(grant: Grant, namer: Namer, *, revoke: bool = False) -> str:
    """Give the statement that grants privileges, or takes them away."""
    target = grant.target if "(" in grant.target else dotted(grant.target, namer.engine)
    role = "PUBLIC" if grant.role == "public" else identifier(grant.role, namer.engine)
    what = f"{', '.join(grant.privileges)} ON {grant.kind.upper()} {target}"
    if revoke:
        return f"REVOKE {what} FROM {role}"
    return f"GRANT {what} TO {role}" + (" WITH GRANT OPTION" if grant.grantable else "")


def drop_other(other: Other, namer: Namer) -> str:
    """Give the statement that drops what is known by its DDL alone."""
    name = namer.within(other.namespace, identifier(other.name, namer.engine))
    if other.kind in {"rule"}:
        own = identifier(other.name, namer.engine)
        return f"DROP RULE {own} ON {namer.referred(other.table, other.namespace)}"
    word = "TYPE" if other.kind.endswith("type") else other.kind.upper()
    if other.kind in _NAMELESS_SPACE:
        name = identifier(other.name, namer.engine)
    return f"DROP {word} {name}"


_NAMELESS_SPACE = frozenset({"publication", "subscription", "event trigger", "server", "language"})
"""Kinds that stand in no schema."""


def comment_on(kind: str, target: str, text: str, namer: Namer) -> str:
    """Give the statement that says something of an object; `target` is written already."""
    said = literal(text, namer.engine) if text else "NULL"
    return f"COMMENT ON {kind} {target} IS {said}"


def table_comments(table: Table, namer: Namer) -> Iterator[str]:
    """Give what PostgreSQL is told of a table, its columns and its indexes."""
    name = namer.table(table)
    if table.comment:
        yield comment_on("TABLE", name, table.comment, namer)
    for column in table.columns:
        if column.comment:
            yield comment_on("COLUMN", f"{name}.{namer.of(column)}", column.comment, namer)
    for index in table.indexes:
        if index.comment:
            own = namer.within(table.namespace, identifier(index.name, namer.engine))
            yield comment_on("INDEX", own, index.comment, namer)
