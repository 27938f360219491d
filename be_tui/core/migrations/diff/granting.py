"""Rights that go with what is dropped, and come with what is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff.comparing import plain, same_space
from be_tui.core.migrations.diff.objects import (
    GrantAdded,
    GrantRevoked,
    RoutineAdded,
    RoutineDropped,
    ViewAdded,
    ViewDropped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Grant, Schema

_Bearing = ViewAdded | ViewDropped | RoutineAdded | RoutineDropped


def with_rights(changes: Iterable[Change], before: Schema, after: Schema) -> Iterator[Change]:
    """Give changes in which views and routines bear the rights that are theirs."""
    found = tuple(changes)
    gone = [each for each in found if isinstance(each, (ViewDropped, RoutineDropped))]
    made = [each for each in found if isinstance(each, (ViewAdded, RoutineAdded))]
    for change in found:
        match change:
            case GrantRevoked() if any(_on(change.grant, each) for each in gone):
                pass
            case GrantAdded() if any(_on(change.grant, each) for each in made):
                pass
            case ViewDropped() | RoutineDropped():
                yield replace(change, grants=_of(change, before))
            case ViewAdded() | RoutineAdded():
                yield replace(change, grants=_of(change, after))
            case _:
                yield change


def _of(change: _Bearing, schema: Schema) -> tuple[Grant, ...]:
    return tuple(each for each in schema.grants if _on(each, change))


def _on(grant: Grant, change: _Bearing) -> bool:
    """Tell whether a right is one on what a change is about."""
    if isinstance(change, (ViewAdded, ViewDropped)):
        namespace, _, name = grant.target.rpartition(".")
        view = change.view
        same = name.strip('"').casefold() == view.name.folded
        return grant.kind == "table" and same and same_space(namespace, view.namespace)
    if grant.kind not in {"function", "procedure", "routine"}:
        return False
    start, bracket, arguments = grant.target.partition("(")
    namespace, _, name = start.rpartition(".")
    routine = change.routine
    same = name.strip('"') == routine.name and same_space(namespace, routine.namespace)
    return same and plain(f"{bracket}{arguments}") == plain(f"({routine.arguments})")
