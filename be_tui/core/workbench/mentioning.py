"""The tables that a statement names, found by its words: what is being typed rarely parses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.workbench.words import RESERVED, TABLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(
    r"(?P<dead>'(?:[^']|'')*(?:'|\Z)|\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<quoted>\"(?:[^\"]|\"\")*(?:\"|\Z)|`[^`]*(?:`|\Z))"
    r"|(?P<word>[^\W\d]\w*\$?)|(?P<value>\d[\w.]*)|(?P<mark>[^\s\w])",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, quoted name, value or mark; comments are none."""

    text: str
    start: int
    kind: str
    """`word`, `quoted`, `value`, `mark`, or `string`."""

    @property
    def end(self) -> int:
        """Give where it ends, one past its last character."""
        return self.start + len(self.text)

    @property
    def name(self) -> str:
        """Give it as a name, without its quotes."""
        return self.text.strip('"`') if self.kind == "quoted" else self.text

    @property
    def is_name(self) -> bool:
        """Tell whether it can be a name."""
        named = self.kind == "word" and self.text.upper() not in RESERVED | TABLE_WORDS
        return named or self.kind == "quoted"

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these words, in any case."""
        return self.kind == "word" and self.text.upper() in words


@dataclass(frozen=True, slots=True)
class Mention:
    """A table that a statement reads or writes."""

    table: str
    alias: str = ""

    @property
    def handle(self) -> str:
        """Give what its columns are called by."""
        return self.alias or self.table


def tokens_of(text: str) -> tuple[Token, ...]:
    """Give the words and marks of a statement; what stands in quotes is one."""
    found = []
    for each in _TOKEN.finditer(text):
        kind = each.lastgroup or ""
        if each["dead"] is not None:
            if each["dead"].startswith(("--", "/*")):
                continue
            kind = "string"
        found.append(Token(each[0], each.start(), kind))
    return tuple(found)


def is_dead(text: str, offset: int) -> bool:
    """Tell whether a place stands in a literal or in a comment, where no name is meant."""
    for each in _TOKEN.finditer(text):
        if each.start() >= offset:
            return False
        if each["dead"] is not None and (offset < each.end() or _is_open(each[0])):
            return offset <= each.end()
    return False


def _is_open(dead: str) -> bool:
    """Tell whether a literal or a comment is not closed, so that its end belongs to it."""
    if dead.startswith("--"):
        return True
    if dead.startswith("/*"):
        return not dead.endswith("*/") or len(dead) < len("/**/")
    if dead.startswith("$"):
        tag = dead[: dead.index("$", 1) + 1]
        return not dead.endswith(tag) or len(dead) < 2 * len(tag)
    return dead.count("'") % 2 == 1


def mentions(tokens: Sequence[Token]) -> tuple[Mention, ...]:
    """Give the tables that a statement names, each once, in their order."""
    found: dict[str, Mention] = {}
    at = 0
    while at < len(tokens):
        if not _begins_tables(tokens, at):
            at += 1
            continue
        at += 1
        while at < len(tokens):
            mention, at = _mention(tokens, at)
            if mention:
                found.setdefault(mention.handle.casefold(), mention)
            if not (at < len(tokens) and tokens[at].text == ","):
                break
            at += 1
    return tuple(found.values())


def _begins_tables(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.is_word(*TABLE_WORDS):
        return True
    # The table of an index; a join's ON is followed by no name and a bracket alone.
    return token.is_word("ON") and any(each.is_word("INDEX") for each in tokens[: min(at, 6)])


def _mention(tokens: Sequence[Token], at: int) -> tuple[Mention | None, int]:
    """Read one table with its alias; give it, and where the next token stands."""
    while at < len(tokens) and tokens[at].is_word("ONLY", "LATERAL", "IF", "NOT", "EXISTS"):
        at += 1
    if at >= len(tokens) or not tokens[at].is_name:
        return None, at
    name, at = tokens[at].name, at + 1
    while at + 1 < len(tokens) and tokens[at].text == "." and tokens[at + 1].is_name:
        name, at = tokens[at + 1].name, at + 2
    if at < len(tokens) and tokens[at].is_word("AS"):
        at += 1
    if at < len(tokens) and tokens[at].is_name:
        return Mention(name, tokens[at].name), at + 1
    return Mention(name), at


def derived(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Give the names that a statement gives its queries: `WITH recent AS (`."""
    if not any(token.is_word("WITH") for token in tokens[:2]):
        return ()
    return tuple(
        name.name
        for name, word, bracket in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if name.is_name and word.is_word("AS") and (bracket.text == "(" or bracket.is_word("NOT"))
    )
