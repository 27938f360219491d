"""Takes a script apart into its statements, by the lexical rules of its engine.

A semicolon in quotes, dollar quotes or a comment ends nothing, nor does one in the body of a
trigger or of a `BEGIN ATOMIC` function. SQLite's own tokenizer reads SQLite; sqlglot's reads
the others, for their places only: the text of a statement is what was written.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot.tokenizer_core import Token

    from be_tui.core.databases.model import Engine

_INSTALL = "pip install 'be-tui[postgres]' or 'be-tui[mariadb]'"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a script."""

    text: str
    """As it was written, without the semicolon that ends it."""

    line: int
    """Where it begins in the script, from 1."""


def split(script: str, engine: Engine) -> tuple[Statement, ...]:
    """Give the statements of a script; comments and blanks alone are none.

    Raises:
        InputError: A quote or comment is never closed, or sqlglot is not installed.
    """
    spans = _by_sqlite(script) if engine == "sqlite" else _by_tokens(script, engine)
    found: list[Statement] = []
    for start, end in spans:
        text = script[start:end]
        first = start + len(text) - len(text.lstrip())
        found.append(Statement(text.strip(), script.count("\n", 0, first) + 1))
    return tuple(found)


def _by_sqlite(script: str) -> Iterator[tuple[int, int]]:
    start = 0
    at = script.find(";")
    while at >= 0:
        if sqlite3.complete_statement(script[start : at + 1]):
            if not _blank(script[start:at]):
                yield start, at
            start = at + 1
        at = script.find(";", at + 1)
    if not _blank(script[start:]):
        yield start, len(script)


def _blank(text: str) -> bool:
    """Tell whether nothing but comments and blanks stands in a text without a semicolon."""
    text = text.strip()
    while text.startswith(("--", "/*")):
        close, size = ("\n", 1) if text.startswith("--") else ("*/", 2)
        end = text.find(close)
        text = "" if end < 0 else text[end + size :].strip()
    return not text


def _by_tokens(script: str, engine: Engine) -> Iterator[tuple[int, int]]:
    start, depth, previous, last = 0, 0, "", -1
    for token in _tokens(script, engine):
        word = token.text.upper()
        if word == ";" and not depth and not _quoted(script, token):
            if last >= start:
                yield start, token.start
            start, previous = token.end + 1, ""
            continue
        last = token.end
        if word == "ATOMIC" and previous == "BEGIN":
            depth = 1
        elif depth and word in ("CASE", "END"):
            depth += 1 if word == "CASE" else -1
        previous = word
    if last >= start:
        yield start, len(script)


def _quoted(script: str, token: Token) -> bool:
    return script[token.start] != ";"


def _tokens(script: str, engine: Engine) -> list[Token]:
    try:
        from sqlglot.dialects.dialect import Dialect
        from sqlglot.errors import TokenError
    except ImportError as error:
        raise InputError("sqlglot is not installed", hint=_INSTALL) from error
    dialect = Dialect.get_or_raise("postgres" if engine == "postgresql" else "mysql")
    try:
        return dialect.tokenize(script)
    except TokenError as error:
        said = " ".join(str(error).split())
        raise InputError(f"the SQL cannot be taken apart: {said[:120]}") from error
