"""A statement as words, and what stands in brackets, for engines without a grammar here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<blank>\s+|--\s[^\n]*|\#[^\n]*|/\*(?!!).*?\*/|/\*!\d*|\*/)"
    r"|(?P<name>`(?:[^`]|``)*`)"
    r"|(?P<text>'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\")"
    r"|(?P<word>[\w$@]+)"
    r"|(?P<mark>.)",
    re.S,
)
_LITE_TOKEN = re.compile(
    r"(?P<blank>\s+|--[^\n]*|/\*.*?\*/)"
    r"|(?P<name>`(?:[^`]|``)*`|\"(?:[^\"]|\"\")*\"|\[[^\]]*\])"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<word>[\w$]+)"
    r"|(?P<mark>.)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, name, text or mark."""

    text: str
    """As it means: a name without its quotes, a text with them."""

    kind: str
    """`word`, `name`, `text` or `mark`."""

    @property
    def upper(self) -> str:
        """Give a word in capitals; nothing for what is quoted."""
        return self.text.upper() if self.kind in {"word", "mark"} else ""


def words_of(text: str, *, lite: bool = False) -> list[Word]:
    """Give the words of a statement, without comments; SQLite quotes names in more ways."""
    found = []
    for match in (_LITE_TOKEN if lite else _TOKEN).finditer(text):
        kind = match.lastgroup or ""
        if kind == "blank":
            continue
        said = match[0]
        found.append(Word(said[1:-1].replace("``", "`") if kind == "name" else said, kind))
    return found


def parted(words: list[Word]) -> Iterator[list[Word]]:
    """Give what stands between commas outside of brackets."""
    part: list[Word] = []
    depth = 0
    for each in words:
        depth += {"(": 1, ")": -1}.get(each.upper, 0)
        if each.upper == "," and depth == 0:
            yield part
            part = []
        else:
            part.append(each)
    if part:
        yield part


class Cursor:
    """Words, taken one after the other."""

    def __init__(self, words: list[Word]) -> None:
        self._words = words
        self._at = 0

    @property
    def done(self) -> bool:
        """Tell whether none are left."""
        return self._at >= len(self._words)

    def peek(self, ahead: int = 0) -> str:
        """Give a word that comes, in capitals; nothing for what is quoted, or beyond the end."""
        at = self._at + ahead
        return self._words[at].upper if at < len(self._words) else ""

    def take(self) -> str:
        """Give the next word as it means."""
        if self.done:
            return ""
        self._at += 1
        return self._words[self._at - 1].text

    def skip(self, *words: str) -> bool:
        """Go past words if they come next."""
        if all(self.peek(at) == word for at, word in enumerate(words)):
            self._at += len(words)
            return True
        return False

    def any(self, *words: str) -> str:
        """Go past one of several words; give which, or nothing."""
        found = self.peek()
        if found in words:
            self._at += 1
            return found
        return ""

    def name(self) -> str:
        """Give a name; the last part of one with dots."""
        found = self.take()
        while self.skip("."):
            found = self.take()
        return found

    def bracket(self) -> list[Word]:
        """Go past what stands in brackets, if they come next, and give it."""
        if not self.skip("("):
            return []
        start, depth = self._at, 1
        while not self.done and depth:
            depth += {"(": 1, ")": -1}.get(self.peek(), 0)
            self._at += 1
        return self._words[start : self._at - 1]

    def rest(self) -> list[Word]:
        """Give all that is left."""
        found = self._words[self._at :]
        self._at = len(self._words)
        return found
