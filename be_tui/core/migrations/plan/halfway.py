"""Columns of MySQL and MariaDB between two phases.

MODIFY COLUMN says all of a column. So what is changed first is said of the column as it stands
until the rest follows, with the type that old code knows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import tables
from be_tui.core.migrations.plan.scene import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from be_tui.core.migrations.diff import Change
    from be_tui.core.schema import Column, Table

_MODIFIED = (
    tables.TypeChanged,
    tables.NullabilityChanged,
    tables.DefaultChanged,
    tables.IdentityChanged,
    tables.GenerationChanged,
    tables.AttributesChanged,
)


def halfway(changes: Sequence[Change], is_early: Callable[[Change], bool]) -> Iterator[Change]:
    """Give changes of which the first leave to later what comes later.

    Args:
        changes: All of them, in their order.
        is_early: Tells which come first.
    """
    of_columns = [each for each in changes if isinstance(each, _MODIFIED)]
    late = {_column(each.table, each.after) for each in of_columns if not is_early(each)}
    between: dict[object, Column] = {}
    for each in of_columns:
        key = _column(each.table, each.after)
        if key in late and is_early(each):
            between[key] = _first(each, between.get(key, each.before))
    for change in changes:
        if not isinstance(change, _MODIFIED):
            yield change
            continue
        middle = between.get(_column(change.table, change.after))
        if middle is None:
            yield change
        else:
            early = is_early(change)
            yield replace(change, after=middle) if early else replace(change, before=middle)


def _first(change: Change, now: Column) -> Column:
    """Give a column with what is changed first."""
    if isinstance(change, tables.DefaultChanged):
        return replace(now, default=change.after.default)
    return replace(now, nullable=True)


def _column(table: Table, column: Column) -> tuple[str, str, str]:
    return *key_of(table), column.name.folded
