"""The tables of a schema, written for a sandbox: columns, keys and checks, as its engine has them.

Foreign keys and defaults are left out: every column is filled, and with rows that an application
would hardly ever write. That can only find more differences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.schema import Column, DataType, Name, Schema, Table
    from be_tui.core.sqltext import Engine

_PLAIN_ENGINES = frozenset({"mysql", "mariadb"})


def quoted(name: str, engine: Engine) -> str:
    """Give a name in the quotes of its engine."""
    if engine in _PLAIN_ENGINES:
        return "`" + name.replace("`", "``") + "`"
    return '"' + name.replace('"', '""') + '"'


def name_of(name: Name, engine: Engine) -> str:
    """Give a name so that it means what it did as it was written."""
    # PostgreSQL folds what stands without quotes; the others do not tell capitals apart, or keep
    # them as they are written.
    text = name.text if name.quoted or engine != "postgresql" else name.text.lower()
    return quoted(text, engine)


def table_name(table: Table, engine: Engine) -> str:
    """Give a table's name, with the schema that it stands in where that is said."""
    own = name_of(table.name, engine)
    if table.namespace and engine == "postgresql":
        return f"{quoted(table.namespace, engine)}.{own}"
    return own


def enumerations_ddl(schema: Schema) -> Iterator[str]:
    """Give the statements that make PostgreSQL's types of named values."""
    for each in schema.enumerations:
        values = ", ".join(_text(value) for value in each.values)
        yield f"CREATE TYPE {quoted(each.name, 'postgresql')} AS ENUM ({values})"


def table_ddl(table: Table, engine: Engine) -> str:
    """Give the statement that makes a table."""
    own = [_column(each, engine) for each in table.columns]
    if _numbers_by_rowid(table, engine):
        # Only in these words is it the row's number, which holds integers and no NULL.
        own = [
            f"{name_of(each.name, engine)} INTEGER PRIMARY KEY"
            if table.primary_key and each.name.folded in table.primary_key.columns
            else text
            for each, text in zip(table.columns, own, strict=True)
        ]
    elif table.primary_key:
        own.append(f"PRIMARY KEY ({_columns(table, table.primary_key.columns, engine)})")
    for key in table.uniques:
        distinct = " NULLS NOT DISTINCT" if not key.nulls_distinct else ""
        own.append(f"UNIQUE{distinct} ({_columns(table, key.columns, engine)})")
    own += [f"CHECK ({check.expression})" for check in table.checks]
    tail = "" if table.rowid or engine != "sqlite" else " WITHOUT ROWID"
    if engine in _PLAIN_ENGINES and table.charset:
        tail += f" DEFAULT CHARSET={table.charset}"
    return f"CREATE TABLE {table_name(table, engine)} ({', '.join(own)}){tail}"


def unique_ddl(table: Table, engine: Engine) -> Iterator[str]:
    """Give the statements that make a table's unique indexes."""
    for number, index in enumerate(table.indexes):
        if not index.unique or not all(index.columns):
            continue
        where = f" WHERE {index.where}" if index.where else ""
        on = f"{table_name(table, engine)} ({_columns(table, index.columns, engine)})"
        name = quoted(f"unique_{table.name.folded}_{number}", engine)
        yield f"CREATE UNIQUE INDEX {name} ON {on}{where}"


def _numbers_by_rowid(table: Table, engine: Engine) -> bool:
    if engine != "sqlite" or not table.rowid or table.primary_key is None:
        return False
    if len(table.primary_key.columns) != 1:
        return False
    column = table.column(table.primary_key.columns[0])
    return column is not None and column.type.declared == "integer" and not column.type.arguments


def _columns(table: Table, names: tuple[str, ...], engine: Engine) -> str:
    found = (table.column(name) for name in names)
    return ", ".join(name_of(each.name, engine) for each in found if each is not None)


def _column(column: Column, engine: Engine) -> str:
    words = [name_of(column.name, engine), type_name(column.type, engine)]
    if column.collation:
        words.append(f"COLLATE {_collation(column.collation, engine)}")
    if column.generated:
        words.append(f"GENERATED ALWAYS AS ({column.generated}) STORED")
    elif not column.nullable:
        words.append("NOT NULL")
    return " ".join(word for word in words if word)


def _collation(name: str, engine: Engine) -> str:
    return quoted(name, engine) if engine == "postgresql" else name


def type_name(kind: DataType, engine: Engine) -> str:
    """Give a column's type as DDL has it."""
    if kind.family == "array" and kind.arguments:
        return f"{kind.arguments[0]}[]"
    if engine == "sqlite":
        # An affinity is told by the words that were written.
        return kind.declared or str(kind)
    if kind.family == "enum":
        return f"{kind.name}({', '.join(map(_text, kind.arguments))})"
    if engine in _PLAIN_ENGINES and kind.name.endswith(" unsigned") and kind.arguments:
        return f"{kind.name.removesuffix(' unsigned')}({','.join(kind.arguments)}) unsigned"
    return str(kind)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
