"""What the tests of a resource try: bodies that are taken and refused, and who may do what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import (
    Member,
    created,
    filters,
    is_required,
    json_name,
    patched,
    replaced,
)
from be_tui.core.scaffold.model import ACTIONS
from be_tui.core.scaffold.stacks.sampling import is_numbered
from be_tui.core.scaffold.stacks.spring.callers import Callers
from be_tui.core.scaffold.stacks.spring.holding import kept_out
from be_tui.core.scaffold.stacks.spring.samples import refused, value
from be_tui.core.scaffold.stacks.spring.wording import literal, sql
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Action, Field
    from be_tui.core.scaffold.stacks.spring.resources import SpringResource

_DONE = {"create": 201, "list": 200, "read": 200, "update": 200, "delete": 204}


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody is answered who tries something."""

    action: str
    who: str
    """`nobody`, `stranger`, `owner`, or a role."""

    status: int


@dataclass(frozen=True, slots=True)
class GuardedChange:
    """A member that only some may change, who tries it all the same."""

    name: str
    json: str
    who: str
    """`owner`, or a role: one who may change the row otherwise."""

    chief_may: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A row that a row of the resource refers to."""

    name: str
    """Of the member."""

    column: str
    table: str
    """Of the row that it refers to, as SQL has it."""

    goes: bool = False
    """Whether the row goes with it."""


@dataclass(frozen=True, slots=True)
class Trials(Callers):
    """What is tried of a resource."""

    # Bodies.

    def body(self) -> tuple[tuple[str, str], ...]:
        """Give the members of a new row, each with an expression that gives its value."""
        return self._members(created(self.made.service, self.made.resource))

    def whole(self) -> tuple[tuple[str, str], ...]:
        """Give the members of a whole row."""
        return self._members(replaced(self.made.service, self.made.resource))

    def _members(self, members: tuple[Member, ...]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (literal(each.name), self._value(each.field))
            for each in members
            if each.field and self._is_sent(each)
        )

    def is_numbered(self) -> bool:
        """Tell whether a value of a new row is another each time."""
        return is_numbered(*(value for _, value in self.body()))

    def bodies_differ(self) -> bool:
        """Tell whether the bodies of two new rows are unlike each other."""
        found = " ".join(value for _, value in self.body())
        return self.is_numbered() or bool(re.search(r"\.id\(\)|randomUUID", found))

    def _is_sent(self, member: Member) -> bool:
        field = member.field
        if field is None or field.writers:
            return False
        return field.kind != "reference" or is_required(member)

    def _value(self, field: Field) -> str:
        if field.kind != "reference":
            return value(field, "number")
        target = self.others[field.to]
        found = self._key(field, target)
        return f"Long.valueOf({found})" if target.key_type == "Long" else found

    def _key(self, field: Field, target: SpringResource) -> str:
        if self.made.is_account and field == self.made.tenant:
            return "actors.tenant()"
        if target.is_account:
            return "actors.fresh().id()"
        if self.made.service.accounts is None:
            return f"make{target.type_name}(token).id()"
        own = field.name == self.made.resource.owner
        role = literal(self.beside(target).actor("create"))
        token = "token" if own and self.beside(target).usual_may("create") else f"actors.as({role})"
        return f"make{target.type_name}({token}).id()"

    def optional(self) -> tuple[str, ...]:
        """Give the members that a new row may be sent without."""
        return tuple(
            literal(each.name)
            for each in created(self.made.service, self.made.resource)
            if self._is_sent(each) and not is_required(each)
        )

    def required(self) -> tuple[str, ...]:
        """Give the members that a new row must be sent with."""
        return tuple(
            literal(each.name)
            for each in created(self.made.service, self.made.resource)
            if is_required(each)
        )

    def refused(self) -> tuple[tuple[str, str], ...]:
        """Give values that members refuse, as JSON."""
        found = [
            (literal(each.name), literal(json))
            for each in created(self.made.service, self.made.resource)
            if each.field
            for json in dict.fromkeys(refused(each.field))
        ]
        found += [
            (literal(each.name), literal(json))
            for each in created(self.made.service, self.made.resource)
            if each.link
            for json in ('["x"]', "7", '"x"', "null")
        ]
        return tuple(found)

    def refused_changes(self) -> tuple[str, ...]:
        """Give the members of a change of which some values are refused."""
        return self._also_refused(patched(self.made.service, self.made.resource))

    def refused_wholes(self) -> tuple[str, ...]:
        """Give the members of a whole row of which some values are refused."""
        return self._also_refused(replaced(self.made.service, self.made.resource))

    def _also_refused(self, members: tuple[Member, ...]) -> tuple[str, ...]:
        known = {name for name, _ in self.refused()}
        return tuple(name for each in members if (name := literal(each.name)) in known)

    def kept_out(self) -> tuple[tuple[str, str], ...]:
        """Give columns, each with a value that the database refuses, as SQL in strings."""
        found = dict.fromkeys(kept_out(self.made.resource))
        return tuple((literal(column), literal(value)) for column, value in found)

    def followed(self) -> tuple[Followed, ...]:
        """Give what a new row cannot be without."""
        return tuple(
            Followed(json_name(field), sql(column_name(field)), to.table, goes)
            for field, to in self._referred()
            if not (goes := field.on_delete == "cascade") or field != self.made.tenant
        )

    def deletable(self) -> tuple[Followed, ...]:
        """Give those of them that stay where they are as they are deleted."""
        owner = self.made.resource.owner
        return tuple(
            Followed(json_name(field), sql(column_name(field)), to.table)
            for field, to in self._referred()
            if to.resource.soft_delete and field.name != owner
        )

    def _referred(self) -> Iterator[tuple[Field, SpringResource]]:
        sent = {name for name, _ in self.body()}
        for field in self.made.resource.fields:
            if field.kind == "reference" and literal(json_name(field)) in sent:
                yield field, self.others[field.to]

    def shown(self) -> tuple[str, ...]:
        """Give the members of a new row that are told as they were sent."""
        kept = {each.name for each in self.made.answer()}
        return tuple(
            literal(each.name)
            for each in created(self.made.service, self.made.resource)
            if each.field
            and self._is_sent(each)
            and each.name in kept
            and each.field.kind not in {"json", "float"}
        )

    def hidden(self) -> tuple[str, ...]:
        """Give the members that are never told."""
        return tuple(literal(json_name(each)) for each in self.made.resource.fields if each.private)

    def changes(self) -> tuple[str, ...]:
        """Give the members that a change is tried with, one by one."""
        return tuple(
            literal(each.name)
            for each in patched(self.made.service, self.made.resource)
            if each.field and self._is_sent(each) and each.field.kind != "reference"
        )

    def told_changes(self) -> tuple[str, ...]:
        """Give those of them that are told as they were sent."""
        shown = self.shown()
        return tuple(each for each in self.changes() if each in shown)

    def emptied(self) -> tuple[str, ...]:
        """Give the members that a change may set to null."""
        return tuple(
            literal(each.name)
            for each in patched(self.made.service, self.made.resource)
            if each.nullable and each.field and not each.field.private and not each.field.writers
        )

    def nullable_changes(self) -> tuple[str, ...]:
        """Give those that a change may set to null, whether or not they are told."""
        tried = self.changes()
        return tuple(
            literal(each.name)
            for each in patched(self.made.service, self.made.resource)
            if each.nullable and literal(each.name) in tried
        )

    def unique(self) -> tuple[str, ...]:
        """Give the members of which no two rows have the same."""
        sent = dict(self.body())
        return tuple(
            literal(json_name(each))
            for each in self.made.resource.fields
            if each.unique and literal(json_name(each)) in sent
        )

    def together(self) -> bool:
        """Tell whether some members together are there once, so that a body can be sent once."""
        sent = dict(self.body())
        tenant = self.made.resource.tenant
        return any(
            all(
                name == tenant
                or ((field := self.made.resource.field(name)) and literal(json_name(field)) in sent)
                for name in names
            )
            for names in self.made.resource.unique
        )

    def filtered(self) -> tuple[str, ...]:
        """Give the parameters that keep the rows with just a value that was sent."""
        shown = self.shown()
        return tuple(
            literal(each.name)
            for each in filters(self.made.resource)
            if each.comparison == "=" and literal(each.name) in shown
        )

    def ranged(self) -> tuple[str, ...]:
        """Give the members that lists are narrowed by from and to."""
        shown = self.shown()
        return tuple(
            literal(json_name(each.field))
            for each in filters(self.made.resource)
            if each.comparison == ">=" and literal(json_name(each.field)) in shown
        )

    def guarded(self) -> tuple[tuple[str, str], ...]:
        """Give the members that only some may set, each with a value."""
        return tuple(
            (literal(each.name), _json(each.field))
            for each in created(self.made.service, self.made.resource)
            if each.field and each.field.writers and each.field.kind == "enum"
        )

    def guarded_changes(self) -> tuple[GuardedChange, ...]:
        """Give the members of a change that only some may set."""
        found = []
        for each in patched(self.made.service, self.made.resource):
            if each.field and each.field.writers and each.field.kind == "enum":
                who = self._unentitled(each.field)
                may = self.chief in each.field.writers and self.may("update", self.chief)
                if who:
                    found.append(GuardedChange(literal(each.name), _json(each.field), who, may))
        return tuple(found)

    def _unentitled(self, field: Field) -> str:
        known = [each for each in self.roles if each not in field.writers]
        if self.has_owner and self.usual in known:
            known.insert(0, "owner")
        tried = (each for each in known if self.may("read", each))
        return next((each for each in tried if self.may("update", each)), "")

    def kept_apart(self) -> tuple[tuple[str, str], ...]:
        """Give the members that name a tenant's rows, each with a value of another tenant's."""
        found = []
        for member in created(self.made.service, self.made.resource):
            field, link = member.field, member.link
            target = self.others.get(field.to if field else link.to if link else "")
            if target is None or not target.tenant or not target.allows("create"):
                continue
            if field and field.writers:
                continue
            key = self._elsewhere(target)
            found.append((literal(member.name), f"List.of({key})" if link else key))
        return tuple(found)

    def linked(self) -> tuple[tuple[str, str], ...]:
        """Give the links of a new row, each with the key of a row that was made for it."""
        found = []
        for member in created(self.made.service, self.made.resource):
            target = self.others.get(member.link.to) if member.link else None
            if target is not None and target.allows("create"):
                found.append((literal(member.name), self._made_for(target)))
        return tuple(found)

    def _made_for(self, target: SpringResource) -> str:
        if target.is_account:
            return "actors().fresh().id()"
        role = literal(self.beside(target).actor("create"))
        token = f"actors().as({role})" if self.made.service.accounts else "null"
        return f"factory().make{target.type_name}({token}).id()"

    def _elsewhere(self, target: SpringResource) -> str:
        if target.is_account:
            made = "others.fresh().id()"
        else:
            role = literal(self.beside(target).actor("create"))
            made = f"others.factory().make{target.type_name}(others.as({role})).id()"
        return f"Long.valueOf({made})" if target.key_type == "Long" else made

    # Who may do what.

    def rights(self) -> tuple[Right, ...]:
        """Give what each is answered who tries something."""
        if self.made.service.accounts is None or not self.made.allows("create"):
            return ()
        return tuple(right for action in ACTIONS for right in self._rights(action))

    def _rights(self, action: Action) -> Iterator[Right]:
        made = self.made
        if not made.allows(action) or (action == "update" and not self.changes()):
            return
        who = ["nobody", "stranger", *self.roles]
        if self.has_owner:
            who.append("owner")
        for each in who:
            yield Right(action, each, self._answered(action, each))

    def _answered(self, action: Action, who: str) -> int:
        if self.may(action, who):
            return _DONE[action]
        if who == "nobody":
            return 401
        if action in {"create", "list"}:
            return 403
        return 403 if action != "read" and self.may("read", who) else 404


def _json(field: Field) -> str:
    return literal(field.values[-1])
