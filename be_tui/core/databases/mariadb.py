"""Sandboxes of MariaDB and MySQL: a scratch database on a server by its URL."""

from __future__ import annotations

import contextlib
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pymysql
from pymysql.cursors import SSCursor

from be_tui.core.databases.held import Held, HeldSandbox
from be_tui.core.databases.model import DEFAULT_BOUNDS, Rows, StatementError
from be_tui.core.databases.scratch import PATTERN, is_scratch, new_name
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.databases.model import Bounds, Engine, Lock, Session, Trouble
    from be_tui.core.databases.urls import DatabaseUrl

CONNECT_SECONDS = 5

_BATCH = 256
_SILENCE = 600
"""Seconds without a word after which a server counts as gone, whatever a statement's bound."""

_KILLED = 1317

_TROUBLES: dict[int, Trouble] = {
    **dict.fromkeys((1205, 1222), "waited"),
    **dict.fromkeys((1969, 3024, _KILLED), "late"),
    **dict.fromkeys((0, 1927, 2006, 2013), "lost"),
}
"""What the server's or the driver's number tells, where it is not that the server refused."""

_WAITS_FOR_ROWS = re.compile(r"^LOCK WAIT .*\n(?:MariaDB|MySQL) thread id (\d+),", re.MULTILINE)
"""A transaction that stands still, in InnoDB's report. (`innodb_trx` tells it too, but from a copy
that is taken anew only once nobody has looked for a tenth of a second.)"""

_WAITS_FOR_TABLES = """
SELECT count(*) FROM information_schema.processlist
WHERE id = {number} AND state LIKE 'Waiting for%lock'"""


class MariadbSession(Held):
    """One connection, in autocommit."""

    def __init__(self, url: DatabaseUrl, database: str = "") -> None:
        """Connect.

        Raises:
            InputError: The server does not let us in.
        """
        self._url = url
        self._db = _connected(url, database or None)
        self._bounds: Bounds | None = None
        self._stopped = self._late = False
        found = self._exchange("SELECT connection_id(), version()", DEFAULT_BOUNDS)
        number, version = found.rows[0]
        self.number = str(number)
        """What the server calls it."""

        self.version = str(version)
        """The server's: `10.11.19-MariaDB`."""

    @property
    def engine(self) -> Engine:
        """Give which of the two it is."""
        return "mariadb" if "MariaDB" in self.version else "mysql"

    def run(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows:
        """Run one statement."""
        if bounds != self._bounds:
            for setting in self._settings(bounds):
                self._exchange(setting, bounds)
            self._bounds = bounds
        return self._exchange(statement, bounds)

    def plan(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> str:
        """Give EXPLAIN's table, a line a row, each cell with its column's name."""
        found = self.run(f"EXPLAIN {statement}", bounds)
        return "\n".join(
            ", ".join(f"{name}: {cell}" for name, cell in zip(found.columns, row, strict=True))
            for row in found.rows
        )

    def stop(self) -> None:
        """End the statement that runs."""
        self._stopped = True
        self._kill()

    def close(self) -> None:
        """Close the connection."""
        if self._db.open:
            with contextlib.suppress(pymysql.Error):
                self._db.close()

    def _settings(self, bounds: Bounds) -> tuple[str, ...]:
        patience = max(1, round(bounds.lock_seconds))
        settings = [
            f"SET SESSION lock_wait_timeout = {patience}",
            f"SET SESSION innodb_lock_wait_timeout = {patience}",
        ]
        if "MariaDB" in self.version:
            # The server ends it too, should this process be gone by then; but later, so that
            # it is known here why.
            settings.append(f"SET SESSION max_statement_time = {bounds.seconds + 5:.3f}")
        return tuple(settings)

    def _exchange(self, statement: str, bounds: Bounds) -> Rows:
        self._stopped = self._late = False
        alarm = threading.Timer(bounds.seconds, self._end)
        alarm.daemon = True
        alarm.start()
        try:
            rows = self._answer(statement, bounds.rows)
        except (pymysql.Error, ValueError) as error:
            raise self._error(error, bounds) from error
        finally:
            alarm.cancel()
        # Some functions end quietly when they are ended, with a value that means nothing.
        if self._stopped:
            raise StatementError("it was stopped", "stopped")
        if self._late:
            raise StatementError(f"it took longer than {bounds.seconds:g} s", "late")
        return rows

    def _answer(self, statement: str, most: int) -> Rows:
        with self._db.cursor(SSCursor) as cursor:
            changed = cursor.execute(statement)
            if cursor.description is None:
                return Rows(count=changed)
            return _kept(cursor, most)

    def _end(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        with contextlib.suppress(InputError, pymysql.Error), _connected(self._url, None) as other:
            other.cursor().execute(f"KILL QUERY {self.number}")

    def _error(self, error: Exception, bounds: Bounds) -> StatementError:
        number, message = _told(error)
        trouble = _TROUBLES.get(number, "refused")
        code = str(number) if number else ""
        if trouble == "late" and self._stopped:
            return StatementError("it was stopped", "stopped", code)
        if trouble == "late" and (self._late or number != _KILLED):
            return StatementError(f"it took longer than {bounds.seconds:g} s", "late", code)
        return StatementError(message or "the connection is gone", trouble, code)


class MariadbSandbox(HeldSandbox):
    """A scratch database, dropped in the end."""

    def __init__(self, url: DatabaseUrl) -> None:
        """Make it; drop those that dead processes left there.

        Raises:
            InputError: The server does not let us in, or may make no database for us.
        """
        super().__init__()
        self._url = url
        self.name = new_name()
        self._keeper = MariadbSession(url)
        self._watch: MariadbSession | None = None
        try:
            self._keeper.run(f"SELECT GET_LOCK('{self.name}', 0)")
            self._sweep()
            self._keeper.run(f"CREATE DATABASE {self.name} CHARACTER SET utf8mb4")
        except StatementError as error:
            self._keeper.close()
            message = f"no scratch database can be made: {error.message}"
            hint = r"GRANT ALL ON `be\_tui\_scratch\_%`.* lets a user make them"
            raise InputError(message, where=url.shown, hint=hint) from error

    @property
    def engine(self) -> Engine:
        """Give which of the two it is."""
        return self._keeper.engine

    @property
    def version(self) -> str:
        """Give the server's version."""
        return self._keeper.version.partition("-")[0]

    def session(self) -> MariadbSession:
        """Give one more connection."""
        return self.hold(MariadbSession(self._url, self.name))

    def waits(self, session: Session) -> bool:
        """Tell whether a session stands still for a row's, a table's or a definition's lock."""
        assert isinstance(session, MariadbSession)  # noqa: S101 (it is one of ours)
        if self._watch is None:
            self._watch = self.session()
        if self._watch.run(_WAITS_FOR_TABLES.format(number=session.number)).value != "0":
            return True
        ((*_, report),) = self._watch.run("SHOW ENGINE INNODB STATUS").rows
        return session.number in _WAITS_FOR_ROWS.findall(str(report))

    def locks(self, session: Session) -> tuple[Lock, ...]:
        """Refuse: the server does not tell them as it is set up by default."""
        del session
        raise InputError(f"{self.engine} does not tell its locks", where=self._url.shown)

    def remove(self) -> None:
        """Drop the database."""
        with contextlib.suppress(StatementError), self._keeper as keeper:
            keeper.run(f"DROP DATABASE IF EXISTS {self.name}")

    def _sweep(self) -> None:
        """Drop our scratch databases whose processes no longer hold their locks."""
        asked = f"SHOW DATABASES LIKE '{PATTERN}'"
        for (found,) in self._keeper.run(asked).rows:
            name = str(found)
            if is_scratch(name) and self._keeper.run(f"SELECT IS_FREE_LOCK('{name}')").value == "1":
                with contextlib.suppress(StatementError):
                    self._keeper.run(f"DROP DATABASE IF EXISTS {name}")


def _connected(url: DatabaseUrl, database: str | None) -> pymysql.Connection[SSCursor]:
    if url.socket and not Path(url.socket).is_socket():
        # PyMySQL leaves a socket open that leads nowhere.
        raise InputError(f"no server listens at {url.socket}", where=url.shown)
    try:
        connection: pymysql.Connection[SSCursor] = pymysql.connect(
            host=url.host or "localhost",
            port=url.port,
            user=url.user or None,
            password=url.password,
            unix_socket=url.socket or None,
            database=database,
            autocommit=True,
            charset="utf8mb4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=CONNECT_SECONDS,
            # Nobody listens on a socket of this machine, and to make TLS ready takes 15 ms.
            ssl_disabled=bool(url.socket),
            # Nothing is converted: values stay as the server writes them.
            conv={},
        )
    except (pymysql.Error, RuntimeError) as error:
        _, message = _told(error)
        raise InputError(url.scrubbed(message), where=url.shown) from None
    # The greeting comes soon or never; PyMySQL has no other way to wait longer for a statement.
    connection._read_timeout = _SILENCE  # type: ignore[attr-defined]  # noqa: SLF001
    return connection


def _told(error: Exception) -> tuple[int, str]:
    """Give the number and the words of an error."""
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    words = error.args[1] if len(error.args) > 1 else str(error)
    return number, str(words)


def _kept(cursor: SSCursor, most: int) -> Rows:
    columns = tuple(str(column[0]) for column in cursor.description or ())
    rows: list[tuple[str | None, ...]] = []
    count = 0
    while batch := cursor.fetchmany(_BATCH):
        rows += (tuple(_shown(value) for value in row) for row in batch[: max(most - count, 0)])
        count += len(batch)
    return Rows(columns, tuple(rows), count)


def _shown(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return f"X'{value.hex().upper()}'" if isinstance(value, bytes) else str(value)
