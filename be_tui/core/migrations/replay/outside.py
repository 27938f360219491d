"""Sees what a statement does that cannot run in a transaction: CONCURRENTLY, VACUUM, CLUSTER.

Three sessions stand in its way one after the other, so that the locks it asks for can be read
while it waits: one holds SHARE UPDATE EXCLUSIVE on its tables, one a snapshot and ACCESS SHARE on
partitioned tables, one ACCESS SHARE on the others. Each steps aside when the statement was seen
to wait for it. In between, locks are read as often as the server answers. That an index is held
alone for a moment, when nobody uses it any more, is seen by chance only, and left out.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from typing import TYPE_CHECKING

from be_tui.core.databases import Rows, StatementError
from be_tui.core.migrations.model import Effects, RelationLock
from be_tui.core.migrations.replay.locking import locks_of
from be_tui.core.migrations.replay.model import Observation
from be_tui.core.migrations.replay.observing import failed
from be_tui.core.migrations.replay.relations import FIRST_OWN, LOOKING
from be_tui.core.migrations.replay.remarks import worth_telling
from be_tui.core.migrations.replay.running import beyond
from be_tui.core.migrations.replay.working import Trace, work_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import PostgresSandbox, PostgresSession
    from be_tui.core.migrations.replay.observing import Watch
    from be_tui.core.migrations.replay.relations import Relation

_MOST_HELD = 200
"""Tables that are held where a statement names none: each is a lock in the server's memory."""

_PAUSE = 0.0005
"""Seconds between two looks while it runs."""

_WHOLE = "it goes over the whole database, too quickly for each lock to be seen"

_WORDS = re.compile(r'"((?:[^"]|"")+)"|(\w+)')

_NAMED = f"""
SELECT DISTINCT coalesce(i.indrelid, c.oid) FROM pg_class c
LEFT JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.oid >= {FIRST_OWN} AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
AND c.relname IN ({{names}})"""  # noqa: S608 (our own)

_ALONE = "AccessExclusiveLock"

_PARTITIONS = """
WITH RECURSIVE family AS (
  SELECT oid FROM pg_class WHERE oid IN ({numbers})
  UNION SELECT CASE f.oid WHEN i.inhparent THEN i.inhrelid ELSE i.inhparent END
  FROM pg_inherits i JOIN family f ON f.oid IN (i.inhparent, i.inhrelid))
SELECT c.oid::regclass::text, c.relkind FROM pg_class c JOIN family USING (oid)
WHERE c.relkind IN ('r', 'p')"""

_LOCKS = f"""
SELECT l.relation, l.mode FROM pg_locks l
WHERE l.locktype = 'relation' AND l.relation >= {FIRST_OWN} AND l.pid = {{number}}
AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"""  # noqa: S608 (our own)

_BLOCKED_BY = "SELECT unnest(pg_blocking_pids({number}))"


def see_outside(watch: Watch, statement: str) -> Observation:
    """Run a statement outside of a transaction, and tell what it did.

    Raises:
        StatementError: The server is gone.
    """
    with contextlib.ExitStack() as stack:
        eye = stack.enter_context(watch.sandbox.session())
        tables = _named(eye, statement)
        holders = list(_holders(watch, tables, stack, eye))
        running = _Running(watch, statement)
        taken: set[tuple[str, str]] = set()
        try:
            waited = _look_on(running, eye, holders, taken)
        except BaseException:
            running.session.stop()
            raise
        finally:
            # A holder that stays would let the statement wait for ever.
            for holder in holders:
                holder.close()
            running.join()
    if isinstance(running.error, StatementError):
        if beyond(running.error):
            raise running.error
        seen = failed(running.error, running.seconds, outside=True)
        watch.relations.look_again(watch.session, None)
        return seen
    if running.error is not None:
        raise running.error
    locks = locks_of(
        watch.relations,
        (
            (number, mode)
            for number, mode in taken
            if mode != _ALONE or watch.relations.kind_of(number) != "index"
        ),
    )
    were = watch.relations.look_again(watch.session, None)
    trace = Trace(running.found.said, frozenset(taken), were)
    work = work_of(watch.session, watch.relations, trace)
    return Observation(
        effects=Effects(
            locks=_alone(locks, watch, were),
            work=work,
            known=bool(tables),
            why_unknown="" if tables else _WHOLE,
        ),
        seconds=max(running.seconds - waited, 0.0),
        said=worth_telling(running.found.said),
        outside=True,
    )


class _Running(threading.Thread):
    """The statement in a thread of its own."""

    def __init__(self, watch: Watch, statement: str) -> None:
        super().__init__(daemon=True)
        self.session = watch.session
        self._statement = statement
        self._bounds = watch.bounds
        self.error: BaseException | None = None
        self.found = Rows()
        self.seconds = 0.0
        self.session.run("SET client_min_messages = debug1")
        self.start()

    def run(self) -> None:
        began = time.monotonic()
        try:
            self.found = self.session.run(self._statement, self._bounds)
        except BaseException as error:  # noqa: BLE001 (it is raised again where it is waited for)
            self.error = error
        self.seconds = time.monotonic() - began


def _holders(
    watch: Watch, tables: tuple[str, ...], stack: contextlib.ExitStack, eye: PostgresSession
) -> Iterator[PostgresSession]:
    """Give those who stand in its way, in the order in which they step aside."""
    numbers = tables or tuple(each.number for each in watch.relations if each.kind == "table")
    asked = _PARTITIONS.format(numbers=", ".join(numbers[:_MOST_HELD]))
    rows = eye.run(asked, LOOKING).rows if numbers else ()
    whole = [str(name) for name, kind in rows if kind == "p"]
    plain = [str(name) for name, kind in rows if kind == "r"]
    yield _holder(watch.sandbox, stack, whole + plain, "SHARE UPDATE EXCLUSIVE")
    yield _holder(watch.sandbox, stack, whole, "ACCESS SHARE")
    yield _holder(watch.sandbox, stack, plain, "ACCESS SHARE")


def _named(eye: PostgresSession, statement: str) -> tuple[str, ...]:
    """Give the numbers of the tables that a statement names, itself or by an index."""
    words = {
        quoted.replace('""', '"') or plain.lower() for quoted, plain in _WORDS.findall(statement)
    }
    names = ", ".join("'" + word.replace("'", "''") + "'" for word in sorted(words))
    return tuple(str(number) for (number,) in eye.run(_NAMED.format(names=names), LOOKING).rows)


def _holder(
    sandbox: PostgresSandbox, stack: contextlib.ExitStack, names: list[str], mode: str
) -> PostgresSession:
    holder = stack.enter_context(sandbox.session())
    holder.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
    if names:
        holder.run(f"LOCK TABLE ONLY {', ONLY '.join(names)} IN {mode} MODE")
    if mode == "ACCESS SHARE":
        holder.run("SELECT 1")
    return holder


def _look_on(
    running: _Running,
    eye: PostgresSession,
    holders: list[PostgresSession],
    taken: set[tuple[str, str]],
) -> float:
    """Read locks until it ends; give the seconds that it waited for a holder."""
    asked = _LOCKS.format(number=running.session.number)
    blocked = _BLOCKED_BY.format(number=running.session.number)
    waited = 0.0
    standing = list(holders)
    while running.is_alive():
        rows = eye.run(asked, LOOKING).rows
        since = time.monotonic()
        taken.update((str(number), str(mode)) for number, mode in rows)
        blockers = {number for (number,) in eye.run(blocked).rows} if standing else set()
        holder = next((each for each in standing if str(each.number) in blockers), None)
        if holder is None:
            running.join(_PAUSE)
            continue
        # It stands still now, so that this look sees all that it holds and asks for.
        rows = eye.run(asked, LOOKING).rows
        taken.update((str(number), str(mode)) for number, mode in rows)
        standing.remove(holder)
        holder.close()
        waited += time.monotonic() - since
    return waited


def _alone(
    locks: tuple[RelationLock, ...], watch: Watch, were: dict[str, Relation]
) -> tuple[RelationLock, ...]:
    """Add that what was written anew was held alone, where nobody saw it."""
    held = {lock.relation: lock for lock in locks}
    for number, was in were.items():
        if was.kind != "sequence" and was.file != watch.relations[number].file:
            held[was.shown] = RelationLock(was.shown, "ACCESS EXCLUSIVE", was.kind)
    return tuple(sorted(held.values()))
