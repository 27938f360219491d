"""What leads from one schema to another: typed changes in an order in which they can be made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from be_tui.core.ddl import Namer
from be_tui.core.migrations.diff.comparing import space
from be_tui.core.migrations.diff.forcing import in_the_way, without_replaced
from be_tui.core.migrations.diff.granting import with_rights
from be_tui.core.migrations.diff.holding import hold
from be_tui.core.migrations.diff.likeness import columns_alike, tables_alike
from be_tui.core.migrations.diff.model import Changes
from be_tui.core.migrations.diff.not_nulls import of_not_nulls, with_names
from be_tui.core.migrations.diff.objects import (
    CompositeAdded,
    CompositeDropped,
    DomainAdded,
    DomainDropped,
    DomainRebuilt,
    EnumerationAdded,
    EnumerationDropped,
    EnumerationRebuilt,
    OtherDropped,
    PolicyDropped,
    SequenceAdded,
    SequenceChanged,
    TriggerDropped,
    ViewDropped,
)
from be_tui.core.migrations.diff.of_columns import of_columns
from be_tui.core.migrations.diff.of_constraints import of_constraints
from be_tui.core.migrations.diff.of_objects import of_objects, pairs
from be_tui.core.migrations.diff.of_tables import not_in_place, of_table
from be_tui.core.migrations.diff.of_types import (
    commented,
    of_composite,
    of_domain,
    of_enumeration,
)
from be_tui.core.migrations.diff.of_views import of_views
from be_tui.core.migrations.diff.ranking import ordered
from be_tui.core.migrations.diff.renaming import carry
from be_tui.core.migrations.diff.tables import (
    ColumnDropped,
    DefaultChanged,
    ForeignKeyAdded,
    ForeignKeyDropped,
    TableAdded,
    TableDropped,
    TypeChanged,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from be_tui.core.migrations.diff.model import Change, Question, Rename
    from be_tui.core.schema import (
        Column,
        Composite,
        Domain,
        Enumeration,
        Other,
        Policy,
        Schema,
        Table,
        Trigger,
        View,
    )
    from be_tui.core.sqltext import Target


def diff(
    before: Schema,
    after: Schema,
    target: Target,
    renames: Iterable[Rename] = (),
    dropped: Collection[str] = (),
) -> Changes:
    """Give what leads from one schema to another.

    Args:
        before: The schema as it is.
        after: The schema as it is to be.
        target: The engine that both are read for.
        renames: What is only called otherwise.
        dropped: Tables and columns that are said to go, as `users.mail`: nobody asks about them.

    Raises:
        InputError: A rename names what is not there.
    """
    stated = tuple(renames)
    before = with_names(before, stated, target)
    carried, renamed = carry(before, stated, after)
    namer = Namer(between(carried, after), target.engine)
    finding = _Finding(carried, after, namer, target)
    finding.look()
    found = [*finding.changes, *of_objects(carried, after, namer), *of_views(carried, after, namer)]
    found += _owned(found)
    found = list(_with_defaults(found))
    asked = [each for each in finding.questions if _name_of(each.rename) not in dropped]
    kept, held = hold(found, asked)
    # MySQL keeps views as text, and nothing stands in the way of anything.
    forced = () if target.is_mysql else in_the_way(kept, carried, after)
    kept = without_replaced(kept, forced)
    found = list(with_rights((*kept, *forced), carried, after))
    if renamed:
        found = list(_as_they_were(found, before, carried))
    changes = ordered((*renamed, *found))
    return Changes(changes, tuple(asked), held, tuple(finding.remarks))


def between(before: Schema, after: Schema) -> Schema:
    """Give a schema that knows the tables of both sides, those of after first."""
    there = {(space(each.namespace), each.name.folded) for each in after.tables}
    gone = (
        each for each in before.tables if (space(each.namespace), each.name.folded) not in there
    )
    return replace(after, tables=(*after.tables, *gone))


def _name_of(rename: Rename) -> str:
    return f"{rename.table}.{rename.column}" if rename.column else rename.table


def _owned(changes: Iterable[Change]) -> Iterator[SequenceChanged]:
    """Let sequences that are made go with their columns, once these stand."""
    for change in list(changes):
        if isinstance(change, SequenceAdded) and change.sequence.owned_by:
            yield SequenceChanged(replace(change.sequence, owned_by=""), change.sequence)


def _as_they_were(changes: Iterable[Change], before: Schema, carried: Schema) -> Iterator[Change]:
    """Let what goes before names change be said in the old names."""
    was: dict[int, object] = {}
    for old, now in (
        (before.views, carried.views),
        (before.triggers, carried.triggers),
        (before.policies, carried.policies),
        (before.others, carried.others),
    ):
        was |= {id(each): one for one, each in zip(old, now, strict=True)}
    for change in changes:
        match change:
            case ViewDropped() if id(change.view) in was:
                yield ViewDropped(cast("View", was[id(change.view)]), change.grants)
            case TriggerDropped() if id(change.trigger) in was:
                yield TriggerDropped(cast("Trigger", was[id(change.trigger)]))
            case PolicyDropped() if id(change.policy) in was:
                yield PolicyDropped(cast("Policy", was[id(change.policy)]))
            case OtherDropped() if id(change.other) in was:
                yield OtherDropped(cast("Other", was[id(change.other)]))
            case _:
                yield change


def _with_defaults(changes: Iterable[Change]) -> Iterator[Change]:
    """Leave defaults of columns whose type is made anew to that: they may be of old values."""
    changes = tuple(changes)
    rebuilt = {
        (use.table.name.folded, use.before.name.folded)
        for each in changes
        if isinstance(each, (EnumerationRebuilt, DomainRebuilt))
        for use in each.uses
    }
    for each in changes:
        match each:
            case DefaultChanged() if _at(each.table, each.after) in rebuilt:
                pass
            case TypeChanged() if _at(each.table, each.before) in rebuilt:
                yield replace(each, before=replace(each.before, default=""))
            case ColumnDropped() if _at(each.table, each.column) in rebuilt:
                yield replace(each, column=replace(each.column, default=""))
            case TableDropped():
                columns = tuple(
                    replace(one, default="") if _at(each.table, one) in rebuilt else one
                    for one in each.table.columns
                )
                yield replace(each, table=replace(each.table, columns=columns))
            case _:
                yield each


def _at(table: Table, column: Column) -> tuple[str, str]:
    return table.name.folded, column.name.folded


class _Finding:
    """Collects what differs in tables and types."""

    def __init__(self, before: Schema, after: Schema, namer: Namer, target: Target) -> None:
        self._target = target
        self.changes: list[Change] = []
        self.questions: list[Question] = []
        self.remarks: list[str] = []
        self._before = before
        self._after = after
        self._namer = namer

    def look(self) -> None:
        """Compare all of both."""
        self._types()
        self._tables()

    def _tables(self) -> None:
        gone: list[Table] = []
        new: list[Table] = []
        for old, now in pairs(self._before.tables, self._after.tables, _identity):
            if old and now:
                self._table(old, now)
            elif now:
                new.append(now)
            elif old:
                gone.append(old)
        for table in new:
            self.changes.append(TableAdded(table))
            self.changes += [ForeignKeyAdded(table, each) for each in table.foreign_keys]
        for table in gone:
            self.changes += [ForeignKeyDropped(table, each) for each in table.foreign_keys]
            self.changes.append(TableDropped(table))
        self.questions += tables_alike(gone, new)

    def _table(self, old: Table, now: Table) -> None:
        if old is now:
            return
        name = self._namer.table(now)
        if not (old.complete and now.complete) and not (old.parent or now.parent):
            self.remarks.append(f"{name}: not all of its columns are told, so it is not compared")
            return
        if remark := not_in_place(old, now, self._namer):
            self.remarks.append(remark)
        if not now.bound:
            self.changes += of_columns(old, now, self._namer)
            self.questions += columns_alike(old, now)
            self.changes += of_not_nulls(old, now, self._target)
        self.changes += of_constraints(old, now, self._namer)
        self.changes += of_table(old, now, self._namer)

    def _types(self) -> None:
        for old, new in pairs(self._before.enumerations, self._after.enumerations, _type):
            if old and new:
                changes, questions = of_enumeration(old, new, self._before, self._after)
                self.changes += changes
                self.questions += questions
                self.changes += commented("TYPE", old, new, self._namer)
            elif new:
                self.changes.append(EnumerationAdded(new))
            elif old:
                self.changes.append(EnumerationDropped(old))
        for was, now in pairs(self._before.domains, self._after.domains, _type):
            if was and now:
                self.changes += of_domain(was, now, self._before, self._after)
                self.changes += commented("DOMAIN", was, now, self._namer)
            elif now:
                self.changes.append(DomainAdded(now))
            elif was:
                self.changes.append(DomainDropped(was))
        for one, other in pairs(self._before.composites, self._after.composites, _type):
            if one and other:
                self.changes += of_composite(one, other)
                self.changes += commented("TYPE", one, other, self._namer)
            elif other:
                self.changes.append(CompositeAdded(other))
            elif one:
                self.changes.append(CompositeDropped(one))


def _identity(table: Table) -> object:
    return space(table.namespace), table.name.folded


def _type(kind: Enumeration | Domain | Composite) -> object:
    return space(kind.namespace), kind.name.casefold()
