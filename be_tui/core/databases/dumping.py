"""What pg_dump of the PostgreSQL wheel writes of somebody's database: tables, statistics, no row.

pg_dump reads in a read-only transaction. It is told where by variables of its environment, which
other users do not see, as they see arguments.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from be_tui.core.databases.urls import parse
from be_tui.core.databases.wheel import find_wheel
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.databases.urls import DatabaseUrl

CONNECT_SECONDS = 5
_LOCK_SECONDS = 5
_PATIENCE = 300.0
"""Seconds for all; a database of five hundred tables takes one."""

_NEWEST = "18"
"""The major whose pg_dump knows statistics; it reads older servers too."""


def dump_postgres(where: str, *, statistics: bool = True) -> str:
    """Give the DDL and the statistics of a database of PostgreSQL, as SQL.

    Args:
        where: The URL of a database.
        statistics: Whether they are wanted; without them the DDL has owners and privileges.

    Raises:
        InputError: It cannot be reached or read, or the wheel is not installed. It never holds
            the password.
    """
    url = parse(where)
    if url.engine != "postgresql":
        raise InputError("only PostgreSQL is dumped", where=url.shown)
    told = ("--no-data", "--statistics", "--no-owner", "--no-privileges")
    wanted = told if statistics else ("--schema-only",)
    return _dumped(wanted, _environment(url.text, url), url.shown, url)


def dump_ddl(address: str, shown: str) -> str:
    """Give the DDL of a database as pg_dump writes it, with owners and privileges.

    Args:
        address: As libpq takes it.
        shown: What the database is called where something is wrong.

    Raises:
        InputError: It cannot be read, or the wheel is not installed.
    """
    return _dumped(("--schema-only",), _environment(address), shown)


def _dumped(
    wanted: tuple[str, ...], given: dict[str, str], shown: str, url: DatabaseUrl | None = None
) -> str:
    program = find_wheel(_NEWEST).root / "bin" / "pg_dump"
    try:
        done = subprocess.run(
            [program, *wanted, f"--lock-wait-timeout={_LOCK_SECONDS}s"],
            env=given,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"pg_dump took over {_PATIENCE:g} s", where=shown) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
        said = next((line for line in lines if "error:" in line), lines[0])
        said = said.partition("error: ")[2] or said
        raise InputError(url.scrubbed(said) if url else said, where=shown)
    return done.stdout.decode("utf-8", "replace")


def _environment(address: str, url: DatabaseUrl | None = None) -> dict[str, str]:
    """Give an address as libpq's own variables, and those that were set already."""
    from be_tui.core.databases.opening import missing

    try:
        from psycopg import Error, conninfo, pq
    except ImportError as error:
        raise missing("psycopg", "postgres") from error
    try:
        told = conninfo.conninfo_to_dict(address)
    except Error as error:
        if url is None:
            raise
        raise InputError(url.scrubbed(str(error)).strip(), where=url.shown) from None
    names = {
        each.keyword.decode(): each.envvar.decode()
        for each in pq.Conninfo.get_defaults()
        if each.envvar
    }
    given = {names[key]: str(value) for key, value in told.items() if key in names}
    usual = {"PGCONNECT_TIMEOUT": str(CONNECT_SECONDS), "PGAPPNAME": "be-tui"}
    return {**os.environ, **usual, **given, "LC_ALL": "C", "PGCLIENTENCODING": "UTF8"}
