"""Tells the work that a statement did on rows, from what the server said and what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from be_tui.core.migrations.model import LOCK_MODES, Work, WorkKind
from be_tui.core.migrations.replay.locking import MODES, Held
from be_tui.core.migrations.replay.relations import LOOKING
from be_tui.core.migrations.replay.remarks import read_remarks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.databases import Session
    from be_tui.core.migrations.replay.relations import Relation, Relations
    from be_tui.core.migrations.replay.remarks import Remark

_HELD_WHILE_READING = frozenset(LOCK_MODES[LOCK_MODES.index("SHARE UPDATE EXCLUSIVE") :])
"""Who holds one of these and reads a table through does so to verify it."""

_KEYS = """
SELECT conrelid FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
WHERE c.contype = 'f' AND r.relkind = 'r' AND c.conname IN ({names})
AND c.xmin::text::bigint >= pg_current_xact_id()::text::bigint % 4294967296"""
"""Partitions have keys of one name; those that were checked were written by this transaction."""

_SIZE = "SELECT pg_relation_size({number})"


@dataclass(frozen=True, slots=True)
class Trace:
    """What a statement that has run left to be seen."""

    said: tuple[str, ...]
    taken: Held
    """The locks that were not held before it."""

    were: Mapping[str, Relation]
    """What it touched, as that was before it."""

    held: frozenset[str] = frozenset()
    """The numbers of all that it held in the end."""

    scanned: frozenset[str] = frozenset()
    """The numbers of what was read through."""


def work_of(session: Session, relations: Relations, trace: Trace) -> tuple[Work, ...]:
    """Give the work on what was there before the migration.

    Args:
        session: Asked for what the trace does not hold.
        relations: All that was there, as it is now.
        trace: What is known.
    """
    renewed, emptied = _renewed(session, relations, trace)
    work: dict[tuple[WorkKind, str], Work] = {}

    def add(kind: WorkKind, number: str, because: str = "") -> None:
        if number not in emptied:
            name = trace.were.get(number, relations[number]).shown
            known = work.get((kind, name))
            told = (known.because if known else "", because)
            work[kind, name] = Work(kind, name, ", ".join(dict.fromkeys(filter(None, told))))

    taken = {number for number, _ in trace.taken}
    told_apart = (trace.scanned & taken, trace.scanned & trace.held, taken, trace.held)
    remarks = read_remarks(trace.said)
    for remark in remarks:
        relation = relations.named(remark.table, *told_apart) if remark.table else None
        if relation:
            because = f"index {remark.index}" if remark.index else ""
            add(cast("WorkKind", remark.kind), relation.number, because)
    for number in renewed:
        add("rewrite", number)
    for number in _checked(session, relations, remarks):
        add("key check", number)
    if not work:
        for number, mode in trace.taken:
            if number in trace.scanned and MODES.get(mode) in _HELD_WHILE_READING:
                add("scan", number)
    return tuple(sorted(work.values()))


def _renewed(
    session: Session, relations: Relations, trace: Trace
) -> tuple[list[str], frozenset[str]]:
    """Give what stands in another file now, and what of that is empty there."""
    changed = [
        number
        for number, was in trace.were.items()
        if was.stored and was.file != relations[number].file
    ]
    emptied = {each for each in changed if session.run(_SIZE.format(number=each)).value == "0"}
    return [each for each in changed if each not in emptied], frozenset(emptied)


def _checked(
    session: Session, relations: Relations, remarks: tuple[Remark, ...]
) -> tuple[str, ...]:
    """Give the tables whose foreign keys were checked."""
    keys = ["'" + each.key.replace("'", "''") + "'" for each in remarks if each.key]
    if not keys:
        return ()
    rows = session.run(_KEYS.format(names=", ".join(keys)), LOOKING).rows
    return tuple(number for (number,) in rows if number and number in relations)
