"""Turns a change round: what leads back."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, cast

from be_tui.core.migrations.diff import objects, tables
from be_tui.core.schema import Check

if TYPE_CHECKING:
    from be_tui.core.migrations.diff.model import Change

_PAIRS = (
    (objects, ("Namespace", "Extension", "Enumeration", "Domain", "Composite", "Field")),
    (objects, ("DomainCheck", "Sequence", "Routine", "View", "Trigger", "Policy", "Other")),
    (tables, ("Table", "Column", "PrimaryKey", "Unique", "ForeignKey", "Check", "Exclusion")),
    (tables, ("Index",)),
)
_OPPOSITES: dict[type, type] = {}
for _module, _names in _PAIRS:
    for _name in _names:
        _added, _dropped = getattr(_module, f"{_name}Added"), getattr(_module, f"{_name}Dropped")
        _OPPOSITES |= {_added: _dropped, _dropped: _added}
_OPPOSITES |= {
    objects.GrantAdded: objects.GrantRevoked,
    objects.GrantRevoked: objects.GrantAdded,
    tables.PartitionAttached: tables.PartitionDetached,
    tables.PartitionDetached: tables.PartitionAttached,
}


def inverse(change: Change) -> tuple[Change, ...]:
    """Give what takes a change back, in the order in which it is made."""
    match change:
        case tables.ConstraintValidated():
            return _unlooked(change)
        case objects.DomainCheckValidated():
            was = replace(change.check, valid=False)
            return (
                objects.DomainCheckDropped(change.domain, change.check),
                objects.DomainCheckAdded(change.domain, was),
            )
        case objects.EnumerationValueAdded():
            # Values that were added together go together.
            return (objects.EnumerationRebuilt(change.after, change.before, change.uses),)
        case _:
            pass
    opposite = _OPPOSITES.get(type(change))
    if opposite is not None:
        said = {each.name: getattr(change, each.name) for each in fields(change)}
        return (cast("Change", opposite(**said)),)
    return (cast("Change", _swapped(change)),)


def _unlooked(change: tables.ConstraintValidated) -> tuple[Change, ...]:
    """Give a constraint anew, as one that older rows are not held to: nothing else makes it so."""
    found = change.constraint
    if isinstance(found, Check):
        return (
            tables.CheckDropped(change.table, found),
            tables.CheckAdded(change.table, replace(found, valid=False)),
        )
    return (
        tables.ForeignKeyDropped(change.table, found),
        tables.ForeignKeyAdded(change.table, replace(found, valid=False)),
    )


def _swapped(change: Change) -> object:
    if isinstance(change, (objects.EnumerationRebuilt, objects.DomainRebuilt)):
        uses = tuple(objects.Use(each.table, each.after, each.before) for each in change.uses)
        # Both are of one kind, an enumeration or a domain.
        return type(change)(change.after, change.before, uses)  # type: ignore[arg-type]
    # Every class that is left holds what was and what is.
    before, after = change.before, change.after  # type: ignore[union-attr]
    return replace(change, before=after, after=before)  # type: ignore[arg-type]
