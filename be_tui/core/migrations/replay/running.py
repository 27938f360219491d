"""Runs a script as its tool would: in one transaction, or each statement by itself."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from be_tui.core.databases import StatementError
from be_tui.core.migrations.model import Effects, Failure
from be_tui.core.migrations.replay.model import Observation, Run, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.databases import Bounds, Session
    from be_tui.core.migrations.model import Script, ScriptStatement
    from be_tui.core.migrations.replay.model import Direction

    Refuse = Callable[[str], str]
    """Gives why a statement is not run; nothing where it is."""

    Told = Callable[[int, ScriptStatement], None]
    """Told the number of the statement that comes next."""

CONTROL = re.compile(
    r"(?:BEGIN|START\s+TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|SET|RESET"
    r"|PREPARE\s+TRANSACTION|LOCK|UNLOCK|DISCARD|PRAGMA)\b",
    re.IGNORECASE,
)
"""Statements that deal with the session or its transaction, so that none is put around them."""

_NO_ROOM = ("53", "58", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM")
"""What PostgreSQL and SQLite call that the machine gives no more."""

_FULL = "1021"
"""The same of MariaDB and MySQL."""

UNREACHED = "a statement before it failed"


class Sees(Protocol):
    """Who runs statements and tells what it saw."""

    @property
    def session(self) -> Session:
        """Give the session that they run in."""
        ...

    @property
    def bounds(self) -> Bounds:
        """Give how far each of them may go."""
        ...

    def see(self, statement: str, *, inside_transaction: bool | None = None) -> Observation:
        """Run one statement."""
        ...


@dataclass(slots=True)
class Plain:
    """Runs statements and tells how long they took, and no more."""

    session: Session
    bounds: Bounds

    def see(self, statement: str, *, inside_transaction: bool | None = None) -> Observation:
        """Run one statement."""
        del inside_transaction
        return plainly(self.session, statement, self.bounds)


def beyond(error: StatementError) -> bool:
    """Tell whether something else is at fault: no room, no server, a person's wish."""
    return (
        error.trouble in ("lost", "stopped")
        or error.code.startswith(_NO_ROOM)
        or error.code == _FULL
    )


def plainly(session: Session, statement: str, bounds: Bounds) -> Observation:
    """Run a statement, and tell how long it took or why it failed.

    Raises:
        StatementError: The server is gone.
    """
    began = time.monotonic()
    try:
        found = session.run(statement, bounds)
    except StatementError as error:
        if beyond(error):
            raise
        failures = (Failure("always", error.message),) if error.trouble == "refused" else ()
        return Observation(
            effects=Effects(failures=failures),
            seconds=time.monotonic() - began,
            trouble=error.trouble,
            message=error.message,
            code=error.code,
        )
    return Observation(seconds=time.monotonic() - began, said=found.said)


def run_script(
    script: Script,
    direction: Direction,
    seer: Sees,
    refuse: Refuse,
    told: Told | None = None,
) -> Run:
    """Run a script up to its end, or to the first statement that fails.

    Args:
        script: What to run, with how its tool wraps it.
        direction: Which way it leads.
        seer: Runs each statement.
        refuse: Says what is not run at all.
        told: Told what comes next.

    Raises:
        StatementError: The server is gone, or somebody stopped it.
    """
    runner = _Runner(seer, refuse, told or _nobody)
    ended_by = ""
    try:
        for number, each in enumerate(script.statements):
            wrapped = (each.wrapping or script.wrapping) == "one"
            ended_by = ended_by or runner.wrap(wrapped=wrapped)
            runner.step(number, each, ended=bool(ended_by))
        ended_by = ended_by or runner.wrap(wrapped=False)
    finally:
        with contextlib.suppress(StatementError):
            seer.session.run("ROLLBACK") if runner.open else None
    seconds = sum(step.seen.seconds for step in runner.steps if step.seen)
    return Run(script, direction, tuple(runner.steps), seconds, ended_by=ended_by)


def _nobody(number: int, statement: ScriptStatement) -> None:
    del number, statement


class _Runner:
    """The state of a script that runs."""

    def __init__(self, seer: Sees, refuse: Refuse, told: Told) -> None:
        self._seer = seer
        self._refuse = refuse
        self._told = told
        self.steps: list[Step] = []
        self.open = False
        """Whether the tool's transaction is."""

        self._failed = False

    def wrap(self, *, wrapped: bool) -> str:
        """Open or end the tool's transaction; give why it could not be kept."""
        if wrapped == self.open or self._failed:
            return ""
        self.open = wrapped
        try:
            self._seer.session.run("BEGIN" if wrapped else "COMMIT", self._seer.bounds)
        except StatementError as error:
            if beyond(error):
                raise
            # SQLite keeps a transaction open that it refused to keep.
            self.open = self._failed = True
            return error.message
        return ""

    def step(self, number: int, each: ScriptStatement, *, ended: bool) -> None:
        """Run the next statement, unless something speaks against it."""
        if self._failed or ended:
            self.steps.append(Step(each, unrun=UNREACHED))
            return
        text = each.statement.text
        why = self._refuse(text)
        if why:
            self.steps.append(Step(each, unrun=why))
            return
        self._told(number, each)
        if CONTROL.match(text):
            seen = plainly(self._seer.session, text, self._seer.bounds)
        else:
            seen = self._seer.see(text, inside_transaction=self.open)
        self._failed = seen.failed
        self.steps.append(Step(each, seen))
