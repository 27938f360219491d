"""Where the keys of a TOML text stand: its parser gives the values without their lines.

Reads only what the parser has taken as right, so it looks for keys and steps over values;
it never judges.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_SIMPLE = re.compile(r"[^,\]}#\n]*")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key stands, counted from 1."""

    line: int
    column: int
    end_column: int
    """One past its last character."""


def spots_of(text: str) -> dict[tuple[str, ...], Spot]:
    """Give where each key of a right TOML text stands first, by the keys that lead to it."""
    scan = _Scan(text)
    scan.run()
    return scan.spots


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.spots: dict[tuple[str, ...], Spot] = {}

    def run(self) -> None:
        table: tuple[str, ...] = ()
        self.skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                self.skip("[")
                table = self.key(())
                self.skip("]")
            else:
                self.pair(table)
            self.skip()

    def skip(self, also: str = "") -> None:
        """Step over blanks, comments, and signs that part what matters."""
        self.at = self.end_of(_BLANK)
        while also and self.text[self.at : self.at + 1] in tuple(also):
            self.at += 1
            self.at = self.end_of(_BLANK)

    def pair(self, table: tuple[str, ...]) -> None:
        path = self.key(table)
        self.skip("=")
        self.value(path)

    def key(self, table: tuple[str, ...]) -> tuple[str, ...]:
        """Read a key, its parts joined by dots, and note where each part stands."""
        path = table
        while True:
            start = self.at
            quoted = self.text[start] in "\"'"
            self.at = self.end_of(_STRING if quoted else _BARE)
            written = self.text[start : self.at]
            path = (*path, _unquoted(written) if quoted else written)
            self.note(path, start)
            self.at = self.end_of(_BLANK) if self.text[self.at] in " \t" else self.at
            if self.text[self.at] != ".":
                return path
            self.at += 1
            self.skip()

    def note(self, path: tuple[str, ...], start: int) -> None:
        line = bisect_right(self.starts, start)
        first = self.starts[line - 1]
        self.spots.setdefault(path, Spot(line, start - first + 1, self.at - first + 1))

    def value(self, path: tuple[str, ...]) -> None:
        opening = self.text[self.at]
        if opening == "{":
            self.skip("{,")
            while self.text[self.at] != "}":
                self.pair(path)
                self.skip(",")
            self.at += 1
        elif opening == "[":
            self.at += 1
            self.skip(",")
            while self.text[self.at] != "]":
                self.value(path)
                self.skip(",")
            self.at += 1
        else:
            self.at = self.end_of(_STRING if opening in "\"'" else _SIMPLE)

    def end_of(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        return found.end() if found else self.at


def _unquoted(written: str) -> str:
    return str(tomllib.loads(f"key = {written}")["key"])
