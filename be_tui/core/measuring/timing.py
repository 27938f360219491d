"""The time of one execution: the processor's where it can be seen, and the wall's."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.measuring.model import Timing

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.databases import Session

_LONG_ENOUGH = 0.004
"""Seconds of a run: a shorter query is executed several times in it."""

_MOST_TIMES = 200
_LEAST_RUNS = 5
_PATIENCE = 6.0
"""Seconds for the turns of a case, once there are enough runs to tell something."""


class Clock:
    """Tells the processor time that a session's engine has taken so far."""

    def __init__(self, session: Session, *, here: bool) -> None:
        """Find out where it can be read.

        Args:
            session: Whose.
            here: Whether its server runs on this machine, as a process of ours.
        """
        self._file: Path | None = None
        from be_tui.core.databases.sqlite import SqliteSession

        # SQLite works in the thread that calls it.
        self._inside = isinstance(session, SqliteSession)
        if here and not self._inside:
            # Not before: SQLite is measured where PostgreSQL's driver is not installed.
            from be_tui.core.databases import PostgresSession

            if isinstance(session, PostgresSession):
                file = Path(f"/proc/{session.number}/schedstat")
                self._file = file if file.exists() else None

    def read(self) -> float | None:
        """Give milliseconds; None where they cannot be seen."""
        if self._inside:
            return time.thread_time() * 1000
        if self._file is not None:
            with suppress(OSError, ValueError, IndexError):
                return int(self._file.read_text("ascii").split()[0]) / 1e6
        return None


class Side:
    """One of the two that take turns."""

    def __init__(self, session: Session, clock: Clock, sql: str, bounds: Bounds) -> None:
        """Keep what is run.

        Args:
            session: Where.
            clock: The session's.
            sql: What.
            bounds: How far one execution may go.
        """
        self._session = session
        self._clock = clock
        self._sql = sql
        self._bounds = Bounds(bounds.seconds, 0, bounds.lock_seconds)
        self._times = 1
        self._cpu: list[float] = []
        self._wall: list[float] = []
        self.late = False

    def warm(self) -> None:
        """Execute it until it is warm, and find how often it must be for its time to be told.

        Raises:
            StatementError: It did not run.
        """
        took = 0.0
        for _ in range(2):
            began = time.perf_counter()
            try:
                self._session.run(self._sql, self._bounds)
            except StatementError as error:
                if error.trouble != "late":
                    raise
                self.late = True
                self._wall = [self._bounds.seconds * 1000]
                return
            took = time.perf_counter() - began
        self._times = max(min(math.ceil(_LONG_ENOUGH / max(took, 1e-6)), _MOST_TIMES), 1)

    def turn(self) -> None:
        """Take one run."""
        if self.late:
            return
        cpu, wall = self._clock.read(), time.perf_counter()
        for _ in range(self._times):
            self._session.run(self._sql, self._bounds)
        self._wall.append((time.perf_counter() - wall) * 1000 / self._times)
        after = self._clock.read()
        if cpu is not None and after is not None:
            self._cpu.append((after - cpu) / self._times)

    @property
    def timing(self) -> Timing:
        """Give the runs so far."""
        whole = len(self._cpu) == len(self._wall) and all(value > 0 for value in self._cpu)
        return Timing(tuple(self._cpu) if whole else (), tuple(self._wall), self.late)


def alternate(
    before: Side, after: Side, runs: int, heed: Callable[[], None]
) -> tuple[Timing, Timing]:
    """Let two sides take turns; who begins changes each time.

    Args:
        before: The one.
        after: The other.
        runs: Turns of each at most; fewer once they have taken long.
        heed: Asked between turns; raises where the work is to stop.

    Raises:
        StatementError: One did not run.
    """
    sides = [before, after]
    for side in sides:
        heed()
        side.warm()
    began = time.monotonic()
    for turn in range(runs):
        for side in sides:
            heed()
            side.turn()
        sides.reverse()
        if turn + 1 >= min(_LEAST_RUNS, runs) and time.monotonic() - began > _PATIENCE:
            break
    return before.timing, after.timing
