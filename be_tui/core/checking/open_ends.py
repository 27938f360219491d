"""Whether a template puts more into a statement than values and names: conditions, joins, pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(
    r"\{\{.*?\}\}|\{\w*\}|\$\{[^{}]*\}|\{%.*?%\}|(?<![\w%)])%[A-Za-z_]\w*%(?![\w%])", re.S
)
_QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.S)
_BEFORE = re.compile(r"(?:(\w+)|([)\"'`]))\s*$")
_GOES_ON = re.compile(
    r"SELECT|DISTINCT|ALL|FROM|JOIN|INTO|UPDATE|TABLE|ONLY|SET|BY|LIMIT|OFFSET|IN|I?LIKE|BETWEEN"
    r"|THEN|ELSE|WHEN|CASE|VALUES|RETURNING|AS|IS|INTERVAL|ANY|USING|CONFLICT|COLUMN|INDEX|KEY"
    r"|VIEW|SCHEMA|FUNCTION|ROWS|FIRST|NEXT|AND|OR|WHERE|ON|HAVING|NOT|UNION|EXISTS|END",
    re.I,
)
"""Words after which a name or a value is put in, and no clause."""


def is_open(statement: str) -> bool:
    """Tell whether a mark stands where a clause, a condition or an alias would begin."""
    return any(
        _is_clause(statement[: found.start()], statement[found.end() :], found[0])
        for found in _marks(statement)
    )


def has_marks(statement: str) -> bool:
    """Tell whether a template puts anything into a statement, outside of its quotes."""
    return next(_marks(statement), None) is not None


def _marks(statement: str) -> Iterator[re.Match[str]]:
    if not any(mark in statement for mark in ("{", "%")):
        return
    quoted = [found.span() for found in _QUOTED.finditer(statement)]
    for found in _MARK.finditer(statement):
        if not any(start <= found.start() < end for start, end in quoted):
            yield found


def _is_clause(before: str, after: str, mark: str) -> bool:
    if mark.startswith("{%"):
        return True
    word = _BEFORE.search(before)
    if word is None:
        return before.rstrip().endswith("}}")
    if before[-1:].isalnum() or before[-1:] in '")`':
        # `FROM jobs{where}`: what is put in brings its own blank.
        return before[-1:] != '"' or not after.startswith('"')
    return _GOES_ON.fullmatch(word[1] or "") is None
