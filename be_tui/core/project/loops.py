"""Finds calls that look like a query and stand in the body of a loop, in nine languages.

It goes by shapes: what the customs of ORMs and drivers call a query, and the indentation
that people and formatters give a loop's body. A suspect is a place to look, no verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.project.remarks import Remark, line_at

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CALLS = 200
"""Queries of one file that are looked at."""

_REACH = 60
"""Bytes before a call in which what it is called on stands."""

_LONGEST_LINE = 300
_FARTHEST = 400
"""Bytes of a line, and lines above it, that are looked at; nobody writes longer ones by hand."""


@dataclass(frozen=True, slots=True)
class Call:
    """A method that queries, where it is called on something that can.

    The method's pattern begins with a plain character, which lets the search skip from one
    to the next; what stands before is looked at only then.
    """

    method: bytes
    on: bytes = b""
    """A pattern of what it is called on, up to the method; empty for anything."""


@dataclass(frozen=True, slots=True)
class Customs:
    """How a language's loops and queries look."""

    calls: tuple[Call, ...]
    loop: bytes
    """The first line of a loop over things; what stands deeper below it is its body."""

    before: bytes = b""
    after: bytes = b""
    """A loop in one line: what stands there before the query, or after it."""

    once: bytes = b""
    """A line, with the one above it, that looks like a loop and runs once at most."""


_FOR = rb"^[ \t]*(?:\}[ \t]*)?(?:async[ \t]+)?"
_STORE = rb"(?:[Rr]epo(?:sitory|sitories)?|[Dd]ao)"

_OPTIONAL = rb"\bfind(?:One|(?!All)\w*By)\w*\([^;{]*\.(?:map|flatMap)\("
"""`repository.findByName(name).map(...)`: an `Optional`, for a list has no `map` of its own."""

_JAVASCRIPT = Customs(
    (
        Call(rb"\.find(?:One|ByPk|ById|Unique|First|All|Many|OneBy|By)(?:OrFail|OrThrow)?\("),
        Call(
            rb"\.(?:query|execute|select|one|oneOrNone|any|find|count|aggregate|get|load|fetch"
            rb"|exists|save|create|update|upsert|delete)\w*\(",
            rb"(?:\bprisma\.\w+|" + _STORE + rb"|\b(?:knex|db|pool|conn|connection|trx|tx))$",
        ),
    ),
    loop=_FOR + rb"for\b.*\{|\.(?:forEach|map|flatMap|reduce)\([^\n]*(?:=>|function)",
    before=rb"\.(?:forEach|map|flatMap)\([^\n]*=>",
)
_JAVA = (
    Call(
        rb"\.(?:find|get|load|query|select|count|exists|save|delete|fetch|persist|merge|create"
        rb"|update)\w*\(",
        rb"(?:" + _STORE + rb"|\b(?:entityManager|em|session)|[jJ]dbcTemplate)$",
    ),
)

CUSTOMS: dict[str, Customs] = {
    "Python": Customs(
        (
            Call(
                # A text as first argument is an address: that session is an HTTP client's.
                rb"\.(?:execute|scalar|query|get|one|fetch|refresh|merge|filter|exclude|all|create"
                rb"|count|find|load|list|by_|exists|search)\w*\((?![rbf]?[\"']https?:)",
                rb"(?:session|\b(?:db|cur|conn|connection)|cursor|engine|\.objects|\.query|"
                + _STORE
                + rb")$",
            ),
        ),
        loop=rb"^[ \t]*(?:async[ \t]+)?for\b[^\n]*:[ \t]*(?:#.*)?$",
        after=rb"[^\n]*(?:\n[ \t]*)?\bfor\s+[^\n:]+\s+in\b[^\n:]*$",
    ),
    "JavaScript": _JAVASCRIPT,
    "TypeScript": _JAVASCRIPT,
    "Java": Customs(
        _JAVA,
        loop=_FOR + rb"for\s*\(|\.(?:forEach|map|flatMap|peek)\(",
        before=rb"\.(?:forEach|map|flatMap)\(\s*\(?\w+\)?\s*->",
        once=_OPTIONAL,
    ),
    "Kotlin": Customs(
        _JAVA,
        loop=_FOR + rb"for\s*\(|\.(?:forEach|map|flatMap|onEach)\w*\s*[({]",
        before=rb"\.(?:forEach|map|flatMap)\w*\s*\{",
    ),
    "Go": Customs(
        (
            Call(
                rb"\.(?:Query|Exec|Get|Select|Find|First|List|Load|Fetch|Count|Where)\w*\(",
                rb"(?:\b(?:db|DB|tx|pool|conn|queries|q)|[Rr]epo(?:sitory)?|[Ss]tore)$",
            ),
        ),
        loop=rb"^[ \t]*for\b.*\{",
    ),
    "Rust": Customs(
        (
            Call(rb"\.fetch_(?:one|all|optional)\("),
            Call(rb"\.load::<"),
            Call(rb"::find(?:_by_id)?\("),
        ),
        loop=rb"^[ \t]*for\b.*\{",
    ),
    "Ruby": Customs(
        (
            Call(
                rb"\.(?:find|find_by!?|where|exists\?|pluck|find_or_create_by!?)[ (]",
                rb"\b[A-Z]\w*$",
            ),
        ),
        loop=rb"\.(?:each|map|flat_map|find_each|each_with_index)\b.*(?:do\b|\{)",
        before=rb"\.(?:each|map|flat_map)\b\s*(?:\{|do\b)",
    ),
    "PHP": Customs(
        (
            Call(rb"::(?:find|findOrFail|where|firstWhere|first)\(", rb"\b[A-Z]\w*$"),
            Call(rb"->(?:find|findBy|findOneBy|query|prepare|executeQuery)\("),
        ),
        loop=_FOR + rb"foreach\s*\(",
    ),
    "C#": Customs(
        (
            Call(
                rb"\.(?:First|Single|Find|ToList|Any|Count)\w*\(",
                rb"\b_?(?:\w*[cC]ontext|db)\.\w+(?:\.\w+\([^()]*\))*$",
            ),
            Call(
                rb"\.(?:Get|Find|Load|Query|Execute|Count|Exists)\w*\(",
                rb"(?:[rR]epository|\b_?connection)$",
            ),
        ),
        loop=_FOR + rb"(?:await[ \t]+)?foreach\s*\(|\.(?:Select|ForEach)\(.*=>",
        before=rb"\.Select\([^\n]*=>",
    ),
}

_NO_LEVEL = (b"", b"{")
"""Lines that open no level of their own: where braces stand alone, the line above does."""

_BATCH = re.compile(rb"__in\s*=|\.in_\(|\bIN\s*\(|\bIn\(|findAllById|whereIn|\$in\b|\bany_\(")
"""Asks for many at once, which is how a query in a loop is mended."""

_BLANK = re.compile(rb"[ \t]*")
_BORDER = re.compile(
    rb"^[ \t]*(?:(?:async|public|private|protected|static|export|override|suspend|pub)\s+)*"
    rb"(?:def|func|function|fun|fn|class)\b"
)
"""A line that begins a function or class: a loop further out is not the caller's."""


@cache
def _compiled(expression: bytes) -> re.Pattern[bytes]:
    return re.compile(expression, re.MULTILINE)


def queries_in_loops(path: str, language: str, data: bytes) -> Iterator[Remark]:
    """Give the calls that look like a query and stand in the body of a loop, a line once."""
    customs = CUSTOMS.get(language)
    if customs is None:
        return
    starts: set[int] = set()
    for match in _queries(customs, data):
        start = data.rfind(b"\n", 0, match.start()) + 1
        if start in starts or _BATCH.search(data, match.start(), match.end() + _REACH):
            continue
        if _in_one_line(customs, data, start, match) or _in_body(customs, data, start):
            starts.add(start)
    for start in sorted(starts):
        yield Remark(path, data.count(b"\n", 0, start) + 1, line_at(data, start))


def _queries(customs: Customs, data: bytes) -> Iterator[re.Match[bytes]]:
    for call in customs.calls:
        on = _compiled(call.on) if call.on else None
        looked_at = 0
        for match in _compiled(call.method).finditer(data):
            before = data[max(0, match.start() - _REACH) : match.start()]
            if on is None or on.search(before):
                yield match
                looked_at += 1
                if looked_at >= MOST_CALLS:
                    break


def _in_one_line(customs: Customs, data: bytes, start: int, call: re.Match[bytes]) -> bool:
    start = max(start, call.start() - _LONGEST_LINE)
    if customs.before and _compiled(customs.before).search(data, start, call.start()):
        return True
    end = call.end() + _LONGEST_LINE
    return bool(customs.after and _compiled(customs.after).match(data, call.end(), end))


def _in_body(customs: Customs, data: bytes, start: int) -> bool:
    """Go up from a line to those that it stands in; tell whether one of them is a loop."""
    loop = _compiled(customs.loop)
    depth = _depth(data, start)
    for _ in range(_FARTHEST):
        if depth <= 0 or start <= 0:
            break
        end = start - 1
        start = data.rfind(b"\n", 0, end) + 1
        line = data[start : min(end, start + _LONGEST_LINE)]
        if line.strip() in _NO_LEVEL:
            continue
        here = _depth(data, start)
        if here < depth:
            depth = here
            if loop.search(line) and not _runs_once(customs, data, start, end):
                return True
            if _BORDER.match(line):
                return False
    return False


def _runs_once(customs: Customs, data: bytes, start: int, end: int) -> bool:
    if not customs.once:
        return False
    above = max(data.rfind(b"\n", 0, max(0, start - 1)) + 1, start - _LONGEST_LINE, 0)
    return _compiled(customs.once).search(data, above, end) is not None


def _depth(data: bytes, start: int) -> int:
    blank = _BLANK.match(data, start)
    return len(blank[0].expandtabs(4)) if blank else 0
