"""What the load test of a service is made from: what is asked, and with which bodies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.operations import path_of
from be_tui.core.scaffold.contract.wire import (
    answered,
    created,
    is_required,
    json_name,
    patched,
    sorts,
)
from be_tui.core.scaffold.model import ACTIONS
from be_tui.core.scaffold.shared.values import drawn, room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Action, Field, Resource, Service

_ROOM = 1000
"""Values below which one that must be unique is soon used up."""


@dataclass(frozen=True, slots=True)
class LoadView:
    """What the templates see."""

    service: Service
    contract: Json
    """What the scripts know of the service, as JSON."""

    lasting: tuple[str, ...]
    """Resources whose rows nobody may delete."""

    filters: Mapping[str, Callable[..., str]]


def view_of(service: Service) -> LoadView:
    """Give what the templates of the load test see."""
    accounts = service.accounts
    resources: list[Json] = [_resource(service, each) for each in _in_order(service)]
    contract: Json = {
        "base": f"/api/v{service.version}",
        "login": accounts.login if accounts else None,
        "resources": resources,
    }
    lasting = (each for each in service.resources if not _may(each, "delete"))
    names = tuple(each.name for each in lasting if _may(each, "create"))
    return LoadView(service, contract, names, {"json": _json})


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=True, indent=2)


def _in_order(service: Service) -> Iterator[Resource]:
    """Give resources after those that their rows need."""
    waiting, done = list(service.resources), set[str]()
    while waiting:
        ready = next((each for each in waiting if _needs(each) <= done | {each.name}), waiting[0])
        waiting.remove(ready)
        done.add(ready.name)
        yield ready


def _needs(resource: Resource) -> set[str]:
    return {each.to for each in resource.fields if _leads(each)}


def _leads(field: Field) -> bool:
    return field.kind == "reference" and not field.nullable


def _may(resource: Resource, action: Action) -> bool:
    """Tell whether anybody may do it."""
    return "nobody" not in resource.may(action).who


def _resource(service: Service, resource: Resource) -> Json:
    members = created(service, resource)
    sent = [each for each in members if each.field and _is_sent(each)]
    plain = [each for each in sent if each.field and each.field.kind != "reference"]
    changes = [each for each in patched(service, resource) if _changes(each)]
    actions: list[Json] = [each for each in ACTIONS if _may(resource, each)]
    if not changes and "update" in actions:
        actions.remove("update")
    if not _is_made(resource, sent) and "create" in actions:
        actions.remove("create")
    return {
        "name": resource.name,
        "path": path_of(service, resource),
        "actions": actions,
        "hashes": any(each.field and each.field.kind == "password" for each in plain),
        "body": [{"name": each.name, "value": drawn(each.field)} for each in plain if each.field],
        "references": list(_references(resource, sent)),
        "links": [{"name": each.name, "to": each.link.to} for each in members if each.link],
        "changes": [each.name for each in changes],
        "sorts": list(sorts(resource)),
        "fields": ["id", *(each.name for each in answered(resource)[:1])],
    }


def _is_sent(member: Member) -> bool:
    """Tell whether bodies have a member: what only some roles may send, where it is required."""
    field = member.field
    if field is None or (field.kind == "reference" and field.nullable):
        return False
    return is_required(member) or not (field.writers or drawn(field) is None)


def _changes(member: Member) -> bool:
    field = member.field
    return (
        field is not None
        and not field.writers
        and field.kind not in {"password", "reference"}
        and drawn(field) is not None
    )


def _is_made(resource: Resource, sent: list[Member]) -> bool:
    """Tell whether as many rows as are asked for can be made."""
    fields = [each.field for each in sent if each.field]
    if any(each.kind != "reference" and drawn(each) is None for each in fields):
        return False
    return all(each.roomy or each.leading for each in _unique_sets(resource, fields))


@dataclass(frozen=True, slots=True)
class _Unique:
    """Fields of which no two rows have the same values together."""

    roomy: bool
    """Whether values that are drawn hardly ever meet."""

    leading: tuple[str, ...]
    """Those that lead to other rows, of which each row can have its own."""


def _unique_sets(resource: Resource, sent: list[Field]) -> Iterator[_Unique]:
    for names in (*((each.name,) for each in resource.fields if each.unique), *resource.unique):
        known = [each for each in map(resource.field, names) if each]
        if any(each not in sent and each.nullable for each in known):
            # Without a value no two rows are alike.
            continue
        values = [each for each in known if each in sent and each.kind != "reference"]
        leading = tuple(each.name for each in known if each in sent and _leads(each))
        yield _Unique(bool(values) and prod(map(room, values)) >= _ROOM, leading)


def _references(resource: Resource, sent: list[Member]) -> Iterator[Json]:
    """Give the keys that a body needs, each with where it is from.

    One of a set that is unique leads to a row made for it, one to the tenant to the caller's own,
    all others to any row.
    """
    fresh: set[str] = set()
    for each in _unique_sets(resource, [each.field for each in sent if each.field]):
        if not each.roomy and not fresh & set(each.leading):
            fresh |= set(each.leading[:1])
    for member in sent:
        field = member.field
        if field is None or field.kind != "reference":
            continue
        source = "fresh" if field.name in fresh else "any"
        if field.name == resource.tenant:
            source = "found"
        yield {"name": json_name(field), "to": field.to, "from": source}
