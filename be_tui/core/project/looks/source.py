"""One file as the looks see it: its comments and its strings told apart from its code.

All views have the length of the file, so a place in one is the same place in the others.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.project.looks.model import Sight
from be_tui.core.project.remarks import line_at

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIGURATION = "Configuration"
"""The language of files that are no source code: YAML, properties and the like."""

_LONG = rb'(?P<long>"""(?:[\s\S]*?"""|[\s\S]*)|\'\'\'(?:[\s\S]*?\'\'\'|[\s\S]*))'
_DOUBLE = rb'"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"'
_SINGLE = rb"'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'"
_CHARACTER = rb"'(?:\\[^\n']{1,8}|[^'\\\n])'"
_BACKTICK = rb"`[^`\\]*(?:\\[\s\S][^`\\]*)*(?:`|\Z)"
_HASH = rb"(?P<comment>#(?!\[)[^\n]*)"
_SLASHES = rb"(?P<comment>//[^\n]*|/\*(?:[\s\S]*?\*/|[\s\S]*))"
_BOTH = rb"(?P<comment>//[^\n]*|#(?!\[)[^\n]*|/\*(?:[\s\S]*?\*/|[\s\S]*))"
_DASHES = rb"(?P<comment>--[^\n]*|/\*(?:[\s\S]*?\*/|[\s\S]*))"
_LINES = rb"(?P<comment>^[ \t]*(?:#|;|//|<!--)[^\n]*|[ \t]#[^\n]*)"


def _tokens(*parts: bytes) -> re.Pattern[bytes]:
    return re.compile(b"|".join(parts), re.MULTILINE)


_SCRIPT = _tokens(_HASH, _LONG, _DOUBLE, _SINGLE)
_BRACES = _tokens(_SLASHES, _LONG, _DOUBLE, _BACKTICK, _CHARACTER)
_WEB = _tokens(_SLASHES, _DOUBLE, _SINGLE, _BACKTICK)
_TOKENS: dict[str, re.Pattern[bytes]] = {
    "Python": _SCRIPT,
    "Elixir": _SCRIPT,
    "Ruby": _tokens(_HASH, _DOUBLE, _SINGLE),
    "Shell": _tokens(_HASH, _DOUBLE, _SINGLE),
    "Terraform": _tokens(_BOTH, _DOUBLE),
    "JavaScript": _WEB,
    "TypeScript": _WEB,
    "Dart": _WEB,
    "PHP": _tokens(_BOTH, _DOUBLE, _SINGLE),
    "SQL": _tokens(_DASHES, _SINGLE),
    CONFIGURATION: _tokens(_LINES),
}
_BLANK = bytes(10 if each == 10 else 32 for each in range(256))  # noqa: PLR2004 (a newline stays)
_SPACE = re.compile(rb"[ \t]*")
_CLOSES = (b")", b"}", b"]", b"{", b"end", b"->", b":")
"""What a line may begin with at the depth of a block's first line, and still belong to it."""

_LONGEST_CALL = 4000
_LONGEST_BLOCK = 2000
"""Bytes of a call's arguments and lines of a block that are followed."""


class Source:
    """One file, with the views that looks ask for; each is made when first asked for."""

    def __init__(self, path: str, language: str, data: bytes) -> None:
        """Look at nothing yet."""
        self.path = path
        self.language = language
        self.data = data

    @cached_property
    def plain(self) -> bytes:
        """The file with its comments and docstrings blank."""
        return self._views[0]

    @cached_property
    def code(self) -> bytes:
        """The file with its comments and what is inside its strings blank; the quotes stay."""
        return self._views[1]

    @cached_property
    def strings(self) -> tuple[tuple[int, int], ...]:
        """Where strings stand, with their quotes; docstrings are none."""
        return self._views[2]

    def line(self, at: int) -> int:
        """Give the line, from 1, of a place."""
        return self.data.count(b"\n", 0, at) + 1

    def sight(self, kind: str, at: int, value: str = "", text: str = "") -> Sight:
        """Make a sight of the line in which a place stands."""
        start = self.data.rfind(b"\n", 0, at) + 1
        return Sight(kind, self.path, self.line(at), text or line_at(self.data, start), value)

    def arguments(self, opening: int) -> tuple[int, int]:
        """Give where the arguments of a call begin and end.

        Args:
            opening: The place of its opening bracket.
        """
        depth = 0
        end = min(len(self.code), opening + _LONGEST_CALL)
        for match in _BRACKETS.finditer(self.code, opening, end):
            depth += 1 if match[0] in b"([{" else -1
            if depth == 0:
                return opening + 1, match.start()
        return opening + 1, end

    def block(self, at: int) -> tuple[int, int]:
        """Give where the block begins and ends whose first line holds a place.

        What stands deeper than that line, or closes it, belongs to it.
        """
        code = self.code
        start = code.rfind(b"\n", 0, at) + 1
        depth = self.depth(start)
        last = end = _line_end(code, start)
        for _ in range(_LONGEST_BLOCK):
            if end >= len(code):
                break
            begin, end = end + 1, _line_end(code, end + 1)
            line = code[begin:end].strip()
            if not line:
                continue
            here = self.depth(begin)
            if here < depth or (here == depth and not line.startswith(_CLOSES)):
                break
            last = end
            if here == depth and line in {b"}", b"end", b"};", b"});", b"})"}:
                break
        return start, last

    def depth(self, start: int) -> int:
        """Give how deep a line stands, by where it begins."""
        blank = _SPACE.match(self.code, start)
        return len(blank[0].expandtabs(4)) if blank else 0

    @cached_property
    def _views(self) -> tuple[bytes, bytes, tuple[tuple[int, int], ...]]:
        data = self.data
        plain, code = bytearray(data), bytearray(data)
        strings = []
        for match in _TOKENS.get(self.language, _BRACES).finditer(data):
            start, end = match.span()
            blank = match[0].translate(_BLANK)
            if match.lastgroup == "comment" or (match.lastgroup and self._documents(start)):
                plain[start:end] = code[start:end] = blank
            else:
                code[start + 1 : end - 1] = blank[1:-1]
                strings.append((start, end))
        return bytes(plain), bytes(code), tuple(strings)

    def _documents(self, start: int) -> bool:
        """Tell whether a long string stands where a docstring does."""
        if self.language != "Python":
            return False
        line = self.data.rfind(b"\n", 0, start) + 1
        if self.data[line:start].strip(b" \trRuU"):
            return False
        before = self.data[max(0, line - 200) : line].rstrip()
        return not before or before.endswith((b":", b'"""', b"'''"))


_BRACKETS = re.compile(rb"[()\[\]{}]")


def _line_end(data: bytes, start: int) -> int:
    end = data.find(b"\n", start)
    return end if end >= 0 else len(data)


def string_text(source: Source, start: int, end: int) -> bytes:
    """Give what a string says, with the strings that are joined to it."""
    parts = [source.data[start:end].strip(b"\"'`")]
    for next_start, next_end in _after(source, end):
        if source.data[end:next_start].strip(b" \t\r\n+.\\&frbFRB$@"):
            break
        parts.append(source.data[next_start:next_end].strip(b"\"'`"))
        end = next_end
    return b" ".join(parts)


_MOST_JOINED = 30


def _after(source: Source, end: int) -> Iterator[tuple[int, int]]:
    from bisect import bisect_left

    first = bisect_left(source.strings, (end, 0))
    yield from source.strings[first : first + _MOST_JOINED]
