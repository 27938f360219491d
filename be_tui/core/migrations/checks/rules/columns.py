"""Rules on columns that PostgreSQL's tables get."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import Check, Remark
from be_tui.core.migrations.checks.rules.forms import (
    added_plain,
    backfilled,
    checked_not_null,
    constraint_later,
)
from be_tui.core.migrations.checks.safe import locked, named, outside, quoted, relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act, Node
    from be_tui.core.migrations.checks.model import Look
    from be_tui.core.migrations.files import PhaseScript


_KEEPS_DEFAULTS = 11


def volatile_default(look: Look, act: Act) -> Iterator[Remark]:
    """Find defaults that have to be written into every row."""
    if not act.says("default") or act.flags & {"serial", "identity", "stored"}:
        return
    work = look.work("rewrite", act.relation)
    eager = bool(look.target.version) and not look.target.since(_KEEPS_DEFAULTS)
    if eager and work is None and not look.is_new(act):
        why = "before PostgreSQL 11 every default is written into each row"
    elif work is None or _is_domain(look, act):
        return
    else:
        why = work.because or "the default is another for each row"
    said = f"{act.table} is written anew under a lock that stops reads: {why}"
    yield Remark(said, backfilled(act), span=act.span)


def _is_domain(look: Look, act: Act) -> bool:
    return look.state.domain(act.type.rpartition(".")[2]) is not None


def add_serial(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns that number all rows there are."""
    if act.says("serial") and look.work("rewrite", act.relation):
        said = f"{act.table} is written anew under a lock that stops reads, to number its rows"
        yield Remark(said, _numbered(act), span=act.span)


def add_identity(look: Look, act: Act) -> Iterator[Remark]:
    """Find identity columns that number all rows there are."""
    if act.says("identity") and look.work("rewrite", act.relation):
        said = f"{act.table} is written anew under a lock that stops reads, to number its rows"
        yield Remark(said, _numbered(act), span=act.span)


def _numbered(act: Act) -> tuple[PhaseScript, ...]:
    table, column = relation(act), quoted(act.name)
    sequence = quoted(named(act.table, act.name, "seq"))
    owned = f"{sequence} OWNED BY {table}.{column}"
    return (
        locked(
            f"CREATE SEQUENCE {sequence}",
            f"ALTER TABLE {table} ADD COLUMN {column} bigint",
            f"ALTER SEQUENCE {owned}",
            f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT nextval('{sequence}')",
            name="expand",
        ),
        *backfilled(act, f"nextval('{sequence}')")[1:2],
        *checked_not_null(act),
    )


def add_stored(look: Look, act: Act) -> Iterator[Remark]:
    """Find generated columns that are computed for all rows there are."""
    if act.says("stored") and look.work("rewrite", act.relation):
        said = f"{act.table} is written anew under a lock that stops reads, to compute {act.name}"
        safe: tuple[PhaseScript, ...] = ()
        if look.target.since(18):
            node = type(act.node)()
            node.CopyFrom(act.node)
            for each in node.constraints:
                if each.constraint.generated_kind == "s":
                    each.constraint.generated_kind = "v"
            safe = (locked(added_plain(act, node), name="expand"),)
        yield Remark(said, safe, span=act.span)


def domain_column(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns of a domain whose conditions all rows are held against."""
    if _is_domain(look, act) and look.work("rewrite", act.relation):
        said = (
            f"{act.table} is written anew under a lock that stops reads: {act.type} has conditions"
        )
        yield Remark(said, _by_base_type(look, act), span=act.span)


def _by_base_type(look: Look, act: Act) -> tuple[PhaseScript, ...]:
    domain = look.state.domain(act.type.rpartition(".")[2])
    if domain is None or not domain.checks:
        return ()
    table, column = relation(act), quoted(act.name)
    add, validate = [], []
    for number, check in enumerate(domain.checks):
        name = quoted(named(act.table, act.name, "check", str(number) if number else ""))
        condition = _on(check.expression, column)
        add.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition}) NOT VALID")
        validate.append(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
    plain = f"ALTER TABLE {table} ADD COLUMN {column} {domain.type}"
    return (locked(plain, *add, name="expand"), locked(*validate, name="validate"))


def _on(expression: str, column: str) -> str:
    import re

    return re.sub(r"\bvalue\b", column, expression, flags=re.I)


def required_column(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns that no row there is has a value for."""
    filled = {"default", "serial", "identity", "stored", "virtual"}
    if not act.says("not null") or act.flags & filled or look.is_new(act):
        return
    if look.target.is_mysql or _is_domain_with_default(look, act):
        return
    said = (
        f"fails if {act.table} has a row; else old code that does not know {act.name} cannot insert"
    )
    safe: tuple[PhaseScript, ...] = ()
    if look.target.engine == "postgresql":
        note = "fill it, and SET NOT NULL when every row has a value and all code writes one"
        safe = tuple(replace(each, note=note) for each in backfilled(act))
    yield Remark(said, safe, span=act.span)


def _is_domain_with_default(look: Look, act: Act) -> bool:
    domain = look.state.domain(act.type.rpartition(".")[2])
    return domain is not None and bool(domain.default)


def column_check(look: Look, act: Act) -> Iterator[Remark]:
    """Find conditions that all rows are read for, though the column is new."""
    if look.work("scan", act.relation) is None:
        return
    for part in act.parts:
        if part.kind == "add check":
            said = f"all of {act.table} is read under a lock that stops reads, to check {act.name}"
            add = locked(added_plain(act, _bare(act, "add check")), name="expand")
            yield Remark(said, (add, *constraint_later(part)), span=part.span)


def column_unique(look: Look, act: Act) -> Iterator[Remark]:
    """Find keys that are built under the lock that adds their column."""
    if look.work("index build", act.relation) is None or look.work("rewrite", act.relation):
        return
    for part in act.parts:
        if part.kind in {"add unique", "add primary key"}:
            said = f"an index on {act.table} is built under a lock that stops reads"
            name = part.name or named(act.table, act.name, "key")
            table = relation(act)
            sort = "UNIQUE" if part.kind == "add unique" else "PRIMARY KEY"
            safe = (
                locked(added_plain(act, _bare(act, part.kind)), name="expand"),
                outside(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {quoted(name)}"
                    f" ON {table} ({quoted(act.name)})",
                    name="index",
                ),
                locked(
                    f"ALTER TABLE {table} ADD CONSTRAINT {quoted(name)}"
                    f" {sort} USING INDEX {quoted(name)}",
                    name="key",
                ),
            )
            yield Remark(said, safe if sort == "UNIQUE" else (), span=part.span)


def column_references(look: Look, act: Act) -> Iterator[Remark]:
    """Find foreign keys that are looked up for all rows while the column is added."""
    if look.work("key check", act.relation) is None:
        return
    for part in act.parts:
        if part.kind == "add foreign key":
            said = f"{act.table} and {part.to} take no writes until all rows are looked up"
            add = locked(added_plain(act, _bare(act, "add foreign key")), name="expand")
            yield Remark(said, (add, *constraint_later(part)), span=part.span)


def _bare(act: Act, without: str) -> Node:
    """Give the column's node without one sort of its constraints."""
    node = type(act.node)()
    node.CopyFrom(act.node)
    unwanted = {id(part.node) for part in act.parts if part.kind == without}
    kept = [
        each
        for each, own in zip(node.constraints, act.node.constraints, strict=True)
        if id(own.constraint) not in unwanted and not _same(own.constraint, act, without)
    ]
    copies = [type(each).FromString(each.SerializeToString()) for each in kept]
    del node.constraints[:]
    node.constraints.extend(copies)
    return node


def _same(constraint: Node, act: Act, without: str) -> bool:
    return any(part.kind == without and part.node == constraint for part in act.parts)


def json_column(_look: Look, act: Act) -> Iterator[Remark]:
    """Find columns of the type whose values cannot be compared."""
    if act.type in {"json", "json[]"}:
        said = f"json has no equality: SELECT DISTINCT and GROUP BY over {act.table} fail"
        yield Remark(said, span=act.span)


CHECKS = (
    Check("migration-default-rewrites", ("add column",), volatile_default),
    Check("migration-add-serial", ("add column",), add_serial),
    Check("migration-add-identity", ("add column",), add_identity),
    Check("migration-add-stored", ("add column",), add_stored),
    Check("migration-domain-column", ("add column",), domain_column),
    Check(
        "migration-required-column",
        ("add column",),
        required_column,
        ("postgresql", "sqlite"),
    ),
    Check("migration-column-check", ("add column",), column_check),
    Check("migration-column-unique", ("add column",), column_unique),
    Check("migration-column-references", ("add column",), column_references),
    Check("migration-json-column", ("add column",), json_column, profile="strict"),
)
