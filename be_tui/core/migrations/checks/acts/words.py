"""The words of a statement of MySQL, MariaDB or SQLite, and a cursor over them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<skip>\s+|--[^\n]*|\#[^\n]*|/\*(?!!).*?\*/)
      | (?P<name>`(?:[^`]|``)*`|"(?:[^"]|"")*"|\[[^\]]*\])
      | (?P<string>'(?:[^'\\]|\\.|'')*')
      | (?P<word>[\w$@]+)
      | (?P<sign>/\*!\d*|\*/|.)""",
    re.S | re.X,
)
_MARKS = ("/*!", "*/")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, name, text or sign."""

    kind: str
    """`word`, `name` for one in quotes, `string`, or `sign`."""

    text: str
    """A name without its quotes."""

    start: int
    end: int

    @property
    def upper(self) -> str:
        """Give a word in capitals, and nothing for what stands in quotes."""
        return self.text.upper() if self.kind == "word" else ""


END = Token("end", "", 0, 0)


def tokens_of(text: str) -> list[Token]:
    """Take a statement apart; comments are left out, but for those that MySQL runs."""
    found = []
    for each in _TOKEN.finditer(text):
        kind, said = each.lastgroup or "", each[0]
        if kind == "skip" or said.startswith(_MARKS):
            continue
        if kind == "name":
            quote = said[-1]
            said = said[1:-1].replace(quote * 2, quote)
        found.append(Token(kind, said, *each.span()))
    return found


class Cursor:
    """A place between the words of a statement."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def next(self) -> Token:
        """Give the word ahead; an empty one at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    @property
    def done(self) -> bool:
        """Tell whether nothing is ahead."""
        return self._at >= len(self._tokens)

    def take(self) -> Token:
        """Step over the word ahead, and give it."""
        token = self.next
        self._at += 1
        return token

    def skip(self, *words: str) -> bool:
        """Step over words in this order, if all of them are ahead."""
        ahead = self._tokens[self._at : self._at + len(words)]
        if [each.upper or each.text for each in ahead] != list(words):
            return False
        self._at += len(words)
        return True

    def any(self, *words: str) -> str:
        """Step over one of these words, and give it; nothing if none is ahead."""
        word = self.next.upper
        if word and word in words:
            self._at += 1
            return word
        return ""

    def dotted(self) -> tuple[str, str]:
        """Take a name that may have its schema before it."""
        first = self.take().text
        if self.next.text == "." and self.next.kind == "sign":
            self.take()
            return first, self.take().text
        return "", first

    def bracket(self) -> list[Token]:
        """Take what stands in the brackets ahead, without them; nothing where none are."""
        if self.next.text != "(" or self.next.kind != "sign":
            return []
        depth, start = 0, self._at + 1
        while not self.done:
            token = self.take()
            if token.kind == "sign":
                depth += (token.text == "(") - (token.text == ")")
                if not depth:
                    return self._tokens[start : self._at - 1]
        return self._tokens[start:]

    def rest(self) -> list[Token]:
        """Take all that is ahead."""
        found = self._tokens[self._at :]
        self._at = len(self._tokens)
        return found


def parted(tokens: list[Token]) -> list[list[Token]]:
    """Part words at the commas that stand in no brackets."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "sign":
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "," and not depth:
                found.append([])
                continue
        found[-1].append(token)
    return [each for each in found if each]


def words_in(tokens: list[Token]) -> list[str]:
    """Give the words that stand in no brackets, in capitals."""
    found, depth = [], 0
    for token in tokens:
        if token.kind == "sign":
            depth += (token.text == "(") - (token.text == ")")
        if not depth:
            found.append(token.upper)
    return found
