"""What stands beside a question."""

from __future__ import annotations

from dataclasses import replace

from be_tui.core.decisions import beside_page
from be_tui.core.document import Paragraph, Span, to_text
from be_tui.core.evidence import Evidence, Fact, Measure
from tests.core.decisions.strategies import example_tree

FELT, _, TESTS = example_tree().questions
COUNT = Evidence(
    "size",
    "How many tests are there?",
    "no test function",
    (Measure("size.tests", 0.0),),
    tuple(Fact(f"fact {number}", "app/db.py", number) for number in range(1, 6)),
    command="grep -c",
    seconds=0.24,
)


def test_what_was_measured_comes_first_with_the_answer_that_it_supports_and_the_heart_of_it() -> (
    None
):
    page = to_text(beside_page(TESTS, [COUNT]), width=60)
    assert page.index("Measured here") < page.index("Why it matters")
    assert "How many tests are there?\nno test function\n◂ “No”: no test was found" in page
    assert "app/db.py:3" in page
    assert "app/db.py:4" not in page
    assert "and 2 more" in page
    assert "measured · confidence high · 0.2 s · " in page


def test_a_probe_that_has_not_answered_says_whether_it_is_at_work() -> None:
    assert "size: still measuring…" in to_text(beside_page(TESTS, [], {"size"}))
    assert "size: not measured yet" in to_text(beside_page(TESTS, []))


def test_trouble_is_told_in_words() -> None:
    trouble = Evidence("size", "How many tests are there?", "", trouble="not a git repository")
    page = to_text(beside_page(TESTS, [trouble]))
    assert "Not measured: not a git repository" in page
    assert "confidence" not in page


def test_evidence_that_settles_nothing_says_so() -> None:
    other = Evidence("size", "How many files?", "some")
    assert "It does not settle this question." in to_text(beside_page(TESTS, [other]))


def test_where_no_probe_looks_the_person_is_the_one_who_knows() -> None:
    assert "No probe can tell" in to_text(beside_page(FELT, [COUNT]))


def test_no_measure_is_told_to_have_taken_no_time() -> None:
    assert "under 0.1 s" in to_text(beside_page(TESTS, [replace(COUNT, seconds=0.004)]))


def test_a_profile_that_is_not_filled_in_leads_to_where_it_is() -> None:
    asks = replace(TESTS, witnesses=(replace(TESTS.witnesses[0], probe="profile"),))
    empty = Evidence("profile", "What do you know?", "", trouble="it is not filled in")
    spans = [
        span
        for block in beside_page(asks, [empty]).blocks
        if isinstance(block, Paragraph)
        for span in block.text
    ]
    assert Span("fill it in", "link", "screen:profile") in spans
