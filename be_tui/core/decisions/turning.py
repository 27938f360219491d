"""What a decision turns on: every single answer that, were it another, would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.model import Answer, Turn
from be_tui.core.decisions.outlook import look_ahead
from be_tui.core.decisions.replay import measures_of, replay
from be_tui.core.knowledge import Outcome

if TYPE_CHECKING:
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
    changes = (
        _turn(walk, step, option)
        for step in walk.path
        for option in step.question.options
        if option.id != step.option.id
    )
    return tuple(turn for turn in changes if turn)


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
