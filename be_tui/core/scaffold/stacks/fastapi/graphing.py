"""A resource as GraphQL has it: what its fields are called, and who answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.scaffold.contract.wire import (
    answered,
    created,
    json_name,
    patched,
    set_by_service,
    sorts,
)
from be_tui.core.scaffold.graphql import enum_names, leads_of, names_of, order_name
from be_tui.core.scaffold.stacks.fastapi.types import is_big
from be_tui.core.scaffold.stacks.fastapi.wording import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.graphql import Names
    from be_tui.core.scaffold.model import Field
    from be_tui.core.scaffold.stacks.fastapi.resources import FastapiResource
    from be_tui.core.scaffold.stacks.fastapi.trying import Try


@dataclass(frozen=True, slots=True)
class PyLead:
    """A field that leads from a row to others."""

    name: str
    member: str
    """The member that has their keys."""

    to: FastapiResource
    many: bool
    free: bool
    """Whether a sample of a row has none unless it is given one."""

    attribute: str
    """What a sample is given them by."""

    @property
    def is_open(self) -> bool:
        """Tell whether anybody may see where it leads."""
        return self.to.may("read").open and not self.to.tenant_column


@dataclass(frozen=True, slots=True)
class Graphing:
    """A resource as its resolvers see it."""

    of: FastapiResource

    @property
    def names(self) -> Names:
        """Give what its types and fields are called."""
        service = self.of.service
        at = [each.name for each in service.resources].index(self.of.resource.name)
        return names_of(service)[at]

    @property
    def answers(self) -> bool:
        """Tell whether the schema has anything of it to answer."""
        changes = self.of.allows("create") or self.of.allows("delete") or self._updates
        return self.is_asked or changes

    @property
    def _updates(self) -> bool:
        return self.of.allows("update") and bool(self.of.patch())

    @property
    def is_asked(self) -> bool:
        """Tell whether its rows can be asked for; a schema without any only tells its name."""
        return self.of.allows("read") or self.of.allows("list")

    def queries(self) -> tuple[tuple[str, str], ...]:
        """Give the fields that are read at the top, each with its function."""
        found = (
            (self.of.allows("read"), self.names.one, "_one"),
            (self.of.allows("list"), self.names.many, "_many"),
        )
        return tuple((name, function) for there, name, function in found if there)

    def mutations(self) -> tuple[tuple[str, str], ...]:
        """Give the fields that change rows, each with its function."""
        kind = self.names.type
        found = (
            (self.of.allows("create"), f"create{kind}", "_create"),
            (self._updates, f"update{kind}", "_update"),
            (self.of.allows("delete"), f"delete{kind}", "_delete"),
        )
        return tuple((name, function) for there, name, function in found if there)

    @property
    def is_seen(self) -> bool:
        """Tell whether the schema has its rows."""
        return any(self.of.allows(each) for each in ("read", "list", "create", "update"))

    def leads(self) -> tuple[PyLead, ...]:
        """Give the ways from its rows to others."""
        return tuple(self._leads()) if self.is_seen else ()

    def _leads(self) -> Iterator[PyLead]:
        for each in leads_of(self.of.service, self.of.resource):
            member, to = each.member, type(self.of)(each.to, self.of.service)
            many, free = member.link is not None, self._is_free(member)
            yield PyLead(each.name, member.name, to, many, free, attribute(member.name))

    def _is_free(self, member: Member) -> bool:
        own = set_by_service(self.of.service, self.of.resource)
        return member.field is None or (member.nullable and member.field.name not in own)

    @property
    def is_led_to(self) -> bool:
        """Tell whether rows of others lead to its own."""
        made = (type(self.of)(each, self.of.service) for each in self.of.service.resources)
        name = self.of.resource.name
        return any(lead.to.resource.name == name for each in made for lead in each.graphing.leads())

    def enums(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Give the enumerations whose values are called otherwise in JSON."""
        found = [(self.names.order, self.orders())] if self.of.allows("list") else []
        return (*found, *((self.names.enum(field), values) for field, values in self._renamed()))

    def _renamed(self) -> Iterator[tuple[Field, tuple[tuple[str, str], ...]]]:
        for each in self.of.resource.fields:
            names = enum_names(each.values) if each.kind == "enum" else each.values
            if names != each.values:
                yield each, tuple(zip(names, each.values, strict=True))

    def numbers(self, of: Literal["create", "patch"]) -> tuple[str, ...]:
        """Give the members of input that are keys, and numbers."""
        service, resource = self.of.service, self.of.resource
        members = created(service, resource) if of == "create" else patched(service, resource)
        found = ((each.name, service.resource(_key_of(each))) for each in members)
        return tuple(name for name, target in found if target and target.key == "integer")

    # What its tests need.

    @property
    def probe(self) -> str:
        """Give a query that asks the database, of a row that is not there; empty without any."""
        key = "7" if self.of.resource.key == "integer" else "00000000-0000-0000-0000-000000000007"
        if self.of.allows("read"):
            return f'{self.names.one}(id: "{key}") {{ id }}'
        return f"{self.names.many} {{ edges {{ cursor }} }}" if self.of.allows("list") else ""

    def told(self) -> tuple[str, ...]:
        """Give the members of a row in the schema that lead nowhere."""
        own = (each.name for each in answered(self.of.resource))
        return ("id", *own, "created_at", "updated_at", "version")

    def keys(self) -> tuple[str, ...]:
        """Give the members of a row that are keys: text in GraphQL, whatever they are in JSON."""
        return ("id", *(each.name for each in answered(self.of.resource) if _key_of(each)))

    def orders(self) -> tuple[tuple[str, str], ...]:
        """Give the orders of a list, each with what REST calls it."""
        return tuple((order_name(each), each) for each in sorts(self.of.resource))

    def refused(self) -> tuple[Try, ...]:
        """Give values that no input may have; GraphQL takes a long number as text as well."""
        fields = self.of.resource.fields
        longs = {each.name for each in fields if each.kind == "integer" and is_big(each)}
        found = self.of.trials.refused()
        return tuple(each for each in found if each.member not in longs or each.what != "text")

    def renamed(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Give the members whose values are called otherwise in JSON, each with them."""
        return tuple((json_name(field), values) for field, values in self._renamed())


def _key_of(member: Member) -> str:
    """Give the resource whose keys a member holds; empty where it holds none."""
    if member.link:
        return member.link.to
    field = member.field
    return field.to if field and field.kind == "reference" else ""
