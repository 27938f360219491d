"""Points, places and contributions; who is beaten everywhere; who is ruled out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

import be_tui.core.comparisons as comparisons_face
from be_tui.core.comparisons import (
    Comparison,
    Stated,
    beaten,
    formula,
    rank,
    weigh,
    with_must,
    with_score,
    with_weight,
)
from be_tui.core.project import Profile
from tests.core.comparisons.making import comparison, comparisons, tea_or_coffee


def test_points_are_the_weighted_mean_of_the_values() -> None:
    ranked = rank(weigh(tea_or_coffee()))
    assert [(each.option.id, each.place, round(each.points, 2)) for each in ranked] == [
        ("tea", 1, round(100 * (6 * 0.75 + 4 * 1 + 5 * 0.8) / 15, 2)),
        ("coffee", 2, round(100 * (6 * 1 + 0 + 5 * 0.6) / 15, 2)),
        ("water", 3, round(100 * (6 * 0.125 + 4 * 0.5 + 5 * 1) / 15, 2)),
    ]


def test_an_open_score_leaves_points_between_two_ends() -> None:
    water = rank(weigh(tea_or_coffee()))[2]
    assert round(water.low, 2) == round(100 * 5 / 15, 2)
    assert round(water.high, 2) == round(100 * (6 * 0.25 + 4 + 5) / 15, 2)
    assert weigh(tea_or_coffee()).open == 2


@given(comparisons())
def test_contributions_add_up_to_the_points_and_places_follow_them(every: Comparison) -> None:
    ranked = rank(weigh(every))
    assert [each.place for each in ranked] == sorted(each.place for each in ranked)
    for one in ranked:
        assert sum(each.points for each in one.contributions) == pytest.approx(one.points)
        assert -1e-9 <= one.low <= one.points + 1e-9
        assert one.points <= one.high + 1e-9
        assert one.high <= 100 + 1e-9
        assert all(each.points <= each.most + 1e-9 for each in one.contributions)


def test_options_with_the_same_points_share_a_place() -> None:
    ranked = rank(weigh(comparison([1, 1], {"x": [4, 2], "y": [2, 4], "z": [1, 1]})))
    assert [each.place for each in ranked] == [1, 1, 3]


def test_a_figure_beyond_the_scale_counts_as_its_end() -> None:
    every = tea_or_coffee()
    stated = with_score(Stated(), every, "tea", "price", "25")
    assert weigh(every, stated).row("tea").values[2].middle == 0.0


def test_the_formula_says_how_a_figure_becomes_a_value() -> None:
    taste, _, price = tea_or_coffee().criteria
    assert formula(taste) == "value = (score - 1) / 4"
    assert formula(price) == "value = (10 - EUR) / 10"


def test_one_that_is_never_better_is_beaten_by_the_one_that_is_never_worse() -> None:
    every = comparison([1, 1], {"x": [4, 4], "y": [4, 3], "z": [5, 1]})
    assert [(each.option.id, each.by.id) for each in beaten(weigh(every))] == [("y", "x")]


def test_what_is_open_beats_nobody_for_certain() -> None:
    every = comparison([1, 1], {"x": [4, None], "y": [3, 3]})
    assert beaten(weigh(every)) == ()


def test_a_criterion_that_is_left_out_saves_nobody() -> None:
    every = comparison([1, 0], {"x": [4, 1], "y": [3, 5]})
    assert [each.option.id for each in beaten(weigh(every))] == ["y"]


def test_what_a_constraint_rules_out_is_not_ranked_but_named_with_the_reason() -> None:
    every = tea_or_coffee()
    matrix = weigh(every, with_must(Stated(), every, "warm", holds=True))
    assert [each.option.id for each in rank(matrix)] == ["tea", "coffee"]
    (out,) = matrix.ruled_out
    assert (out.option.id, out.constraint.id, out.why) == ("water", "warm", "It comes cold.")
    assert [(must.holds, must.origin) for must in matrix.musts] == [(True, "yours")]


def test_the_profile_doubles_what_it_favours_and_halves_what_may_suffer() -> None:
    every = tea_or_coffee()
    matrix = weigh(every, Stated(), Profile(favours="maintainability", gives_up="reliability"))
    assert [(each.weight, each.origin, each.before) for each in matrix.weights] == [
        (10.0, "profile", 6),
        (2.0, "profile", 4),
        (5.0, "given", 5),
    ]


def test_a_weight_of_your_own_stands_over_the_profiles() -> None:
    every = tea_or_coffee()
    stated = with_weight(Stated(), every, "taste", "3")
    matrix = weigh(every, stated, Profile(favours="maintainability"))
    assert (matrix.weights[0].weight, matrix.weights[0].origin) == (3.0, "yours")


def test_a_score_of_your_own_keeps_the_one_given_beside_it() -> None:
    every = tea_or_coffee()
    value = weigh(every, with_score(Stated(), every, "tea", "taste", "?")).row("tea").values[0]
    assert value.origin == "yours"
    assert value.cell.estimate is None
    assert str(value.given.estimate) == "4"


def test_where_everything_is_ruled_out_nothing_is_ranked() -> None:
    every = tea_or_coffee()
    (must,) = every.constraints
    breach = must.breaches[0]
    none = replace(must, breaches=tuple(replace(breach, option=o.id) for o in every.options))
    matrix = weigh(replace(every, constraints=(replace(none, holds=True),)))
    assert rank(matrix) == ()
    assert beaten(matrix) == ()


def test_the_face_names_only_what_is_there() -> None:
    assert all(getattr(comparisons_face, name) for name in comparisons_face.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nobody'"):
        _ = comparisons_face.nobody
