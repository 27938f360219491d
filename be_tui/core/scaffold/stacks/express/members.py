"""Members of JSON objects as Zod schemas, and what becomes of each in the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import is_required
from be_tui.core.scaffold.stacks.express import types

if TYPE_CHECKING:
    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Service


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of what is sent."""

    name: str
    expression: str
    """The schema that reads it."""

    writers: tuple[str, ...] = ()
    """The roles that alone may send it."""


@dataclass(frozen=True, slots=True)
class SecretView:
    """A password that is sent, and kept as its digest."""

    name: str
    property: str
    """Of the digest."""

    required: bool

    def hashed(self) -> str:
        """Give the digest of what a new row was sent with."""
        hashed = f"await hashPassword(sent.{self.name})"
        return hashed if self.required else f"sent.{self.name} == null ? null : {hashed}"

    def hashed_change(self) -> str:
        """Give the digest of what a change was sent with; nothing where it was not."""
        return f"sent.{self.name} == null ? sent.{self.name} : await hashPassword(sent.{self.name})"


def new_member(service: Service, member: Member) -> MemberView:
    """Give a member of a new row, or of a whole one: what is left out gets its default."""
    made = _value(service, member)
    writers = member.field.writers if member.field else ()
    if is_required(member):
        return MemberView(member.name, made, writers)
    if writers:
        return MemberView(member.name, f"{made}.optional()", writers)
    return MemberView(member.name, f"{made}.default({_default(service, member)})")


def changed_member(service: Service, member: Member) -> MemberView:
    """Give a member of a change: what is left out stays."""
    writers = member.field.writers if member.field else ()
    return MemberView(member.name, f"{_value(service, member)}.optional()", writers)


def kept_value(service: Service, member: Member) -> str:
    """Give what a new row keeps of a member that was sent."""
    field = member.field
    if field is None or is_required(member) or not field.writers:
        return f"sent.{member.name}"
    default = _default(service, member)
    if field.nullable and default != "null":
        return f"sent.{member.name} === undefined ? {default} : sent.{member.name}"
    return f"sent.{member.name} ?? {default}"


def _value(service: Service, member: Member) -> str:
    if member.field is None:
        to = member.link.to if member.link else ""
        return f"v.linked({types.key_schema(service, to)})"
    made = types.body_schema(service, member.field)
    return f"{made}.nullable()" if member.nullable else made


def _default(service: Service, member: Member) -> str:
    if member.field is None:
        return "[]"
    made = types.default_literal(service, member.field)
    return f"() => {made}" if made.startswith("v.") else made
