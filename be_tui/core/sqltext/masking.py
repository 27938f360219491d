"""Words that sqlglot does not read, blanked or replaced without moving a character.

Placeholders of templates become names of underscores, those of drivers a `?`; what stands in
quotes or comments stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.sqltext.model import Engine

_QUOTED = (
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$"
)
_TEMPLATED = re.compile(
    rf"{_QUOTED}|(?P<value>\{{\{{.*?\}}\}}|\$\{{[^{{}}]*\}}|\$%\w+%\$|(?<![\w%)])%[A-Za-z_]\w*%(?![\w%])"
    r"|%\[\d+\][a-z])|(?P<block>\{%.*?%\}|\{\#.*?\#\})"
    r"|(?P<driver>:'\w+'|%\(\w+\)s|(?<=[\s(,=<>+*/-])%s\b|\?\d+|\$\d+\b|\#\{[^{}]*\})"
    r"|(?P<noise>\bCOLLATE\s+\"?pg_catalog\"?\.\"?\w+\"?|\bWITHOUT\s+ROWID\b"
    r"|(?<=\))\s+(?:NOT\s+VALID|NULLS\s+NOT\s+DISTINCT)\b)"
    r"|(?P<kept>(?<=\)\s)VIRTUAL\b)",
    re.S | re.I,
)
_EXPLAIN = re.compile(
    r"EXPLAIN\s+(?:\([^)]*\)|(?:(?:ANALYZE|VERBOSE|EXTENDED|QUERY\s+PLAN|FORMAT\s*=\s*\w+)\s+)*)"
    r"(?=\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|TABLE|VALUES|\())",
    re.I,
)
_WAYS = re.compile(
    r"\s*(?:(?:UPDATE|DELETE)(?:\s+(?:LOW_PRIORITY|QUICK|IGNORE"
    r"|OR\s+(?:IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)))+"
    r"|(?:INSERT|REPLACE)(?:\s+(?:LOW_PRIORITY|HIGH_PRIORITY|DELAYED))+)"
    r"(?=\s+(?!SET\b)[\w`\"\[])",
    re.I,
)
"""How a writing statement goes about it: of no matter to what it means."""

_VERB = re.compile(r"\s*\w+")
_ANALYZE = re.compile(r"ANALYZE\s+(?=(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)\b)", re.I)
_HINTS = (
    *("{", "%", "?", "$", ":'", "ROWID", "rowid", "VALID", "valid"),
    *("pg_catalog", "NOT DISTINCT", "not distinct", "VIRTUAL", "virtual"),
)


def masked(text: str, engine: Engine) -> tuple[str, str]:
    """Give the text as sqlglot reads it, of the same length, and the words of EXPLAIN before it."""
    explain = ""
    found = _EXPLAIN.match(text) or (_ANALYZE.match(text) if engine == "mariadb" else None)
    if found:
        explain = " ".join(found[0].split())
        text = " " * found.end() + text[found.end() :]
    ways = _WAYS.match(text) if engine != "postgresql" else None
    if ways:
        verb = _VERB.match(text)
        text = (verb[0] if verb else "").ljust(ways.end()) + text[ways.end() :]
    if any(hint in text for hint in _HINTS):
        text = _TEMPLATED.sub(_replaced, text)
    return text, explain


def without_templates(text: str) -> str:
    """Give a text, of the same length, whose placeholders of templates are names or blanks."""
    return _TEMPLATED.sub(_only_templates, text)


def _only_templates(found: re.Match[str]) -> str:
    kept = found["noise"] or found["kept"] or found["driver"]
    return found[0] if kept else _replaced(found)


def _replaced(found: re.Match[str]) -> str:
    whole = found[0]
    if found["value"]:
        return "_" * len(whole)
    if found["driver"]:
        return "?".ljust(len(whole))
    if found["block"] or found["noise"]:
        return re.sub(r"[^\n]", " ", whole)
    # Whether a generated column is stored makes no difference to who reads it.
    return "STORED " if found["kept"] else whole


def is_templated(name: str) -> bool:
    """Tell whether a name stands for what a template will put there, as a whole or in part."""
    return "____" in name
