"""Where a walk leads: shares of what is open, compared with walking all of it."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from be_tui.core.decisions import (
    Walk,
    distribution,
    leads_page,
    leads_words,
    report,
    robust,
    settled,
    start,
    turns,
)
from be_tui.core.decisions.pages.leading import percent
from be_tui.core.document import to_text
from be_tui.core.knowledge.conditions import All, Is
from be_tui.core.knowledge.model import Option, Question, Route, Tree, Unknown
from tests.core.decisions.strategies import evidence, example_tree, outcome, walks

if TYPE_CHECKING:
    from collections.abc import Callable


SLACK = 4 if sys.gettrace() else 1
"""Counting what is covered takes time of its own."""


def shares_of(walk: Walk, limit: int = 2_000) -> dict[str, float]:
    return {each.outcome.id: each.share for each in distribution(walk, limit).shares}


def by_walking(walk: Walk) -> dict[str, float]:
    """Give the shares by walking on over every option of every open question."""
    walk = replace(walk, answers=tuple(each for each in walk.answers if not each.unknown), at="")
    if walk.question is None:
        return {walk.end.id: 1.0}
    found: dict[str, float] = {}
    for option in walk.question.answers:
        for end, share in by_walking(walk.answer(walk.question.id, option.id)).items():
            found[end] = found.get(end, 0) + share / len(walk.question.answers)
    return found


def ten_questions() -> Tree:
    """Give ten questions of four options, the last of which weighs all answers."""
    names = [f"q{each}" for each in range(10)]
    options = [f"a{each}" for each in range(4)]

    def rule(place: int, *wanted: int) -> Route:
        reads = names[place:] + names[:place]
        parts = tuple(Is(name, tuple(options[each] for each in wanted)) for name in reads)
        return Route(All(parts), f"o{place % 5}", f"rule {place}")

    routes = (rule(0, 0, 1), rule(1, 1, 2, 3), rule(2, 0, 2, 3), rule(3, 0, 1, 3))
    questions = [
        Question(
            name,
            f"{name}?",
            "so",
            tuple(Option(each, each, to) for each in options),
            Unknown("a0", "none"),
        )
        for name, to in zip(names, [*names[1:], "o4"], strict=True)
    ]
    questions[-1] = replace(questions[-1], routes=routes)
    outcomes = tuple(outcome(f"o{each}") for each in range(5))
    return Tree("ten", 1, "Ten", "What?", "So.", "q0", tuple(questions), outcomes)


def with_unknown(count: int) -> Walk:
    """Give a walk over ten questions, the first ones of which nobody could answer."""
    walk = start(ten_questions())
    for place, question in enumerate(walk.tree.questions):
        walk = walk.answer(question.id, "" if place < count else f"a{place % 2}")
    return walk


@settings(deadline=None)
@given(walks())
def test_shares_are_what_walking_every_open_question_gives(walk: Walk) -> None:
    assert distribution(walk).exact
    assert shares_of(walk) == pytest.approx(by_walking(walk))


@settings(deadline=None)
@given(walks())
def test_shares_add_up_to_all_and_the_largest_stands_first(walk: Walk) -> None:
    shares = [each.share for each in distribution(walk).shares]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True) or shares == pytest.approx(
        sorted(shares, reverse=True)
    )
    assert robust(walk) == distribution(walk).shares[0]


@settings(deadline=None)
@given(walks())
def test_a_walk_is_settled_if_and_only_if_one_outcome_is_left(walk: Walk) -> None:
    assert settled(walk) == (len(by_walking(walk)) == 1)


@settings(max_examples=25, deadline=None)
@given(walks())
def test_a_sample_is_near_the_truth_the_same_each_time_and_says_what_it_is(walk: Walk) -> None:
    sampled = distribution(walk, limit=0)
    assert sampled == distribution(walk, limit=0)
    # Where nothing is open there is nothing to sample.
    assert sampled.exact == (not is_open(walk))
    truth = by_walking(walk)
    for each in sampled.shares:
        assert each.share == pytest.approx(truth[each.outcome.id], abs=0.06)


def is_open(walk: Walk) -> bool:
    sure = replace(walk, answers=tuple(each for each in walk.answers if not each.unknown), at="")
    return sure.question is not None


def test_what_nobody_knew_is_open_however_far_the_walk_got() -> None:
    walk = start(example_tree()).answer("felt", "")
    assert walk.outcome
    assert walk.outcome.id == "leave"
    # `no` leads to it; from `yes` on, two more questions share what is left.
    assert shares_of(walk) == pytest.approx({"leave": 0.5, "tune": 0.25, "pin": 0.25})
    assert not settled(walk)


def test_what_was_measured_counts_as_it_was_taken() -> None:
    walk = start(example_tree(), (evidence("size", {"size.files": 300}),)).answer("felt", "yes")
    assert shares_of(walk) == pytest.approx({"profile": 0.5, "tune": 0.25, "pin": 0.25})


def test_a_walk_is_settled_while_questions_are_open_that_all_lead_to_the_same() -> None:
    tree = example_tree()
    felt, where, tests = tree.questions
    same = replace(tests, options=tuple(replace(each, to="pin") for each in tests.options))
    tree = replace(tree, questions=(felt, replace(where, routes=()), same))
    walk = start(tree).answer("felt", "yes")
    assert walk.question
    assert settled(walk)
    assert leads_words(walk) == "settled: “Pin it by tests first”"
    assert "Settled: Pin it by tests first" in to_text(leads_page(walk))


def test_ten_questions_with_five_unknown_are_counted_exactly_within_60_ms() -> None:
    walk = with_unknown(5)
    distribution(walk)
    best = min(timed(lambda: distribution(walk)) for _ in range(5))
    assert distribution(walk).exact
    assert shares_of(walk) == pytest.approx(by_walking(walk))
    assert best < 0.06 * SLACK


def test_all_single_changes_of_ten_answers_are_found_within_2_ms() -> None:
    walk = with_unknown(0)
    assert min(timed(lambda: turns(walk)) for _ in range(9)) < 0.002 * SLACK


def test_more_than_can_be_counted_is_sampled_within_a_blink() -> None:
    walk = with_unknown(10)
    assert not distribution(walk).exact
    assert min(timed(lambda: distribution(walk)) for _ in range(3)) < 0.3 * SLACK
    assert leads_words(walk).startswith("about ")
    assert "too many to count, so sampled" in to_text(leads_page(walk))


def timed(what: Callable[[], object]) -> float:
    began = time.process_time()
    what()
    return time.process_time() - began


def test_the_page_draws_shares_and_says_them_as_a_list_where_nothing_is_drawn() -> None:
    walk = start(example_tree())
    page = to_text(leads_page(walk))
    assert "████████░░░░░░░░  50 %  Leave it" in page
    assert "(each answer still open counted alike)" in page
    plain = to_text(leads_page(walk, bars=False))
    assert "Leave it: 50 %" in plain
    assert "█" not in plain


def test_outcomes_beyond_the_first_six_are_counted() -> None:
    ends = tuple(outcome(f"o{each}") for each in range(8))
    options = tuple(Option(f"a{each}", "so", f"o{each}") for each in range(8))
    only = Question("q", "What?", "so", options, Unknown("a0", "none"))
    walk = start(Tree("eight", 1, "Eight", "What?", "So.", "q", (only,), ends))
    assert "and 2 more (each answer still open counted alike)" in to_text(leads_page(walk))


def test_one_line_says_the_two_largest_shares_and_how_many_there_are_besides() -> None:
    walk = start(example_tree(), (evidence("size", {"size.files": 300}),))
    assert leads_words(walk) == "50 % to “Leave it”, 25 % to “Profile first”, 2 more"
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code")
    assert leads_words(walk) == "50 % to “Tune it”, 50 % to “Pin it by tests first”"


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "100 %"), (0.999, "99 %"), (0.5, "50 %"), (0.01, "1 %"), (0.002, "<1 %")],
)
def test_only_all_is_100_per_cent_and_only_nothing_is_0(share: float, words: str) -> None:
    assert percent(share) == words


def test_a_report_tells_where_the_walk_leads() -> None:
    told = report(start(example_tree()))["leads_to"]
    assert told == {
        "exact": True,
        "settled": False,
        "robust": "leave",
        "shares": [
            {"outcome": "leave", "title": "Leave it", "share": 0.5},
            {"outcome": "tune", "title": "Tune it", "share": 0.25},
            {"outcome": "pin", "title": "Pin it by tests first", "share": 0.25},
        ],
    }
