"""The colours of a text of SQL while it is typed: only the statement that changed is read anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from be_tui.core.document import Span, highlight
from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.document import Text
    from be_tui.core.sqltext import Engine

LONGEST = 100_000
"""Characters of a text that is coloured at all: each key waits for it."""

_LEXERS: dict[Engine, str] = {
    "postgresql": "postgresql",
    "sqlite": "sql",
    "mysql": "mysql",
    "mariadb": "mysql",
}


def coloured(text: str, engine: Engine) -> tuple[Text, ...]:
    """Give the lines of a text, with roles for keywords, names, strings and so on.

    No character is added or lost.
    """
    if len(text) > LONGEST:
        return tuple((Span(line, "code"),) if line else () for line in text.split("\n"))
    lines: list[Text] = [()]
    for piece in _pieces(text, engine):
        first, *rest = _coloured(piece, _LEXERS[engine])
        lines[-1] += first
        lines += rest
    return tuple(lines)


def _pieces(text: str, engine: Engine) -> Iterator[str]:
    """Give the text cut where statements end, each with what stands before it."""
    start = 0
    for statement in split(text, engine):
        end = statement.start + len(statement.text)
        yield text[start:end]
        start = end
    yield text[start:]


@lru_cache(512)
def _coloured(piece: str, lexer: str) -> tuple[Text, ...]:
    lines = highlight(piece, lexer)
    # The lexer of PostgreSQL takes the dot between two names for a number.
    return tuple(
        tuple(Span(span.text, "code") if span.text == "." else span for span in line)
        for line in lines
    )
