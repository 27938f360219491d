"""What the same query with other values has in common, by its words alone.

Runs over logs of any length, so nothing is parsed: quotes and comments are stepped over by one
regular expression an engine, each value and parameter becomes a `?`, lists of values become one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.sqltext import Engine

_BACKSLASHED = r"'(?:[^'\\]|\\.|'')*'"
_PLAIN = r"'(?:[^']|'')*'"
_STRINGS = {
    "postgresql": rf"\b[eE]{_BACKSLASHED}|(?:\b[xXbBnN])?{_PLAIN}"
    r"|\$(?P<tag>[A-Za-z_]*)\$.*?\$(?P=tag)\$",
    "mysql": rf"(?:\b[xXbBnN]|\b_\w+\s*)?{_BACKSLASHED}|\"(?:[^\"\\]|\\.|\"\")*\"",
    "sqlite": rf"(?:\b[xX])?{_PLAIN}",
}
_NAMES = {
    "postgresql": r"\"(?:[^\"]|\"\")*\"",
    "mysql": r"`[^`]*`",
    "sqlite": r"\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]",
}
_COMMENTS = {
    "postgresql": r"--[^\n]*|/\*.*?\*/",
    "mysql": r"--[ \t][^\n]*|\#[^\n]*|/\*(?!!).*?\*/",
    "sqlite": r"--[^\n]*|/\*.*?\*/",
}


def _pattern(engine: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<blank>\s+|{_COMMENTS[engine]})"
        rf"|(?P<string>{_STRINGS[engine]})"
        rf"|(?P<name>{_NAMES[engine]})"
        r"|(?P<number>(?<![\w$.])(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?))"
        r"|(?P<parameter>\$\d+|\?\d*|(?<![:\w]):[A-Za-z_]\w*|%\(\w+\)s|(?<=[\s(,=<>])%s\b)"
        r"|(?P<word>[^\W\d]\w*)"
        r"|(?P<sign>::|<=|>=|<>|!=|\|\||->>?|.)",
        re.S,
    )


_PATTERNS = {engine: _pattern(engine) for engine in ("postgresql", "mysql", "sqlite")}
_PATTERNS["mariadb"] = _PATTERNS["mysql"]

_LISTS = re.compile(r"\bin \( \?(?: , \?)* \)")
_ROWS = re.compile(r"\bvalues( \([^()]*\))(?: ,\1)+")
_WORDS = frozenset({"true", "false"})


def fingerprint(text: str, engine: Engine) -> str:
    """Give a query's words in small letters, with `?` for each value."""
    words: list[str] = []
    for found in _tokens(text, engine):
        match found.lastgroup:
            case "string" | "number" | "parameter":
                words.append("?")
            case "word":
                word = found[0].lower()
                words.append("?" if word in _WORDS else word)
            case "name":
                words.append(found[0][1:-1].lower())
            case _:
                words.append(found[0])
    said = _LISTS.sub("in ( ?+ )", " ".join(words))
    return _ROWS.sub(r"values\1", said).rstrip(" ;")


def literals(text: str, engine: Engine) -> tuple[str, ...]:
    """Give the values that a query's text has, as they are written, in their order."""
    return tuple(
        found[0]
        for found in _tokens(text, engine)
        if found.lastgroup in {"string", "number"}
        or (found.lastgroup == "word" and found[0].lower() in _WORDS)
    )


def parameters(text: str, engine: Engine) -> tuple[tuple[int, int], ...]:
    """Give where a query's parameters stand: the first character of each, and one past its last."""
    tokens = _tokens(text, engine)
    return tuple(found.span() for found in tokens if found.lastgroup == "parameter")


def _tokens(text: str, engine: Engine) -> Iterator[re.Match[str]]:
    for found in _PATTERNS[engine].finditer(text):
        if found.lastgroup != "blank":
            yield found
