"""What a decision turns on."""

from __future__ import annotations

from hypothesis import given, settings

from be_tui.core.decisions import Walk, start, turns
from be_tui.core.knowledge.model import Question, ticked_set
from tests.core.decisions.strategies import example_tree, walks


def flips(walk: Walk) -> list[tuple[str, str, str]]:
    return [
        (turn.step.question.id, turn.option.id, turn.outcome.id if turn.outcome else "open")
        for turn in turns(walk)
    ]


def test_each_answer_that_would_change_the_outcome_is_named_with_what_would_come() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code")
    assert flips(walk.answer("tests", "none")) == [
        ("felt", "no", "leave"),
        ("tests", "some", "tune"),
    ]


def test_an_unfinished_walk_turns_on_nothing_yet() -> None:
    assert turns(start(example_tree())) == ()


def test_a_change_that_opens_questions_tells_what_could_come_of_them() -> None:
    walk = start(example_tree()).answer("felt", "no")
    (turn,) = turns(walk)
    assert turn.outcome is None
    assert turn.opens is not None
    assert turn.opens.id == "where"
    assert [outcome.id for outcome in turn.among] == ["tune", "pin"]


def test_a_change_that_opens_questions_which_all_lead_to_one_outcome_tells_it() -> None:
    walk = start(example_tree()).answer("tests", "some").answer("felt", "no")
    (turn,) = turns(walk)
    assert turn.outcome is not None
    assert turn.outcome.id == "tune"
    assert turn.opens is not None


def test_what_an_assumed_answer_hangs_on_is_among_them() -> None:
    walk = start(example_tree()).answer("felt", "")
    assert [turn.step.answer.unknown for turn in turns(walk)] == [True]


def every_end(walk: Walk) -> set[str]:
    """Give the outcomes of every way to answer what is open."""
    if not isinstance(walk.end, Question):
        return {walk.end.id}
    ends = (every_end(walk.answer(walk.end.id, option.id)) for option in walk.end.answers)
    return set().union(*ends)


@settings(deadline=None)
@given(walks(finished=True))
def test_turns_are_what_trying_every_other_answer_finds(walk: Walk) -> None:
    tried = {
        (step.question.id, option.id): ends
        for step in walk.path
        for option in step.question.answers
        if option.id != step.option.id
        and (ends := every_end(walk.answer(step.question.id, option.id))) != {walk.end.id}
    }
    found = {
        (turn.step.question.id, turn.option.id): {turn.outcome.id}
        if turn.outcome
        else {outcome.id for outcome in turn.among}
        for turn in turns(walk)
    }
    # Of ticks only the smallest changes are told: another one that is tried holds one of them.
    assert found.items() <= tried.items()
    for step in walk.path:
        own = {option: ends for (asked, option), ends in tried.items() if asked == step.question.id}
        told = [option for asked, option in found if asked == step.question.id]
        if step.question.kind != "several":
            assert set(told) == own.keys()
        given_now = ticked_set(step.option.id)
        for option, ends in own.items():
            changed = given_now ^ ticked_set(option)
            same = [each for each in told if own[each] == ends]
            assert any(given_now ^ ticked_set(each) <= changed for each in same)
