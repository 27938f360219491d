"""Rules on PostgreSQL's constraints: what is read, built and looked up for them, and under what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import EVERY, Check, Remark, WholeCheck
from be_tui.core.migrations.checks.rules.forms import checked_not_null, constraint_later
from be_tui.core.migrations.checks.safe import (
    dotted,
    listed,
    locked,
    named,
    outside,
    phase,
    quoted,
    relation,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act, ActKind
    from be_tui.core.migrations.checks.model import Look, Whole
    from be_tui.core.migrations.files import PhaseScript

_DOMAINS_ONLINE = 18
_VOLATILE = frozenset(
    {"now", "random", "clock_timestamp", "current_timestamp", "current_date", "statement_timestamp"}
    | {"localtimestamp", "timeofday", "nextval", "gen_random_uuid", "transaction_timestamp"}
)


def foreign_key_validates(look: Look, act: Act) -> Iterator[Remark]:
    """Find foreign keys that are looked up for all rows at once."""
    if look.work("key check", act.relation):
        said = f"{act.table} and {act.to} take no writes until all rows are looked up"
        yield Remark(said, constraint_later(act), span=act.span)


def check_validates(look: Look, act: Act) -> Iterator[Remark]:
    """Find conditions that all rows are read for under the strongest lock."""
    if look.work("scan", act.relation) and not act.says("not valid"):
        said = f"all of {act.table} is read under a lock that stops reads"
        yield Remark(said, constraint_later(act), span=act.span)


def unique_builds(look: Look, act: Act) -> Iterator[Remark]:
    """Find unique constraints whose index is built under the strongest lock."""
    if look.work("index build", act.relation):
        said = f"an index on {act.table} is built under a lock that stops reads"
        yield Remark(said, _by_index(act, "UNIQUE"), span=act.span)


def primary_key_builds(look: Look, act: Act) -> Iterator[Remark]:
    """Find primary keys whose index is built under the strongest lock."""
    if look.work("index build", act.relation) is None:
        return
    said = f"an index on {act.table} is built under a lock that stops reads"
    yield Remark(said, (*_held(look, act), *_by_index(act, "PRIMARY KEY")), span=act.span)


def _held(look: Look, act: Act) -> tuple[PhaseScript, ...]:
    """Hold the columns of a key to NOT NULL first, where they are not yet."""
    from dataclasses import replace

    table = look.table(act)
    loose = [
        name
        for name in act.columns
        if table is None or ((column := table.column(name)) is not None and column.nullable)
    ]
    return tuple(each for name in loose for each in checked_not_null(replace(act, name=name)))


def _by_index(act: Act, sort: str) -> tuple[PhaseScript, ...]:
    ending = "key" if sort == "UNIQUE" else ""
    columns = act.columns if sort == "UNIQUE" else ()
    name = act.name or named(act.table, *columns, ending or "pkey")
    table = relation(act)
    distinct = " NULLS NOT DISTINCT" if act.node.nulls_not_distinct else ""
    include = tuple(each.string.sval for each in act.node.including)
    carried = f" INCLUDE ({listed(include)})" if include else ""
    when = " DEFERRABLE" if act.node.deferrable else ""
    when += " INITIALLY DEFERRED" if act.node.initdeferred else ""
    return (
        outside(
            f"CREATE UNIQUE INDEX CONCURRENTLY {quoted(name)} ON {table}"
            f" ({listed(act.columns)}){carried}{distinct}",
            name="index",
        ),
        locked(
            f"ALTER TABLE {table} ADD CONSTRAINT {quoted(name)} {sort}"
            f" USING INDEX {quoted(name)}{when}",
            name="key",
        ),
    )


def primary_key_scans(look: Look, act: Act) -> Iterator[Remark]:
    """Find primary keys over an index whose columns may be NULL: all rows are read for that."""
    if not act.says("using index") or look.work("scan", act.relation) is None:
        return
    said = (
        f"all of {act.table} is read under a lock that stops reads: a column of the key may be NULL"
    )
    key = locked(look.text, name="key")
    yield Remark(said, (*_held_index(look, act), key), span=act.span)


def _held_index(look: Look, act: Act) -> tuple[PhaseScript, ...]:
    from dataclasses import replace

    table = look.table(act)
    for index in table.indexes if table else ():
        if index.name.casefold() == act.text.casefold():
            return _held(look, replace(act, columns=tuple(filter(None, index.columns))))
    return ()


def exclusion_builds(look: Look, act: Act) -> Iterator[Remark]:
    """Find exclusion constraints: their index is built under the strongest lock, and only so."""
    if look.work("index build", act.relation):
        said = (
            f"an index on {act.table} is built under a lock that stops reads; no other way is known"
        )
        yield Remark(said, span=act.span)


def validate_at_once(look: Look, act: Act) -> Iterator[Remark]:
    """Find constraints that are validated by the transaction that adds them NOT VALID."""
    added = None if look.alone else next(_adding(look, act), None)
    if added is None or look.is_new(act):
        return
    said = f"the lock that adds {act.name} is held until all of {act.table} is read"
    name = quoted(act.name)
    validate = phase(f"ALTER TABLE {relation(act)} VALIDATE CONSTRAINT {name}", name="validate")
    yield Remark(said, (validate,))


def _adding(look: Look, act: Act) -> Iterator[Act]:
    for earlier in (*look.earlier, look):
        for other in earlier.acts:
            same = other.relation == act.relation and other.says("not valid")
            if same and other.name.casefold() == act.name.casefold():
                yield other


def drop_constraint(look: Look, act: Act) -> Iterator[Remark]:
    """Find constraints that go."""
    table = look.table(act)
    if table is not None and (key := table.primary_key) and key.name == act.name.casefold():
        return
    if not look.is_new(act):
        yield Remark(f"nothing holds {act.table} to {act.name} from here on")


def drop_primary_key(look: Look, act: Act) -> Iterator[Remark]:
    """Find primary keys that go, and that the statement itself puts nothing in the place of."""
    if look.is_new(act) or any(each.kind == "add primary key" for each in look.acts):
        return
    table = look.table(act)
    key = table.primary_key if table else None
    usual = named(act.table, "pkey").casefold()
    is_key = act.kind == "drop primary key" or act.name.casefold() == (
        (key.name or usual) if key else usual
    )
    if is_key:
        yield Remark(f"rows of {act.table} have no key: logical replication and upserts fail")


def foreign_key_mismatch(look: Look, act: Act) -> Iterator[Remark]:
    """Find foreign keys whose types differ from what they refer to."""
    mine = look.table(act)
    space, _, name = act.to.rpartition(".")
    other = look.state.table(name, space)
    if mine is None or other is None:
        return
    targets = tuple(each.string.sval for each in act.node.pk_attrs)
    if not targets and other.primary_key:
        targets = other.primary_key.columns
    for one, two in zip(act.columns, targets, strict=False):
        left, right = mine.column(one), other.column(two)
        both = left and right and left.type.family == right.type.family == "integer"
        if left and right and both and left.type.name != right.type.name:
            said = f"{act.table}.{one} is {left.type}, {act.to}.{two} is {right.type}"
            yield Remark(said, span=act.span)


def on_delete_cascade(_look: Look, act: Act) -> Iterator[Remark]:
    """Find foreign keys that delete on their own."""
    if act.flags & {"on delete cascade", "on update cascade"}:
        yield Remark(f"one DELETE in {act.to} deletes any number of rows of {act.table}")


def foreign_key_at_all(_look: Look, act: Act) -> Iterator[Remark]:
    """Find foreign keys."""
    yield Remark(f"a foreign key from {act.table} to {act.to}")


def foreign_key_unindexed(look: Look, act: Act) -> Iterator[Remark]:
    """Find foreign keys whose columns no index begins with."""
    table = look.table(act)
    if table is None or not act.columns:
        return
    wanted = {each.casefold() for each in act.columns}
    if any(set(columns[: len(wanted)]) == wanted for columns in table.index_columns()):
        return
    name = named(act.table, *act.columns, "idx")
    safe = outside(
        f"CREATE INDEX CONCURRENTLY {quoted(name)} ON {relation(act)} ({listed(act.columns)})",
        name="index",
    )
    said = f"no index on {', '.join(act.columns)}: each delete in {act.to} reads all of {act.table}"
    yield Remark(said, (safe,), span=act.span)


def unnamed_constraint(_look: Look, act: Act) -> Iterator[Remark]:
    """Find constraints that the engine names."""
    if not act.name and not act.says("inline") and act.kind != "add not null":
        yield Remark(f"a constraint of {act.table} has no name to drop it by", span=act.span)


def volatile_check(_look: Look, act: Act) -> Iterator[Remark]:
    """Find conditions that a row may meet today and not tomorrow."""
    from be_tui.core.migrations.checks.acts.expressions import functions_in

    called = sorted(functions_in(act.node.raw_expr) & _VOLATILE)
    if called:
        said = (
            f"{called[0]} gives another value later: a dump may not load, rows are not checked anew"
        )
        yield Remark(said, span=act.span)


def new_condition(look: Look, act: Act) -> Iterator[Remark]:
    """Find conditions that code may not meet yet, however they are added."""
    if look.is_new(act) or (act.kind == "create index" and not act.says("unique")):
        return
    if any(each.kind == "writes" for each in look.effects.breaks):
        name = act.name or f"the new {act.kind.removeprefix('add ')}"
        yield Remark(f"writes to {act.table} that do not meet {name} fail from here on")


def domain_validates(look: Look, act: Act) -> Iterator[Remark]:
    """Find conditions of a domain that every table using it is read for."""
    scans = [work.relation for work in look.effects.work if work.kind == "scan"]
    if not scans:
        return
    safe = _domain_later(act) if look.target.since(_DOMAINS_ONLINE) else ()
    tables = ", ".join(sorted(set(scans)))
    yield Remark(f"{tables}: all rows are read while writes wait", safe)


def _domain_later(act: Act) -> tuple[PhaseScript, ...]:
    """Give the steps that bind new values first; from PostgreSQL 18 on VALIDATE stops no writes."""
    name = dotted(act.namespace, act.table)
    check = named(act.table, "not_null" if act.to == "set not null" else "check")
    condition = "VALUE IS NOT NULL"
    if act.to == "add":
        constraint = getattr(act.node, "def").constraint
        condition = written(constraint.raw_expr) if constraint.HasField("raw_expr") else ""
        check = constraint.conname or check
    if not condition or act.to == "validate":
        return ()
    check = quoted(check)
    return (
        locked(
            f"ALTER DOMAIN {name} ADD CONSTRAINT {check} CHECK ({condition}) NOT VALID",
            name="constraint",
        ),
        phase(f"ALTER DOMAIN {name} VALIDATE CONSTRAINT {check}", name="validate"),
    )


def several_foreign_keys(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find transactions that lock several tables in use, one after the other."""
    held: set[str] = set()
    for number, look in enumerate(whole.looks):
        if look.alone or not look.earlier:
            held = set()
        mine = {
            lock.relation
            for lock in look.effects.locks
            if lock.blocks_writes and lock.kind == "table"
        }
        if held and mine - held:
            both = ", ".join(sorted(held | mine))
            yield number, Remark(f"one transaction holds {both}: two such may wait for each other")
        held |= mine


_CONDITIONS: tuple[ActKind, ...] = (
    "add check",
    "add exclusion",
    "add foreign key",
    "add not null",
    "add primary key",
    "add unique",
    "alter domain",
    "create index",
    "set not null",
)

CHECKS = (
    Check("migration-foreign-key-validates", ("add foreign key",), foreign_key_validates),
    Check("migration-check-validates", ("add check",), check_validates),
    Check("migration-unique-builds", ("add unique",), unique_builds),
    Check("migration-primary-key-builds", ("add primary key",), primary_key_builds),
    Check("migration-primary-key-scans", ("add primary key",), primary_key_scans),
    Check("migration-exclusion-builds", ("add exclusion",), exclusion_builds),
    Check("migration-validate-at-once", ("validate",), validate_at_once),
    Check("migration-drop-constraint", ("drop constraint",), drop_constraint, EVERY, "strict"),
    Check(
        "migration-drop-primary-key",
        ("drop constraint", "drop primary key"),
        drop_primary_key,
        EVERY,
    ),
    Check(
        "migration-foreign-key-mismatch",
        ("add foreign key",),
        foreign_key_mismatch,
        profile="strict",
    ),
    Check("migration-on-delete-cascade", ("add foreign key",), on_delete_cascade, EVERY, "policy"),
    Check("migration-foreign-key", ("add foreign key",), foreign_key_at_all, EVERY, "policy"),
    Check(
        "migration-foreign-key-unindexed",
        ("add foreign key",),
        foreign_key_unindexed,
        profile="strict",
    ),
    Check(
        "migration-unnamed-constraint",
        ("add check", "add unique", "add foreign key", "add exclusion"),
        unnamed_constraint,
        EVERY,
        "style",
    ),
    Check("migration-volatile-check", ("add check",), volatile_check),
    Check("migration-new-condition", _CONDITIONS, new_condition, profile="strict"),
    Check("migration-domain-validates", ("alter domain",), domain_validates),
)
WHOLE = (WholeCheck("migration-several-tables", several_foreign_keys, profile="strict"),)
