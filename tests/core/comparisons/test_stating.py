"""What a person says: read, kept, taken back, and refused in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.comparisons import (
    Stated,
    StatedMust,
    StatedScore,
    StatedWeight,
    stated_from_json,
    stated_to_json,
    with_must,
    with_score,
    with_weight,
)
from be_tui.core.comparisons.model import Estimate
from be_tui.core.errors import InputError
from tests.core.comparisons.making import tea_or_coffee

EVERY = tea_or_coffee()


def test_a_later_weight_stands_for_an_earlier_one_and_nothing_takes_it_back() -> None:
    stated = with_weight(with_weight(Stated(), EVERY, "taste", "3"), EVERY, "taste", "7.5")
    assert stated.weights == (StatedWeight("taste", 7.5),)
    assert with_weight(stated, EVERY, "taste", " ") == Stated()


@pytest.mark.parametrize(
    ("text", "estimate"),
    [("4", Estimate(4, 4)), ("2-4", Estimate(2, 4)), ("2.5 – 3", Estimate(2.5, 3)), ("?", None)],
)
def test_a_score_is_a_number_a_range_or_open(text: str, estimate: Estimate | None) -> None:
    stated = with_score(Stated(), EVERY, "tea", "taste", text, "  we  tried ")
    assert stated.scores == (StatedScore("tea", "taste", estimate, "we tried"),)


def test_a_new_score_keeps_the_reason_said_before() -> None:
    stated = with_score(Stated(), EVERY, "tea", "taste", "2", "we tried")
    stated = with_score(stated, EVERY, "tea", "taste", "3")
    assert stated.scores[0].why == "we tried"
    assert with_score(stated, EVERY, "tea", "taste", "") == Stated()


def test_a_constraint_that_is_as_the_file_has_it_is_not_kept() -> None:
    stated = with_must(Stated(), EVERY, "warm", holds=True)
    assert stated.musts == (StatedMust("warm", holds=True),)
    assert with_must(stated, EVERY, "warm", holds=False) == Stated()


@pytest.mark.parametrize(
    ("say", "line"),
    [
        (lambda: with_weight(Stated(), EVERY, "tast", "3"), "has no criterion 'tast'; did you me"),
        (lambda: with_weight(Stated(), EVERY, "x", "3"), "it has taste, calm, price"),
        (lambda: with_weight(Stated(), EVERY, "taste", "11"), "a number from 0 to 10"),
        (lambda: with_weight(Stated(), EVERY, "taste", "lots"), "a number from 0 to 10"),
        (lambda: with_score(Stated(), EVERY, "te", "taste", "3"), "no option 'te'; did you mean"),
        (lambda: with_score(Stated(), EVERY, "tea", "taste", "6"), "6 is not between 1 and 5"),
        (lambda: with_score(Stated(), EVERY, "tea", "taste", "good"), "is no score from 1 to 5"),
        (lambda: with_score(Stated(), EVERY, "tea", "price", "dear"), "is no figure in EUR"),
        (lambda: with_score(Stated(), EVERY, "tea", "taste", "4-2"), "from the larger to the"),
        (lambda: with_must(Stated(), EVERY, "cold", holds=True), "no constraint 'cold'"),
        (
            lambda: with_must(Stated(), replace(EVERY, constraints=()), "cold", holds=True),
            "it has no constraint",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(say: object, line: str) -> None:
    with pytest.raises(InputError, match=line):
        say()  # type: ignore[operator]


@st.composite
def stateds(draw: st.DrawFn) -> Stated:
    stated = Stated()
    for criterion in draw(st.sets(st.sampled_from(["taste", "calm", "price"]))):
        stated = with_weight(stated, EVERY, criterion, str(draw(st.integers(0, 10))))
    for option in draw(st.sets(st.sampled_from(["tea", "coffee", "water"]))):
        text = draw(st.sampled_from(["1", "?", "2-3", "4.5"]))
        stated = with_score(stated, EVERY, option, "calm", text, draw(st.sampled_from(["", "so"])))
    return with_must(stated, EVERY, "warm", holds=draw(st.booleans()))


@given(stateds())
def test_what_is_kept_comes_back_as_it_was(stated: Stated) -> None:
    assert stated_from_json(EVERY, stated_to_json(stated)) == (stated, ())


def test_what_the_file_has_no_place_for_any_more_is_named() -> None:
    stated = with_must(with_weight(Stated(), EVERY, "taste", "3"), EVERY, "warm", holds=True)
    stated = with_score(stated, EVERY, "tea", "calm", "?")
    kept = stated_to_json(stated)
    changed = replace(EVERY, criteria=EVERY.criteria[1:], options=EVERY.options[1:], constraints=())
    assert stated_from_json(changed, kept) == (Stated(), ("taste=3.0", "tea.calm=?", "warm"))


@pytest.mark.parametrize(
    "rubbish", [None, 3, [], {"weights": [1], "scores": {"a": 1}}, {"scores": [3]}]
)
def test_rubbish_says_nothing(rubbish: object) -> None:
    assert stated_from_json(EVERY, rubbish)[0] == Stated()
