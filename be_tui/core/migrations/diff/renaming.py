"""Renames that a person states: a schema as it is once they are done.

Names are changed in keys, indexes, foreign keys and, as words, in expressions, as the engines do
themselves. What is carried as whole statements keeps its text: it is dropped before and made after.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.migrations.diff.model import Rename
from be_tui.core.migrations.diff.tables import ColumnRenamed, TableRenamed
from be_tui.core.schema import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.schema import ForeignKey, Index, IndexPart, Key, Schema, Table

_FORM = re.compile(r"([^=]+)=([^=.]+)")


def read_rename(text: str, schema: Schema) -> Rename:
    """Give a rename as it is said on the command line: `users.mail=email`, `users=people`.

    Args:
        text: What was said.
        schema: The schema before; it tells tables from columns.

    Raises:
        InputError: It has another form, or nothing is called so.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        hint = "write TABLE.COLUMN=NEW for a column, TABLE=NEW for a table"
        raise InputError(f"not a rename: {text!r}", where="--rename", hint=hint)
    name, to = found[1].strip(), found[2].strip()
    if _table(schema, name):
        return Rename(name, "", to)
    table_name, dot, column = name.rpartition(".")
    table = _table(schema, table_name) if dot else None
    if table is None or table.column(column) is None:
        raise InputError(f"the schema before has no {name!r}", where="--rename")
    return Rename(table_name, column, to)


def _table(schema: Schema, name: str) -> Table | None:
    namespace, _, own = name.rpartition(".")
    return schema.table(own, namespace)


def carry(
    schema: Schema, renames: Iterable[Rename], after: Schema
) -> tuple[Schema, tuple[TableRenamed | ColumnRenamed, ...]]:
    """Give a schema with names changed, and the changes.

    Args:
        schema: The schema before.
        renames: What is stated; tables and columns by their names before.
        after: The schema after, which says how the new names are written.

    Raises:
        InputError: Something is not there, or stands in the way.
    """
    stated = sorted(renames, key=lambda each: (each.table.casefold(), not each.column))
    changes: list[TableRenamed | ColumnRenamed] = []
    columns = [each for each in stated if each.column]
    for rename in columns:
        table = _table(schema, rename.table)
        if table is None:
            raise InputError(f"no table {rename.table!r}", where="--rename")
        schema, change = _column(schema, table, rename, _renamed_to(rename, stated), after)
        changes.append(change)
    for rename in stated:
        if not rename.column:
            schema, change_of_table = _rename_table(schema, rename, after)
            changes.append(change_of_table)
            changes = [_within(each, change_of_table) for each in changes]
    # Tables first: what is said of columns afterwards names the table as it is then.
    ordered = sorted(changes, key=lambda each: isinstance(each, ColumnRenamed))
    return schema, tuple(ordered)


def _renamed_to(rename: Rename, stated: list[Rename]) -> str:
    """Give what the table of a column is called after."""
    own = (each.to for each in stated if not each.column and each.table == rename.table)
    return next(own, rename.table)


def _within(
    change: TableRenamed | ColumnRenamed, renamed: TableRenamed
) -> TableRenamed | ColumnRenamed:
    if isinstance(change, TableRenamed) or change.table.name != renamed.before.name:
        return change
    return replace(change, table=replace(change.table, name=renamed.after.name))


def _column(
    schema: Schema, table: Table, rename: Rename, table_after: str, after: Schema
) -> tuple[Schema, ColumnRenamed]:
    before = table.column(rename.column)
    if before is None:
        raise InputError(f"{rename.table} has no {rename.column!r}", where="--rename")
    if table.column(rename.to):
        raise InputError(
            f"{rename.table} has a column {rename.to!r} already", where=f"--rename {rename}"
        )
    there = _table(after, table_after)
    found = there.column(rename.to) if there else None
    if found is None:
        raise InputError(
            f"the schema after has no {table_after}.{rename.to}", where=f"--rename {rename}"
        )
    old, new = before.name.folded, found.name.folded
    change = _Substitution(before.name.text, found.name.text)
    column = replace(before, name=found.name)
    columns = tuple(column if each is before else each for each in table.columns)
    made = _renamed_columns(replace(table, columns=columns), old, new, change)
    tables = tuple(
        made if each is table else _targets(each, table, old, new) for each in schema.tables
    )
    return replace(schema, tables=tables), ColumnRenamed(made, before, column)


class _Substitution:
    """Puts one name in the place of another wherever it stands as a word outside of texts."""

    def __init__(self, old: str, new: str) -> None:
        self._pattern = re.compile(rf"'(?:[^']|'')*'|\"?\b{re.escape(old)}\b\"?", re.I)
        self._old, self._new = old, new
        self._plain = new if re.fullmatch(r"[a-z_][a-z0-9_]*", new) else f'"{new}"'

    def __call__(self, sql: str) -> str:
        if not sql or self._old.casefold() not in sql.casefold():
            return sql
        return self._pattern.sub(self._one, sql)

    def _one(self, found: re.Match[str]) -> str:
        return found[0] if found[0].startswith("'") else self._plain


def _renamed_columns(table: Table, old: str, new: str, change: _Substitution) -> Table:
    def names(found: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if each == old else each for each in found)

    def key(found: Key) -> Key:
        return replace(found, columns=names(found.columns), include=names(found.include))

    def part(found: IndexPart) -> IndexPart:
        if found.column == old:
            return replace(found, column=new, expression=new)
        return found if found.column else replace(found, expression=change(found.expression))

    def index(found: Index) -> Index:
        parts = tuple(part(each) for each in found.parts)
        include = names(found.include)
        return replace(found, parts=parts, include=include, where=change(found.where))

    def foreign(found: ForeignKey) -> ForeignKey:
        columns, nulled = names(found.columns), names(found.set_columns)
        return replace(found, columns=columns, set_columns=nulled)

    return replace(
        table,
        columns=tuple(
            replace(each, generated=change(each.generated)) if each.generated else each
            for each in table.columns
        ),
        primary_key=key(table.primary_key) if table.primary_key else None,
        uniques=tuple(key(each) for each in table.uniques),
        foreign_keys=tuple(foreign(each) for each in table.foreign_keys),
        checks=tuple(replace(each, expression=change(each.expression)) for each in table.checks),
        indexes=tuple(index(each) for each in table.indexes),
        exclusions=tuple(
            replace(each, definition=change(each.definition)) for each in table.exclusions
        ),
        partition_by=change(table.partition_by),
    )


def _targets(table: Table, parent: Table, old: str, new: str) -> Table:
    """Give a table whose foreign keys name another table's column as it is called after."""
    if not any(each.table == parent.name.folded for each in table.foreign_keys):
        return table
    keys = tuple(
        replace(each, targets=tuple(new if name == old else name for name in each.targets))
        if each.table == parent.name.folded
        else each
        for each in table.foreign_keys
    )
    return replace(table, foreign_keys=keys)


def _rename_table(schema: Schema, rename: Rename, after: Schema) -> tuple[Schema, TableRenamed]:
    before = _table(schema, rename.table)
    found = _table(after, rename.to)
    if before is None or found is None:
        message = f"the schema after has no table {rename.to!r}"
        raise InputError(message, where=f"--rename {rename}")
    if _table(schema, rename.to):
        message = f"there is a table {rename.to!r} before, too"
        raise InputError(message, where=f"--rename {rename}", hint="rename or drop it first")
    made = replace(before, name=Name(found.name.text, found.name.quoted))
    old, new = before.name.folded, made.name.folded

    def key(found: ForeignKey) -> ForeignKey:
        return replace(found, table=new) if found.table == old else found

    def carried(table: Table) -> Table:
        now = made if table is before else table
        keys = tuple(key(each) for each in now.foreign_keys)
        parent = new if now.parent == old else now.parent
        inherits = tuple(new if each == old else each for each in now.inherits)
        return replace(now, foreign_keys=keys, parent=parent, inherits=inherits)

    tables = tuple(carried(each) for each in schema.tables)
    change = _Substitution(before.name.text, made.name.text)
    views = tuple(replace(each, query=change(each.query)) for each in schema.views)
    return replace(schema, tables=tables, views=views), TableRenamed(before, made)
