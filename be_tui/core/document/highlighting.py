"""Colour code by what its words are, with pygments, which is loaded when first needed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.document.model import Role, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LONGEST = 16_384
"""Characters; longer code is shown without colours rather than make the reader wait."""


def highlight(code: str, language: str) -> tuple[Text, ...]:
    """Give the lines of a piece of code, with roles for keywords, names, strings and so on.

    Code in a language that is not known, and very long code, comes back plain; no character
    is added or lost.
    """
    lines = code.split("\n")
    plain = tuple([(Span(line, "code"),) if line else () for line in lines])
    if not language or len(code) > LONGEST or "\r" in code:
        return plain
    lexer = _lexer(language)
    if lexer is None:
        return plain
    # Some lexers know a line only by its newline, so the last one is given one too.
    coloured = tuple(_lines(lexer.get_tokens(code)))[: len(lines)]
    return coloured if len(coloured) == len(lines) else plain


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def _lines(tokens: Iterator[tuple[_TokenType, str]]) -> Iterator[Text]:
    line: list[Span] = []
    for kind, text in tokens:
        role = _role(kind)
        first, *others = text.split("\n")
        _append(line, first, role)
        for other in others:
            yield tuple(line)
            line = []
            _append(line, other, role)
    yield tuple(line)


def _append(line: list[Span], text: str, role: Role) -> None:
    if line and line[-1].role == role:
        text = line.pop().text + text
    if text:
        line.append(Span(text, role))


_ROLES: tuple[tuple[str, Role], ...] = (
    ("Keyword", "code-keyword"),
    ("Operator.Word", "code-keyword"),
    ("Name.Function", "code-name"),
    ("Name.Class", "code-name"),
    ("Name.Builtin", "code-name"),
    ("Name.Tag", "code-name"),
    ("Name.Attribute", "code-name"),
    ("Name.Decorator", "code-name"),
    ("Literal.String", "code-string"),
    ("Literal.Number", "code-number"),
    ("Comment", "code-comment"),
    ("Operator", "code-operator"),
    ("Generic.Inserted", "added"),
    ("Generic.Deleted", "removed"),
    ("Generic.Subheading", "hunk"),
    ("Generic.Heading", "strong"),
)
_known: dict[_TokenType, Role] = {}


def _role(kind: _TokenType) -> Role:
    if kind not in _known:
        name = ".".join(kind)
        matching: list[Role] = [role for prefix, role in _ROLES if name.startswith(prefix)]
        _known[kind] = matching[0] if matching else "code"
    return _known[kind]
