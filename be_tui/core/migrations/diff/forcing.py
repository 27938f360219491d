"""What stands in the way of a change, and so goes before it and comes again after it.

PostgreSQL alters no type, and drops no column, that a view, a policy, a trigger's condition or a
function's parsed body names; SQLite looks through all of them when a table is renamed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff.objects import (
    DomainRebuilt,
    EnumerationRebuilt,
    OtherAdded,
    OtherDropped,
    PolicyAdded,
    PolicyDropped,
    RoutineAdded,
    RoutineDropped,
    TriggerAdded,
    TriggerDropped,
    ViewAdded,
    ViewDropped,
    ViewReplaced,
)
from be_tui.core.migrations.diff.tables import (
    CheckAdded,
    CheckDropped,
    ColumnDropped,
    GenerationChanged,
    IndexAdded,
    IndexDropped,
    TypeChanged,
    UniqueAdded,
    UniqueDropped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Schema, Table, View

_WORD = re.compile(r"\w+|\*")


@dataclass(slots=True)
class _Touched:
    """Columns by table, and objects, that nothing may name while they are changed."""

    columns: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def column(self, table: Table, column: str) -> None:
        """Note a column."""
        self.columns.setdefault(table.name.folded, set()).add(column)

    def named_in(self, text: str, table: str = "") -> bool:
        """Tell whether a text names one of them; `table` is the one that it stands on."""
        words = {each.lower() for each in _WORD.findall(text)}
        if table:
            words.add(table)
        if words & self.names:
            return True
        return any(
            name in words and ("*" in words or columns & words)
            for name, columns in self.columns.items()
        )


def in_the_way(
    changes: Sequence[Change], before: Schema, after: Schema, gone: Iterable[Change] = ()
) -> tuple[Change, ...]:
    """Give what is dropped and made again, beside the changes themselves.

    Args:
        changes: What differs.
        before: The schema with all renames done.
        after: The schema as it is to be.
        gone: What drops things besides, and did so already.
    """
    touched = _touched(changes)
    if not touched.columns and not touched.names:
        return ()
    dropping = (*changes, *gone)
    done = _Done(dropping)
    found: list[Change] = []
    views = list(_views(touched, before, after, done))
    for old, new in views:
        found += [ViewDropped(old), ViewAdded(new)]
    found += _others(touched, before, after, done)
    found += _conditions(changes, before, after, dropping)
    return tuple(found)


def _conditions(
    changes: Sequence[Change], before: Schema, after: Schema, dropping: Iterable[Change]
) -> Iterator[Change]:
    """Give checks and indexes that name a column whose type, or which itself, is made anew."""
    anew: dict[str, set[str]] = {}
    replaced: dict[str, set[str]] = {}
    for change in changes:
        if isinstance(change, (EnumerationRebuilt, DomainRebuilt)):
            for use in change.uses:
                anew.setdefault(use.table.name.folded, set()).add(use.before.name.folded)
        elif isinstance(change, GenerationChanged) and change.after.generated:
            columns = replaced.setdefault(change.table.name.folded, set())
            columns.add(change.after.name.folded)
    done = {id(_part_of(each)) for each in dropping if _part_of(each) is not None}
    for table in before.tables:
        own = table.name.folded
        named, whole = anew.get(own, set()), replaced.get(own, set())
        now = after.table(table.name.text, table.namespace)
        if now is None or not (named or whole):
            continue
        for check in table.checks:
            if id(check) not in done and _words(check.expression) & (named | whole):
                yield CheckDropped(table, check)
                yield from (CheckAdded(now, each) for each in now.checks if each.name == check.name)
        for index in table.indexes:
            texts = [index.where, *(each.expression for each in index.parts if not each.column)]
            stands = bool(set(index.columns) & whole) or bool(_words(" ".join(texts)) & named)
            if id(index) not in done and stands:
                yield IndexDropped(table, index)
                yield from (
                    IndexAdded(now, each) for each in now.indexes if each.name == index.name
                )
        for key in table.uniques:
            if id(key) not in done and set(key.columns) & whole:
                yield UniqueDropped(table, key)
                yield from (UniqueAdded(now, each) for each in now.uniques if each.name == key.name)


def _part_of(change: Change) -> object:
    match change:
        case CheckDropped():
            return change.check
        case IndexDropped():
            return change.index
        case UniqueDropped():
            return change.key
        case _:
            return None


def _words(text: str) -> set[str]:
    return {each.lower() for each in _WORD.findall(text)}


def without_replaced(changes: Iterable[Change], forced: Iterable[Change]) -> tuple[Change, ...]:
    """Leave out replacements of views that are dropped and made again anyway."""
    dropped = {each.view.name.folded for each in forced if isinstance(each, ViewDropped)}
    return tuple(
        each
        for each in changes
        if not (isinstance(each, ViewReplaced) and each.before.name.folded in dropped)
    )


class _Done:
    """What the changes drop already."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.views = {each.view.name.folded for each in changes if isinstance(each, ViewDropped)}
        self.triggers = {
            (each.trigger.table, each.trigger.name)
            for each in changes
            if isinstance(each, TriggerDropped)
        }
        self.policies = {
            (each.policy.table, each.policy.name)
            for each in changes
            if isinstance(each, PolicyDropped)
        }
        self.routines = {
            (each.routine.name, each.routine.arguments)
            for each in changes
            if isinstance(each, RoutineDropped)
        }
        self.others = {
            (each.other.kind, each.other.name) for each in changes if isinstance(each, OtherDropped)
        }


def _touched(changes: Sequence[Change]) -> _Touched:
    touched = _Touched()
    for change in changes:
        match change:
            case TypeChanged() | GenerationChanged():
                touched.column(change.table, change.after.name.folded)
            case ColumnDropped():
                touched.column(change.table, change.column.name.folded)
            case DomainRebuilt() | EnumerationRebuilt():
                touched.names.add(change.after.name.casefold())
                for use in change.uses:
                    touched.column(use.table, use.before.name.folded)
            case RoutineDropped():
                touched.names.add(change.routine.name.casefold())
            case ViewDropped():
                touched.names.add(change.view.name.folded)
            case _:
                pass
    return touched


def _views(
    touched: _Touched, before: Schema, after: Schema, done: _Done
) -> Iterator[tuple[View, View]]:
    """Give the views that name what is touched, and those that name these."""
    left = [each for each in before.views if each.name.folded not in done.views]
    now = {(each.namespace, each.name.folded): each for each in after.views}
    again = True
    while again:
        again = False
        for view in list(left):
            new = now.get((view.namespace, view.name.folded))
            if new is not None and touched.named_in(view.query):
                left.remove(view)
                touched.names.add(view.name.folded)
                again = True
                yield view, new


def _others(touched: _Touched, before: Schema, after: Schema, done: _Done) -> Iterator[Change]:
    triggers = {(each.table, each.name): each for each in after.triggers}
    for trigger in before.triggers:
        new_trigger = triggers.get((trigger.table, trigger.name))
        fresh = (trigger.table, trigger.name) not in done.triggers and trigger.definition
        if fresh and new_trigger and touched.named_in(trigger.definition, trigger.table):
            yield TriggerDropped(trigger)
            yield TriggerAdded(new_trigger)
    policies = {(each.table, each.name): each for each in after.policies}
    for policy in before.policies:
        new_policy = policies.get((policy.table, policy.name))
        fresh_policy = (policy.table, policy.name) not in done.policies
        if fresh_policy and new_policy and touched.named_in(policy.definition, policy.table):
            yield PolicyDropped(policy)
            yield PolicyAdded(new_policy)
    others = {(each.kind, each.name): each for each in after.others}
    for other in before.others:
        new_other = others.get((other.kind, other.name))
        fresh_other = (other.kind, other.name) not in done.others and other.kind == "rule"
        if fresh_other and new_other and touched.named_in(other.definition, other.table):
            yield OtherDropped(other)
            yield OtherAdded(new_other)
    yield from _routines(touched, before, after, done)


def _routines(touched: _Touched, before: Schema, after: Schema, done: _Done) -> Iterator[Change]:
    now = {(each.name, each.arguments): each for each in after.routines}
    for routine in before.routines:
        key = (routine.name, routine.arguments)
        new = now.get(key)
        parsed = re.search(r"\bBEGIN\s+ATOMIC\b", routine.definition, re.I)
        if parsed and new and key not in done.routines and touched.named_in(routine.definition):
            yield RoutineDropped(routine)
            yield RoutineAdded(new)
