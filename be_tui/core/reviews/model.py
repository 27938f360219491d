"""A reference of items held against a project: what was measured, what the person said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from be_tui.core.knowledge.items import SCALES

if TYPE_CHECKING:
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge.items import ByProbe, Item, Level, Scale

ReplyKind = Literal["yes", "no", "na", "later"]
REPLIES: dict[ReplyKind, str] = {
    "yes": "yes, it holds",
    "no": "no, it is missing",
    "na": "it does not apply here",
    "later": "looked at later",
}
"""What a person can say of an item, each in words."""

State = Literal["missing", "open", "holds", "na"]
STATES: dict[State, str] = {
    "missing": "Missing",
    "open": "Open",
    "holds": "Holds",
    "na": "Does not apply",
}
"""How an item can stand, what needs work first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a probe tells of an item in this project."""

    way: ByProbe
    evidence: Evidence
    holds: bool | None
    """Whether the project keeps to the item; None where what was found does not settle it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person said of an item."""

    item: str
    """The item's id within the reference."""

    answer: ReplyKind
    note: str = ""
    said: str = ""
    """The day, as ISO 8601."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a person has said so far, and how much is asked."""

    reference: str
    level: Level
    """Items up to this level are asked: see `asked_levels`."""

    replies: tuple[Reply, ...] = ()
    """In the order in which they were first given, one an item at most."""

    def reply(self, item_id: str) -> Reply | None:
        """Give what was said of an item."""
        return next((each for each in self.replies if each.item == item_id), None)

    def replied(self, reply: Reply) -> Review:
        """Take a reply, in place of an earlier one about the same item."""
        if self.reply(reply.item) is None:
            return replace(self, replies=(*self.replies, reply))
        kept = (reply if each.item == reply.item else each for each in self.replies)
        return replace(self, replies=tuple(kept))

    def forgotten(self, item_id: str) -> Review:
        """Take back what was said of an item."""
        return replace(self, replies=tuple(each for each in self.replies if each.item != item_id))


@dataclass(frozen=True, slots=True)
class Standing:
    """One item as it stands in the project."""

    item: Item
    chapter: str
    """The title of its chapter."""

    verdicts: tuple[Verdict, ...]
    reply: Reply | None

    @property
    def measured(self) -> bool | None:
        """Tell what the probes say together: one that does not hold settles it."""
        told = [each.holds for each in self.verdicts]
        if False in told:
            return False
        return True if True in told else None

    @property
    def state(self) -> State:
        """Tell how it stands: the person's word counts before what was measured."""
        if self.reply is not None and self.reply.answer != "later":
            said: dict[ReplyKind, State] = {"yes": "holds", "no": "missing", "na": "na"}
            return said[self.reply.answer]
        measured = self.measured
        if measured is None:
            return "open"
        return "holds" if measured else "missing"

    @property
    def disputed(self) -> bool:
        """Tell whether the person says one thing and a probe another."""
        answer = self.reply.answer if self.reply else "later"
        return (answer, self.measured) in {("yes", False), ("no", True)}


def asked_levels(scale: Scale, level: Level) -> tuple[Level, ...]:
    """Give the levels that are asked at a level.

    Of a service, what its level needs and what every lower one needs: B asks for B and C. Of
    other references, what binds as much and more: SHOULD asks for MUST too.
    """
    levels = SCALES[scale]
    at = levels.index(level)
    return levels[at:] if scale == "service-level" else levels[: at + 1]


def first_level(scale: Scale) -> Level:
    """Give the level that asks least: where a review begins."""
    return "c" if scale == "service-level" else "must"
