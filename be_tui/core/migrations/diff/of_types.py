"""What differs in enumerations, domains and composite types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import type_name
from be_tui.core.migrations.diff.comparing import check_content, same_sql, same_type
from be_tui.core.migrations.diff.likeness import values_alike
from be_tui.core.migrations.diff.objects import (
    CommentChanged,
    DomainCheckAdded,
    DomainCheckDropped,
    DomainCheckValidated,
    DomainDefaultChanged,
    DomainNullabilityChanged,
    DomainRebuilt,
    EnumerationRebuilt,
    EnumerationValueAdded,
    FieldAdded,
    FieldDropped,
    FieldRetyped,
    Use,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.model import Change, Question
    from be_tui.core.schema import Composite, Domain, Enumeration, Schema


def uses_of(kind: Enumeration | Domain, before: Schema, after: Schema) -> tuple[Use, ...]:
    """Give the columns of a type, or of an array of it, that are there on both sides."""
    wanted = {kind.name} if not kind.namespace else {f"{kind.namespace}.{kind.name}"}
    wanted |= {f"{kind.namespace or 'public'}.{kind.name}"}
    found: list[Use] = []
    for table in before.tables:
        for column in table.columns:
            if _base(column.type.name, column.type.arguments) in wanted:
                there = after.table(table.name.text, table.namespace)
                now = there.column(column.name.text) if there else None
                if now is None or _base(now.type.name, now.type.arguments) not in wanted:
                    # It goes, or becomes another type; its default went with the old values.
                    now = replace(column, default="")
                found.append(Use(table, column, now))
    return tuple(found)


def _base(name: str, arguments: tuple[str, ...]) -> str:
    """Give the type that a column's values are of, or the elements of its arrays."""
    said = arguments[0] if name == "array" and arguments else name
    return said.replace('"', "").removesuffix("[]")


def of_enumeration(
    before: Enumeration, after: Enumeration, old: Schema, new: Schema
) -> tuple[tuple[Change, ...], tuple[Question, ...]]:
    """Give what differs in the values of an enumeration, and what may be a rename.

    Args:
        before: The enumeration with all renames done.
        after: The enumeration as it is to be.
        old: The schema before, whose columns use it.
        new: The schema after.
    """
    kept = tuple(each for each in after.values if each in before.values)
    if kept != before.values:
        return (
            (EnumerationRebuilt(before, after, uses_of(before, old, new)),),
            values_alike(before, after),
        )
    # Before anything else changes values come, and go again last of all.
    uses = tuple(Use(each.table, each.before, each.before) for each in uses_of(before, old, new))
    changes: list[Change] = []
    for at, value in enumerate(after.values):
        if value not in before.values:
            follows = after.values[at - 1] if at else ""
            rest = (each for each in after.values[at + 1 :] if each in before.values)
            precedes = "" if at else next(rest, "")
            changes.append(EnumerationValueAdded(before, after, value, follows, precedes, uses))
    return tuple(changes), ()


def of_domain(before: Domain, after: Domain, old: Schema, new: Schema) -> Iterator[Change]:
    """Give what differs in a domain."""
    if not same_type(before.type, after.type) or before.collation != after.collation:
        yield DomainRebuilt(before, after, uses_of(before, old, new))
        return
    if not same_sql(before.default, after.default):
        yield DomainDefaultChanged(before, after)
    if before.nullable != after.nullable:
        yield DomainNullabilityChanged(before, after)
    was = {(each.name, check_content(each)): each for each in before.checks}
    now = {(each.name, check_content(each)): each for each in after.checks}
    yield from (DomainCheckDropped(after, check) for at, check in was.items() if at not in now)
    for at, check in now.items():
        if at not in was:
            yield DomainCheckAdded(after, check)
        elif check.valid and not was[at].valid:
            yield DomainCheckValidated(after, check)


def of_composite(before: Composite, after: Composite) -> Iterator[Change]:
    """Give what differs in the fields of a composite type."""
    old = {each.name.folded: each for each in before.fields}
    new = {each.name.folded: each for each in after.fields}
    yield from (FieldDropped(after, each) for name, each in old.items() if name not in new)
    for name, field in new.items():
        if name not in old:
            yield FieldAdded(after, field)
        elif not same_type(old[name].type, field.type) or old[name].collation != field.collation:
            yield FieldRetyped(after, old[name], field)


def commented(
    kind: str,
    before: Enumeration | Domain | Composite,
    after: Enumeration | Domain | Composite,
    namer: Namer,
) -> Iterator[Change]:
    """Give what else is said of a type."""
    if before.comment != after.comment:
        yield CommentChanged(kind, type_name(after, namer), before.comment, after.comment)
