"""Where a reader has been: back, and forward again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Place = TypeVar("Place")

LONGEST = 200
"""Places kept; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class History(Generic[Place]):
    """The places visited, and which of them is the present one."""

    places: tuple[Place, ...] = ()
    at: int = -1
    """The index of the present place; -1 before the first visit."""

    @property
    def here(self) -> Place | None:
        """Give the present place; nothing before the first visit."""
        return self.places[self.at] if self.places else None

    @property
    def can_go_back(self) -> bool:
        """Tell whether a place was visited before this one."""
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        """Tell whether the reader came back from another place."""
        return self.at + 1 < len(self.places)

    def visit(self, place: Place) -> History[Place]:
        """Go somewhere new; what lay forward is forgotten."""
        places = (*self.places[: self.at + 1], place)[-LONGEST:]
        return History(places, len(places) - 1)

    def keep(self, place: Place) -> History[Place]:
        """Put another value in the present place: where on it the reader is now."""
        if not self.places:
            return self
        before, after = self.places[: self.at], self.places[self.at + 1 :]
        return replace(self, places=(*before, place, *after))

    def back(self) -> History[Place]:
        """Go one place back, if there is one."""
        return replace(self, at=self.at - 1) if self.can_go_back else self

    def forward(self) -> History[Place]:
        """Go one place forward, if there is one."""
        return replace(self, at=self.at + 1) if self.can_go_forward else self
