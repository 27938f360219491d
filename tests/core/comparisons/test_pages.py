"""Pages of a comparison, as text: what is told, and how figures are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from be_tui.core.comparisons import (
    WEIGHTINGS,
    Matrix,
    Stated,
    about_page,
    cell_page,
    comparison_page,
    option_page,
    reasons_page,
    sensitivity,
    turning_page,
    weigh,
    with_must,
    with_score,
    with_weight,
)
from be_tui.core.comparisons.pages.cell import weight_page
from be_tui.core.comparisons.pages.drawing import letter, percent
from be_tui.core.comparisons.pages.holding import course_page, holding_page
from be_tui.core.document import Document, to_text
from be_tui.core.project import Profile
from tests.core.comparisons.making import comparison, tea_or_coffee

EVERY = tea_or_coffee()
MATRIX = weigh(EVERY)


def text(page: Document) -> str:
    return to_text(page, 100)


def all_out() -> Matrix:
    (must,) = EVERY.constraints
    breaches = tuple(replace(must.breaches[0], option=each.id) for each in EVERY.options)
    return weigh(replace(EVERY, constraints=(replace(must, breaches=breaches, holds=True),)))


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.001, "<1 %"), (0.25, "25 %"), (0.999, ">99 %"), (1, "100 %")],
)
def test_a_share_is_never_rounded_to_nothing_or_all(share: float, words: str) -> None:
    assert percent(share) == words


def test_columns_have_letters_and_then_letters_with_numbers() -> None:
    assert [letter(index) for index in (0, 25, 26, 53)] == ["A", "Z", "A1", "B2"]


def test_the_whole_page_tells_all_its_parts() -> None:
    drawn = tuple(sensitivity(MATRIX, each, draws=200) for each in WEIGHTINGS)
    told = text(comparison_page(MATRIX, drawn))
    for words in (
        "Which drink for the team?",
        " 1  Tea      83.3  ████",
        "2 scores not known exactly",
        "A  Taste (weight 6, 40 % of all). 1: worst; 5: best",
        "0 EUR: worst; 10 EUR: best; less is better",
        "Weights any at all",
        "What would change it",
    ):
        assert words in told, words
    assert "█" not in text(comparison_page(MATRIX, drawn, bars=False))
    assert "1. Tea: 83.3 of 100 points" in text(comparison_page(MATRIX, drawn, bars=False))


def test_what_is_yours_or_your_profiles_is_marked() -> None:
    stated = with_score(with_weight(Stated(), EVERY, "price", "2"), EVERY, "tea", "taste", "3")
    matrix = weigh(EVERY, stated, Profile(favours="reliability"))
    told = text(comparison_page(matrix, ()))
    assert "3*" in told
    assert "yours, 5 before" in told
    assert "raised or lowered by your profile, 4 before" in " ".join(told.split())
    assert "There is nothing to weigh." in told


def test_one_that_is_beaten_or_ruled_out_is_told_with_the_reason() -> None:
    beaten_one = weigh(comparison([1, 1], {"x": [4, 4], "y": [3, 3]}))
    assert "Y is nowhere better than X" in text(comparison_page(beaten_one, ()))
    out = weigh(EVERY, with_must(Stated(), EVERY, "warm", holds=True))
    told = text(comparison_page(out, ()))
    assert "Water is ruled out: It is served warm. It comes cold." in told
    assert "Every option is ruled out." in text(comparison_page(all_out(), ()))


def test_a_cell_tells_its_reason_source_and_formula() -> None:
    told = text(cell_page(MATRIX, "tea", "price"))
    for words in ("Tea: 2 EUR", "tea by price", "A. Author, The book, ch. 2", "(10 - EUR) / 10"):
        assert words in told, words
    assert "Nobody has said" in text(cell_page(MATRIX, "water", "calm"))


def test_a_score_of_your_own_stands_beside_the_files() -> None:
    stated = with_score(Stated(), EVERY, "tea", "price", "?", "it changes")
    stated = with_score(stated, EVERY, "tea", "taste", "2")
    stated = with_score(stated, EVERY, "water", "calm", "4")
    matrix = weigh(EVERY, stated)
    told = text(cell_page(matrix, "tea", "price"))
    assert "Tea: not known" in told
    assert "it changes" in told
    assert "The file says 2 EUR:" in told
    assert "Your score; no reason was given." in text(cell_page(matrix, "tea", "taste"))
    assert "The file does not know it." in text(cell_page(matrix, "water", "calm"))


def test_a_weight_tells_where_it_comes_from() -> None:
    assert "From your profile; the file says 4." in text(
        weight_page(weigh(EVERY, None, Profile(favours="reliability")), "calm")
    )
    yours = weigh(EVERY, with_weight(Stated(), EVERY, "calm", "1"))
    assert "Yours; the file says 4." in text(weight_page(yours, "calm"))
    assert "Why calm." in text(weight_page(MATRIX, "calm"))


def test_an_option_tells_risks_and_what_comes_later() -> None:
    out = weigh(EVERY, with_must(Stated(), EVERY, "warm", holds=True))
    told = text(option_page(out, "water"))
    for words in (
        "Ruled out: It is served warm",
        "Keep a bottle",
        "It will always",
        "guide#caching",
    ):
        assert words in told, words
    assert "What can go wrong" not in text(option_page(MATRIX, "tea"))


def test_reasons_are_told_for_all_or_for_some() -> None:
    assert "Coffee" in text(reasons_page(MATRIX))
    assert "Coffee" not in text(reasons_page(MATRIX, ["tea"]))


def test_before_it_is_weighed_it_tells_what_is_compared() -> None:
    told = text(about_page(EVERY))
    for words in ("be-tui compare drinks", "About tea.", "It is served warm", "rules out 1 option"):
        assert words in told, words
    assert "What may have to hold" not in text(about_page(replace(EVERY, constraints=())))


def test_what_would_change_it_names_weights_and_scores() -> None:
    told = text(turning_page(weigh(comparison([5, 2], {"x": [5, 1], "y": [1, 4]}))))
    assert "A weighs below 1.5 rather than 5 (-3.5): Y wins" in told
    assert "B weighs above 6.67 rather than 2 (+4.7): Y wins" in told
    assert "X has 2 rather than 5 by A: Y wins" in told


def test_where_nothing_changes_it_that_is_told() -> None:
    one_sided = weigh(comparison([5, 5], {"x": [5, 5], "y": [1, 1]}))
    told = text(turning_page(one_sided))
    assert "No single weight from 0 to 10 takes the lead from X." in told
    assert "No single score takes the lead from X." in told
    level = weigh(comparison([5, 5], {"x": [5, 1], "y": [1, 5]}))
    assert "X and Y are level" in text(turning_page(level))
    assert "nobody else" in text(turning_page(all_out()))


def test_more_scores_than_are_shown_are_counted() -> None:
    many = {name: [3, 3, 3, 3] for name in ("w", "y", "z")} | {"x": [3, 3, 3, 4]}
    assert "more scores" in text(turning_page(weigh(comparison([5, 5, 5, 5], many))))


def test_how_far_it_holds_is_told_once_it_is_drawn() -> None:
    assert "drawing …" in text(holding_page(MATRIX, ()))
    drawn = tuple(sensitivity(MATRIX, each, draws=200) for each in WEIGHTINGS)
    told = text(holding_page(MATRIX, drawn))
    assert "200 weightings drawn each" in told
    assert "Tea" in told
    beaten_one = weigh(comparison([1, 1], {"x": [4, 4], "y": [3, 3]}))
    assert "Y is nowhere better than X." in text(holding_page(beaten_one, ()))


def test_a_course_marks_where_the_leader_changes_and_where_the_weight_is() -> None:
    matrix = weigh(comparison([2, 5, 1], {"x": [5, 1, 1], "y": [1, 5, 1], "z": [3, 4, 1]}))
    told = text(course_page(matrix, "a", 60))
    for words in (
        "┊",
        "┴",
        "▲",
        "Above 2.5 Z leads, below it Y.",
        "Above 7.5 X leads, below it Z.",
    ):
        assert words in told, words
    low = text(course_page(matrix, "a", 60, high=False))
    assert len(low.splitlines()) < len(told.splitlines())
    assert "leads at every weight" in text(course_page(MATRIX, "taste", 60))
    assert text(course_page(all_out(), "taste", 60)) == ""


@pytest.mark.parametrize("weight", [0, 5, 10])
def test_the_weight_is_marked_at_either_end_too(weight: int) -> None:
    matrix = weigh(comparison([weight, 5], {"x": [5, 1], "y": [1, 5]}))
    told = text(course_page(matrix, "a", 40))
    assert told.count("▲") == 1
