"""What authorities say of a walk: the same answers under each one's word, and what decides.

    for stance in stances(walk):
        stance.outcome, stance.agrees, stance.decides

Where an authority comes to another outcome than the tree, the answers that would take the walk
there are the facts that decide between the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.flipping import Flips, flips_to
from be_tui.core.decisions.ways import LIMIT, explore
from be_tui.core.findings import Finding, Place
from be_tui.core.knowledge import holds, names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Value
    from be_tui.core.knowledge import Authority, Outcome, Position, Tree


@dataclass(frozen=True, slots=True)
class Stance:
    """What an authority says under the answers of a walk."""

    authority: Authority
    position: Position | None
    """None where it says nothing here."""

    outcome: Outcome | None
    agrees: bool
    """Whether it comes to the outcome of the walk."""

    decides: Flips
    """The smallest sets of answers that would take the walk to its outcome; none where it agrees
    or says nothing."""


def stances(walk: Walk) -> tuple[Stance, ...]:
    """Give what each authority of the tree says of a walk; nothing before there is an outcome."""
    if walk.outcome is None or not walk.tree.authorities:
        return ()
    answers = {step.question.id: step.option.id for step in walk.path}
    found = [(each, position_under(each, answers.get)) for each in walk.tree.authorities]
    theirs = {position.outcome for _, position in found if position} - {walk.outcome.id}
    decides = flips_to(walk, theirs) if theirs else {}
    return tuple(
        Stance(
            authority,
            position,
            walk.tree.find_outcome(position.outcome) if position else None,
            position is not None and position.outcome == walk.outcome.id,
            decides.get(position.outcome, Flips()) if position else Flips(),
        )
        for authority, position in found
    )


def position_under(
    authority: Authority, value_of: Callable[[str], Value | None]
) -> Position | None:
    """Give what an authority says under these answers; None where it says nothing."""
    return next(
        (each for each in authority.positions if not each.when or holds(each.when, value_of)), None
    )


def idle_words(tree: Tree, limit: int = LIMIT) -> Iterator[Finding]:
    """Give the positions that never count, and authorities that never differ from all others.

    Nothing where there are too many sets of answers to try.

    Args:
        tree: A tree that holds together.
        limit: The most states to look at.
    """
    if not tree.authorities:
        return
    told = _told(tree, limit)
    if told is None:
        return
    for authority in tree.authorities:
        for number, position in enumerate(authority.positions):
            if all(said[authority.id] is not position for _, said in told):
                message = (
                    f"authorities.{authority.id}.positions[{number}]: it never counts:"
                    " no set of answers meets it, or an earlier one always does"
                )
                place = Place(tree.path, position.line)
                yield Finding("tree-idle-position", "warning", place, message)
        if not any(_differs(authority, outcome, said) for outcome, said in told):
            message = f"`{authority.id}` never says anything else than all others and the tree do"
            yield Finding("tree-idle-authority", "info", Place(tree.path, authority.line), message)


Said = dict[str, "Position | None"]
"""What each authority says, by its id."""


def _told(tree: Tree, limit: int) -> list[tuple[str, Said]] | None:
    """Give what is said at each end that can be told apart; None where there are too many."""
    read = {
        name
        for authority in tree.authorities
        for position in authority.positions
        if position.when
        for name in names(position.when)
    }
    ways = explore(tree, limit, frozenset(read))
    if not ways.whole:
        return None
    return [
        (
            state.node,
            {each.id: position_under(each, dict(state.known).get) for each in tree.authorities},
        )
        for state in ways.states
        if state not in ways.moves
    ]


def _differs(authority: Authority, outcome: str, said: Said) -> bool:
    own = said[authority.id]
    others = {position.outcome for position in said.values() if position} | {outcome}
    return own is not None and others != {own.outcome}
