"""Knex's schema builder, each call turned into the statements that Knex makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.python import Scope
from be_tui.core.migrations.files.code.script import Lambda, ScriptRunner
from be_tui.core.migrations.files.code.values import (
    Call,
    Name,
    NotStatic,
    literal,
    text_in,
    texts_in,
)
from be_tui.core.migrations.files.ddl import Ddl, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.files.code.script import Module
    from be_tui.core.migrations.files.code.values import Recorder
    from be_tui.core.sqltext import Target

_TYPES: dict[str, tuple[str, str, str]] = {
    "increments": (
        "serial primary key",
        "int unsigned not null auto_increment primary key",
        "integer not null primary key autoincrement",
    ),
    "bigIncrements": (
        "bigserial primary key",
        "bigint unsigned not null auto_increment primary key",
        "integer not null primary key autoincrement",
    ),
    "integer": ("integer", "int", "integer"),
    "bigInteger": ("bigint", "bigint", "bigint"),
    "bigint": ("bigint", "bigint", "bigint"),
    "smallint": ("smallint", "smallint", "integer"),
    "tinyint": ("smallint", "tinyint", "tinyint"),
    "mediumint": ("integer", "mediumint", "integer"),
    "boolean": ("boolean", "boolean", "boolean"),
    "date": ("date", "date", "date"),
    "datetime": ("timestamptz", "datetime", "datetime"),
    "timestamp": ("timestamptz", "timestamp", "datetime"),
    "time": ("time", "time", "time"),
    "float": ("real", "float(8, 2)", "float"),
    "double": ("double precision", "double", "float"),
    "binary": ("bytea", "blob", "blob"),
    "json": ("json", "json", "json"),
    "jsonb": ("jsonb", "json", "json"),
    "uuid": ("uuid", "char(36)", "char(36)"),
    "text": ("text", "text", "text"),
    "geometry": ("geometry", "geometry", "geometry"),
    "point": ("point", "point", "point"),
}
"""For PostgreSQL, MySQL, SQLite."""

_ALIASES = {"dateTime": "datetime", "tinyInteger": "tinyint", "smallInteger": "smallint"}
_HARMLESS = frozenset({"hasTable", "hasColumn", "comment", "withSchema", "collate", "charset"})


@dataclass
class _Column:
    """A column while its chain is read."""

    name: str
    kind: str
    nullable: bool | None = None
    default: str = ""
    unsigned: bool = False
    altered: bool = False
    after: list[tuple[str, Call]] = field(default_factory=list)
    """What follows its table: an index, that it is unique, what it refers to."""


class KnexOps:
    """Records what calls of `knex` do."""

    def __init__(self, module: Module, recorder: Recorder, target: Target) -> None:
        """Record into one script."""
        self._module, self._to, self._target = module, recorder, target
        self._run: list[Call] = []
        """What was recorded: a name that stands for it may be asked again."""

        self._ddl = Ddl(target, always_quoted=True)
        self._place = {"postgresql": 0, "sqlite": 2}.get(target.engine, 1)

    def perform(self, call: Call) -> None:
        """Record a chain of calls; what it cannot tell is recorded as not read."""
        chain = list(_chain(call))
        schema: object = None
        for each in chain:
            word = each.last
            if any(each is done for done in self._run):
                continue
            self._run.append(each)
            if word == "withSchema":
                schema = each.get(0, "")
            elif word == "raw":
                self._raw(each)
            elif word in {"createTable", "createTableIfNotExists", "alterTable", "table"}:
                self._table(each, schema)
            elif ".schema." in each.name or each.of is not None or word in _SIMPLE:
                self._simple(each, schema)
            elif word not in _HARMLESS:
                self._to.unknown(f"what `{word}` does shows only when it runs", each.spot)
                return

    def _raw(self, call: Call) -> None:
        sql = call.get(0, "")
        if not isinstance(sql, str):
            self._to.unknown("its SQL is known only when it runs", call.spot)
        elif len(call.args) > 1:
            self._to.unknown("its values are given as it runs", call.spot)
        else:
            # A question mark that stands for itself is written with a backslash.
            self._to.sql(sql.replace("\\?", "?") if "\\?" in sql else sql, call.spot)

    def _simple(self, call: Call, schema: object) -> None:
        try:
            sql = list(self._statement(call, schema))
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)
        else:
            self._to.call(sql, call.spot)

    def _statement(self, call: Call, schema: object) -> Iterator[str]:
        word = call.last
        if word in {"dropTable", "dropTableIfExists"}:
            name = self._ddl.table(text_in(call.get(0, ""), "the table's name"), schema)
            yield self._ddl.drop_table(name, guarded=word == "dropTableIfExists")
        elif word == "renameTable":
            old = self._ddl.table(text_in(call.get(0, ""), "the table's name"), schema)
            to = self._ddl.name(text_in(call.get(1, ""), "the new name"))
            yield self._ddl.rename_table(old, to)
        elif word in {"createSchema", "createSchemaIfNotExists"}:
            guard = "if not exists " if word.endswith("Exists") else ""
            yield f"create schema {guard}{self._ddl.name(text_in(call.get(0, ''), 'a name'))}"
        elif word in {"dropSchema", "dropSchemaIfExists"}:
            guard = "if exists " if word.endswith("Exists") else ""
            yield f"drop schema {guard}{self._ddl.name(text_in(call.get(0, ''), 'a name'))}"
        elif word in {"dropView", "dropViewIfExists"}:
            guard = "if exists " if word.endswith("Exists") else ""
            yield f"drop view {guard}{self._ddl.name(text_in(call.get(0, ''), 'a name'))}"
        elif word not in _HARMLESS:
            raise NotStatic(f"what `{word}` does shows only when it runs")

    def _table(self, call: Call, schema: object) -> None:
        body, name = call.args[-1] if call.args else None, call.get(0, "")
        if not isinstance(body, Lambda) or not isinstance(name, str):
            why = "what it does to which table is known only when it runs"
            self._to.unknown(why, call.spot)
            return
        creates = call.last.startswith("create")
        guarded = call.last.endswith("NotExists")
        builder = _Builder(self, self._to, self._ddl, name, schema)
        scope = Scope(outer=body.scope)
        inner = Lambda(body.params, body.body, scope)
        ScriptRunner(self._module, self._to, builder).run(inner, Name("table"))
        builder.finish(call, creates=creates, guarded=guarded)

    def type_of(self, call: Call) -> str:
        """Give a column's type.

        Raises:
            NotStatic: It is none that is known.
        """
        kind = _ALIASES.get(call.last, call.last)
        if kind == "string":
            size = call.get(1, "", 255)
            return f"varchar({size if isinstance(size, int) else 255})"
        if kind == "decimal":
            precision, scale = call.get(1, "", 8), call.get(2, "", 2)
            if precision is None and self._target.engine == "postgresql":
                return "decimal"
            return f"decimal({precision}, {scale})" if self._place != 2 else "float"  # noqa: PLR2004
        if kind in {"specificType"}:
            return text_in(call.get(1, ""), "the column's type")
        if kind in {"timestamp", "datetime"} and self._target.engine == "postgresql":
            options = call.get(1, "")
            plain = options is True or (isinstance(options, dict) and options.get("useTz") is False)
            return "timestamp" if plain else "timestamptz"
        if kind == "text" and self._ddl.is_mysql and isinstance(call.get(1, ""), str):
            return str(call.get(1, ""))
        if kind not in _TYPES:
            raise NotStatic(f"the column type `{call.last}` is not known")
        return _TYPES[kind][self._place]


_SIMPLE = frozenset({"dropTable", "dropTableIfExists", "renameTable"})


class _Builder:
    """Takes the calls on one table, and writes them as Knex does: columns first."""

    def __init__(
        self, ops: KnexOps, recorder: Recorder, ddl: Ddl, table: str, schema: object
    ) -> None:
        self._ops, self._to, self._ddl = ops, recorder, ddl
        self._bare, self._schema = table, schema
        self._table = ddl.table(table, schema)
        self._columns: list[_Column] = []
        self._after: list[str] = []
        self._keys: list[str] = []

    def perform(self, call: Call) -> None:
        """Take one chain on the table."""
        chain = list(_chain(call))
        try:
            self._first(chain[0], chain[1:])
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)

    def finish(self, call: Call, *, creates: bool, guarded: bool) -> None:
        """Record the statements, columns before all else."""
        sql: list[str] = []
        fresh = [each for each in self._columns if not each.altered]
        if creates:
            lines = [self._definition(each) for each in fresh] + self._keys
            sql.append(self._ddl.create_table(self._table, lines, guarded=guarded))
        elif fresh:
            adds = [f"ADD COLUMN {self._definition(each)}" for each in fresh]
            if self._ddl.engine == "sqlite":
                sql += [f"ALTER TABLE {self._table} {each}" for each in adds]
            else:
                sql.append(f"ALTER TABLE {self._table} {', '.join(adds)}")
        try:
            for each in self._columns:
                if each.altered:
                    sql += self._altered(each)
            for column in self._columns:
                follows = [self._follow(column, word, mark) for word, mark in column.after]
                sql += [each for each in follows if each]
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)
        if not creates:
            sql += [self._ddl.add_constraint(self._table, each) for each in self._keys]
        self._to.call([*sql, *self._after], call.spot)

    def _first(self, call: Call, rest: list[Call]) -> None:
        word = call.last
        if word == "timestamps":
            self._timestamps(call)
        elif word in {"index", "unique", "primary", "foreign", "check"}:
            self._constraint(call, rest)
        elif word.startswith(("drop", "rename", "setNullable", "comment", "inherits")):
            self._after += self._changed(call)
        elif word in {"engine", "charset", "collate"}:
            return
        elif word in {"enum", "enu"}:
            self._enum(call, rest)
        else:
            name = text_in(call.get(0, "", "id"), "a column's name")
            column = _Column(name, self._ops.type_of(call))
            self._columns.append(column)
            self._chained(column, rest)

    def _enum(self, call: Call, rest: list[Call]) -> None:
        name = text_in(call.get(0, ""), "a column's name")
        values = ", ".join(literal(each) for each in texts_in(call.get(1, ""), "its values"))
        options = call.get(2, "")
        given = options if isinstance(options, dict) else {}
        kind = f"text check ({self._ddl.name(name)} in ({values}))"
        if self._ddl.is_mysql:
            kind = f"enum({values})"
        elif given.get("useNative") and self._ddl.engine == "postgresql":
            made = text_in(given.get("enumName"), "the enumeration's name")
            kind = self._ddl.name(made)
            if given.get("existingType") is not True:
                self._to.call(f"CREATE TYPE {kind} AS ENUM ({values})", call.spot)
        column = _Column(name, kind)
        self._columns.append(column)
        self._chained(column, rest)

    def _chained(self, column: _Column, rest: list[Call]) -> None:
        for each in rest:
            word = each.last
            if word == "notNullable":
                column.nullable = False
            elif word == "nullable":
                column.nullable = each.get(0, "", True) is not False
            elif word in {"defaultTo", "default"}:
                column.default = self._default(each.get(0, ""))
            elif word == "unsigned":
                column.unsigned = True
            elif word == "alter":
                column.altered = True
            elif word == "primary":
                self._key(column, each)
            elif word in {"unique", "index", "references", "inTable", "on"} or word in {
                "onDelete",
                "onUpdate",
                "withKeyName",
            }:
                column.after.append((word, each))
            elif word not in {"comment", "after", "first", "collate"}:
                raise NotStatic(f"what `{word}` does to a column is not known")

    def _key(self, column: _Column, call: Call) -> None:
        """Make a column the key; one that counts by itself is then no longer."""
        options = call.get(0, "")
        name = options.get("constraintName") if isinstance(options, dict) else options
        made = self._named([column.name], "pkey", name)
        key = f"primary key ({self._ddl.name(column.name)})"
        self._keys.append(self._ddl.named(made, key))
        for each in self._columns:
            each.kind = each.kind.removesuffix(" primary key")

    def _default(self, value: object) -> str:
        if isinstance(value, Call) and value.last == "raw":
            return text_in(value.get(0, ""), "a default")
        if isinstance(value, Call) and value.last in {"now", "uuid"}:
            return "CURRENT_TIMESTAMP" if value.last == "now" else "gen_random_uuid()"
        if isinstance(value, bool):
            return f"'{int(value)}'"
        return literal(value) if not isinstance(value, (int, float)) else f"'{value}'"

    def _definition(self, column: _Column) -> str:
        words = [self._ddl.name(column.name), column.kind]
        words.append("unsigned" if column.unsigned and self._ddl.is_mysql else "")
        null = {None: "", False: "not null", True: "null"}[column.nullable]
        default = f"default {column.default}" if column.default else ""
        return " ".join(word for word in [*words, null, default] if word)

    def _altered(self, column: _Column) -> list[str]:
        """Change a column that is there; Knex takes its default and NOT NULL away first."""
        if self._ddl.is_mysql:
            definition = self._definition(column).partition(" ")[2]
            return [self._ddl.modify(self._table, column.name, definition)]
        name = self._ddl.name(column.name)
        sql = [
            self._ddl.set_default(self._table, column.name, ""),
            self._ddl.set_null(self._table, column.name, nullable=True),
            self._ddl.set_type(self._table, column.name, column.kind, f"({name}::{column.kind})"),
        ]
        if column.default:
            sql.append(self._ddl.set_default(self._table, column.name, column.default))
        if column.nullable is False:
            sql.append(self._ddl.set_null(self._table, column.name, nullable=False))
        return sql

    def _follow(self, column: _Column, word: str, call: Call) -> str:
        """Give what a column brings along after its table."""
        if word == "unique":
            return self._added([column.name], "unique", "unique", call.get(0, ""))
        if word == "index":
            return self._index([column.name], call.get(0, ""))
        if word == "references":
            return self._reference([column.name], call, column.after)
        return ""

    def _named(self, columns: list[str], end: str, name: object) -> str:
        given = name.get("indexName") if isinstance(name, dict) else name
        if isinstance(given, str):
            return given
        joined = f"{self._bare}_{'_'.join(columns)}_{end}".lower()
        return f"{self._bare}_pkey" if end == "pkey" else joined

    def _added(self, columns: list[str], end: str, words: str, name: object) -> str:
        made = self._named(columns, end, name)
        body = f"{words} ({self._ddl.names(columns)})"
        if self._ddl.engine == "sqlite" and end == "unique":
            quoted = self._ddl.name(made)
            parts = list(map(self._ddl.name, columns))
            return self._ddl.create_index(quoted, self._table, parts, unique=True)
        return self._ddl.add_constraint(self._table, self._ddl.named(made, body))

    def _index(self, columns: list[str], name: object) -> str:
        made = self._ddl.name(self._named(columns, "index", name))
        return self._ddl.create_index(made, self._table, list(map(self._ddl.name, columns)))

    def _reference(
        self,
        columns: list[str],
        call: Call,
        marks: list[tuple[str, Call]],
        known: object = None,
    ) -> str:
        given = {word: each.get(0, "") for word, each in marks}
        to = text_in(call.get(0, ""), "what it refers to")
        table, _, key = to.rpartition(".")
        named = given.get("inTable", given.get("on", table or None))
        there = ".".join(self._ddl.name(e) for e in text_in(named, "the other table").split("."))
        tail = rules(given.get("onDelete"), given.get("onUpdate"))
        name = given.get("withKeyName", known)
        made = name if isinstance(name, str) else self._named(columns, "foreign", None)
        text = self._ddl.foreign_key(columns, there, [key], tail)
        return self._ddl.add_constraint(self._table, self._ddl.named(made, text))

    def _constraint(self, call: Call, rest: list[Call]) -> None:
        if call.last == "check":
            condition = text_in(call.get(0, ""), "a condition")
            name = call.get(2, "")
            self._keys.append(self._ddl.named(name, f"check ({condition})"))
            return
        columns = texts_in(call.get(0, ""), "the columns")
        name = call.get(1, "")
        if call.last == "index":
            self._after.append(self._index(columns, name))
        elif call.last == "unique":
            self._after.append(self._added(columns, "unique", "unique", name))
        elif call.last == "primary":
            made = self._named(columns, "pkey", name)
            key = f"primary key ({self._ddl.names(columns)})"
            self._keys.append(self._ddl.named(made, key))
        else:
            marks = [(each.last, each) for each in rest]
            found = next((each for word, each in marks if word == "references"), None)
            if found is None:
                raise NotStatic("a foreign key refers to nothing")
            self._after.append(self._reference(columns, found, marks, name))

    def _timestamps(self, call: Call) -> None:
        options = call.get(0, "")
        given = options if isinstance(options, dict) else {}
        defaults = call.get(1, "") is True or given.get("defaultToNow") is True
        zoned = options is not True and given.get("useTimestamps") is not True
        kind = "timestamptz" if self._ddl.engine == "postgresql" else "datetime"
        if not zoned and self._ddl.is_mysql:
            kind = "timestamp"
        for name in ("created_at", "updated_at"):
            column = _Column(name, kind, False if defaults else None)
            column.default = "CURRENT_TIMESTAMP" if defaults else ""
            self._columns.append(column)

    def _changed(self, call: Call) -> list[str]:  # noqa: PLR0911 (one case a word)
        ddl, table, word = self._ddl, self._table, call.last
        if word in {"dropColumn", "dropColumns"}:
            names = [name for each in call.args for name in texts_in(each, "the columns")]
            if ddl.engine == "sqlite":
                return [ddl.drop_column(table, name) for name in names]
            drops = ", ".join(f"DROP COLUMN {ddl.name(name)}" for name in names)
            return [f"ALTER TABLE {table} {drops}"]
        if word == "dropTimestamps":
            return [ddl.drop_column(table, name) for name in ("created_at", "updated_at")]
        if word == "renameColumn":
            old, new = (text_in(call.get(at, ""), "a name") for at in (0, 1))
            return [ddl.rename_column(table, old, new)]
        if word == "setNullable":
            return [ddl.set_null(table, text_in(call.get(0, ""), "a name"), nullable=True)]
        if word == "dropNullable":
            return [ddl.set_null(table, text_in(call.get(0, ""), "a name"), nullable=False)]
        if word == "dropPrimary":
            name = self._named([], "pkey", call.get(0, ""))
            return [ddl.drop_constraint(table, name, "primary")]
        if word in {"dropIndex", "dropUnique", "dropForeign"}:
            columns = texts_in(call.get(0, ""), "the columns")
            ends = {"dropIndex": "index", "dropUnique": "unique", "dropForeign": "foreign"}
            name = self._named(columns, ends[word], call.get(1, ""))
            if word == "dropIndex" or (word == "dropUnique" and ddl.engine == "sqlite"):
                return [ddl.drop_index(ddl.name(name), table)]
            kind = "unique" if word == "dropUnique" else "foreignkey"
            return [
                ddl.drop_constraint(table, name, "unique" if kind == "unique" else "foreignkey")
            ]
        if word == "dropChecks":
            names = [name for each in call.args for name in texts_in(each, "the checks")]
            return [ddl.drop_constraint(table, name, "check") for name in names]
        if word == "comment":
            return []
        raise NotStatic(f"what `{word}` does is not known")


def _chain(call: Call) -> Iterator[Call]:
    """Give a chain of calls from its first."""
    links: list[Call] = []
    here: object = call
    while isinstance(here, Call):
        links.append(here)
        here = here.of
    yield from reversed(links)
