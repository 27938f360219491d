"""Sees what a statement does on PostgreSQL: its locks, its work, and why it failed.

    with open_sandbox("postgresql:16") as sandbox:
        watch = Watch(sandbox, sandbox.session())
        watch.see("ALTER TABLE users ALTER name SET NOT NULL", undo=True)

A statement runs in a transaction, within which its own session asks for the locks that it holds
then. What cannot run in one is watched by other sessions (`outside.py`). Locks on what a migration
itself made are left out: nobody else knows of it. `mark()` says where a migration begins.
"""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.migrations.model import Effects, Failure, FailureKind
from be_tui.core.migrations.replay.locking import Held, locks_of
from be_tui.core.migrations.replay.model import Observation
from be_tui.core.migrations.replay.relations import FIRST_OWN, LOOKING, Relations
from be_tui.core.migrations.replay.remarks import worth_telling
from be_tui.core.migrations.replay.running import beyond
from be_tui.core.migrations.replay.working import Trace, work_of

if TYPE_CHECKING:
    from be_tui.core.databases import PostgresSandbox, PostgresSession

BOUNDS = Bounds(seconds=600, rows=1_000, lock_seconds=60)
"""How far a statement of a migration may go."""

NOT_IN_TRANSACTION = ("25001", "2D000")
"""What the server says of a statement that cannot run in a transaction, or that ends its own."""

_LOCKS = f"""
SELECT l.relation, l.mode FROM pg_locks l
WHERE l.locktype = 'relation' AND l.pid = pg_backend_pid() AND l.relation >= {FIRST_OWN}
AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"""  # noqa: S608 (our own)

_SCANS = f"""
SELECT oid, pg_stat_get_xact_numscans(oid) FROM pg_class
WHERE oid >= {FIRST_OWN} AND relkind IN ('r', 'm') AND pg_stat_get_xact_numscans(oid) > 0"""  # noqa: S608 (our own)
"""How often this session has read tables through; within a transaction it only grows."""

_ENGLISH = ("C", "POSIX", "en")
_ILLEGIBLE = "the server does not speak English, so that not all of its work can be read"

_ON_DATA = ("22", "23")
"""The classes of SQLSTATE that say that rows are in the way."""

_EVERY_NAME = re.compile(r"\bschema\b", re.IGNORECASE)
"""What may give relations other names without a lock on them."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the session holds, and how often it has read what."""

    held: Held = frozenset()
    scans: tuple[tuple[str, str], ...] = ()


class Watch:
    """A session whose statements are watched one after the other."""

    def __init__(
        self, sandbox: PostgresSandbox, session: PostgresSession, bounds: Bounds = BOUNDS
    ) -> None:
        """Note what is there.

        Args:
            sandbox: Gives the sessions that watch from outside.
            session: Runs the statements.
            bounds: How far each of them may go.

        Raises:
            StatementError: The server is gone.
        """
        self.sandbox = sandbox
        self.session = session
        self.bounds = bounds
        self._legible = self._speaks_english()
        self.mark()

    def mark(self) -> None:
        """Say that a migration begins: all that is there now was there before."""
        self.relations = Relations(self.session)

    def _speaks_english(self) -> bool:
        """Ask the server to speak so that it can be read; tell whether it does."""
        with contextlib.suppress(StatementError):
            self.session.run("SET lc_messages = 'C'")
        return (self.session.run("SHOW lc_messages").value or "").startswith(_ENGLISH)

    def see(
        self, statement: str, *, inside_transaction: bool | None = None, undo: bool = False
    ) -> Observation:
        """Run a statement, and tell what it did.

        Args:
            statement: As it was written.
            inside_transaction: True where it must run in a transaction, as its tool wraps it; None
                or False where it may run outside of one if it has to.
            undo: Whether all is to be as it was before; what runs outside of a transaction stays.

        Raises:
            StatementError: The server is gone.
        """
        if self.session.in_transaction:
            return self._within(statement, undo=undo)
        self.session.run("BEGIN", self.bounds)
        seen = self._here(statement)
        if not seen.failed and not undo:
            return self._kept(seen)
        self._undone("ROLLBACK")
        if seen.code not in NOT_IN_TRANSACTION or inside_transaction:
            return seen
        from be_tui.core.migrations.replay.outside import see_outside

        return see_outside(self, statement)

    def _within(self, statement: str, *, undo: bool) -> Observation:
        """See a statement in a transaction that somebody else opened."""
        if not undo:
            return self._here(statement)
        self.session.run("SAVEPOINT be_tui_look")
        seen = self._here(statement)
        self._undone("ROLLBACK TO be_tui_look")
        return seen

    def _kept(self, seen: Observation) -> Observation:
        """Commit; what was deferred until then may refuse."""
        try:
            self.session.run("COMMIT", self.bounds)
        except StatementError as error:
            if beyond(error):
                raise
            self.relations.look_again(self.session, None)
            return failed(error, seen.seconds)
        return seen

    def _undone(self, word: str) -> None:
        self.session.run(word, self.bounds)
        self.relations.look_again(self.session, None)

    def _here(self, statement: str) -> Observation:
        with contextlib.suppress(StatementError):
            # Each time: a migration may set it too, as each dump does.
            self.session.run("SET client_min_messages = debug1")
        before = self._look()
        began = time.monotonic()
        try:
            found = self.session.run(statement, self.bounds)
        except StatementError as error:
            if beyond(error):
                raise
            return failed(error, time.monotonic() - began)
        seconds = time.monotonic() - began
        now = self._look()
        taken = now.held - before.held
        locks = locks_of(self.relations, now.held, before.held)
        touched = frozenset(number for number, _ in now.held)
        every = _EVERY_NAME.search(statement) is not None
        were = self.relations.look_again(self.session, None if every else touched)
        scanned = frozenset(number for number, _ in set(now.scans) - set(before.scans))
        trace = Trace(found.said, taken, were, touched, scanned)
        work = work_of(self.session, self.relations, trace)
        why = "" if self._legible else _ILLEGIBLE
        return Observation(
            effects=Effects(locks=locks, work=work, known=not why, why_unknown=why),
            seconds=seconds,
            said=worth_telling(found.said),
        )

    def _look(self) -> _Look:
        try:
            held = self.session.run(_LOCKS, LOOKING).rows
            scans = self.session.run(_SCANS, LOOKING).rows
        except StatementError:
            # The transaction has failed before; the statement will be refused, and say so.
            return _Look()
        locks = ((str(number), str(mode)) for number, mode in held)
        return _Look(
            frozenset(each for each in locks if each[0] in self.relations),
            tuple((str(number), str(count)) for number, count in scans),
        )


def observe(sandbox: PostgresSandbox, statement: str, *, undo: bool = True) -> Effects:
    """Tell what one statement does to a database of PostgreSQL.

    Args:
        sandbox: The database.
        statement: As it was written.
        undo: Whether all is to be as it was before, so far as a transaction can.

    Raises:
        StatementError: The server is gone.
    """
    with sandbox.session() as session:
        return Watch(sandbox, session).see(statement, undo=undo).effects


def failed(error: StatementError, seconds: float, *, outside: bool = False) -> Observation:
    """Tell of a statement that did not run."""
    kind: FailureKind = "always"
    if error.code in NOT_IN_TRANSACTION and not outside:
        kind = "in transaction"
    elif error.code.startswith(_ON_DATA):
        kind = "on data"
    failures = (Failure(kind, error.message),) if error.trouble == "refused" else ()
    return Observation(
        effects=Effects(failures=failures),
        seconds=seconds,
        trouble=error.trouble,
        message=error.message,
        code=error.code,
        outside=outside,
    )
