"""Tables as Drizzle describes them, the same as the migrations make them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.stacks.express import types
from be_tui.core.scaffold.stacks.express.wording import properties, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.scaffold.model import Field, Service
    from be_tui.core.schema import Column, Index, Table

_BUILDER = re.compile(r"^([A-Za-z]+)\(")
_OWN = frozenset({"instant"})
"""Builders that are the service's own."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a table."""

    name: str
    property: str
    """What a row has it by."""

    expression: str


@dataclass(frozen=True, slots=True)
class TableView:
    """One table."""

    name: str
    columns: tuple[ColumnView, ...]
    extras: tuple[str, ...]
    """Its constraints and indexes, an expression each."""

    @property
    def builders(self) -> tuple[str, ...]:
        """Give what its expressions are made with."""
        lines = (*(each.expression for each in self.columns), *self.extras)
        found = {match[1] for line in lines if (match := _BUILDER.match(line))}
        return tuple(sorted(found - _OWN | {"pgTable"}, key=str.lower))


def table_view(
    service: Service, table: Table, fields: Mapping[str, Field], constants: Mapping[str, str]
) -> TableView:
    """Give a table as Drizzle has it.

    Args:
        service: The service.
        table: As the migrations make it.
        fields: The fields behind its columns; the others are the service's own.
        constants: What each table is called in the code.
    """
    names = properties(tuple(column.name.folded for column in table.columns))
    columns = tuple(
        ColumnView(
            column.name.folded,
            names[column.name.folded],
            _column(service, table, column, fields.get(column.name.folded)),
        )
        for column in table.columns
    )
    return TableView(table.name.folded, columns, tuple(_extras(table, names, constants)))


def _column(service: Service, table: Table, column: Column, field: Field | None) -> str:
    name = column.name.folded
    made = types.column(service, field, name) if field else _own(column, name)
    key = table.primary_key.columns if table.primary_key else ()
    if key == (name,):
        return f"{made}.primaryKey(){_identity(column)}"
    if not column.nullable:
        made += ".notNull()"
    if column.default:
        made += f".default(sql.raw({quoted(column.default)}))"
    return made


def _identity(column: Column) -> str:
    return ".generatedAlwaysAsIdentity()" if column.auto == "identity" else ""


def _own(column: Column, name: str) -> str:
    """Give a column that stands for no field: keys, moments, the version."""
    if name == "version":
        return f"bigint({quoted(name)}, {{ mode: 'number' }})"
    if column.type.family == "timestamp":
        return f"instant({quoted(name)})"
    return types.big_column(name) if column.type.family == "integer" else f"uuid({quoted(name)})"


def _extras(table: Table, names: Mapping[str, str], constants: Mapping[str, str]) -> Iterator[str]:
    def listed(columns: tuple[str, ...]) -> str:
        return ", ".join(f"table.{names[each]}" for each in columns)

    if table.primary_key and len(table.primary_key.columns) > 1:
        key = table.primary_key
        yield f"primaryKey({{ name: {quoted(key.name)}, columns: [{listed(key.columns)}] }})"
    for unique in table.uniques:
        yield f"unique({quoted(unique.name)}).on({listed(unique.columns)})"
    for foreign in table.foreign_keys:
        target = constants[foreign.table]
        target = "table" if foreign.table == table.name.folded else target
        action = foreign.on_delete.lower()
        yield (
            f"foreignKey({{ name: {quoted(foreign.name)}, columns: [{listed(foreign.columns)}],"
            f" foreignColumns: [{target}.id] }}).onDelete({quoted(action)})"
        )
    for check in table.checks:
        yield f"check({quoted(check.name)}, sql.raw({quoted(check.expression)}))"
    for index in table.indexes:
        yield _index(index, names)


def _index(index: Index, names: Mapping[str, str]) -> str:
    columns = ", ".join(f"table.{names[part.column]}" for part in index.parts if part.column)
    made = "uniqueIndex" if index.unique else "index"
    where = f".where(sql.raw({quoted(index.where)}))" if index.where else ""
    return f"{made}({quoted(index.name)}).on({columns}){where}"
