"""Lays beside what was seen what is told beforehand, and says where the two differ.

Within a transaction a lock that is held already shows no second time, so what a statement is told
to lock may have been locked by one before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.migrations.model import LOCK_MODES
from be_tui.core.migrations.replay.running import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.model import Effects, RelationLock
    from be_tui.core.migrations.replay.model import Run, Step
    from be_tui.core.schema.state import SchemaState
    from be_tui.core.sqltext import Target

_BEGINS = re.compile(r"(?:BEGIN|START)\b", re.I)
_ENDS = re.compile(r"(?:COMMIT|END|ROLLBACK|ABORT)\b(?!\s+TO\b)", re.I)

Held = dict[str, int]
"""The rank of the strongest lock on each relation so far."""


def foretold(run: Run, state: SchemaState, target: Target, *, timezone_utc: bool = True) -> Run:
    """Give a run with what is told beforehand of each statement.

    Args:
        run: What was seen.
        state: The schema before it; it goes along with the statements that ran.
        target: The engine.
        timezone_utc: Whether the session's time zone is UTC.
    """
    state.mark()
    held: Held = {}
    own = False
    tell = partial(_told, state=state, target=target, held=held, utc=timezone_utc)
    steps = []
    for step in run.steps:
        text = step.statement.statement.text
        if CONTROL.match(text):
            own = bool(_BEGINS.match(text)) or (own and not _ENDS.match(text))
            steps.append(step)
            continue
        wrapped = own or (step.statement.wrapping or run.script.wrapping) == "one"
        if not wrapped:
            held.clear()
        steps.append(tell(step, wrapped=wrapped))
    return replace(run, steps=tuple(steps))


def _told(
    step: Step, *, state: SchemaState, target: Target, held: Held, utc: bool, wrapped: bool
) -> Step:
    """Tell of one statement, and let the schema and the locks go along."""
    from be_tui.core.migrations.effects import effects_of

    told = effects_of(step.statement.statement, state, target, wrapped, utc)
    if step.seen is None:
        return replace(step, predicted=told)
    seen = step.seen.effects
    whole = target.engine == "postgresql"
    against = tuple(_contradictions(step, told, seen, held if whole else None, wrapped=wrapped))
    if not step.failed:
        state.apply(step.statement.statement)
    for lock in seen.locks:
        held[lock.relation] = max(held.get(lock.relation, -1), _rank(lock))
    return replace(step, predicted=told, contradictions=against)


def _contradictions(
    step: Step, told: Effects, seen: Effects, held: Held | None, *, wrapped: bool
) -> Iterator[str]:
    """Say where they differ; without locks, only by what is there to be seen on that engine."""
    if not told.known or not seen.known:
        return
    failures = [each for each in told.failures if wrapped or each.kind != "in transaction"]
    if step.failed:
        if not failures and step.seen and step.seen.trouble == "refused":
            yield "it failed, which was not told"
        return
    for failure in failures:
        if failure.kind in ("always", "in transaction"):
            yield f"it was told to fail, and ran: {failure.message}"
            return
    if held is not None:
        yield from _of_locks(told, seen, held)
    expected = {(each.kind, each.relation) for each in told.work}
    there = {(each.kind, each.relation) for each in seen.work}
    yield from (f"not told: {kind} of {name}" for kind, name in sorted(there - expected))
    if held is not None:
        yield from (f"told, not seen: {kind} of {name}" for kind, name in sorted(expected - there))
    ways = {each.table: (each.algorithm, each.lock) for each in told.online}
    for online in seen.online:
        way = (online.algorithm, online.lock)
        if ways.get(online.table, way) != way:
            words = " ".join(ways[online.table])
            yield f"{online.table}: {online.algorithm} {online.lock}, told as {words}"


def _of_locks(told: Effects, seen: Effects, held: Held) -> Iterator[str]:
    """Compare locks; those that were held before a statement cannot show again."""
    expected = {lock.relation: lock for lock in told.locks}
    there = {lock.relation: lock for lock in seen.locks}
    for name in sorted(expected.keys() | there.keys()):
        wanted, found = expected.get(name), there.get(name)
        if wanted and found and wanted.mode == found.mode:
            continue
        if found is None and wanted and held.get(name, -1) >= _rank(wanted):
            continue
        yield f"{name}: {found.mode if found else 'no lock'}, told as " + (
            wanted.mode if wanted else "no lock"
        )


def _rank(lock: RelationLock) -> int:
    return LOCK_MODES.index(lock.mode)
