"""Rules on partitions, upkeep, and the other objects of PostgreSQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import EVERY, MYSQLS, Check, Remark, WholeCheck
from be_tui.core.migrations.checks.safe import (
    dotted,
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

    from be_tui.core.migrations.checks.acts.model import Act
    from be_tui.core.migrations.checks.model import Look, Whole
    from be_tui.core.migrations.files import PhaseScript

_DETACHES_ONLINE = 14
_BY_ONE = re.compile(r'(RANGE|LIST) \(\s*"?(\w+)"?\s*\)', re.I)
_POWERS = frozenset({"superuser", "bypassrls"})


def detach_blocks(look: Look, act: Act) -> Iterator[Remark]:
    """Find partitions that are taken off under the strongest lock."""
    if act.says("concurrently") or look.is_new(act) or not _detaches(look):
        return
    table = look.table(act)
    if table is not None and look.state.default_partition(table) is not None:
        return
    child = _dotted(act.to)
    safe = outside(f"ALTER TABLE {relation(act)} DETACH PARTITION {child} CONCURRENTLY")
    yield Remark(f"reads and writes of {act.table} wait for {act.to} to come off", (safe,))


def _detaches(look: Look) -> bool:
    return not look.target.version or look.target.since(_DETACHES_ONLINE)


def _dotted(name: str) -> str:
    space, _, table = name.rpartition(".")
    return dotted(space, table)


def attach_scans(look: Look, act: Act) -> Iterator[Remark]:
    """Find partitions whose rows are all read to attach them."""
    child = act.to.casefold()
    if look.work("scan", child):
        said = f"all of {act.to} is read under a lock that stops its reads"
        yield Remark(said, _checked_first(look, act))
    elif look.work("index build", child):
        said = f"indexes of {act.table} are built on {act.to} under a lock that stops its reads"
        yield Remark(f"{said}: build them first, CONCURRENTLY")
    elif look.work("key check", child):
        said = f"a foreign key of {act.table} is looked up for all of {act.to}"
        yield Remark(f"{said}: add it first, NOT VALID, and VALIDATE it")


def _last(name: str) -> str:
    return name.rpartition(".")[2].casefold()


def _checked_first(look: Look, act: Act) -> tuple[PhaseScript, ...]:
    """Give the steps that prove beforehand what would be read for under the strong lock."""
    table = look.state.table(act.to) if act.kind == "create table" else look.table(act)
    condition = _bound(table.partition_by, act) if table is not None else ""
    if table is None or not condition:
        return ()
    proofs = []
    if act.kind == "attach partition":
        proofs.append((_dotted(act.to), condition))
    default = look.state.default_partition(table)
    if default is not None:
        name = dotted(default.namespace, default.name.text)
        proofs.append((name, f"NOT ({condition})"))
    called = quoted(named(_last(act.to if act.kind == "attach partition" else act.table), "bound"))
    add = [
        f"ALTER TABLE {on} ADD CONSTRAINT {called} CHECK ({each}) NOT VALID" for on, each in proofs
    ]
    validate = [f"ALTER TABLE {on} VALIDATE CONSTRAINT {called}" for on, _ in proofs]
    drop = [f"ALTER TABLE {on} DROP CONSTRAINT {called}" for on, _ in proofs]
    return (
        locked(*add, name="check"),
        *(phase(each, name="validate") for each in validate),
        locked(look.text, *drop, name="attach"),
    )


def _bound(how: str, act: Act) -> str:
    """Give what rows of a partition meet, for one column by range or list."""
    found = _BY_ONE.fullmatch(how)
    command = act.node if act.kind == "create table" else getattr(act.node, "def").partition_cmd
    bound = command.partbound if act.kind == "create table" else command.bound
    if found is None or bound.is_default:
        return ""
    column = quoted(found[2])
    if found[1].upper() == "LIST":
        values = ", ".join(written(each) for each in bound.listdatums)
        return f"{column} IS NOT NULL AND {column} IN ({values})"
    parts = [f"{column} IS NOT NULL"]
    for sign, datums in ((">=", bound.lowerdatums), ("<", bound.upperdatums)):
        value = written(datums[0]) if datums else ""
        if value and value.upper() not in {"MINVALUE", "MAXVALUE"}:
            parts.append(f"{column} {sign} {value}")
    return " AND ".join(parts)


def default_partition(look: Look, act: Act) -> Iterator[Remark]:
    """Find new partitions for which all rows of the default one are read."""
    table = look.state.table(act.to) if act.kind == "create table" else look.table(act)
    default = look.state.default_partition(table) if table is not None else None
    if default is None:
        return
    name = default.name.folded
    for work in look.effects.work:
        if work.kind == "scan" and work.relation.rpartition(".")[2] == name:
            said = f"all of {name}, the default partition, is read under a lock that stops reads"
            yield Remark(said, _checked_first(look, act))


def partition_of(look: Look, act: Act) -> Iterator[Remark]:
    """Find partitions that are made under the strongest lock on their parent."""
    strong = [lock for lock in look.effects.locks if lock.blocks_reads]
    if act.says("partition of") and strong:
        yield Remark(f"reads of {act.to} wait for it: make the table by itself, then ATTACH it")


def partitioned_table(_look: Look, act: Act) -> Iterator[Remark]:
    """Find tables in partitions."""
    if act.says("partitioned"):
        yield Remark(f"{act.table} is in partitions")


def vacuum_full(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that are written anew to be smaller or sorted."""
    if act.kind == "vacuum" and not act.says("full"):
        return
    if not look.is_new(act):
        what = act.table or "every table"
        yield Remark(f"{what} is written anew under a lock that stops reads")


def refresh_blocks(look: Look, act: Act) -> Iterator[Remark]:
    """Find materialised views that nobody can read while they are filled."""
    if act.says("concurrently") or look.is_new(act):
        return
    if act.says("no data"):
        yield Remark(f"nobody can read {act.table} until it is filled again")
        return
    name = relation(act)
    safe = phase(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {name}")
    has = look.state.view(act.table, act.namespace)
    unique = has is not None and any(index.unique and not index.where for index in has.indexes)
    said = f"reads of {act.table} wait until it is filled"
    yield Remark(said, (safe,) if unique else ())


def set_logged(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that are written anew to be in the log, or out of it."""
    if look.work("rewrite", act.relation):
        lost = "; a crash empties it from here on" if act.kind == "set unlogged" else ""
        yield Remark(f"{act.table} is written anew under a lock that stops reads{lost}")


def moves_table(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that are written anew elsewhere, or in another form."""
    if look.is_new(act):
        return
    if look.work("rewrite", act.relation):
        yield Remark(f"all of {act.table} is written anew under a lock that stops reads")


def autovacuum_off(_look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that autovacuum is told to leave alone."""
    if act.flags & {"autovacuum_enabled=false", "autovacuum_enabled=off", "autovacuum_enabled=0"}:
        yield Remark(f"dead rows of {act.table} stay, until its transaction ids run out")


def trigger_disabled(look: Look, act: Act) -> Iterator[Remark]:
    """Find triggers that are switched off for everybody."""
    if not look.is_new(act):
        said = f"writes of everybody pass by the triggers of {act.table}, foreign keys with ALL"
        yield Remark(said)


def rule_or_inheritance(_look: Look, act: Act) -> Iterator[Remark]:
    """Find rules and inherited tables."""
    if act.kind == "create rule":
        yield Remark(f"a rule rewrites queries on {act.table}: a trigger is easier to follow")
    elif act.says("inherits") and not act.says("partition of"):
        yield Remark(f"{act.table} inherits: keys and foreign keys do not reach its parent's rows")


def row_security(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find row security that is switched on where no policy lets anybody see a row."""
    made = {
        act.relation for look in whole.looks for act in look.acts if act.kind == "create policy"
    }
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            if act.kind != "row security" or act.to != "enable" or act.relation in look.policed:
                continue
            if act.relation not in made and act.relation not in look.made:
                yield number, Remark(f"no policy: nobody but its owner sees a row of {act.table}")


def wide_grant(_look: Look, act: Act) -> Iterator[Remark]:
    """Find rights for everybody, and roles that rights do not bind."""
    if act.kind == "grant" and act.says("public"):
        yield Remark(f"everybody gets rights on {act.table}")
    elif act.kind == "change role" and act.flags & _POWERS:
        yield Remark(f"{act.table} becomes {', '.join(sorted(act.flags & _POWERS))}")


def revoked(_look: Look, act: Act) -> Iterator[Remark]:
    """Find rights that are taken away."""
    yield Remark(f"code that relied on its rights on {act.table} fails from here on")


def security_definer(_look: Look, act: Act) -> Iterator[Remark]:
    """Find routines with their owner's rights and a search path of the caller's."""
    if act.says("definer") and not act.says("path"):
        said = f"{act.table} runs with its owner's rights and finds names where its caller says"
        yield Remark(said)


def replica_identity(_look: Look, act: Act) -> Iterator[Remark]:
    """Find changes of what a row is known by in logical replication."""
    if act.to in {"full", "nothing"}:
        told = "old rows go to the log whole"
        if act.to == "nothing":
            told = "UPDATE and DELETE fail if it is published"
        yield Remark(f"{act.table}: {told}")


def extension(_look: Look, act: Act) -> Iterator[Remark]:
    """Find extensions that are added or changed."""
    said = "is added" if act.kind == "create extension" else "is changed"
    yield Remark(f"extension {act.table} {said}: the server must have its files")


def routine(_look: Look, act: Act) -> Iterator[Remark]:
    """Find code that lives in the database."""
    yield Remark(f"{act.name or act.table} is code in the database")


def unqualified(_look: Look, act: Act) -> Iterator[Remark]:
    """Find new objects whose schema the session decides."""
    if not act.namespace and not act.says("temporary"):
        yield Remark(f"which schema {act.table or act.name} stands in depends on search_path")


def no_comment(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find new tables that nothing is said of."""
    told = {act.relation for look in whole.looks for act in look.acts if act.kind == "comment"}
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            if act.kind == "create table" and act.relation not in told and not act.says("comment"):
                yield number, Remark(f"{act.table} has no comment")


def no_analyze(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find expressions that are indexed and not analysed."""
    for number, look in enumerate(whole.looks):
        later = [act.kind for act in look.acts_after()]
        for act in look.acts:
            if act.kind == "create index" and "" in act.columns and "analyze" not in later:
                said = f"the planner knows nothing of the expression until ANALYZE {act.table}"
                yield number, Remark(said)


def long_name(look: Look, act: Act) -> Iterator[Remark]:
    """Find names that the engine cuts off."""
    cut = {act.name, act.table, act.to, *(part.name for part in act.parts)}
    if not any(len(name.encode()) == _LONGEST for name in cut):
        return
    for found in _LONG.finditer(look.text):
        name = found[0].strip('"')
        if name.encode()[:_LONGEST].decode(errors="ignore").lower() in {n.lower() for n in cut}:
            yield Remark(f"{name[:40]}… is cut to {_LONGEST} bytes", span=found.span())
            return


_LONGEST = 63
_LONG = re.compile(r'"[^"]{64,}"|\b[^\W\d]\w{63,}')


def constrained_domain(_look: Look, act: Act) -> Iterator[Remark]:
    """Find domains with conditions."""
    if act.says("constrained"):
        yield Remark(f"{act.table}: to change its conditions reads every table that uses it")


CHECKS = (
    Check("migration-detach-blocks", ("detach partition",), detach_blocks),
    Check("migration-attach-scans", ("attach partition",), attach_scans),
    Check("migration-default-partition", ("attach partition", "create table"), default_partition),
    Check("migration-partition-of", ("create table",), partition_of, profile="strict"),
    Check("migration-partitioned-table", ("create table",), partitioned_table, EVERY, "policy"),
    Check("migration-rewrites-table", ("vacuum", "cluster"), vacuum_full),
    Check("migration-refresh-blocks", ("refresh",), refresh_blocks),
    Check("migration-set-logged", ("set logged", "set unlogged"), set_logged),
    Check("migration-moves-table", ("set access method", "set tablespace"), moves_table),
    Check("migration-autovacuum-off", ("set options",), autovacuum_off),
    Check("migration-trigger-disabled", ("disable trigger",), trigger_disabled),
    Check(
        "migration-rule-or-inheritance",
        ("create rule", "create table"),
        rule_or_inheritance,
        profile="style",
    ),
    Check("migration-wide-grant", ("grant", "change role"), wide_grant, profile="policy"),
    Check("migration-revoke", ("revoke",), revoked, ("postgresql", *MYSQLS), "strict"),
    Check("migration-security-definer", ("create routine",), security_definer, profile="strict"),
    Check("migration-replica-identity", ("replica identity",), replica_identity, profile="strict"),
    Check(
        "migration-extension", ("create extension", "alter extension"), extension, profile="policy"
    ),
    Check("migration-routine", ("create routine", "create trigger"), routine, EVERY, "policy"),
    Check("migration-unqualified", ("create table", "create view"), unqualified, profile="policy"),
    Check(
        "migration-long-name",
        ("create table", "create index", "add column", "add check", "add unique", "rename table"),
        long_name,
    ),
    Check("migration-domain-conditions", ("create domain",), constrained_domain, profile="style"),
)
WHOLE = (
    WholeCheck("migration-row-security", row_security),
    WholeCheck("migration-no-comment", no_comment, ("postgresql", *MYSQLS), "policy"),
    WholeCheck("migration-no-analyze", no_analyze, profile="style"),
)
