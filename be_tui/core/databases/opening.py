"""Opens a sandbox by the name of its engine or by the URL of a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.databases.model import Sandbox
    from be_tui.core.databases.urls import DatabaseUrl

_FORMS = "sqlite, postgresql, postgresql:MAJOR, or a URL as postgresql://… or mariadb://…"


def open_sandbox(where: str, *, superuser: bool = False, roomy: bool = False) -> Sandbox:
    """Open a database that nobody else uses.

    Args:
        where: `sqlite`, `postgresql`, `postgresql:16`, or the URL of a server, on which a
            scratch database is made and dropped; no other database of it is touched.
        superuser: Whether sessions may do anything on PostgreSQL's wheel; else they own the
            database, as an application does, and may make roles.
        roomy: Whether much data will come: it then stands on disk, not in memory.

    Raises:
        InputError: There is no such engine, driver or server, or it does not let us in.
    """
    if "://" in where:
        from be_tui.core.databases.urls import parse

        return _on_server(parse(where))
    name, _, major = where.partition(":")
    if name == "sqlite" and not major:
        from be_tui.core.databases.sqlite import SqliteSandbox

        return SqliteSandbox()
    if name == "postgresql":
        return _on_wheel(major, superuser=superuser, roomy=roomy)
    raise InputError("no such database", where=where, hint=f"write {_FORMS}")


def _on_wheel(major: str, *, superuser: bool, roomy: bool) -> Sandbox:
    from be_tui.core.databases.postgres_server import running_server

    try:
        from be_tui.core.databases.postgres_sandbox import open_on_wheel
    except ImportError as error:
        raise missing("psycopg", "postgres") from error
    return open_on_wheel(running_server(major, roomy=roomy), superuser=superuser)


def _on_server(url: DatabaseUrl) -> Sandbox:
    if url.engine == "postgresql":
        try:
            from be_tui.core.databases.postgres_sandbox import open_by_url
        except ImportError as error:
            raise missing("psycopg", "postgres") from error
        return open_by_url(url)
    try:
        from be_tui.core.databases.mariadb import MariadbSandbox
    except ImportError as error:
        raise missing("PyMySQL", "mariadb") from error
    return MariadbSandbox(url)


def missing(driver: str, extra: str) -> InputError:
    """Give what is said where a driver is not installed."""
    return InputError(f"{driver} is not installed", hint=f"pip install 'be-tui[{extra}]'")
