"""Changes of objects as the statements that make them at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.ddl import (
    check_sql,
    comment_on,
    create_domain,
    create_enumeration,
    create_extension,
    create_item,
    create_sequence,
    create_view,
    drop_other,
    drop_policy,
    drop_routine,
    drop_trigger,
    fire_trigger,
    grant_sql,
    identifier,
    literal,
    or_replace,
    own_sequence,
    type_name,
    type_sql,
    view_kind,
    view_name,
)
from be_tui.core.migrations.diff import objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.objects import ObjectChange
    from be_tui.core.schema import Composite, Domain, Enumeration, View


def say_object(change: ObjectChange, before: Namer, after: Namer) -> Iterator[str]:
    """Give the statements of a change, without semicolons.

    Args:
        change: The change.
        before: Names as they are before anything is renamed.
        after: Names as they are to be.
    """
    match change:
        case (
            objects.EnumerationAdded()
            | objects.EnumerationDropped()
            | objects.EnumerationValueAdded()
            | objects.EnumerationValueRenamed()
            | objects.EnumerationRebuilt()
        ):
            yield from _enumeration(change, after)
        case (
            objects.DomainAdded()
            | objects.DomainDropped()
            | objects.DomainDefaultChanged()
            | objects.DomainNullabilityChanged()
            | objects.DomainCheckAdded()
            | objects.DomainCheckDropped()
            | objects.DomainCheckValidated()
            | objects.DomainRebuilt()
        ):
            yield from _domain(change, after)
        case (
            objects.CompositeAdded()
            | objects.CompositeDropped()
            | objects.FieldAdded()
            | objects.FieldDropped()
            | objects.FieldRetyped()
        ):
            yield from _composite(change, after)
        case objects.SequenceAdded():
            yield create_sequence(change.sequence, after)
        case objects.SequenceDropped():
            # One that was a column's is gone with it.
            guard = "IF EXISTS " if change.sequence.owned_by else ""
            yield f"DROP SEQUENCE {guard}{type_name(change.sequence, after)}"
        case objects.SequenceChanged():
            yield from _sequence(change, after)
        case objects.ViewAdded() | objects.ViewDropped() | objects.ViewReplaced():
            yield from _view(change, before, after)
        case _:
            yield from _plain(change, before, after)


def _plain(change: ObjectChange, before: Namer, after: Namer) -> Iterator[str]:
    engine = after.engine
    match change:
        case objects.NamespaceAdded():
            yield f"CREATE SCHEMA {identifier(change.name, engine)}"
        case objects.NamespaceDropped():
            yield f"DROP SCHEMA {identifier(change.name, engine)}"
        case objects.ExtensionAdded():
            yield create_extension(change.extension, after)
        case objects.ExtensionDropped():
            yield f"DROP EXTENSION {identifier(change.extension.name, engine)}"
        case objects.ExtensionUpdated():
            yield from _extension(change, after)
        case objects.GrantAdded():
            yield grant_sql(change.grant, after)
        case objects.GrantRevoked():
            yield grant_sql(change.grant, before, revoke=True)
        case objects.CommentChanged():
            yield comment_on(change.kind, change.target, change.after, after)
        case objects.OtherAdded():
            yield change.other.definition
        case objects.OtherDropped():
            yield drop_other(change.other, before)
        case _:
            yield from _running(change, before, after)


def _running(change: ObjectChange, before: Namer, after: Namer) -> Iterator[str]:
    match change:
        case objects.RoutineAdded():
            yield from create_item(change.routine, after)
            if change.routine.comment and after.engine == "postgresql":
                yield from _routine_comment(change, after)
            yield from (grant_sql(each, after) for each in change.grants)
        case objects.RoutineDropped():
            yield drop_routine(change.routine, before)
        case objects.RoutineReplaced():
            yield or_replace(change.after.definition)
        case objects.TriggerAdded():
            yield change.trigger.definition
            if change.trigger.enabled != "origin":
                yield fire_trigger(change.trigger, after)
        case objects.TriggerDropped():
            yield drop_trigger(change.trigger, before)
        case objects.TriggerFiringChanged():
            yield fire_trigger(change.after, after)
        case objects.PolicyAdded():
            yield change.policy.definition
            if change.policy.comment:
                table = after.referred(change.policy.table, change.policy.namespace)
                name = f"{identifier(change.policy.name, after.engine)} ON {table}"
                yield comment_on("POLICY", name, change.policy.comment, after)
        case objects.PolicyDropped():
            yield drop_policy(change.policy, before)
        case _:
            raise AssertionError(f"no statement is known for {type(change).__name__}")


def _routine_comment(change: objects.RoutineAdded, after: Namer) -> Iterator[str]:
    from be_tui.core.ddl import routine_name

    routine = change.routine
    name = routine_name(routine, after)
    yield comment_on(routine.kind.upper(), name, routine.comment, after)


def _extension(change: objects.ExtensionUpdated, after: Namer) -> Iterator[str]:
    old, new = change.before, change.after
    start = f"ALTER EXTENSION {identifier(new.name, after.engine)}"
    if new.version and new.version != old.version:
        yield f"{start} UPDATE TO {literal(new.version, after.engine)}"
    if new.namespace != old.namespace:
        yield f"{start} SET SCHEMA {identifier(new.namespace or 'public', after.engine)}"


def _enumeration(change: ObjectChange, namer: Namer) -> Iterator[str]:
    engine = namer.engine
    match change:
        case objects.EnumerationAdded():
            yield create_enumeration(change.enumeration, namer)
            yield from _type_comment("TYPE", change.enumeration, namer)
        case objects.EnumerationDropped():
            yield f"DROP TYPE {type_name(change.enumeration, namer)}"
        case objects.EnumerationValueAdded():
            said = f"ALTER TYPE {type_name(change.after, namer)} ADD VALUE"
            said += f" {literal(change.value, engine)}"
            if change.follows:
                said += f" AFTER {literal(change.follows, engine)}"
            elif change.precedes:
                said += f" BEFORE {literal(change.precedes, engine)}"
            yield said
        case objects.EnumerationValueRenamed():
            name = type_name(change.enumeration, namer)
            old, new = literal(change.before, engine), literal(change.after, engine)
            yield f"ALTER TYPE {name} RENAME VALUE {old} TO {new}"
        case objects.EnumerationRebuilt():
            yield from _rebuilt(change, namer, [create_enumeration(change.after, namer)], "TYPE")
            yield from _type_comment("TYPE", change.after, namer)
        case _:
            pass


def _type_comment(
    kind: str, found: Enumeration | Domain | Composite, namer: Namer
) -> Iterator[str]:
    if found.comment:
        yield comment_on(kind, type_name(found, namer), found.comment, namer)


def _rebuilt(
    change: objects.EnumerationRebuilt | objects.DomainRebuilt,
    namer: Namer,
    create: list[str],
    word: str,
) -> Iterator[str]:
    """Give what puts another type in the place of one, and turns the columns of it."""
    aside = f"{change.before.name}_before"
    yield (
        f"ALTER {word} {type_name(change.before, namer)}"
        f" RENAME TO {identifier(aside, namer.engine)}"
    )
    yield from create
    name = type_name(change.after, namer)
    for use in change.uses:
        array = use.before.type.name == "array"
        kind, between = (f"{name}[]", "text[]") if array else (name, "text")
        if isinstance(change, objects.DomainRebuilt):
            between = type_sql(change.after.type, namer.engine) + ("[]" if array else "")
        column = namer.of(use.before)
        parts = [f"ALTER COLUMN {column} DROP DEFAULT"] if use.before.default else []
        parts.append(f"ALTER COLUMN {column} TYPE {kind} USING {column}::{between}::{kind}")
        if use.after.default:
            parts.append(f"ALTER COLUMN {column} SET DEFAULT {use.after.default}")
        yield f"ALTER TABLE {namer.table(use.table)} {', '.join(parts)}"
    yield f"DROP {word} {namer.within(change.before.namespace, identifier(aside, namer.engine))}"


def _domain(change: ObjectChange, namer: Namer) -> Iterator[str]:
    match change:
        case objects.DomainAdded():
            yield from create_domain(change.domain, namer)
            yield from _type_comment("DOMAIN", change.domain, namer)
        case objects.DomainDropped():
            yield f"DROP DOMAIN {type_name(change.domain, namer)}"
        case objects.DomainRebuilt():
            yield from _rebuilt(change, namer, list(create_domain(change.after, namer)), "DOMAIN")
            yield from _type_comment("DOMAIN", change.after, namer)
        case objects.DomainDefaultChanged():
            start = f"ALTER DOMAIN {type_name(change.after, namer)}"
            default = change.after.default
            yield f"{start} SET DEFAULT {default}" if default else f"{start} DROP DEFAULT"
        case objects.DomainNullabilityChanged():
            word = "DROP" if change.after.nullable else "SET"
            yield f"ALTER DOMAIN {type_name(change.after, namer)} {word} NOT NULL"
        case objects.DomainCheckAdded():
            said = f"ALTER DOMAIN {type_name(change.domain, namer)}"
            said += f" ADD {check_sql(change.check, namer.engine)}"
            yield said if change.check.valid else f"{said} NOT VALID"
        case objects.DomainCheckDropped() | objects.DomainCheckValidated():
            word = "DROP" if isinstance(change, objects.DomainCheckDropped) else "VALIDATE"
            name = identifier(change.check.name, namer.engine)
            yield f"ALTER DOMAIN {type_name(change.domain, namer)} {word} CONSTRAINT {name}"
        case _:
            pass


def _composite(change: ObjectChange, namer: Namer) -> Iterator[str]:
    match change:
        case objects.CompositeAdded():
            yield from create_item(change.composite, namer)
            yield from _type_comment("TYPE", change.composite, namer)
        case objects.CompositeDropped():
            yield f"DROP TYPE {type_name(change.composite, namer)}"
        case objects.FieldAdded():
            kind = type_sql(change.field.type, namer.engine)
            start = f"ALTER TYPE {type_name(change.composite, namer)}"
            yield f"{start} ADD ATTRIBUTE {namer.of(change.field)} {kind}"
        case objects.FieldDropped():
            start = f"ALTER TYPE {type_name(change.composite, namer)}"
            yield f"{start} DROP ATTRIBUTE {namer.of(change.field)}"
        case objects.FieldRetyped():
            kind = type_sql(change.after.type, namer.engine)
            start = f"ALTER TYPE {type_name(change.composite, namer)}"
            yield f"{start} ALTER ATTRIBUTE {namer.of(change.after)} TYPE {kind}"
        case _:
            pass


_OPTION = re.compile(
    r"START(?:\s+WITH)?\s+-?\d+|INCREMENT(?:\s+BY)?\s+-?\d+|NO\s+(?:MINVALUE|MAXVALUE|CYCLE)|"
    r"MINVALUE\s+-?\d+|MAXVALUE\s+-?\d+|CACHE\s+\d+|CYCLE",
    re.I,
)
_USUAL = {
    "START": "START WITH 1",
    "INCREMENT": "INCREMENT BY 1",
    "MINVALUE": "NO MINVALUE",
    "MAXVALUE": "NO MAXVALUE",
    "CACHE": "CACHE 1",
    "CYCLE": "NO CYCLE",
}


def numbering(before: str, after: str) -> tuple[str, ...]:
    """Give the options that lead a sequence from some to others; what is not said is usual."""
    old, new = _options(before), _options(after)
    kept = [new[name] for name in new if new[name] != old.get(name)]
    return (*kept, *(_USUAL[name] for name in old if name not in new))


def _options(said: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in _OPTION.findall(said):
        words = each.upper().split()
        found[words[1] if words[0] == "NO" else words[0]] = " ".join(words)
    return found


def _sequence(change: objects.SequenceChanged, namer: Namer) -> Iterator[str]:
    old, new = change.before, change.after
    parts = [f"AS {new.type}"] if old.type != new.type else []
    parts += numbering(old.options, new.options)
    if parts:
        yield f"ALTER SEQUENCE {type_name(new, namer)} {' '.join(parts)}"
    if old.owned_by != new.owned_by:
        yield own_sequence(new, namer)


def _view(
    change: objects.ViewAdded | objects.ViewDropped | objects.ViewReplaced,
    before: Namer,
    after: Namer,
) -> Iterator[str]:
    match change:
        case objects.ViewDropped():
            yield f"DROP {view_kind(change.view)} {view_name(change.view, before)}"
        case objects.ViewReplaced():
            yield create_view(change.after, after, replace=True)
            yield from _view_comment(change.after, after)
        case objects.ViewAdded():
            yield from create_item(change.view, after)
            yield from _view_comment(change.view, after)
            yield from (grant_sql(each, after) for each in change.grants)


def _view_comment(view: View, namer: Namer) -> Iterator[str]:
    if view.comment and namer.engine == "postgresql":
        yield comment_on(view_kind(view), view_name(view, namer), view.comment, namer)
