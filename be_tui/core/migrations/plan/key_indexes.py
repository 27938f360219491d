"""The indexes that MySQL and MariaDB make for foreign keys by themselves.

A foreign key needs an index that begins with its columns. Where nobody makes one the server does,
and takes it away as soon as another serves. So when that other one goes, the first is to be said.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import tables
from be_tui.core.schema import Index, IndexPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.migrations.diff import Change
    from be_tui.core.migrations.plan.model import Phase
    from be_tui.core.schema import ForeignKey, Table

    Columns = Counter[tuple[str, ...]]


def for_keys(
    group: Sequence[Change], old: Table | None, new: Table | None, phase: Phase
) -> tuple[tuple[tables.IndexAdded, ...], tuple[tables.IndexAdded, ...]]:
    """Give the indexes to make beside some changes of a table, and beside their way back.

    Args:
        group: The changes, which are made at once.
        old: The table before the plan, with all renames done.
        new: The table as it is to be.
        phase: Whether the changes are the first of the table, or the last.
    """
    if old is None or new is None:
        return (), ()
    added, dropped = Counter(_added(group)), Counter(_dropped(group))
    if phase == "expand":
        start = Counter(old.index_columns())
        end = start + added - dropped
    else:
        end = Counter(new.index_columns())
        start = end - added + dropped
    keys = [each for each in new.foreign_keys if _said(each) in map(_said, old.foreign_keys)]
    there = tuple(_index(new, each) for each in keys if _leads(start, each) > _leads(end, each))
    back = tuple(_index(old, each) for each in keys if _leads(end, each) > _leads(start, each))
    return there, back


def _added(group: Iterable[Change]) -> list[tuple[str, ...]]:
    found = [each.index.columns for each in group if isinstance(each, tables.IndexAdded)]
    return found + [each.key.columns for each in group if isinstance(each, tables.PrimaryKeyAdded)]


def _dropped(group: Iterable[Change]) -> list[tuple[str, ...]]:
    found = [each.index.columns for each in group if isinstance(each, tables.IndexDropped)]
    return found + [
        each.key.columns for each in group if isinstance(each, tables.PrimaryKeyDropped)
    ]


def _said(key: ForeignKey) -> tuple[object, ...]:
    """Give what a key that stays says on both sides."""
    return key.columns, key.table, key.targets, key.on_delete, key.on_update


def _leads(indexes: Columns, key: ForeignKey) -> bool:
    """Tell whether an index serves a foreign key."""
    return any(each[: len(key.columns)] == key.columns for each in indexes)


def _index(table: Table, key: ForeignKey) -> tables.IndexAdded:
    """Give the index as the server would call it."""
    parts = tuple(IndexPart(each, each) for each in key.columns)
    return tables.IndexAdded(table, Index(key.name or key.columns[0], parts, key.place))
