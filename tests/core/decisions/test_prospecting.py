"""How a walk looks ahead: every outcome in its place, how it moved, what to ask first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from be_tui.core.decisions import (
    Walk,
    distribution,
    finish,
    prospect,
    prospect_page,
    prospect_words,
    start,
)
from be_tui.core.decisions.prospecting import Prospect
from be_tui.core.document import to_text
from tests.core.decisions.strategies import evidence, example_tree, outcome, walks
from tests.core.decisions.test_leading import ten_questions


def ahead_of(walk: Walk, since: Walk | None = None) -> Prospect:
    ahead = prospect(walk, since)
    assert ahead is not None
    return ahead


def page(walk: Walk, since: Walk | None = None, asked: str = "") -> str:
    return to_text(prospect_page(ahead_of(walk, since), asked), 80)


def unsure() -> Walk:
    return start(example_tree(), [evidence("size", {"size.files": 500})])


@given(walks())
def test_outcomes_stand_in_the_order_of_the_tree_with_their_shares(walk: Walk) -> None:
    ahead = ahead_of(walk)
    assert [each.outcome for each in ahead.outcomes] == list(walk.tree.outcomes)
    found = {each.outcome.id: each.share for each in distribution(walk).shares}
    assert {each.outcome.id: each.share for each in ahead.outcomes if each.share} == found
    assert ahead.possible == len(found)


@given(walks())
def test_what_is_to_be_asked_first_can_be_asked(walk: Walk) -> None:
    ahead = ahead_of(walk)
    if ahead.asks:
        asking = walk.ask(ahead.asks.question.id)
        assert ahead.asks.question in {asking.question, asking.end}


def test_a_share_tells_how_the_last_answer_moved_it() -> None:
    before = unsure()
    ahead = ahead_of(before.answer("felt", "yes"), since=before)
    moved = {each.outcome.id: each.moved for each in ahead.outcomes}
    assert moved["leave"] == pytest.approx(-0.5)
    assert moved["profile"] == pytest.approx(0.25)
    assert sum(moved.values()) == pytest.approx(0)


def test_a_walk_over_another_tree_moved_nothing() -> None:
    since = start(replace(example_tree(), version=4))
    assert {each.moved for each in ahead_of(unsure(), since).outcomes} == {0.0}


def test_of_too_many_states_nothing_is_told_at_once() -> None:
    walk = start(ten_questions())
    assert prospect(walk, limit=300) is None
    assert prospect(unsure(), unsure(), limit=300)


def test_a_sampled_share_is_labelled() -> None:
    walk = start(ten_questions())
    ahead = Prospect(ahead_of(unsure()).outcomes, exact=False, settled=None, asks=None, part=0.0)
    assert "counted alike; sampled" in to_text(prospect_page(ahead), 80)
    assert walk.question


def test_bars_keep_their_places_and_say_what_can_no_longer_come_out() -> None:
    walk = unsure()
    told = page(walk.answer("felt", "yes"), since=walk)
    lines = [line.split(None, 1)[1] for line in told.splitlines() if line[:1] in {"█", "░"}]
    assert lines == [
        "– ▼ Leave it",
        "50 % ▲ Profile first",
        "25 % ▲ Tune it",
        "25 % ▲ Pin it by tests first",
    ]
    assert "3 still possible, each answer still open counted alike" in told


def test_the_page_names_what_settles_the_most_unless_it_is_asked_now() -> None:
    walk = unsure().answer("felt", "yes")
    assert "of what is open: Where does the time go?" in page(walk, asked="tests")
    assert "This question settles the most" in page(walk, asked="where")


def test_a_settled_walk_says_that_nothing_open_changes_it() -> None:
    walk = start(example_tree()).answer("felt", "no")
    assert ahead_of(walk).settled == walk.outcome
    told = page(walk)
    assert "Settled: Leave it. Nothing that is still open can change this. End here" in told
    assert finish(walk) == walk


def test_of_many_outcomes_the_largest_shares_are_shown_in_their_places() -> None:
    tree = example_tree()
    more = tuple(outcome(f"x{each}", f"Other {each}") for each in range(9))
    walk = start(replace(tree, outcomes=(*more, *tree.outcomes)))
    told = page(walk)
    assert told.index("Leave it") < told.index("Tune it")
    assert "Other 5" in told
    assert "Other 6" not in told
    assert "(and 4 more; " in told


def test_a_title_that_is_too_long_is_cut() -> None:
    narrow = prospect_page(ahead_of(unsure()), cells=30)
    assert max(map(len, to_text(narrow, 30).splitlines())) <= 30


def test_one_line_names_the_two_largest_shares_and_what_is_settled() -> None:
    walk = unsure().answer("felt", "yes")
    ahead = ahead_of(walk)
    assert prospect_words(ahead) == "Leads to “Profile first” 50 %, “Tune it” 25 %, and 1 more"
    assert prospect_words(replace(ahead, exact=False)).startswith("Leads, as sampled, to")
    done = ahead_of(walk.answer("where", "code"))
    assert prospect_words(done) == (
        "Nothing that is still open can change the outcome: “Profile first”."
    )
