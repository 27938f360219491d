"""The rows of a resource, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import (
    link_name,
)
from be_tui.core.scaffold.naming import pascal, singular, words
from be_tui.core.scaffold.stacks.spring.nouns import (
    Column,
    Copy,
    Enumeration,
    getter,
    nullable,
    setter,
)
from be_tui.core.scaffold.stacks.spring.rights import Rights
from be_tui.core.scaffold.stacks.spring.samples import first_value
from be_tui.core.scaffold.stacks.spring.types import (
    constant_of,
    default,
    key_type,
    primitive,
    row_type,
)
from be_tui.core.scaffold.stacks.spring.wording import attribute, literal, sql
from be_tui.core.scaffold.tables import column_name, link_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Field, Link, Resource, Service


@dataclass(frozen=True, slots=True)
class Rows(Rights):
    """A resource by its rows."""

    def enumerations(self) -> tuple[Enumeration, ...]:
        """Give the choices among its fields."""
        return tuple(
            Enumeration(
                self.enumeration(each),
                each.description or f"{words(each.name).capitalize()} of {self.an}.",
                tuple((constant_of(each, value), literal(value)) for value in each.values),
            )
            for each in self.resource.fields
            if each.kind == "enum"
        )

    def enumeration(self, field: Field) -> str:
        """Give the class of a choice."""
        if field.kind != "enum":
            return ""
        made = pascal(field.name)
        return f"{self.type_name}{made}" if made in self.taken or len(made) == 1 else made

    def columns(self) -> tuple[Column, ...]:
        """Give the columns of the fields."""
        return tuple(self._column(each) for each in self.resource.fields)

    def _column(self, field: Field) -> Column:
        kind = self._row_type(field)
        name = attribute(column_name(field))
        told = f"name = {literal(sql(column_name(field)))}" + (
            "" if field.nullable else ", nullable = false"
        )
        if field.fixed:
            told += ", updatable = false"
        annotations = [f"@Column({told})"]
        if field.kind == "json":
            annotations.append("@JdbcTypeCode(SqlTypes.JSON)")
        if field.kind == "enum":
            annotations.append("@Enumerated(EnumType.STRING)")
        shown = nullable(kind) if field.nullable else primitive(kind)
        told_of = (tuple(annotations), field.description, field.kind == "email")
        return Column(name, getter(name), setter(name), shown, *told_of)

    def is_address(self, name: str) -> bool:
        """Tell whether a field is an address for mail."""
        field = self.resource.field(name)
        return field is not None and field.kind == "email"

    def links(self) -> tuple[tuple[Link, str, str, str], ...]:
        """Give the links: each with its attribute, the table of its pairs, and its column there."""
        return tuple(
            (
                each,
                attribute(link_name(each)),
                sql(link_table(self.resource, each)),
                f"{singular(each.name)}_id",
            )
            for each in self.resource.links
        )

    def link_key(self, link: Link) -> str:
        """Give the type of the keys of a link."""
        return key_type(self.service, link.to)

    def getter(self, name: str) -> str:
        """Give the getter of an attribute."""
        return getter(name)

    def setter(self, name: str) -> str:
        """Give the setter of an attribute."""
        return setter(name)

    def _row_type(self, field: Field) -> str:
        return row_type(self.service, field, self.enumeration(field))

    def first_values(self) -> tuple[Copy, ...]:
        """Give what the fields of the first row are set to.

        Of the first account's, all but what it signs in with.
        """
        accounts = self.service.accounts
        said = (accounts.login, accounts.role) if accounts and self.is_account else ()
        found = []
        for field in self.resource.fields:
            target = setter(attribute(column_name(field)))
            if field.name in said:
                continue
            if field.kind == "password":
                hashed = "passwords.hash(settings.adminPassword())" if said else literal("!")
                found.append(Copy(target, hashed))
            elif field.kind == "reference" and not field.nullable:
                found.append(Copy(target, f"{attribute(field.to)}First.id()"))
            elif field.default is not None:
                found.append(Copy(target, self._decimal(field, self._default(field))))
            elif not field.nullable:
                found.append(Copy(target, first_value(field, self.enumeration(field))))
        return tuple(found)

    @property
    def is_first_need(self) -> bool:
        """Tell whether the first account cannot be without a row of this."""
        accounts = self.service.accounts
        account = self.service.resource(accounts.resource) if accounts else None
        return account is not None and self.resource.name in _needs(self.service, account)

    def first_needs(self) -> tuple[str, ...]:
        """Give the resources whose first rows the first row of this refers to."""
        named = [
            each.to
            for each in self.resource.fields
            if each.kind == "reference" and not each.nullable
        ]
        return tuple(dict.fromkeys(named))

    def first_unique(self) -> tuple[str, str] | None:
        """Give what the first row is found again by: an attribute, and its value."""
        values = {each.setter: each.value for each in self.first_values()}
        for field in self.resource.fields:
            name = attribute(column_name(field))
            if field.unique and setter(name) in values:
                return name, values[setter(name)]
        return None

    def _decimal(self, field: Field, value: str) -> str:
        if field.kind != "decimal":
            return value
        return f"Decimals.{'readOrNull' if field.nullable else 'read'}({value})"

    def _default(self, field: Field) -> str:
        return default(field, self.enumeration(field))


def _needs(service: Service, resource: Resource) -> Iterator[str]:
    """Give the resources that a row cannot be without; a sound spec has no circle of them."""
    for field in resource.fields:
        to = service.resource(field.to) if field.kind == "reference" else None
        if to is not None and not field.nullable:
            yield to.name
            yield from _needs(service, to)
