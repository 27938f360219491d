"""What differs between two columns of one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.diff.comparing import (
    same_sql,
    same_type,
    sequence_of,
    steps_of,
    whole_column,
)
from be_tui.core.migrations.diff.objects import CommentChanged
from be_tui.core.migrations.diff.tables import (
    AttributesChanged,
    ColumnAdded,
    ColumnDropped,
    DefaultChanged,
    GenerationChanged,
    IdentityChanged,
    NullabilityChanged,
    StatisticsChanged,
    StorageChanged,
    TypeChanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Column, Table


def of_columns(before: Table, after: Table, namer: Namer) -> Iterator[Change]:
    """Give what differs in the columns of a table, those that are new and those that are gone.

    Args:
        before: The table with all renames done.
        after: The table as it is to be.
        namer: Writes names.
    """
    if before.columns == after.columns:
        return
    old = {each.name.folded: each for each in before.columns}
    new = {each.name.folded for each in after.columns}
    follows = ""
    for column in after.columns:
        own = column.name.folded
        if own not in old:
            yield ColumnAdded(after, column, follows if column is not after.columns[-1] else "")
        elif whole_column(old[own]) != whole_column(column):
            yield from of_column(before, after, old[own], column, namer)
        follows = own
    for column in before.columns:
        if column.name.folded not in new:
            yield ColumnDropped(after, column, _precedes(before, column))


def _precedes(table: Table, column: Column) -> str:
    """Give the column before one that does not stand at the end."""
    at = next(at for at, each in enumerate(table.columns) if each is column)
    return table.columns[at - 1].name.folded if 0 < at < len(table.columns) - 1 else ""


def of_column(
    old_table: Table, table: Table, before: Column, after: Column, namer: Namer
) -> Iterator[Change]:
    """Give what differs between two columns."""
    retyped = not same_type(before.type, after.type) or before.collation != after.collation
    if retyped:
        yield TypeChanged(table, before, after)
    computed = (bool(before.generated), before.virtual) != (bool(after.generated), after.virtual)
    if computed or not same_sql(before.generated, after.generated):
        yield GenerationChanged(table, before, after)
    if _numbered(old_table, before) != _numbered(table, after):
        yield IdentityChanged(table, before, after)
    elif not retyped and not same_sql(before.default, after.default):
        # With a new type comes the new default: the old one may be of the old type only.
        yield DefaultChanged(table, before, after)
    if (before.nullable, before.not_null_valid) != (after.nullable, after.not_null_valid):
        yield NullabilityChanged(table, before, after)
    if (before.storage, before.compression) != (after.storage, after.compression):
        yield StorageChanged(table, before, after)
    if before.statistics != after.statistics:
        yield StatisticsChanged(table, before, after)
    yield from _attributes(table, before, after, namer)


def _numbered(table: Table, column: Column) -> tuple[object, ...]:
    named = sequence_of(column, table) if column.auto == "identity" else ""
    return column.auto, column.always, steps_of(column), named


def _attributes(table: Table, before: Column, after: Column, namer: Namer) -> Iterator[Change]:
    mysql = namer.engine in {"mysql", "mariadb"}
    said = (before.charset, before.on_update) != (after.charset, after.on_update)
    if mysql and (said or before.comment != after.comment):
        yield AttributesChanged(table, before, after)
    elif not mysql and before.comment != after.comment:
        target = f"{namer.table(table)}.{namer.of(after)}"
        yield CommentChanged("COLUMN", target, before.comment, after.comment)
