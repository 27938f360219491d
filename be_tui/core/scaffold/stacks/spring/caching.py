"""What a service keeps in its cache: of which resources, under which keys, and what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import answered
from be_tui.core.scaffold.stacks.spring.wording import sql
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.scaffold.model import Resource, Service
    from be_tui.core.scaffold.stacks.spring.resources import SpringResource


@dataclass(frozen=True, slots=True)
class Dependent:
    """Rows that the database deletes or changes by itself as another is deleted."""

    made: SpringResource
    query: str
    """Finds their keys by `:id`, and holds them until the transaction ends."""


@dataclass(frozen=True, slots=True)
class Caching:
    """A resource as the cache sees it."""

    made: SpringResource
    others: Mapping[str, SpringResource]

    @property
    def space(self) -> str:
        """Give what its keys begin with; another one where what is kept has other members."""
        service, resource = self.made.service, self.made.resource
        fields = [
            (field.name, field.kind, field.nullable, field.to, field.values, field.bounds.scale)
            for each in answered(resource)
            if (field := each.field)
        ]
        shape = (resource.key, fields, [(each.name, each.to) for each in resource.links])
        told = (shape, self.keeps_owner, self.keeps_tenant)
        digest = sha256(repr(told).encode()).hexdigest()[:8]
        return f"{service.name}:{resource.name}:{digest}"

    @property
    def keeps_owner(self) -> bool:
        """Tell whether who may read a row depends on whose it is."""
        return "owns(" in self.made.condition("read") and not self.made.is_account

    @property
    def keeps_tenant(self) -> bool:
        """Tell whether it depends on which tenant's it is."""
        return "shares(" in self.made.condition("read")

    @property
    def owner_type(self) -> str:
        """Give the type of the key that leads to a row's owner."""
        owner = self.made.owner
        return self.others[owner.to].key_type if owner else self.made.key_type

    def condition(self) -> str:
        """Give the condition on which a caller may see what was kept."""
        made = self.made
        owner = "kept.answer().id()" if made.is_account else "kept.owner()"
        owned = (
            f"parents.isOwnedBy({owner}, caller)"
            if made.parent
            else f"caller.account().equals({owner})"
        )
        return (
            made.condition("read")
            .replace(f"owns(caller, {made.variable})", owned)
            .replace(f"shares(caller, {made.variable})", "caller.tenant().equals(kept.tenant())")
        )

    def dependents(self) -> tuple[Dependent, ...]:
        """Give what is kept of other rows and ends as one of these is deleted."""
        if self.made.resource.soft_delete or not self.made.allows("delete"):
            return ()
        return tuple(self._below(self.made.resource, ":id", frozenset()))

    def _below(self, resource: Resource, keys: str, seen: frozenset[str]) -> Iterator[Dependent]:
        service = self.made.service
        among = f"= {keys}" if keys == ":id" else f"IN ({keys})"
        for other in service.resources:
            made = self.others[other.name]
            for field in other.fields:
                if field.to != resource.name or field.on_delete not in {"cascade", "set-null"}:
                    continue
                found = f"SELECT id FROM {made.table} WHERE {sql(column_name(field))} {among}"  # noqa: S608 (names of a sound spec)
                if is_kept(service, other, made):
                    yield Dependent(made, f"{found} FOR UPDATE")
                if field.on_delete == "cascade" and other.name not in seen | {resource.name}:
                    yield from self._below(other, found, seen | {resource.name})
            for link, _, table, column in made.links():
                if link.to == resource.name and is_kept(service, other, made):
                    key = f"{other.name}_id"
                    query = f"SELECT {key} FROM {table} WHERE {column} {among} FOR UPDATE"  # noqa: S608
                    yield Dependent(made, query)


def is_kept(service: Service, resource: Resource, made: SpringResource) -> bool:
    """Tell whether the rows of a resource are kept in the cache.

    Not those that go with a row of their own kind, at whatever depth: nobody could say which. And
    not those of which only a private field tells who may see them.
    """
    if not made.allows("read"):
        return False
    said = made.condition("read")
    private = {each.name for each in resource.fields if each.private}
    if "owns(" in said and made.owner is not None and made.owner.name in private:
        return False
    if "shares(" in said and made.tenant is not None and made.tenant.name in private:
        return False
    above = [each.to for each in resource.fields if each.on_delete != "restrict" and each.to]
    above += [each.to for each in resource.links]
    return not any(_goes_round(service, each) for each in (resource.name, *above))


def _goes_round(service: Service, name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Tell whether what deletes a row with another comes back to where it began."""
    if name in seen:
        return True
    resource = service.resource(name)
    return resource is not None and any(
        _goes_round(service, each.to, seen | {name})
        for each in resource.fields
        if each.kind == "reference" and each.on_delete == "cascade"
    )
