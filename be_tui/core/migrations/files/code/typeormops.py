"""TypeORM's query runner, each call turned into the statements that TypeORM makes of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.values import (
    Call,
    NotStatic,
    literal,
    text_in,
    texts_in,
)
from be_tui.core.migrations.files.ddl import Ddl, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from be_tui.core.migrations.files.code.values import Recorder
    from be_tui.core.sqltext import Target

_NORMAL = {
    "int": "integer",
    "int4": "integer",
    "int8": "bigint",
    "int2": "smallint",
    "bool": "boolean",
    "varchar": "character varying",
    "char": "character",
    "timestamptz": "TIMESTAMP WITH TIME ZONE",
    "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
    "timestamp": "TIMESTAMP",
    "float8": "double precision",
    "float4": "real",
    "decimal": "numeric",
}
"""PostgreSQL's own names of types, as TypeORM writes them."""

_SERIAL = {"integer": "SERIAL", "bigint": "BIGSERIAL", "smallint": "SMALLSERIAL"}
_HARMLESS = frozenset(
    {"startTransaction", "hasTable", "hasColumn", "connect", "release", "getTable", "log"}
)


class TypeormOps:
    """Records what calls of the query runner do."""

    def __init__(self, recorder: Recorder, target: Target) -> None:
        """Record into one script."""
        self._to, self._target = recorder, target
        self._ddl = Ddl(target, always_quoted=True)
        self._postgres = target.engine == "postgresql"
        self._makers: dict[str, Callable[[Call], Iterator[str]]] = {
            "createTable": self._create_table,
            "dropTable": self._drop_table,
            "addColumn": self._add_column,
            "addColumns": self._add_column,
            "dropColumn": self._drop_column,
            "dropColumns": self._drop_column,
            "renameColumn": self._rename_column,
            "createIndex": self._create_index,
            "createIndices": self._create_index,
            "dropIndex": self._drop_index,
            "createForeignKey": self._create_foreign_key,
            "createForeignKeys": self._create_foreign_key,
            "dropForeignKey": self._drop_constraint,
            "createUniqueConstraint": self._create_unique,
            "dropUniqueConstraint": self._drop_constraint,
            "createCheckConstraint": self._create_check,
            "dropCheckConstraint": self._drop_constraint,
            "createPrimaryKey": self._create_primary,
            "createSchema": self._create_schema,
        }

    def perform(self, call: Call) -> None:
        """Record one call; what it cannot tell is recorded as not read."""
        if call.last == "query":
            sql = call.get(0, "")
            if not isinstance(sql, str):
                self._to.unknown("its SQL is known only when it runs", call.spot)
            elif len(call.args) > 1 and call.args[1] not in ([], None):
                self._to.unknown("its values are given as it runs", call.spot)
            else:
                self._to.sql(sql, call.spot)
            return
        if call.last in _HARMLESS or call.name.startswith("console."):
            return
        maker = self._makers.get(call.last)
        if maker is None:
            self._to.unknown(f"what `{call.last}` does shows only when it runs", call.spot)
            return
        try:
            self._to.call(list(maker(call)), call.spot)
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)

    def _table(self, value: object) -> str:
        if isinstance(value, Call) and value.last == "Table":
            value = _options(value).get("name")
        name = text_in(value, "the table's name")
        return ".".join(self._ddl.name(each) for each in name.split("."))

    def _bare(self, value: object) -> str:
        if isinstance(value, Call) and value.last == "Table":
            value = _options(value).get("name")
        return text_in(value, "the table's name")

    def _made(self, prefix: str, table: str, columns: Sequence[str], where: str = "") -> str:
        """Give the name that TypeORM makes up."""
        key = f"{table.replace('.', '_')}_{'_'.join(sorted(columns))}"
        key += f"_{where}" if where else ""
        digest = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
        return f"{prefix}_{digest[: 26 if prefix == 'IDX' else 27]}"

    def _create_table(self, call: Call) -> Iterator[str]:
        options = _options(call.get(0, ""))
        bare, table = self._bare(call.get(0, "")), self._table(call.get(0, ""))
        columns = [_options(each) for each in _list(options.get("columns"))]
        for each in columns:
            yield from self._enum(bare, each)
        lines = [self._column(bare, each) for each in columns]
        for each in columns:
            name = text_in(each.get("name"), "a column's name")
            if each.get("isUnique") is True and self._postgres:
                unique = self._ddl.name(self._made("UQ", bare, [name]))
                lines.append(f"CONSTRAINT {unique} UNIQUE ({self._ddl.name(name)})")
        parts = (
            ("uniques", self._unique),
            ("checks", self._check),
            ("foreignKeys", self._foreign_key),
        )
        for key, make in parts:
            lines += [make(bare, _options(each)) for each in _list(options.get(key))]
        keys = [str(each.get("name")) for each in columns if each.get("isPrimary") is True]
        if keys:
            text = f"PRIMARY KEY ({self._ddl.names(keys)})"
            given = columns[0].get("primaryKeyConstraintName")
            made = given if isinstance(given, str) else self._made("PK", bare, keys)
            lines.append(self._ddl.named(made, text) if self._postgres else text)
        guarded = call.get(1, "") is True
        yield self._ddl.create_table(table, lines, guarded=guarded)
        for each in map(_options, _list(options.get("indices"))):
            yield self._index(bare, table, each)

    def _enum(self, table: str, column: dict[object, object]) -> Iterator[str]:
        if self._postgres and column.get("type") == "enum":
            values = ", ".join(literal(e) for e in texts_in(column.get("enum"), "its values"))
            yield f"CREATE TYPE {self._enum_name(table, column)} AS ENUM({values})"

    def _enum_name(self, table: str, column: dict[object, object]) -> str:
        given = column.get("enumName")
        name = text_in(column.get("name"), "a column's name")
        made = given if isinstance(given, str) else f"{table}_{name}_enum".lower()
        return self._ddl.name(made)

    def _column(self, table: str, column: dict[object, object]) -> str:
        name = text_in(column.get("name"), "a column's name")
        kind = self._type(table, column)
        generated = column.get("isGenerated") is True
        strategy = column.get("generationStrategy", "increment" if generated else None)
        words = [self._ddl.name(name)]
        default = column.get("default")
        given = (
            ""
            if default is None
            else f"DEFAULT {default if isinstance(default, str) else literal(default)}"
        )
        if generated and strategy == "increment":
            if self._postgres:
                kind = _SERIAL.get(kind, "SERIAL")
            words.append(kind)
            words.append("" if self._postgres else _counted(self._target))
        else:
            words.append(kind)
        if generated and strategy == "uuid" and self._postgres:
            given = "DEFAULT uuid_generate_v4()"
        null = "" if column.get("isNullable") is True else "NOT NULL"
        words += [null, given] if self._postgres else [given, null]
        return " ".join(word for word in words if word)

    def _type(self, table: str, column: dict[object, object]) -> str:
        kind = text_in(column.get("type"), "a column's type").lower()
        if kind == "enum" and self._postgres:
            return self._enum_name(table, column)
        if kind == "enum":
            values = ", ".join(literal(e) for e in texts_in(column.get("enum"), "its values"))
            return f"enum ({values})"
        plain = _NORMAL.get(kind, kind) if self._postgres else kind
        length = column.get("length")
        precision, scale = column.get("precision"), column.get("scale")
        if isinstance(length, (str, int)) and str(length):
            plain += f"({length})"
        elif isinstance(precision, int) and isinstance(scale, int):
            plain += f"({precision},{scale})"
        elif isinstance(precision, int):
            head, _, tail = plain.partition(" ")
            plain = f"{head}({precision})" + (f" {tail}" if tail else "")
        if kind == "varchar" and length is None and not self._postgres:
            plain += "(255)"
        plain += "[]" if column.get("isArray") is True and self._postgres else ""
        return plain

    def _unique(self, table: str, options: dict[object, object]) -> str:
        columns = texts_in(options.get("columnNames"), "its columns")
        name = options.get("name")
        made = name if isinstance(name, str) else self._made("UQ", table, columns)
        return self._ddl.named(made, f"UNIQUE ({self._ddl.names(columns)})")

    def _check(self, table: str, options: dict[object, object]) -> str:
        expression = text_in(options.get("expression"), "a condition")
        name = options.get("name")
        made = name if isinstance(name, str) else self._made("CHK", table, [expression])
        return self._ddl.named(made, f"CHECK ({expression})")

    def _foreign_key(self, table: str, options: dict[object, object]) -> str:
        columns = texts_in(options.get("columnNames"), "its columns")
        there = self._table(options.get("referencedTableName"))
        to = texts_in(options.get("referencedColumnNames"), "what it refers to")
        name = options.get("name")
        made = name if isinstance(name, str) else self._made("FK", table, columns)
        tail = rules(options.get("onDelete"), options.get("onUpdate"))
        tail += f" DEFERRABLE {options['deferrable']}" if options.get("deferrable") else ""
        return self._ddl.named(made, self._ddl.foreign_key(columns, there, to, tail))

    def _index(self, bare: str, table: str, options: dict[object, object]) -> str:
        columns = texts_in(options.get("columnNames"), "its columns")
        where = options.get("where")
        condition = where if isinstance(where, str) else ""
        name = options.get("name")
        made = name if isinstance(name, str) else self._made("IDX", bare, columns, condition)
        return self._ddl.create_index(
            self._ddl.name(made),
            table,
            list(map(self._ddl.name, columns)),
            unique=options.get("isUnique") is True,
            concurrently=options.get("isConcurrent") is True,
            where=condition,
        )

    def _drop_table(self, call: Call) -> Iterator[str]:
        yield self._ddl.drop_table(self._table(call.get(0, "")), guarded=call.get(1, "") is True)

    def _add_column(self, call: Call) -> Iterator[str]:
        bare, table = self._bare(call.get(0, "")), self._table(call.get(0, ""))
        given = call.get(1, "")
        for each in map(_options, _list(given) if isinstance(given, list) else [given]):
            yield from self._enum(bare, each)
            yield f"ALTER TABLE {table} ADD {self._column(bare, each)}"
            if each.get("isUnique") is True:
                name = text_in(each.get("name"), "a column's name")
                yield self._ddl.add_constraint(table, self._unique(bare, {"columnNames": [name]}))

    def _drop_column(self, call: Call) -> Iterator[str]:
        given = call.get(1, "")
        for each in given if isinstance(given, list) else [given]:
            name = _options(each).get("name") if isinstance(each, Call) else each
            column = text_in(name, "the column's name")
            yield self._ddl.drop_column(self._table(call.get(0, "")), column)

    def _rename_column(self, call: Call) -> Iterator[str]:
        new = call.get(2, "")
        name = _options(new).get("name") if isinstance(new, Call) else new
        old = text_in(call.get(1, ""), "the column's name")
        table = self._table(call.get(0, ""))
        yield self._ddl.rename_column(table, old, text_in(name, "the new name"))

    def _create_index(self, call: Call) -> Iterator[str]:
        given = call.get(1, "")
        for each in map(_options, given if isinstance(given, list) else [given]):
            yield self._index(self._bare(call.get(0, "")), self._table(call.get(0, "")), each)

    def _drop_index(self, call: Call) -> Iterator[str]:
        given = call.get(1, "")
        name = _options(given).get("name") if isinstance(given, Call) else given
        quoted = self._ddl.name(text_in(name, "the index's name"))
        yield self._ddl.drop_index(quoted, self._table(call.get(0, "")))

    def _create_foreign_key(self, call: Call) -> Iterator[str]:
        given = call.get(1, "")
        for each in map(_options, given if isinstance(given, list) else [given]):
            text = self._foreign_key(self._bare(call.get(0, "")), each)
            yield self._ddl.add_constraint(self._table(call.get(0, "")), text)

    def _create_unique(self, call: Call) -> Iterator[str]:
        text = self._unique(self._bare(call.get(0, "")), _options(call.get(1, "")))
        yield self._ddl.add_constraint(self._table(call.get(0, "")), text)

    def _create_check(self, call: Call) -> Iterator[str]:
        text = self._check(self._bare(call.get(0, "")), _options(call.get(1, "")))
        yield self._ddl.add_constraint(self._table(call.get(0, "")), text)

    def _create_primary(self, call: Call) -> Iterator[str]:
        columns = texts_in(call.get(1, ""), "the key's columns")
        name = self._made("PK", self._bare(call.get(0, "")), columns)
        text = self._ddl.named(name, f"PRIMARY KEY ({self._ddl.names(columns)})")
        yield self._ddl.add_constraint(self._table(call.get(0, "")), text)

    def _drop_constraint(self, call: Call) -> Iterator[str]:
        given = call.get(1, "")
        name = _options(given).get("name") if isinstance(given, Call) else given
        table = self._table(call.get(0, ""))
        text = text_in(name, "the constraint's name")
        kind = "foreignkey" if call.last == "dropForeignKey" else "unique"
        yield self._ddl.drop_constraint(
            table, text, "foreignkey" if kind == "foreignkey" else "unique"
        )

    def _create_schema(self, call: Call) -> Iterator[str]:
        guard = "IF NOT EXISTS " if call.get(1, "") is True else ""
        yield f"CREATE SCHEMA {guard}{self._table(call.get(0, ''))}"


def _counted(target: Target) -> str:
    return "AUTO_INCREMENT" if target.is_mysql else ""


def _options(value: object) -> dict[object, object]:
    """Give the object that something is made from: `new Table({…})`, or the object itself."""
    if isinstance(value, Call):
        value = value.args[0] if value.args else None
    if isinstance(value, dict):
        return value
    raise NotStatic("what it is made from is known only when it runs")


def _list(value: object) -> list[object]:
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise NotStatic("a list is known only when it runs")
