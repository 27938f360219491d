"""Reads statements by PostgreSQL's own parser; one that cannot be read costs itself only."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from be_tui.core.pgtext.model import PgStatement
from be_tui.core.sqltext import Statement, Unread, split, without_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from postgast.pg_query_pb2 import ParseResult


def read(text: str) -> tuple[PgStatement | Unread, ...]:
    """Give the statements of a text, in order."""
    return tuple(iterate(text))


def iterate(text: str) -> Iterator[PgStatement | Unread]:
    """Give the statements of a text one after the other."""
    for statement in split(text, "postgresql"):
        yield read_statement(statement)


def read_statement(statement: Statement) -> PgStatement | Unread:
    """Give one statement's node, or why there is none."""
    found = _parsed(statement)
    if isinstance(found, Unread):
        return found
    if len(found.stmts) != 1:
        said = "several statements stand here as one" if found.stmts else "nothing stands here"
        return Unread(statement, said)
    node = found.stmts[0].stmt
    kind = node.WhichOneof("node")
    if kind is None:
        return Unread(statement, "nothing stands here")
    return PgStatement(statement, kind, getattr(node, kind))


def _parsed(statement: Statement) -> ParseResult | Unread:
    parse, PgQueryError, DecodeError = _parser()  # noqa: N806 - they are kinds of errors
    text = statement.text
    if "\0" in text:
        return Unread(statement, "holds a character that SQL cannot: NUL", text.index("\0"))
    try:
        return parse(text)
    except PgQueryError as error:
        plain = without_templates(text) if "{" in text else text
        if plain != text:
            found = _parsed(replace(statement, text=plain))
            return replace(found, statement=statement) if isinstance(found, Unread) else found
        said = " ".join(error.message.split())[:160]
        # Here, unlike in nodes, the place is told in characters.
        offset = max(0, error.cursorpos - 1)
        return Unread(statement, f"does not parse as postgresql: {said}", offset)
    except DecodeError:
        return Unread(statement, "nested deeper than it can be followed")
    except UnicodeEncodeError as error:
        return Unread(statement, "holds half a character", error.start)


@cache
def _parser() -> tuple[Callable[[str], ParseResult], Any, type[Exception]]:
    """Give the parser and what it raises; they are loaded when first used."""
    from google.protobuf.message import DecodeError
    from postgast import PgQueryError, parse

    return parse, PgQueryError, DecodeError
