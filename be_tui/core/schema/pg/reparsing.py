"""Expressions that a table keeps as text, read again: after a rename, or another type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from google.protobuf.message import Message
    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.model import Column, Index, Table
    from be_tui.core.schema.pg.expressions import Expressions

    Writers = Callable[[Iterable[Column]], Expressions]
    Change = Callable[[Message], None]


def expression_node(text: str) -> pb.Node | None:
    """Give an expression's node; None for what does not parse."""
    from google.protobuf.message import DecodeError
    from postgast import PgQueryError, parse

    try:
        statement = parse(f"SELECT {text}").stmts[0].stmt.select_stmt
    except (PgQueryError, DecodeError):
        return None
    return statement.target_list[0].res_target.val


def rewritten(table: Table, writers: Writers, change: Change | None = None) -> Table:
    """Give a table with each of its expressions written anew.

    Args:
        table: The table.
        writers: Gives what writes expressions over columns.
        change: What is done to each expression's tree before.
    """
    writer = writers(table.columns)

    def anew(text: str) -> str:
        if not text:
            return text
        node = expression_node(text)
        if node is None:
            return text
        if change is not None:
            change(node)
        return writer.write(node)

    def index(found: Index) -> Index:
        parts = tuple(
            each if each.column else replace(each, expression=anew(each.expression))
            for each in found.parts
        )
        return replace(found, parts=parts, where=anew(found.where))

    columns = tuple(
        replace(each, generated=anew(each.generated)) if each.generated else each
        for each in table.columns
    )
    return replace(
        table,
        columns=columns,
        checks=tuple(replace(each, expression=anew(each.expression)) for each in table.checks),
        indexes=tuple(index(each) for each in table.indexes),
    )


def renamed_column(before: str, after: str) -> Change:
    """Give what calls a column of one table by another name in an expression over it."""

    def change(node: Message) -> None:
        for found in walk(node):
            if found.DESCRIPTOR.name == "ColumnRef":
                fields = found.fields
                if fields and fields[-1].string.sval == before:
                    fields[-1].string.sval = after

    return change


def walk(node: Message) -> Iterable[Message]:
    """Give a message and all messages in it."""
    yield node
    for field, value in node.ListFields():
        if field.message_type is None:
            continue
        if hasattr(value, "ListFields"):
            yield from walk(value)
        else:
            for each in value:
                yield from walk(each)
