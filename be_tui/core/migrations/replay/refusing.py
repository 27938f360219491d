"""Says what is not run at all: what is no SQL, and what reaches beyond the scratch database.

The wheel's server is ours alone, and the role there is no superuser, so that PostgreSQL itself
refuses what reads or writes files. On a server with other people's databases we look first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from be_tui.core.databases import Engine, Session

_PSQL = re.compile(r"\\(\w+|.)")
_CLIENT = re.compile(r"(?:DELIMITER|SOURCE)\b|\.\w+", re.I)
_COPY_IN = re.compile(r"COPY\b[^;]*\bFROM\s+STDIN\b", re.I)
_EXTENSION = re.compile(
    r'CREATE\s+EXTENSION\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"(?P<quoted>[^"]+)"|(?P<plain>[\w-]+))', re.I
)
_ON_EXTENSION = re.compile(
    r'(?:COMMENT\s+ON|ALTER|DROP)\s+EXTENSION\s+(?:IF\s+EXISTS\s+)?(?:"(?P<quoted>[^"]+)"|(?P<plain>[\w-]+))',
    re.I,
)
_SERVER = re.compile(
    r"(?:CREATE|ALTER|DROP)\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION)\b|ALTER\s+SYSTEM\b", re.I
)
_SUPERUSER = re.compile(r"\bOWNER\s+TO\s+\"?postgres\"?\s*$|\bAUTHORIZATION\s+\"?postgres\"?", re.I)

_POSTGRES_BEYOND = re.compile(
    r"\b(?:CREATE|ALTER|DROP)\s+(?:ROLE|USER(?!\s+MAPPING)|GROUP|SERVER)\b|\bREASSIGN\s+OWNED\b|\bDROP\s+OWNED\b"
    r"|\b(?:FROM|TO)\s+PROGRAM\b|\bCOPY\b[^;]*\b(?:FROM|TO)\s+'|\bLOAD\s+'"
    r"|\b(?:pg_read_(?:binary_)?file|pg_ls_\w+|pg_stat_file|pg_file_\w+|lo_import|lo_export|dblink\w*"
    r"|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_promote|pg_switch_wal)\s*\(",
    re.I,
)
_MARIADB_BEYOND = re.compile(
    r"\b(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE|SERVER|DATABASE|SCHEMA)\b|^(?:GRANT|REVOKE|USE|SHUTDOWN|KILL"
    r"|FLUSH|RESET|PURGE|CHANGE|INSTALL|UNINSTALL|START\s+(?:SLAVE|REPLICA)|STOP\s+(?:SLAVE|REPLICA))\b"
    r"|\bSET\s+(?:GLOBAL|PERSIST|PASSWORD)\b|@@GLOBAL|\bLOAD\s+DATA\b|\bINTO\s+(?:OUT|DUMP)FILE\b|\bLOAD_FILE\s*\(",
    re.I,
)

_AVAILABLE = "SELECT name FROM pg_available_extensions"
_DATABASES = "SHOW DATABASES"

_BEYOND = "it reaches beyond the scratch database, and this server has others"


_LACKING = re.compile(r"has no extension ([\w-]+);")


def lacking(said: Iterable[str]) -> tuple[str, ...]:
    """Give the extensions that are missing, by what was said of statements that were not run."""
    found = (match[1] for each in said for match in _LACKING.finditer(each))
    return tuple(dict.fromkeys(found))


def refusals(session: Session, engine: Engine, *, shared: bool) -> Callable[[str], str]:
    """Give what says why a statement is not run; it says nothing where it is.

    Args:
        session: Asked for what the server has.
        engine: Which database it is.
        shared: Whether the server has other people's databases.
    """
    if engine == "postgresql":
        return _Postgres(_names(session, _AVAILABLE), shared=shared)
    if engine == "sqlite":
        return _sqlite
    own = session.run("SELECT database()").value
    return _Mariadb(name for name in _names(session, _DATABASES) if name != own)


class _Postgres:
    def __init__(self, extensions: Iterable[str], *, shared: bool) -> None:
        self._extensions = frozenset(extensions)
        self._shared = shared

    def __call__(self, statement: str) -> str:
        psql = _PSQL.match(statement)
        if psql:
            return f"\\{psql[1]} is a command of psql, which is no SQL"
        if _COPY_IN.match(statement):
            return "the rows of COPY ... FROM stdin stand behind it, and are not copied here"
        extension = _EXTENSION.match(statement) or _ON_EXTENSION.match(statement)
        name = (extension["quoted"] or extension["plain"]) if extension else ""
        if name and name.lower() not in self._extensions:
            where = "this server" if self._shared else "PostgreSQL's wheel"
            return f"{where} has no extension {name}; --engine takes a server that has it"
        if _SERVER.match(statement):
            return "it is about the whole server, not a database"
        if self._shared and _POSTGRES_BEYOND.search(statement):
            return _BEYOND
        if not self._shared and _SUPERUSER.search(statement):
            return "nothing is given to the superuser here"
        return ""


class _Mariadb:
    def __init__(self, others: Iterable[str]) -> None:
        names = "|".join(re.escape(name) for name in others if name != "information_schema")
        self._others = re.compile(rf"(?<![\w$])`?(?P<name>{names or '(?!)'})`?\s*\.\s*[`\w]", re.I)

    def __call__(self, statement: str) -> str:
        client = _CLIENT.match(statement)
        if client:
            return f"{client[0]} is a command of the client, which is no SQL"
        if _MARIADB_BEYOND.search(statement):
            return _BEYOND
        other = self._others.search(statement)
        if other:
            return f"it names the database {other['name']}, which is not the scratch one"
        return ""


def _sqlite(statement: str) -> str:
    client = _CLIENT.match(statement)
    return f"{client[0]} is a command of the shell, which is no SQL" if client else ""


def _names(session: Session, asked: str) -> tuple[str, ...]:
    try:
        return tuple(str(name) for (name,) in session.run(asked).rows)
    except StatementError:
        return ()
