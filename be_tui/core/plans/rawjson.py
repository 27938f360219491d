"""JSON as EXPLAIN writes it, read with its lines, names that come twice, and as far as it goes.

Nothing is nested in the reader, so no depth of the text can end it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Cut
from be_tui.core.plans.raw import Group

if TYPE_CHECKING:
    from be_tui.core.plans.raw import Value

_TOKEN = re.compile(
    r'[ \t\r\n]*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)'
    r"|(?P<word>true|false|null|nan|inf|-inf)|(?P<sign>[][{}:,]))",
    re.DOTALL | re.IGNORECASE,
)

_WORDS: dict[str, Value] = {"true": True, "false": False}


def read_json(text: str, line: int = 1) -> tuple[Value, Cut | None]:
    """Read the value that a text begins with; what follows it is left alone.

    Args:
        text: JSON, whole or not.
        line: The number of its first line.

    Returns:
        The value as far as it goes, and where and why it ends early.
    """
    return _Reader(text, line).read()


class _Reader:
    def __init__(self, text: str, line: int) -> None:
        self._text = text
        self._at = 0
        self._line = line
        self._open: list[Group | list[Value]] = []
        self._names: list[str | None] = []
        self._top: Value = None

    def read(self) -> tuple[Value, Cut | None]:
        started = False
        while not started or self._open:
            match = _TOKEN.match(self._text, self._at)
            if match is None:
                return self._top, self._ended()
            start = match.start(match.lastgroup or 0)
            begun = self._line + self._text.count("\n", self._at, start)
            self._line = begun + self._text.count("\n", start, match.end())
            self._at = match.end()
            if not self._take(match, begun):
                return self._top, Cut(begun, f"`{match[0].strip()[:20]}` does not belong here")
            started = True
        return self._top, None

    def _ended(self) -> Cut:
        rest = self._text[self._at :]
        if not rest.strip():
            return Cut(self._line, "the JSON ends here")
        blank = rest[: len(rest) - len(rest.lstrip())]
        return Cut(self._line + blank.count("\n"), "this is no JSON any more")

    def _take(self, match: re.Match[str], line: int) -> bool:
        sign = match["sign"]
        if sign in {"{", "["}:
            below: Group | list[Value] = Group(line) if sign == "{" else []
            if not self._put(below):
                return False
            self._open.append(below)
            self._names.append(None)
            return True
        if sign in {"}", "]"}:
            if not self._open or isinstance(self._open[-1], Group) != (sign == "}"):
                return False
            self._open.pop()
            self._names.pop()
            return True
        if sign:
            return bool(self._open)
        return self._put(_scalar(match))

    def _put(self, value: Value) -> bool:
        if not self._open:
            self._top = value
            return True
        place = self._open[-1]
        if isinstance(place, list):
            place.append(value)
            return True
        name = self._names[-1]
        if name is None:
            if not isinstance(value, str):
                return False
            self._names[-1] = value
            return True
        place.pairs.append((name, value))
        self._names[-1] = None
        return True


def _scalar(match: re.Match[str]) -> Value:
    if match["text"]:
        try:
            return str(json.loads(match["text"], strict=False))
        except ValueError:
            # An escape that JSON does not know: keep what was written.
            return match["text"][1:-1]
    if match["number"]:
        return float(match["number"])
    return _WORDS.get(match["word"].lower())
