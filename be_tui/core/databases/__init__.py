"""Throwaway databases: statements run on a real engine that nobody else uses, and nothing stays.

    with open_sandbox("postgresql") as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE t (id bigint PRIMARY KEY)")
        session.plan("SELECT * FROM t WHERE id = 1")

    "sqlite"                   a file of its own, always there
    "postgresql[:MAJOR]"       a database of a server of this process, from the wheel
    postgresql://…, mariadb://…, mysql://…
                               a scratch database that is made there and dropped again

open_guarded(where)              a person's own database, which is only read
dump_postgres(url)               the tables and statistics of one, as SQL

Names are resolved when first used: no driver is loaded before a database is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.databases.dumping import dump_postgres
    from be_tui.core.databases.guarded import Guarded, Leave, open_guarded
    from be_tui.core.databases.model import (
        DEFAULT_BOUNDS,
        Bounds,
        Engine,
        Lock,
        Rows,
        Sandbox,
        Session,
        StatementError,
        Trouble,
    )
    from be_tui.core.databases.opening import open_sandbox
    from be_tui.core.databases.postgres import PostgresSession
    from be_tui.core.databases.postgres_sandbox import PostgresSandbox, WheelSandbox
    from be_tui.core.databases.sqlite import SqliteSandbox, SqliteSession
    from be_tui.core.databases.statements import Statement, split
    from be_tui.core.databases.wheel import majors

__all__ = [
    "DEFAULT_BOUNDS",
    "Bounds",
    "Engine",
    "Guarded",
    "Leave",
    "Lock",
    "PostgresSandbox",
    "PostgresSession",
    "Rows",
    "Sandbox",
    "Session",
    "SqliteSandbox",
    "SqliteSession",
    "Statement",
    "StatementError",
    "Trouble",
    "WheelSandbox",
    "dump_postgres",
    "majors",
    "open_guarded",
    "open_sandbox",
    "split",
]

_HOMES = {
    "DEFAULT_BOUNDS": "model",
    "Bounds": "model",
    "Engine": "model",
    "Guarded": "guarded",
    "Leave": "guarded",
    "Lock": "model",
    "PostgresSandbox": "postgres_sandbox",
    "PostgresSession": "postgres",
    "Rows": "model",
    "Sandbox": "model",
    "Session": "model",
    "SqliteSandbox": "sqlite",
    "SqliteSession": "sqlite",
    "Statement": "statements",
    "StatementError": "model",
    "Trouble": "model",
    "WheelSandbox": "postgres_sandbox",
    "dump_postgres": "dumping",
    "majors": "wheel",
    "open_guarded": "guarded",
    "open_sandbox": "opening",
    "split": "statements",
}
"""The module of this package in which each public name stands."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
