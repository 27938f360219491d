"""A resource as GraphQL has it: what is asked and changed by which name, what leads to others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import created, json_name, link_name, patched
from be_tui.core.scaffold.graphql import enum_names, leads_of, names_of, order_name
from be_tui.core.scaffold.naming import camel
from be_tui.core.scaffold.stacks.express import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.graphql import Lead, Names
    from be_tui.core.scaffold.model import Field
    from be_tui.core.scaffold.stacks.express.modules import ModuleView


@dataclass(frozen=True, slots=True)
class EnumView:
    """An enumeration whose names are not the values that they stand for."""

    type: str
    values: tuple[tuple[str, str], ...]
    """Each name with its value."""


@dataclass(frozen=True, slots=True)
class LeadView:
    """A member of a row that leads to other rows."""

    name: str
    wire: str
    """The member that holds their keys."""

    to: ModuleView
    batch: str
    """What finds many of them at once."""

    many: bool
    key: str
    """The property of a row that holds the key of one; empty for many."""


@dataclass(frozen=True)
class GraphView:
    """A resource in the schema.

    Without slots, so that its names are settled once.
    """

    module: ModuleView

    @cached_property
    def names(self) -> Names:
        """Give what its types and queries are called."""
        service = self.module.service
        found = zip(service.resources, names_of(service), strict=True)
        return next(names for each, names in found if each == self.module.resource)

    @property
    def alias(self) -> str:
        """Give what its resolvers are imported by."""
        return f"{camel(self.module.resource.plural)}Graph"

    @property
    def batch(self) -> str:
        """Give what finds many of its rows at once."""
        return f"{camel(self.module.resource.plural)}Batch"

    @property
    def is_shown(self) -> bool:
        """Tell whether its rows are answered with."""
        return self.module.reads or self.module.writes_body

    @property
    def takes_input(self) -> bool:
        """Tell whether a new row is sent with anything."""
        return bool(created(self.module.service, self.module.resource))

    @cached_property
    def leads(self) -> tuple[LeadView, ...]:
        """Give the members that lead to other rows."""
        found = leads_of(self.module.service, self.module.resource) if self.is_shown else ()
        return tuple(self._lead(each) for each in found)

    def _lead(self, lead: Lead) -> LeadView:
        to, field = self.module.other(lead.to), lead.member.field
        key = self.module.property_of(field) if field else ""
        return LeadView(lead.name, lead.member.name, to, GraphView(to).batch, not field, key)

    @cached_property
    def is_led_to(self) -> bool:
        """Tell whether rows of some resource lead to its own."""
        others = (self.module.other(each) for each in self.module.service.resources)
        leads = (lead for each in others for lead in GraphView(each).leads)
        return any(each.to.resource == self.module.resource for each in leads)

    @property
    def batches(self) -> tuple[LeadView, ...]:
        """Give what it imports to find rows of others, a name each."""
        others = {each.batch: each for each in self.leads if each.batch != self.batch}
        return tuple(
            others[name] for name in sorted(others, key=lambda name: others[name].to.package)
        )

    # Values.

    @property
    def orders(self) -> tuple[tuple[str, str], ...]:
        """Give the orders of a list, each by its name in the schema."""
        return tuple((order_name(each), each) for each in self.module.sorts)

    @property
    def enums(self) -> tuple[EnumView, ...]:
        """Give the enumerations whose names are not their values."""
        found = [self._enum(each) for each in self.module.resource.fields if each.kind == "enum"]
        if "list" in self.module.actions:
            found.append(EnumView(self.names.order, self.orders))
        return tuple(each for each in found if any(name != value for name, value in each.values))

    def _enum(self, field: Field) -> EnumView:
        pairs = zip(enum_names(field.values), field.values, strict=True)
        return EnumView(self.names.enum(field), tuple(pairs))

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Give the members of an answer that are keys of numbers, each with what writes it."""
        return tuple(self._keys())

    def _keys(self) -> Iterator[tuple[str, str]]:
        if self.module.key_big:
            yield "id", "String(row.id)"
        for field in self.module.resource.fields:
            if field.private or not self._is_numbered(field.to):
                continue
            at = f"row.{self.module.property_of(field)}"
            yield (
                json_name(field),
                f"{at}?.toString() ?? null" if field.nullable else f"String({at})",
            )
        for link, view in zip(self.module.resource.links, self.module.links, strict=True):
            if self._is_numbered(link.to):
                yield link_name(link), f"row.{view.property}.map(String)"

    def _is_numbered(self, name: str) -> bool:
        return bool(name) and types.has_big_key(self.module.service, name)

    @property
    def created_keys(self) -> tuple[str, ...]:
        """Give the members of a new row that are keys of numbers."""
        return self._sent_keys(created(self.module.service, self.module.resource))

    @property
    def patched_keys(self) -> tuple[str, ...]:
        """Give the members of a change that are keys of numbers."""
        return self._sent_keys(patched(self.module.service, self.module.resource))

    def _sent_keys(self, members: tuple[Member, ...]) -> tuple[str, ...]:
        found = ((each, each.field or each.link) for each in members)
        return tuple(each.name for each, told in found if told and self._is_numbered(told.to))

    # What is imported.

    @property
    def platform_names(self) -> tuple[str, ...]:
        """Give what its resolvers are made with."""
        actions = self.module.actions
        found = {
            "type Asking": self.is_led_to,
            "asQuery": "list" in actions,
            "connection": "list" in actions,
            "keyOf": bool(self.module.row_methods),
            "type Resolvers": True,
            "type Shown": self.is_shown,
            "versionOf": self.module.versions,
            "withKeys": self._sends_keys,
        }
        names = (name for name, holds in found.items() if holds)
        return tuple(sorted(names, key=lambda each: each.removeprefix("type ").lower()))

    @property
    def _sends_keys(self) -> bool:
        new = "create" in self.module.actions and bool(self.created_keys)
        return new or ("update" in self.module.actions and bool(self.patched_keys))

    @property
    def checks(self) -> bool:
        """Tell whether anything is read by a schema."""
        return "list" in self.module.actions or self.module.writes_body

    @property
    def hashes(self) -> bool:
        """Tell whether passwords are sent."""
        module = self.module
        new = "create" in module.actions and bool(module.secrets)
        return new or ("update" in module.actions and bool(module.patched_secrets))

    @property
    def schema_names(self) -> tuple[str, ...]:
        """Give the schemas of what is sent and asked."""
        unused = {f"{self.module.camel}{each}" for each in ("One", "Replace")}
        return tuple(each for each in self.module.schema_values if each not in unused)

    @property
    def operators(self) -> tuple[str, ...]:
        """Give what its repository writes conditions with."""
        names = {*self.module.operators, *(["inArray"] if self.is_led_to else [])}
        return tuple(sorted(names, key=lambda each: each.removeprefix("type ").lower()))

    def database_names(self, usual: tuple[str, ...]) -> tuple[str, ...]:
        """Give the types of queries that its service is given, beside the usual ones."""
        return tuple(sorted({*usual, *(["Queries"] if self.is_led_to else [])}))
