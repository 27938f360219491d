"""Which literal is a statement of SQL, and what stands for the values that code puts in."""

from __future__ import annotations

import re

HOLE = "{{_}}"
"""What stands where code puts something in: a template's mark."""

_LONGEST = 100_000
_SQL = re.compile(
    r"\s*(?:/\*.*?\*/\s*|--[^\n]*\n\s*)*(?:"
    r"SELECT\s+(?:DISTINCT\s+)?[\w\"'*(`{:$@?%+-].*?\bFROM\s+[\w\"`({$]"
    r"|INSERT\s+(?:OR\s+\w+\s+|IGNORE\s+)?INTO\s+[\w\"`{$]"
    r"|UPDATE\s+(?:(?:OR\s+)?IGNORE\s+)?[\w\"`.{$}]+\s+(?:AS\s+\w+\s+|\w+\s+)?SET\s+[\w\"`{$]"
    r"|DELETE\s+FROM\s+[\w\"`{$]"
    r"|WITH\s+(?:RECURSIVE\s+)?[\w\"]+\s*(?:\([^)]*\)\s*)?AS\s+(?:NOT\s+)?(?:MATERIALIZED\s+)?\()",
    re.S | re.I,
)
_CUT = re.compile(
    r"(?:\b(?:AND|OR|NOT|WHERE|SET|ON|IN|BY|VALUES|FROM|LIMIT|OFFSET|SELECT|JOIN|USING|AS|LIKE)"
    r"|[(,=$.|+<>-])\s*;?\s*$",
    re.I,
)
"""How a text ends to which code adds the rest."""

_ENTITIES = re.compile(r"\s*SELECT\s+NEW\s+[\w.]+\s*\(|\bFROM\s+(?:[a-z]\w*\.)+[A-Z]\w+\b", re.I)
_ENTITY = re.compile(
    r"\s*SELECT\s+(?:DISTINCT\s+)?(\w+)\s+FROM\s+[A-Z]\w*[a-z]\w*\s+(?:AS\s+)?\1\b", re.I
)
_COPY = re.compile(r"%(?:\[\d+\])?[sdvqt](?![\w%])|%(?:\[\d+\])?[sdvqt](?=_)")
"""Where Go's Sprintf puts values in."""


def is_sql(text: str) -> bool:
    """Tell whether a literal is a whole statement, by its words and the way they are written."""
    found = _SQL.match(text) if len(text) < _LONGEST and "(...)" not in text else None
    if found is None or _CUT.search(text) or _is_cut_open(text):
        return False
    verb = found[0].split(maxsplit=1)[0]
    return verb.isupper() or verb.islower() or not verb.isalpha()


def _is_cut_open(text: str) -> bool:
    """Tell whether more brackets are opened than closed; those of quoted text count for nothing."""
    if "(" not in text:
        return False
    bare = re.sub(r"'(?:[^']|'')*'", "", text)
    return bare.count("(") > bare.count(")")


def is_of_entities(text: str) -> bool:
    """Tell whether a text asks for objects, as JPQL and HQL do: no tables are meant."""
    if _ENTITIES.match(text):
        return True
    found = _ENTITY.match(text)
    return found is not None and not found[0].isupper()


def with_copies(text: str) -> str:
    """Give a format of Go as the statement that comes of it, with marks for what is put in."""
    return _COPY.sub(HOLE, text).replace("%%", "%") if _COPY.search(text) else text
