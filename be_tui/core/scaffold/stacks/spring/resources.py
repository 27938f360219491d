"""Resources as Java has them: what is sent and answered, and what that does to rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.schemas import MOST_ITEMS
from be_tui.core.scaffold.contract.wire import (
    Member,
    answered,
    created,
    filters,
    is_required,
    json_name,
    patched,
    replaced,
    sorts,
)
from be_tui.core.scaffold.naming import words
from be_tui.core.scaffold.stacks.spring.nouns import (
    Component,
    Condition,
    Copy,
    Guard,
    Order,
    getter,
    nullable,
    setter,
)
from be_tui.core.scaffold.stacks.spring.rows import Rows
from be_tui.core.scaffold.stacks.spring.types import constraints, key_type, wire_type
from be_tui.core.scaffold.stacks.spring.wording import attribute, literal
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field


@dataclass(frozen=True, slots=True)
class SpringResource(Rows):
    """A resource with all its names and members."""

    def create(self) -> tuple[Component, ...]:
        """Give the members of a new row."""
        return tuple(self._sent(each) for each in created(self.service, self.resource))

    def replace(self) -> tuple[Component, ...]:
        """Give the members of a whole row."""
        return tuple(self._sent(each) for each in replaced(self.service, self.resource))

    def patch(self) -> tuple[Component, ...]:
        """Give the members of a change."""
        return tuple(self._sent(each, always=True) for each in patched(self.service, self.resource))

    def _sent(self, member: Member, *, always: bool = False) -> Component:
        name = attribute(member.name)
        renamed = (f"@JsonProperty({literal(member.name)})",) if name != member.name else ()
        description = _description(member)
        kind, bounds = self._wire(member)
        held = _held(kind, bounds, nullable=member.nullable)
        if always or self._has_default(member):
            return Component(member.name, name, renamed, f"Sent<{held}>", description)
        if is_required(member) and not member.nullable:
            return Component(member.name, name, (*renamed, "@NotNull", *bounds), kind, description)
        if is_required(member):
            return Component(
                member.name, name, (*renamed, "@NotNull"), f"Sent<{held}>", description
            )
        return Component(member.name, name, (*renamed, *bounds), nullable(kind), description)

    def _wire(self, member: Member) -> tuple[str, tuple[str, ...]]:
        """Give the type of a member with its constraints."""
        field = member.field
        if field is None:
            key = key_type(self.service, member.link.to if member.link else "")
            return f"List<@NotNull {key}>", (f"@Size(max = {MOST_ITEMS})", "@UniqueElements")
        kind = wire_type(self.service, field, self.enumeration(field))
        return kind, constraints(self.service, field)

    def answer(self) -> tuple[Component, ...]:
        """Give the members of an answer."""
        found = [self._key_component()]
        for member in answered(self.resource):
            name = attribute(member.name)
            renamed = (f"@JsonProperty({literal(member.name)})",) if name != member.name else ()
            kind, _ = self._wire(member)
            kind = kind.replace("@NotNull ", "")
            shown = nullable(kind) if member.nullable else kind
            found.append(Component(member.name, name, renamed, shown, _description(member)))
        for name, told in (("created_at", "made"), ("updated_at", "changed last")):
            renamed = (f"@JsonProperty({literal(name)})",)
            found.append(
                Component(name, attribute(name), renamed, "Instant", f"When it was {told}.")
            )
        return tuple(found)

    def _key_component(self) -> Component:
        return Component("id", "id", (), self.key_type, "What it is known by.")

    def answered_values(self) -> tuple[str, ...]:
        """Give the values of an answer, from a row."""
        row = self.variable
        found = [f"{row}.getId()"]
        for member in answered(self.resource):
            field = member.field
            if field is None:
                found.append(f"{row}.{getter(attribute(member.name))}().stream().sorted().toList()")
                continue
            value = f"{row}.{getter(attribute(column_name(field)))}()"
            if field.kind == "decimal":
                method = "written" if not field.nullable else "writtenOrNull"
                value = f"Decimals.{method}({value}, {field.bounds.scale})"
            found.append(value)
        return (*found, f"{row}.getCreatedAt()", f"{row}.getUpdatedAt()")

    # What requests do to rows.

    def create_copies(self) -> tuple[Copy, ...]:
        """Give what a new row's fields are set to."""
        sent = {each.field.name for each in created(self.service, self.resource) if each.field}
        found = []
        for field in self.resource.fields:
            target = setter(attribute(column_name(field)))
            if field.kind == "password":
                found.append(Copy(target, attribute(column_name(field))))
            elif field.name in self._by_service:
                found.append(Copy(target, attribute(json_name(field))))
            elif field.name in sent:
                found.append(Copy(target, self._value(field)))
            elif field.default is not None:
                found.append(Copy(target, self._decimal(field, self._default(field))))
        return (*found, *self._link_copies())

    def replace_copies(self) -> tuple[Copy, ...]:
        """Give what the fields of a replaced row are set to."""
        found = [
            Copy(setter(attribute(column_name(each.field))), self._value(each.field))
            for each in replaced(self.service, self.resource)
            if each.field
        ]
        return (*found, *self._link_copies())

    def patch_copies(self) -> tuple[Copy, ...]:
        """Give what is done with each member of a change."""
        found = []
        for member in patched(self.service, self.resource):
            name, field = attribute(member.name), member.field
            if field is None:
                found.append(Copy(setter(name), name))
            elif field.kind == "decimal":
                made = "Decimals.readOrNull(it)" if field.nullable else "Decimals.read(it)"
                found.append(Copy(setter(attribute(column_name(field))), name, made))
            elif field.kind != "password":
                found.append(Copy(setter(attribute(column_name(field))), name))
        return tuple(found)

    def _link_copies(self) -> tuple[Copy, ...]:
        return tuple(
            Copy(setter(name), f"body.{name}().or(List.of())") for _, name, _, _ in self.links()
        )

    def _value(self, field: Field) -> str:
        member = Member(json_name(field), field)
        value = f"body.{attribute(member.name)}()"
        if self._has_default(member):
            value = f"{value}.or({self._default(field)})"
        elif is_required(member) and field.nullable:
            value = f"{value}.or(null)"
        return self._decimal(field, value)

    def needs_now(self) -> bool:
        """Tell whether a default is the moment of the request."""
        return any(
            each.default == "now" and each.kind == "datetime" for each in self.resource.fields
        )

    def needs_today(self) -> bool:
        """Tell whether a default is the day of the request."""
        return any(each.default == "now" and each.kind == "date" for each in self.resource.fields)

    def service_values(self) -> tuple[tuple[str, str], ...]:
        """Give what the service adds to a new row: types and names."""
        found = []
        for field in self.resource.fields:
            if field.kind == "password":
                found.append(("String", attribute(column_name(field))))
            elif field.name in self._by_service:
                found.append((self._row_type(field), attribute(json_name(field))))
        return tuple(found)

    def service_arguments(self) -> tuple[str, ...]:
        """Give what the service passes for them."""
        return tuple(
            f"passwords.hash(body.{attribute(field.name)}())"
            if field.kind == "password"
            else "caller.tenant()"
            if field.name == self.resource.tenant
            else "caller.account()"
            for field in self.resource.fields
            if field.kind == "password" or field.name in self._by_service
        )

    def patched_passwords(self) -> tuple[tuple[str, str], ...]:
        """Give the passwords that a change may set: accessors of the body, setters of the row."""
        return tuple(
            (attribute(field.name), setter(attribute(column_name(field))))
            for field in self.passwords()
            if any(each.field == field for each in patched(self.service, self.resource))
        )

    def passwords(self) -> tuple[Field, ...]:
        """Give the fields that are kept as a hash."""
        return tuple(each for each in self.resource.fields if each.kind == "password")

    def guards(self, *, patch: bool) -> tuple[Guard, ...]:
        """Give the members that only some roles may set."""
        members = (patched if patch else created)(self.service, self.resource)
        found = []
        for member in members:
            if member.field is None or not member.field.writers:
                continue
            name = attribute(member.name)
            in_sent = patch or self._has_default(member)
            sent = f"{name}().isSent()" if in_sent else f"{name}() != null"
            roles = tuple(literal(each) for each in member.field.writers)
            found.append(Guard(member.name, name, sent, roles))
        return tuple(found)

    # Lists.

    def parameters(self) -> tuple[Component, ...]:
        """Give the parameters that a list is narrowed by."""
        found = []
        for each in filters(self.resource):
            name = attribute(each.name)
            renamed = (f"@JsonProperty({literal(each.name)})",) if name != each.name else ()
            kind = wire_type(self.service, each.field, self.enumeration(each.field))
            bounds = constraints(self.service, each.field)
            found.append(Component(each.name, name, (*renamed, *bounds), nullable(kind)))
        return tuple(found)

    def conditions(self) -> tuple[Condition, ...]:
        """Give the conditions of a list's parameters."""
        methods = {"=": "equal", ">=": "atLeast", "<=": "atMost"}
        found = []
        for each in filters(self.resource):
            value = f"query.{attribute(each.name)}()"
            if each.field.kind == "decimal":
                value = f"Decimals.readOrNull({value})"
            if each.field.kind == "email":
                value = f"{value} == null ? null : {value}.toLowerCase(Locale.ROOT)"
            column = attribute(column_name(each.field))
            found.append(Condition(methods[each.comparison], column, value))
        return tuple(found)

    def sorts(self) -> tuple[str, ...]:
        """Give the orders of a list."""
        return sorts(self.resource)

    def orders(self) -> tuple[Order, ...]:
        """Give the columns that a list can be ordered by."""
        found = [Order("created_at", "createdAt", "Instant", "getCreatedAt")]
        for field in self.resource.fields:
            if field.sorted:
                name = attribute(column_name(field))
                kind = self._row_type(field)
                found.append(Order(json_name(field), name, kind, getter(name)))
        return tuple(found)

    def member_names(self) -> tuple[str, ...]:
        """Give the members that an answer can be cut down to."""
        return tuple(each.name for each in self.answer())


def _held(kind: str, bounds: tuple[str, ...], *, nullable: bool) -> str:
    first = "@Nullable" if nullable else "@NotNull"
    return " ".join((first, *bounds, kind))


def _description(member: Member) -> str:
    if member.field:
        return member.field.description or words(member.field.name).capitalize()
    return (member.link.description or words(member.link.name).capitalize()) if member.link else ""
