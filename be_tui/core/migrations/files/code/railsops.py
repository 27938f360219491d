"""Rails' migrations, each call turned into the statements that Active Record makes of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.railswords import KEYS, TYPES, inverse, singular
from be_tui.core.migrations.files.code.ruby import Block, RubyRunner
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
    from collections.abc import Callable, Iterator

    from be_tui.core.migrations.files.code.ruby import RubyFile
    from be_tui.core.migrations.files.code.values import Recorder
    from be_tui.core.sqltext import Target

_REFERENCES = frozenset({"references", "belongs_to"})
_DIGEST = 10
_MINUTE = "what it does to rows shows only when it runs"


class RailsOps:
    """Records what calls in a migration do."""

    def __init__(
        self, file: RubyFile, recorder: Recorder, target: Target, *, backward: bool = False
    ) -> None:
        """Record into one script; `backward` takes each change back, the last first."""
        self._to, self._target = recorder, target
        self._ddl = Ddl(target, always_quoted=True)
        self._place = {"postgresql": 0, "sqlite": 2}.get(target.engine, 1)
        self._runner = RubyRunner(file, recorder, self)
        self._backward = backward
        self._direction = "down" if backward else "up"
        self._undone: list[Call] = []
        self._table: tuple[str, bool] | None = None
        """The table whose block is followed, and whether it is made."""

        self._lines: list[str] = []
        self._after: list[str] = []
        self._makers: dict[str, Callable[[Call], Iterator[str]]] = {
            "drop_table": self._drop_table,
            "rename_table": self._rename_table,
            "add_column": self._add_column,
            "remove_column": self._remove_column,
            "remove_columns": self._remove_columns,
            "rename_column": self._rename_column,
            "change_column": self._change_column,
            "change_column_null": self._change_null,
            "change_column_default": self._change_default,
            "add_index": self._add_index,
            "remove_index": self._remove_index,
            "rename_index": self._rename_index,
            "add_reference": self._add_reference,
            "add_belongs_to": self._add_reference,
            "remove_reference": self._remove_reference,
            "remove_belongs_to": self._remove_reference,
            "add_foreign_key": self._add_foreign_key,
            "remove_foreign_key": self._remove_foreign_key,
            "validate_foreign_key": self._validate_key,
            "add_check_constraint": self._add_check,
            "remove_check_constraint": self._remove_check,
            "validate_check_constraint": self._validate,
            "validate_constraint": self._validate,
            "add_timestamps": self._add_timestamps,
            "remove_timestamps": self._remove_timestamps,
            "enable_extension": self._extension,
            "disable_extension": self._extension,
            "create_enum": self._enum,
            "drop_enum": self._enum,
            "create_schema": self._schema,
            "drop_schema": self._schema,
            "change_table_comment": self._nothing,
            "change_column_comment": self._nothing,
        }

    def run(self, method: str, file: RubyFile) -> None:
        """Follow a method; backward, what it calls is undone in the end.

        Raises:
            Irreversible: One of its calls has no way back.
        """
        self._runner.run(file.methods[method])
        for call in reversed(self._undone):
            self._backward = False
            directed = call.last in {"reversible", "up_only"}
            self.perform(call if directed else inverse(call))

    def perform(self, call: Call) -> None:
        """Record one call; what it cannot tell is recorded as not read."""
        if self._table is not None and isinstance(call.of, Name) and call.of.path == "table":
            self._within(call)
            return
        word = call.last
        block = call.named.get("&")
        if word in {"reversible", "up_only"} and isinstance(block, Block):
            self._directed(call, block)
        elif isinstance(call.of, Name) and call.of.path == "direction":
            if word == self._direction and isinstance(block, Block):
                self._runner.block(block)
        elif self._backward:
            self._undone.append(call)
        elif word == "execute":
            self._execute(call)
        elif word in {"create_table", "change_table", "create_join_table"}:
            self._whole_table(call)
        elif word in self._makers:
            self._record(call, self._makers[word])
        elif word not in {"say", "puts", "reset_column_information", "raise"}:
            self._to.unknown(f"what `{word}` does shows only when it runs", call.spot)

    def _directed(self, call: Call, block: Block) -> None:
        if self._backward:
            self._undone.append(call)
        elif call.last == "reversible":
            self._runner.block(block, Name("direction"))
        elif self._direction == "up":
            self._runner.block(block)

    def _record(self, call: Call, maker: Callable[[Call], Iterator[str]]) -> None:
        try:
            self._to.call(list(maker(call)), call.spot)
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)

    def _execute(self, call: Call) -> None:
        sql = call.get(0, "")
        if isinstance(sql, str):
            self._to.sql(sql, call.spot)
        else:
            self._to.unknown("its SQL is known only when it runs", call.spot)

    def _nothing(self, _: Call) -> Iterator[str]:
        yield from ()

    def _named_table(self, call: Call, index: int = 0) -> str:
        name = text_in(call.get(index, ""), "the table's name")
        return ".".join(map(self._ddl.name, name.split(".")))

    def _bare(self, call: Call) -> str:
        return text_in(call.get(0, ""), "the table's name")

    def _whole_table(self, call: Call) -> None:
        name = call.get(0, "")
        block = call.named.get("&")
        if not isinstance(name, str) or call.last == "create_join_table":
            self._to.unknown("which table it makes is known only when it runs", call.spot)
            return
        creates = call.last == "create_table"
        self._table, self._lines, self._after = (name, creates), [], []
        try:
            if creates and call.named.get("id") is not False:
                self._lines.append(self._key(call))
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)
        if isinstance(block, Block):
            self._runner.block(block, Name("table"))
        self._table = None
        quoted = ".".join(map(self._ddl.name, name.split(".")))
        if creates:
            guarded = call.named.get("if_not_exists") is True
            made = [self._ddl.create_table(quoted, self._lines, guarded=guarded)]
            if call.named.get("force") in (True, "cascade"):
                drop = self._ddl.drop_table(
                    quoted, guarded=True, cascade=call.named["force"] is not True
                )
                made.insert(0, drop)
        else:
            made = [self._ddl.add_column(quoted, line) for line in self._lines]
        self._to.call([*made, *self._after], call.spot)

    def _key(self, call: Call) -> str:
        kind = call.named.get("id", "bigint")
        kind = "bigint" if kind is True or kind == "primary_key" else kind
        name = call.named.get("primary_key", "id")
        if isinstance(name, list):
            raise NotStatic("a key of several columns is made by what the file does not say")
        if kind not in KEYS:
            made = self._type(text_in(kind, "the key's type"), {})
            return f"{self._ddl.name(str(name))} {made} NOT NULL PRIMARY KEY"
        return f"{self._ddl.name(str(name))} {KEYS[str(kind)][self._place]}"

    def _within(self, call: Call) -> None:
        """Take a call on the table of a block: `t.string :name`."""
        table, creates = self._table or ("", False)
        word = call.last
        try:
            if word == "timestamps":
                self._lines += [self._stamp(name, call) for name in ("created_at", "updated_at")]
            elif word in _REFERENCES:
                self._reference(table, call, creates=creates)
            elif word in _IN_TABLE:
                given = replace(call, args=(table, *call.args), of=None, name=_IN_TABLE[word])
                self._after += list(self._makers[_IN_TABLE[word]](given))
            elif word == "remove":
                for name in call.args:
                    one = Call("remove_column", call.spot, (table, name))
                    self._after += list(self._remove_column(one))
            elif word == "column":
                kind = text_in(call.get(1, ""), "the column's type")
                self._columns(table, (call.get(0, ""),), kind, call)
            else:
                self._columns(table, call.args, word, call)
        except NotStatic as why:
            self._to.unknown(str(why), call.spot)

    def _columns(self, table: str, names: tuple[object, ...], kind: str, call: Call) -> None:
        for each in names:
            name = text_in(each, "a column's name")
            self._lines.append(self._column(name, kind, call))
            index = call.named.get("index")
            if index:
                options = index if isinstance(index, dict) else {}
                given = Call("add_index", call.spot, (table, name), _texts(options))
                self._after += list(self._add_index(given))

    def _column(self, name: str, kind: str, call: Call) -> str:
        options = call.named
        words = [self._ddl.name(name), self._type(kind, options)]
        if "default" in options and options["default"] is not None:
            words.append(f"DEFAULT {self._default(options['default'])}")
        if options.get("null") is False:
            words.append("NOT NULL")
        return " ".join(words)

    def _default(self, value: object) -> str:
        if isinstance(value, Call) and value.last == "lambda":
            return text_in(value.args[0], "a default")
        if isinstance(value, bool):
            numbers = self._ddl.is_mysql or self._target.engine == "sqlite"
            return str(int(value)) if numbers else str(value).upper()
        if isinstance(value, (dict, list)) and not value:
            return "'{}'" if isinstance(value, dict) else "'[]'"
        return literal(value)

    def _type(self, kind: str, options: dict[str, object]) -> str:
        if kind == "enum" and self._place == 0:
            return self._ddl.name(text_in(options.get("enum_type"), "the enumeration's name"))
        if kind == "virtual":
            inner = self._type(text_in(options.get("type"), "its type"), {})
            kept = " STORED" if options.get("stored") is True else ""
            made = text_in(options.get("as"), "its expression")
            return f"{inner} GENERATED ALWAYS AS ({made}){kept}"
        if kind not in TYPES:
            if re.fullmatch(r"[a-z][\w ]*(\([\d, ]+\))?(\[\])?", kind) and " " in kind + "(":
                return kind
            raise NotStatic(f"the column type `{kind}` is not known")
        made = TYPES[kind][self._place]
        limit, precision, scale = (options.get(each) for each in ("limit", "precision", "scale"))
        if kind in {"decimal", "numeric"} and isinstance(precision, int):
            made += f"({precision},{scale})" if isinstance(scale, int) else f"({precision})"
        elif kind in {"datetime", "timestamp"} and "precision" in options:
            made = made.partition("(")[0] + (f"({precision})" if isinstance(precision, int) else "")
        elif kind == "string" and isinstance(limit, int):
            made = made.partition("(")[0] + f"({limit})"
        elif kind == "integer" and isinstance(limit, int):
            made = self._sized(limit)
        return made + ("[]" if options.get("array") is True and self._place == 0 else "")

    def _sized(self, limit: int) -> str:
        small, usual = 2, 4
        if limit <= small:
            return "smallint"
        return TYPES["integer" if limit <= usual else "bigint"][self._place]

    def _stamp(self, name: str, call: Call) -> str:
        null = "" if call.named.get("null") is True else " NOT NULL"
        default = call.named.get("default")
        given = f" DEFAULT {self._default(default)}" if default is not None else ""
        return f"{self._ddl.name(name)} {self._type('datetime', call.named)}{given}{null}"

    def _reference(self, table: str, call: Call, *, creates: bool) -> None:
        for each in call.args:
            name = text_in(each, "what it refers to")
            column = Call(
                "",
                call.spot,
                (),
                {k: call.named[k] for k in ("null", "default") if k in call.named},
            )
            kind = call.named.get("type", "bigint")
            self._lines.append(self._column(f"{name}_id", text_in(kind, "its type"), column))
            if call.named.get("polymorphic"):
                self._lines.append(self._column(f"{name}_type", "string", column))
            self._referred(table, name, call, creates=creates)

    def _referred(self, table: str, name: str, call: Call, *, creates: bool) -> None:
        """Leave the index and the foreign key that a reference brings along."""
        index = call.named.get("index", True)
        if index is not False:
            options = _texts(index) if isinstance(index, dict) else {}
            columns: object = f"{name}_id"
            if call.named.get("polymorphic"):
                columns = [f"{name}_type", f"{name}_id"]
                options.setdefault("name", f"index_{table}_on_{name}")
            given = Call("add_index", call.spot, (table, columns), options)
            self._after += list(self._add_index(given))
        key = call.named.get("foreign_key")
        if key:
            options = _texts(key) if isinstance(key, dict) else {}
            to = options.pop(
                "to_table", f"{name}s" if not name.endswith("y") else f"{name[:-1]}ies"
            )
            options.setdefault("column", f"{name}_id")
            given = Call("add_foreign_key", call.spot, (table, to), options)
            sql = list(self._add_foreign_key(given))
            if creates:
                start = f"ALTER TABLE {self._ddl.name(table)} ADD "
                self._lines += [each.removeprefix(start) for each in sql]
            else:
                self._after += sql

    def _drop_table(self, call: Call) -> Iterator[str]:
        for index in range(len(call.args)):
            yield self._ddl.drop_table(
                self._named_table(call, index),
                guarded=call.named.get("if_exists") is True,
                cascade=call.named.get("force") == "cascade",
            )

    def _rename_table(self, call: Call) -> Iterator[str]:
        yield self._ddl.rename_table(self._named_table(call), self._named_table(call, 1))

    def _add_column(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(1, ""), "the column's name")
        kind = text_in(call.get(2, ""), "the column's type")
        guarded = call.named.get("if_not_exists") is True
        table = self._named_table(call)
        yield self._ddl.add_column(table, self._column(name, kind, call), guarded=guarded)

    def _remove_column(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(1, ""), "the column's name")
        yield self._ddl.drop_column(self._named_table(call), name)

    def _remove_columns(self, call: Call) -> Iterator[str]:
        names = [text_in(each, "a column's name") for each in call.args[1:]]
        drops = ", ".join(f"DROP COLUMN {self._ddl.name(name)}" for name in names)
        yield f"ALTER TABLE {self._named_table(call)} {drops}"

    def _rename_column(self, call: Call) -> Iterator[str]:
        old, new = (text_in(call.get(at, ""), "a name") for at in (1, 2))
        yield self._ddl.rename_column(self._named_table(call), old, new)

    def _change_column(self, call: Call) -> Iterator[str]:
        table = self._named_table(call)
        name = text_in(call.get(1, ""), "the column's name")
        kind = self._type(text_in(call.get(2, ""), "its type"), call.named)
        if self._ddl.is_mysql:
            definition = self._column(name, text_in(call.get(2, ""), "its type"), call)
            yield self._ddl.modify(table, name, definition.partition(" ")[2])
            return
        using = call.named.get("using")
        yield self._ddl.set_type(table, name, kind, using if isinstance(using, str) else "")
        if "default" in call.named:
            value = call.named["default"]
            default = "" if value is None else self._default(value)
            yield self._ddl.set_default(table, name, default)
        if isinstance(call.named.get("null"), bool):
            yield self._ddl.set_null(table, name, nullable=call.named["null"] is True)

    def _change_null(self, call: Call) -> Iterator[str]:
        table = self._named_table(call)
        name = text_in(call.get(1, ""), "the column's name")
        nullable, filling = call.get(2, ""), call.get(3, "")
        if not isinstance(nullable, bool):
            raise NotStatic("whether it may be NULL is known only when it runs")
        if filling is not None and not nullable:
            column = self._ddl.name(name)
            value = self._default(filling)
            yield f"UPDATE {table} SET {column}={value} WHERE {column} IS NULL"  # noqa: S608 (read, not run)
        yield self._ddl.set_null(table, name, nullable=nullable)

    def _change_default(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(1, ""), "the column's name")
        value = call.named.get("to", call.get(2, ""))
        default = "" if value is None else self._default(value)
        yield self._ddl.set_default(self._named_table(call), name, default)

    def _add_index(self, call: Call) -> Iterator[str]:
        columns = call.get(1, "")
        parts = texts_in(columns, "the index's columns")
        options = call.named
        expression = isinstance(columns, str) and not re.fullmatch(r"\w+", columns)
        order, kinds = options.get("order"), options.get("opclass")
        written = []
        for each in parts:
            words = [each if expression else self._ddl.name(each)]
            for given in (kinds, order):
                one = given.get(each) if isinstance(given, dict) else given
                words += [str(one).upper() if given is order else str(one)] if one else []
            written.append(" ".join(words))
        include = options.get("include")
        where, using = options.get("where"), options.get("using")
        yield self._ddl.create_index(
            self._ddl.name(self._index_name(self._bare(call), parts, options)),
            self._named_table(call),
            written,
            unique=options.get("unique") is True,
            concurrently=options.get("algorithm") == "concurrently",
            guarded=options.get("if_not_exists") is True,
            using=using if isinstance(using, str) else "",
            include=self._ddl.names(texts_in(include, "its columns")) if include else "",
            where=where if isinstance(where, str) else "",
        )

    def _index_name(self, table: str, columns: list[str], options: dict[str, object]) -> str:
        given = options.get("name")
        if isinstance(given, str):
            return given
        words = [re.sub(r"\W+", "_", each) for each in columns]
        return f"index_{table}_on_{'_and_'.join(words)}"

    def _remove_index(self, call: Call) -> Iterator[str]:
        columns = call.named.get("column", call.get(1, ""))
        given = texts_in(columns, "its columns") if columns is not None else []
        if not given and "name" not in call.named:
            raise NotStatic("which index it is shows only when it runs")
        yield self._ddl.drop_index(
            self._ddl.name(self._index_name(self._bare(call), given, call.named)),
            self._named_table(call),
            concurrently=call.named.get("algorithm") == "concurrently",
            guarded=call.named.get("if_exists") is True,
        )

    def _rename_index(self, call: Call) -> Iterator[str]:
        old, new = (self._ddl.name(text_in(call.get(at, ""), "a name")) for at in (1, 2))
        if self._ddl.is_mysql:
            yield f"ALTER TABLE {self._named_table(call)} RENAME INDEX {old} TO {new}"
        else:
            yield f"ALTER INDEX {old} RENAME TO {new}"

    def _add_reference(self, call: Call) -> Iterator[str]:
        table = self._bare(call)
        self._lines, self._after = [], []
        self._reference(table, replace(call, args=call.args[1:]), creates=False)
        for line in self._lines:
            yield self._ddl.add_column(self._named_table(call), line)
        yield from self._after

    def _remove_reference(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(1, ""), "what it refers to")
        table = self._named_table(call)
        key = call.named.get("foreign_key")
        if key:
            column = f"{name}_id"
            yield self._ddl.drop_constraint(
                table, self._key_name(self._bare(call), column, {}), "foreignkey"
            )
        yield self._ddl.drop_column(table, f"{name}_id")
        if call.named.get("polymorphic"):
            yield self._ddl.drop_column(table, f"{name}_type")

    def _key_name(self, table: str, column: str, options: dict[str, object]) -> str:
        given = options.get("name")
        if isinstance(given, str):
            return given
        digest = hashlib.sha256(f"{table}_{column}_fk".encode()).hexdigest()
        return f"fk_rails_{digest[:_DIGEST]}"

    def _key_column(self, call: Call) -> str:
        given = call.named.get("column")
        if isinstance(given, str):
            return given
        to = text_in(call.named.get("to_table", call.get(1, "")), "the other table's name")
        return f"{singular(to.rpartition('.')[2])}_id"

    def _add_foreign_key(self, call: Call) -> Iterator[str]:
        column = self._key_column(call)
        name = self._key_name(self._bare(call), column, call.named)
        to = call.named.get("primary_key", "id")
        tail = ""
        on_delete, on_update = call.named.get("on_delete"), call.named.get("on_update")
        words = {"cascade": "CASCADE", "nullify": "SET NULL", "restrict": "RESTRICT"}
        tail += rules(words.get(str(on_delete)), words.get(str(on_update)))
        tail += " NOT VALID" if call.named.get("validate") is False and self._place == 0 else ""
        there = self._named_table(call, 1)
        text = self._ddl.foreign_key([column], there, [text_in(to, "its key")], tail)
        yield self._ddl.add_constraint(self._named_table(call), self._ddl.named(name, text))

    def _remove_foreign_key(self, call: Call) -> Iterator[str]:
        if "name" in call.named:
            name = text_in(call.named["name"], "the key's name")
        else:
            name = self._key_name(self._bare(call), self._key_column(call), {})
        yield self._ddl.drop_constraint(self._named_table(call), name, "foreignkey")

    def _validate_key(self, call: Call) -> Iterator[str]:
        if "name" in call.named:
            name = text_in(call.named["name"], "the key's name")
        else:
            name = self._key_name(self._bare(call), self._key_column(call), {})
        yield f"ALTER TABLE {self._named_table(call)} VALIDATE CONSTRAINT {self._ddl.name(name)}"

    def _add_check(self, call: Call) -> Iterator[str]:
        expression = text_in(call.get(1, ""), "a condition")
        name = self._check_name(self._bare(call), expression, call)
        late = " NOT VALID" if call.named.get("validate") is False and self._place == 0 else ""
        text = self._ddl.named(name, f"CHECK ({expression}){late}")
        yield self._ddl.add_constraint(self._named_table(call), text)

    def _check_name(self, table: str, expression: str, call: Call) -> str:
        given = call.named.get("name")
        if isinstance(given, str):
            return given
        digest = hashlib.sha256(f"{table}_{expression}_chk".encode()).hexdigest()
        return f"chk_rails_{digest[:_DIGEST]}"

    def _remove_check(self, call: Call) -> Iterator[str]:
        expression = call.get(1, "", "")
        if not expression and "name" not in call.named:
            raise NotStatic("which check it is shows only when it runs")
        name = self._check_name(self._bare(call), str(expression), call)
        yield self._ddl.drop_constraint(self._named_table(call), name, "check")

    def _validate(self, call: Call) -> Iterator[str]:
        name = call.named.get("name", call.get(1, ""))
        quoted = self._ddl.name(text_in(name, "the constraint's name"))
        yield f"ALTER TABLE {self._named_table(call)} VALIDATE CONSTRAINT {quoted}"

    def _add_timestamps(self, call: Call) -> Iterator[str]:
        for name in ("created_at", "updated_at"):
            yield self._ddl.add_column(self._named_table(call), self._stamp(name, call))

    def _remove_timestamps(self, call: Call) -> Iterator[str]:
        for name in ("updated_at", "created_at"):
            yield self._ddl.drop_column(self._named_table(call), name)

    def _extension(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(0, ""), "the extension's name")
        if self._place == 0 and call.last == "enable_extension":
            yield f'CREATE EXTENSION IF NOT EXISTS "{name}"'
        elif self._place == 0:
            yield f'DROP EXTENSION IF EXISTS "{name}" CASCADE'

    def _enum(self, call: Call) -> Iterator[str]:
        name = self._ddl.name(text_in(call.get(0, ""), "the enumeration's name"))
        if call.last == "drop_enum":
            yield f"DROP TYPE {name}"
            return
        values = ", ".join(literal(each) for each in texts_in(call.get(1, ""), "its values"))
        yield f"CREATE TYPE {name} AS ENUM ({values})"

    def _schema(self, call: Call) -> Iterator[str]:
        verb = "CREATE" if call.last == "create_schema" else "DROP"
        tail = "" if verb == "CREATE" else " CASCADE"
        yield f"{verb} SCHEMA {self._named_table(call)}{tail}"


_IN_TABLE = {
    "index": "add_index",
    "foreign_key": "add_foreign_key",
    "check_constraint": "add_check_constraint",
    "rename": "rename_column",
    "change": "change_column",
    "change_default": "change_column_default",
    "change_null": "change_column_null",
    "remove_index": "remove_index",
}
"""What a call on a block's table is called outside of one."""


def _texts(options: dict[object, object]) -> dict[str, object]:
    return {str(key): value for key, value in options.items()}
