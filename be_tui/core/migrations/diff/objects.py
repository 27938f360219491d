"""Changes of what a database has besides tables: one frozen class for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.schema import (
        Check,
        Column,
        Composite,
        Domain,
        Enumeration,
        Extension,
        Grant,
        Other,
        Policy,
        Routine,
        Sequence,
        Table,
        Trigger,
        View,
    )


@dataclass(frozen=True, slots=True)
class NamespaceAdded:
    """A schema, in PostgreSQL's sense, is made."""

    name: str


@dataclass(frozen=True, slots=True)
class NamespaceDropped:
    """A schema, in PostgreSQL's sense, is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class ExtensionAdded:
    """An extension is added."""

    extension: Extension


@dataclass(frozen=True, slots=True)
class ExtensionDropped:
    """An extension is gone."""

    extension: Extension


@dataclass(frozen=True, slots=True)
class ExtensionUpdated:
    """An extension is of another version, or stands in another schema."""

    before: Extension
    after: Extension


@dataclass(frozen=True, slots=True)
class Use:
    """A column of an enumeration's or a domain's type, or of an array of it, before and after."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class EnumerationAdded:
    """An enumeration is made."""

    enumeration: Enumeration


@dataclass(frozen=True, slots=True)
class EnumerationDropped:
    """An enumeration is gone."""

    enumeration: Enumeration


@dataclass(frozen=True, slots=True)
class EnumerationValueAdded:
    """An enumeration has one value more."""

    before: Enumeration
    after: Enumeration
    value: str
    follows: str = ""
    """The value that it stands after; empty for the first one."""

    precedes: str = ""
    """The value that it stands before, where it stands after none."""

    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class EnumerationValueRenamed:
    """A value of an enumeration is called otherwise."""

    enumeration: Enumeration
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EnumerationRebuilt:
    """Values of an enumeration are gone, or stand in another order."""

    before: Enumeration
    after: Enumeration
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainAdded:
    """A domain is made."""

    domain: Domain


@dataclass(frozen=True, slots=True)
class DomainDropped:
    """A domain is gone."""

    domain: Domain


@dataclass(frozen=True, slots=True)
class DomainDefaultChanged:
    """A domain has another default."""

    before: Domain
    after: Domain


@dataclass(frozen=True, slots=True)
class DomainNullabilityChanged:
    """A domain takes NULL, or takes it no longer."""

    before: Domain
    after: Domain


@dataclass(frozen=True, slots=True)
class DomainCheckAdded:
    """A domain has one condition more."""

    domain: Domain
    check: Check


@dataclass(frozen=True, slots=True)
class DomainCheckDropped:
    """A domain has one condition less."""

    domain: Domain
    check: Check


@dataclass(frozen=True, slots=True)
class DomainCheckValidated:
    """Older values are held to a domain's condition too."""

    domain: Domain
    check: Check


@dataclass(frozen=True, slots=True)
class DomainRebuilt:
    """A domain stands on another type."""

    before: Domain
    after: Domain
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class CompositeAdded:
    """A composite type is made."""

    composite: Composite


@dataclass(frozen=True, slots=True)
class CompositeDropped:
    """A composite type is gone."""

    composite: Composite


@dataclass(frozen=True, slots=True)
class FieldAdded:
    """A composite type has one field more."""

    composite: Composite
    field: Column


@dataclass(frozen=True, slots=True)
class FieldDropped:
    """A composite type has one field less."""

    composite: Composite
    field: Column


@dataclass(frozen=True, slots=True)
class FieldRetyped:
    """A field of a composite type is of another type."""

    composite: Composite
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class SequenceAdded:
    """A sequence is made."""

    sequence: Sequence


@dataclass(frozen=True, slots=True)
class SequenceDropped:
    """A sequence is gone."""

    sequence: Sequence


@dataclass(frozen=True, slots=True)
class SequenceChanged:
    """A sequence counts otherwise, or is another column's."""

    before: Sequence
    after: Sequence


@dataclass(frozen=True, slots=True)
class RoutineAdded:
    """A function, procedure or aggregate is made."""

    routine: Routine
    grants: tuple[Grant, ...] = ()
    """Who may use it: that goes and comes with it."""


@dataclass(frozen=True, slots=True)
class RoutineDropped:
    """A function, procedure or aggregate is gone."""

    routine: Routine
    grants: tuple[Grant, ...] = ()
    """Who may use it: that goes and comes with it."""


@dataclass(frozen=True, slots=True)
class RoutineReplaced:
    """A routine does something else, and is called as before."""

    before: Routine
    after: Routine


@dataclass(frozen=True, slots=True)
class ViewAdded:
    """A view is made, with its indexes."""

    view: View
    grants: tuple[Grant, ...] = ()
    """Who may use it: that goes and comes with it."""


@dataclass(frozen=True, slots=True)
class ViewDropped:
    """A view is gone, with its indexes."""

    view: View
    grants: tuple[Grant, ...] = ()
    """Who may use it: that goes and comes with it."""


@dataclass(frozen=True, slots=True)
class ViewReplaced:
    """A view gives other rows, or more columns at its end."""

    before: View
    after: View


@dataclass(frozen=True, slots=True)
class TriggerAdded:
    """A trigger is made."""

    trigger: Trigger


@dataclass(frozen=True, slots=True)
class TriggerDropped:
    """A trigger is gone."""

    trigger: Trigger


@dataclass(frozen=True, slots=True)
class TriggerFiringChanged:
    """A trigger fires at other times: it is disabled, say."""

    before: Trigger
    after: Trigger


@dataclass(frozen=True, slots=True)
class PolicyAdded:
    """A policy is made."""

    policy: Policy


@dataclass(frozen=True, slots=True)
class PolicyDropped:
    """A policy is gone."""

    policy: Policy


@dataclass(frozen=True, slots=True)
class GrantAdded:
    """A role may do more."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class GrantRevoked:
    """A role may do less."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class OtherAdded:
    """Something known by its DDL alone is made."""

    other: Other


@dataclass(frozen=True, slots=True)
class OtherDropped:
    """Something known by its DDL alone is gone."""

    other: Other


@dataclass(frozen=True, slots=True)
class CommentChanged:
    """Something else is said of an object."""

    kind: str
    """As COMMENT ON calls it."""

    target: str
    """As SQL has it."""

    before: str
    after: str


ObjectChange = (
    NamespaceAdded
    | NamespaceDropped
    | ExtensionAdded
    | ExtensionDropped
    | ExtensionUpdated
    | EnumerationAdded
    | EnumerationDropped
    | EnumerationValueAdded
    | EnumerationValueRenamed
    | EnumerationRebuilt
    | DomainAdded
    | DomainDropped
    | DomainDefaultChanged
    | DomainNullabilityChanged
    | DomainCheckAdded
    | DomainCheckDropped
    | DomainCheckValidated
    | DomainRebuilt
    | CompositeAdded
    | CompositeDropped
    | FieldAdded
    | FieldDropped
    | FieldRetyped
    | SequenceAdded
    | SequenceDropped
    | SequenceChanged
    | RoutineAdded
    | RoutineDropped
    | RoutineReplaced
    | ViewAdded
    | ViewDropped
    | ViewReplaced
    | TriggerAdded
    | TriggerDropped
    | TriggerFiringChanged
    | PolicyAdded
    | PolicyDropped
    | GrantAdded
    | GrantRevoked
    | OtherAdded
    | OtherDropped
    | CommentChanged
)
