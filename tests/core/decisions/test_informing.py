"""Which question to ask next: what each would settle, compared with walking everything."""

from __future__ import annotations

import time
from itertools import product
from math import log2
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from be_tui.core.decisions import distribution, finish, inquiry, settled, start
from tests.core.decisions.strategies import evidence, example_tree, walks
from tests.core.decisions.test_leading import SLACK, with_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.decisions import Walk


def entropy(shares: Iterable[float]) -> float:
    return -sum(each * log2(each) for each in shares if each > 0)


def uncertainty(walk: Walk) -> float:
    return entropy(each.share for each in distribution(walk).shares)


def by_answering(walk: Walk) -> dict[str, float]:
    """Give what each open question settles: the entropy that its answers leave, one by one."""
    sure = {each.question for each in walk.answers if not each.unknown}
    found = {}
    for question in walk.tree.questions:
        if question.id not in sure:
            left = [uncertainty(walk.answer(question.id, each.id)) for each in question.answers]
            found[question.id] = uncertainty(walk) - sum(left) / len(left)
    return {question: bits for question, bits in found.items() if bits > 1e-9}


@settings(deadline=None)
@given(walks())
def test_a_gain_is_the_entropy_that_answering_takes_away(walk: Walk) -> None:
    found = inquiry(walk)
    assert found.exact
    assert {each.question.id: each.bits for each in found.gains} == pytest.approx(
        by_answering(walk), abs=1e-6
    )
    assert found.bits == pytest.approx(uncertainty(walk), abs=1e-9)


@settings(deadline=None)
@given(walks())
def test_the_most_telling_question_stands_first_and_none_tells_more_than_is_open(
    walk: Walk,
) -> None:
    bits = [each.bits for each in inquiry(walk).gains]
    assert bits == pytest.approx(sorted(bits, reverse=True))
    assert all(0 < each <= inquiry(walk).bits + 1e-9 for each in bits)


@settings(deadline=None)
@given(walks())
def test_asking_stops_exactly_where_nothing_open_can_change_the_outcome(walk: Walk) -> None:
    found = inquiry(walk)
    assert found.settled == settled(walk)
    if found.settled:
        assert (found.bits, found.gains) == (0, ())
        finished = finish(walk)
        assert finished.outcome is not None
        assert finished.outcome == distribution(walk).shares[0].outcome
    else:
        assert finish(walk) is walk


@settings(max_examples=25, deadline=None)
@given(walks())
def test_a_sample_is_near_the_truth_the_same_each_time_and_says_what_it_is(walk: Walk) -> None:
    sampled = inquiry(walk, limit=0)
    assert sampled == inquiry(walk, limit=0)
    assert sampled.exact == sampled.settled
    truth = by_answering(walk)
    told = {each.question.id: each.bits for each in sampled.gains}
    for question in {*told, *truth}:
        assert told.get(question, 0) == pytest.approx(truth.get(question, 0), abs=0.12)


def test_what_was_assumed_is_told_with_how_to_find_it_out() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "database")
    walk = walk.answer("tests", "")
    assert walk.outcome is not None
    (gain,) = inquiry(walk).gains
    assert (gain.question.id, gain.assumed, gain.find_out) == ("tests", True, "run the tests")
    assert gain.bits == pytest.approx(1)


def test_the_first_question_of_a_tree_can_be_less_telling_than_a_later_one() -> None:
    measured = start(example_tree(), [evidence("size", {"size.files": 500})])
    walk = measured.answer("felt", "yes")
    order = [each.question.id for each in inquiry(walk).gains]
    assert order == ["where", "tests"]
    assert [each.assumed for each in inquiry(walk).gains] == [False, False]


def test_a_walk_that_looks_back_is_finished_from_where_it_had_come_to() -> None:
    walk = start(example_tree()).answer("felt", "no").back()
    assert (walk.at, settled(walk)) == ("felt", True)
    assert finish(walk).question is None


def test_gains_are_told_between_two_keys() -> None:
    for count, exact in product((3, 10), (True, False)):
        walk = with_unknown(count)
        begun = time.process_time()
        found = inquiry(walk, limit=2_000 if exact else 0)
        assert time.process_time() - begun < SLACK
        assert found.exact == (exact and count == 3)
