"""Changes of a table of SQLite: directly where SQLite can, else by a new table with the old rows.

SQLite adds columns at the end, drops those that nothing names, and renames. All else is a table
made anew: created under another name, filled, and put in the old one's place, with its indexes and
triggers, while foreign keys are not looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.ddl import (
    column_sql,
    create_index,
    create_table,
    default_sql,
    identifier,
    type_sql,
)
from be_tui.core.migrations.diff import tables
from be_tui.core.migrations.plan.model import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.tables import TableChange
    from be_tui.core.schema import Column, Table, Trigger
    from be_tui.core.sqltext import Target

_DROPS_COLUMNS = (3, 35)
_CONSTANT = re.compile(r"[+-]?\d+(?:\.\d+)?|'(?:[^']|'')*'|null|true|false|x'[0-9a-f]*'", re.I)


@dataclass(frozen=True, slots=True)
class TableWork:
    """All changes of one table."""

    before: Table
    """With all renames done."""

    after: Table
    changes: tuple[TableChange, ...]
    triggers: tuple[Trigger, ...] = ()
    """Those that stand on it after, and did before."""

    @property
    def turned(self) -> TableWork:
        """Give the work that takes this back."""
        from be_tui.core.migrations.diff import inverse

        back = tuple(one for each in reversed(self.changes) for one in inverse(each))
        # The changes of a table turn into changes of it.
        return TableWork(self.after, self.before, back, self.triggers)  # type: ignore[arg-type]


def can_directly(work: TableWork, target: Target) -> bool:
    """Tell whether SQLite makes all of the changes itself."""
    return all(directly(each, work.after, target) for each in work.changes)


def directly(change: TableChange, table: Table, target: Target) -> bool:
    """Tell whether SQLite makes a change itself."""
    match change:
        case tables.IndexAdded() | tables.IndexDropped() | tables.IndexRenamed():
            return True
        case tables.ColumnDropped():
            return not target.version or target.since(*_DROPS_COLUMNS)
        case tables.ColumnAdded():
            return _can_add(change.column, table)
        case _:
            return False


def _can_add(column: Column, table: Table) -> bool:
    name = column.name.folded
    if any(name in key.columns for key in table.keys) or column.auto:
        return False
    if any(name in key.columns for key in table.foreign_keys):
        return False
    if column.generated:
        return column.virtual and column.nullable
    constant = not column.default or bool(_CONSTANT.fullmatch(column.default.strip("() ")))
    filled = bool(column.default) and column.default.strip("() ").lower() != "null"
    return constant and (column.nullable or filled)


def say_work(work: TableWork, namer: Namer, target: Target) -> Iterator[Statement]:
    """Give the statements of all changes of a table."""
    if can_directly(work, target):
        for change in work.changes:
            yield from (Statement(each) for each in _direct(change, namer))
        return
    yield from rebuilt(work, namer)


def _direct(change: TableChange, namer: Namer) -> Iterator[str]:
    match change:
        case tables.IndexAdded():
            yield create_index(change.index, change.table, namer)
        case tables.IndexDropped():
            yield f"DROP INDEX {identifier(change.index.name, 'sqlite')}"
        case tables.IndexRenamed():
            yield f"DROP INDEX {identifier(change.before.name, 'sqlite')}"
            yield create_index(change.after, change.table, namer)
        case tables.ColumnAdded():
            name = namer.table(change.table)
            yield f"ALTER TABLE {name} ADD COLUMN {column_sql(change.column, namer)}"
        case tables.ColumnDropped():
            yield f"ALTER TABLE {namer.table(change.table)} DROP COLUMN {namer.of(change.column)}"
        case _:
            raise AssertionError(f"no statement is known for {type(change).__name__}")


def rebuilt(work: TableWork, namer: Namer) -> Iterator[Statement]:
    """Give what makes a table anew, with its rows, indexes and triggers."""
    table = work.after
    name = namer.table(table)
    new = identifier(f"{table.name.text}__new", "sqlite")
    yield Statement(
        "PRAGMA foreign_keys = OFF",
        outside=True,
        comment="Inside a transaction it would do nothing, and DROP TABLE would delete rows of"
        " other tables.",
    )
    yield Statement(
        "PRAGMA legacy_alter_table = ON",
        outside=True,
        comment="Views and triggers that name the table are left as they are.",
    )
    yield Statement(create_table(table, namer, name=new))
    columns, values = _copied(work, namer)
    if columns:
        into, drawn = ", ".join(columns), ", ".join(values)
        yield Statement(f"INSERT INTO {new} ({into}) SELECT {drawn} FROM {name}")  # noqa: S608 (quoted names)
    yield Statement(f"DROP TABLE {name}")
    own = identifier(table.name.text, "sqlite")
    yield Statement(f"ALTER TABLE {new} RENAME TO {own}")
    yield from (Statement(create_index(each, table, namer)) for each in table.indexes)
    yield from (Statement(each.definition) for each in work.triggers)
    yield Statement(
        "PRAGMA foreign_key_check", comment="It gives a row for each that refers to nothing."
    )
    yield Statement("PRAGMA legacy_alter_table = OFF", outside=True)
    yield Statement("PRAGMA foreign_keys = ON", outside=True)


def _copied(work: TableWork, namer: Namer) -> tuple[list[str], list[str]]:
    """Give the columns that rows are copied into, and what is put there."""
    columns: list[str] = []
    values: list[str] = []
    for column in work.after.columns:
        old = work.before.column(column.name.text)
        if old is None or column.generated:
            continue
        columns.append(namer.of(column))
        values.append(_value(old, column, work.after, namer))
    return columns, values


def _value(old: Column, column: Column, table: Table, namer: Namer) -> str:
    said = namer.of(old)
    if table.strict and old.type.name != column.type.name:
        said = f"CAST({said} AS {type_sql(column.type, 'sqlite')})"
    if old.nullable and not column.nullable and column.default:
        return f"coalesce({said}, {default_sql(column.default, 'sqlite')})"
    return said
