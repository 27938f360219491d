"""Words of a statement of MySQL, MariaDB or SQLite, and a cursor over them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

Kind = Literal["word", "name", "string", "mark"]

_COMMON = r"(?P<skip>\s+|--[^\n]*|/\*(?![!M]).*?(?:\*/|\Z))"
_MYSQL = re.compile(
    _COMMON[:-1] + r"|\#[^\n]*|/\*M?!\d*|\*/)"
    r"|(?P<string>[bBxXnN]?'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\")"
    r"|(?P<name>`(?:[^`]|``)*`)"
    r"|(?P<word>\d+\.\d+|[\w$@]+)|(?P<mark>.)",
    re.S,
)
_SQLITE = re.compile(
    _COMMON + r"|(?P<string>[xX]?'(?:[^']|'')*')"
    r"|(?P<name>\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\[[^\]]*\])"
    r"|(?P<word>\d+\.\d+|[\w$@]+)|(?P<mark>.)",
    re.S,
)


class Token(NamedTuple):
    """One word, name, text or mark."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        """Give a word in capitals; nothing for what is quoted."""
        return self.text.upper() if self.kind in {"word", "mark"} else ""


class NotUnderstood(Exception):  # noqa: N818 - it ends one statement, which is then told as unread
    """Something stands where another thing was expected; the offset is in the statement."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def tokens_of(text: str, engine: Engine) -> list[Token]:
    """Give the tokens of a statement; comments are left out, but for what MySQL runs of them."""
    pattern = _SQLITE if engine == "sqlite" else _MYSQL
    found = []
    for match in pattern.finditer(text):
        kind = match.lastgroup
        if kind != "skip":
            # The groups are named for the kinds.
            found.append(Token(kind, match[0], match.start(), match.end()))  # type: ignore[arg-type]
    return found


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Give a name as it is, of one as SQL has it."""
    if text[:1] in {"`", '"'}:
        return text[1:-1].replace(text[0] * 2, text[0])
    return text[1:-1] if text[:1] == "[" else text


def said(text: str) -> str:
    """Give what a literal in quotes says."""
    inner = text[text.index(text[-1]) + 1 : -1]
    quote = text[-1]
    return re.sub(r"\\(.)", r"\1", inner.replace(quote * 2, quote))


class Cursor:
    """Goes through the tokens of a statement, or of a part of one."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        """Stand before the first."""
        self.text = text
        self._tokens = tokens
        self._at = 0

    @property
    def done(self) -> bool:
        """Tell whether nothing is left."""
        return self._at >= len(self._tokens)

    @property
    def token(self) -> Token | None:
        """Give the next token."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def peek(self, *words: str, ahead: int = 0) -> bool:
        """Tell whether some words come next."""
        at = self._at + ahead
        if at + len(words) > len(self._tokens):
            return False
        return all(self._tokens[at + number].upper == word for number, word in enumerate(words))

    def peek_any(self, words: frozenset[str]) -> bool:
        """Tell whether one of some words comes next."""
        token = self.token
        return token is not None and token.upper in words

    def take(self, *words: str) -> bool:
        """Step over some words if they come next; tell whether they did."""
        if self.peek(*words):
            self._at += len(words)
            return True
        return False

    def step(self) -> Token:
        """Step over the next token."""
        token = self.token
        if token is None:
            raise NotUnderstood("it ends too early", len(self.text))
        self._at += 1
        return token

    def want(self, *words: str) -> None:
        """Step over words that must come."""
        if not self.take(*words):
            raise self.fault(" ".join(words))

    def fault(self, wanted: str) -> NotUnderstood:
        """Give what is wrong here."""
        token = self.token
        if token is None:
            return NotUnderstood(f"{wanted} is missing at its end", len(self.text))
        return NotUnderstood(f"{wanted} was expected near `{token.text[:40]}`", token.start)

    def name(self) -> Token:
        """Step over a name."""
        token = self.token
        if token is None or token.kind in {"mark"}:
            raise self.fault("a name")
        self._at += 1
        return token

    def path(self) -> list[Token]:
        """Step over a name that may stand after its database's."""
        found = [self.name()]
        while self.take("."):
            found.append(self.name())
        return found

    def inside(self) -> Cursor:
        """Step over a part in brackets; give a cursor over what stands in them."""
        self.want("(")
        start, depth = self._at, 1
        while depth:
            token = self.step()
            depth += (token.text == "(") - (token.text == ")" and token.kind == "mark")
            if token.kind != "mark" and token.text == "(":
                depth -= 1
        return Cursor(self.text, self._tokens[start : self._at - 1])

    def pieces(self) -> list[Cursor]:
        """Give what stands between the commas that are in no brackets."""
        found: list[Cursor] = []
        start, depth = self._at, 0
        for at in range(self._at, len(self._tokens)):
            token = self._tokens[at]
            if token.kind != "mark":
                continue
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "," and depth == 0:
                found.append(Cursor(self.text, self._tokens[start:at]))
                start = at + 1
        found.append(Cursor(self.text, self._tokens[start:]))
        self._at = len(self._tokens)
        return [each for each in found if not each.done]

    def rest(self) -> str:
        """Step over all that is left; give it as it was written."""
        left = self._tokens[self._at :]
        self._at = len(self._tokens)
        return self.text[left[0].start : left[-1].end] if left else ""

    def before(self, words: frozenset[str]) -> Cursor:
        """Step up to one of some words, outside of brackets; give a cursor over the part before."""
        start = self._at
        self.until(words)
        return Cursor(self.text, self._tokens[start : self._at])

    def until(self, words: frozenset[str]) -> str:
        """Step up to one of some words, outside of brackets; give what was stepped over."""
        start, depth = self._at, 0
        while (token := self.token) is not None:
            if depth == 0 and self._at > start and token.upper in words:
                break
            if token.kind == "mark":
                depth += (token.text == "(") - (token.text == ")")
            self._at += 1
        taken = self._tokens[start : self._at]
        return self.text[taken[0].start : taken[-1].end] if taken else ""

    def number_follows(self) -> bool:
        """Tell whether a number in brackets follows the next token: `name(20)`."""
        after = self._tokens[self._at + 1 : self._at + 4]
        return [each.upper for each in after[::2]] == ["(", ")"] and after[1].text.isdigit()

    def end_of(self, start: int) -> int:
        """Give where the last token ends; `start` where there is none."""
        return self._tokens[-1].end if self._tokens else start

    def whole(self) -> str:
        """Give all tokens as they were written."""
        if not self._tokens:
            return ""
        return self.text[self._tokens[0].start : self._tokens[-1].end]
