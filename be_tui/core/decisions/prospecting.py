"""How a walk looks ahead, in one value: every outcome with its share, and what to ask first.

    ahead = prospect(walk, since=before)
    ahead.outcomes          all of the tree's, in its order, so that nothing changes places
    ahead.settled           the outcome that nothing open can change any more
    ahead.asks              the question that would settle the most

For a screen that draws this beside a question and again after each answer. What counts as open,
and what a share is, `leading` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.informing import inquiry
from be_tui.core.decisions.leading import counted, distribution, settled

if TYPE_CHECKING:
    from be_tui.core.decisions.informing import Gain
    from be_tui.core.decisions.leading import Distribution
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Outcome

AT_ONCE = 300
"""States that are counted within some milliseconds, between a key and what it shows."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """One outcome of the tree, and how much of what is open leads to it."""

    outcome: Outcome
    share: float
    """From 0, where it can no longer come out, up to 1."""

    moved: float = 0.0
    """What the share gained by the last answers, or lost."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """All outcomes of a tree as a walk sees them."""

    outcomes: tuple[Ahead, ...]
    """In the order of the tree."""

    exact: bool
    """False where the shares were sampled."""

    settled: Outcome | None
    """What comes out whatever is still answered; None where that is open."""

    asks: Gain | None
    """The open question that would settle the most, of those that can be asked now."""

    part: float
    """How much of the uncertainty it is expected to take, up to 1."""

    @property
    def possible(self) -> int:
        """Give how many outcomes can still come out."""
        return sum(each.share > 0 for each in self.outcomes)


def prospect(walk: Walk, since: Walk | None = None, limit: int = 0) -> Prospect | None:
    """Look ahead from where a walk stands.

    Args:
        walk: The walk.
        since: The walk before the last answers, to tell how shares moved; if there is one.
        limit: Give None where more states would have to be counted; 0 for no such limit.
    """
    now = counted(walk, limit) if limit else distribution(walk)
    if now is None:
        return None
    earlier = None
    if since is not None and since.tree is walk.tree:
        earlier = counted(since, limit) if limit else distribution(since)
    shares, before = _shares(now), _shares(earlier) if earlier else None
    outcomes = tuple(
        Ahead(each, share, share - before.get(each.id, 0.0) if before else 0.0)
        for each in walk.tree.outcomes
        for share in (shares.get(each.id, 0.0),)
    )
    if settled(walk):
        return Prospect(outcomes, now.exact, now.shares[0].outcome, None, 0.0)
    found = inquiry(walk)
    can = {step.question.id for step in walk.assumed} | walk.coming | {walk.end.id}
    asks = next((each for each in found.gains if each.question.id in can), None)
    part = min(asks.bits / found.bits, 1.0) if asks else 0.0
    return Prospect(outcomes, now.exact, None, asks, part)


def _shares(ahead: Distribution) -> dict[str, float]:
    return {each.outcome.id: each.share for each in ahead.shares}
