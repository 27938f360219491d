"""A `serial` column and its sequence: one in the model, two things in the database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.objects import Sequence
from be_tui.core.schema.pg.names import free_name
from be_tui.core.schema.pg.sequences import next_of

if TYPE_CHECKING:
    from be_tui.core.schema.model import Column, Schema, Table

_WORDS = {"smallint": "smallserial", "int": "serial", "bigint": "bigserial"}


def folded(schema: Schema) -> Schema:
    """Give a schema in which a sequence that `serial` would make is told by its column."""
    owned: dict[str, Sequence] = {each.owned_by: each for each in schema.sequences if each.owned_by}
    if not owned:
        return schema
    gone: set[int] = set()

    def column(table: Table, found: Column) -> Column:
        if not found.default.startswith("nextval("):
            return found
        sequence = owned.get(_owner(table, found))
        if sequence is None or found.default != next_of(sequence.namespace, sequence.name):
            return found
        if _is_usual(table, found, sequence):
            gone.add(id(sequence))
            kind = replace(found.type, declared=_WORDS.get(found.type.name, "serial"))
            return replace(found, auto="serial", default="", type=kind)
        return replace(found, auto="serial")

    tables = tuple(
        replace(table, columns=tuple(column(table, each) for each in table.columns))
        if any(each.default.startswith("nextval(") for each in table.columns)
        else table
        for table in schema.tables
    )
    sequences = tuple(each for each in schema.sequences if id(each) not in gone)
    return replace(schema, tables=tables, sequences=sequences)


def unfolded(schema: Schema) -> Schema:
    """Give a schema in which the sequences of `serial` columns stand by themselves."""
    made: list[Sequence] = []

    def column(table: Table, found: Column) -> Column:
        if found.auto != "serial" or found.default:
            return found
        name = _usual(table, found)
        owner = _owner(table, found)
        made.append(Sequence(name, found.place, table.namespace, found.type.name, "", owner))
        return replace(found, default=next_of(table.namespace, name))

    tables = tuple(
        replace(table, columns=tuple(column(table, each) for each in table.columns))
        if any(each.auto == "serial" for each in table.columns)
        else table
        for table in schema.tables
    )
    return replace(schema, tables=tables, sequences=(*schema.sequences, *made))


def _owner(table: Table, column: Column) -> str:
    parts = (table.namespace, table.name.text, column.name.text)
    return ".".join(each.casefold() for each in parts if each)


def _usual(table: Table, column: Column) -> str:
    return free_name(table.name.text, column.name.text, "seq", lambda _: False)


def _is_usual(table: Table, column: Column, sequence: Sequence) -> bool:
    return (
        not column.nullable
        and sequence.name == _usual(table, column)
        and sequence.namespace == table.namespace
        and sequence.type == column.type.name
        and not sequence.options
        and not sequence.comment
    )
