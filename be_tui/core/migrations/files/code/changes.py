"""Liquibase's change types, each turned into the statements that Liquibase makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.markup import Part
from be_tui.core.migrations.files.code.values import NotStatic, literal
from be_tui.core.migrations.files.ddl import Ddl, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.sqltext import Target

_TYPES: dict[str, tuple[str, str]] = {
    "datetime": ("TIMESTAMP WITHOUT TIME ZONE", "datetime"),
    "timestamp": ("TIMESTAMP WITHOUT TIME ZONE", "timestamp"),
    "clob": ("TEXT", "LONGTEXT"),
    "longtext": ("TEXT", "LONGTEXT"),
    "blob": ("OID", "LONGBLOB"),
    "number": ("numeric", "numeric"),
    "int": ("INTEGER", "INT"),
    "integer": ("INTEGER", "INT"),
    "tinyint": ("SMALLINT", "TINYINT"),
    "double": ("DOUBLE PRECISION", "DOUBLE"),
    "boolean": ("BOOLEAN", "BIT(1)"),
    "uuid": ("UUID", "CHAR(36)"),
    "nvarchar": ("VARCHAR", "NVARCHAR"),
    "currency": ("DECIMAL", "DECIMAL"),
}
"""Types that Liquibase translates: for PostgreSQL, for MySQL."""

_TYPE = re.compile(r"(?:java\.sql\.Types\.)?(?P<name>\w+)(?P<size>\([^)]*\))?(?P<more>.*)", re.S)
_SIZELESS = frozenset({"int", "integer", "tinyint", "boolean", "uuid", "clob", "double"})


class Changes:
    """Writes the SQL of changes for one engine."""

    def __init__(self, target: Target) -> None:
        """Write for an engine."""
        self._ddl = Ddl(target, always_quoted=False)
        self._engine = target.engine
        self._makers: dict[str, Callable[[Part], Iterator[str]]] = {
            "createTable": self._create_table,
            "dropTable": self._drop_table,
            "renameTable": self._rename_table,
            "addColumn": self._add_column,
            "dropColumn": self._drop_column,
            "renameColumn": self._rename_column,
            "modifyDataType": self._modify_type,
            "createIndex": self._create_index,
            "dropIndex": self._drop_index,
            "addForeignKeyConstraint": self._add_foreign_key,
            "dropForeignKeyConstraint": self._drop_named,
            "addPrimaryKey": self._add_primary,
            "dropPrimaryKey": self._drop_named,
            "addUniqueConstraint": self._add_unique,
            "dropUniqueConstraint": self._drop_named,
            "addCheckConstraint": self._add_check,
            "addNotNullConstraint": self._add_not_null,
            "dropNotNullConstraint": self._drop_not_null,
            "addDefaultValue": self._add_default,
            "dropDefaultValue": self._drop_default,
            "createSequence": self._create_sequence,
            "dropSequence": self._drop_sequence,
            "renameSequence": self._rename_sequence,
            "createView": self._create_view,
            "dropView": self._drop_view,
            "renameView": self._rename_view,
            "insert": self._insert,
            "update": self._update,
            "delete": self._delete,
            "setTableRemarks": self._table_remarks,
            "setColumnRemarks": self._column_remarks,
            "addAutoIncrement": self._add_auto_increment,
        }

    def sql(self, change: Part) -> list[str]:
        """Give the statements of a change.

        Raises:
            NotStatic: It is none that is known, or says too little.
        """
        maker = self._makers.get(change.tag)
        if maker is None:
            raise NotStatic(f"what `{change.tag}` does is not known here")
        return list(maker(change))

    def undone(self, change: Part) -> list[Part]:
        """Give the changes that Liquibase undoes a change with, where it can by itself.

        Raises:
            NotStatic: It has no way back of its own.
        """
        given, spot = change.attributes, change.spot
        plain = {
            "createTable": "dropTable",
            "createView": "dropView",
            "createSequence": "dropSequence",
            "createIndex": "dropIndex",
            "addUniqueConstraint": "dropUniqueConstraint",
            "addPrimaryKey": "dropPrimaryKey",
            "addNotNullConstraint": "dropNotNullConstraint",
            "dropNotNullConstraint": "addNotNullConstraint",
            "addDefaultValue": "dropDefaultValue",
        }
        if change.tag in plain:
            return [Part(plain[change.tag], given, spot)]
        if change.tag == "addForeignKeyConstraint":
            return [Part("dropForeignKeyConstraint", given, spot)]
        if change.tag == "addColumn":
            columns = reversed(_columns(change))
            return [
                Part("dropColumn", {**given, "columnName": each.get("name")}, spot)
                for each in columns
            ]
        if change.tag in {"renameTable", "renameColumn", "renameView", "renameSequence"}:
            return [Part(change.tag, _swapped(given), spot)]
        raise NotStatic(f"`{change.tag}` has no way back of its own")

    def _need(self, change: Part, name: str) -> str:
        value = change.get(name)
        if not value:
            raise NotStatic(f"`{change.tag}` has no `{name}`")
        return value

    def _table(self, change: Part, name: str = "tableName") -> str:
        schema = change.get("schemaName") or None
        return self._ddl.table(self._need(change, name), schema)

    def _names(self, text: str) -> list[str]:
        return [each.strip() for each in text.split(",")]

    def _type(self, text: str) -> str:
        found = _TYPE.fullmatch(text.strip())
        if found is None:
            return text
        name = found["name"].lower()
        known = _TYPES.get(name)
        if known is None or self._engine == "sqlite" or found["more"].strip():
            return f"{found['name']}{found['size'] or ''}{found['more']}"
        size = "" if name in _SIZELESS else found["size"] or ""
        return known[0 if self._engine == "postgresql" else 1] + size

    def _column(self, column: Part) -> str:
        constraints = _constraints(column)
        words = [self._ddl.name(self._need(column, "name")), self._type(self._need(column, "type"))]
        if column.true("autoIncrement"):
            counted = {
                "postgresql": "GENERATED BY DEFAULT AS IDENTITY",
                "sqlite": "",
            }
            words.append(counted.get(self._engine, "AUTO_INCREMENT"))
        default = _default(column)
        words.append(f"DEFAULT {default}" if default else "")
        words.append("NOT NULL" if _not_null(constraints) else "")
        return " ".join(word for word in words if word)

    def _create_table(self, change: Part) -> Iterator[str]:
        table = self._table(change)
        columns = _columns(change)
        lines = [self._column(each) for each in columns]
        keys = [each for each in columns if _constraints(each).true("primaryKey")]
        if keys:
            names = self._ddl.names(each.get("name") for each in keys)
            usual = f"{change.get('tableName')}_pkey" if self._engine == "postgresql" else None
            named = _constraints(keys[0]).get("primaryKeyName") or usual
            lines.append(self._ddl.named(named, f"PRIMARY KEY ({names})"))
        marks = [mark for column in columns for mark in self._with_column(column)]
        # What refers to another table stands before what is unique, as Liquibase has it.
        lines += sorted(marks, key=lambda mark: "FOREIGN KEY" not in mark)
        guarded = change.true("ifNotExists")
        yield self._ddl.create_table(table, lines, guarded=guarded)
        if change.get("remarks") and self._engine == "postgresql":
            yield f"COMMENT ON TABLE {table} IS {literal(change.get('remarks'))}"
        yield from self._remarks(table, columns)

    def _with_column(self, column: Part) -> Iterator[str]:
        constraints = _constraints(column)
        name = column.get("name")
        if constraints.true("unique"):
            text = f"UNIQUE ({self._ddl.name(name)})"
            yield self._ddl.named(constraints.get("uniqueConstraintName") or None, text)
        if constraints.get("checkConstraint"):
            yield f"CHECK ({constraints.get('checkConstraint')})"
        reference = self._reference(constraints)
        if reference:
            yield self._ddl.named(
                constraints.get("foreignKeyName") or None,
                f"FOREIGN KEY ({self._ddl.name(name)}) REFERENCES {reference}",
            )

    def _reference(self, constraints: Part) -> str:
        if constraints.get("references"):
            return constraints.get("references")
        table = constraints.get("referencedTableName")
        if not table:
            return ""
        columns = self._names(constraints.get("referencedColumnNames"))
        tail = " ON DELETE CASCADE" if constraints.true("deleteCascade") else ""
        return f"{self._ddl.name(table)} ({self._ddl.names(columns)}){tail}"

    def _remarks(self, table: str, columns: list[Part]) -> Iterator[str]:
        for column in columns:
            if column.get("remarks") and self._engine == "postgresql":
                name = self._ddl.name(column.get("name"))
                yield f"COMMENT ON COLUMN {table}.{name} IS {literal(column.get('remarks'))}"

    def _drop_table(self, change: Part) -> Iterator[str]:
        yield self._ddl.drop_table(self._table(change), cascade=change.true("cascadeConstraints"))

    def _rename_table(self, change: Part) -> Iterator[str]:
        to = self._ddl.name(self._need(change, "newTableName"))
        yield self._ddl.rename_table(self._table(change, "oldTableName"), to)

    def _add_column(self, change: Part) -> Iterator[str]:
        table = self._table(change)
        columns = _columns(change)
        for column in columns:
            definition = self._column(column)
            constraints = _constraints(column)
            definition += " PRIMARY KEY" if constraints.true("primaryKey") else ""
            yield self._ddl.add_column(table, definition)
            for constraint in self._with_column(column):
                yield self._ddl.add_constraint(table, constraint)
            value = _value(column)
            if value:
                yield f"UPDATE {table} SET {self._ddl.name(column.get('name'))} = {value}"  # noqa: S608 (read, not run)
        yield from self._remarks(table, columns)

    def _drop_column(self, change: Part) -> Iterator[str]:
        names = [each.get("name") for each in _columns(change)] or [
            self._need(change, "columnName")
        ]
        for name in names:
            yield self._ddl.drop_column(self._table(change), name)

    def _rename_column(self, change: Part) -> Iterator[str]:
        old, new = self._need(change, "oldColumnName"), self._need(change, "newColumnName")
        yield self._ddl.rename_column(self._table(change), old, new)

    def _modify_type(self, change: Part) -> Iterator[str]:
        table, name = self._table(change), self._need(change, "columnName")
        kind = self._type(self._need(change, "newDataType"))
        if self._ddl.is_mysql:
            yield self._ddl.modify(table, name, kind)
        else:
            using = f"({self._ddl.name(name)}::{kind})"
            yield self._ddl.set_type(table, name, kind, using)

    def _create_index(self, change: Part) -> Iterator[str]:
        columns = []
        for each in _columns(change):
            name = each.get("name")
            part = name if each.true("computed") else self._ddl.name(name)
            columns.append(part + (" DESC" if each.true("descending") else ""))
        name = self._ddl.name(self._need(change, "indexName"))
        unique = change.true("unique")
        yield self._ddl.create_index(name, self._table(change), columns, unique=unique)

    def _drop_index(self, change: Part) -> Iterator[str]:
        name = self._ddl.name(self._need(change, "indexName"))
        table = self._table(change) if change.get("tableName") else ""
        yield self._ddl.drop_index(name, table)

    def _add_foreign_key(self, change: Part) -> Iterator[str]:
        base = self._ddl.table(
            self._need(change, "baseTableName"), change.get("baseTableSchemaName") or None
        )
        there = self._ddl.table(
            self._need(change, "referencedTableName"),
            change.get("referencedTableSchemaName") or None,
        )
        columns = self._names(self._need(change, "baseColumnNames"))
        to = self._names(self._need(change, "referencedColumnNames"))
        on_delete = "CASCADE" if change.true("deleteCascade") else change.get("onDelete")
        tail = rules(on_delete, change.get("onUpdate"))
        tail += " DEFERRABLE" if change.true("deferrable") else ""
        tail += " INITIALLY DEFERRED" if change.true("initiallyDeferred") else ""
        tail += " NOT VALID" if change.get("validate") == "false" else ""
        text = self._ddl.foreign_key(columns, there, to, tail)
        name = self._need(change, "constraintName")
        yield self._ddl.add_constraint(base, self._ddl.named(name, text))

    def _drop_named(self, change: Part) -> Iterator[str]:
        table = change.get("baseTableName") or self._need(change, "tableName")
        usual = f"{table}_pkey" if change.tag == "dropPrimaryKey" else ""
        name = change.get("constraintName") or usual
        if not name:
            raise NotStatic(f"`{change.tag}` has no `constraintName`")
        if change.tag == "dropForeignKeyConstraint":
            schema = change.get("baseTableSchemaName") or None
            yield self._ddl.drop_constraint(self._ddl.table(table, schema), name, "foreignkey")
        elif change.tag == "dropPrimaryKey":
            yield self._ddl.drop_constraint(self._table(change), name, "primary")
        else:
            yield self._ddl.drop_constraint(self._table(change), name, "unique")

    def _add_primary(self, change: Part) -> Iterator[str]:
        columns = self._ddl.names(self._names(self._need(change, "columnNames")))
        name = change.get("constraintName") or None
        text = self._ddl.named(name, f"PRIMARY KEY ({columns})")
        yield self._ddl.add_constraint(self._table(change), text)

    def _add_unique(self, change: Part) -> Iterator[str]:
        columns = self._ddl.names(self._names(self._need(change, "columnNames")))
        text = self._ddl.named(change.get("constraintName") or None, f"UNIQUE ({columns})")
        text += " DEFERRABLE" if change.true("deferrable") else ""
        text += " INITIALLY DEFERRED" if change.true("initiallyDeferred") else ""
        yield self._ddl.add_constraint(self._table(change), text)

    def _add_check(self, change: Part) -> Iterator[str]:
        body = change.get("constraintBody") or change.text.strip()
        text = self._ddl.named(change.get("constraintName") or None, f"CHECK ({body})")
        yield self._ddl.add_constraint(self._table(change), text)

    def _add_not_null(self, change: Part) -> Iterator[str]:
        table, name = self._table(change), self._need(change, "columnName")
        value = change.get("defaultNullValue")
        if value:
            column = self._ddl.name(name)
            filled = literal(value)
            yield f"UPDATE {table} SET {column} = {filled} WHERE {column} IS NULL"  # noqa: S608 (read, not run)
        if self._ddl.is_mysql:
            kind = self._type(self._need(change, "columnDataType"))
            yield self._ddl.modify(table, name, f"{kind} NOT NULL")
        else:
            yield self._ddl.set_null(table, name, nullable=False)

    def _drop_not_null(self, change: Part) -> Iterator[str]:
        table, name = self._table(change), self._need(change, "columnName")
        if self._ddl.is_mysql:
            kind = self._type(self._need(change, "columnDataType"))
            yield self._ddl.modify(table, name, f"{kind} NULL")
        else:
            yield self._ddl.set_null(table, name, nullable=True)

    def _add_default(self, change: Part) -> Iterator[str]:
        default = _default(change)
        if not default:
            raise NotStatic("`addDefaultValue` has no value")
        yield self._ddl.set_default(self._table(change), self._need(change, "columnName"), default)

    def _drop_default(self, change: Part) -> Iterator[str]:
        yield self._ddl.set_default(self._table(change), self._need(change, "columnName"), "")

    def _add_auto_increment(self, change: Part) -> Iterator[str]:
        table, name = self._table(change), self._need(change, "columnName")
        if self._engine != "postgresql":
            kind = self._type(self._need(change, "columnDataType"))
            yield self._ddl.modify(table, name, f"{kind} AUTO_INCREMENT")
        else:
            column = self._ddl.name(name)
            sequence = self._ddl.name(f"{change.get('tableName')}_{name}_seq")
            yield f"CREATE SEQUENCE IF NOT EXISTS {sequence}"
            yield self._ddl.set_null(table, name, nullable=False)
            yield self._ddl.set_default(table, name, f"nextval('{sequence}')")
            yield f"ALTER SEQUENCE {sequence} OWNED BY {table}.{column}"

    def _create_sequence(self, change: Part) -> Iterator[str]:
        words = ["CREATE SEQUENCE", "IF NOT EXISTS" if self._engine == "postgresql" else ""]
        words.append(self._table(change, "sequenceName"))
        words.append(f"AS {change.get('dataType')}" if change.get("dataType") else "")
        for name, word in (
            ("startValue", "START WITH"),
            ("incrementBy", "INCREMENT BY"),
            ("minValue", "MINVALUE"),
            ("maxValue", "MAXVALUE"),
            ("cacheSize", "CACHE"),
        ):
            words.append(f"{word} {change.get(name)}" if change.get(name) else "")
        words.append("CYCLE" if change.true("cycle") else "")
        yield " ".join(word for word in words if word)

    def _drop_sequence(self, change: Part) -> Iterator[str]:
        cascade = " CASCADE" if self._engine == "postgresql" else ""
        yield f"DROP SEQUENCE {self._table(change, 'sequenceName')}{cascade}"

    def _rename_sequence(self, change: Part) -> Iterator[str]:
        old = self._table(change, "oldSequenceName")
        to = self._ddl.name(self._need(change, "newSequenceName"))
        yield f"ALTER SEQUENCE {old} RENAME TO {to}"

    def _create_view(self, change: Part) -> Iterator[str]:
        query = change.get("selectQuery") or change.text.strip()
        if not query:
            raise NotStatic("`createView` has no query here")
        if change.true("fullDefinition"):
            yield query
            return
        replaced = "OR REPLACE " if change.true("replaceIfExists") else ""
        yield f"CREATE {replaced}VIEW {self._table(change, 'viewName')} AS {query}"

    def _drop_view(self, change: Part) -> Iterator[str]:
        yield f"DROP VIEW {self._table(change, 'viewName')}"

    def _rename_view(self, change: Part) -> Iterator[str]:
        to = self._ddl.name(self._need(change, "newViewName"))
        yield f"ALTER TABLE {self._table(change, 'oldViewName')} RENAME TO {to}"

    def _insert(self, change: Part) -> Iterator[str]:
        columns = _columns(change)
        names = self._ddl.names(each.get("name") for each in columns)
        values = ", ".join(_value(each) or "NULL" for each in columns)
        yield f"INSERT INTO {self._table(change)} ({names}) VALUES ({values})"  # noqa: S608 (read, not run)

    def _update(self, change: Part) -> Iterator[str]:
        pairs = ", ".join(
            f"{self._ddl.name(each.get('name'))} = {_value(each) or 'NULL'}"
            for each in _columns(change)
        )
        yield f"UPDATE {self._table(change)} SET {pairs}{_where(change)}"  # noqa: S608 (read, not run)

    def _delete(self, change: Part) -> Iterator[str]:
        yield f"DELETE FROM {self._table(change)}{_where(change)}"  # noqa: S608 (read, not run)

    def _table_remarks(self, change: Part) -> Iterator[str]:
        if self._engine == "postgresql":
            yield f"COMMENT ON TABLE {self._table(change)} IS {literal(change.get('remarks'))}"

    def _column_remarks(self, change: Part) -> Iterator[str]:
        if self._engine == "postgresql":
            column = f"{self._table(change)}.{self._ddl.name(self._need(change, 'columnName'))}"
            yield f"COMMENT ON COLUMN {column} IS {literal(change.get('remarks'))}"


def _swapped(given: dict[str, str]) -> dict[str, str]:
    """Give the attributes of a renaming the other way round."""
    swapped = dict(given)
    for key, value in given.items():
        if key.startswith("old"):
            swapped["new" + key[3:]] = value
        elif key.startswith("new"):
            swapped["old" + key[3:]] = value
    return swapped


def _columns(change: Part) -> list[Part]:
    """Give a change's columns; YAML has them in a list of their own."""
    found = change.all("column")
    for inner in change.all("columns"):
        found += inner.all("column")
    return found


def _constraints(column: Part) -> Part:
    found = column.all("constraints")
    return found[0] if found else Part("constraints", {}, column.spot)


def _not_null(constraints: Part) -> bool:
    return constraints.true("primaryKey") or constraints.get("nullable") == "false"


def _default(column: Part) -> str:
    """Give a default as SQL; empty where there is none."""
    return _given(column, "defaultValue", "")


def _value(column: Part) -> str:
    """Give a value as SQL; empty where there is none."""
    return _given(column, "value", "")


def _given(column: Part, stem: str, other: str) -> str:
    given = column.attributes
    if stem in given:
        return literal(given[stem])
    for kind in ("Computed", "Numeric", "SequenceNext"):
        value = given.get(stem + kind)
        if value is not None:
            return f"nextval('{value}')" if kind == "SequenceNext" else value
    if f"{stem}Boolean" in given:
        return given[f"{stem}Boolean"].upper()
    if f"{stem}Date" in given:
        value = given[f"{stem}Date"]
        return value if re.match(r"[A-Za-z]", value) else literal(value.replace("T", " "))
    return other


def _where(change: Part) -> str:
    where = change.get("where")
    for inner in change.all("where"):
        where = inner.text.strip()
    return f" WHERE {where}" if where else ""
