"""What tests ask in GraphQL: of each resource, and of the service as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import answered, json_name, patched
from be_tui.core.scaffold.graphql import enum_names
from be_tui.core.scaffold.stacks.express import types

if TYPE_CHECKING:
    from be_tui.core.scaffold.stacks.express.graphs import GraphView, LeadView
    from be_tui.core.scaffold.stacks.express.modules import ModuleView
    from be_tui.core.scaffold.stacks.express.samples import SampleView


@dataclass(frozen=True, slots=True)
class LedView:
    """What a page of rows leads to, as whoever may list them sees it."""

    lead: LeadView
    statements: int
    """How many statements look into the table of what it leads to."""

    sees: bool
    """Whether all of it may be seen."""

    over: str
    """What a row is made with so that it leads somewhere; empty where it does so anyway."""

    pairs: str
    """The table of the pairs, for many."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A resource as tests ask for it."""

    graph: GraphView
    sample: SampleView

    @property
    def module(self) -> ModuleView:
        """Give the resource."""
        return self.graph.module

    @property
    def selection(self) -> str:
        """Give all values of a row."""
        names = (each.name for each in answered(self.module.resource))
        return " ".join(("id", *names, "created_at", "updated_at", "version"))

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the members that are keys, which the schema has as text."""
        module = self.module
        references = [json_name(each) for each in module.resource.fields if each.to]
        return ("id", *references, *(each.wire for each in module.links))

    @property
    def longs(self) -> tuple[str, ...]:
        """Give the members that are numbers of 64 bits, which may be sent as text."""
        fields = (each for each in self.module.resource.fields if each.kind == "integer")
        return tuple(each.name for each in fields if types.is_big(self.module.service, each))

    @property
    def renamed(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Give the members whose choices have other names in the schema: the name of each value."""
        found = [
            (each.name, tuple(zip(each.values, enum_names(each.values), strict=True)))
            for each in self.module.resource.fields
            if each.kind == "enum"
        ]
        return tuple((name, pairs) for name, pairs in found if any(a != b for a, b in pairs))

    @property
    def emptied(self) -> str:
        """Give a member of a change that can be null, and is not in rows of the tests."""
        return next(iter(self._changed(nullable=True)), "")

    @property
    def needed(self) -> str:
        """Give a member of a change that cannot be null."""
        return next(iter(self._changed(nullable=False)), "")

    def _changed(self, *, nullable: bool) -> tuple[str, ...]:
        shown = {each.name for each in answered(self.module.resource)}
        return tuple(
            each.name
            for each in patched(self.module.service, self.module.resource)
            if each.name in self.sample.changes and each.name in shown
            if each.field and each.field.kind != "reference" and each.nullable == nullable
        )

    @property
    def led(self) -> tuple[LedView, ...]:
        """Give what a page of its rows leads to."""
        if "list" not in self.module.actions:
            return ()
        return tuple(self._led(each) for each in self.graph.leads)

    def _led(self, lead: LeadView) -> LedView:
        module, rule = self.module, lead.to.resource.may("read")
        signed = module.service.accounts is not None
        role = self.sample.actors["list"]
        sees = not signed or bool({"anyone", "signed-in"} & set(rule.who)) or role in rule.roles
        own = int(lead.to.resource == module.resource)
        link = next((each for each in module.links if each.wire == lead.wire), None)
        fields = {module.property_of(each): each for each in module.resource.fields}
        whose = {module.tenant_property, module.owner_property if self.sample.takes_owner else ""}
        over = lead.key if lead.key and fields[lead.key].nullable and lead.key not in whose else ""
        return LedView(
            lead=lead,
            statements=own + int(sees or "owner" in rule.who),
            sees=sees and lead.key not in whose,
            over=over,
            pairs=link.table if link else "",
            one=link.one if link else "",
            other=link.other if link else "",
        )

    @property
    def counts_pairs(self) -> bool:
        """Tell whether some of it stands in tables of pairs."""
        return any(each.pairs for each in self.led)
