"""Where nodes of a tree stand in the statement's text.

The tree keeps the offsets of names, literals, parameters and the words of functions. The rest of
an expression is found from there by the tokens: up to the bracket that closes, or to the word that
ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

    from be_tui.core.queries.model import Span
    from be_tui.core.sqltext import Parsed

_WORDS = (
    "AND OR WHERE ON HAVING GROUP ORDER LIMIT OFFSET UNION INTERSECT EXCEPT RETURNING FETCH FOR"
    " JOIN LEFT RIGHT INNER CROSS FULL NATURAL WHEN THEN ELSE END SET FROM USING WINDOW SELECT AS"
    " QUALIFY DO"
)
_ENDS = frozenset((*_WORDS.split(), "GROUP BY", "ORDER BY"))
"""Words at which a condition begins or ends."""

_WORDY = frozenset({"CAST", "TRY_CAST", "CONVERT", "EXTRACT", "SUBSTRING", "TRIM", "POSITION"})
"""Functions that are read by a grammar of their own, and whose word sqlglot keeps no place of."""

_PARAMETER = re.compile(r"\$\d+|%\(\w+\)s|%s|\?\d*|#\{[^{}]*\}|[:@]\w+")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


class Spans:
    """The tokens of one statement, asked for places."""

    def __init__(self, parsed: Parsed) -> None:
        self.tokens: tuple[Token, ...] = parsed.tokens
        self._starts = [token.start for token in parsed.tokens]
        self._text = parsed.statement.text

    def at(self, offset: int) -> int:
        """Give the number of the token that stands at an offset."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def of(self, node: exp.Expr) -> Span:
        """Give the span of an expression: its names, literals and parameters, brackets closed.

        What has none of these, `*` for one, is told by what stands around it.
        """
        hull = self._around(node)
        if hull is None:
            return 0, len(self._text)
        first, last = self._closed(*hull)
        if isinstance(node, exp.Func) and "start" not in node.meta:
            bracket = self._opened(first)
            if bracket and self.tokens[bracket - 1].text.upper() in _WORDY:
                first, last = self._closed(bracket - 1, last)
        while isinstance(node, exp.Cast) and self._is(last + 1, "::"):
            last = self._closed(last + 1, last + 2)[1]
        return self._starts[first], self.end(last)

    def condition(self, node: exp.Expr) -> Span:
        """Give the span of a condition, from the word before it to the word after it."""
        hull = self._around(node)
        if hull is None:
            return 0, len(self._text)
        first, last = self._closed(*hull)
        return self._starts[self._back(first)], self.end(self._on(last))

    def end(self, token: int) -> int:
        """Give one past the last character of a token, of a parameter as it was written."""
        found = self.tokens[token]
        if found.text == "?" and (written := _PARAMETER.match(self._text, found.start)):
            return written.end()
        return int(found.end) + 1

    def word(self, node: exp.Expr) -> str:
        """Give a function's name as it was written, in small letters; empty where none was."""
        if not isinstance(node, exp.Func) or "start" not in node.meta:
            return ""
        return self._text[node.meta["start"] : node.meta["end"] + 1].lower()

    def text_before(self, span: Span, words: int = 1) -> str:
        """Give the token some words before a span, in capitals; empty at the start."""
        at = self.at(span[0]) - words
        return self.tokens[at].text.upper() if at >= 0 else ""

    def text_after(self, span: Span, words: int = 1) -> str:
        """Give the token some words after a span, in capitals; empty at the end."""
        at = self.at(max(span[1] - 1, 0)) + words
        return self.tokens[at].text.upper() if at < len(self.tokens) else ""

    def _is(self, token: int, text: str) -> bool:
        return token < len(self.tokens) and self.tokens[token].text == text

    def _around(self, node: exp.Expr) -> tuple[int, int] | None:
        found, each = self._hull(node), node.parent
        while found is None and each is not None:
            found, each = self._hull(each), each.parent
        return found

    def _hull(self, node: exp.Expr) -> tuple[int, int] | None:
        if isinstance(node, exp.Column):
            # Most nodes that are asked for are columns, whose names stand side by side.
            known = [part.meta for part in node.parts if "start" in part.meta]
            if known:
                return self.at(known[0]["start"]), self.at(known[-1]["end"])
        start, end, first = -1, -1, node
        waiting = [node]
        while waiting:
            each = waiting.pop()
            meta = each.meta
            if "start" in meta:
                if start < 0 or meta["start"] < start:
                    start, first = int(meta["start"]), each
                end = max(end, int(meta["end"]))
            if not isinstance(each, exp.Identifier | exp.Literal):
                waiting.extend(each.iter_expressions())
        if start < 0:
            return None
        left = self.at(start)
        if _is_in_subquery(first, node):
            left = self._opened(left)
        return left, self.at(end)

    def _opened(self, token: int) -> int:
        """Give the bracket that stands open around a token."""
        depth, at = 0, token
        while at:
            at -= 1
            text = self.tokens[at].text
            if text in _OPEN and not depth:
                return at
            depth += (text in _CLOSE) - (text in _OPEN)
        return token

    def _closed(self, first: int, last: int) -> tuple[int, int]:
        """Give the tokens with every bracket among them closed."""
        tokens, depth, lowest = self.tokens, 0, 0
        for at in range(first, last + 1):
            depth += (tokens[at].text in _OPEN) - (tokens[at].text in _CLOSE)
            lowest = min(lowest, depth)
        if self._is(last + 1, "(") and not depth:
            depth += 1
            last += 1
        while depth > lowest and last + 1 < len(tokens):
            last += 1
            depth += (tokens[last].text in _OPEN) - (tokens[last].text in _CLOSE)
        while lowest < 0 and first:
            first -= 1
            lowest += (tokens[first].text in _OPEN) - (tokens[first].text in _CLOSE)
        return first, last

    def _on(self, last: int) -> int:
        """Give the last token of a condition that goes on after `last`."""
        tokens, depth, between = self.tokens, 0, self._is_between(last)
        while last + 1 < len(tokens):
            word = tokens[last + 1].text.upper()
            if word in _OPEN:
                depth += 1
            elif word in _CLOSE:
                if not depth:
                    break
                depth -= 1
            elif not depth and (word in {",", ";"} or word in _ENDS):
                if word == "AND" and between:
                    between = False
                elif not (word == "FROM" and tokens[last].text.upper() == "DISTINCT"):
                    break
            elif word == "BETWEEN":
                between = True
            last += 1
        return last

    def _is_between(self, last: int) -> bool:
        """Tell whether a BETWEEN right before still waits for its AND."""
        for at in range(last, max(last - 4, -1), -1):
            word = self.tokens[at].text.upper()
            if word == "BETWEEN":
                return True
            if word in _ENDS:
                return False
        return False

    def _back(self, first: int) -> int:
        """Give the first token of a condition that begins before `first`."""
        tokens, depth = self.tokens, 0
        while first:
            word = tokens[first - 1].text.upper()
            if word in _CLOSE:
                depth += 1
            elif word in _OPEN:
                if not depth:
                    break
                depth -= 1
            elif not depth and (word in {",", ";"} or word in _ENDS):
                break
            first -= 1
        return first


def _is_in_subquery(node: exp.Expr, top: exp.Expr) -> bool:
    """Tell whether a node stands in a query within an expression."""
    each = node.parent
    while each is not None and node is not top:
        if isinstance(each, exp.Query) and (each is not top or isinstance(each, exp.Subquery)):
            return True
        if each is top:
            return False
        each = each.parent
    return False
