"""Holds back what a probable rename would drop, until somebody says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import objects, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.migrations.diff.model import Change, Question
    from be_tui.core.schema import Table, View


def hold(
    changes: Sequence[Change], questions: Iterable[Question]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Give the changes that can be made already, and those that wait for an answer."""
    waiting = _Waiting(questions)
    first = {id(each) for each in changes if waiting.holds(each)}
    if not first:
        return tuple(changes), ()
    # What comes in the place of something that stays would find its name taken.
    names = {name for each in changes if id(each) in first and (name := _name(each)) is not None}
    keys = {
        each.table.name.folded
        for each in changes
        if id(each) in first and isinstance(each, tables.PrimaryKeyDropped)
    }
    kept: list[Change] = []
    held: list[Change] = []
    for each in changes:
        second = isinstance(each, tables.PrimaryKeyAdded) and each.table.name.folded in keys
        waits = id(each) in first or second or (_comes(each) and _name(each) in names)
        (held if waits else kept).append(each)
    return tuple(kept), tuple(held)


class _Waiting:
    """What nobody has said to be gone."""

    def __init__(self, questions: Iterable[Question]) -> None:
        renames = [each.rename for each in questions]
        self._tables = {each.table.casefold() for each in renames if not each.column}
        self._types = {each.table.casefold() for each in renames if each.value}
        self._columns = {
            (each.table.casefold(), each.column.casefold())
            for each in renames
            if each.column and not each.value
        }

    def holds(self, change: Change) -> bool:
        """Tell whether a change would take it away, or what stands on it."""
        match change:
            case objects.EnumerationRebuilt():
                return change.before.name.casefold() in self._types
            case tables.TableDropped():
                return _table(change.table) in self._tables
            case objects.TriggerDropped():
                return change.trigger.table in self._tables
            case objects.PolicyDropped():
                return change.policy.table in self._tables
            case tables.CheckDropped():
                said = change.check.expression.casefold()
                own = _table(change.table)
                return any(table == own and name in said for table, name in self._columns)
            case _:
                return self._of_columns(change)

    def _of_columns(self, change: Change) -> bool:
        columns: tuple[str, ...] = ()
        table: Table | View
        match change:
            case tables.ForeignKeyDropped():
                table, columns = change.table, change.key.columns
                if change.key.table in self._tables or _table(table) in self._tables:
                    return True
            case tables.UniqueDropped() | tables.PrimaryKeyDropped():
                table, columns = change.table, change.key.columns
            case tables.IndexDropped():
                table, columns = change.table, change.index.columns
            case tables.ColumnDropped():
                table, columns = change.table, (change.column.name.folded,)
            case _:
                return False
        return any((_table(table), each) in self._columns for each in columns)


def _table(table: Table | View) -> str:
    folded = table.name.folded
    return f"{table.namespace}.{folded}" if table.namespace else folded


def _name(change: Change) -> str | None:
    match change:
        case tables.IndexDropped() | tables.IndexAdded():
            return change.index.name
        case tables.UniqueDropped() | tables.UniqueAdded():
            return change.key.name
        case tables.ForeignKeyDropped() | tables.ForeignKeyAdded():
            return change.key.name
        case tables.CheckDropped() | tables.CheckAdded():
            return change.check.name
        case _:
            return None


def _comes(change: Change) -> bool:
    return isinstance(
        change,
        (tables.IndexAdded, tables.UniqueAdded, tables.ForeignKeyAdded, tables.CheckAdded),
    )
