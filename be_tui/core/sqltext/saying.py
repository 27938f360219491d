"""What sqlglot says of a statement that it cannot read, in words that tell of the statement."""

from __future__ import annotations

import re

_LONGEST = 160
_STYLE = re.compile(r"\x1b\[\d*m")
_PLACE = re.compile(r"\. Line \d+, Col: \d+\..*", re.S)
_TOKEN = re.compile(r"<Token token_type: [\w.]+, text: (.*?), line: \d+, col: \d+.*?(?:>|$)")
_PARTS = {"expression": "an expression", "this": "a name or an expression"}
"""What the parser calls the parts of a statement, in words."""

_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Expected table name but got `SENTINEL`.*"), "a table's name is missing"),
    (re.compile(r"Expected table name but got (`.*?`).*"), r"a table's name is missing before \1"),
    (re.compile(r"Invalid expression / Unexpected token"), "what follows does not belong here"),
    (re.compile(r"Failed to parse any statement following CTE"), "no statement follows the CTE"),
    (re.compile(r"Expect(?:ing|ed) ([()\[\]]|[A-Z]+)\b.*|Expect(?:ing|ed) ([()\[\]]).*"), ""),
    (re.compile(r"Error tokenizing ('.*')"), r"a quote stays open near \1"),
)
"""What the parser says, and what that means to who wrote the statement."""

_MISSING = re.compile(r"Required keyword: '(\w+)' missing for <class '[\w.]+'>")


def plain(said: str) -> str:
    """Give a message of the parser without its colours, places, tokens and classes."""
    words = " ".join(_STYLE.sub("", _PLACE.sub("", said)).split())
    missing = _MISSING.match(words)
    if missing:
        return f"{_PARTS.get(missing[1], 'something')} is missing"
    words = _TOKEN.sub(r"`\1`", words)
    for form, meaning in _SAID:
        found = form.match(words)
        if found:
            wanted = next((each for each in found.groups() if each), "")
            return (found.expand(meaning) if meaning else f"`{wanted}` is missing")[:_LONGEST]
    return words[:_LONGEST].rstrip(".")
