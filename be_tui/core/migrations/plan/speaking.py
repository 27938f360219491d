"""Says changes in the SQL of an engine, forwards and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from be_tui.core.ddl import Namer
from be_tui.core.migrations.diff import between, carry, inverse, objects, tables
from be_tui.core.migrations.plan.model import Statement
from be_tui.core.migrations.plan.sql_objects import say_object
from be_tui.core.migrations.plan.sql_tables import say_table, whole_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.diff import Change, Rename
    from be_tui.core.migrations.diff.objects import ObjectChange
    from be_tui.core.migrations.diff.tables import TableChange
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target

_OF_TABLES = frozenset(
    each
    for each in vars(tables).values()
    if isinstance(each, type) and each.__module__ == tables.__name__
)


def is_of_table(change: Change) -> bool:
    """Tell whether a change is one of a table."""
    return type(change) in _OF_TABLES


@dataclass(frozen=True, slots=True)
class Speaker:
    """Knows the names of both sides."""

    target: Target
    before: Namer
    """Names before anything is renamed."""

    middle: Namer
    """Names once all is renamed, what goes among them."""

    after: Namer
    """Names as they are to be."""

    def say(self, change: Change) -> tuple[str, ...]:
        """Give the statements of one change, without semicolons."""
        if is_of_table(change):
            return tuple(self._table(cast("TableChange", change)))
        return tuple(say_object(cast("ObjectChange", change), self.before, self.after))

    def _table(self, change: TableChange) -> Iterator[str]:
        if self.target.engine == "postgresql":
            yield from say_table(change, self.middle, self.target)
            return
        match change:
            case tables.TableAdded():
                yield from whole_table(change.table, self.middle)
            case tables.TableDropped() | tables.TableRenamed() | tables.ColumnRenamed():
                yield from say_table(change, self.middle, self.target)
            case tables.ForeignKeyAdded() | tables.ForeignKeyDropped() if (
                self.target.engine == "sqlite"
            ):
                # SQLite's foreign keys stand in their table.
                return
            case _:
                from be_tui.core.migrations.plan.sql_mysql import say_altered

                yield from say_altered((change,), self.middle)

    def turned(self) -> Speaker:
        """Give the speaker of the way back."""
        return Speaker(self.target, self.after, self.middle, self.before)

    def back(self, changes: Iterable[Change]) -> tuple[str, ...]:
        """Give the statements that take changes back, the last first."""
        turned = self.turned()
        return tuple(
            statement
            for change in reversed(tuple(changes))
            for opposite in inverse(change)
            for statement in turned.say(opposite)
        )

    def statements(self, change: Change) -> tuple[Statement, ...]:
        """Give the statements of one change, with how each runs."""
        return tuple(Statement(each, outside=runs_alone(change)) for each in self.say(change))


def runs_alone(change: Change) -> bool:
    """Tell whether a change is not for a transaction with others."""
    # A value that was added is not to be used before the transaction that added it is done.
    return isinstance(change, objects.EnumerationValueAdded)


def speaker(before: Schema, after: Schema, target: Target, renames: Iterable[Rename]) -> Speaker:
    """Give who says what leads from one schema to another."""
    carried, _ = carry(before, renames, after)
    engine = target.engine
    return Speaker(
        target,
        Namer(before, engine),
        Namer(between(carried, after), engine),
        Namer(after, engine),
    )
