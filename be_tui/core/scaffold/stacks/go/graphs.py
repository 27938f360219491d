"""A resource as GraphQL asks for it: its names there, and the members that are rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.operations import path_of
from be_tui.core.scaffold.contract.wire import sorts
from be_tui.core.scaffold.graphql import enum_names, leads_of, names_of, order_name
from be_tui.core.scaffold.stacks.go.kept import KeptResource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.graphql import Lead, Names
    from be_tui.core.scaffold.model import Resource, Service

GRAPHQL = "graphql"
"""The option that a service answers GraphQL by."""


@dataclass(frozen=True, slots=True)
class GoLead:
    """A member of the schema that is rows themselves."""

    name: str
    member: str
    """The member that holds their keys."""

    to: str
    """The type of the rows."""

    path: str
    """Where the routes have them."""


@dataclass(frozen=True, slots=True)
class GoGraph:
    """A resource in the schema."""

    names: Names
    leads: tuple[GoLead, ...]
    renamed: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """What values of members are called in it, where JSON has them otherwise."""


@dataclass(frozen=True)
class GraphedResource(KeptResource):
    """A resource with what the templates ask of the option `graphql`."""

    @cached_property
    def graph(self) -> GoGraph:
        """Give what it is in the schema."""
        called = _called(self.service)
        others = (
            (each.name, _others(each.values, enum_names(each.values)))
            for each in self.resource.fields
            if each.kind == "enum"
        )
        return GoGraph(
            called[self.resource.name],
            tuple(self._lead(each, called) for each in leads_of(self.service, self.resource)),
            tuple((name, values) for name, values in others if values),
        )

    def _lead(self, lead: Lead, called: dict[str, Names]) -> GoLead:
        path = path_of(self.service, lead.to)
        return GoLead(lead.name, lead.member.name, called[lead.to.name].type, path)

    @property
    def readable(self) -> bool:
        """Tell whether somebody may read its rows one by one."""
        return self.allows("read")

    @property
    def asked(self) -> bool:
        """Tell whether somebody may read its rows at all."""
        return self.readable or self.allows("list")

    @property
    def graph_links(self) -> tuple[GoLead, ...]:
        """Give the links among what leads to other rows."""
        links = {each.json for each in self.links}
        return tuple(each for each in self.graph.leads if each.member in links)

    @property
    def emptied(self) -> tuple[str, ...]:
        """Give the members that whoever may change a row may empty."""
        return tuple(
            each.json
            for each in self.change
            if each.field and each.field.nullable and not each.field.writers
            if each.json in self.member_names
        )

    @property
    def changes_password(self) -> bool:
        """Tell whether a change may set a password."""
        return any(each.field and each.field.kind == "password" for each in self.change)


def _called(service: Service) -> dict[str, Names]:
    named = zip(service.resources, names_of(service), strict=True)
    return {resource.name: names for resource, names in named}


def enumerations(service: Service) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Give what values are called in the schema that JSON has otherwise, by their types."""
    found = []
    for resource, names in zip(service.resources, names_of(service), strict=True):
        for kind, values, called in _values(resource, names):
            others = _others(values, called)
            if others:
                found.append((kind, others))
    return tuple(found)


def _others(values: tuple[str, ...], called: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give those that are called otherwise."""
    return tuple((a, b) for a, b in zip(values, called, strict=True) if a != b)


def _values(
    resource: Resource, names: Names
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for field in resource.fields:
        if field.kind == "enum":
            yield names.enum(field), field.values, enum_names(field.values)
    if "nobody" not in resource.may("list").who:
        orders = tuple(sorts(resource))
        yield names.order, orders, tuple(order_name(each) for each in orders)
