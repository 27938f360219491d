"""Which engine a folder's SQL is for: as the tool's settings or its name say, or by its marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.folder import text_above
from be_tui.core.sqltext import Target, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import FormatName
    from be_tui.core.sqltext import Engine

_LOOKED_AT = 60
"""Files whose SQL is looked at to guess an engine."""

_LOOKED_UP = 200_000
"""Characters that are looked at, of each file as many."""

_NAMED: dict[str, Engine] = {
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "pgsql": "postgresql",
    "pg": "postgresql",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
}
"""What a folder is called that holds one engine's migrations beside those of others."""

_WORDS: tuple[tuple[re.Pattern[str], Engine], ...] = (
    (re.compile(r"postgres|\bpg\b|cockroach|timescale", re.I), "postgresql"),
    (re.compile(r"mariadb", re.I), "mariadb"),
    (re.compile(r"mysql", re.I), "mysql"),
    (re.compile(r"sqlite|turso", re.I), "sqlite"),
)

_SETTINGS: dict[FormatName, tuple[tuple[str, str], ...]] = {
    "prisma": (("migration_lock.toml", r"^\s*provider\s*=\s*[\"'](.*?)[\"']"),),
    "drizzle": (("meta/_journal.json", r"\"dialect\"\s*:\s*\"(.*?)\""),),
    "sqitch": (
        ("sqitch.conf", r"^\s*engine\s*=\s*(\S+)"),
        ("sqitch.plan", r"^%engine\s*=\s*(\S+)"),
    ),
    "alembic": (("alembic.ini", r"^\s*sqlalchemy\.url\s*=\s*(\w+)"),),
    "flyway": (
        ("flyway.conf", r"^\s*flyway\.url\s*=\s*jdbc:(\w+)"),
        ("flyway.toml", r"^\s*url\s*=\s*[\"']jdbc:(\w+)"),
    ),
    "liquibase": (("liquibase.properties", r"^\s*url\s*[=:]\s*jdbc:(\w+)"),),
    "atlas": (("atlas.hcl", r"\burl\s*=\s*\"(\w+):"),),
    "knex": (
        ("knexfile.js", r"\bclient\s*:\s*[\"'](.*?)[\"']"),
        ("knexfile.ts", r"\bclient\s*:\s*[\"'](.*?)[\"']"),
    ),
    "rails": (("config/database.yml", r"^\s*adapter\s*:\s*(\w+)"),),
    "sql": (("diesel.toml", r"\bbackend\s*=\s*\"(\w+)\""),),
}
"""Which file of a tool names the engine, and by which words."""


def engine_of(folder: Folder, form: FormatName, first: Iterable[str] = ()) -> Target:
    """Give the engine that a tool's settings name, or the folder, or the marks of the SQL.

    Args:
        folder: With all its files.
        form: The tool.
        first: Files whose marks count before those of the others.
    """
    for name, pattern in _SETTINGS.get(form, ()):
        found = re.search(pattern, text_above(folder.root, name), re.M)
        if found is not None:
            for words, engine in _WORDS:
                if words.search(found[1]):
                    return Target(engine)
    own = _by_marks(folder, [name for name in first if folder.has(name)])
    if own:
        return own
    whole = _by_marks(folder, [name for name in folder.names if name.endswith(".sql")])
    return _by_name(folder, whole) or whole or Target("postgresql")


def _by_marks(folder: Folder, names: Sequence[str]) -> Target | None:
    looked = names[:_LOOKED_AT]
    share = _LOOKED_UP // max(len(looked), 1)
    return marked("\n".join((folder.text(name) or "")[:share] for name in looked))


def _by_name(folder: Folder, by_marks: Target | None) -> Target | None:
    """Give the one engine that the folder is called by; MariaDB's is often called MySQL's."""
    said = re.split(r"[\W_]+", Path(folder.root).resolve().name.lower())
    found = {_NAMED[each] for each in said if each in _NAMED}
    if len(found) != 1 or (found == {"mysql"} and by_marks == Target("mariadb")):
        return None
    return Target(found.pop())
