"""What a field is in its table: its definition, its key, its indexes, as Django writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.djangofields import (
    check_of,
    made_name,
    referred_type,
    suffix_of,
    type_of,
)
from be_tui.core.migrations.files.code.djangostate import column_of
from be_tui.core.migrations.files.code.values import NotStatic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.files.code.djangofields import Field, Model
    from be_tui.core.migrations.files.code.djangoindexes import Indexes
    from be_tui.core.migrations.files.code.djangostate import State
    from be_tui.core.migrations.files.ddl import Ddl
    from be_tui.core.sqltext import Target

IMMEDIATE = " DEFERRABLE INITIALLY DEFERRED"


class Columns:
    """Writes them for one engine, over a state."""

    def __init__(self, ddl: Ddl, target: Target, state: State, indexes: Indexes) -> None:
        """Write with an engine's words."""
        self.ddl, self.engine, self.state = ddl, target.engine, state
        self._indexes = indexes

    def definition(self, field: Field, default: str | None = None) -> str:
        """Give a column's type and what holds for it, in Django's order."""
        key = self.key(field) if field.is_reference else None
        kind = referred_type(key[1], self.engine) if key else type_of(field, self.engine)
        words = [kind]
        if default is not None:
            words.append(f"DEFAULT {default}")
        elif "db_default" in field.call.named:
            words.append(f"DEFAULT {self._indexes.expression(field.call.named['db_default'])}")
        words.append("NULL" if field.null else "NOT NULL")
        if field.primary:
            words.append("PRIMARY KEY")
        elif field.unique:
            words.append("UNIQUE")
        text = " ".join(words) + suffix_of(field, self.engine)
        check = check_of(field, self.ddl.name(field.column), self.engine)
        text += f" CHECK ({check})" if check else ""
        if key and field.constrained and self.engine == "sqlite":
            there = f"{self.ddl.name(key[0].table)} ({self.ddl.name(key[1].column)})"
            text += f" REFERENCES {there}{IMMEDIATE}"
        return text

    def key(self, field: Field) -> tuple[Model, Field]:
        """Give the model and field that a foreign key refers to."""
        to = field.call.get(1 if field.call.args[:1] == () else 0, "to")
        model = self.state.referred(to)
        wanted = field.option("to_field")
        key = model.find(wanted) if isinstance(wanted, str) else model.key
        if key is None:
            raise NotStatic(f"the key of {model.name} is not known")
        return (model, self.key(key)[1]) if key.is_reference else (model, key)

    def foreign_key(self, name: str, model: Model) -> str:
        """Give the statement that adds a field's foreign key."""
        field = model.find(name)
        if field is None:
            raise NotStatic(f"{model.name} has no field {name} here")
        there, key = self.key(field)
        suffix = f"_fk_{there.table}_{key.column}"
        made = made_name(model.table, [field.column], suffix, self.engine)
        text = self.ddl.foreign_key([field.column], self.ddl.name(there.table), [key.column])
        tail = "" if self.ddl.is_mysql else IMMEDIATE
        table = self.ddl.name(model.table)
        return self.ddl.add_constraint(table, self.ddl.named(made, text + tail))

    def own_index(self, field: Field, model: Model) -> Iterator[str]:
        """Give the index that a field has by itself, and PostgreSQL's for LIKE."""
        table, column = self.ddl.name(model.table), field.column
        # MySQL makes the index of a foreign key itself.
        if field.indexed and not (self.ddl.is_mysql and field.constrained):
            name = self.ddl.name(made_name(model.table, [column], "", self.engine))
            yield self.ddl.create_index(name, table, [self.ddl.name(column)])
        if self.engine == "postgresql" and (field.indexed or field.unique or field.primary):
            yield from self.for_like(field, model)

    def for_like(self, field: Field, model: Model) -> Iterator[str]:
        """Give PostgreSQL's index for LIKE, where a text has one."""
        key = self.key(field)[1] if field.is_reference else field
        kind = type_of(key, self.engine)
        if kind.startswith("varchar") or kind == "text":
            operators = "varchar_pattern_ops" if kind.startswith("varchar") else "text_pattern_ops"
            name = self.ddl.name(made_name(model.table, [field.column], "_like", self.engine))
            column = f"{self.ddl.name(field.column)} {operators}"
            yield self.ddl.create_index(name, self.ddl.name(model.table), [column])

    def unique(self, model: Model, fields: tuple[str, ...]) -> str:
        """Give the constraint that fields are unique together."""
        columns = [column_of(model, each) for each in fields]
        name = made_name(model.table, columns, "_uniq", self.engine)
        return self.ddl.named(name, f"UNIQUE ({self.ddl.names(columns)})")

    def added_unique(self, fields: tuple[str, ...], model: Model) -> str:
        """Give the statement that adds it; SQLite has an index for it."""
        table = self.ddl.name(model.table)
        if self.engine != "sqlite":
            return self.ddl.add_constraint(table, self.unique(model, fields))
        columns = [column_of(model, each) for each in fields]
        name = self.ddl.name(made_name(model.table, columns, "_uniq", self.engine))
        return self.ddl.create_index(name, table, list(map(self.ddl.name, columns)), unique=True)

    def key_name(self, field: Field, model: Model) -> str:
        """Give the name of a field's foreign key."""
        there, key = self.key(field)
        suffix = f"_fk_{there.table}_{key.column}"
        return self.ddl.name(made_name(model.table, [field.column], suffix, self.engine))

    def inline_key(self, field: Field, model: Model) -> str:
        """Give a foreign key as a part of its column's definition."""
        there, key = self.key(field)
        target = f"{self.ddl.name(there.table)}({self.ddl.name(key.column)})"
        name = self.key_name(field, model)
        return f" CONSTRAINT {name} REFERENCES {target}{IMMEDIATE}"

    def shape(self, field: Field) -> tuple[str, bool, bool, bool, str, bool]:
        """Give all of a field that the database knows."""
        key = self.key(field)[1] if field.is_reference else field
        kind = type_of(key, self.engine)
        referred = self.key(field)[0].table if field.is_reference else ""
        return kind, field.null, field.unique, field.indexed, field.column + referred, field.primary

    def using(self, before: str, after: str, name: str) -> str:
        """Give how values are taken over, where Django says so."""
        same = before.partition("(")[0] == after.partition("(")[0]
        return "" if same else f"{self.ddl.name(name)}::{after}"

    def nth_index(self, name: str, index: int, model: Model) -> str:
        """Give one of a field's own indexes, as the model stands by then."""
        field = model.find(name)
        found = list(self.own_index(field, model)) if field else []
        if index >= len(found):
            raise NotStatic(f"what is indexed of {name} changes within the migration")
        return found[index]

    def called(self, field: Field, model: Model) -> Field:
        """Give a field with the names that what belongs to it is called by from now on."""
        if field.made:
            return field
        suffix = ""
        if field.is_reference:
            try:
                there, key = self.key(field)
                suffix = f"_fk_{there.table}_{key.column}"
            except NotStatic:
                suffix = ""
        return replace(field, made=(model.table, field.column, suffix))

    def drop_key(self, field: Field, model: Model) -> Iterator[str]:
        """Give the statements that drop a field's foreign key."""
        table, column, suffix = (field.made or self.called(field, model).made) or ("", "", "")
        name = made_name(table, [column], suffix, self.engine)
        if self.engine == "postgresql":
            yield f"SET CONSTRAINTS {self.ddl.name(name)} IMMEDIATE"
        yield self.ddl.drop_constraint(self.ddl.name(model.table), name, "foreignkey")
