"""Finds SQL written as text: in strings of any language, and in files of named queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.looks.model import Look
from be_tui.core.project.looks.source import string_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

MOST_STATEMENTS = 300
"""Statements of one file."""

_LEAST = 12
_LONGEST = 20_000

_BEGIN = re.compile(
    rb"\s*(?:--[^\n]*\n\s*)*\(?(?:select|insert\s+into|update|delete\s+from|with|merge\s+into)\s",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    rb"\s*(?:--[^\n]*\n\s*)*\(?(?P<verb>"
    rb"select\s[\s\S]*?\bfrom\s+[\w\"`\[({$%:]"
    rb"|insert\s+into\s+[\w\"`\[{$%.]+\s*(?:\(|values\b|select\b|default\b|\{|$)"
    rb"|update\s+(?:only\s+)?[\w\"`\[\].{}$%]+\s+(?:as\s+)?(?:\w+\s+)?set\s+[\w\"`\[.]+\s*="
    rb"|delete\s+from\s+[\w\"`\[\].{}$%]+\s*(?:$|;|\w*\s*(?:where|using|returning)\b)"
    rb"|with\s+(?:recursive\s+)?[\w\"]+\s*(?:\([^)]*\)\s*)?as\s+(?:not\s+materialized\s+|materialized\s+)?\("
    rb"|merge\s+into\s+[\w\"`\[])",
    re.IGNORECASE,
)
_COLUMN = rb"[\w.\"`*{}$%:\[\]]+(?:\s*\((?:[^()]|\([^()]*\))*\))?(?:\s+as\s+[\w\"`]+)?"
_COLUMNS = re.compile(
    rb"\s*\(?select\s+(?:distinct\s+)?" + _COLUMN + rb"(?:\s*,\s*" + _COLUMN + rb")*\s+from\s+"
    rb"(?!(?:the|a|an|your|this|that|these|those|any|one|all|our|his|her|its|their)\b)",
    re.IGNORECASE,
)
_JOIN = re.compile(rb"\bjoin\s", re.IGNORECASE)
_STAR = re.compile(rb"\s*select\s+(?:distinct\s+)?(?:[\w\"`]+\.)?\*(?!\w)", re.IGNORECASE)
_INFIX = re.compile(
    rb"\bi?like\s+(?:lower\s*\(\s*)?(?:N?['\"]%|concat\s*\(\s*['\"]%)", re.IGNORECASE
)
_OFFSET = re.compile(
    rb"\boffset\s+(?:[$:?%@{\d(]|\w+\s*$|#)|\blimit\s+[$:?%@{\w]+\s*,\s*[$:?%@{\w]", re.IGNORECASE
)
_KEYSET = re.compile(
    rb"\(\s*[\w.\"`]+\s*,\s*[\w.\"`]+\s*\)\s*[<>]=?\s*\([\s\S]*\blimit\b"
    rb"|\bwhere\b[\s\S]{0,400}\b[\w.]*(?:id|_at|seq)\s*[<>]\s*[$:?%@{][\s\S]{0,200}\border\s+by\b"
    rb"[\s\S]{0,200}\blimit\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rb"count\s*\(\s*(?:\*|1|\w+)\s*\)\s*over\s*\(|sql_calc_found_rows", re.IGNORECASE
)
_PATTERN_STRING = re.compile(
    rb"^[frbFR$@]{0,2}[\"'`]%(?:\{|\$\{|#\{|\$\w|%s|[\"']\s*(?:\+|\.|\|\|))"
)
_SKIPS_LOCKED = re.compile(rb"\bskip\s+locked\b", re.IGNORECASE)
_IN_TEXT = re.compile(
    rb"[\"'`(]\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|with|merge)\s|[\"'`]%",
    re.IGNORECASE,
)
"""Without it there is no SQL in a text, so the texts need not be told apart."""

_NAMED = re.compile(rb"^--\s*name:\s*\w+", re.MULTILINE)
_MIGRATES = re.compile(r"(?:^|/)(?:migrations?|migrate|alembic|seeds?)/")
"""Code that changes the schema once says nothing of how the service asks."""

_SHOWN = 150
_QUERY_FOLDERS = frozenset({"queries", "query"})

_ABOUT = (
    ("sql.join", _JOIN),
    ("sql.infix", _INFIX),
    ("sql.offset", _OFFSET),
    ("sql.keyset", _KEYSET),
    ("sql.total", _TOTAL),
    ("sql.skips_locked", _SKIPS_LOCKED),
)


def statements(source: Source) -> Iterator[tuple[int, bytes]]:
    """Give each statement with its place: a string that is joined to others counts once."""
    done = 0
    count = 0
    if source.language == "SQL":
        yield from _named_queries(source)
        return
    for start, end in source.strings:
        if end - start < _LEAST or start < done or not _BEGIN.match(_inside(source, start, end)):
            continue
        text = string_text(source, start, end)[:_LONGEST]
        if is_statement(text):
            yield start, text
            # Strings that are joined to this one are parts of it.
            done = end
            count += 1
            if count >= MOST_STATEMENTS:
                break


def is_statement(text: bytes) -> bool:
    """Tell SQL from prose that begins with the same word."""
    match = _STATEMENT.match(text)
    if match is None:
        return False
    verb = match["verb"].split(None, 1)[0]
    if verb.isupper() or verb.lower() != b"select":
        return verb.isupper() or verb.islower()
    return _COLUMNS.match(text) is not None


def _inside(source: Source, start: int, end: int) -> bytes:
    head = source.data[start : min(end, start + 400)]
    return head.lstrip(b"\"'`")


def _named_queries(source: Source) -> Iterator[tuple[int, bytes]]:
    folders = set(source.path.lower().split("/")[:-1])
    if folders.isdisjoint(_QUERY_FOLDERS) and not _NAMED.search(source.data):
        return
    at = 0
    for part in source.plain.split(b";"):
        if _STATEMENT.match(part):
            yield at + len(part) - len(part.lstrip()), part
        at += len(part) + 1


def _find(source: Source) -> Iterator[Sight]:
    if source.language != "SQL" and not _IN_TEXT.search(source.data):
        return
    if _MIGRATES.search(source.path):
        return
    infix = set()
    for at, text in statements(source):
        shown = " ".join(text[:_SHOWN].decode("utf-8", "replace").split())
        yield source.sight("sql.raw", at, text=shown)
        if _STAR.match(text):
            yield source.sight("sql.star", at, text=shown)
        for kind, pattern in _ABOUT:
            if pattern.search(text):
                yield source.sight(kind, at, text=shown)
                if kind == "sql.infix":
                    infix.add(source.line(at))
    if b"like" in source.data.lower():
        for start, end in source.strings:
            if _PATTERN_STRING.match(source.data[start : end + 8]):
                line = source.line(start)
                if line not in infix:
                    infix.add(line)
                    yield source.sight("sql.infix", start)


SQL = Look(
    frozenset({b"select", b"insert", b"update", b"delete", b"merge", b"like", b"ilike"}),
    _find,
)
"""Kinds: `sql.raw`, each statement once; and what is in it: `sql.join`, `sql.star`, ..."""
