"""What differs in what stands beside tables and types: sequences, routines, views, rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl import identifier, routine_name, type_name
from be_tui.core.migrations.diff.comparing import plain, same_sql, space
from be_tui.core.migrations.diff.objects import (
    CommentChanged,
    ExtensionAdded,
    ExtensionDropped,
    ExtensionUpdated,
    GrantAdded,
    GrantRevoked,
    NamespaceAdded,
    NamespaceDropped,
    OtherAdded,
    OtherDropped,
    PolicyAdded,
    PolicyDropped,
    RoutineAdded,
    RoutineDropped,
    RoutineReplaced,
    SequenceAdded,
    SequenceChanged,
    SequenceDropped,
    TriggerAdded,
    TriggerDropped,
    TriggerFiringChanged,
)
from be_tui.core.schema import Grant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Routine, Schema, Sequence, Trigger

    Thing = TypeVar("Thing")


def pairs(
    before: Iterable[Thing], after: Iterable[Thing], identity: Callable[[Thing], object]
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Give what belongs together by its name; None where one side has no such thing."""
    new = {identity(each): each for each in after}
    seen = set()
    for one in before:
        key = identity(one)
        seen.add(key)
        yield one, new.get(key)
    yield from ((None, each) for key, each in new.items() if key not in seen)


def of_objects(before: Schema, after: Schema, namer: Namer) -> Iterator[Change]:
    """Give what differs beside tables, types and views."""
    yield from _namespaces(before, after)
    yield from _extensions(before, after)
    yield from _sequences(before, after, namer)
    yield from _routines(before, after, namer)
    yield from _triggers(before, after, namer)
    yield from _policies(before, after, namer)
    yield from _others(before, after)
    yield from _grants(before, after)


def _namespaces(before: Schema, after: Schema) -> Iterator[Change]:
    old, new = set(before.namespaces), set(after.namespaces)
    yield from (NamespaceAdded(each) for each in after.namespaces if each not in old)
    yield from (NamespaceDropped(each) for each in before.namespaces if each not in new)


def _extensions(before: Schema, after: Schema) -> Iterator[Change]:
    for old, new in pairs(before.extensions, after.extensions, lambda one: one.name):
        if old and new:
            moved = space(old.namespace) != space(new.namespace)
            # A version that nobody names is whichever the server has.
            if moved or (old.version and new.version and old.version != new.version):
                yield ExtensionUpdated(old, new)
        elif new:
            yield ExtensionAdded(new)
        elif old:
            yield ExtensionDropped(old)


def _sequences(before: Schema, after: Schema, namer: Namer) -> Iterator[Change]:
    def identity(one: Sequence) -> object:
        return space(one.namespace), one.name.casefold()

    for old, new in pairs(before.sequences, after.sequences, identity):
        if old and new:
            counts = (old.type, plain(old.options), old.owned_by)
            if counts != (new.type, plain(new.options), new.owned_by):
                yield SequenceChanged(old, new)
            if old.comment != new.comment:
                yield CommentChanged("SEQUENCE", type_name(new, namer), old.comment, new.comment)
        elif new:
            yield SequenceAdded(new)
        elif old:
            yield SequenceDropped(old)


def _routines(before: Schema, after: Schema, namer: Namer) -> Iterator[Change]:
    def identity(one: Routine) -> object:
        return space(one.namespace), one.name.casefold(), plain(one.arguments)

    for old, new in pairs(before.routines, after.routines, identity):
        if old and new:
            yield from _routine(old, new, namer)
        elif new:
            yield RoutineAdded(new)
        elif old:
            yield RoutineDropped(old)


def _routine(old: Routine, new: Routine, namer: Namer) -> Iterator[Change]:
    if not same_sql(old.definition, new.definition):
        kept = old.kind == new.kind and same_sql(old.returns, new.returns)
        if kept and _header(old) == _header(new) and namer.engine != "mysql":
            yield RoutineReplaced(old, new)
        else:
            yield RoutineDropped(old)
            yield RoutineAdded(new)
            return
    if old.comment != new.comment and namer.engine == "postgresql":
        name = routine_name(new, namer)
        yield CommentChanged(new.kind.upper(), name, old.comment, new.comment)


def _header(routine: Routine) -> str:
    """Give names and defaults of the arguments, which a replacement must keep."""
    text = routine.definition
    start = text.find("(")
    depth = 0
    for at in range(max(start, 0), len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return plain(text[start : at + 1])
    return ""


def _triggers(before: Schema, after: Schema, namer: Namer) -> Iterator[Change]:
    def identity(one: Trigger) -> object:
        table = namer.find(one.table, one.namespace)
        return space(one.namespace), table.name.folded if table else one.table, one.name

    named = (each for each in before.triggers if each.definition)
    for old, new in pairs(named, (each for each in after.triggers if each.definition), identity):
        if old and new and same_sql(old.definition, new.definition):
            if old.enabled != new.enabled:
                yield TriggerFiringChanged(old, new)
            continue
        if old:
            yield TriggerDropped(old)
        if new:
            yield TriggerAdded(new)


def _policies(before: Schema, after: Schema, namer: Namer) -> Iterator[Change]:
    found = pairs(
        before.policies,
        after.policies,
        lambda one: (space(one.namespace), one.table, one.name),
    )
    for old, new in found:
        if old and new and same_sql(old.definition, new.definition):
            if old.comment != new.comment:
                table = namer.referred(new.table, new.namespace)
                target = f"{identifier(new.name, namer.engine)} ON {table}"
                yield CommentChanged("POLICY", target, old.comment, new.comment)
            continue
        if old:
            yield PolicyDropped(old)
        if new:
            yield PolicyAdded(new)


def _others(before: Schema, after: Schema) -> Iterator[Change]:
    found = pairs(
        before.others,
        after.others,
        lambda one: (one.kind, space(one.namespace), one.table, one.name),
    )
    for old, new in found:
        if old and new and same_sql(old.definition, new.definition):
            continue
        if old:
            yield OtherDropped(old)
        if new:
            yield OtherAdded(new)


def _grants(before: Schema, after: Schema) -> Iterator[Change]:
    found = pairs(
        before.grants, after.grants, lambda one: (one.kind, one.target, one.role, one.grantable)
    )
    for old, new in found:
        was = set(old.privileges) if old else set()
        now = set(new.privileges) if new else set()
        if old and was - now:
            yield GrantRevoked(_some(old, was - now))
        if new and now - was:
            yield GrantAdded(_some(new, now - was))


def _some(grant: Grant, privileges: set[str]) -> Grant:
    return Grant(grant.kind, grant.target, grant.role, tuple(sorted(privileges)), grant.grantable)
