"""Writes nodes as SQL, by libpg_query."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from google.protobuf.message import Message

_SELECT = "SELECT "


def deparse(node: Message) -> str:
    """Give a node as SQL.

    Args:
        node: That of a statement (`CreateStmt` and so on), or an expression's `Node`.

    Raises:
        ValueError: It is neither.
    """
    from postgast import PgQueryError, pg_query_pb2
    from postgast import deparse as written

    result = pg_query_pb2.ParseResult()
    raw = result.stmts.add()
    kind = node.DESCRIPTOR.name
    try:
        if kind == "Node":
            raw.stmt.select_stmt.target_list.add().res_target.val.CopyFrom(node)
            raw.stmt.select_stmt.limit_option = pg_query_pb2.LIMIT_OPTION_DEFAULT
            raw.stmt.select_stmt.op = pg_query_pb2.SETOP_NONE
            return str(written(result)).removeprefix(_SELECT)
        field = _fields()[kind]
        getattr(raw.stmt, field).CopyFrom(node)
        return str(written(result))
    except (KeyError, TypeError, PgQueryError) as error:
        raise ValueError(f"{kind} is not a statement or an expression") from error


@cache
def _fields() -> dict[str, str]:
    """Give, by the name of its kind, the field that a statement's node stands in."""
    from postgast import pg_query_pb2

    fields = pg_query_pb2.Node.DESCRIPTOR.fields
    return {each.message_type.name: each.name for each in fields if each.message_type}
