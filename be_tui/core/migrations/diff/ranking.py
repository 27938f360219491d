"""The order in which changes can be made.

First go things that stand in the way, then names change, then constraints go, types and tables
come, columns change, constraints come, views and triggers come again, and what nobody needs goes.
Turned round and upside down it is an order for the way back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from be_tui.core.ddl import in_order
from be_tui.core.migrations.diff import objects, tables
from be_tui.core.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.ddl import Item
    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Routine

_FIRST: tuple[tuple[type, ...], ...] = (
    (objects.NamespaceAdded, objects.ExtensionAdded, objects.ExtensionUpdated),
    (objects.PolicyDropped, objects.TriggerDropped),
    (objects.OtherDropped,),
    (objects.ViewDropped, objects.RoutineDropped),
    (tables.TableRenamed,),
    (tables.ColumnRenamed,),
    (objects.GrantRevoked,),
    (tables.ForeignKeyDropped,),
    (tables.PartitionDetached,),
    (tables.ReplicaIdentityChanged, tables.ClusteringChanged),
    (
        tables.IndexDropped,
        tables.ExclusionDropped,
        tables.CheckDropped,
        tables.UniqueDropped,
    ),
    (tables.PrimaryKeyDropped,),
    (tables.ConstraintRenamed, tables.IndexRenamed),
    (
        objects.EnumerationValueRenamed,
        objects.EnumerationValueAdded,
    ),
    (objects.EnumerationRebuilt, objects.DomainRebuilt),
    (
        objects.EnumerationAdded,
        objects.CompositeAdded,
        objects.DomainAdded,
        objects.SequenceAdded,
        objects.RoutineAdded,
        objects.RoutineReplaced,
        tables.TableAdded,
    ),
    (objects.FieldAdded, objects.FieldRetyped),
    (
        objects.DomainCheckDropped,
        objects.DomainDefaultChanged,
        objects.DomainNullabilityChanged,
        objects.DomainCheckAdded,
        objects.DomainCheckValidated,
    ),
    (tables.ColumnAdded,),
    (tables.GenerationChanged,),
    (tables.TypeChanged,),
    (tables.IdentityChanged, tables.DefaultChanged),
    (tables.NullabilityChanged,),
    (tables.StorageChanged, tables.StatisticsChanged, tables.AttributesChanged),
    (
        tables.TableOptionsChanged,
        tables.LoggingChanged,
        tables.RowSecurityChanged,
        tables.OwnerChanged,
        tables.TablespaceChanged,
        tables.AccessMethodChanged,
        tables.InheritanceChanged,
    ),
    (tables.ColumnDropped,),
    (tables.PrimaryKeyAdded,),
    (tables.UniqueAdded, tables.IndexAdded, tables.ExclusionAdded, tables.CheckAdded),
    (tables.PartitionAttached,),
    (tables.ForeignKeyAdded, tables.ForeignKeyAltered, tables.ConstraintValidated),
)
_AGAIN = len(_FIRST)
"""Where views come, and routines that name tables."""

_LAST: tuple[tuple[type, ...], ...] = (
    (objects.ViewAdded, objects.ViewReplaced),
    (objects.OtherAdded,),
    (objects.TriggerAdded, objects.TriggerFiringChanged, objects.PolicyAdded),
    (objects.SequenceChanged, objects.CommentChanged),
    (objects.GrantAdded,),
    (tables.TableDropped,),
    (
        objects.SequenceDropped,
        objects.DomainDropped,
        objects.CompositeDropped,
        objects.EnumerationDropped,
    ),
    (objects.FieldDropped,),
    (objects.ExtensionDropped,),
    (objects.NamespaceDropped,),
)
_RANKS: dict[type, int] = {
    kind: rank for rank, kinds in enumerate((*_FIRST, *_LAST)) for kind in kinds
}
_DROPPED = _RANKS[tables.TableDropped]
_BY_SETTING = frozenset({tables.ReplicaIdentityChanged, tables.ClusteringChanged})

_BODY = re.compile(r"\bBEGIN\s+ATOMIC\b", re.I)
_WORD = re.compile(r"\w+")


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Give changes in an order in which they can be made."""
    found = tuple(changes)
    places = _Places(found)
    numbered = enumerate(found)
    return tuple(each for _, each in sorted(numbered, key=lambda one: places.of(*one)))


class _Places:
    """Knows where each change stands."""

    def __init__(self, changes: Sequence[Change]) -> None:
        made = [item for each in changes if (item := _made(each)) is not None]
        gone = [item for each in changes if (item := _gone(each)) is not None]
        self._made = {id(each): at for at, each in enumerate(_in_order(made))}
        self._gone = {id(each): -at for at, each in enumerate(_in_order(gone))}
        self._again = {_routine(each) for each in changes if isinstance(each, objects.RoutineAdded)}
        self._needed = _needed(changes)
        self._views = {
            each.view.name.folded for each in changes if isinstance(each, objects.ViewAdded)
        }

    def of(self, at: int, change: Change) -> tuple[int, int, int]:
        """Give what a change is sorted by."""
        rank = _RANKS[type(change)]
        item = _made(change)
        if item is not None:
            if isinstance(change, (objects.RoutineAdded, objects.RoutineReplaced)) and self._late(
                change
            ):
                rank = _AGAIN
            return rank, self._made[id(item)], at
        item = _gone(change)
        if item is not None:
            if isinstance(change, objects.RoutineDropped) and not self._early(change.routine):
                rank = _DROPPED
            if isinstance(change, objects.OtherDropped) and not change.other.table:
                rank = _DROPPED + 1
            return rank, self._gone[id(item)], at
        if type(change) in _BY_SETTING and _names_index(change):
            rank = _RANKS[tables.ForeignKeyAdded]
        return rank, 0, at

    def _early(self, routine: Routine) -> bool:
        """Tell whether a routine goes first: it comes again, or its body names tables."""
        return _routine_key(routine) in self._again or bool(_BODY.search(routine.definition))

    def _late(self, change: objects.RoutineAdded | objects.RoutineReplaced) -> bool:
        """Tell whether a routine comes with the views: it is looked at, and no table needs it."""
        added = isinstance(change, objects.RoutineAdded)
        routine = change.routine if added else change.after  # type: ignore[union-attr]
        words = {each.lower() for each in _WORD.findall(f"{routine.arguments} {routine.returns}")}
        if words & self._views:
            return True
        looked_at = routine.language.lower() == "sql" or _BODY.search(routine.definition)
        return bool(looked_at) and routine.name.casefold() not in self._needed


def _routine(change: objects.RoutineAdded) -> tuple[str, str, str]:
    return _routine_key(change.routine)


def _routine_key(routine: Routine) -> tuple[str, str, str]:
    return routine.namespace, routine.name, routine.arguments


def _names_index(change: Change) -> bool:
    return isinstance(change, (tables.ReplicaIdentityChanged, tables.ClusteringChanged)) and bool(
        change.after.replica_identity or change.after.clustered_on
    )


_MADE: dict[type, str] = {
    tables.TableAdded: "table",
    objects.ViewAdded: "view",
    objects.ViewReplaced: "after",
    objects.RoutineReplaced: "after",
    objects.RoutineAdded: "routine",
    objects.EnumerationAdded: "enumeration",
    objects.DomainAdded: "domain",
    objects.CompositeAdded: "composite",
    objects.SequenceAdded: "sequence",
    objects.OtherAdded: "other",
}
_GONE: dict[type, str] = {
    tables.TableDropped: "table",
    objects.ViewDropped: "view",
    objects.RoutineDropped: "routine",
    objects.EnumerationDropped: "enumeration",
    objects.DomainDropped: "domain",
    objects.CompositeDropped: "composite",
    objects.SequenceDropped: "sequence",
    objects.OtherDropped: "other",
}
"""Where a change keeps what is made, or gone."""


def _made(change: Change) -> Item | None:
    field = _MADE.get(type(change))
    return cast("Item", getattr(change, field)) if field else None


def _gone(change: Change) -> Item | None:
    field = _GONE.get(type(change))
    return cast("Item", getattr(change, field)) if field else None


def _in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Give items so that each comes after those that it names."""
    from be_tui.core.schema import (
        Composite,
        Domain,
        Enumeration,
        Other,
        Routine,
        Sequence,
        Table,
        View,
    )

    return in_order(
        Schema(
            tables=tuple(each for each in items if isinstance(each, Table)),
            views=tuple(each for each in items if isinstance(each, View)),
            enumerations=tuple(each for each in items if isinstance(each, Enumeration)),
            domains=tuple(each for each in items if isinstance(each, Domain)),
            composites=tuple(each for each in items if isinstance(each, Composite)),
            sequences=tuple(each for each in items if isinstance(each, Sequence)),
            routines=tuple(each for each in items if isinstance(each, Routine)),
            others=tuple(each for each in items if isinstance(each, Other)),
        ),
        every_other=True,
    )


def _needed(changes: Sequence[Change]) -> frozenset[str]:
    """Give the words of expressions that tables and types are made with."""
    texts: list[str] = []
    for change in changes:
        match change:
            case tables.TableAdded():
                texts += [f"{each.default} {each.generated}" for each in change.table.columns]
                texts += [each.expression for each in change.table.checks]
                texts += [
                    f"{part.expression} {index.where}"
                    for index in change.table.indexes
                    for part in index.parts
                ]
            case tables.ColumnAdded():
                texts.append(f"{change.column.default} {change.column.generated}")
            case tables.DefaultChanged() | tables.GenerationChanged():
                texts.append(f"{change.after.default} {change.after.generated}")
            case tables.CheckAdded() | objects.DomainCheckAdded():
                texts.append(change.check.expression)
            case tables.IndexAdded():
                texts += [each.expression for each in change.index.parts]
                texts.append(change.index.where)
            case objects.DomainAdded():
                texts += [each.expression for each in change.domain.checks]
            case _:
                pass
    return frozenset(word.lower() for text in texts if text for word in _WORD.findall(text))
