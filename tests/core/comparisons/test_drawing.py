"""Shares of weightings: held against what can be worked out, and the same every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from be_tui.core.comparisons import (
    WEIGHTINGS,
    Comparison,
    Stated,
    Weightings,
    beaten,
    sensitivity,
    weigh,
    with_weight,
)
from tests.core.comparisons.making import comparison, comparisons

THREE = {"x": [5, 1, 1], "y": [1, 5, 1], "z": [1, 1, 5]}


@pytest.mark.parametrize("weightings", WEIGHTINGS)
def test_the_same_matrix_has_the_same_shares(weightings: Weightings) -> None:
    matrix = weigh(comparison([3, 2, 1], {**THREE, "v": [None, 3, (2, 4)]}))
    assert sensitivity(matrix, weightings) == sensitivity(matrix, weightings)


def test_options_in_the_same_position_win_as_often_under_any_weighting() -> None:
    shares = sensitivity(weigh(comparison([9, 1, 1], THREE)))
    assert [each.share for each in shares.shares] == pytest.approx([1 / 3] * 3, abs=0.02)
    assert shares.draws == 10_000
    assert shares.error == 0.005


def test_two_criteria_are_parted_where_the_options_are_level() -> None:
    # x is ahead by 3/4 of p, y by 1/4 of 1 - p: level where p is a quarter.
    every = comparison([1, 1], {"x": [5, 2], "y": [2, 3]})
    assert sensitivity(weigh(every)).of("x") == pytest.approx(0.75, abs=0.015)


def test_in_the_order_of_yours_the_first_weighs_at_least_as_much() -> None:
    # p is spread evenly over 1/2 to 1 for the heavier criterion; x wins above 3/5.
    every = comparison([1, 9], {"x": [2, 4], "y": [5, 2]})
    assert sensitivity(weigh(every), "order").of("x") == pytest.approx(0.8, abs=0.015)


def test_criteria_of_the_same_weight_have_no_order_between_them() -> None:
    shares = sensitivity(weigh(comparison([2, 2, 2], THREE)), "order")
    assert [each.share for each in shares.shares] == pytest.approx([1 / 3] * 3, abs=0.02)
    shares = sensitivity(weigh(comparison([7, 2, 2], THREE)), "order")
    assert [each.share for each in shares.shares] == [1, 0, 0]


def test_near_yours_a_clear_winner_stays() -> None:
    matrix = weigh(comparison([9, 2, 2], THREE))
    assert sensitivity(matrix, "near").of("x") == 1.0
    assert sensitivity(matrix, "near", within=1.0).of("x") < 1.0


def test_near_yours_is_half_and_half_where_two_are_level() -> None:
    matrix = weigh(comparison([4, 4], {"x": [5, 1], "y": [1, 5]}))
    assert sensitivity(matrix, "near").of("x") == pytest.approx(0.5, abs=0.015)


def test_a_score_that_is_open_is_drawn() -> None:
    matrix = weigh(comparison([5], {"x": [None], "y": [3], "z": [1]}))
    shares = sensitivity(matrix)
    assert shares.of("x") == pytest.approx(0.5, abs=0.015)
    assert shares.of("y") == pytest.approx(0.5, abs=0.015)
    assert shares.of("z") == 0


def test_options_that_are_alike_part_the_draws() -> None:
    matrix = weigh(comparison([5, 1], {"x": [4, 4], "y": [4, 4]}))
    assert [each.share for each in sensitivity(matrix).shares] == [0.5, 0.5]


def test_a_criterion_that_is_left_out_decides_nothing() -> None:
    every = comparison([1, 1], {"x": [5, 1], "y": [1, 5]})
    matrix = weigh(every, with_weight(Stated(), every, "b", "0"))
    assert sensitivity(matrix).of("x") == 1.0


@settings(max_examples=25)
@given(comparisons())
def test_shares_add_up_and_who_is_beaten_never_wins(every: Comparison) -> None:
    matrix = weigh(every)
    lost = {each.option.id for each in beaten(matrix)}
    for weightings in WEIGHTINGS:
        shares = sensitivity(matrix, weightings, draws=200)
        assert sum(each.share for each in shares.shares) == pytest.approx(1.0)
        assert all(each.share == 0 for each in shares.shares if each.option.id in lost)
