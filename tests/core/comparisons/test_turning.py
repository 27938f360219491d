"""What would change the winner, held against moving the weight and looking."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given

from be_tui.core.comparisons import (
    Comparison,
    Stated,
    courses,
    crossings,
    rank,
    score_turns,
    weigh,
    weight_turns,
    with_score,
    with_weight,
)
from tests.core.comparisons.making import comparison, comparisons, tea_or_coffee

HAIR = 1e-6


def leads(every: Comparison, index: int, weight: float) -> tuple[str, ...]:
    """Give who leads, or who share the lead, with one weight set."""
    criteria = list(every.criteria)
    criteria[index] = replace(criteria[index], weight=weight)
    ranked = rank(weigh(replace(every, criteria=tuple(criteria))))
    return tuple(each.option.id for each in ranked if ranked[0].points - each.points < 1e-7)


def test_the_smallest_change_of_a_weight_comes_first_and_is_exact() -> None:
    # x leads by 4·5 - 3·2 on values of quarters; y leads once b weighs more than 20/3.
    every = comparison([5, 2], {"x": [5, 1], "y": [1, 4]})
    (turn,) = weight_turns(weigh(every))[:1]
    assert (turn.criterion.id, turn.winner.id) == ("a", "y")
    assert turn.at == pytest.approx(1.5)
    up = weight_turns(weigh(every))[1]
    assert up.criterion.id == "b"
    assert up.at == pytest.approx(20 / 3)


def test_nothing_turns_where_one_is_never_worse() -> None:
    matrix = weigh(comparison([5, 2], {"x": [5, 4], "y": [1, 4]}))
    assert weight_turns(matrix) == ()


def test_where_the_best_are_level_nothing_is_said_to_turn() -> None:
    matrix = weigh(comparison([3, 3], {"x": [5, 1], "y": [1, 5]}))
    assert weight_turns(matrix) == ()
    assert score_turns(matrix) == ()


@given(comparisons())
def test_past_a_turn_another_wins_and_before_it_nobody_else(every: Comparison) -> None:
    turns = weight_turns(weigh(every))
    (leader, *_) = [each.option.id for each in rank(weigh(every))]
    for turn in turns:
        index = [each.id for each in every.criteria].index(turn.criterion.id)
        sign = 1 if turn.at >= turn.weight else -1
        past = min(max(turn.at + sign * 1e-3, HAIR), 10)
        assume(all(abs(other.at - turn.at) > 2e-3 for other in turns if other is not turn))
        assert leader not in leads(every, index, past)
        between = (turn.weight + turn.at) / 2
        if between > HAIR:
            assert leader in leads(every, index, between)


@given(comparisons())
def test_where_no_turn_is_named_for_a_weight_none_is(every: Comparison) -> None:
    matrix = weigh(every)
    ranked = rank(matrix)
    assume(ranked[0].points - ranked[1].points > 1e-6)
    named = {turn.criterion.id for turn in weight_turns(matrix)}
    for index, each in enumerate(every.criteria):
        if each.id in named:
            continue
        rest = sum(other.weight for other in every.criteria if other is not each)
        for step in range(0 if rest else 1, 11):
            assert ranked[0].option.id in leads(every, index, step)


@given(comparisons(open_scores=False))
def test_a_single_score_that_is_named_makes_another_win(every: Comparison) -> None:
    matrix = weigh(every)
    leader = rank(matrix)[0].option.id
    for turn in score_turns(matrix):
        stated = with_score(Stated(), every, turn.option.id, turn.criterion.id, f"{turn.to:g}")
        assert rank(weigh(every, stated))[0].option.id == turn.winner.id != leader


def test_a_score_turns_by_the_smallest_step_that_does_it() -> None:
    every = comparison([1], {"x": [3], "y": [2]})
    found = [(each.option.id, each.score, each.to) for each in score_turns(weigh(every))]
    assert sorted(found) == [("x", 3, 1), ("y", 2, 4)]


def test_a_figure_turns_at_an_end_of_its_scale() -> None:
    every = tea_or_coffee()
    turns = [each for each in score_turns(weigh(every)) if each.criterion.id == "price"]
    assert [(each.option.id, each.to) for each in turns] == [("tea", 10.0)]
    assert turns[0].score == pytest.approx(2.0)


def test_a_course_goes_from_without_a_criterion_to_its_full_weight() -> None:
    every = comparison([2, 5], {"x": [5, 1], "y": [1, 5]})
    x, y = courses(weigh(every), "a", steps=3)
    assert x.points == pytest.approx((0, 50, 200 / 3))
    assert y.points == pytest.approx((100, 50, 100 / 3))


def test_a_course_of_the_only_criterion_is_level() -> None:
    (x, _) = courses(weigh(comparison([2], {"x": [5], "y": [1]})), "a", steps=3)
    assert x.points == (100, 100, 100)


def test_the_leader_changes_at_each_crossing() -> None:
    every = comparison([2, 5, 1], {"x": [5, 1, 1], "y": [1, 5, 1], "z": [3, 4, 1]})
    found = crossings(weigh(every), "a")
    assert [(each.before.id, each.after.id) for each in found] == [("y", "z"), ("z", "x")]
    assert [each.at for each in found] == pytest.approx([2.5, 7.5])


@given(comparisons())
def test_between_crossings_the_leader_stays(every: Comparison) -> None:
    matrix = weigh(every)
    for index, each in enumerate(every.criteria):
        marks = crossings(matrix, each.id)
        edges = [0.0, *(mark.at for mark in marks), 10.0]
        for mark, start, end in zip(marks, edges, edges[1:], strict=False):
            if end - start > 1e-3:
                assert mark.before.id in leads(every, index, (start + end) / 2)
        assert [mark.at for mark in marks] == sorted(mark.at for mark in marks)
        if marks and edges[-1] - edges[-2] > 1e-3:
            assert marks[-1].after.id in leads(every, index, (edges[-1] + edges[-2]) / 2)


def test_nobody_leads_where_all_are_ruled_out() -> None:
    every = tea_or_coffee()
    (must,) = every.constraints
    all_out = tuple(replace(must.breaches[0], option=each.id) for each in every.options)
    matrix = weigh(replace(every, constraints=(replace(must, breaches=all_out, holds=True),)))
    assert crossings(matrix, "taste") == ()
    assert weight_turns(matrix) == ()
    assert with_weight(Stated(), every, "taste", "2").count == 1
