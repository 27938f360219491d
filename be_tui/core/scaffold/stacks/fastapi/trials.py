"""What the generated tests and samples need of a resource."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.scaffold.contract.wire import created, json_name, patched, set_by_service
from be_tui.core.scaffold.stacks.fastapi import trying
from be_tui.core.scaffold.stacks.fastapi.wording import attribute, literal
from be_tui.core.scaffold.stacks.sampling import is_numbered
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Action, Field
    from be_tui.core.scaffold.stacks.fastapi.resources import FastapiResource
    from be_tui.core.scaffold.stacks.fastapi.trying import Try


@dataclass(frozen=True, slots=True)
class Reference:
    """A row that another one needs."""

    name: str
    """The column's attribute, or the member on the wire."""

    kind: Literal["account", "tenant", "row"]
    target: str
    """The resource whose sample it is."""

    text: bool = True
    """Whether its key is a text on the wire."""


@dataclass(frozen=True, slots=True)
class Trials:
    """A resource as its tests see it."""

    of: FastapiResource

    @property
    def function(self) -> str:
        """Give what makes a sample row."""
        return f"a_{self.of.resource.name}"

    def constants(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give the lists that values are picked from."""
        found = ((self._constant(each), trying.choices(each)) for each in self._sampled())
        return tuple(each for each in found if each[1])

    def _constant(self, field: Field) -> str:
        return f"{self.of.resource.name}_{field.name}".upper()

    def _sampled(self) -> tuple[Field, ...]:
        return tuple(each for each in self.of.resource.fields if each.kind != "reference")

    def row_values(self) -> tuple[tuple[str, str], ...]:
        """Give the columns of a sample, each with its value; a role is the one that all have."""
        return tuple((attribute(column_name(each)), self._row(each)) for each in self._sampled())

    def _row(self, field: Field) -> str:
        if field.writers:
            return literal(field.default) if field.default else "None"
        return trying.row_sample(field, self._constant(field))

    def numbered(self) -> bool:
        """Tell whether a sample's values differ from one to another."""
        return is_numbered(*(value for _, value in self.row_values()))

    def row_references(self) -> tuple[Reference, ...]:
        """Give the rows that a sample needs."""
        own = set_by_service(self.of.service, self.of.resource)
        found = []
        for field in self.of.resource.fields:
            if field.kind != "reference" or (field.nullable and field.name not in own):
                continue
            kind: Literal["account", "tenant", "row"] = "row"
            if field.name == self.of.resource.tenant and self.of.tenant_column:
                kind = "tenant"
            elif field.name in own:
                kind = "account"
            found.append(Reference(attribute(column_name(field)), kind, field.to))
        return tuple(found)

    def body_values(self) -> tuple[tuple[str, str], ...]:
        """Give the members of a body that can be sent by whoever may send one at all."""
        return tuple(
            (member.name, trying.wire_sample(member.field, self._constant(member.field)))
            for member in created(self.of.service, self.of.resource)
            if member.field and member.field.kind != "reference" and not member.field.writers
        )

    def body_numbered(self) -> bool:
        """Tell whether bodies differ from one to another by a number."""
        return is_numbered(*(value for _, value in self.body_values()))

    def body_references(self) -> tuple[Reference, ...]:
        """Give the keys that a body needs."""
        found = []
        for member in created(self.of.service, self.of.resource):
            field = member.field
            if field is None or field.kind != "reference" or field.nullable:
                continue
            tenant = field.name == self.of.resource.tenant and bool(self.of.tenant_column)
            target = self.of.service.resource(field.to)
            text = target is None or target.key == "uuid"
            kind: Literal["tenant", "row"] = "tenant" if tenant else "row"
            found.append(Reference(member.name, kind, field.to, text))
        return tuple(found)

    def required(self) -> tuple[str, ...]:
        """Give the members that a body must have."""
        members = created(self.of.service, self.of.resource)
        return tuple(each.name for each in members if each.field and each.field.required)

    def refused(self) -> tuple[Try, ...]:
        """Give values that no body may have."""
        return tuple(
            each
            for member in created(self.of.service, self.of.resource)
            if member.field and not member.field.writers
            for each in trying.refused(member.name, member.field)
        )

    def taken(self) -> tuple[Try, ...]:
        """Give the last values that a body may have."""
        return tuple(
            each
            for member in created(self.of.service, self.of.resource)
            if member.field and not member.field.writers
            for each in trying.taken(member.name, member.field)
        )

    def nulls(self) -> tuple[str, ...]:
        """Give the members that a change may set to null."""
        members = patched(self.of.service, self.of.resource)
        return tuple(each.name for each in members if each.field and each.nullable)

    def changes(self) -> tuple[tuple[str, str], ...]:
        """Give the members that a change may be sent with, each with a value."""
        sendable = {each.name for each in patched(self.of.service, self.of.resource)}
        return tuple(each for each in self.body_values() if each[0] in sendable)

    def unique(self) -> tuple[str, ...]:
        """Give the members of which each value stands there once."""
        sent = {name for name, _ in self.body_values()}
        return tuple(each.name for each in self._sampled() if each.unique and each.name in sent)

    def hidden(self) -> tuple[str, ...]:
        """Give the members that no answer has."""
        return tuple(json_name(each) for each in self.of.resource.fields if each.private)

    def filtered(self) -> tuple[str, ...]:
        """Give the parameters that rows are found by, by the value that one of them has."""
        return tuple(
            json_name(each)
            for each in self.of.resource.fields
            if each.filtered and not each.private and each.kind != "reference"
        )

    def role(self, action: Action) -> str:
        """Give a role that may do something; empty for whoever signed in."""
        may = self.of.may(action)
        return "" if may.open or may.signed_in or may.owner or not may.roles else may.roles[0]

    def needs_role(self, action: Action) -> bool:
        """Tell whether others than some roles are refused, and there are others."""
        return bool(self.role(action)) and self.stranger(action) is not None

    def stranger(self, action: Action) -> str | None:
        """Give the role of somebody who may do something to their own rows only."""
        return self.outsider(self.of.may(action).roles)

    def outsider(self, roles: tuple[str, ...]) -> str | None:
        """Give the role of somebody who has none of some.

        Empty for the one that a new account has; None where there is no other.
        """
        accounts = self.of.service.accounts
        owner = self.of.service.resource(accounts.resource) if accounts else None
        role = owner.field(accounts.role) if accounts and owner and accounts.role else None
        if role is None or role.default not in roles:
            return ""
        return next((each for each in role.values if each not in roles), None)

    @property
    def lists_many(self) -> bool:
        """Tell whether a caller can see several rows in a list."""
        may = self.of.may("list")
        alone = self.of.is_account and may.owner and not (may.open or may.signed_in or may.roles)
        return self.of.allows("list") and not alone

    def settled(self) -> tuple[tuple[str, str], ...]:
        """Give the members that only some may send, each with what all others get."""
        return tuple(
            (each.name, literal(each.default))
            for each in self._sampled()
            if each.writers and each.default and each.kind == "enum" and not each.private
        )

    def loose_orders(self) -> tuple[tuple[str, str], ...]:
        """Give the orders by what may be missing, each with its column."""
        loose = {each.attribute for each in self.of.columns() if each.annotation.endswith("None")}
        return tuple((each.name, each.column) for each in self.of.orders() if each.column in loose)

    def reformed(self) -> frozenset[str]:
        """Give the members that are answered in another form than they are sent in."""
        fields = (each for each in self._sampled() if each.kind in {"datetime", "json"})
        return frozenset(each.name for each in fields)

    def change_column(self) -> str:
        """Give the column that the first change sets."""
        field = self.of.resource.field(self.changes()[0][0])
        return attribute(column_name(field)) if field else ""

    def guarded_value(self, member: str) -> str:
        """Give a value of a member that only some roles may send."""
        field = next(each for each in self._sampled() if attribute(each.name) == member)
        if field.kind == "enum":
            return literal(field.values[-1])
        return re.sub(r"\bnumber\b", "1", trying.wire_sample(field, self._constant(field)))

    def methods(self) -> tuple[str, ...]:
        """Give the methods that the path of a row knows."""
        update = self.of.allows("update")
        known = {
            "DELETE": self.of.allows("delete"),
            "GET": self.of.allows("read"),
            "PATCH": update and bool(self.of.patch()),
            "PUT": update and bool(self.of.replace()),
        }
        return tuple(name for name, there in known.items() if there)
