"""A resource among the others: whose rows are whose, what it looks up, what it imports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import created, json_name, link_name, patched, replaced
from be_tui.core.scaffold.stacks.express import types
from be_tui.core.scaffold.stacks.express.resources import ResourceView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Action, Field, Resource
    from be_tui.core.scaffold.stacks.express.members import MemberView


@dataclass(frozen=True, slots=True)
class CheckView:
    """A reference to rows that can be in the database and yet not be there for the caller."""

    wire: str
    type: str
    repository: str
    keys: str
    tenant: bool
    soft: bool
    """Whether a row that is deleted stays in the database."""

    to: str
    """The resource that it leads to."""

    many: bool


@dataclass(frozen=True)
class ModuleView(ResourceView):
    """A resource with all that its module has to do with others."""

    def other(self, resource: Resource) -> ModuleView:
        """Give the module of another resource."""
        return ModuleView(resource, self.service, self.tables, self.constants)

    # Whose rows they are.

    @property
    def is_account(self) -> bool:
        """Tell whether its rows sign in."""
        accounts = self.service.accounts
        return accounts is not None and accounts.resource == self.resource.name

    @property
    def owned(self) -> str:
        """Give how a row tells whose it is: `account`, `chained` by another row, or not at all."""
        accounts = self.service.accounts
        if accounts is None:
            return ""
        if self._owner is None:
            return "account" if self.is_account else ""
        return "account" if self._owner.to == accounts.resource else "chained"

    @property
    def _owner(self) -> Field | None:
        own = self.resource.owner
        return None if self.is_account and own == self.resource.name else self.resource.field(own)

    @property
    def owner_property(self) -> str:
        """Give the property of a row that tells whose it is."""
        return self.property_of(self._owner) if self._owner else "id"

    @property
    def owner_wire(self) -> str:
        """Give the member that tells which row it belongs to."""
        return json_name(self._owner) if self._owner else "id"

    @property
    def parent(self) -> ModuleView | None:
        """Give the module of the rows that tell whose its own are."""
        found = self.service.resource(self._owner.to) if self._owner else None
        return self.other(found) if found and self.owned == "chained" else None

    def _sends_owner(self, members: tuple[Member, ...]) -> bool:
        return self.owned == "chained" and any(each.field == self._owner for each in members)

    @property
    def owner_sent(self) -> bool:
        """Tell whether a new row is sent with what it belongs to."""
        sent = self._sends_owner(created(self.service, self.resource))
        return sent and "create" in self.actions

    @property
    def owner_replaced(self) -> bool:
        """Tell whether a row can be replaced by one of another."""
        sent = self._sends_owner(replaced(self.service, self.resource))
        return sent and "update" in self.actions

    @property
    def owner_patched(self) -> bool:
        """Tell whether a row can be given to another."""
        sent = self._sends_owner(patched(self.service, self.resource))
        return sent and "update" in self.actions

    @property
    def requires_own(self) -> bool:
        """Tell whether it is looked at whose the row is that another is put under."""
        return self.owner_sent or self.owner_replaced or self.owner_patched

    @property
    def tenant_property(self) -> str:
        """Give the property of a row that tells whose customer's it is; empty without tenants."""
        field = self.resource.field(self.resource.tenant)
        return self.property_of(field) if field and self.service.accounts else ""

    @property
    def tenant_type(self) -> str:
        """Give the type of what tells whose customer's it is."""
        field = self.resource.field(self.resource.tenant)
        return types.key_type(self.service, field.to) if field else "string"

    def scope(self, reached: str) -> str:
        """Give the conditions under which a caller may have a row, as further arguments."""
        own = f", within({reached})" if self.owned else ""
        tenant = ", repository.ofTenant(signedIn(caller).tenant)" if self.tenant_property else ""
        return own + tenant

    def gate(self, action: Action) -> str:
        """Give what refuses strangers before a body is read; empty where anyone may come."""
        open_to_all = self.service.accounts is None or "anyone" in self.resource.may(action).who
        return "" if open_to_all else "signedInOnly, "

    @property
    def is_gated(self) -> bool:
        """Tell whether strangers are refused anything."""
        return any(self.gate(each) for each in self.actions)

    # Rows that must be there.

    def _checks(self, members: tuple[Member, ...]) -> Iterator[CheckView]:
        for each in members:
            to = each.field.to if each.field else each.link.to if each.link else ""
            target = self.service.resource(to)
            if target is None:
                continue
            module = self.other(target)
            if not (module.soft_delete or module.tenant_property):
                continue
            at, link = f"sent.{each.name}", each.field is None
            kind = f"readonly {module.key_type}[]" if link else module.key_type
            yield CheckView(
                wire=link_name(each.link) if each.link else each.name,
                type=f"{kind} | null" if each.nullable else kind,
                repository="repository" if target == self.resource else module.repository,
                keys=f"{at} ?? []" if link else f"{at} == null ? [] : [{at}]",
                tenant=bool(module.tenant_property),
                soft=module.soft_delete,
                to=target.name,
                many=link,
            )

    @property
    def create_checks(self) -> tuple[CheckView, ...]:
        """Give what must be there for a new row."""
        members = created(self.service, self.resource) if "create" in self.actions else ()
        return tuple(self._checks(members))

    @property
    def replace_checks(self) -> tuple[CheckView, ...]:
        """Give what must be there for a row that is replaced."""
        members = replaced(self.service, self.resource) if "update" in self.actions else ()
        return tuple(self._checks(members))

    @property
    def patch_checks(self) -> tuple[CheckView, ...]:
        """Give what must be there for a row that is changed."""
        members = patched(self.service, self.resource) if "update" in self.actions else ()
        return tuple(self._checks(members))

    @cached_property
    def checks(self) -> tuple[CheckView, ...]:
        """Give all that must be there, each once."""
        found = (*self.create_checks, *self.replace_checks, *self.patch_checks)
        return tuple(dict.fromkeys(found))

    @property
    def is_looked_up(self) -> bool:
        """Tell whether some module asks whether rows of it are there."""
        own = self.repository
        for each in self.service.resources:
            module = self.other(each)
            if module.requires_own and module.parent and module.parent.repository == own:
                return True
            names = {check.repository for check in module.checks}
            if own in names or (each == self.resource and "repository" in names):
                return True
        return False

    # What is imported.

    @property
    def versions(self) -> bool:
        """Tell whether rows change or go."""
        return "update" in self.actions or "delete" in self.actions

    @property
    def finds(self) -> bool:
        """Tell whether rows are looked for, be it to change them."""
        return self.versions or self.reads

    @property
    def writes(self) -> bool:
        """Tell whether rows come, change or go."""
        return self.versions or "create" in self.actions

    @property
    def writes_body(self) -> bool:
        """Tell whether anything is sent."""
        return "create" in self.actions or "update" in self.actions

    @property
    def reads(self) -> bool:
        """Tell whether rows are asked for."""
        return "read" in self.actions or "list" in self.actions

    @property
    def ends_sessions(self) -> bool:
        """Tell whether sessions end with what becomes of a row."""
        changes = "update" in self.actions and bool(self.ending)
        return self.is_account and (changes or (self.soft_delete and "delete" in self.actions))

    @property
    def ending(self) -> str:
        """Give the member with which all sessions end: the password."""
        accounts = self.service.accounts
        names = {each.name for each in self.patched_secrets}
        return (
            accounts.password if accounts and self.is_account and accounts.password in names else ""
        )

    @property
    def guarded(self) -> bool:
        """Tell whether some members are set by some roles alone."""
        sent: tuple[MemberView, ...] = self.create if "create" in self.actions else ()
        sent += self.patch if "update" in self.actions else ()
        return any(each.writers for each in sent)

    @property
    def access_names(self) -> tuple[str, ...]:
        """Give what its service needs of access."""
        checked = any(each.tenant for each in self.checks)
        signs = "create" in self.actions and any("signedIn(" in each for each in self.inserted)
        found = {
            "type Caller": True,
            "reach": True,
            "type Reach": (bool(self.owned) and self.finds) or self.requires_own,
            "requireRole": self.guarded,
            "type Rule": self.versions,
            "signedIn": signs or checked or bool(self.tenant_property),
        }
        return _sorted(found)

    @property
    def problem_names(self) -> tuple[str, ...]:
        """Give the problems that its service tells."""
        found = {
            "conflict": bool(self.checks),
            "forbidden": (self.versions and "read" in self.actions) or self.requires_own,
            "notFound": self.versions or "read" in self.actions,
        }
        if self.versions and "read" in self.actions:
            found["notFound"] = True
        return _sorted(found)

    @property
    def database_names(self) -> tuple[str, ...]:
        """Give the types of queries that its service is given."""
        found = {
            "Queries": self.reads or self.requires_own or bool(self.checks),
            "Transaction": self.writes,
        }
        return _sorted(found)

    @property
    def kept_names(self) -> tuple[str, ...]:
        """Give the types of queries that its repository is given."""
        found = {"Changes": "update" in self.actions, "Queries": True, "Transaction": self.writes}
        return _sorted(found)

    @property
    def operators(self) -> tuple[str, ...]:
        """Give what its repository writes conditions with."""
        compared = {each.operator for each in self.filters} if "list" in self.actions else set()
        soft = self.soft_delete
        found = {
            "and": True,
            "eq": True,
            "type SQL": True,
            "sql": "update" in self.actions or (soft and "delete" in self.actions),
            "isNull": soft,
            "inArray": bool(self.links) or self.owned == "chained" or self.is_looked_up,
            **dict.fromkeys(compared, True),
        }
        return _sorted(found)

    @property
    def schema_types(self) -> tuple[str, ...]:
        """Give the types of what is sent and asked."""
        return tuple(f"{self.name}{each}" for each in self._schemas if each not in {"Key", "One"})

    @property
    def schema_values(self) -> tuple[str, ...]:
        """Give the schemas of what is sent and asked."""
        answers = ["Answer"] if self.reads or self.writes_body else []
        return tuple(f"{self.camel}{each}" for each in sorted([*answers, *self._schemas]))

    @property
    def _schemas(self) -> tuple[str, ...]:
        found = {
            "Create": "create" in self.actions,
            "Key": bool(self.row_methods),
            "List": "list" in self.actions,
            "One": "read" in self.actions,
            "Patch": "update" in self.actions,
            "Replace": "update" in self.actions and bool(self.replace),
        }
        return _sorted(found)

    @property
    def etag_names(self) -> tuple[str, ...]:
        """Give what its routes need of versions."""
        found = {
            "etag": self.writes_body or "read" in self.actions,
            "ifMatch": self.versions,
            "isKnown": "read" in self.actions,
        }
        return _sorted(found)

    @property
    def validation_names(self) -> tuple[str, ...]:
        """Give what its routes read requests with."""
        found = {
            "acceptsJson": self.reads,
            "body": self.writes_body,
            "readBody": self.writes_body,
            "readKey": bool(self.row_methods),
            "readQuery": self.reads,
        }
        return _sorted(found)

    @property
    def repositories(self) -> tuple[ModuleView, ...]:
        """Give the modules whose rows its service looks at."""
        wanted = {each.repository for each in self.checks}
        if self.requires_own and self.parent:
            wanted.add(self.parent.repository)
        others = (self.other(each) for each in self.service.resources)
        return tuple(each for each in others if each.repository in wanted)

    @property
    def builders(self) -> tuple[str, ...]:
        """Give what its tables are described with."""
        names = {
            *self.kept.builders,
            *(name for each in self.links for name in each.pairs.builders),
        }
        return tuple(sorted(names, key=str.lower))

    @property
    def referred(self) -> tuple[ModuleView, ...]:
        """Give the modules whose tables its own refer to."""
        names = {each.to for each in self.resource.fields} | {
            each.to for each in self.resource.links
        }
        found = (each for each in self.service.resources if each.name in names)
        return tuple(self.other(each) for each in found if each != self.resource)

    @property
    def has_flat(self) -> bool:
        """Tell whether a field holds free members."""
        return any(each.kind == "json" for each in self.resource.fields)


def _sorted(found: dict[str, bool]) -> tuple[str, ...]:
    """Give the names that hold, in the order of their letters."""
    names = (name for name, holds in found.items() if holds)
    return tuple(sorted(names, key=lambda each: each.removeprefix("type ").lower()))
