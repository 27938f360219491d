"""Walks through the trees of PostgreSQL's grammar."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from google.protobuf.message import Message
    from postgast import pg_query_pb2 as pb


def walk(node: Message) -> Iterator[tuple[str, Any]]:
    """Give each node below one, with its kind; the outer ones first."""
    stack: list[Any] = [node]
    while stack:
        message = stack.pop()
        name = message.DESCRIPTOR.name
        if name == "Node":
            kind = message.WhichOneof("node")
            if kind is None:
                continue
            inner = getattr(message, kind)
            yield kind, inner
            message = inner
        below: list[Any] = []
        for field, value in message.ListFields():
            if field.message_type is None:
                continue
            below += list(value) if field.is_repeated else [value]
        for each in below:
            if each.DESCRIPTOR.name != "Node":
                yield _kind(each.DESCRIPTOR.name), each
        stack.extend(reversed(below))


@lru_cache(maxsize=512)
def _kind(name: str) -> str:
    """Give a message's kind as the grammar spells it: RangeVar is `range_var`."""
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name).lstrip("_")


def names_of(parts: Iterable[pb.Node]) -> tuple[str, ...]:
    """Give the words of a name with dots."""
    return tuple(each.string.sval for each in parts)


def strings(parts: Iterable[pb.Node]) -> tuple[str, ...]:
    """Give the texts of a list of names."""
    return names_of(parts)


@lru_cache(maxsize=512)
def parsed(text: str) -> Any:  # noqa: ANN401 (a protobuf message of any kind)
    """Give the one statement of a text; None where it cannot be read."""
    from google.protobuf.message import DecodeError
    from postgast import PgQueryError, parse

    try:
        found = parse(text)
    except (PgQueryError, DecodeError, UnicodeEncodeError):
        return None
    return found.stmts[0].stmt if len(found.stmts) == 1 else None


@lru_cache(maxsize=2048)
def expression(text: str) -> Any:  # noqa: ANN401 (a protobuf message of any kind)
    """Give an expression's tree; None where it cannot be read."""
    node = parsed(f"SELECT {text}")
    if node is None or not node.select_stmt.target_list:
        return None
    return node.select_stmt.target_list[0].res_target.val


@lru_cache(maxsize=2048)
def columns_in(text: str) -> frozenset[str]:
    """Give the columns that an expression of one table names, folded as the model's are."""
    node = expression(text)
    if node is None:
        return frozenset()
    found = set()
    for kind, each in walk(node):
        if kind == "column_ref" and each.fields:
            last = each.fields[-1]
            found.add("*" if last.WhichOneof("node") == "a_star" else last.string.sval.casefold())
    return frozenset(found)
