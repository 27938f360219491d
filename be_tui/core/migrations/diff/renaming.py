"""Renames that a person states: a schema as it is once they are done.

Names are changed in keys, indexes, foreign keys and, as words, in expressions, as the engines do
themselves. What is carried as whole statements keeps its text: it is dropped before and made after.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from be_tui.core.errors import InputError
from be_tui.core.migrations.diff.comparing import same_space
from be_tui.core.migrations.diff.model import Rename
from be_tui.core.migrations.diff.objects import EnumerationValueRenamed
from be_tui.core.migrations.diff.tables import ColumnRenamed, TableRenamed
from be_tui.core.schema import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.schema import (
        Enumeration,
        ForeignKey,
        Grant,
        Index,
        IndexPart,
        Key,
        Other,
        Policy,
        Schema,
        Table,
        Trigger,
    )

Renamed = TableRenamed | ColumnRenamed | EnumerationValueRenamed

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
    if table is not None and table.column(column) is not None:
        return Rename(table_name, column, to)
    enumeration = _enumeration(schema, table_name)
    if enumeration is not None and column in enumeration.values:
        return Rename(table_name, column, to, value=True)
    raise InputError(f"the schema before has no {name!r}", where="--rename")


def _enumeration(schema: Schema, name: str) -> Enumeration | None:
    namespace, _, own = name.rpartition(".")
    found = (
        each
        for each in schema.enumerations
        if each.name.casefold() == own.casefold() and same_space(each.namespace, namespace)
    )
    return next(found, None)


def _table(schema: Schema, name: str) -> Table | None:
    namespace, _, own = name.rpartition(".")
    return schema.table(own, namespace)


def carry(
    schema: Schema, renames: Iterable[Rename], after: Schema
) -> tuple[Schema, tuple[Renamed, ...]]:
    """Give a schema with names changed, and the changes.

    Args:
        schema: The schema before.
        renames: What is stated; tables and columns by their names before.
        after: The schema after, which says how the new names are written.

    Raises:
        InputError: Something is not there, or stands in the way.
    """
    stated = sorted(renames, key=lambda each: (each.table.casefold(), not each.column))
    changes: list[Renamed] = []
    for rename in stated:
        if rename.value:
            schema, change_of_value = _rename_value(schema, rename)
            changes.append(change_of_value)
    columns = [each for each in stated if each.column and not each.value]
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


def _rename_value(schema: Schema, rename: Rename) -> tuple[Schema, EnumerationValueRenamed]:
    before = _enumeration(schema, rename.table)
    if before is None or rename.column not in before.values:
        raise InputError(f"no value {rename.column!r}", where=f"--rename {rename}")
    if rename.to in before.values:
        raise InputError(f"there is a value {rename.to!r} already", where=f"--rename {rename}")
    values = tuple(rename.to if each == rename.column else each for each in before.values)
    made = replace(before, values=values)
    old, new = (f"'{each.replace(chr(39), chr(39) * 2)}'" for each in (rename.column, rename.to))
    tables = tuple(_revalued(each, before, old, new) for each in schema.tables)
    kinds = tuple(made if each is before else each for each in schema.enumerations)
    change = EnumerationValueRenamed(made, rename.column, rename.to)
    return replace(schema, tables=tables, enumerations=kinds), change


def _revalued(table: Table, kind: Enumeration, old: str, new: str) -> Table:
    """Give a table whose expressions name a value of an enumeration as it is called after."""
    own = {
        each.name.folded
        for each in table.columns
        if each.type.name.rpartition(".")[2].strip('"').casefold() == kind.name.casefold()
    }
    if not own:
        return table

    def of(sql: str) -> str:
        named = any(re.search(rf"\b{re.escape(each)}\b", sql, re.I) for each in own)
        return sql.replace(old, new) if named else sql

    columns = tuple(
        replace(each, default=each.default.replace(old, new)) if each.name.folded in own else each
        for each in table.columns
    )
    checks = tuple(replace(each, expression=of(each.expression)) for each in table.checks)
    indexes = tuple(replace(each, where=of(each.where)) for each in table.indexes)
    return replace(table, columns=columns, checks=checks, indexes=indexes)


def _within(change: Renamed, renamed: TableRenamed) -> Renamed:
    if not isinstance(change, ColumnRenamed) or change.table.name != renamed.before.name:
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

    def renamed(one: Table) -> Table:
        columns = tuple(
            replace(each, name=found.name) if each.name.folded == old else each
            for each in one.columns
        )
        return _renamed_columns(replace(one, columns=columns), old, new, change)

    made = renamed(table)
    below = {id(each) for each in _below(table, schema)}
    tables = tuple(
        made
        if each is table
        else _targets(renamed(each) if id(each) in below else each, table, old, new)
        for each in schema.tables
    )
    carried = _said_of(replace(schema, tables=tables), table.name.folded, change)
    return carried, ColumnRenamed(made, before, column)


def _below(table: Table, schema: Schema) -> Iterator[Table]:
    """Give the partitions of a table and what inherits from it: they are renamed with it."""
    for each in schema.tables:
        for name in (each.parent, *each.inherits):
            space, _, own = name.rpartition(".")
            if own == table.name.folded and same_space(space or each.namespace, table.namespace):
                yield each
                yield from _below(each, schema)


def _said_of(schema: Schema, table: str, change: _Substitution) -> Schema:
    """Give a schema whose triggers and policies name what stands on their table as it is after."""

    def granted(grant: Grant) -> Grant:
        own = grant.kind == "table" and grant.target.rpartition(".")[2].casefold() == table
        return replace(grant, privileges=tuple(map(change, grant.privileges))) if own else grant

    return replace(
        schema,
        grants=tuple(granted(each) for each in schema.grants),
        triggers=tuple(
            replace(each, definition=change(each.definition)) if each.table == table else each
            for each in schema.triggers
        ),
        policies=tuple(
            replace(each, definition=change(each.definition)) if each.table == table else each
            for each in schema.policies
        ),
        others=tuple(
            replace(each, definition=change(each.definition)) if each.table == table else each
            for each in schema.others
        ),
    )


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
    moved = _said_of(replace(schema, tables=tables), old, change)
    grants = tuple(_granted(each, old, new) for each in moved.grants)
    return (
        replace(
            moved,
            views=tuple(replace(each, query=change(each.query)) for each in moved.views),
            triggers=tuple(_moved(each, old, new) for each in moved.triggers),
            policies=tuple(_moved(each, old, new) for each in moved.policies),
            others=tuple(_moved(each, old, new) for each in moved.others),
            grants=grants,
        ),
        TableRenamed(before, made),
    )


_OnTable = TypeVar("_OnTable", "Trigger", "Policy", "Other")


def _moved(found: _OnTable, old: str, new: str) -> _OnTable:
    return replace(found, table=new) if found.table == old else found


def _granted(grant: Grant, old: str, new: str) -> Grant:
    start, dot, name = grant.target.rpartition(".")
    of_table = grant.kind == "table" and name.casefold() == old
    return replace(grant, target=f"{start}{dot}{new}") if of_table else grant
