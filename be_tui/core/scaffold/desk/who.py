"""Who may do what, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Action, Resource, Service


def who_may(service: Service, resource: Resource, action: Action) -> str:
    """Say who may do something: `the owner, or who is admin`."""
    permission = resource.may(action)
    if "nobody" in permission.who:
        return "nobody"
    if "anyone" in permission.who or service.accounts is None:
        return "anyone"
    said = {"signed-in": "whoever is signed in", "owner": "the owner"}
    parts = [said[each] for each in permission.who if each in said]
    if permission.roles:
        parts.append(f"who is {' or '.join(permission.roles)}")
    return ", or ".join(parts)
