"""Where the clauses of each SELECT stand in the text: found by its tokens, exact to the character.

A tree of sqlglot knows where names and literals stand, not where clauses begin. Each SELECT node
is found from there by the brackets. What cannot be placed is None: no step then touches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlglot.tokenizer_core import Token

Span = tuple[int, int]

_HEADS = (
    *("DISTINCT", "FROM", "WHERE", "GROUP BY", "HAVING", "WINDOW", "ORDER BY", "LIMIT"),
    *("OFFSET", "FETCH", "FOR"),
)
_SETS = frozenset({"UNION", "INTERSECT", "EXCEPT"})
_JOIN_WORDS = frozenset({"LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "NATURAL"})


@dataclass(frozen=True, slots=True)
class Element:
    """One thing in FROM, with the words that join it."""

    span: Span
    """From the comma or the first word of the join to the end of its condition."""

    words: str
    """`LEFT JOIN`, `,`; empty for the first."""

    words_span: Span
    body: int
    """Where what is joined begins."""

    on: Span | None = None
    """The condition after ON, without the word."""

    using: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One SELECT in the text."""

    span: Span
    """From its first word to the end of its last clause."""

    clauses: dict[str, Span]
    """Each clause from its first word on, by that word."""

    elements: tuple[Element, ...]
    distinct: Span | None = None
    """The word, and the blanks after it."""

    outputs: Span = (0, 0)
    """What stands between SELECT (and DISTINCT) and FROM."""

    def clause(self, word: str) -> Span | None:
        """Give where a clause stands."""
        return self.clauses.get(word)

    def element_at(self, offset: int) -> Element | None:
        """Give the element whose table begins at an offset."""
        return next((each for each in self.elements if each.body == offset), None)


class Layout:
    """The places of a statement's clauses."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self._tokens = tokens
        self._text = text
        self._blocks: dict[int, Block | None] = {}
        depth = 0
        self._depths: list[int] = []
        for token in tokens:
            depth -= token.text == ")"
            self._depths.append(depth)
            depth += token.text == "("

    def block(self, node: exp.Expr) -> Block | None:
        """Give where a SELECT stands."""
        if id(node) not in self._blocks:
            start = self._select(node) if isinstance(node, exp.Select) else None
            self._blocks[id(node)] = None if start is None else self._read(start)
        return self._blocks[id(node)]

    def around(self, span: Span) -> tuple[str, str]:
        """Give the words before and after a span, in capitals; empty at the ends."""
        before = after = ""
        for token in self._tokens:
            if token.end < span[0]:
                before = self._word(token)
            elif token.start >= span[1]:
                after = self._word(token)
                break
        return before, after

    def call(self, node: exp.Expr) -> Span | None:
        """Give where the call of a function stands, from its name to the bracket that closes."""
        start = node.meta.get("start")
        at = next((i for i, token in enumerate(self._tokens) if token.start == start), None)
        if at is None or at + 1 >= len(self._tokens) or self._tokens[at + 1].text != "(":
            return None
        depth = self._depths[at]
        for token, inner in list(zip(self._tokens, self._depths, strict=True))[at + 2 :]:
            if token.text == ")" and inner == depth:
                return self._tokens[at].start, token.end + 1
        return None

    def token_before(self, offset: int) -> Token | None:
        """Give the last token that ends before an offset."""
        return next((each for each in reversed(self._tokens) if each.end < offset), None)

    def token_after(self, offset: int) -> Token | None:
        """Give the first token that begins at an offset or after it."""
        return next((each for each in self._tokens if each.start >= offset), None)

    def _word(self, token: Token) -> str:
        # The text, not the token: a name in quotes is no word.
        return " ".join(self._text[token.start : token.end + 1].upper().split())

    def _select(self, node: exp.Select) -> int | None:
        """Give the token of a SELECT's first word, going back from a name of its own."""
        start = next(_own_offsets(node), None)
        if start is None:
            return None
        at = next((i for i, token in enumerate(self._tokens) if token.start == start), None)
        if at is None:
            return None
        depth = self._depths[at]
        while at >= 0:
            depth = min(depth, self._depths[at])
            if self._depths[at] == depth and self._word(self._tokens[at]) == "SELECT":
                return at
            at -= 1
        return None

    def _read(self, first: int) -> Block:
        depth = self._depths[first]
        last = self._last(first, depth)
        heads: list[tuple[str, int]] = []
        for at in range(first + 1, last + 1):
            word = self._word(self._tokens[at])
            if self._depths[at] != depth or word not in _HEADS:
                continue
            if word == "DISTINCT" and at != first + 1:
                continue
            if word == "FROM" and self._word(self._tokens[at - 1]) == "DISTINCT":
                continue
            heads.append((word, at))
        return self._block(first, last, heads)

    def _block(self, first: int, last: int, heads: list[tuple[str, int]]) -> Block:
        tokens = self._tokens
        clauses: dict[str, Span] = {}
        bounds = [at for word, at in heads if word != "DISTINCT"]
        distinct: Span | None = None
        for word, at in heads:
            if word == "DISTINCT":
                distinct = (tokens[at].start, tokens[at + 1].start)
                continue
            end = next((each for each in bounds if each > at), last + 1)
            clauses.setdefault(word, (tokens[at].start, tokens[end - 1].end + 1))
        whole = (tokens[first].start, tokens[last].end + 1)
        begin = first + 1 + (distinct is not None)
        stop = bounds[0] if bounds else last + 1
        outputs = (tokens[begin].start, tokens[stop - 1].end + 1)
        elements: tuple[Element, ...] = ()
        sources = next((at for word, at in heads if word == "FROM"), None)
        if sources is not None:
            end = next((each for each in bounds if each > sources), last + 1)
            elements = tuple(self._elements(sources, end, self._depths[first]))
        return Block(whole, clauses, elements, distinct, outputs)

    def _last(self, first: int, depth: int) -> int:
        """Give the last token of a SELECT."""
        for at in range(first + 1, len(self._tokens)):
            closes = self._depths[at] < depth
            if closes or (self._depths[at] == depth and self._ends(at)):
                return at - 1
        return len(self._tokens) - 1

    def _ends(self, at: int) -> bool:
        word = self._word(self._tokens[at])
        return word in _SETS or word in {";", "RETURNING"}

    def _elements(self, start: int, end: int, depth: int) -> Iterator[Element]:
        tokens = self._tokens
        cuts: list[tuple[int, int]] = [(start + 1, start + 1)]
        for at in range(start + 1, end):
            if self._depths[at] != depth:
                continue
            word = self._word(tokens[at])
            if word == ",":
                cuts.append((at, at + 1))
            elif word in {"JOIN", "STRAIGHT_JOIN"}:
                begin = at
                while self._word(tokens[begin - 1]) in _JOIN_WORDS:
                    begin -= 1
                cuts.append((begin, at + 1))
        for number, (begin, body) in enumerate(cuts):
            stop = cuts[number + 1][0] if number + 1 < len(cuts) else end
            if body >= stop:
                # A name is missing: the parser forgives what no engine will.
                continue
            words = " ".join(self._word(tokens[each]) for each in range(begin, body))
            yield self._element(begin, body, stop, words, depth)

    def _element(self, begin: int, body: int, stop: int, words: str, depth: int) -> Element:
        tokens = self._tokens
        on: Span | None = None
        using = False
        for at in range(body, stop):
            if self._depths[at] != depth:
                continue
            word = self._word(tokens[at])
            if word == "ON" and on is None and at + 1 < stop:
                on = (tokens[at + 1].start, tokens[stop - 1].end + 1)
            using = using or word == "USING"
        words_end = tokens[body - 1].end + 1 if words else tokens[begin].start
        return Element(
            span=(tokens[begin].start, tokens[stop - 1].end + 1),
            words=words,
            words_span=(tokens[begin].start, words_end),
            body=tokens[body].start,
            on=on,
            using=using,
        )


def _own_offsets(node: exp.Select) -> Iterator[int]:
    """Give where the names and literals of a SELECT stand, those of queries within it left out."""
    stack: list[exp.Expr] = [
        each for key, each in _parts(node) if key not in {"with_", "order", "limit", "offset"}
    ]
    while stack:
        each = stack.pop(0)
        if isinstance(each, exp.Query) and not isinstance(each, exp.Table):
            continue
        if "start" in each.meta:
            yield int(each.meta["start"])
            continue
        stack = [inner for _, inner in _parts(each)] + stack


def _parts(node: exp.Expr) -> Iterator[tuple[str, exp.Expr]]:
    for key, value in node.args.items():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, exp.Expr):
                yield key, each
