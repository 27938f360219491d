"""What of a spec contradicts itself, or cannot be a service in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.findings import Finding
from be_tui.core.scaffold.contract.wire import filters, json_name, link_name
from be_tui.core.scaffold.model import ACTIONS
from be_tui.core.scaffold.naming import LONGEST, is_name
from be_tui.core.scaffold.valuing import bound_faults, default_faults, example_faults
from be_tui.core.yamlform import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.findings import Place
    from be_tui.core.scaffold.model import Accounts, Field, Resource, Service
    from be_tui.core.yamlform import Faults

OWN_FIELDS = ("id", "created_at", "updated_at", "deleted_at", "version")
"""What every row has without being asked for."""

LIST_PARAMETERS = ("limit", "cursor", "sort", "fields")
"""What every list is asked with."""

OWN_PATHS = ("sessions", "health", "ready", "metrics", "openapi", "docs")
"""What stands beside the resources in the paths of a service."""

OWN_TABLES = ("idempotency_keys", "refresh_tokens", "outbox_events")
"""Tables that a service keeps for itself, now or once an option is chosen."""

LATEST = 99
"""The highest version of an interface."""

MOST_RESOURCES = 300
MOST_FIELDS = 300
"""Fields of one resource, with its links: each has its tests, over and over in all the others."""

_UNFILTERED = frozenset({"json", "password"})
_SERVICE = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def check(service: Service, faults: Faults) -> None:
    """Tell what is wrong with a service whose form is right."""
    _Checking(service, faults).run()


class _Checking:
    def __init__(self, service: Service, faults: Faults) -> None:
        self._service = service
        self._faults = faults
        self._names = tuple(each.name for each in service.resources)

    def _tell(self, rule: str, message: str, place: Place) -> None:
        rule = f"{self._faults.family}-{rule}"
        self._faults.findings.append(Finding(rule, "error", place, message))

    def run(self) -> None:
        service = self._service
        top = service.place
        if not _SERVICE.fullmatch(service.name) or len(service.name) > LONGEST:
            message = f"service: expected a name such as `shop-api`, found `{service.name[:99]}`"
            self._tell("bad-name", f"{message}; {LONGEST} characters at most", top)
        if not 1 <= service.version <= LATEST:
            self._tell("bounds", f"version: expected 1 to {LATEST}, found {service.version}", top)
        if len(service.resources) > MOST_RESOURCES:
            found = f"{len(service.resources):,} in one service"
            self._tell("bounds", f"resources: at most {MOST_RESOURCES}, found {found}", top)
            return
        self._plurals()
        self._pairs()
        for resource in service.resources:
            self._resource(resource)
        if service.accounts:
            self._accounts(service.accounts, top)
        self._circles()

    def _plurals(self) -> None:
        taken: dict[str, str] = dict.fromkeys((*OWN_PATHS, *OWN_TABLES), "the service itself")
        for resource in self._service.resources:
            if resource.plural in taken:
                message = (
                    f"{resource.name}: its plural `{resource.plural}` is that of"
                    f" {taken[resource.plural]}; say another with `plural`"
                )
                self._tell("collision", message, resource.place)
            elif resource.plural == resource.name:
                message = f"{resource.name}: its plural is its own name; say another with `plural`"
                self._tell("collision", message, resource.place)
            taken.setdefault(resource.plural, f"`{resource.name}`")

    def _pairs(self) -> None:
        """Tell of links whose pairs would stand in a table that there is already."""
        taken = {*OWN_TABLES, *(each.plural for each in self._service.resources)}
        for resource in self._service.resources:
            for link in resource.links:
                name = f"{resource.name}_{link.name}"
                if name in taken:
                    message = f"{link.name}: its pairs would stand in `{name}`, which is another's"
                    self._tell("collision", message, link.place)
                taken.add(name)

    def _resource(self, resource: Resource) -> None:
        self._name(resource.name, resource.place)
        if is_name(resource.name):
            self._name(resource.plural, resource.place)
        found = len(resource.fields) + len(resource.links)
        if found > MOST_FIELDS:
            message = f"{resource.name}: at most {MOST_FIELDS} fields, found {found:,}"
            self._tell("bounds", message, resource.place)
            return
        for name in (*(each.name for each in resource.fields), *_links(resource)):
            place = _place_of(resource, name)
            self._name(name, place)
            if name in OWN_FIELDS:
                self._tell("collision", f"{name}: every resource has this one already", place)
        self._on_the_wire(resource)
        for field in resource.fields:
            self._field(field)
        for link in resource.links:
            self._target(link.to, link.name, link.place)
        for names_together in resource.unique:
            self._together(resource, names_together)
        self._owned(resource)
        self._permitted(resource)

    def _on_the_wire(self, resource: Resource) -> None:
        """Tell of two that would have one name in JSON, or as parameters of a list."""
        members = [(json_name(each), each.place) for each in resource.fields]
        members += [(link_name(each), each.place) for each in resource.links]
        asked = [(each.name, each.field.place) for each in filters(resource)]
        own = [(each.name, each.place) for each in resource.fields]
        own += [(each.name, each.place) for each in resource.links]
        kinds = ((own, ()), (members, OWN_FIELDS), (asked, LIST_PARAMETERS))
        for found, taken in kinds:
            seen = set(taken)
            for name, place in found:
                if name in seen:
                    self._tell("collision", f"{name}: something else is called so", place)
                seen.add(name)

    def _name(self, name: str, place: Place) -> None:
        if not is_name(name):
            expected = f"small letters, digits and single `_`, {LONGEST} characters at most"
            self._tell("bad-name", f"`{name}`: a name is made of {expected}", place)

    def _target(self, to: str, name: str, place: Place) -> None:
        if to not in self._names:
            near = nearest(to, self._names)
            hint = f"did you mean `{near}`?" if near else f"there are {', '.join(self._names)}"
            self._tell("unknown-name", f"{name}: no resource `{to}`; {hint}", place)

    def _together(self, resource: Resource, names: tuple[str, ...]) -> None:
        for name in names:
            if resource.field(name) is None:
                message = f"{resource.name}: unique: no field `{name}`"
                self._tell("unknown-name", message, resource.place)
        if len(set(names)) < len(names):
            message = f"{resource.name}: unique: a field is named twice"
            self._tell("collision", message, resource.place)

    # A field by itself.

    def _field(self, field: Field) -> None:
        if field.kind == "reference":
            self._target(field.to, field.name, field.place)
            if field.on_delete == "set-null" and not field.nullable:
                message = f"{field.name}: `set-null` needs `nullable: true`"
                self._tell("contradiction", message, field.place)
        if field.kind in _UNFILTERED and (field.filtered or field.sorted or field.unique):
            message = f"{field.name}: a {field.kind} is not filtered, sorted or unique"
            self._tell("contradiction", message, field.place)
        if field.private and (field.filtered or field.sorted):
            message = (
                f"{field.name}: what is private is not filtered or sorted, which would tell it"
            )
            self._tell("contradiction", message, field.place)
        sent = field.required and not field.read_only
        if not (sent or field.nullable) and field.default is None:
            who = "nobody may set it" if field.read_only else "it may be left out"
            message = f"{field.name}: {who}, so it needs a default or `nullable: true`"
            self._tell("contradiction", message, field.place)
        if len(set(field.values)) < len(field.values):
            self._tell("collision", f"{field.name}: a value stands there twice", field.place)
        for value in field.values:
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,62}", value):
                expected = "letters, digits, `_` and `-`, a letter first"
                message = f"{field.name}: `{value}`: expected {expected}"
                self._tell("bad-name", message, field.place)
        wrong = (*bound_faults(field),) or (*default_faults(field), *example_faults(field))
        for problem in wrong:
            self._tell("bounds", f"{field.name}: {problem}", field.place)

    # Who may do what.

    def _owned(self, resource: Resource) -> None:
        accounts = self._service.accounts
        for key, name in (("owner", resource.owner), ("tenant", resource.tenant)):
            field = resource.field(name)
            if not name or (accounts and key == "owner" and name == resource.name):
                continue
            if field is None or field.kind != "reference" or field.nullable:
                message = f"{resource.name}: {key}: expected a reference that is never null"
                self._tell("unknown-name", message, resource.place)
            elif key == "owner" and not self._leads_home(resource):
                message = f"{resource.name}: owner: `{name}` does not lead to the accounts"
                self._tell("contradiction", message, resource.place)
            elif key == "tenant" and not self._same_tenant(field):
                message = f"{resource.name}: tenant: the accounts have no `tenant` that is one too"
                self._tell("contradiction", message, resource.place)

    def _same_tenant(self, field: Field) -> bool:
        """Tell whether accounts are of a tenant of this kind, which tells theirs from others'."""
        accounts = self._service.accounts
        if accounts is None:
            return True
        resource = self._service.resource(accounts.resource)
        own = resource.field(resource.tenant) if resource else None
        return own is not None and own.to == field.to

    def _leads_home(self, resource: Resource) -> bool:
        """Tell whether owners' references lead to an account in the end: a line's order's buyer."""
        accounts, seen = self._service.accounts, set[str]()
        at: Resource | None = resource
        while accounts and at and at.owner and at.name not in seen:
            seen.add(at.name)
            field = at.field(at.owner)
            if field is None or field.to == accounts.resource:
                return field is not None
            at = self._service.resource(field.to)
        return False

    def _permitted(self, resource: Resource) -> None:
        accounts = self._service.accounts
        roles = self._roles()
        for permission in resource.permissions:
            where = f"{resource.name}: allow: {permission.action}"
            closed = set(permission.who) - {"anyone", "nobody"}
            if closed and accounts is None:
                message = f"{where}: nobody can sign in; say `accounts`, or `anyone`"
                self._tell("contradiction", message, resource.place)
            if "owner" in closed and not resource.owner and not self._is_account(resource):
                self._tell("contradiction", f"{where}: there is no `owner`", resource.place)
            for role in permission.roles:
                if accounts and role not in roles:
                    told = ", ".join(roles) or "none: say `accounts.role`"
                    message = f"{where}: no role `{role}`; there are {told}"
                    self._tell("unknown-name", message, resource.place)
        for field in resource.fields:
            for role in field.writers:
                if role not in roles:
                    self._tell("unknown-name", f"{field.name}: no role `{role}`", field.place)
        if all("nobody" in resource.may(action).who for action in ACTIONS):
            self._tell("contradiction", f"{resource.name}: nobody may do anything", resource.place)

    def _is_account(self, resource: Resource) -> bool:
        accounts = self._service.accounts
        return accounts is not None and accounts.resource == resource.name

    def _roles(self) -> tuple[str, ...]:
        accounts = self._service.accounts
        resource = self._service.resource(accounts.resource) if accounts else None
        field = resource.field(accounts.role) if accounts and resource else None
        return field.values if field and field.kind == "enum" else ()

    def _accounts(self, accounts: Accounts, place: Place) -> None:
        resource = self._service.resource(accounts.resource)
        if resource is None:
            self._target(accounts.resource, "accounts.resource", place)
            return
        login = resource.field(accounts.login)
        if login is None or login.kind not in {"email", "text"} or not login.unique:
            message = f"accounts.login: `{accounts.login}` is no unique text of `{resource.name}`"
            self._tell("unknown-name", message, resource.place)
        password = resource.field(accounts.password)
        if password is None or password.kind != "password":
            message = f"accounts.password: `{accounts.password}` is no password field"
            self._tell("unknown-name", message, resource.place)
        role = resource.field(accounts.role)
        if accounts.role and (role is None or role.kind != "enum" or role.default is None):
            message = f"accounts.role: `{accounts.role}` is no enumeration with a default"
            self._tell("unknown-name", message, resource.place)

    # What has no beginning.

    def _circles(self) -> None:
        """Tell of rows that each need another first, so that none can be made."""
        needs = {
            each.name: tuple(_needed(each, self._service.accounts))
            for each in self._service.resources
        }
        for resource in self._service.resources:
            if resource.name in _reached(resource.name, needs):
                message = f"{resource.name}: each row needs another first; let a reference be null"
                self._tell("contradiction", message, resource.place)


def _links(resource: Resource) -> tuple[str, ...]:
    return tuple(link.name for link in resource.links)


def _place_of(resource: Resource, name: str) -> Place:
    found = resource.field(name) or next(each for each in resource.links if each.name == name)
    return found.place


def _needed(resource: Resource, accounts: Accounts | None) -> Iterator[str]:
    for field in resource.fields:
        if field.kind == "reference" and not field.nullable:
            yield field.to
    if accounts and resource.owner == resource.name != accounts.resource:
        yield resource.name


def _reached(start: str, needs: dict[str, tuple[str, ...]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(needs.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += needs.get(name, ())
    return seen
