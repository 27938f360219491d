"""What a person reads during a walk."""

from __future__ import annotations

from dataclasses import replace

from be_tui.core.decisions import (
    Walk,
    advice_page,
    evidence_page,
    outcome_page,
    question_page,
    report,
    start,
    turns_page,
    walked_page,
    why_page,
)
from be_tui.core.document import Document, to_text
from be_tui.core.document.model import Items, Paragraph
from be_tui.core.evidence import Evidence, Fact, Measure
from be_tui.core.knowledge import Action
from tests.core.decisions.strategies import example_tree, outcome

COUNT = Evidence(
    "size",
    "How much is there?",
    "12 tests in 3 files",
    (Measure("size.files", 90.0), Measure("size.tests", 12.0)),
    (Fact("12 functions", "tests/test_a.py", 4), Fact("CI runs them")),
    confidence="medium",
    command="git ls-files",
    seconds=0.31,
)


def said(document: Document) -> str:
    return to_text(document, 200)


def walked() -> Walk:
    return start(example_tree(), [COUNT]).answer("felt", "yes").answer("where", "")


def links(document: Document) -> list[str]:
    return [
        span.link
        for block in document.blocks
        if isinstance(block, Items)
        for item in block.items
        for each in item
        if isinstance(each, Paragraph)
        for span in each.text
        if span.link
    ]


def test_the_question_comes_with_numbered_answers_and_the_measured_one_marked() -> None:
    page = said(question_page(walked()))
    assert "Question 3 of 3" in page
    assert "1. Yes  ◂ measured: there are tests" in page
    assert "2. No\n" in page
    assert "0. I don't know  (assumes “No” meanwhile)" in page


def test_evidence_given_beside_the_walk_counts() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code")
    assert "measured" not in said(question_page(walk))
    assert "measured: there are tests" in said(question_page(walk, [COUNT]))


def test_a_question_looked_at_again_shows_the_answer_it_has() -> None:
    walk = walked().answer("tests", "some", "measured")
    assert "1. Yes  ◂ measured: there are tests; taken from what was" in said(
        question_page(walk.back())
    )
    assert "0. I don't know  ◂ your answer" in said(question_page(walk.revisit("where")))
    assert "2. Yes  ◂ your answer\n   users said so" in said(question_page(walk.revisit("felt")))


def test_answers_set_aside_are_counted() -> None:
    walk = walked().answer("felt", "no").revisit("felt")
    assert "1 answer no longer applies" in said(question_page(walk))


def test_there_is_no_question_page_at_the_end_and_no_outcome_page_before() -> None:
    assert question_page(start(example_tree()).answer("felt", "no")) == Document()
    assert outcome_page(walked()) == turns_page(walked()) == Document()


def test_evidence_says_what_was_found_where_how_and_what_it_supports() -> None:
    page = said(evidence_page(example_tree().questions[2], [COUNT]))
    assert "How much is there?" in page
    assert "12 tests in 3 files" in page
    assert "• 12 functions  tests/test_a.py:4" in page
    assert "• CI runs them\n" in page
    assert "measured · confidence medium · 0.3 s · `git ls-files`" in page
    assert "Supports “Yes”: there are tests" in page


def test_evidence_that_settles_nothing_says_so() -> None:
    tests = example_tree().questions[2]
    other = replace(COUNT, measures=())
    assert "It does not settle this question." in said(evidence_page(tests, [other]))


def test_trouble_is_told_in_place_of_evidence() -> None:
    trouble = Evidence("size", "How much is there?", "", trouble="not a git repository")
    page = said(evidence_page(example_tree().questions[2], [trouble]))
    assert "Not measured: not a git repository" in page
    assert "The answer is yours." in page
    assert "confidence" not in page


def test_what_was_stated_has_no_duration() -> None:
    page = said(evidence_page(example_tree().questions[2], [replace(COUNT, how="stated")]))
    assert "stated · confidence medium · `git ls-files`" in page


def test_without_a_probe_or_before_it_answered_the_page_says_so() -> None:
    felt, _, tests = example_tree().questions
    assert "No probe can tell" in said(evidence_page(felt, [COUNT]))
    assert "size: not measured yet" in said(evidence_page(tests, []))


def test_why_gives_the_source_and_the_price_of_not_knowing() -> None:
    page = said(why_page(example_tree().questions[0]))
    assert "What nobody feels needs no work." in page
    assert "Brendan Gregg, Systems Performance, ch. 2" in page
    assert "“No” is assumed meanwhile. If that is wrong: a slow page stays slow" in page
    assert "To find out: ask support" in page
    tests = example_tree().questions[2]
    silent = replace(tests, unknown=replace(tests.unknown, find_out=""))
    assert "To find out" not in said(why_page(silent))


def test_the_outcome_says_what_to_do_what_it_costs_and_when_to_look_again() -> None:
    page = said(outcome_page(walked().answer("tests", "some")))
    for part in ("Tune it", "Advice of tune.", "1. first", "2. then", "Two-way door", "next year"):
        assert part in page


def test_the_outcome_rests_on_assumptions_before_it_turns_on_answers() -> None:
    page = said(turns_page(start(example_tree()).answer("felt", "")))
    assert "It rests on assumptions" in page
    assert "“Yes” → Tune it; or Pin it by tests first  (asks: Where does the time go?)" in page
    assert "If the assumption is wrong: a slow page stays slow" in page
    assert "To find out: ask support" in page
    page = said(turns_page(walked().answer("tests", "none")))
    assert "“The database” is assumed\n  It makes no difference here." in page
    assert page.index("It rests on") < page.index("What would change this")


def test_what_it_turns_on_comes_with_how_it_is_known() -> None:
    walk = walked().answer("tests", "some", "measured")
    page = said(turns_page(walk))
    assert "Do tests pin what it does?  Yes (measured: there are tests)" in page
    assert "“No” → Pin it by tests first" in page
    assert "Does anyone feel it?  Yes (you said)" in page


def test_many_possible_outcomes_are_counted_not_listed() -> None:
    tree = example_tree()
    felt, where, tests = tree.questions
    wide = replace(tests, options=(*tests.options, replace(tests.options[0], id="p", to="profile")))
    leave = replace(where, options=(where.options[0], replace(where.options[1], to="leave")))
    whole = replace(tree, questions=(felt, leave, wide))
    page = said(turns_page(start(whole).answer("felt", "no")))
    assert "→ one of 4 outcomes  (asks: Where does the time go?)" in page


def test_an_outcome_that_nothing_would_change_says_so() -> None:
    tree = example_tree()
    felt = replace(
        tree.questions[0],
        options=tuple(replace(option, to="leave") for option in tree.questions[0].options),
    )
    only = replace(tree, questions=(felt,))
    assert "No single answer would change this." in said(
        turns_page(start(only).answer("felt", "no"))
    )


def rich_outcome() -> object:
    return replace(
        outcome("cache", "Cache it"),
        door="one-way",
        references=("guide#caching", "guide#more"),
        actions=(
            Action("Read about caching", "library", "guide#caching"),
            Action("Should we refactor?", "decide", "refactor"),
            Action("See the project", "home"),
        ),
        sources=example_tree().questions[0].sources,
    )


def test_actions_are_links_on_a_screen_and_commands_in_a_shell() -> None:
    cache = rich_outcome()
    assert links(advice_page(cache)) == [  # type: ignore[arg-type]
        "action:library:guide#caching",
        "action:decide:refactor",
        "action:home:",
        "guide#more",
    ]
    page = said(advice_page(cache, commands=True))  # type: ignore[arg-type]
    assert "• Read about caching: `be-tui refs show guide#caching`" in page
    assert "• Should we refactor?: `be-tui decide refactor`" in page
    assert "• See the project: `be-tui --screen home`" in page
    assert "• Read on: `be-tui refs show guide#more`" in page
    titles = {"guide#more": "More of it"}
    page = said(advice_page(cache, commands=True, titles=titles))  # type: ignore[arg-type]
    assert "• More of it: `be-tui refs show guide#more`" in page
    page = said(advice_page(cache, titles=titles))  # type: ignore[arg-type]
    assert "• More of it (guide#more)  guide" in page
    assert "One-way door" in page


def test_code_in_the_words_of_a_tree_is_code() -> None:
    cache = replace(outcome("cache"), steps=("run `git gc`", "mind the ` sign"), again="`later`")
    page = to_text(advice_page(cache), 200, colour=True)
    assert "run \x1b[36mgit gc\x1b[0m" in page
    assert "mind the ` sign" in page


def test_a_stressed_word_is_stressed_and_other_stars_are_signs() -> None:
    steps = ("try a *smaller pool*, *not* `*x*`", "2 * 3 * 4", "count(*) and SELECT *")
    page = advice_page(replace(outcome("cache"), steps=steps))
    assert "try a smaller pool, not `*x*`" in said(page)
    assert "2 * 3 * 4" in said(page)
    assert "count(*) and SELECT *" in said(page)


def test_an_outcome_may_have_no_steps() -> None:
    assert "Do, in this order" not in said(advice_page(replace(outcome("cache"), steps=())))


def test_a_walk_is_told_question_by_question_with_the_facts() -> None:
    page = said(walked_page(walked().answer("tests", "some", "measured")))
    assert page.index("Does anyone feel it?") < page.index("Where does the time go?")
    assert "Yes  (you said)" in page
    assert "Not known; assumed: The database" in page
    assert "Yes  (measured: there are tests)\n\n• 12 functions  tests/test_a.py:4" in page


def test_the_report_names_everything_that_a_program_needs() -> None:
    told = report(walked().answer("tests", "some", "measured"))
    assert told["tree"] == {
        "id": "speed",
        "version": 3,
        "title": "When to tune",
        "question": "Should we tune this?",
    }
    assert isinstance(told["path"], list)
    assert told["path"][1] == {
        "question": "where",
        "ask": "Where does the time go?",
        "option": "database",
        "label": "The database",
        "origin": "assumed",
        "supports": [],
        "to": "tests",
        "route": "",
        "rules": [],
    }
    assert isinstance(told["path"][2], dict)
    assert told["path"][2]["supports"] == [
        {"option": "some", "says": "there are tests", "probe": "size"}
    ]
    assert told["question"] is None
    assert isinstance(told["outcome"], dict)
    assert told["outcome"]["id"] == "tune"
    assert [turn["question"] for turn in told["turns"]] == ["felt", "tests"]  # type: ignore[index,call-overload,union-attr]
    assert told["assumed"] == [
        {
            "question": "where",
            "option": "database",
            "price": "a week in the wrong place",
            "find_out": "take one profile",
        }
    ]


def test_the_report_of_an_unfinished_walk_asks_the_next_question() -> None:
    told = report(walked().answer("felt", "no").answer("felt", "yes").answer("where", "code"))
    assert told["outcome"] is None
    assert told["remaining"] == {"fewest": 1, "most": 1}
    question = told["question"]
    assert isinstance(question, dict)
    assert question["id"] == "tests"
    assert question["options"] == [
        {"id": "some", "label": "Yes", "note": ""},
        {"id": "none", "label": "No", "note": ""},
    ]
    assert report(walked().answer("felt", "no"))["aside"] == [{"question": "where", "option": ""}]
