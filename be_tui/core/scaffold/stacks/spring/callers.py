"""Who tries things in the tests of a resource, and what they may do with its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.scaffold.model import Action
    from be_tui.core.scaffold.stacks.spring.resources import SpringResource


@dataclass(frozen=True, slots=True)
class Callers:
    """Who tries something with a resource."""

    made: SpringResource
    chief: str
    """The role that may do most; empty without roles."""

    usual: str
    """The role of a new account."""

    roles: tuple[str, ...]
    others: Mapping[str, SpringResource]

    def beside(self, made: SpringResource) -> Callers:
        """Give the same of another resource."""
        return Callers(made, self.chief, self.usual, self.roles, self.others)

    def actor(self, action: Action) -> str:
        """Give the role that something is tried with where it is not about roles."""
        made = self.made
        if not self.chief:
            return ""
        named = made.resource.may(action).roles
        if self.chief in named or made.open_to_all(action) or made.signed_in(action):
            return self.chief
        if made.by_owner(action):
            return self.chief if action == "create" else self.actor("create")
        return named[0] if named else self.chief

    def usual_may(self, action: Action) -> bool:
        """Tell whether whoever just signed up may do something."""
        made = self.made
        return (
            made.open_to_all(action)
            or made.signed_in(action)
            or made.by_owner(action)
            or self.usual in made.resource.may(action).roles
        )

    def may(self, action: Action, who: str) -> bool:
        """Tell whether somebody may do something with a row, an owner with their own."""
        made = self.made
        if not made.allows(action):
            return False
        if made.open_to_all(action):
            return True
        if who == "nobody":
            return False
        role = self.usual if who in {"stranger", "owner"} else who
        if made.signed_in(action) or role in made.resource.may(action).roles:
            return True
        if action == "list" and made.by_owner(action):
            return True
        if action == "create" and made.by_owner(action):
            return not made.parent or who == "owner"
        return who == "owner" and made.by_owner(action)

    @property
    def has_owner(self) -> bool:
        """Tell whether somebody who just signed up can have a row of their own."""
        return self.made.is_owned and self.usual_may("create")
