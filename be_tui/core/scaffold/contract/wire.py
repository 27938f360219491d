"""What stands on the wire: each field of a resource as JSON has it, and who sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.naming import pascal, singular

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Link, Resource, Service

RANGED = frozenset({"integer", "decimal", "float", "date", "datetime"})
"""Kinds that a list is filtered by with `_min` and `_max`; others by being equal."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a JSON object that stands for a row."""

    name: str
    field: Field | None = None
    """None for a link."""

    link: Link | None = None

    @property
    def nullable(self) -> bool:
        """Tell whether it may be null."""
        return self.field is not None and self.field.nullable


@dataclass(frozen=True, slots=True)
class Filter:
    """One parameter that a list is narrowed by."""

    name: str
    field: Field
    comparison: str
    """`=`, `>=` or `<=`."""


def json_name(field: Field) -> str:
    """Give the name of a field on the wire: `customer_id` for a reference `customer`."""
    return f"{field.name}_id" if field.kind == "reference" else field.name


def link_name(link: Link) -> str:
    """Give the name of a link on the wire: `category_ids` for `categories`."""
    return f"{singular(link.name)}_ids"


def type_name(resource: Resource) -> str:
    """Give the name of a resource's schema: `OrderLine`."""
    return pascal(resource.name)


def answered(resource: Resource) -> tuple[Member, ...]:
    """Give the members that an answer has, besides those that every row has."""
    fields = [Member(json_name(each), each) for each in resource.fields if not each.private]
    return (*fields, *_links(resource))


def created(service: Service, resource: Resource) -> tuple[Member, ...]:
    """Give the members that a new row may be sent with."""
    own = set_by_service(service, resource)
    fields = [
        Member(json_name(each), each)
        for each in resource.fields
        if not each.read_only and each.name not in own
    ]
    return (*fields, *_links(resource))


def patched(service: Service, resource: Resource) -> tuple[Member, ...]:
    """Give the members that a change may be sent with."""
    return tuple(
        member
        for member in created(service, resource)
        if member.field is None or not member.field.fixed
    )


def replaced(service: Service, resource: Resource) -> tuple[Member, ...]:
    """Give the members that a whole row is replaced with.

    Passwords, and what only some roles may set, stay as they are: who replaces a row has read
    it before, and cannot have read the one or may not send the other.
    """
    return tuple(
        member
        for member in patched(service, resource)
        if member.field is None or not (member.field.kind == "password" or member.field.writers)
    )


def set_by_service(service: Service, resource: Resource) -> frozenset[str]:
    """Give the fields that follow from who signed in: whose row it is, and which tenant's."""
    accounts = service.accounts
    names = {resource.tenant} if resource.tenant and accounts else set[str]()
    owner = resource.field(resource.owner)
    if accounts and owner and owner.to == accounts.resource:
        names.add(owner.name)
    if accounts and resource.name == accounts.resource:
        names.discard(resource.tenant)
    return frozenset(names)


def is_required(member: Member) -> bool:
    """Tell whether a new row must be sent with it."""
    return member.field is not None and member.field.required


def sorts(resource: Resource) -> tuple[str, ...]:
    """Give the orders that a list can be asked for in; the first is the one without asking."""
    own = ("-created_at", "created_at") if resource.newest_first else ("created_at", "-created_at")
    fields = [json_name(each) for each in resource.fields if each.sorted]
    return (*own, *(way for name in fields for way in (name, f"-{name}")))


def filters(resource: Resource) -> tuple[Filter, ...]:
    """Give the parameters that a list can be narrowed by."""
    found: list[Filter] = []
    for field in resource.fields:
        if not field.filtered:
            continue
        name = json_name(field)
        found.append(Filter(name, field, "="))
        if field.kind in RANGED:
            found += [Filter(f"{name}_min", field, ">="), Filter(f"{name}_max", field, "<=")]
    return tuple(found)


def _links(resource: Resource) -> tuple[Member, ...]:
    return tuple(Member(link_name(each), link=each) for each in resource.links)
