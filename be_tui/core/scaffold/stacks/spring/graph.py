"""A resource as GraphQL has it: what it is called there, and what it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import sorts
from be_tui.core.scaffold.graphql import enum_names, leads_of, names_of, order_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.scaffold.graphql import Names
    from be_tui.core.scaffold.model import Field, Service
    from be_tui.core.scaffold.stacks.spring.resources import SpringResource


@dataclass(frozen=True, slots=True)
class Leading:
    """A member that gives rows of another resource."""

    name: str
    member: str
    """The one that holds their keys."""

    loader: str
    """What finds them: it is called as their type is."""

    is_many: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """A resource as the schema has it."""

    made: SpringResource
    names: Names
    leads: tuple[Leading, ...]
    is_led: bool
    """Whether members of others lead to its rows."""

    @property
    def is_asked(self) -> bool:
        """Tell whether anything of it can be asked."""
        return self.tells or self.made.allows("delete")

    @property
    def tells(self) -> bool:
        """Tell whether anything of it is answered with more than a key."""
        return self.is_led or _is_told(self.made)

    @property
    def links(self) -> tuple[Leading, ...]:
        """Give the members that give several rows each."""
        return tuple(each for each in self.leads if each.is_many)

    @property
    def orders(self) -> tuple[tuple[str, str], ...]:
        """Give the orders of its lists, each with what it is in a query; none without lists."""
        if not self.made.allows("list"):
            return ()
        return tuple((order_name(each), each) for each in sorts(self.made.resource))

    @property
    def members(self) -> tuple[str, ...]:
        """Give the members of a row that need nothing else to be found."""
        return (*(each.name for each in self.made.answer()), "version")

    @property
    def renamed(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Give the members with values that are called otherwise in JSON, and those."""
        types = dict(self.enums)
        named = ((each.name, self.names.enum(each)) for each in _choices(self.made))
        return tuple((name, types[kind]) for name, kind in named if kind in types)

    @property
    def enums(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Give the types of choices with values that are called otherwise in JSON, and those."""
        found = []
        for field in _choices(self.made):
            called = zip(enum_names(field.values), field.values, strict=True)
            renamed = tuple((name, value) for name, value in called if name != value)
            if renamed:
                found.append((self.names.enum(field), renamed))
        return tuple(found)


def graphs_of(service: Service, made: tuple[SpringResource, ...]) -> dict[str, Graph]:
    """Give the resources of a service as GraphQL has them, by their names."""
    names = dict(zip((each.resource.name for each in made), names_of(service), strict=True))
    leads = {each.resource.name: leads_of(service, each.resource) for each in made}
    shown = {each.resource.name for each in made if _is_told(each)}
    led = {lead.to.name for name, found in leads.items() if name in shown for lead in found}
    return {
        each.resource.name: Graph(
            made=each,
            names=names[each.resource.name],
            leads=tuple(
                Leading(
                    lead.name, lead.member.name, names[lead.to.name].type, bool(lead.member.link)
                )
                for lead in leads[each.resource.name]
                if each.resource.name in shown
            ),
            is_led=each.resource.name in led,
        )
        for each in made
    }


def _choices(made: SpringResource) -> Iterator[Field]:
    return (each for each in made.resource.fields if each.kind == "enum")


def probe_of(graphs: Mapping[str, Graph]) -> str:
    """Give a field of the query that anybody can ask for, whatever they are answered."""
    for each in graphs.values():
        if each.made.allows("read"):
            return f'{each.names.one}(id: "none") {{ id }}'
        if each.made.allows("list"):
            return f"{each.names.many} {{ pageInfo {{ hasNextPage }} }}"
    return "service"


def _is_told(made: SpringResource) -> bool:
    """Tell whether anything gives a row of it."""
    changes = made.allows("update") and bool(made.patch())
    return changes or any(made.allows(each) for each in ("create", "read", "list"))
