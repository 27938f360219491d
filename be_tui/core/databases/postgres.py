"""Sandboxes of PostgreSQL: on the wheel's server of this process, or on a server by its URL.

libpq is driven directly: each statement goes as it was written, values come as the server
writes them, rows in chunks, and the clock is looked at in between.
"""

from __future__ import annotations

import contextlib
import re
import selectors
import time
from typing import TYPE_CHECKING

import psycopg
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus

from be_tui.core.databases.held import Held
from be_tui.core.databases.model import DEFAULT_BOUNDS, Rows, StatementError
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg.pq.abc import PGresult

    from be_tui.core.databases.model import Bounds, Trouble

CONNECT_SECONDS = 5

_CHUNK = 500
"""Rows that come at once."""

_LOOK = 0.25
"""Seconds between two looks at the clock while the server is silent."""

_GRACE = 5.0
"""Seconds that the server gets to end what was stopped, before it counts as gone."""

_BEFORE_REASON = re.compile(r"^.*(?:FATAL:|failed:)\s+")
"""libpq tells the address before it comes to the reason."""

_TROUBLES: dict[str, Trouble] = {"55P03": "waited", "57014": "late", "57P01": "lost"}
"""What an SQLSTATE tells, where it is not that the server refused."""

_BOOLEAN = 16
"""The number of the type that goes as `t` and is written `true` wherever people read it."""

_OPEN = (TransactionStatus.INTRANS, TransactionStatus.INERROR)
_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)


class PostgresSession(Held):
    """One connection, in autocommit."""

    def __init__(self, address: str, *, alone: bool = False) -> None:
        """Connect.

        Args:
            address: As libpq takes it: a URL, or `host=... dbname=...`.
            alone: Whether the server is to refuse a text of several statements; nothing is then
                set for the session.

        Raises:
            InputError: The server does not let us in.
        """
        self._connection = _connected(address)
        self._pg = self._connection.pgconn
        self._pg.nonblocking = 0
        self._pg.notice_handler = self._hear
        self._said: list[str] = []
        self._lock_seconds = -1.0
        self._stopped = False
        self._alone = alone

    @property
    def number(self) -> int:
        """Give what the server calls it."""
        return self._pg.backend_pid

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open, be it one that has failed."""
        return self._pg.transaction_status in _OPEN

    @property
    def version(self) -> str:
        """Give the server's version: `18.4`."""
        return (_text(self._pg.parameter_status(b"server_version")).split() or [""])[0]

    def run(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows:
        """Run one statement."""
        unset = bounds.lock_seconds != self._lock_seconds and not self._alone
        if unset and not self.in_transaction:
            self._exchange(f"SET lock_timeout = {int(bounds.lock_seconds * 1000)}", bounds)
            self._lock_seconds = bounds.lock_seconds
        return self._exchange(statement, bounds)

    def plan(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> str:
        """Give the plan as EXPLAIN writes it."""
        rows = self.run(f"EXPLAIN {statement}", bounds).rows
        return "\n".join(row[0] or "" for row in rows)

    def load(self, statement: str, data: Iterable[bytes]) -> Rows:
        """Run a `COPY ... FROM STDIN` on data.

        Raises:
            StatementError: The server refused it.
        """
        self._send(statement)
        result = self._pg.get_result()
        if result and result.status == ExecStatus.COPY_IN:
            for block in data:
                self._pg.put_copy_data(block)
            self._pg.put_copy_end()
            result = self._pg.get_result()
        while self._pg.get_result():
            continue
        if result is None or result.status in _FAILED:
            raise self._error(result)
        return Rows(count=result.command_tuples or 0)

    def stop(self) -> None:
        """End the statement that runs."""
        self._stopped = True
        self._cancel()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _hear(self, result: PGresult) -> None:
        severity = _text(result.error_field(DiagnosticField.SEVERITY_NONLOCALIZED))
        self._said.append(f"{severity}: {_text(result.error_field(_PRIMARY))}")

    def _exchange(self, statement: str, bounds: Bounds) -> Rows:
        self._stopped = False
        self._said.clear()
        self._send(statement)
        self._pg.set_chunked_rows_mode(_CHUNK)
        try:
            return self._answer(bounds)
        except KeyboardInterrupt:
            # Else the connection is not fit for the statement that comes next.
            self._cancel()
            with contextlib.suppress(psycopg.Error):
                while self._pg.get_result():
                    continue
            raise

    def _send(self, statement: str) -> None:
        if "\0" in statement:
            raise StatementError("a NUL character stands in the statement")
        try:
            text = statement.encode("utf-8", "replace")
            if self._alone:
                self._pg.send_query_params(text, None)
            else:
                self._pg.send_query(text)
        except psycopg.OperationalError as error:
            raise StatementError(f"the connection is gone: {error}", "lost") from error

    def _answer(self, bounds: Bounds) -> Rows:
        deadline = time.monotonic() + bounds.seconds
        columns: tuple[str, ...] = ()
        rows: list[tuple[str | None, ...]] = []
        count, failed = 0, None
        while True:
            self._await(deadline)
            result = self._pg.get_result()
            if result is None:
                break
            if result.status in _FAILED:
                failed = result
            elif result.status == ExecStatus.COPY_IN:
                self._pg.put_copy_end(b"nothing is copied from here")
            elif result.status == ExecStatus.COPY_OUT:
                while self._pg.get_copy_data(0)[0] > 0:
                    continue
            elif result.nfields:
                columns = tuple(_text(result.fname(at)) for at in range(result.nfields))
                rows += _rows(result, bounds.rows - len(rows))
                count += result.ntuples
            else:
                count = result.command_tuples or 0
        if failed is not None:
            late = time.monotonic() > deadline
            raise self._error(failed, f"it took longer than {bounds.seconds:g} s" if late else "")
        return Rows(columns, tuple(rows), count, tuple(self._said))

    def _await(self, deadline: float) -> None:
        """Wait for the next result; stop the statement at its deadline."""
        late = False
        with selectors.DefaultSelector() as selector:
            selector.register(self._pg.socket, selectors.EVENT_READ)
            try:
                while self._pg.is_busy():
                    left = deadline - time.monotonic()
                    if left <= 0 and late:
                        self._connection.close()
                        raise StatementError("the server does not answer", "lost")
                    if left <= 0:
                        late, deadline = True, time.monotonic() + _GRACE
                        self._cancel()
                    if selector.select(min(max(left, 0.0), _LOOK)):
                        self._pg.consume_input()
            except psycopg.OperationalError as error:
                raise StatementError(f"the connection is gone: {error}", "lost") from error

    def _cancel(self) -> None:
        with contextlib.suppress(psycopg.Error):
            self._connection.cancel_safe(timeout=CONNECT_SECONDS)

    def _error(self, result: PGresult | None, late: str = "") -> StatementError:
        if result is None:
            return StatementError("the connection is gone", "lost")
        code = _text(result.error_field(DiagnosticField.SQLSTATE))
        if code == "57014" and (self._stopped or late):
            trouble: Trouble = "stopped" if self._stopped else "late"
            return StatementError("it was stopped" if self._stopped else late, trouble, code)
        message = _text(result.error_field(_PRIMARY))
        detail = _text(result.error_field(DiagnosticField.MESSAGE_DETAIL))
        if not code:
            message = message or _text(result.error_message) or "the connection is gone"
        trouble = _TROUBLES.get(code, "refused" if code else "lost")
        return StatementError(f"{message}: {detail}" if detail else message, trouble, code)


_PRIMARY = DiagnosticField.MESSAGE_PRIMARY


def _connected(address: str) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(
            address,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            application_name="be-tui",
            client_encoding="utf8",
        )
    except psycopg.Error as error:
        # Without the error itself: libpq repeats what it could not read of an address.
        raise InputError(_complaint(error)) from None


def _complaint(error: psycopg.Error) -> str:
    """Give what libpq says of the last address that it tried, in one line."""
    # A line that is indented only explains the one above.
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and line[0] != "\t"]
    told = [line for line in lines if not line.endswith("?")] or [type(error).__name__]
    return _BEFORE_REASON.sub("", told[-1])


def _rows(result: PGresult, most: int) -> list[tuple[str | None, ...]]:
    columns = [(at, result.ftype(at) == _BOOLEAN) for at in range(result.nfields)]
    return [
        tuple(_value(result.get_value(row, at), truth=truth) for at, truth in columns)
        for row in range(min(result.ntuples, max(most, 0)))
    ]


def _value(data: bytes | None, *, truth: bool) -> str | None:
    if data is None:
        return None
    if truth:
        return "true" if data == b"t" else "false"
    return data.decode("utf-8", "replace")


def _text(data: bytes | None) -> str:
    return data.decode("utf-8", "replace") if data else ""
