"""Which engine a text is for: as it is named, or by the marks that only one engine's SQL has."""

from __future__ import annotations

import re

from be_tui.core.errors import InputError
from be_tui.core.sqltext.model import ENGINES, Engine, Target

_NAMES: dict[str, Engine] = {
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "pg": "postgresql",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
}

_LOOK_LIMIT = 200_000
"""Characters that are looked at; the marks of an engine stand in its first tables."""

_MARKS: tuple[tuple[Engine, re.Pattern[str]], ...] = (
    ("mariadb", re.compile(r"\bMariaDB\b|\bENGINE\s*=\s*Aria\b|\bWITH SYSTEM VERSIONING\b", re.I)),
    ("sqlite", re.compile(r"\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|^\s*PRAGMA\b", re.I | re.M)),
    (
        "mysql",
        re.compile(
            r"`\w+`|\bAUTO_INCREMENT\b|\bENGINE\s*=|\bON DUPLICATE KEY\b|\bSTRAIGHT_JOIN\b"
            r"|\b(?:TINY|MEDIUM)INT\b|\b(?:TINY|MEDIUM|LONG)(?:TEXT|BLOB)\b|\bUNSIGNED\b|\bADD\s+(?:UNIQUE\s+)?(?:INDEX|KEY)\b"
            r"|^\#(?:[ \t]|$)|^DELIMITER[ \t]+[^\s\w'\"]+[ \t]*$",
            re.I | re.M,
        ),
    ),
    (
        "sqlite",
        re.compile(
            r"\bsqlite_\w+|\bbm25\s*\(|\bfts[345]\b|\bstrftime\s*\(|\bjulianday\s*\(|\bGLOB\s+'|"
            r"\b(?:INSERT|UPDATE)\s+OR\s+(?:IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)\b",
            re.I | re.M,
        ),
    ),
)
"""Tried in this order; what has none of the marks is read as PostgreSQL, the strictest of them."""

_QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.S)
_VERSIONED = "/*!"
"""How a comment begins that MySQL and MariaDB run."""


def parse_target(text: str, where: str = "--dialect") -> Target:
    """Give the engine, and the version after a colon: `postgresql:18`.

    Args:
        text: What was said.
        where: The option that said it.

    Raises:
        InputError: There is no such engine, or the version is no number.
    """
    name, colon, version = text.partition(":")
    engine = _NAMES.get(name.lower())
    if engine is None:
        hint = f"one of {', '.join(ENGINES)}, with `:VERSION` where it matters"
        raise InputError(f"no engine {name!r}", where=where, hint=hint)
    if not colon:
        return Target(engine)
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4}){0,2}", version):
        message = f"expected a version such as `{name}:18`, found {version!r}"
        raise InputError(message, where=where)
    return Target(engine, tuple(map(int, version.split("."))))


def guess(text: str) -> Target:
    """Give the engine whose marks a text bears outside of strings and comments."""
    return marked(text) or Target("postgresql")


def marked(text: str) -> Target | None:
    """Give the same; None where it bears no marks."""
    looked = text[:_LOOK_LIMIT]
    bare = _QUOTED.sub(" ", looked)
    if _VERSIONED in looked and not _MARKS[0][1].search(bare):
        return Target("mysql")
    found = next((engine for engine, marks in _MARKS if marks.search(bare)), None)
    return Target(found) if found else None
