"""A PostgreSQL for other programs of this machine: by TCP, with a password, while it is wanted."""

from __future__ import annotations

import secrets
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases.postgres import PostgresSession
from be_tui.core.databases.postgres_server import start_listening
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases.postgres_server import Server

_USER = "service"
_TRIES = 5
_LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that programs are given."""

    server: Server
    password: str

    @property
    def settings(self) -> dict[str, str]:
        """Give what a program connects by, but for the database."""
        port = str(self.server.port)
        return {"host": _LOCAL, "port": port, "user": _USER, "password": self.password}

    def database(self) -> str:
        """Make one more database; give its name."""
        name = f"proof{next(self.server.numbers)}"
        with PostgresSession(self.server.address()) as session:
            session.run(f"CREATE DATABASE {name} OWNER {_USER}")
        return name


@contextmanager
def serve_postgres() -> Iterator[Served]:
    """Start a server; it ends with the block, or with this process.

    Raises:
        InputError: PostgreSQL is not installed, or does not start.
    """
    server = _started()
    try:
        password = secrets.token_hex(16)
        with PostgresSession(server.address()) as session:
            session.run(f"CREATE ROLE {_USER} LOGIN CREATEDB PASSWORD '{password}'")
        yield Served(server, password)
    finally:
        server.stop()


def _started() -> Server:
    for left in reversed(range(_TRIES)):
        try:
            return start_listening(free_port())
        except InputError:
            # Somebody may have taken the port meanwhile.
            if not left:
                raise
    raise AssertionError


def free_port() -> int:
    """Give a port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((_LOCAL, 0))
        return int(probe.getsockname()[1])
