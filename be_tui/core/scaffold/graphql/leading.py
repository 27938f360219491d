"""What of a row leads to other rows: members that give those rows, as far as they may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import answered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Resource, Service


@dataclass(frozen=True, slots=True)
class Lead:
    """A member that gives rows of another resource, or of its own."""

    name: str
    member: Member
    """The one that holds their keys."""

    to: Resource


def leads_of(service: Service, resource: Resource) -> tuple[Lead, ...]:
    """Give the members of a resource that lead to rows which somebody may read one by one."""
    return tuple(_leads(service, resource))


def _leads(service: Service, resource: Resource) -> Iterator[Lead]:
    members = answered(resource)
    taken = {"id", "created_at", "updated_at", "version", *(each.name for each in members)}
    for member in members:
        name, to = _leads_to(member)
        if not to or name in taken:
            continue
        taken.add(name)
        target = service.resource(to)
        if target is not None and "nobody" not in target.may("read").who:
            yield Lead(name, member, target)


def _leads_to(member: Member) -> tuple[str, str]:
    """Give what a member leads to: the name of the rows themselves, and their resource."""
    if member.link:
        return member.link.name, member.link.to
    field = member.field
    return (field.name, field.to) if field and field.kind == "reference" else ("", "")
