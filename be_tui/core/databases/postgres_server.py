"""The PostgreSQL servers of this process: one a major version, started when first asked for.

A server stands in a folder of its own, is reached by a socket in it and by no network, gives up
all safety that a crash would need, and ends with this process, however that ends.
"""

from __future__ import annotations

import atexit
import itertools
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import keeper
from be_tui.core.databases.places import claim, free_memory
from be_tui.core.databases.wheel import (
    MAINTENANCE,
    SUPERUSER,
    account,
    find_wheel,
    fresh_cluster,
    within_reach,
)
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.databases.places import Place

START_SECONDS = 30.0
"""How long a server may take until it answers; a tenth of a second is usual."""

_SETTINGS = (
    *("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("wal_level=minimal", "max_wal_senders=0", "max_wal_size=1GB", "checkpoint_timeout=1h"),
    *("max_connections=50", "max_prepared_transactions=10"),
    # The same plans and the same waits each time.
    *("autovacuum=off", "timezone=UTC", "log_timezone=UTC", "deadlock_timeout=200ms"),
    *("log_min_messages=fatal", "log_checkpoints=off", "lc_messages=C"),
    # In its folder, which goes whatever happens.
    "dynamic_shared_memory_type=mmap",
)

_BUFFERS, _MOST_BUFFERS = 64, 1024
"""Megabytes of the server's own memory, and of one for much data: a page that is not in it is read
anew each time, which makes look-ups dearer than they are on a server of somebody's."""

_NEWER_SETTINGS = ("io_method=sync",)
"""From 18 on: no processes of its own for reading."""

_SOCKETS = "s"
_RULES = "pg_hba.conf"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    major: str
    place: Place
    keeper: subprocess.Popen[bytes]
    numbers: itertools.count[int]
    """For the names of its databases."""

    port: int = 0
    """Where other programs of this machine reach it; 0 where none do."""

    @property
    def sockets(self) -> Path:
        """Give the folder of its socket."""
        return self.place.path / _SOCKETS

    def address(self, database: str = MAINTENANCE, user: str = SUPERUSER) -> str:
        """Give what libpq takes to connect."""
        port = f" port={self.port}" if self.port else ""
        return f"host={self.sockets} dbname={database} user={user}{port}"

    @property
    def runs(self) -> bool:
        """Tell whether it still does."""
        return self.keeper.poll() is None

    def stop(self) -> str:
        """Stop it and wait until its folder is gone; give its last words."""
        words, _ = self.keeper.communicate()
        self.place.remove()
        return words.decode("utf-8", "replace")


_servers: dict[tuple[str, bool], Server] = {}
_starting = threading.Lock()


def running_server(major: str = "", *, roomy: bool = False) -> Server:
    """Give this process's server of a major version; start it at first.

    Args:
        major: The version; the newest where none is given.
        roomy: Whether it must stand on disk; else it stands in memory where there is plenty.

    Raises:
        InputError: PostgreSQL is not installed, or does not start.
    """
    wheel = find_wheel(major)
    with _starting:
        server = _servers.get((wheel.major, roomy))
        if server is None or not server.runs or not server.sockets.is_dir():
            if not _servers:
                atexit.register(stop_servers)
            if server is not None:
                server.stop()
            server = _servers[wheel.major, roomy] = _start(wheel.major, roomy=roomy)
        return server


def stop_servers() -> None:
    """Stop every server of this process; the next sandbox starts one again."""
    with _starting:
        while _servers:
            _, server = _servers.popitem()
            server.stop()


def _forget() -> None:  # pragma: no cover (it runs in the child)
    """Leave the servers to the parent, after a fork: they are not this process's."""
    global _starting  # noqa: PLW0603
    _starting = threading.Lock()
    for server in _servers.values():
        for pipe in (server.keeper.stdin, server.keeper.stdout):
            if pipe:
                pipe.close()
        server.keeper.returncode = 0
    _servers.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def start_listening(port: int, major: str = "") -> Server:
    """Start a server that other programs of this machine reach, by password; stop it yourself.

    Raises:
        InputError: PostgreSQL is not installed, or does not start.
    """
    return _start(find_wheel(major).major, roomy=False, port=port)


def _start(major: str, *, roomy: bool, port: int = 0) -> Server:
    runs_as = account()
    place = claim(in_memory=not roomy, open_to_all=runs_as.other, short=True)
    try:
        data, sockets = place.path / "data", place.path / _SOCKETS
        wheel = within_reach(find_wheel(major), place.path, runs_as)
        if runs_as.other:
            os.chown(place.path, runs_as.user, -1)
        fresh_cluster(wheel, runs_as, data)
        sockets.mkdir(mode=0o700)
        if runs_as.other:
            os.chown(sockets, runs_as.user, runs_as.group)
            os.chown(place.path, os.geteuid(), -1)
        settings = _SETTINGS if major == "16" else (*_SETTINGS, *_NEWER_SETTINGS)
        settings = (*settings, f"shared_buffers={_buffers(roomy=roomy)}MB")
        if port:
            settings = (*settings, *_listening(place.path, port))
        command = [str(wheel.server), "-D", str(data), "-k", str(sockets)]
        command += [part for setting in settings for part in ("-c", setting)]
        process = _keeper(place, (runs_as.user, runs_as.group), command)
    except BaseException:
        place.remove()
        raise
    server = Server(major, place, process, itertools.count(1), port)
    _wait(server)
    return server


def _listening(folder: Path, port: int) -> tuple[str, ...]:
    """Give the settings of a server that listens, and write whom it lets in."""
    rules = folder / _RULES
    rules.write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    rules.chmod(0o644)
    return ("listen_addresses=127.0.0.1", f"port={port}", f"hba_file={rules}")


def _buffers(*, roomy: bool) -> int:
    """Give megabytes: where much data will come a quarter of the memory that is free."""
    try:
        free = free_memory() >> 20 if roomy else 0
    except OSError:
        free = 0
    return max(min(free // 4, _MOST_BUFFERS), _BUFFERS)


def _keeper(place: Place, owner: tuple[int, int], command: list[str]) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-I", "-S", keeper.__file__, str(place.path), *map(str, owner)]
    return subprocess.Popen(
        [*program, *command],
        cwd=place.path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(place.lock,),
        # A session of its own: Ctrl+C in the terminal is for us, who then stop the server.
        start_new_session=True,
    )


def _wait(server: Server) -> None:
    """Wait until the server says that it is ready.

    Raises:
        InputError: It ended instead, or says nothing; the message is its last word.
    """
    said = server.place.path / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while server.runs and time.monotonic() < deadline:
        if "\nready" in _read(said):
            return
        time.sleep(0.003)
    words = server.stop().strip().splitlines() or ["it does not answer"]
    raise InputError(f"PostgreSQL {server.major} does not start: {words[-1]}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
