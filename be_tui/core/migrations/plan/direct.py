"""Plain DDL from one schema to another, for a database that nobody uses meanwhile."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, cast

from be_tui.core.migrations.diff import in_the_way, inverse, objects, ordered, tables
from be_tui.core.migrations.plan.key_indexes import for_keys
from be_tui.core.migrations.plan.losses import lost
from be_tui.core.migrations.plan.model import Statement, Step
from be_tui.core.migrations.plan.speaking import Speaker, is_of_table
from be_tui.core.migrations.plan.sql_mysql import BY_THEMSELVES, say_altered
from be_tui.core.migrations.plan.sql_sqlite import TableWork, say_work
from be_tui.core.migrations.plan.words import title
from be_tui.core.schema import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.migrations.diff import Change
    from be_tui.core.migrations.diff.tables import TableChange
    from be_tui.core.migrations.plan.model import Phase
    from be_tui.core.schema import Schema, Trigger

_WHOLE = (
    tables.TableAdded,
    tables.TableDropped,
    tables.TableRenamed,
    tables.ColumnRenamed,
)


def direct_steps(
    changes: Sequence[Change],
    speaker: Speaker,
    before: Schema,
    after: Schema,
    phase: Phase = "expand",
    gone: Sequence[Change] = (),
) -> Iterator[Step]:
    """Give a step for each change, or for all changes of a table where the engine wants that.

    Args:
        changes: In an order in which they can be made.
        speaker: Says them.
        before: The schema with all renames done.
        after: The schema as it is to be.
        phase: The phase of the steps.
        gone: What is dropped before, and so not there when a step is taken back.
    """
    if speaker.target.engine == "postgresql":
        for _, together in groupby(changes, _together):
            group = tuple(together)
            step = _step(group, speaker, phase)
            if isinstance(group[0], objects.EnumerationValueAdded):
                down = without_values(group[0], speaker, before, gone or changes)
                step = replace(step, down=down)
            yield step
        return
    for group in _by_table(changes, speaker):
        if not is_of_table(group[0]) or isinstance(group[0], _WHOLE):
            yield from (_step((each,), speaker, phase) for each in group)
        elif speaker.target.engine == "sqlite":
            yield _lite_step(group, speaker, before, after, phase)
        else:
            yield _mysql_step(group, speaker, before, after, phase)


def _together(change: Change) -> object:
    """Give what is the same for changes that are taken back together."""
    if isinstance(change, objects.EnumerationValueAdded):
        return change.after.namespace, change.after.name
    return id(change)


def _step(group: tuple[Change, ...], speaker: Speaker, phase: Phase) -> Step:
    up = tuple(statement for each in group for statement in speaker.statements(each))
    down = tuple(Statement(each) for each in speaker.back(group))
    return Step(phase, _title(group), up, down, lost(group))


def without_values(
    change: objects.EnumerationValueAdded,
    speaker: Speaker,
    before: Schema,
    gone: Sequence[Change],
) -> tuple[Statement, ...]:
    """Give what takes values from an enumeration; what stands in the way goes and comes again."""
    (rebuilt,) = inverse(change)
    forced = in_the_way((rebuilt,), before, before, gone)
    middle = Speaker(speaker.target, speaker.middle, speaker.middle, speaker.middle)
    found = ordered((rebuilt, *forced))
    return tuple(Statement(each) for one in found for each in middle.say(one))


def _title(group: Sequence[Change]) -> str:
    return "; ".join(dict.fromkeys(title(each) for each in group))


def _by_table(changes: Sequence[Change], speaker: Speaker) -> Iterator[tuple[Change, ...]]:
    """Give changes of one table together, where the first of them stands."""
    groups: dict[object, list[Change]] = {}
    alone = BY_THEMSELVES if speaker.target.is_mysql else ()
    for change in changes:
        table = getattr(change, "table", None) or getattr(change, "after", None)
        own = is_of_table(change) and not isinstance(change, (*_WHOLE, *alone))
        new = {each.table.name for each in changes if isinstance(each, tables.TableAdded)}
        gone = {each.table.name for each in changes if isinstance(each, tables.TableDropped)}
        if own and isinstance(table, Table) and table.name not in new | gone:
            groups.setdefault((table.namespace, table.name.folded), []).append(change)
        elif not own or speaker.target.is_mysql:
            groups[id(change)] = [change]
    yield from (tuple(each) for each in groups.values())


def _mysql_step(
    group: tuple[Change, ...], speaker: Speaker, before: Schema, after: Schema, phase: Phase
) -> Step:
    old, new = _sides(group[0], before, after)
    there, again = for_keys(group, old, new, phase)
    changes = cast("tuple[TableChange, ...]", (*group, *there))
    up = tuple(Statement(each) for each in say_altered(changes, speaker.middle))
    back = (*(one for each in reversed(changes) for one in inverse(each)), *again)
    opposite = cast("tuple[TableChange, ...]", _columns_in_order(back))
    down = tuple(Statement(each) for each in say_altered(opposite, speaker.middle))
    return Step(phase, _title(group), up, down, lost(group))


def _sides(change: Change, before: Schema, after: Schema) -> tuple[Table | None, Table | None]:
    """Give the table that a change is of, as it was and as it is to be."""
    table = cast("Table", getattr(change, "table", None) or getattr(change, "after", None))
    name, space = table.name.text, table.namespace
    return before.table(name, space), after.table(name, space)


def _columns_in_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Let columns come in their table's order, as each may stand after the one before."""
    added = [each for each in reversed(changes) if isinstance(each, tables.ColumnAdded)]
    again = iter(added)
    return tuple(next(again) if isinstance(each, tables.ColumnAdded) else each for each in changes)


def _lite_step(
    group: tuple[Change, ...], speaker: Speaker, before: Schema, after: Schema, phase: Phase
) -> Step:
    old, new = _sides(group[0], before, after)
    now = cast("Table", new)
    work = TableWork(
        cast("Table", old),
        now,
        cast("tuple[TableChange, ...]", group),
        tuple(_triggers(before, after, now.name.text)),
    )
    up = tuple(say_work(work, speaker.middle, speaker.target))
    down = tuple(say_work(work.turned, speaker.middle, speaker.target))
    return Step(phase, _title(group), up, down, lost(group))


def _triggers(before: Schema, after: Schema, table: str) -> Iterator[Trigger]:
    """Give the triggers that stay on a table: they go with it when it is made anew."""
    was = {(each.table, each.name, each.definition) for each in before.triggers}
    for each in after.triggers:
        if each.table == table.casefold() and (each.table, each.name, each.definition) in was:
            yield each
