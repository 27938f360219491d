"""The URL of a database server; what is shown of it never holds the password."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.databases.model import Engine

_SCHEMES: dict[str, Engine] = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "mariadb": "mariadb",
    "mysql": "mysql",
}

_PORT = 3306


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """A server, and who we are there."""

    engine: Engine
    text: str = field(repr=False)
    """As it was given, but for the scheme's driver: `postgresql+psycopg` is `postgresql`."""

    shown: str
    """Without user, password and parameters."""

    host: str = ""
    port: int = _PORT
    user: str = ""
    password: str = field(default="", repr=False)
    database: str = ""
    socket: str = ""
    """For MariaDB and MySQL: the parameter `unix_socket`."""


def parse(text: str) -> DatabaseUrl:
    """Read a URL.

    Raises:
        InputError: It is none, or not of a database that is known here; it is not repeated.
    """
    hint = f"expected {', '.join(f'{scheme}://…' for scheme in _SCHEMES)}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise InputError("the URL cannot be read", where="the database", hint=hint) from error
    name = parts.scheme.partition("+")[0].lower()
    engine = _SCHEMES.get(name)
    if engine is None:
        raise InputError(f"no database is reached by {name}://", hint=hint)
    place = parts.netloc.rpartition("@")[2]
    return DatabaseUrl(
        engine=engine,
        text=text.replace(parts.scheme, name, 1),
        shown=f"{name}://{place}{parts.path}",
        host=parts.hostname or "",
        port=port or _PORT,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.lstrip("/")),
        socket=parse_qs(parts.query).get("unix_socket", [""])[0],
    )
