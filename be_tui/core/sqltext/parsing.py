"""One statement's tree, by sqlglot, within bounds; or one line that says why there is none."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.sqltext.masking import masked
from be_tui.core.sqltext.model import Parsed, Unread
from be_tui.core.sqltext.saying import plain

if TYPE_CHECKING:
    from sqlglot.dialects.dialect import Dialect
    from sqlglot.parser import Parser
    from sqlglot.tokenizer_core import Token

    from be_tui.core.sqltext.model import Engine, Statement

NOTHING = "nothing stands here but marks of a template or a comment"
"""Why there is no tree of what is no statement."""

STATEMENT_LIMIT = 200_000
"""Characters of a statement that are parsed: a tree costs some hundred times its text."""

DEPTH_LIMIT = 120
"""Brackets within brackets; the parser needs a dozen frames for each."""

_DIALECTS = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mysql",
    "sqlite": "sqlite",
}


def parse(statement: Statement, engine: Engine) -> Parsed | Unread:
    """Parse one statement.

    Raises:
        InputError: sqlglot is not installed.
    """
    if len(statement.text) > STATEMENT_LIMIT:
        size = f"{len(statement.text):,} characters"
        return Unread(statement, f"{size}: longer than the {STATEMENT_LIMIT:,} that are looked at")
    depth = _depth(statement.text)
    if depth > DEPTH_LIMIT:
        return Unread(statement, f"brackets stand {depth} deep; {DEPTH_LIMIT} are followed")
    dialect = _dialect(engine)
    text, explain = masked(statement.text, engine)
    from sqlglot.errors import ParseError, SqlglotError

    try:
        tokens = _apart(dialect.tokenize(text))
        trees = _parser(dialect).parse(tokens, text)
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        said = str(first.get("description") or error)
        message = f"does not parse as {engine}: {plain(said)}"
        near = str(first.get("highlight") or "").strip()
        if near:
            message += f" near `{near[:40]}`"
        offset = _offset(text, first.get("line"), first.get("col"), near)
        return Unread(statement, message, offset)
    except SqlglotError as error:
        return Unread(statement, f"cannot be taken apart as {engine}: {plain(str(error))}")
    except RecursionError:
        return Unread(statement, "nested deeper than it can be followed")
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # The parser is another's, and meets broken SQL of all kinds here.
        return Unread(statement, f"does not parse as {engine}")
    tree = next((tree for tree in trees if tree is not None), None)
    if tree is None:
        return Unread(statement, NOTHING)
    return Parsed(statement, tree, tuple(tokens), explain)


def _depth(text: str) -> int:
    if text.count("(") <= DEPTH_LIMIT:
        return 0
    depth = deepest = 0
    for found in re.finditer(r"'(?:[^']|'')*'|[()]", text):
        if found[0] == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] == ")":
            depth -= 1
    return deepest


def _apart(tokens: list[Token]) -> list[Token]:
    """Take `?::` apart, which sqlglot reads as one operator and PostgreSQL's drivers as two."""
    from sqlglot.tokenizer_core import Token, TokenType

    if not any(token.text == "?::" for token in tokens):
        return tokens
    found: list[Token] = []
    for each in tokens:
        if each.text != "?::":
            found.append(each)
            continue
        line, at = each.line, each.start
        found.append(Token(TokenType.PLACEHOLDER, "?", line, each.col - 2, at, at))
        found.append(Token(TokenType.DCOLON, "::", line, each.col, at + 1, each.end))
    return found


def _offset(text: str, line: object, column: object, near: str) -> int:
    """Give where the parser stopped; its column is that of the last character it read."""
    if not isinstance(line, int) or not isinstance(column, int):
        return 0
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return max(0, min(start + column - max(1, len(near)), len(text) - 1))


def _parser(dialect: Dialect) -> Parser:
    """Give a parser that keeps the places of parameters as it does those of names."""
    from sqlglot import TokenType, exp

    def named(self: Parser) -> exp.Expr | None:
        colon = self._prev
        if not self._match_set(self.COLON_PLACEHOLDER_TOKENS):
            return None
        found = exp.Placeholder(this=self._prev.text).update_positions(self._prev)
        found.meta["start"] = colon.start
        return found

    parser = dialect.parser()
    placed = {
        TokenType.PLACEHOLDER: lambda self: exp.Placeholder().update_positions(self._prev),
        TokenType.COLON: named,
    }
    try:
        # It is read from the parser itself, so that no other user of sqlglot is changed.
        parser.PLACEHOLDER_PARSERS = {**parser.PLACEHOLDER_PARSERS, **placed}  # type: ignore[misc]
    except AttributeError:
        # The compiled parser has nothing of its own: what all have gives places from now on.
        parser.PLACEHOLDER_PARSERS.update(placed)
    return parser


@cache
def _dialect(engine: Engine) -> Dialect:
    try:
        from sqlglot.dialects.dialect import Dialect
    except ImportError as error:
        raise InputError("sqlglot is not installed", hint="pip install sqlglot") from error
    # It tells in its log what it falls back on; that is told here by findings.
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    return Dialect.get_or_raise(_DIALECTS[engine])
