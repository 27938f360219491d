"""Rules on transactions and locks: what waits for what, and what cannot be in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import EVERY, MYSQLS, Check, Remark, WholeCheck
from be_tui.core.migrations.checks.safe import LOCK_TIMEOUT, outside, phase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.migrations.checks.acts import ActKind
    from be_tui.core.migrations.checks.acts.model import Act
    from be_tui.core.migrations.checks.model import Look, Whole, WholeDetector
    from be_tui.core.migrations.files import PhaseScript

_TIMEOUTS = frozenset({"lock_timeout", "lock_wait_timeout", "innodb_lock_wait_timeout"})
_DATA = frozenset({"update", "delete", "insert"})
_OWN = frozenset({"begin", "commit", "rollback", "set", "comment"})


def not_in_transaction(look: Look, act: Act) -> Iterator[Remark]:
    """Find statements that fail within the transaction that the tool opens."""
    if not look.inside or act.kind == "add enum value" or act is not look.acts[0]:
        return
    for failure in look.effects.failures:
        if failure.kind == "in transaction":
            yield Remark(failure.message, (outside(look.text),))


def always_fails(look: Look, act: Act) -> Iterator[Remark]:
    """Find statements that fail whatever the rows."""
    if act is look.acts[0] and not look.in_loop:
        for failure in look.effects.failures:
            if failure.kind == "always":
                yield Remark(failure.message)


def may_fail(look: Look, act: Act) -> Iterator[Remark]:
    """Find statements that fail where rows are in the way."""
    if act is not look.acts[0] or any(each.kind == "alter type" for each in look.acts):
        return
    for failure in look.effects.failures:
        if failure.kind == "on data":
            probe = f"; rows in the way: {failure.probe}" if failure.probe else ""
            yield Remark(f"{failure.message}{probe}")


def lock_table(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that are locked by hand."""
    if not look.is_new(act):
        yield Remark(f"{act.table} is locked until the transaction ends")


def work_under_lock(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find long work that goes on while an earlier statement's lock is held: once a transaction."""
    held: dict[str, str] = {}
    told: tuple[int, str, Look] | None = None
    more = 0
    for number, look in enumerate(whole.looks):
        if look.alone or not look.earlier:
            yield from _told(told, more)
            held, told, more = {}, None, 0
        if said := _waiting(look, held):
            told, more = (told, more + 1) if told else ((number, said, look), 0)
        for lock in look.effects.locks:
            if lock.blocks_writes and lock.kind == "table" and lock.relation not in look.made:
                held.setdefault(lock.relation, lock.mode)
    yield from _told(told, more)


def _told(told: tuple[int, str, Look] | None, more: int) -> Iterator[tuple[int, Remark]]:
    if told is not None:
        number, said, look = told
        further = f", and so for {more} more statements" if more else ""
        yield number, Remark(f"{said}{further}", _apart(look))


def _waiting(look: Look, held: Mapping[str, str]) -> str:
    """Say who waits for a statement because of what is locked already; nothing if nobody does."""
    long = next((work for work in look.effects.work if work.relation), None)
    data = next((act for act in look.acts if act.kind in {"update", "delete"}), None)
    there = long.relation if long else data.relation if data else ""
    blocked = {lock.relation for lock in look.effects.locks if lock.blocks_writes}
    others = [name for name in held if name not in blocked or data]
    if not there or not others or there in look.made:
        return ""
    waits = "reads" if held[others[0]] == "ACCESS EXCLUSIVE" else "writes"
    does = f"the {long.kind} on {there} is through" if long else f"{there} is written"
    return f"{waits} of {others[0]} wait until {does}: its lock is still held"


def _apart(look: Look) -> tuple[PhaseScript, ...]:
    return (phase(look.text, name="apart"),) if _is_harmless(look) else ()


def _is_harmless(look: Look) -> bool:
    return not look.effects.blocks and all(act.kind not in _DATA for act in look.acts)


def no_lock_timeout(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find the first statement that waits for a strong lock without a bound."""
    for number, look in enumerate(whole.looks):
        if any(act.kind == "set" and act.name in _TIMEOUTS for act in look.acts):
            return
        strong = [
            lock
            for lock in look.effects.locks
            if lock.blocks_writes and lock.kind != "index" and lock.relation not in look.made
        ]
        patient = any(act.says("concurrently") for act in look.acts)
        if strong and not look.effects.work and not patient:
            said = (
                f"while it waits for its lock on {strong[0].relation}, all that comes later waits"
            )
            yield number, Remark(said, (phase(LOCK_TIMEOUT, look.text),) if _calm(look) else ())
            return


def _calm(look: Look) -> bool:
    return not look.effects.work and not look.effects.breaks and not look.effects.failures


def no_setting(name: str, said: str) -> WholeDetector:
    """Make a detector of files that do not set something before they lock."""

    def detect(whole: Whole) -> Iterator[tuple[int, Remark]]:
        for number, look in enumerate(whole.looks):
            if any(act.kind == "set" and act.name == name for act in look.acts):
                return
            if any(lock.blocks_writes for lock in look.effects.locks):
                yield number, Remark(said)
                return

    return detect


def nested_transaction(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find BEGIN and COMMIT in a script that its tool runs in a transaction already."""
    if whole.migration.up.wrapping != "one":
        return
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            if act.kind in {"begin", "commit", "rollback"}:
                ends = act.kind != "begin"
                said = (
                    f"{act.kind.upper()} ends the transaction that the tool opened"
                    if ends
                    else "the tool has opened a transaction already: this one is no other"
                )
                yield number, Remark(said, severity="error" if ends else "warning")


def uncommitted(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find transactions that the script opens and does not end."""
    opened: int | None = None
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            if act.kind == "begin":
                opened = number
            elif act.kind in {"commit", "rollback"}:
                opened = None
    if opened is not None and whole.migration.up.wrapping != "one":
        yield opened, Remark("nothing commits it: all of it is undone when the session ends")


def combined_alters(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find tables that are read or written anew more than once."""
    seen: dict[tuple[str, str], int] = {}
    for number, look in enumerate(whole.looks):
        kinds: set[tuple[str, str]]
        kinds = {(work.relation, work.kind) for work in look.effects.work if work.kind in _TABLES}
        kinds |= {(each.table, "copy") for each in look.effects.online if each.algorithm == "COPY"}
        for relation, kind in sorted(kinds):
            if (relation, kind) in seen:
                said = f"a {kind} of {relation} once more: one ALTER TABLE does both at once"
                yield number, Remark(said)
            seen[relation, kind] = number


_TABLES = frozenset({"rewrite", "scan"})


def not_repeatable(look: Look, act: Act) -> Iterator[Remark]:
    """Find statements that cannot be run again after a failure half way."""
    guarded = {"create table", "create index", "drop table", "drop index", "drop column"}
    guarded |= {"add column", "add enum value", "create extension", "create sequence"}
    if look.inside or act.kind not in guarded or act.flags & {"if exists", "if not exists"}:
        return
    if len(look.script) > 1:
        word = "IF EXISTS" if act.kind.startswith("drop") else "IF NOT EXISTS"
        yield Remark(f"run again after a failure, it fails: {word}")


def data_with_schema(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find transactions that change both tables and rows."""
    ddl = False
    for number, look in enumerate(whole.looks):
        if look.alone or not look.earlier:
            ddl = False
        old = [act for act in look.acts if act.kind in _DATA and act.relation not in look.made]
        if old and ddl:
            yield (
                number,
                Remark(f"rows of {old[0].table} change in the transaction of a schema change"),
            )
        ddl = ddl or any(
            lock.blocks_writes and lock.relation not in look.made for lock in look.effects.locks
        )


def several_ddl(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find scripts of several schema changes where each commits by itself."""
    changes = [
        number
        for number, look in enumerate(whole.looks)
        if any(act.kind not in _OWN and act.kind not in _DATA for act in look.acts)
    ]
    if len(changes) > 1:
        said = (
            f"{len(changes)} schema changes, each committed by itself: a failure leaves some done"
        )
        yield changes[1], Remark(said)


_FAILING: tuple[ActKind, ...] = (
    "add check",
    "add column",
    "add exclusion",
    "add foreign key",
    "add not null",
    "add primary key",
    "add unique",
    "alter domain",
    "attach partition",
    "create index",
    "set not null",
    "validate",
)

CHECKS = (
    Check("migration-may-fail", _FAILING, may_fail, EVERY, "strict"),
    Check("migration-lock-table", ("lock table",), lock_table, ("postgresql", *MYSQLS)),
    Check(
        "migration-not-repeatable",
        (
            "create table",
            "create index",
            "drop table",
            "drop index",
            "drop column",
            "add column",
            "add enum value",
            "create extension",
            "create sequence",
        ),
        not_repeatable,
        EVERY,
        "style",
    ),
)
ANY_ACT = (
    ("migration-not-in-transaction", not_in_transaction),
    ("migration-fails", always_fails),
)
"""Detectors that look at every statement, whatever it does."""

WHOLE = (
    WholeCheck("migration-work-under-lock", work_under_lock),
    WholeCheck("migration-no-lock-timeout", no_lock_timeout),
    WholeCheck(
        "migration-no-statement-timeout",
        no_setting("statement_timeout", "nothing bounds how long a statement may run"),
        profile="policy",
    ),
    WholeCheck(
        "migration-no-idle-timeout",
        no_setting(
            "idle_in_transaction_session_timeout",
            "a session that stops half way holds its locks for good",
        ),
        profile="policy",
    ),
    WholeCheck("migration-nested-transaction", nested_transaction, EVERY),
    WholeCheck("migration-uncommitted", uncommitted, EVERY),
    WholeCheck("migration-combine-alters", combined_alters, EVERY, "strict"),
    WholeCheck("migration-data-with-schema", data_with_schema, profile="strict"),
    WholeCheck("migration-several-ddl", several_ddl, MYSQLS, "strict"),
)
