"""What a resource is called in Java, and who may do what with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.scaffold.contract.operations import path_of
from be_tui.core.scaffold.contract.wire import (
    Member,
    created,
    is_required,
    json_name,
    patched,
    replaced,
    set_by_service,
)
from be_tui.core.scaffold.naming import with_article, words
from be_tui.core.scaffold.stacks.spring.nouns import getter
from be_tui.core.scaffold.stacks.spring.types import key_type
from be_tui.core.scaffold.stacks.spring.wording import attribute, literal, sql
from be_tui.core.scaffold.tables import table_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.scaffold.model import Action, Field, Resource, Service


@dataclass(frozen=True, slots=True)
class Rights:
    """A resource by its names and its rules."""

    resource: Resource
    service: Service
    type_name: str
    """The class of its rows, and what the names of its other classes begin with."""

    package: str
    taken: frozenset[str]
    """Classes that an enumeration cannot be called after."""

    @property
    def one(self) -> str:
        """Give it in words: `order line`."""
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
    def variable(self) -> str:
        """Give what a row is called in code."""
        made = attribute(self.resource.name)
        return f"{made}Row" if made in _LOCALS else made

    @property
    def maker(self) -> str:
        """Give what the tests' factory calls a body of it."""
        return f"{attribute(self.resource.name)}Body"

    @property
    def path(self) -> str:
        """Give the path of its collection."""
        return path_of(self.service, self.resource)

    @property
    def table(self) -> str:
        """Give its table, as SQL has it."""
        return sql(table_name(self.resource))

    @property
    def key_type(self) -> str:
        """Give the type of its key."""
        return "Long" if self.resource.key == "integer" else "UUID"

    @property
    def is_account(self) -> bool:
        """Tell whether its rows are who signs in."""
        accounts = self.service.accounts
        return accounts is not None and accounts.resource == self.resource.name

    def allows(self, action: Action) -> bool:
        """Tell whether anybody may do something."""
        return "nobody" not in self.resource.may(action).who

    def open_to_all(self, action: Action) -> bool:
        """Tell whether it takes no token: rows of a tenant are for who is of it, but to sign up."""
        if self.tenant and not (self.is_account and action == "create"):
            return False
        return "anyone" in self.resource.may(action).who or self.service.accounts is None

    def roles(self, action: Action) -> tuple[str, ...]:
        """Give the roles that may do something to any row, as Java writes them."""
        return tuple(literal(each) for each in self.resource.may(action).roles)

    def by_owner(self, action: Action) -> bool:
        """Tell whether the owner of a row may do something to it."""
        return "owner" in self.resource.may(action).who

    def signed_in(self, action: Action) -> bool:
        """Tell whether whoever is signed in may do something."""
        who = self.resource.may(action).who
        return "signed-in" in who or (self.tenant is not None and "anyone" in who)

    def condition(self, action: Action) -> str:
        """Give the condition on which a caller may do something to a row."""
        if self.open_to_all(action):
            return "true"
        if self.signed_in(action):
            return f"caller != null{self._shared}"
        ways = []
        if roles := self.roles(action):
            ways.append(f"caller.hasRole({', '.join(roles)})")
        if self.by_owner(action):
            ways.append(f"owns(caller, {self.variable})")
        if not ways:
            return "false"
        together = " || ".join(ways)
        closed = f"({together})" if len(ways) > 1 else together
        return f"caller != null{self._shared} && {closed}"

    @property
    def _shared(self) -> str:
        return f" && shares(caller, {self.variable})" if self.tenant else ""

    def refusals(self, action: Action) -> tuple[str, ...]:
        """Give what must all be so for a caller who is signed in to be refused a row's parent.

        Nothing where nobody is refused; for those who make a row of their own there is no parent.
        """
        if self.open_to_all(action) or self.signed_in(action):
            return ()
        if self.by_owner(action) and not self.parent:
            return ()
        found = []
        if roles := self.roles(action):
            found.append(f"!caller.hasRole({', '.join(roles)})")
        if self.by_owner(action):
            found.append("!parents.isOwnedBy(parent, caller)")
        return tuple(found)

    def moves(self, *, patch: bool) -> str:
        """Give what moves a row to another owner: the accessor of a body; empty where nothing."""
        members = (patched if patch else replaced)(self.service, self.resource)
        if not self.parent or not self.refusals("update"):
            return ""
        found = (attribute(each.name) for each in members if each.field == self.owner)
        return next(found, "")

    # Whose a row is.

    @property
    def owner(self) -> Field | None:
        """Give the reference that says whose a row is; None for accounts, and without owners."""
        return self.resource.field(self.resource.owner) if self.service.accounts else None

    @property
    def is_owned(self) -> bool:
        """Tell whether rows are somebody's."""
        return self.service.accounts is not None and bool(self.resource.owner)

    @property
    def parent(self) -> str:
        """Give the resource whose owner owns these rows too; empty where an account does itself."""
        accounts, owner = self.service.accounts, self.owner
        if accounts is None or owner is None or owner.to == accounts.resource:
            return ""
        return owner.to

    @property
    def owner_attribute(self) -> str:
        """Give the attribute of the row that leads to its owner."""
        return attribute(json_name(self.owner)) if self.owner else "id"

    @property
    def sets_owner(self) -> bool:
        """Tell whether a new row is its maker's, or their tenant's."""
        return bool(self._by_service)

    # Which tenant's a row is.

    @property
    def tenant(self) -> Field | None:
        """Give the reference that says which tenant's a row is; None where it is everybody's."""
        return self.resource.field(self.resource.tenant) if self.service.accounts else None

    @property
    def tenant_attribute(self) -> str:
        """Give the attribute of the row that says it."""
        return attribute(json_name(self.tenant)) if self.tenant else ""

    @property
    def tenant_type(self) -> str:
        """Give the type of tenants' keys."""
        return key_type(self.service, self.tenant.to) if self.tenant else ""

    @property
    def checks_tenant(self) -> bool:
        """Tell whether what may be done with a row depends on which tenant's it is."""
        return any(
            "shares(" in self.condition(each)
            for each in ("read", "update", "delete")
            if each == "read" or self.allows(each)
        )

    @property
    def _by_service(self) -> frozenset[str]:
        return set_by_service(self.service, self.resource)

    @property
    def is_parent(self) -> bool:
        """Tell whether others are owned by whoever owns a row of this."""
        return self.service.accounts is not None and any(
            field.to == self.resource.name and not self.is_account
            for each in self.service.resources
            if (field := each.field(each.owner))
        )

    @property
    def checks_owner(self) -> bool:
        """Tell whether what may be done with a row depends on whose it is."""
        return any("owns(" in self.condition(each) for each in ("read", "update", "delete"))

    @property
    def rows_name(self) -> str:
        """Give what its repository is called in the services of others."""
        return f"{attribute(self.resource.name)}Rows"

    def targets(self) -> tuple[str, ...]:
        """Give the resources that it refers to of which the database has more than may be meant.

        Rows that were deleted stay there, and so do those of other tenants.
        """
        sent: tuple[Member, ...] = ()
        if self.allows("create"):
            sent = created(self.service, self.resource)
        elif self.allows("update"):
            sent = patched(self.service, self.resource)
        named = [_refers_to(each) for each in sent]
        found = (self.service.resource(each) for each in dict.fromkeys(named))
        return tuple(
            each.name
            for each in found
            if each and self._hides(each) and each.name != self.resource.name
        )

    def _hides(self, resource: Resource) -> bool:
        return resource.soft_delete or (bool(resource.tenant) and self.service.accounts is not None)

    def target_checks(
        self, action: Literal["create", "replace", "patch"], others: Mapping[str, Rights]
    ) -> tuple[str, ...]:
        """Give the statements that refuse to refer to a row that was deleted, or is another's."""
        wire = {"create": created, "replace": replaced, "patch": patched}[action]
        looked = self.targets()
        found = []
        for member in wire(self.service, self.resource):
            field, to = member.field, _refers_to(member)
            own = to == self.resource.name and self._hides(self.resource)
            if to not in looked and not own:
                continue
            rows = "rows" if own else f"{attribute(to)}Rows"
            if others[to].tenant:
                access = f"{others[to].type_name}Access"
                rows = f"{rows}, {access}.ofTenant({self._referring(action)})"
            method = "require" if field else "requireAll"
            said = f"body.{attribute(member.name)}()"
            if action == "patch" or self._has_default(member):
                found.append(f"{said}.ifSent(it -> References.{method}({rows}, it));")
            else:
                found.append(f"References.{method}({rows}, {said});")
        return tuple(found)

    def _has_default(self, member: Member) -> bool:
        field = member.field
        if field is None:
            return True
        return not is_required(member) and (field.default is not None or not field.nullable)

    def _referring(self, action: Literal["create", "replace", "patch"]) -> str:
        """Give whose rows one may refer to: the caller's tenant's, and an account its own's."""
        if not self.is_account:
            return "Caller.tenantOf(caller)"
        kept = f"{self.variable}.{getter(self.tenant_attribute)}()"
        said = f"body.{self.tenant_attribute}()"
        if action == "create":
            return said
        wire = {"replace": replaced, "patch": patched}[action]
        if not any(each.field == self.tenant for each in wire(self.service, self.resource)):
            return kept
        return said if action == "replace" else f"{said}.or({kept})"


def _refers_to(member: Member) -> str:
    """Give the resource whose rows a member names; empty where it names none."""
    if member.field:
        return member.field.to
    return member.link.to if member.link else ""


_LOCALS = frozenset(
    {"body", "query", "caller", "key", "now", "today", "cursor", "limit", "id", "row", "version"}
    | {"clock", "ifMatch", "order"}
)
