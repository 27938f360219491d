"""Django's indexes, constraints and the plain conditions in them, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.values import (
    Call,
    NotStatic,
    literal,
    text_in,
    texts_in,
)

if TYPE_CHECKING:
    from be_tui.core.migrations.files.code.djangofields import Model
    from be_tui.core.migrations.files.ddl import Ddl
    from be_tui.core.sqltext import Target

_METHODS = {
    "BTreeIndex": "btree",
    "BrinIndex": "brin",
    "GinIndex": "gin",
    "GistIndex": "gist",
    "HashIndex": "hash",
    "SpGistIndex": "spgist",
    "BloomIndex": "bloom",
}
_COMPARED = {"exact": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_REBUILT = "on SQLite Django makes the table anew for this change"


class Indexes:
    """Writes them for one engine."""

    def __init__(self, ddl: Ddl, target: Target) -> None:
        """Write with an engine's words."""
        self._ddl, self._engine = ddl, target.engine

    def create(self, index: Call, model: Model, *, concurrently: bool = False) -> str:
        """Give CREATE INDEX.

        Raises:
            NotStatic: Something of it is known only when it runs.
        """
        if index.args:
            raise NotStatic("the index is over an expression of the program's")
        name = text_in(index.named.get("name"), "the index's name")
        fields = texts_in(index.named.get("fields"), "its fields")
        kinds = index.named.get("opclasses") or [""] * len(fields)
        columns = []
        for each, kind in zip(fields, texts_in(kinds, "its operators"), strict=True):
            column = self._ddl.name(self._column(model, each.removeprefix("-")))
            words = [column, kind, "DESC" if each.startswith("-") else ""]
            columns.append(" ".join(word for word in words if word))
        include = index.named.get("include")
        names = (
            [self._column(model, each) for each in texts_in(include, "fields")] if include else []
        )
        condition = index.named.get("condition")
        return self._ddl.create_index(
            self._ddl.name(name),
            self._ddl.name(model.table),
            columns,
            concurrently=concurrently,
            using=_METHODS.get(index.last, ""),
            include=self._ddl.names(names),
            where=self.condition(condition, model) if condition is not None else "",
        )

    def constraint(self, constraint: Call, model: Model) -> str:
        """Give a constraint with its name.

        Raises:
            NotStatic: Something of it is known only when it runs.
        """
        name = text_in(constraint.named.get("name"), "the constraint's name")
        if constraint.last == "CheckConstraint":
            given = constraint.named.get("condition", constraint.named.get("check"))
            return self._ddl.named(name, f"CHECK ({self.condition(given, model)})")
        if constraint.last == "UniqueConstraint" and not self._is_partial(constraint):
            fields = texts_in(constraint.named.get("fields"), "its fields")
            columns = [self._column(model, each) for each in fields]
            return self._ddl.named(name, f"UNIQUE ({self._ddl.names(columns)})")
        raise NotStatic("the constraint is made as an index, or by the program's own class")

    def _is_partial(self, constraint: Call) -> bool:
        words = {"condition", "include", "opclasses", "deferrable", "nulls_distinct"}
        return bool(constraint.args) or bool(words & constraint.named.keys())

    def add(self, constraint: Call, model: Model) -> str:
        """Give the statement that adds a constraint.

        Raises:
            NotStatic: It is known only when it runs, or SQLite makes the table anew.
        """
        if constraint.last == "UniqueConstraint" and self._is_partial(constraint):
            return self._unique_index(constraint, model)
        if self._engine == "sqlite":
            raise NotStatic(_REBUILT)
        table = self._ddl.name(model.table)
        return self._ddl.add_constraint(table, self.constraint(constraint, model))

    def _unique_index(self, constraint: Call, model: Model) -> str:
        """Give a unique constraint that only an index can hold."""
        if constraint.args or {"deferrable", "nulls_distinct"} & constraint.named.keys():
            raise NotStatic("the constraint is over what only the program knows")
        fields = [
            self._ddl.name(self._column(model, each))
            for each in texts_in(constraint.named.get("fields"), "its fields")
        ]
        include = constraint.named.get("include")
        names = (
            [self._column(model, each) for each in texts_in(include, "fields")] if include else []
        )
        condition = constraint.named.get("condition")
        return self._ddl.create_index(
            self._ddl.name(text_in(constraint.named.get("name"), "its name")),
            self._ddl.name(model.table),
            fields,
            unique=True,
            include=self._ddl.names(names),
            where=self.condition(condition, model) if condition is not None else "",
        )

    def drop(self, constraint: Call, model: Model) -> str:
        """Give the statement that drops a constraint.

        Raises:
            NotStatic: SQLite makes the table anew.
        """
        name = text_in(constraint.named.get("name"), "the constraint's name")
        table = self._ddl.name(model.table)
        if constraint.last == "UniqueConstraint" and self._is_partial(constraint):
            guarded = self._engine == "postgresql"
            return self._ddl.drop_index(self._ddl.name(name), table, guarded=guarded)
        if self._engine == "sqlite":
            raise NotStatic(_REBUILT)
        kind = "check" if constraint.last == "CheckConstraint" else "unique"
        return self._ddl.drop_constraint(table, name, "check" if kind == "check" else "unique")

    def condition(self, value: object, model: Model) -> str:
        """Give a condition, as far as it compares fields with plain values.

        Raises:
            NotStatic: It does something else.
        """
        if not isinstance(value, Call) or value.last != "Q":
            raise NotStatic("a condition is known only when it runs")
        parts = [self._pair(each, model) for each in value.args]
        parts += [self._compared(name, wanted, model) for name, wanted in value.named.items()]
        connector = value.named.get("_connector")
        if connector is not None:
            raise NotStatic("a condition is known only when it runs")
        joined = " AND ".join(parts)
        return f"({joined})" if len(parts) > 1 else joined

    def _pair(self, value: object, model: Model) -> str:
        if isinstance(value, Call):
            return self.condition(value, model)
        if isinstance(value, (list, tuple)) and len(value) == 2 and isinstance(value[0], str):  # noqa: PLR2004
            return self._compared(value[0], value[1], model)
        raise NotStatic("a condition is known only when it runs")

    def _compared(self, path: str, wanted: object, model: Model) -> str:
        name, _, look = path.partition("__")
        column = self._ddl.name(self._column(model, name))
        if look == "isnull":
            return f"{column} IS {'NULL' if wanted else 'NOT NULL'}"
        if look in {"", *_COMPARED}:
            if isinstance(wanted, bool):
                return column if wanted else f"NOT {column}"
            if isinstance(wanted, Call) and wanted.last == "F":
                other = self._column(
                    model, text_in(wanted.args[0] if wanted.args else None, "a field")
                )
                return f"{column} {_COMPARED[look or 'exact']} {self._ddl.name(other)}"
            return f"{column} {_COMPARED[look or 'exact']} {literal(wanted)}"
        if look == "in" and isinstance(wanted, (list, tuple)):
            return f"{column} IN ({', '.join(literal(each) for each in wanted)})"
        raise NotStatic(f"a condition with `{look}` is Django's to write")

    def expression(self, value: object) -> str:
        """Give a default that the database itself fills in.

        Raises:
            NotStatic: It is the program's to write.
        """
        if isinstance(value, Call) and value.last == "Now":
            return "STATEMENT_TIMESTAMP()" if self._engine == "postgresql" else "CURRENT_TIMESTAMP"
        if isinstance(value, Call):
            raise NotStatic("a default is Django's to write")
        return literal(value)

    def _column(self, model: Model, name: str) -> str:
        field = model.find(name)
        if field is None:
            raise NotStatic(f"{model.name} has no field {name} here")
        return field.column
