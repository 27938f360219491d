"""The URL of a database server; what is shown of it never holds the password."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

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

    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What no message may hold: the password, as it is and as the URL writes it."""

    def scrubbed(self, text: str) -> str:
        """Give a message without any of the secrets."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def parse(text: str) -> DatabaseUrl:
    """Read a URL.

    Raises:
        InputError: It is none, or not of a database that is known here; it is not repeated.
    """
    hint = f"expected {', '.join(f'{scheme}://…' for scheme in _SCHEMES)}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        # What cannot be read may hold a password, and the error repeats it.
        raise InputError("the URL cannot be read", where="the database", hint=hint) from None
    name = parts.scheme.partition("+")[0].lower()
    engine = _SCHEMES.get(name)
    if engine is None:
        raise InputError(f"no database is reached by {name}://", hint=hint)
    if "@" not in parts.netloc and "@" in f"{parts.path}{parts.query.partition('=')[0]}":
        message = "in a user or password, / ? and # are written %2F %3F and %23"
        raise InputError(message, where="the database")
    who, at, place = parts.netloc.rpartition("@")
    user, colon, password = who.partition(":")
    given = parse_qs(parts.query)
    # Written anew, a password may hold @ and % as they are, which libpq would stumble over.
    shown = f"{name}://{place}{parts.path}"
    safe = f"{_quoted(user)}{colon}{_quoted(password)}{at}"
    rest = f"{place}{parts.path}{f'?{parts.query}' if parts.query else ''}"
    secrets = {unquote(password), password, *given.get("password", ())} - {""}
    return DatabaseUrl(
        engine=engine,
        text=f"{name}://{safe}{rest}",
        shown=shown,
        host=parts.hostname or "",
        port=port or _PORT,
        user=unquote(user),
        password=unquote(password),
        database=unquote(parts.path.lstrip("/")),
        socket=given.get("unix_socket", [""])[0],
        secrets=tuple(sorted(secrets, key=len, reverse=True)),
    )


def _quoted(text: str) -> str:
    return quote(unquote(text), safe="")
