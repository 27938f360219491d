"""What of a resource may stand in a cache, who may read it there, and what else its end changes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import json_name
from be_tui.core.scaffold.stacks.fastapi.wording import attribute
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Field, Resource, Service
    from be_tui.core.scaffold.stacks.fastapi.nouns import PyLink
    from be_tui.core.scaffold.stacks.fastapi.resources import FastapiResource

_TAG = 8
"""Digits of the digest that tells one shape of a row from another."""


@dataclass(frozen=True, slots=True)
class PyCascade:
    """Rows that the database removes with one that they refer to."""

    resource: FastapiResource
    column: str


@dataclass(frozen=True, slots=True)
class PyMarked:
    """Kept rows that change when another one goes."""

    resource: FastapiResource
    column: str
    link: PyLink | None = None

    @property
    def given(self) -> str:
        """Give what a sample of them is made with, so that it refers to the other one."""
        return f"{self.link.ids}=(row.id,)" if self.link else f"{self.column}=row.id"


@dataclass(frozen=True, slots=True)
class Caching:
    """A resource as the cache sees it."""

    of: FastapiResource

    @property
    def shelf(self) -> str:
        """Give the constant that says where its rows stand."""
        return f"{self.of.snake.upper()}_SHELF"

    @property
    def kept(self) -> str:
        """Give the class of a row as it is kept there."""
        return f"{self.of.name}Kept"

    @property
    def tag(self) -> str:
        """Give a digest of a row's shape, so that no deploy reads what another one wrote."""
        lines = "\n".join(each.line for each in self.of.answer())
        return sha256(f"{self.of.key_type}\n{lines}".encode()).hexdigest()[:_TAG]

    @property
    def holds(self) -> bool:
        """Tell whether its rows are kept there: where they are read, judged and known to change."""
        return self.of.allows("read") and self.is_told and self._judges() and not self._is_private()

    @property
    def is_told(self) -> bool:
        """Tell whether the service learns of each change; the database makes some by itself."""
        removed = removed_by_database(self.of.service)
        targets = {each.to for each in self.of.resource.links}
        targets |= {
            each.to
            for each in self.of.resource.fields
            if each.kind == "reference" and each.on_delete in {"cascade", "set-null"}
        }
        return not targets & removed

    def _is_private(self) -> bool:
        """Tell whether the field that says whose customer's it is may not be kept."""
        field = self.of.resource.field(self.of.resource.tenant)
        return bool(self.of.tenant_column) and field is not None and field.private

    def _judges(self) -> bool:
        """Tell whether there is anybody for whom a row itself says whether they may read it."""
        may = self.of.may("read")
        return bool(may.open or may.signed_in or may.roles) or bool(self.owner)

    @property
    def owner(self) -> str:
        """Give the member that says whose row it is; empty where the row does not tell."""
        if self.of.is_account:
            return "id"
        chain = self.of.owner_chain()
        field = self.of.resource.field(self.of.resource.owner)
        if len(chain) != 1 or field is None or field.private:
            return ""
        return attribute(json_name(field))

    @property
    def asks_database(self) -> bool:
        """Tell whether there are callers for whom only other rows say whether they may read."""
        may = self.of.may("read")
        return may.owner and not (may.open or may.signed_in or self.owner)

    @property
    def reader(self) -> str:
        """Give a role whose reading the cache can answer; empty for whoever signed in."""
        if self.asks_database:
            return self.of.may("read").roles[0]
        return self.of.trials.role("read")

    def marked(self) -> tuple[PyMarked, ...]:
        """Give the kept rows of others that change when one of these goes."""
        if not self.of.allows("delete"):
            return ()
        found = [PyMarked(each.resource, each.column) for each in self.cascades()]
        known = (each for each in self.of.inbound() if each.resource.caching.holds)
        return (*found, *(PyMarked(each.resource, each.column, each.link) for each in known))

    def cascades(self) -> tuple[PyCascade, ...]:
        """Give the kept rows that the database removes when one of these goes."""
        return tuple(self._cascades()) if not self.of.resource.soft_delete else ()

    def _cascades(self) -> Iterator[PyCascade]:
        for other in self.of.service.resources:
            made = type(self.of)(other, self.of.service)
            for field in _cascading(other):
                if field.to == self.of.resource.name and made.caching.holds:
                    yield PyCascade(made, attribute(column_name(field)))


def removed_by_database(service: Service) -> frozenset[str]:
    """Give the resources whose rows a foreign key removes, with all that follows from it there."""
    by_name = {each.name: each for each in service.resources}
    gone: set[str] = set()
    while True:
        found = {
            each.name
            for each in service.resources
            for field in _cascading(each)
            if field.to in gone or _removes(by_name[field.to], each)
        }
        if found <= gone:
            return frozenset(gone)
        gone |= found


def _removes(target: Resource, child: Resource) -> bool:
    """Tell whether a deletion that is asked for removes rows of a child from their table."""
    deletes = "nobody" not in target.may("delete").who
    return deletes and not (target.soft_delete and child.soft_delete)


def _cascading(resource: Resource) -> tuple[Field, ...]:
    return tuple(
        each for each in resource.fields if each.kind == "reference" and each.on_delete == "cascade"
    )
