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
from be_tui.core.scaffold.stacks.spring.wording import attribute, literal
from be_tui.core.scaffold.tables import column_name, link_table

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Link


@dataclass(frozen=True, slots=True)
class Rows(Rights):
    """A resource by its rows."""

    def enumerations(self) -> tuple[Enumeration, ...]:
        """Give the choices among its fields."""
        return tuple(
            Enumeration(
                self.enumeration(each),
                each.description or f"{words(each.name).capitalize()} of a {self.one}.",
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
        told = f"name = {literal(column_name(field))}" + (
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
        return Column(
            name, getter(name), setter(name), shown, tuple(annotations), field.description
        )

    def links(self) -> tuple[tuple[Link, str, str, str], ...]:
        """Give the links: each with its attribute, the table of its pairs, and its column there."""
        return tuple(
            (
                each,
                attribute(link_name(each)),
                link_table(self.resource, each),
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
        """Give what the first account's fields are set to, but for what it signs in with."""
        accounts = self.service.accounts
        found = []
        for field in self.resource.fields:
            target = setter(attribute(column_name(field)))
            if accounts is None or field.name in (accounts.login, accounts.role):
                continue
            if field.kind == "password":
                found.append(Copy(target, "passwords.hash(settings.adminPassword())"))
            elif field.default is not None:
                found.append(Copy(target, self._decimal(field, self._default(field))))
            elif not field.nullable:
                found.append(Copy(target, first_value(field, self.enumeration(field))))
        return tuple(found)

    @property
    def has_first(self) -> bool:
        """Tell whether a first account can be made: one that refers to nothing else."""
        return self.is_account and not any(
            each.kind == "reference" and not each.nullable for each in self.resource.fields
        )

    def _decimal(self, field: Field, value: str) -> str:
        if field.kind != "decimal":
            return value
        return f"Decimals.{'readOrNull' if field.nullable else 'read'}({value})"

    def _default(self, field: Field) -> str:
        return default(field, self.enumeration(field))
