"""Rows and bodies for seeds and tests: expressions of TypeScript, another value for each number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.wire import created, is_required, patched, set_by_service
from be_tui.core.scaffold.naming import pascal
from be_tui.core.scaffold.stacks.express import types
from be_tui.core.scaffold.stacks.express.wording import quoted, regex
from be_tui.core.scaffold.stacks.sampling import is_numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Action, Field
    from be_tui.core.scaffold.stacks.express.modules import CheckView, ModuleView

_SPAN = 1_000_000


@dataclass(frozen=True, slots=True)
class RightView:
    """What one is answered who tries something with a row of somebody else, or of their own."""

    action: Action
    who: str
    """A role, `nobody` without a token, `owner` whose row it is, `somebody` with an account."""

    status: int


@dataclass(frozen=True, slots=True)
class FollowedView:
    """A member that leads to a row that is not there for the caller, and how it is sent."""

    method: str
    check: CheckView
    why: str
    over: str
    """What the row is made with."""

    statuses: str


@dataclass(frozen=True, slots=True)
class SampleView:
    """A resource as tests make it."""

    module: ModuleView

    # Values.

    def value(self, field: Field) -> str:
        """Give a value that a field may have."""
        match field.kind:
            case "text":
                least, most = types.text_bounds(field)
                if not field.bounds.pattern:
                    return f"values.text(number, {least}, {most})"
                pattern = regex(patterns.whole(field.bounds.pattern))
                return f"values.matching(number, {least}, {most}, {pattern})"
            case "integer" | "float" | "decimal":
                return self._number(field)
            case "enum":
                return quoted(field.default or field.values[0])
            case _:
                return _VALUES[field.kind]

    def _number(self, field: Field) -> str:
        if field.kind == "float":
            return "values.float(number, {}, {})".format(*types.float_bounds(field))
        if field.kind == "decimal":
            bounds = field.bounds
            step = Decimal(10) ** bounds.scale
            highest = 10**bounds.digits - 1
            least = int(Decimal(bounds.least) * step) if bounds.least is not None else 0
            most = int(Decimal(bounds.most) * step) if bounds.most is not None else highest
            low, high = max(least, -highest), min(most, highest)
            return f"values.decimal(number, {low}n, {high}n, {bounds.scale})"
        least, most = types.whole_bounds(field)
        first = least if least > 0 or most < 0 else 0
        span = min(most - first + 1, _SPAN)
        made = f"{first} + (number % {span})"
        return f"{first}n + BigInt(number % {span})" if self._is_big(field) else made

    def _is_big(self, field: Field) -> bool:
        return types.is_big(self.module.service, field)

    def _key(self, field: Field, over: str) -> str:
        """Give the key of a row that is made for it."""
        module = self.module
        target = module.service.resource(field.to)
        if field.name == module.resource.tenant and module.tenant_property:
            return f"{over}(await theTenant(queries))"
        name = pascal(field.to)
        if field.name != module.resource.owner or not module.owned:
            return f"{over}(await make{name}(queries)).id"
        if module.owned == "account":
            return f"{over}owner ?? (await make{name}(queries)).id"
        owner = ", {}, owner" if target else ""
        return f"{over}(await make{name}(queries{owner})).id"

    # Rows.

    @property
    def takes_owner(self) -> bool:
        """Tell whether a row is made for somebody."""
        return bool(self.module.owned) and self.module.owner_property != "id"

    @property
    def lists_own(self) -> bool:
        """Tell whether somebody of the usual role is listed their own rows alone."""
        said = self.module.resource.may("list")
        all_rows = {"anyone", "signed-in"} & set(said.who) or self.roles[0] in said.roles
        return self.takes_owner and "owner" in said.who and not all_rows

    @property
    def row(self) -> tuple[str, ...]:
        """Give the members of a row, but for its key."""
        return tuple(self._row())

    def _row(self) -> Iterator[str]:
        for field in self.module.resource.fields:
            name = self.module.property_of(field)
            if field.kind == "reference":
                if not field.nullable:
                    yield f"{name}: {self._key(field, f'over.{name} ?? ')}"
            elif field.kind == "password":
                yield f"{name}: over.{name} ?? (await hashOfPassword())"
            else:
                yield f"{name}: {self.value(field)}"

    @staticmethod
    def is_numbered(value: str) -> bool:
        """Tell whether a value is another for each row."""
        return is_numbered(value)

    @property
    def row_counts(self) -> bool:
        """Tell whether a row has values that differ."""
        return _counts(self.row)

    # Bodies.

    @property
    def body(self) -> tuple[str, ...]:
        """Give the members of a body that makes a row."""
        return tuple(self._body())

    def _body(self) -> Iterator[str]:
        for member in created(self.module.service, self.module.resource):
            field = member.field
            if field is None:
                yield f"{member.name}: []"
            elif field.writers and not is_required(member):
                continue
            elif field.kind == "reference":
                if not field.nullable:
                    yield f"{member.name}: {self._key(field, '')}"
            elif field.kind == "password":
                yield f"{member.name}: PASSWORD"
            else:
                yield f"{member.name}: {self.value(field)}"

    @property
    def body_waits(self) -> bool:
        """Tell whether other rows are made for a body."""
        return any("await " in each for each in self.body)

    @property
    def body_owned(self) -> bool:
        """Tell whether a body is made for somebody."""
        return any("owner" in each.partition(": ")[2] for each in self.body)

    @property
    def body_counts(self) -> bool:
        """Tell whether a body has values that differ."""
        return _counts(self.body)

    @property
    def changes(self) -> tuple[str, ...]:
        """Give the members that whoever may change a row may send."""
        return tuple(
            member.name
            for member in patched(self.module.service, self.module.resource)
            if self._changes(member)
        )

    def _changes(self, member: Member) -> bool:
        field = member.field
        if field is None:
            return True
        kept = field.kind == "password" or (field.kind == "reference" and field.nullable)
        return not (field.writers or kept)

    @property
    def change_lines(self) -> tuple[str, ...]:
        """Give members of a change where no body makes a row, with values."""
        fields = (self.module.resource.field(name) for name in self.changes)
        plain = (each for each in fields if each and each.kind != "reference")
        return tuple(f"{each.name}: {self.value(each)}" for each in plain)

    @property
    def change_counts(self) -> bool:
        """Tell whether such a change has values that differ."""
        return _counts(self.change_lines)

    @property
    def body_references(self) -> tuple[str, ...]:
        """Give the members of a body that lead to other rows."""
        made = {each.partition(":")[0] for each in self.body}
        found = (each for each in self._created if each.field and each.field.kind == "reference")
        return tuple(each.name for each in found if each.name in made)

    @property
    def big_references(self) -> tuple[str, ...]:
        """Give those of them whose keys are numbers."""
        fields = {each.name: each.field for each in self._created}
        found = ((name, fields[name]) for name in self.body_references)
        return tuple(name for name, field in found if field and self._is_big(field))

    @property
    def unique(self) -> tuple[str, ...]:
        """Give the members of which no two rows have the same value."""
        sent = {each.field.name: each.name for each in self._created if each.field}
        fields = (each for each in self.module.resource.fields if each.unique)
        return tuple(sent[each.name] for each in fields if each.name in sent)

    @property
    def _created(self) -> tuple[Member, ...]:
        return created(self.module.service, self.module.resource)

    @property
    def guarded(self) -> tuple[tuple[str, str], ...]:
        """Give the members that only some may send, each with a value."""
        return tuple(
            (each.name, self.value(each.field))
            for each in self._created
            if each.field and each.field.writers and not is_required(each)
        )

    @property
    def tests_values(self) -> bool:
        """Tell whether tests need values beside those of factories."""
        made = [value for _, value in self.guarded]
        if "update" in self.module.actions and "create" not in self.module.actions:
            made += self.change_lines
        return any("values." in each for each in made)

    @property
    def private(self) -> tuple[str, ...]:
        """Give the members that stand in no answer."""
        fields = self.module.resource.fields
        return tuple(each.name for each in fields if each.private or each.kind == "password")

    @property
    def own_by_service(self) -> tuple[str, ...]:
        """Give the members that follow from who signed in, which nobody may send."""
        resource = self.module.resource
        names = set_by_service(self.module.service, resource)
        return tuple(f"{name}_id" for name in sorted(names) if resource.field(name))

    # Who may.

    @property
    def roles(self) -> tuple[str, ...]:
        """Give the roles of accounts, or the one word for all where there are none."""
        service = self.module.service
        accounts = service.accounts
        resource = service.resource(accounts.resource) if accounts else None
        role = resource.field(accounts.role) if accounts and resource else None
        return role.values if role else ("somebody",)

    @property
    def actors(self) -> Mapping[Action, str]:
        """Give for each action a role that may do it, to a row of their own at least."""
        return {each: self._actor(each) for each in self.module.actions}

    def _actor(self, action: Action) -> str:
        allowed = self.module.resource.may(action).roles
        writers = {role for field in self.module.resource.fields for role in field.writers}
        named = [role for role in self.roles if role in allowed]
        both = [role for role in named if role in writers]
        return next(iter((*both[-1:], *named[-1:], self.roles[0])))

    @property
    def own_row(self) -> bool:
        """Tell whether the row in the tests is the account of who calls."""
        if not self.module.is_account:
            return False
        permissions = (self.module.resource.may(each) for each in self.module.actions)
        closed = (each for each in permissions if each.action in {"read", "update", "delete"})
        return any("owner" in each.who and not each.roles for each in closed)

    @property
    def rights(self) -> tuple[RightView, ...]:
        """Give what each is answered who tries an action."""
        if self.module.service.accounts is None:
            return ()
        return tuple(
            RightView(action, who, self._status(action, who))
            for action in self.module.actions
            if action != "update" or self.changes
            for who in ("nobody", *self.roles, "owner")
            if who != "owner" or self._has_owner(action)
        )

    @property
    def tried(self) -> tuple[Action, ...]:
        """Give the actions that somebody tries."""
        return tuple(dict.fromkeys(each.action for each in self.rights))

    @property
    def parted(self) -> tuple[Action, ...]:
        """Give the actions that a row is kept from by nothing but that it is another customer's."""
        tried = ("read", "list", "update", "delete")
        found = (each for each in self.module.actions if each in tried)
        return tuple(each for each in found if self._parts(each))

    def _parts(self, action: Action) -> bool:
        said = self.module.resource.may(action)
        closed = self.module.is_account and not ({"anyone", "signed-in"} & set(said.who))
        return bool(self.module.tenant_property) and (not closed or bool(said.roles))

    @property
    def followed(self) -> tuple[FollowedView, ...]:
        """Give the members that lead to rows which can be there and yet not for the caller."""
        open_to = {each.name for each in self.module.create if not each.writers}
        ways = (("POST", self.module.create_checks), ("PATCH", self.module.patch_checks))
        return tuple(
            FollowedView(method, each, why, over, statuses)
            for method, checks in ways
            for each in checks
            if each.wire in open_to and (method == "POST" or each.wire in self.changes)
            for why, over, statuses in self._hidden(each)
        )

    def _hidden(self, check: CheckView) -> Iterator[tuple[str, str, str]]:
        target = self.module.service.resource(check.to)
        field = target.field(target.tenant) if target else None
        if check.tenant and target and field:
            name = self.module.other(target).tenant_property
            other = f"(await factories.make{pascal(field.to)}(database)).id"
            yield "of another customer", f"{name}: {other}", "409"
        if check.soft:
            # What is deleted belongs to nobody either, which may be told first.
            yield "deleted", "deletedAt: '2026-01-01T00:00:00Z'", "403, 409"

    @property
    def moves_own(self) -> bool:
        """Tell whether somebody who may change their own rows may not give them to others."""
        said = self.module.resource.may("update")
        all_rows = {"anyone", "signed-in"} & set(said.who) or self.roles[0] in said.roles
        return self.module.owner_patched and "owner" in said.who and not all_rows

    def _has_owner(self, action: Action) -> bool:
        return bool(self.module.owned) and not (self.module.is_account and action == "create")

    def _status(self, action: Action, who: str) -> int:
        said = self.module.resource.may(action)
        done = {"create": 201, "delete": 204}.get(action, 200)
        if "anyone" in said.who:
            return done
        if who == "nobody":
            return 401
        role = self.roles[0] if who == "owner" else who
        if "signed-in" in said.who or role in said.roles:
            return done
        if "owner" not in said.who:
            return 403
        if who == "owner" or action == "list":
            return done
        if action == "create":
            return 403 if self.module.owned == "chained" else done
        return 403 if action != "read" and self._sees(role) else 404

    def _sees(self, role: str) -> bool:
        """Tell whether a role may read what is somebody else's."""
        said = self.module.resource.may("read")
        return bool({"anyone", "signed-in"} & set(said.who)) or role in said.roles


_VALUES = {
    "email": "values.email(number)",
    "url": "values.url(number)",
    "boolean": "number % 2 === 0",
    "date": "values.day(number)",
    "datetime": "values.moment(number)",
    "uuid": "newId()",
    "json": "{ colour: 'red', weight: number, dry: true, label: null }",
}


def _counts(members: tuple[str, ...]) -> bool:
    """Tell whether a value among members is made of the number that tells rows apart."""
    return is_numbered(*(each.partition(": ")[2] for each in members))
