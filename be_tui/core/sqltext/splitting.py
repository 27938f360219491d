"""Takes a text apart into statements, by the quotes and comments of its engine.

One regular expression steps from mark to mark, so that megabytes of data cost little and
an open quote costs the statement that it stands in. A semicolon ends nothing in quotes,
dollar quotes, comments, braces of a template, or the body of a trigger or routine. `DELIMITER`
of MySQL's client, commands of psql, and the rows below `COPY ... FROM stdin` are understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.sqltext.model import Lines, Statement

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from be_tui.core.sqltext.model import Engine

_TEMPLATE = r"\{\{.*?\}\}|\{%.*?%\}|\{\#.*?\#\}|\#\{[^{}\n]*\}"
_COMMON = r"--[^\n]*|/\*.*?(?:\*/|\Z)|\"(?:[^\"]|\"\")*(?:\"|\Z)"
_WORDS = (
    r"\b(?:CREATE|BEGIN|CASE|END|ATOMIC|TRIGGER|PROCEDURE|FUNCTION|EVENT|LOOP|IF|WHILE|REPEAT"
    r"|RULE)\b"
)
_PLAIN_QUOTE = r"'(?:[^']|'')*(?:'|\Z)"
_BACKSLASH_QUOTE = r"'(?:[^'\\]|\\.|'')*(?:'|\Z)"
_POSTGRES_QUOTE = rf"\b[eE]{_BACKSLASH_QUOTE}|{_PLAIN_QUOTE}|\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z)"
_MYSQL_QUOTE = rf"{_BACKSLASH_QUOTE}|`[^`]*(?:`|\Z)|\#[^\n]*|^[ \t]*DELIMITER[ \t]+\S+[^\n]*"
_PSQL = r"^\\[^\n]*"

_MARKS = {
    "postgresql": re.compile(
        rf"{_TEMPLATE}|{_POSTGRES_QUOTE}|{_COMMON}|{_PSQL}|{_WORDS}|;", re.S | re.I | re.M
    ),
    "mysql": re.compile(rf"{_TEMPLATE}|{_MYSQL_QUOTE}|{_COMMON}|{_WORDS}|;", re.S | re.I | re.M),
    "sqlite": re.compile(
        rf"{_TEMPLATE}|{_PLAIN_QUOTE}|`[^`]*(?:`|\Z)|{_COMMON}|{_WORDS}|;", re.S | re.I | re.M
    ),
}
_MARKS["mariadb"] = _MARKS["mysql"]

_ROUTINES = frozenset({"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"})
_INNER = frozenset({"CASE", "LOOP", "IF", "WHILE", "REPEAT"})
_COPY = re.compile(r"\s*COPY\b[^;]*\bFROM\s+stdin\b", re.I)
_DATA_END = re.compile(r"^\\\.[ \t]*$", re.M)
_BLANK = re.compile(r"(?:\s+|--[^\n]*|/\*.*?(?:\*/|\Z)|\{\#.*?\#\})*", re.S)
_BLANK_MYSQL = re.compile(r"(?:\s+|--[^\n]*|\#[^\n]*|/\*(?!!).*?(?:\*/|\Z)|\{\#.*?\#\})*", re.S)


def split(text: str, engine: Engine) -> Iterator[Statement]:
    """Give the statements of a text one after the other; comments and blanks alone are none."""
    lines = Lines(text)
    blank = _BLANK_MYSQL if engine in {"mysql", "mariadb"} else _BLANK
    for start, end in _spans(text, engine):
        found = blank.match(text, start, end)
        first = found.end() if found else start
        body = text[first:end].rstrip()
        if body:
            yield Statement(body, first, *lines.place(first))


def client_commands(text: str) -> tuple[Statement, ...]:
    r"""Give the lines of a text of PostgreSQL that are for psql, such as `\i more.sql`."""
    if "\\" not in text:
        return ()
    found: list[tuple[int, int]] = []
    for _ in _spans(text, "postgresql", found):
        pass
    lines = Lines(text)
    return tuple(
        Statement(text[start:end].rstrip(), start, *lines.place(start)) for start, end in found
    )


def _spans(
    text: str, engine: Engine, commands: list[tuple[int, int]] | None = None
) -> Iterator[tuple[int, int]]:
    """Give where statements stand.

    Args:
        text: The text.
        engine: Whose SQL it is.
        commands: Takes in where commands of psql stand.
    """
    marks = _MARKS[engine]
    body = _Body()
    start, at, delimiter = 0, 0, ";"
    while found := marks.search(text, at):
        at = found.end()
        mark = found[0]
        if mark == ";":
            if delimiter != ";" or body.open or (body.rule and _unclosed(text, start, at)):
                continue
            yield start, found.start()
            at = _after_data(text, start, at)
        elif mark[0] == "\\" or (mark[:1] in " \tdD" and mark.lstrip()[:9].upper() == "DELIMITER"):
            yield start, found.start()
            if mark[0] == "\\" and commands is not None:
                commands.append(found.span())
            if mark[0] != "\\":
                delimiter = mark.split()[1]
                if delimiter != ";":
                    at = yield from _by_delimiter(text, at, delimiter)
                    delimiter = ";"
        else:
            body.see(mark)
            continue
        start, body = at, _Body()
    yield start, len(text)


def _unclosed(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket is open: a rule may do several things in one pair of them."""
    return text.count("(", start, end) > text.count(")", start, end)


def _after_data(text: str, start: int, at: int) -> int:
    """Give where the next statement begins: after the rows that a COPY is followed by."""
    if not _COPY.match(text, _blank_end(text, start), at):
        return at
    end = _DATA_END.search(text, at)
    return end.end() if end else len(text)


def _blank_end(text: str, start: int) -> int:
    found = _BLANK.match(text, start)
    return found.end() if found else start


def _by_delimiter(text: str, at: int, delimiter: str) -> Generator[tuple[int, int], None, int]:
    """Give the statements up to the next `DELIMITER ;`, and return where that line ends."""
    close = re.compile(r"^[ \t]*DELIMITER[ \t]+;[^\n]*", re.I | re.M).search(text, at)
    end = close.start() if close else len(text)
    while (found := text.find(delimiter, at, end)) >= 0:
        yield at, found
        at = found + len(delimiter)
    yield at, end
    return close.end() if close else len(text)


class _Body:
    """Whether the body of a trigger or routine is open, by the words seen so far."""

    def __init__(self) -> None:
        self._created = self._routine = self.rule = False
        self._depth = 0
        self._last = ""

    @property
    def open(self) -> bool:
        """Tell whether a semicolon ends nothing here."""
        return self._depth > 0

    def see(self, mark: str) -> None:
        """Take in the next word; quotes and comments say nothing."""
        word = mark.upper()
        if word == "CREATE":
            self._created = True
        elif word in _ROUTINES:
            self._routine = self._routine or self._created
        elif word == "RULE":
            self.rule = self.rule or (self._created and self._last == "CREATE")
        elif word == "BEGIN":
            self._depth += self._routine
        elif self._depth and word in _INNER:
            # `END IF` and the like close what their first word opened.
            self._depth += self._last != "END"
        elif self._depth and word == "END":
            self._depth -= 1
        else:
            return
        self._last = word
