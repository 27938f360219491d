"""Other sessions that read and write the same tables, while a migration runs.

Each asks again and again for a lock that it does not wait for. A refusal shows that it would have
had to wait, whatever else the machine is busy with; the time from the first refusal to the next
success is how long. What it asks for touches no row.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.migrations.replay.model import Wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Literal

    from be_tui.core.databases import Sandbox, Session

MOST_TABLES = 8
"""Tables that are probed, each by two sessions."""

_IMPATIENT = Bounds(seconds=30, rows=1, lock_seconds=0.001)
_PAUSE = 0.002
"""Seconds between two attempts."""

_AT_ONCE = "SET SESSION lock_wait_timeout = 0"
"""MariaDB knows no shorter wait than a second but none at all; MySQL knows a second."""


class Probes:
    """The sessions, from their start to their end."""

    def __init__(
        self, sandbox: Sandbox, tables: Iterable[tuple[str, str]], number: Callable[[], int]
    ) -> None:
        """Open them.

        Args:
            sandbox: Where the migration will run.
            tables: Each by the name that people know, and its name in SQL.
            number: Gives which statement runs now.

        Raises:
            InputError: The server gives no more sessions.
        """
        self._over = threading.Event()
        self._probes = [
            _Probe(sandbox, shown, name, kind, number, self._over)
            for shown, name in tuple(tables)[:MOST_TABLES]
            for kind in _KINDS
        ]

    def start(self) -> None:
        """Let them ask."""
        for each in self._probes:
            each.start()

    def end(self) -> tuple[Wait, ...]:
        """Stop them, and give what each had to wait at most."""
        self._over.set()
        for each in self._probes:
            if each.is_alive():
                each.join()
            each.session.close()
        return tuple(each.longest for each in self._probes)


_KINDS: tuple[Literal["reads"], Literal["writes"]] = ("reads", "writes")


class _Probe(threading.Thread):
    """One session that reads, or writes, one table."""

    def __init__(
        self,
        sandbox: Sandbox,
        shown: str,
        name: str,
        kind: Literal["reads", "writes"],
        number: Callable[[], int],
        over: threading.Event,
    ) -> None:
        super().__init__(daemon=True)
        self.session: Session = sandbox.session()
        self.longest = Wait(shown, kind, 0.0)
        words = "SELECT 1" if kind == "reads" else "DELETE"
        self._asked = f"{words} FROM {name} WHERE 1 = 0"
        self._number = number
        self._over = over
        if sandbox.engine in ("mariadb", "mysql"):
            self._refused(_AT_ONCE)

    def run(self) -> None:
        """Ask until it is over; a table that is gone is asked for in vain."""
        since, at = 0.0, 0
        while not self._over.is_set():
            now = time.monotonic()
            if self._refused(self._asked):
                since, at = (since, at) if since else (now, self._number())
            elif since:
                self._note(since, at)
                since = 0.0
            self._over.wait(_PAUSE)
        if since:
            self._note(since, at)

    def _note(self, since: float, at: int) -> None:
        seconds = time.monotonic() - since
        if seconds > self.longest.seconds:
            self.longest = Wait(self.longest.relation, self.longest.kind, seconds, at)

    def _refused(self, statement: str) -> bool:
        """Tell whether somebody else's lock is in the way."""
        try:
            self.session.run(statement, _IMPATIENT)
        except StatementError as error:
            return error.trouble == "waited"
        return False
