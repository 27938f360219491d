"""Which engine a folder's SQL is for: as the tool's settings say, or by the marks of the SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.folder import text_above
from be_tui.core.sqltext import Target, guess

if TYPE_CHECKING:
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import FormatName
    from be_tui.core.sqltext import Engine

_LOOKED_AT = 60
"""Files whose SQL is looked at to guess an engine."""

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


def engine_of(folder: Folder, form: FormatName) -> Target:
    """Give the engine that a tool's settings name, or the one whose marks the SQL bears."""
    for name, pattern in _SETTINGS.get(form, ()):
        found = re.search(pattern, text_above(folder.root, name), re.M)
        if found is not None:
            for words, engine in _WORDS:
                if words.search(found[1]):
                    return Target(engine)
    names = [name for name in folder.names if name.endswith(".sql")][:_LOOKED_AT]
    return guess("\n".join((folder.text(name) or "")[:10_000] for name in names))
