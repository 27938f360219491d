"""Types, domains and sequences that are made, altered and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import probing
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.hanging import shown_name
from be_tui.core.migrations.effects.pg.nodes import names_of
from be_tui.core.migrations.effects.pg.removing import Removal
from be_tui.core.migrations.effects.pg.teller import AS, SRE, S
from be_tui.core.migrations.effects.pg.types import SERIALS
from be_tui.core.migrations.effects.pg.words import words

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.catalogue import Catalogue
    from be_tui.core.migrations.effects.pg.teller import Teller

_BUILT_IN = words(
    """
    int2 int4 int8 smallint int integer bigint numeric decimal float4 float8 real money bool
    boolean char bpchar varchar text name bytea uuid json jsonb jsonpath xml date time timetz
    timestamp timestamptz interval inet cidr macaddr macaddr8 bit varbit oid tsvector tsquery
    point line lseg box path polygon circle int4range int8range numrange tsrange tstzrange
    daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange
    datemultirange regclass regtype regproc regprocedure regnamespace regrole regconfig
    regoper regoperator regdictionary regcollation pg_lsn pg_snapshot txid_snapshot xid xid8
    cid tid refcursor record void trigger anyelement
    """
)


def exists(node: Any, known: Catalogue) -> bool:  # noqa: ANN401 (a message)
    """Tell whether a type is there, or may come from somewhere that the schema does not tell."""
    names = names_of(node.names)
    if names[0] == "pg_catalog" or node.pct_type:
        return True
    if len(names) == 1 and (names[0] in _BUILT_IN or names[0] in SERIALS):
        return True
    asked = ".".join(names[1:] if names[0] == "public" else names)
    if known.domain(asked) or known.enumeration(asked) or known.composite(asked):
        return True
    if known.extensions or known.relation(names[-1], names[0] if len(names) > 1 else ""):
        return True
    kinds = ("type", "range", "base type", "shell type")
    return any(
        each.name.casefold() == names[-1].casefold()
        for each in known.others
        if any(word in each.kind for word in kinds)
    )


def _is_type(name: str, known: Catalogue) -> bool:
    if known.domain(name) or known.enumeration(name) or known.composite(name):
        return True
    return any(shown_name(e.name, e.namespace) == name for e in known.others)


def _asked(parts: Any) -> str:  # noqa: ANN401 (nodes)
    names = names_of(parts)
    return ".".join(names[1:] if names[0] == "public" else names)


def make_type(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE TYPE and CREATE DOMAIN."""
    field = "domainname" if node.DESCRIPTOR.name == "CreateDomainStmt" else "type_name"
    parts = getattr(node, field, ())
    if not parts:
        return
    name = _asked(parts)
    if _is_type(name, tell.known):
        tell.fail(f"type {name} exists already")


def make_composite(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE TYPE ... AS (...)."""
    name = shown_name(node.typevar.relname, node.typevar.schemaname)
    taken = tell.known.taken(node.typevar.relname, node.typevar.schemaname)
    if taken or _is_type(name, tell.known):
        tell.fail(f"type {name} exists already")


def alter_enum(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of ADD VALUE and RENAME VALUE."""
    name = _asked(node.type_name)
    enumeration = tell.known.enumeration(name)
    if enumeration is None:
        tell.missing(f"type {name}")
        return
    if node.old_val:
        if node.old_val not in enumeration.values:
            tell.fail(f"{name} has no value {node.old_val}")
        elif node.new_val in enumeration.values:
            tell.fail(f"{name} has a value {node.new_val} already")
        tell.breaks(
            "reads", f"{name}.{node.old_val}", f"code that knows {node.old_val} gets {node.new_val}"
        )
        tell.breaks("writes", f"{name}.{node.old_val}", f"code that writes {node.old_val} fails")
        return
    if node.new_val in enumeration.values:
        if not node.skip_if_new_val_exists:
            tell.fail(f"{name} has a value {node.new_val} already")
        return
    neighbour = node.new_val_neighbor
    if neighbour and neighbour not in enumeration.values:
        tell.fail(f"{name} has no value {neighbour}")
        return
    if tell.inside:
        message = f"{node.new_val} cannot be used before the transaction that adds it has ended"
        tell.fail(message, "when used")


def alter_composite(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of ALTER TYPE ... ATTRIBUTE, which is ALTER TABLE to the grammar."""
    name = shown_name(node.relation.relname, node.relation.schemaname)
    composite = tell.known.composite(name)
    if composite is None:
        tell.missing(f"type {name}")
        return
    fields = {each.name.folded for each in composite.fields}
    for each in node.cmds:
        command = each.alter_table_cmd
        _attribute(command, name, fields, tell)


def _attribute(command: Any, name: str, fields: set[str], tell: Teller) -> None:  # noqa: ANN401
    from postgast import pg_query_pb2 as pb

    definition = command.__getattribute__("def").column_def
    if command.subtype == pb.AT_AddColumn:
        if definition.colname in fields:
            tell.fail(f"{name} has an attribute {definition.colname} already")
    elif command.name not in fields:
        if not command.missing_ok:
            tell.fail(f"{name} has no attribute {command.name}")
    elif command.subtype == pb.AT_AlterColumnType:
        users = tell.known.columns_of_type(name)
        if users:
            relation, column, _ = users[0]
            tell.fail(f"{relation.shown}.{column.name.text} is of type {name}")
    elif command.subtype == pb.AT_DropColumn:
        tell.breaks("reads", f"{name}.{command.name}", f"code that reads {command.name} fails")
        if tell.known.columns_of_type(name):
            tell.breaks("data", f"{name}.{command.name}", f"what {command.name} holds is lost")


def alter_domain(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of ALTER DOMAIN, which looks at every table that uses it."""
    name = _asked(node.type_name)
    domain = tell.known.domain(name)
    if domain is None:
        tell.missing(f"domain {name}")
        return
    constraint = node.__getattribute__("def").constraint
    if node.subtype == "O" and domain.nullable:
        _checked(name, "VALUE IS NOT NULL", tell)
        tell.breaks("writes", name, f"code that writes no {name} fails")
    elif node.subtype == "C":
        if constraint.conname and any(e.name == constraint.conname for e in domain.checks):
            tell.fail(f"{name} has a constraint {constraint.conname} already")
            return
        condition = probing.written(constraint.raw_expr) if constraint.HasField("raw_expr") else ""
        tell.breaks("writes", name, f"values that do not meet {condition or 'NOT NULL'} fail")
        if not constraint.skip_validation:
            _checked(name, condition or "VALUE IS NOT NULL", tell)
    elif node.subtype == "V":
        check = next((e for e in domain.checks if e.name == node.name), None)
        if check is None and not any(not e.name for e in domain.checks):
            tell.missing(f"constraint {node.name} of {name}")
        else:
            # It looks at the rows again even where it is valid.
            _checked(name, check.expression if check else "", tell)
    elif node.subtype == "X" and domain.checks:
        named = [e for e in domain.checks if e.name == node.name]
        if not named and all(e.name for e in domain.checks) and not node.missing_ok:
            tell.missing(f"constraint {node.name} of {name}")


def _checked(name: str, condition: str, tell: Teller) -> None:
    """Tell of the tables whose rows are looked through for a domain."""
    import re

    for relation, column, hidden in tell.known.columns_of_type(name):
        if hidden:
            tell.fail(f"{relation.shown}.{column.name.text} hides {name} in a type of its own")
            return
    for relation, column, _ in tell.known.columns_of_type(name):
        tell.lock(relation, S)
        tell.work("scan", relation, f"each {column.name.text} is checked")
        if not tell.known.is_made(relation) and condition:
            quoted = probing.quoted(column.name.text)
            met = re.sub(r"\bVALUE\b", lambda _: quoted, condition, flags=re.IGNORECASE)  # noqa: B023
            probe = probing.against(relation, met)
            message = f"values of {relation.shown}.{column.name.text} do not meet {condition}"
            tell.fail(message, "on data", probe)


def make_sequence(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE SEQUENCE."""
    name = node.sequence.relname
    if tell.known.taken(name, node.sequence.schemaname):
        if not node.if_not_exists:
            tell.fail(f"relation {name} exists already")
        return
    _owner(node, tell)


def alter_sequence(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of ALTER SEQUENCE."""
    relation = found(node.sequence, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    if relation.table or relation.view or relation.index:
        tell.fail(f"{relation.shown} is no sequence")
        return
    tell.lock(relation, SRE)
    _owner(node, tell)


def _owner(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    for option in node.options:
        if option.def_elem.defname != "owned_by":
            continue
        names = names_of(option.def_elem.arg.list.items)
        if len(names) < 2:  # noqa: PLR2004 (OWNED BY NONE)
            continue
        owner = tell.known.relation(names[-2], names[-3] if len(names) > 2 else "")  # noqa: PLR2004
        if owner is None:
            tell.missing(f"table {names[-2]}")
        else:
            tell.lock(owner, AS)


def drop_types(names: list[str], tell: Teller, *, cascade: bool, missing_ok: bool) -> None:
    """Tell of DROP TYPE and DROP DOMAIN."""
    removal = Removal(tell, cascade=cascade)
    for name in names:
        if not _is_type(name, tell.known):
            if not missing_ok:
                tell.missing(f"type {name}")
            continue
        removal.type(name)
        tell.breaks("reads", name, f"code that knows type {name} fails")
    removal.finish()
