"""A resource as Express, Zod and Drizzle have it: all its names, members and rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.operations import path_of
from be_tui.core.scaffold.contract.wire import (
    answered,
    created,
    filters,
    json_name,
    link_name,
    patched,
    replaced,
    set_by_service,
    sorts,
)
from be_tui.core.scaffold.model import ACTIONS
from be_tui.core.scaffold.naming import camel, kebab, pascal, singular, with_article, words
from be_tui.core.scaffold.stacks.express import types
from be_tui.core.scaffold.stacks.express.members import (
    MemberView,
    SecretView,
    changed_member,
    kept_value,
    new_member,
)
from be_tui.core.scaffold.stacks.express.table import table_view
from be_tui.core.scaffold.stacks.express.wording import quoted
from be_tui.core.scaffold.tables import column_name, link_table, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Action, Field, Link, Resource, Service
    from be_tui.core.scaffold.stacks.express.table import ColumnView, TableView
    from be_tui.core.schema import Table

_COMPARED = {"=": "eq", ">=": "gte", "<=": "lte"}


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to rows of many, with the table that its pairs stand in."""

    wire: str
    property: str
    key_type: str
    table: str
    one: str
    """The property of the row that has the link."""

    other: str
    description: str
    pairs: TableView
    find_function: str
    replace_function: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """A parameter that a list is narrowed by."""

    name: str
    expression: str
    operator: str
    property: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order of a list."""

    name: str
    property: str
    descending: bool
    nullable: bool
    value_of: str
    """What a row has there, as a cursor holds it."""

    expression: str
    """What reads it from a cursor."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A member of an answer, and the property of a row that it is."""

    name: str
    property: str


@dataclass(frozen=True)
class ResourceView:
    """A resource; its names are decided here, its code stands in the templates.

    Without slots, so that its table is made once.
    """

    resource: Resource
    service: Service
    tables: Mapping[str, Table]
    constants: Mapping[str, str]
    """What the table of each resource is called in the code."""

    # Names.

    @property
    def name(self) -> str:
        """Give the stem of its types: `OrderLine`."""
        return pascal(self.resource.name)

    @property
    def camel(self) -> str:
        """Give the stem of its values: `orderLine`."""
        return camel(self.resource.name)

    @property
    def one(self) -> str:
        """Give it in words."""
        return words(self.resource.name)

    @property
    def an(self) -> str:
        """Give it in words with its article."""
        return with_article(self.one)

    @property
    def many(self) -> str:
        """Give several in words."""
        return words(self.resource.plural)

    @property
    def package(self) -> str:
        """Give the folder that it stands in."""
        return kebab(self.resource.plural)

    @property
    def path(self) -> str:
        """Give the path of the collection."""
        return path_of(self.service, self.resource)

    @property
    def table(self) -> str:
        """Give what its table is called in the code."""
        return f"{camel(self.resource.plural)}Table"

    @property
    def table_name(self) -> str:
        """Give what its table is called in the database."""
        return table_name(self.resource)

    @property
    def routes(self) -> str:
        """Give the function that makes its routes."""
        return f"{camel(self.resource.plural)}Routes"

    @property
    def repository(self) -> str:
        """Give what other modules call its repository."""
        return f"{camel(self.resource.plural)}Repository"

    @property
    def key_big(self) -> bool:
        """Tell whether the database numbers its rows."""
        return self.resource.key == "integer"

    @property
    def key_type(self) -> str:
        """Give the type of its keys."""
        return "bigint" if self.key_big else "string"

    @property
    def soft_delete(self) -> bool:
        """Tell whether a deleted row stays in the database."""
        return self.resource.soft_delete

    # What may be done.

    @property
    def actions(self) -> tuple[Action, ...]:
        """Give what somebody may do."""
        return tuple(each for each in ACTIONS if self._allows(each))

    def _allows(self, action: Action) -> bool:
        if "nobody" in self.resource.may(action).who:
            return False
        return action != "update" or bool(patched(self.service, self.resource))

    @property
    def rules(self) -> tuple[tuple[str, str], ...]:
        """Give who may do each, as an object of TypeScript."""
        return tuple((each, self._rule(each)) for each in self.actions)

    def _rule(self, action: Action) -> str:
        permission = self.resource.may(action)
        if self.service.accounts is None or "anyone" in permission.who:
            return "{ anyone: true }"
        parts = []
        if "signed-in" in permission.who:
            parts.append("signedIn: true")
        if "owner" in permission.who:
            parts.append("owner: true")
        if permission.roles:
            parts.append(f"roles: [{', '.join(quoted(role) for role in permission.roles)}]")
        return f"{{ {', '.join(parts)} }}"

    @property
    def collection_methods(self) -> tuple[str, ...]:
        """Give the methods of the collection."""
        found = (("list", "GET"), ("create", "POST"))
        return tuple(method for action, method in found if action in self.actions)

    @property
    def row_methods(self) -> tuple[str, ...]:
        """Give the methods of a row."""
        made = ["GET"] if "read" in self.actions else []
        if "update" in self.actions:
            made += (["PUT"] if self.replace else []) + ["PATCH"]
        return tuple(made + (["DELETE"] if "delete" in self.actions else []))

    # Members.

    @property
    def create(self) -> tuple[MemberView, ...]:
        """Give the members of a new row."""
        members = created(self.service, self.resource)
        return tuple(new_member(self.service, each) for each in members)

    @property
    def replace(self) -> tuple[MemberView, ...]:
        """Give the members of a whole row."""
        members = replaced(self.service, self.resource)
        return tuple(new_member(self.service, each) for each in members)

    @property
    def patch(self) -> tuple[MemberView, ...]:
        """Give the members of a change."""
        members = patched(self.service, self.resource)
        return tuple(changed_member(self.service, each) for each in members)

    @property
    def answer(self) -> tuple[AnswerView, ...]:
        """Give the members of an answer, but for those that every row has."""
        return tuple(
            AnswerView(each.name, self._property_of(each)) for each in answered(self.resource)
        )

    @property
    def answer_names(self) -> tuple[str, ...]:
        """Give the members that an answer can be cut down to."""
        return ("id", *(each.name for each in self.answer), "created_at", "updated_at")

    @property
    def filters(self) -> tuple[FilterView, ...]:
        """Give the parameters that a list is narrowed by."""
        return tuple(
            FilterView(
                each.name,
                types.query_schema(self.service, each.field),
                _COMPARED[each.comparison],
                self.property_of(each.field),
            )
            for each in filters(self.resource)
        )

    @property
    def sorts(self) -> tuple[str, ...]:
        """Give the names of the orders."""
        return sorts(self.resource)

    @property
    def orders(self) -> tuple[OrderView, ...]:
        """Give the orders of a list."""
        fields = {json_name(each): each for each in self.resource.fields if each.sorted}
        return tuple(
            self._order(name, fields.get(name.removeprefix("-"))) for name in sorts(self.resource)
        )

    def _order(self, name: str, field: Field | None) -> OrderView:
        descending = name.startswith("-")
        if field is None:
            return OrderView(
                name,
                "createdAt",
                descending,
                nullable=False,
                value_of="row.createdAt",
                expression="v.moment",
            )
        made = self.property_of(field)
        value = f"row.{made}"
        if types.is_big(self.service, field):
            value = f"row.{made}?.toString() ?? null" if field.nullable else f"String(row.{made})"
        expression = types.cursor_schema(self.service, field)
        return OrderView(name, made, descending, field.nullable, value, expression)

    @property
    def secrets(self) -> tuple[SecretView, ...]:
        """Give the passwords of a new row."""
        return tuple(self._secrets(created(self.service, self.resource)))

    @property
    def patched_secrets(self) -> tuple[SecretView, ...]:
        """Give the passwords of a change."""
        return tuple(self._secrets(patched(self.service, self.resource)))

    def _secrets(self, members: tuple[Member, ...]) -> Iterator[SecretView]:
        for each in members:
            if each.field and each.field.kind == "password":
                required = each.field.required and not each.field.nullable
                yield SecretView(each.name, self.property_of(each.field), required)

    # The table.

    @cached_property
    def kept(self) -> TableView:
        """Give its table."""
        fields = {column_name(each): each for each in self.resource.fields}
        return table_view(self.service, self.tables[self.table_name], fields, self.constants)

    @property
    def columns(self) -> tuple[ColumnView, ...]:
        """Give the columns of its table."""
        return self.kept.columns

    def property_of(self, field: Field) -> str:
        """Give the property that a row has for a field."""
        wanted = column_name(field)
        return next(each.property for each in self.columns if each.name == wanted)

    def _property_of(self, member: Member) -> str:
        if member.field:
            return self.property_of(member.field)
        return next(each.property for each in self.links if each.wire == member.name)

    @cached_property
    def links(self) -> tuple[LinkView, ...]:
        """Give its links."""
        return tuple(self._link(each) for each in self.resource.links)

    def _link(self, link: Link) -> LinkView:
        pairs = table_view(
            self.service, self.tables[link_table(self.resource, link)], {}, self.constants
        )
        many = pascal(link.name)
        taken = {each.property for each in self.columns}
        name = camel(f"{singular(link.name)}_keys")
        return LinkView(
            wire=link_name(link),
            property=f"{name}_" if name in taken else name,
            key_type=types.key_type(self.service, link.to),
            table=f"{self.camel}{many}Table",
            one=pairs.columns[0].property,
            other=pairs.columns[1].property,
            description=link.description or f"Pairs of {self.an} and its {words(link.name)}.",
            pairs=pairs,
            find_function=f"find{many}",
            replace_function=f"replace{many}",
        )

    @property
    def inserted(self) -> tuple[str, ...]:
        """Give what a new row keeps, member by member."""
        lines = [
            self._line(each.field, kept_value(self.service, each))
            for each in created(self.service, self.resource)
            if each.field
        ]
        for name in sorted(set_by_service(self.service, self.resource)):
            field = self.resource.field(name)
            what = "tenant" if name == self.resource.tenant else "account"
            if field:
                lines.append(self._line(field, f"signedIn(caller).{what}"))
        return tuple(lines)

    @property
    def replaced(self) -> tuple[str, ...]:
        """Give what a row that is replaced keeps."""
        return self._lines(replaced(self.service, self.resource))

    @property
    def changed(self) -> tuple[str, ...]:
        """Give what is changed of a row."""
        return self._lines(patched(self.service, self.resource))

    def _lines(self, members: tuple[Member, ...]) -> tuple[str, ...]:
        found = (each for each in members if each.field)
        return tuple(self._line(each.field, f"sent.{each.name}") for each in found if each.field)

    def _line(self, field: Field, value: str) -> str:
        made = self.property_of(field)
        return f"{made}: secrets.{made}" if field.kind == "password" else f"{made}: {value}"
