"""Alembic's operations, each turned into the statements that Alembic makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from be_tui.core.migrations.files.code.alchemytypes import (
    enum_name,
    enum_values,
    is_enum,
    type_sql,
)
from be_tui.core.migrations.files.code.values import (
    Call,
    NotStatic,
    Unknown,
    Written,
    literal,
    text_in,
    texts_in,
)
from be_tui.core.migrations.files.ddl import ConstraintKind, Ddl, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.migrations.files.code.values import Recorder
    from be_tui.core.sqltext import Target

BOUND = re.compile(r"(?<![:\w$\\]):([\w$]+)(?![:\w$])")
"""A parameter in SQL that is given as text; SQLAlchemy's own pattern."""

ESCAPED = re.compile(r"\\(:[\w$]*)(?![:\w$])")
"""A colon that a backslash keeps from beginning one."""

_SERIAL = {"INTEGER": "SERIAL", "BIGINT": "BIGSERIAL", "SMALLINT": "SMALLSERIAL"}
_CONSTRAINTS = frozenset(
    {"PrimaryKeyConstraint", "UniqueConstraint", "CheckConstraint", "ForeignKeyConstraint"}
)
_KINDS: dict[str, ConstraintKind] = {
    "primary": "primary",
    "unique": "unique",
    "foreignkey": "foreignkey",
    "check": "check",
}


class AlembicOps:
    """Records what calls of `op` do."""

    def __init__(self, recorder: Recorder, target: Target) -> None:
        """Record into one script."""
        self._to = recorder
        self._ddl = Ddl(target, always_quoted=False)
        self._engine = target.engine
        self._types: set[str] = set()

    def perform(self, call: Call) -> None:
        """Record one call; what it cannot tell is recorded as not read."""
        name = call.last
        run = self._operations().get(name)
        if run is None:
            self._to.unknown(f"what `{name}` does is not known", call.spot)
            return
        try:
            sql = list(run(self._batched(call)))
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)
            return
        self._to.call(sql, call.spot)

    def execute(self, call: Call, value: object) -> None:
        """Record SQL that is given to be executed."""
        if isinstance(value, Call) and value.last in {"text", "DDL"} and value.args:
            value = value.args[0]
        if isinstance(value, Call) and value.last == "bindparams":
            self._to.unknown("its parameters have their values when it runs", call.spot)
            return
        if isinstance(value, Call) and value.last in {"CreateSequence", "CreateSchema"}:
            self._created(call, value)
            return
        if not isinstance(value, str):
            why = value.why if isinstance(value, Unknown) else "made as it runs"
            self._to.unknown(f"its SQL is {why}", call.spot)
            return
        bound = BOUND.search(value)
        if bound:
            self._to.unknown(f"the parameter `{bound[0]}` has its value when it runs", call.spot)
            return
        plain = ESCAPED.sub(r"\1", value)
        kept = plain == value and isinstance(value, Written)
        self._to.sql(value if kept else str(plain), call.spot)

    def _created(self, call: Call, value: Call) -> None:
        inner = value.args[0] if value.args else None
        name = inner.args[0] if isinstance(inner, Call) and inner.args else inner
        if not isinstance(name, str):
            self._to.unknown("what it makes has its name when it runs", call.spot)
            return
        kind = "SEQUENCE" if value.last == "CreateSequence" else "SCHEMA"
        self._to.call(f"CREATE {kind} {self._ddl.name(name)}", call.spot)

    def enum(self, call: Call, kind: Call) -> None:
        """Record that an enumeration is made or dropped by itself."""
        name = enum_name(kind)
        if self._engine != "postgresql":
            return
        if not name:
            self._to.unknown("an enumeration without a name", call.spot)
        elif call.last == "drop":
            self._to.call(f"DROP TYPE {name}", call.spot)
        elif name not in self._types:
            try:
                self._to.call(self._create_type(kind), call.spot)
            except NotStatic as why:
                self._to.unknown(str(why), call.spot)

    def _operations(self) -> dict[str, Callable[[Call], Iterator[str]]]:
        return {
            "create_table": self._create_table,
            "drop_table": self._drop_table,
            "rename_table": self._rename_table,
            "add_column": self._add_column,
            "drop_column": self._drop_column,
            "alter_column": self._alter_column,
            "create_index": self._create_index,
            "drop_index": self._drop_index,
            "create_foreign_key": self._create_foreign_key,
            "create_unique_constraint": self._create_unique,
            "create_primary_key": self._create_primary,
            "create_check_constraint": self._create_check,
            "drop_constraint": self._drop_constraint,
            "create_table_comment": self._comment,
            "drop_table_comment": self._comment,
            "bulk_insert": self._bulk_insert,
        }

    def _batched(self, call: Call) -> Call:
        """Give a batch's operation as it would be called without one."""
        batch = call.of
        if not isinstance(batch, Call) or batch.last != "batch_alter_table":
            return call
        table, schema = batch.get(0, "table_name"), batch.get(1, "schema")
        named = {"schema": schema, **call.named}
        args = call.args
        if call.last in {"add_column", "drop_column", "alter_column"}:
            args = (table, *args)
        elif call.last == "create_foreign_key":
            named["source_schema"] = schema
            args = (*args[:1], table, *args[1:]) if args else args
            named["source_table"] = table
        elif call.last in {"create_table_comment", "drop_table_comment"}:
            args = (table, *args)
        elif call.last == "drop_index":
            named["table_name"] = table
        elif args:
            args = (args[0], table, *args[1:])
        else:
            named["table_name"] = table
        if call.last == "drop_constraint" and len(call.args) > 1:
            named["type_"] = call.args[1]
        return Call(f"alembic.op.{call.last}", call.spot, args, named)

    def _table(self, call: Call, index: int = 0, name: str = "table_name") -> str:
        table = text_in(call.get(index, name), "the table's name")
        return self._ddl.table(table, call.named.get("schema"))

    def _create_table(self, call: Call) -> Iterator[str]:
        table = self._table(call)
        columns = [each for each in call.args[1:] if isinstance(each, Call) and _is_column(each)]
        others = [each for each in call.args[1:] if each not in columns]
        primary = [
            text_in(each.get(0, "name"), "a column's name") for each in columns if _is_key(each)
        ]
        for each in others:
            if not isinstance(each, Call) or each.last not in _CONSTRAINTS:
                raise NotStatic("one of the table's parts is known only when it runs")
            if each.last == "PrimaryKeyConstraint":
                primary += texts_in(each.args, "the key's columns")
        for column in columns:
            yield from self._type_of(column)
        lines = [self._column(each, primary) for each in columns]
        inline = [each for each in columns if _is_key(each)]
        if inline:
            lines.append(f"PRIMARY KEY ({self._ddl.names(primary)})")
        others.sort(key=lambda each: cast("Call", each).last != "PrimaryKeyConstraint")
        lines += [self._constraint(cast("Call", each)) for each in others]
        for column in columns:
            lines += self._with_column(column)
        guarded = call.named.get("if_not_exists") is True
        yield self._ddl.create_table(table, lines, guarded=guarded)
        for column in columns:
            yield from self._indexed(table, call, column)
            yield from self._column_comment(table, column)
        if isinstance(call.named.get("comment"), str) and self._engine == "postgresql":
            yield f"COMMENT ON TABLE {table} IS {literal(call.named['comment'])}"

    def _type_of(self, column: Call) -> Iterator[str]:
        """Make the enumeration that a column is of, unless it was made before."""
        kind = column.get(1, "type_")
        if self._engine != "postgresql" or not isinstance(kind, Call) or not is_enum(kind):
            return
        name = enum_name(kind)
        native = kind.named.get("native_enum") is not False
        if native and kind.named.get("create_type") is not False and name not in self._types:
            yield self._create_type(kind)

    def _create_type(self, kind: Call) -> str:
        self._types.add(enum_name(kind))
        return f"CREATE TYPE {enum_name(kind)} AS ENUM ({enum_values(kind)})"

    def _column(self, column: Call, primary: list[str]) -> str:
        name = text_in(column.get(0, "name"), "a column's name")
        kind = column.get(1, "type_")
        sql = type_sql(kind, self._engine)
        parts = [part for part in column.args[1:] if isinstance(part, Call)]
        identity = next((part for part in parts if part.last == "Identity"), None)
        computed = next((part for part in parts if part.last == "Computed"), None)
        default = self._default(column.named.get("server_default"))
        is_key = name in primary
        nullable = column.named.get("nullable", not is_key)
        if not isinstance(nullable, bool):
            raise NotStatic("whether a column may be NULL is known only when it runs")
        counted = (
            is_key
            and len(primary) == 1
            and sql in _SERIAL
            and not default
            and identity is None
            and column.named.get("autoincrement", True) is not False
            and all(part.last != "ForeignKey" for part in parts)
        )
        if counted and self._engine == "postgresql":
            sql = _SERIAL[sql]
        words = [self._ddl.name(name), sql]
        if computed is not None:
            words.append(_computed(computed))
        if identity is not None and self._engine == "postgresql":
            always = identity.get(0, "always") is True
            words.append(f"GENERATED {'ALWAYS' if always else 'BY DEFAULT'} AS IDENTITY")
        null = "" if nullable or identity is not None else "NOT NULL"
        given = f"DEFAULT {default}" if default else ""
        words += [null, given] if self._ddl.is_mysql else [given, null]
        if counted and self._ddl.is_mysql:
            words.append("AUTO_INCREMENT")
        return " ".join(word for word in words if word)

    def _default(self, value: object) -> str:
        if value is None or value is False:
            return ""
        if isinstance(value, Call) and value.last in {"text", "DefaultClause", "literal_column"}:
            inner = value.args[0] if value.args else None
            if isinstance(inner, Call):
                return self._default(inner)
            return text_in(inner, "a default")
        if (
            isinstance(value, Call)
            and value.name.startswith("sqlalchemy")
            and ".func." in value.name
        ):
            if value.args:
                raise NotStatic("a default is known only when it runs")
            return "CURRENT_TIMESTAMP" if value.last == "current_timestamp" else f"{value.last}()"
        if isinstance(value, Call) and value.last in {"true", "false", "null"}:
            return value.last
        if isinstance(value, Call) and value.last in {"Computed", "Identity"}:
            return ""
        return literal(text_in(value, "a default"))

    def _with_column(self, column: Call) -> Iterator[str]:
        """Give what a column brings along to its table: its keys, that it is unique, its check."""
        name = text_in(column.get(0, "name"), "a column's name")
        if column.named.get("unique") is True and column.named.get("index") is not True:
            yield f"UNIQUE ({self._ddl.name(name)})"
        for part in column.args[1:]:
            if isinstance(part, Call) and part.last == "ForeignKey":
                yield self._reference(part, name)
            elif isinstance(part, Call) and part.last == "CheckConstraint":
                yield self._constraint(part)

    def _reference(self, part: Call, column: str) -> str:
        path = text_in(part.get(0, "column"), "what a foreign key refers to").split(".")
        table = ".".join(self._ddl.name(each) for each in path[:-1])
        text = self._ddl.foreign_key([column], table, path[-1:], _tail(part))
        return self._ddl.named(part.named.get("name"), text)

    def _constraint(self, part: Call) -> str:
        ddl = self._ddl
        name = part.named.get("name")
        if isinstance(name, Call):
            name = name.args[0] if name.args else None
        if part.last == "PrimaryKeyConstraint":
            text = f"PRIMARY KEY ({ddl.names(texts_in(part.args, 'the columns'))})"
        elif part.last == "UniqueConstraint":
            distinct = (
                " NULLS NOT DISTINCT" if part.named.get("postgresql_nulls_not_distinct") else ""
            )
            text = f"UNIQUE{distinct} ({ddl.names(texts_in(part.args, 'the columns'))})"
        elif part.last == "CheckConstraint":
            text = f"CHECK ({self._condition(part.get(0, 'sqltext'))})"
        else:
            columns = texts_in(part.get(0, "columns"), "a foreign key's columns")
            to = [each.split(".") for each in texts_in(part.get(1, "refcolumns"), "its columns")]
            table = ".".join(map(ddl.name, to[0][:-1])) if to else ""
            text = ddl.foreign_key(columns, table, [each[-1] for each in to], _tail(part))
        return ddl.named(name, text)

    def _condition(self, value: object) -> str:
        if isinstance(value, Call) and value.last == "text" and value.args:
            value = value.args[0]
        return ESCAPED.sub(r"\1", text_in(value, "a condition"))

    def _indexed(self, table: str, call: Call, column: Call) -> Iterator[str]:
        if column.named.get("index") is not True:
            return
        name = text_in(column.get(0, "name"), "a column's name")
        bare = text_in(call.get(0, "table_name"), "the table's name")
        unique = column.named.get("unique") is True
        index = self._ddl.name(f"ix_{bare}_{name}")
        yield self._ddl.create_index(index, table, [self._ddl.name(name)], unique=unique)

    def _column_comment(self, table: str, column: Call) -> Iterator[str]:
        comment = column.named.get("comment")
        if isinstance(comment, str) and self._engine == "postgresql":
            name = self._ddl.name(text_in(column.get(0, "name"), "a column's name"))
            yield f"COMMENT ON COLUMN {table}.{name} IS {literal(comment)}"

    def _drop_table(self, call: Call) -> Iterator[str]:
        guarded = call.named.get("if_exists") is True
        yield self._ddl.drop_table(self._table(call), guarded=guarded)

    def _rename_table(self, call: Call) -> Iterator[str]:
        to = text_in(call.get(1, "new_table_name"), "the new name")
        yield self._ddl.rename_table(self._table(call, 0, "old_table_name"), self._ddl.name(to))

    def _add_column(self, call: Call) -> Iterator[str]:
        table, column = self._table(call), call.get(1, "column")
        if not isinstance(column, Call) or not _is_column(column):
            raise NotStatic("the column is known only when it runs")
        key = [text_in(column.get(0, "name"), "its name")] if _is_key(column) else []
        guarded = call.named.get("if_not_exists") is True
        yield self._ddl.add_column(table, self._column(column, key), guarded=guarded)
        for constraint in self._with_column(column):
            yield self._ddl.add_constraint(table, constraint)
        yield from self._indexed(table, call, column)
        yield from self._column_comment(table, column)

    def _drop_column(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(1, "column_name"), "the column's name")
        yield self._ddl.drop_column(self._table(call), name)

    def _alter_column(self, call: Call) -> Iterator[str]:
        table = self._table(call)
        name = text_in(call.get(1, "column_name"), "the column's name")
        given = call.named
        if self._ddl.is_mysql:
            yield from self._modified(table, name, given)
            return
        if self._engine == "sqlite":
            raise NotStatic("SQLite has no such change; Alembic refuses it outside of a batch")
        if "type_" in given and given["type_"] is not None:
            using = given.get("postgresql_using")
            kind = type_sql(given["type_"], self._engine)
            yield self._ddl.set_type(table, name, kind, using if isinstance(using, str) else "")
        if given.get("nullable") is not None:
            nullable = given["nullable"]
            if not isinstance(nullable, bool):
                raise NotStatic("whether it may be NULL is known only when it runs")
            yield self._ddl.set_null(table, name, nullable=nullable)
        if "server_default" in given and given["server_default"] is not False:
            yield self._ddl.set_default(table, name, self._default(given["server_default"]))
        if "comment" in given and given["comment"] is not False:
            text = literal(given["comment"])
            yield f"COMMENT ON COLUMN {table}.{self._ddl.name(name)} IS {text}"
        if given.get("new_column_name") is not None:
            to = text_in(given["new_column_name"], "the new name")
            yield self._ddl.rename_column(table, name, to)

    def _modified(self, table: str, name: str, given: dict[str, object]) -> Iterator[str]:
        """Change a column of MySQL, which is told the whole column again."""
        changed = {"type_", "nullable", "new_column_name"} & given.keys()
        default = given.get("server_default", given.get("existing_server_default"))
        if not changed and "server_default" in given:
            yield self._ddl.set_default(table, name, self._default(default))
            return
        kind = given.get("type_") or given.get("existing_type")
        if kind is None:
            raise NotStatic("MySQL needs the column's type again, which the call does not name")
        nullable = given.get("nullable", given.get("existing_nullable", True))
        words = [type_sql(kind, self._engine), "NULL" if nullable else "NOT NULL"]
        words += [f"DEFAULT {self._default(default)}"] if self._default(default) else []
        to = given.get("new_column_name")
        if isinstance(to, str):
            new = self._ddl.name(to)
            yield f"ALTER TABLE {table} CHANGE {self._ddl.name(name)} {new} {' '.join(words)}"
            return
        yield self._ddl.modify(table, name, " ".join(words))

    def _create_index(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(0, "index_name"), "the index's name")
        columns = call.get(2, "columns")
        if not isinstance(columns, (list, tuple)):
            raise NotStatic("the index's columns are known only when it runs")
        parts = [self._indexed_part(each) for each in columns]
        kinds = call.named.get("postgresql_ops")
        if isinstance(kinds, dict):
            names = [str(each) for each in columns]
            given = [kinds.get(each, "") for each in names]
            parts = [f"{part} {kind}".strip() for part, kind in zip(parts, given, strict=True)]
        include = call.named.get("postgresql_include")
        where = call.named.get("postgresql_where") or call.named.get("sqlite_where")
        using = call.named.get("postgresql_using")
        options = call.named.get("postgresql_with")
        pairs = options.items() if isinstance(options, dict) else ()
        more = ", ".join(f"{key} = {value}" for key, value in pairs)
        distinct = call.named.get("postgresql_nulls_not_distinct") is True
        yield self._ddl.create_index(
            self._ddl.name(name),
            self._table(call, 1),
            parts,
            unique=call.get(4, "unique") is True or call.named.get("unique") is True,
            concurrently=call.named.get("postgresql_concurrently") is True,
            guarded=call.named.get("if_not_exists") is True,
            using=using if isinstance(using, str) else "",
            include=self._ddl.names(texts_in(include, "its columns")) if include else "",
            where=self._condition(where) if where is not None else "",
            more=("NULLS NOT DISTINCT " if distinct else "") + (f"WITH ({more})" if more else ""),
        )

    def _indexed_part(self, value: object) -> str:
        if isinstance(value, str):
            return self._ddl.name(value)
        if isinstance(value, Call) and value.last in {"text", "literal_column"} and value.args:
            return ESCAPED.sub(r"\1", text_in(value.args[0], "an expression of the index"))
        raise NotStatic("an expression of the index is known only when it runs")

    def _drop_index(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(0, "index_name"), "the index's name")
        table = call.get(1, "table_name")
        schema = call.named.get("schema")
        yield self._ddl.drop_index(
            self._ddl.name(name) if self._ddl.is_mysql else self._ddl.table(name, schema),
            self._ddl.table(table, schema) if isinstance(table, str) else "",
            concurrently=call.named.get("postgresql_concurrently") is True,
            guarded=call.named.get("if_exists") is True,
        )

    def _create_foreign_key(self, call: Call) -> Iterator[str]:
        source = text_in(call.get(1, "source_table"), "the table's name")
        to = text_in(call.get(2, "referent_table"), "the other table's name")
        columns = texts_in(call.get(3, "local_cols"), "the key's columns")
        there = texts_in(call.get(4, "remote_cols"), "the columns that it refers to")
        other = self._ddl.table(to, call.named.get("referent_schema"))
        text = self._ddl.foreign_key(columns, other, there, _tail(call))
        table = self._ddl.table(source, call.named.get("source_schema"))
        name = call.get(0, "constraint_name")
        yield self._ddl.add_constraint(table, self._ddl.named(name, text))

    def _create_unique(self, call: Call) -> Iterator[str]:
        columns = self._ddl.names(texts_in(call.get(2, "columns"), "its columns"))
        yield self._added(call, f"UNIQUE ({columns})")

    def _create_primary(self, call: Call) -> Iterator[str]:
        columns = self._ddl.names(texts_in(call.get(2, "columns"), "its columns"))
        yield self._added(call, f"PRIMARY KEY ({columns})")

    def _create_check(self, call: Call) -> Iterator[str]:
        condition = self._condition(call.get(2, "condition"))
        late = " NOT VALID" if call.named.get("postgresql_not_valid") is True else ""
        yield self._added(call, f"CHECK ({condition}){late}")

    def _added(self, call: Call, text: str) -> str:
        name = call.get(0, "constraint_name")
        return self._ddl.add_constraint(self._table(call, 1), self._ddl.named(name, text))

    def _drop_constraint(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(0, "constraint_name"), "the constraint's name")
        kind = call.named.get("type_", call.args[2] if len(call.args) > 2 else "")  # noqa: PLR2004
        known = _KINDS.get(kind, "") if isinstance(kind, str) else ""
        yield self._ddl.drop_constraint(self._table(call, 1), name, known)

    def _comment(self, call: Call) -> Iterator[str]:
        if self._engine == "postgresql":
            text = call.get(1, "comment") if call.last == "create_table_comment" else None
            yield f"COMMENT ON TABLE {self._table(call)} IS {literal(text)}"

    def _bulk_insert(self, call: Call) -> Iterator[str]:
        table, rows = call.get(0, "table"), call.get(1, "rows")
        if not isinstance(table, Call) or not isinstance(rows, (list, tuple)):
            raise NotStatic("the rows are known only when it runs")
        name = self._ddl.name(text_in(table.get(0, "name"), "the table's name"))
        for row in rows:
            if not isinstance(row, dict):
                raise NotStatic("a row is known only when it runs")
            columns = self._ddl.names(map(str, row))
            values = ", ".join(literal(each) for each in row.values())
            yield f"INSERT INTO {name} ({columns}) VALUES ({values})"  # noqa: S608 (read, not run)


def _is_column(call: Call) -> bool:
    return call.last == "Column"


def _is_key(column: Call) -> bool:
    return column.named.get("primary_key") is True


def _tail(call: Call) -> str:
    given = call.named
    tail = rules(given.get("ondelete"), given.get("onupdate"))
    if given.get("deferrable") is not None:
        tail += " DEFERRABLE" if given["deferrable"] else " NOT DEFERRABLE"
    if isinstance(given.get("initially"), str):
        tail += f" INITIALLY {given['initially']}"
    return tail + (" NOT VALID" if given.get("postgresql_not_valid") is True else "")


def _computed(call: Call) -> str:
    expression = text_in(call.get(0, "sqltext"), "an expression")
    kept = " STORED" if call.get(1, "persisted") is not False else ""
    return f"GENERATED ALWAYS AS ({expression}){kept}"
