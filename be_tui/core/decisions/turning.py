"""What a decision turns on: every single answer that, were it another, would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.model import Answer, Turn
from be_tui.core.decisions.outlook import look_ahead
from be_tui.core.decisions.replay import measures_of, replay
from be_tui.core.knowledge import Outcome, ticked_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.model import Step
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Option


def turns(walk: Walk) -> tuple[Turn, ...]:
    """Give every single change of an answer that would change the outcome, in path order.

    All other answers stay as they are, those kept aside included. A change that opens
    questions counts where any answer to them would lead elsewhere.
    """
    if walk.outcome is None:
        return ()
    return tuple(turn for step in walk.path for turn in _turns_of(walk, step))


def _turns_of(walk: Walk, step: Step) -> Iterator[Turn]:
    """Give the changes of one answer; of ticks only the smallest that do what they do."""
    given = ticked_set(step.option.id)
    found: list[tuple[frozenset[str], Turn]] = []
    for option in _others(step, given):
        turn = _turn(walk, step, option)
        if turn is None:
            continue
        changed = given ^ ticked_set(option.id)
        same = (each for each in found if each[0] < changed and _alike(each[1], turn))
        if step.question.kind == "several" and next(same, None):
            continue
        found.append((changed, turn))
        yield turn


def _others(step: Step, given: frozenset[str]) -> tuple[Option, ...]:
    """Give the other answers; where several can be ticked, what differs least comes first."""
    others = (option for option in step.question.answers if option.id != step.option.id)
    if step.question.kind != "several":
        return tuple(others)
    return tuple(sorted(others, key=lambda each: len(given ^ ticked_set(each.id))))


def _alike(one: Turn, other: Turn) -> bool:
    return (one.outcome, one.opens, one.among) == (other.outcome, other.opens, other.among)


def _turn(walk: Walk, step: Step, option: Option) -> Turn | None:
    answers = {answer.question: answer for answer in walk.answers}
    answers[step.question.id] = Answer(step.question.id, option.id)
    measures = measures_of(walk.evidence)
    path, end = replay(walk.nodes, answers, measures)
    if isinstance(end, Outcome):
        return None if end.id == walk.end.id else Turn(step, option, end)
    possible = look_ahead(walk.nodes, path, end, answers, measures).outcomes
    if possible == {walk.end.id}:
        return None
    among = tuple(each for each in walk.tree.outcomes if each.id in possible)
    if len(among) == 1:
        return Turn(step, option, among[0], opens=end)
    return Turn(step, option, None, opens=end, among=among)
