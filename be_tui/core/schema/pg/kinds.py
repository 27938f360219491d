"""Types that DDL makes: enumerations, domains, composites."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.model import Column, Enumeration
from be_tui.core.schema.objects import Composite, Domain
from be_tui.core.schema.pg.constraints import CHECK, DEFAULT, NOT_NULL, NULL, changed, domain_check
from be_tui.core.schema.pg.dropping import users_of
from be_tui.core.schema.pg.literals import literal_of
from be_tui.core.schema.pg.names import free_name
from be_tui.core.schema.pg.tables import collation_of, column_of, default_of
from be_tui.core.schema.pg.types import type_of
from be_tui.core.schema.pg.work import Unseen, name_of, strings

if TYPE_CHECKING:
    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.pg.work import Work


def create_enum(work: Work, node: pb.CreateEnumStmt) -> None:
    """Take in CREATE TYPE … AS ENUM."""
    key = work.key_of(strings(node.type_name))
    work.held.enumerations[key] = Enumeration(key[1], tuple(strings(node.vals)), key[0])


def alter_enum(work: Work, node: pb.AlterEnumStmt) -> None:
    """Take in ALTER TYPE … ADD VALUE and RENAME VALUE.

    Raises:
        Unseen: The type or the value is not known.
    """
    names = strings(node.type_name)
    key = work.resolve(work.held.enumerations, names)
    if key is None:
        raise Unseen(f'no type "{".".join(names)}" is known here')
    found = work.held.enumerations[key]
    values = list(found.values)
    if node.old_val:
        if node.old_val not in values:
            raise Unseen(f"'{node.old_val}' is no value of \"{key[1]}\"")
        values[values.index(node.old_val)] = node.new_val
        _follow_value(work, key, node.old_val, node.new_val)
    elif node.new_val in values:
        if not node.skip_if_new_val_exists:
            raise Unseen(f"'{node.new_val}' is a value of \"{key[1]}\" already")
    elif node.new_val_neighbor:
        if node.new_val_neighbor not in values:
            raise Unseen(f"'{node.new_val_neighbor}' is no value of \"{key[1]}\"")
        at = values.index(node.new_val_neighbor) + node.new_val_is_after
        values.insert(at, node.new_val)
    else:
        values.append(node.new_val)
    work.held.enumerations[key] = replace(found, values=tuple(values))


def _follow_value(work: Work, key: Key, before: str, after: str) -> None:
    """Let the defaults of columns follow a value that is called otherwise."""
    old, new = (literal_of(each) for each in (before, after))
    for table_key, name in users_of(work, key):
        table = work.held.tables[table_key]
        column = next(each for each in table.columns if each.name.text == name)
        if column.default == old:
            work.held.put(table_key, changed(table, name, default=new))
        elif column.default.startswith("'{"):
            values = [after if each == before else each for each in column.default[2:-2].split(",")]
            default = "'{" + ",".join(values) + "}'"
            work.held.put(table_key, changed(table, name, default=default))


def create_domain(work: Work, node: pb.CreateDomainStmt) -> None:
    """Take in CREATE DOMAIN."""
    key = work.key_of(strings(node.domainname))
    kind = type_of(node.type_name)
    found = Domain(key[1], kind, work.place(), key[0])
    if node.HasField("coll_clause"):
        found = replace(found, collation=collation_of(node.coll_clause))
    for each in node.constraints:
        found = _with(work, found, each.constraint)
    work.held.domains[key] = found


def _with(work: Work, found: Domain, node: pb.Constraint) -> Domain:
    if node.contype == NOT_NULL:
        return replace(found, nullable=False)
    if node.contype == NULL:
        return replace(found, nullable=True)
    if node.contype == DEFAULT:
        return replace(found, default=default_of(work, node.raw_expr, found.type))
    if node.contype == CHECK:
        taken = {each.name for each in found.checks}
        name = free_name(found.name, "", "check", lambda said: said in taken)
        column = Column(name_of("VALUE"), found.type, work.place())
        return replace(found, checks=(*found.checks, domain_check(work, node, column, name)))
    return found


def alter_domain(work: Work, node: pb.AlterDomainStmt) -> None:
    """Take in ALTER DOMAIN.

    Raises:
        Unseen: It, or what is dropped from it, is not known.
    """
    names = strings(node.type_name)
    key = work.resolve(work.held.domains, names)
    if key is None:
        raise Unseen(f'no domain "{".".join(names)}" is known here')
    found = work.held.domains[key]
    definition = getattr(node, "def")
    if node.subtype == "T":
        has = definition.WhichOneof("node")
        default = default_of(work, definition, found.type) if has else ""
        found = replace(found, default=default)
    elif node.subtype in {"N", "O"}:
        found = replace(found, nullable=node.subtype == "N")
    elif node.subtype == "C":
        found = _with(work, found, definition.constraint)
    elif node.subtype == "X":
        kept = tuple(each for each in found.checks if each.name != node.name)
        if len(kept) == len(found.checks) and not node.missing_ok:
            raise Unseen(f'no constraint "{node.name}" of "{key[1]}" is known here')
        found = replace(found, checks=kept)
    elif node.subtype == "V":
        checks = tuple(
            replace(each, valid=True) if each.name == node.name else each for each in found.checks
        )
        found = replace(found, checks=checks)
    work.held.domains[key] = found


def create_composite(work: Work, node: pb.CompositeTypeStmt) -> None:
    """Take in CREATE TYPE … AS (…)."""
    key = work.new_key(node.typevar)
    fields = tuple(_field(work, key, each.column_def) for each in node.coldeflist)
    work.held.composites[key] = Composite(key[1], fields, work.place(), key[0])


def _field(work: Work, key: Key, node: pb.ColumnDef) -> Column:
    return column_of(work, key, node, [])
