"""What is sent and answered of a resource: members, links, and how lists are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import (
    Member,
    answered,
    created,
    filters,
    is_required,
    json_name,
    link_name,
    patched,
    replaced,
    set_by_service,
    sorts,
)
from be_tui.core.scaffold.naming import singular
from be_tui.core.scaffold.stacks.go import fields as go
from be_tui.core.scaffold.stacks.go import samples
from be_tui.core.scaffold.stacks.go.named import NamedResource
from be_tui.core.scaffold.stacks.go.names import go_name, literal, unexported
from be_tui.core.scaffold.stacks.go.nouns import (
    GoFilter,
    GoLink,
    GoMember,
    GoOrder,
    GoReference,
    GoTarget,
)
from be_tui.core.scaffold.stacks.go.queries import (
    inserted,
    needs_check,
    pair_type,
    quoted,
    tenant_column,
)
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Action, Field, Link


@dataclass(frozen=True)
class WiredResource(NamedResource):
    """A resource as requests and answers have it."""

    def _sent(self, members: tuple[Member, ...]) -> tuple[GoMember, ...]:
        return tuple(self._read(each) for each in members)

    def _read(self, member: Member) -> GoMember:
        named = literal(member.name)
        if member.field is None:
            link = self._link(member)
            read = f"wire.Default(o, {named}, wire.Keys({self._key_rule(link)}), nil)"
            return GoMember(member.name, link.name, f"[]{link.kind}", read, link=link)
        field = member.field
        rule = self.rule(field)
        kind = go.row_type(self.service, field)
        if field.nullable:
            rule = (
                f"wire.NullableFlat({rule})" if field.kind == "json" else f"wire.Nullable({rule})"
            )
        if is_required(member):
            read = f"wire.Required(o, {named}, {rule})"
        else:
            read = f"wire.Default(o, {named}, {rule}, {go.default(field)})"
        return GoMember(member.name, self.member_name(member), kind, read, field=field)

    @staticmethod
    def _key_rule(link: GoLink) -> str:
        return f"wire.Int64(1, {2**63 - 1})" if link.kind == "int64" else "wire.UUID()"

    def member_name(self, member: Member) -> str:
        """Give the name of a member in Go: that of its column, but for passwords."""
        return go_name(member.name)

    def rule(self, field: Field) -> str:
        """Give what reads a field's values."""
        return go.rule(self.service, field, self._form_prefix(field))

    def _form_prefix(self, field: Field) -> str:
        return unexported(field.name)

    @cached_property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Give the regular expressions of fields, each with its variable."""
        return tuple(
            (f"{self._form_prefix(each)}Form", form)
            for each in self.resource.fields
            if (form := go.form(each)) and (each in self._read_fields)
        )

    @property
    def _read_fields(self) -> list[Field]:
        sent = [each.field for each in self._created_members() if each.field]
        return [*sent, *(each.field for each in filters(self.resource))]

    def _created_members(self) -> tuple[Member, ...]:
        made = created(self.service, self.resource) if self.allows("create") else ()
        changed = patched(self.service, self.resource) if self.allows("update") else ()
        return (*made, *changed)

    @cached_property
    def create(self) -> tuple[GoMember, ...]:
        """Give the members of a new row."""
        return self._sent(created(self.service, self.resource))

    @cached_property
    def replace(self) -> tuple[GoMember, ...]:
        """Give the members of a whole row."""
        return self._sent(replaced(self.service, self.resource))

    @cached_property
    def change(self) -> tuple[GoMember, ...]:
        """Give the members of a change."""
        return tuple(self._changed(each) for each in patched(self.service, self.resource))

    def _changed(self, member: Member) -> GoMember:
        made = self._read(member)
        named = literal(member.name)
        if member.field is None:
            rule = f"wire.Keys({self._key_rule(self._link(member))})"
        elif member.field.kind == "json":
            kind = "wire.Change[json.RawMessage]"
            rule = "wire.FlatPatch()"
            rule = f"wire.NullableFlat({rule})" if member.field.nullable else rule
            read = f"wire.Sent(o, {named}, {rule})"
            return GoMember(made.json, made.name, kind, read, field=member.field)
        else:
            rule = self.rule(member.field)
            rule = f"wire.Nullable({rule})" if member.field.nullable else rule
        read = f"wire.Sent(o, {named}, {rule})"
        kind = f"wire.Change[{made.kind}]"
        return GoMember(made.json, made.name, kind, read, field=made.field, link=made.link)

    @cached_property
    def answer(self) -> tuple[GoMember, ...]:
        """Give the members of an answer, the key and the times with them."""
        own = [self._answered(each) for each in answered(self.resource)]
        return (
            GoMember("id", "ID", self.key, given="row.ID"),
            *own,
            GoMember("created_at", "CreatedAt", "time.Time", given="row.CreatedAt"),
            GoMember("updated_at", "UpdatedAt", "time.Time", given="row.UpdatedAt"),
        )

    def _answered(self, member: Member) -> GoMember:
        if member.field is None:
            link = self._link(member)
            return GoMember(member.name, link.name, f"[]{link.kind}", link=link)
        kind = go.answer_type(self.service, member.field)
        given = go.answered(member.field, f"row.{go_name(column_name(member.field))}")
        return GoMember(member.name, self.member_name(member), kind, given=given)

    # Links and references.

    @cached_property
    def links(self) -> tuple[GoLink, ...]:
        """Give its links."""
        return tuple(self._link_of(each) for each in self.resource.links)

    def _link(self, member: Member) -> GoLink:
        return next(each for each in self.links if each.json == member.name)

    def _link_of(self, link: Link) -> GoLink:
        target = self.service.resource(link.to)
        return GoLink(
            name=go_name(singular(link.name)) + "IDs",
            json=link_name(link),
            pairs=pair_type(self.resource, link),
            one=go_name(f"{self.resource.name}_id"),
            other=go_name(f"{singular(link.name)}_id"),
            kind=go.key_type(self.service, link.to),
            target=go_name(link.to),
            checked=target is not None and needs_check(self.service, target),
        )

    @cached_property
    def checked_references(self) -> tuple[GoReference, ...]:
        """Give the references that the service must look at itself."""
        own = set_by_service(self.service, self.resource)
        return tuple(
            GoReference(
                self.row_field(each),
                each.nullable,
                go_name(each.to),
                go.key_type(self.service, each.to),
            )
            for each in inserted(self.service, self.resource)
            if each.kind == "reference" and each.name not in own and self._is_checked(each.to)
        )

    @cached_property
    def checked_targets(self) -> tuple[GoTarget, ...]:
        """Give the resources that those references and links lead to, each once."""
        named = {each.to for each in self.resource.fields if each.kind == "reference"}
        named |= {each.to for each in self.resource.links}
        used = {each.target for each in self.checked_references}
        used |= {each.target for each in self.links if each.checked}
        return tuple(
            GoTarget(
                go_name(name), go.key_type(self.service, name), tenant_column(self.service, name)
            )
            for name in sorted(named)
            if go_name(name) in used
        )

    def _is_checked(self, name: str) -> bool:
        target = self.service.resource(name)
        return target is not None and needs_check(self.service, target)

    # Lists.

    @cached_property
    def filters(self) -> tuple[GoFilter, ...]:
        """Give the parameters that a list is narrowed by."""
        return tuple(
            GoFilter(
                each.name,
                go_name(each.name),
                go.value_type(self.service, each.field),
                self.rule(each.field),
                f"{quoted(column_name(each.field))} {each.comparison} ?",
                samples.wrong(each.field),
            )
            for each in filters(self.resource)
        )

    @cached_property
    def orders(self) -> tuple[GoOrder, ...]:
        """Give the orders of a list, the one without asking first."""
        return tuple(self._order(each) for each in sorts(self.resource))

    def _order(self, name: str) -> GoOrder:
        plain = name.removeprefix("-")
        field = next((each for each in self.resource.fields if json_name(each) == plain), None)
        column = column_name(field) if field else plain
        kind = next(each.type for each in self.table.columns if each.name.folded == column)
        return GoOrder(
            json=name,
            column=quoted(column),
            cast=kind.name,
            field=go_name(column),
            descending=name.startswith("-"),
            nullable=field is not None and field.nullable,
        )

    @cached_property
    def member_names(self) -> tuple[str, ...]:
        """Give the members that an answer can be cut down to."""
        return tuple(each.json for each in self.answer)

    def allows(self, action: Action) -> bool:
        """Tell whether anybody may do something."""
        return "nobody" not in self.resource.may(action).who
