"""How a walk stands, in the words that a screen shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from be_tui.core.decisions import (
    Said,
    answers_so_far,
    aside_words,
    first_to_mark,
    measured_words,
    position_words,
    progress_words,
    start,
    take,
)
from be_tui.core.evidence import Evidence, Measure
from be_tui.core.sessions import SavedWalk
from tests.core.decisions.strategies import example_tree

TREE = example_tree()
TESTS = TREE.questions[2]
NO_TESTS = Evidence("size", "How many?", "none", (Measure("size.tests", 0.0),))
TROUBLE = Evidence("size", "How many?", "", trouble="not a git repository")
NOTHING = Evidence("size", "How many?", "some")


def test_the_position_counts_what_is_still_to_come() -> None:
    walk = start(TREE)
    assert position_words(walk) == "question 1 of about 2"
    walk = walk.answer("felt", "yes").answer("where", "code")
    assert position_words(walk) == "question 3 of 3"
    assert position_words(walk.back()) == "question 2 of 3"
    assert position_words(walk.answer("tests", "some")) == "3 questions answered"
    assert position_words(walk.answer("felt", "no")) == "1 question answered"


def test_answers_are_told_with_where_they_come_from() -> None:
    walk = start(TREE).answer("felt", "yes").answer("where", "").answer("tests", "none", "measured")
    assert answers_so_far(walk.revisit("where")) == (
        Said("felt", "Does anyone feel it?", "Yes", "you said", asked_now=False),
        Said("where", "Where does the time go?", "The database", "assumed", asked_now=True),
        Said("tests", "Do tests pin what it does?", "No", "measured", asked_now=False),
    )


def test_answers_that_no_longer_apply_are_counted() -> None:
    walk = start(TREE).answer("felt", "yes").answer("where", "code").answer("tests", "some")
    assert aside_words(walk) == ""
    assert aside_words(walk.answer("felt", "no")) == "2 answers no longer apply; kept aside"
    one = start(TREE).answer("felt", "yes").answer("where", "code").answer("felt", "no")
    assert aside_words(one) == "1 answer no longer applies; kept aside"


def test_the_answer_given_before_is_marked_then_the_measured_one_then_the_first() -> None:
    walk = start(TREE)
    assert first_to_mark(walk, TESTS, ()) == "some"
    assert first_to_mark(walk, TESTS, (NO_TESTS,)) == "none"
    assert first_to_mark(walk.answer("tests", "some"), TESTS, (NO_TESTS,)) == "some"
    assert first_to_mark(walk.answer("tests", ""), TESTS, (NO_TESTS,)) == ""


@pytest.mark.parametrize(
    ("evidence", "waiting", "words"),
    [
        ((NO_TESTS,), (), "Measured: no test was found"),
        ((), ("size",), "Still measuring…"),
        ((), (), "Not measured yet"),
        ((TROUBLE,), (), "Not measured: not a git repository"),
        ((NOTHING,), (), "Measured, but it settles nothing here"),
    ],
)
def test_what_was_measured_is_said_in_a_line(
    evidence: tuple[Evidence, ...], waiting: tuple[str, ...], words: str
) -> None:
    assert measured_words(TESTS, evidence, waiting) == words


def test_nothing_is_said_of_measuring_where_no_probe_looks() -> None:
    assert measured_words(TREE.questions[0], (NO_TESTS,), ("size",)) == ""


def test_the_answer_that_evidence_supports_is_taken_over_and_another_one_is_stated() -> None:
    walk = start(TREE).answer("felt", "yes").answer("where", "code")
    origins = [
        take(walk, option, (NO_TESTS,)).answers[-1].origin for option in ("none", "some", "")
    ]
    assert origins == ["measured", "stated", "stated"]


def test_a_walk_that_asks_nothing_takes_nothing() -> None:
    walk = start(TREE).answer("felt", "no")
    assert take(walk, "yes", ()) is walk


def test_a_tree_tells_how_far_it_was_walked() -> None:
    saved = SavedWalk("speed", 3, 2, "", "2026-11-22T10:00:00Z")
    assert progress_words(saved) == "half walked: 2 answers"
    assert progress_words(replace(saved, answered=1)) == "half walked: 1 answer"
    assert progress_words(replace(saved, outcome="Leave it")) == "came out: Leave it"
    assert progress_words(replace(saved, answered=0)) == ""
    assert progress_words(None) == ""
