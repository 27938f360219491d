"""Questions of every kind: answered, led on, measured, kept, told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.decisions import (
    Answer,
    Recorded,
    Walk,
    answer_from_evidence,
    choosing,
    decisions_in,
    distribution,
    dot,
    mermaid,
    proposal,
    prove,
    question_page,
    recheck,
    record,
    report,
    start,
    supports_of,
    take,
    toggled,
    tree_map,
    turns,
    typed_number,
    walk_from_json,
    walk_to_json,
    walked_page,
)
from be_tui.core.document import to_text
from be_tui.core.errors import InputError
from be_tui.core.knowledge import Is, Question
from be_tui.core.knowledge.model import Option, Unknown
from be_tui.core.project import Project
from tests.core.decisions.strategies import evidence, kinds_tree

if TYPE_CHECKING:
    from be_tui.core.evidence import Value

MUCH = (
    evidence("load", {"load.rate": 2_500.0}),
    evidence("reads", {"store.reads": 12.0}),
    evidence("writes", {"store.writes": 3.0}),
)


def asked(question_id: str) -> Question:
    return next(each for each in kinds_tree().questions if each.id == question_id)


def walked(*said: str) -> Walk:
    """Answer the questions of the tree in a row."""
    walk = start(kinds_tree())
    for each in said:
        assert walk.question
        walk = walk.answer(walk.question.id, each)
    return walk


def at_signs() -> Walk:
    return walked("yes", "2500", "2 s")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("250", "250 requests per second (100 to 1,000)"),
        ("1,000", "1,000 requests per second (1,000 or more)"),
        ("2.5k", "2,500 requests per second (1,000 or more)"),
        ("99.5 requests per second", "99.5 requests per second (under 100)"),
        ("some", "100 to 1,000"),
    ],
)
def test_a_number_is_said_with_its_band_and_a_band_alone(said: str, words: str) -> None:
    assert walked("yes", said).path[-1].said == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("200ms", "200 ms (200 ms or more)"),
        ("0.15", "150 ms (under 200 ms)"),
        ("1 min 30 s", "1.5 min (200 ms or more)"),
        ("slow", "200 ms or more"),
    ],
)
def test_a_duration_is_said_in_the_unit_that_fits_it(said: str, words: str) -> None:
    assert walked("yes", "2500", said).path[-1].said == words


@pytest.mark.parametrize(
    ("question", "said", "band", "brief"),
    [
        ("rate", "250", "some", ""),
        ("rate", "2 cups", "", "not a number"),
        ("rate", "-1", "", "at least 0"),
        ("rate", "200000", "", "at most 100,000"),
        ("slowest", "2 h", "", "at most 1 h"),
        ("slowest", "5 minu", "", "not a duration"),
        ("slowest", "5 minutes", "slow", ""),
    ],
)
def test_what_is_typed_is_told_in_few_words(
    question: str, said: str, band: str, brief: str
) -> None:
    found = typed_number(asked(question), said)
    assert (found.band.id if found.band else "", found.brief) == (band, brief)


@pytest.mark.parametrize(
    ("question", "said", "told"),
    [
        ("rate", "lots", "rate: 'lots' is not a number of requests per second; type a number"),
        ("rate", "5 apples", "rate: '5 apples' is not a number of requests per second"),
        ("rate", "-1", "rate: -1 requests per second is less than the least"),
        ("rate", "200000", "rate: 200,000 requests per second is more than the most that can be"),
        ("slowest", "5 miles", "slowest: '5 miles' is not a duration, such as 5 s"),
        ("slowest", "2 h", "slowest: 2 h is more than the most that can be answered, 1 h"),
        ("signs", "reads,rads", "signs has no answer 'rads'; did you mean reads?"),
        ("signs", "none,reads", "signs: 'none' goes with no other answer"),
        ("live", "maybe", "live has no answer 'maybe'; it has yes, no"),
    ],
)
def test_what_is_no_answer_is_told_in_one_line(question: str, said: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        start(kinds_tree()).answer(question, said)
    assert str(error.value).startswith(told)


@given(st.floats(0, 100_000))
def test_every_number_within_the_bounds_has_one_band(number: float) -> None:
    rate = asked("rate")
    band = rate.band(number)
    assert band
    ends = [0.0, *(option.below or 100_001 for option in rate.options)]
    place = rate.options.index(band)
    assert ends[place] <= number < ends[place + 1]


def test_ticks_are_one_answer_in_whatever_order_they_are_said() -> None:
    both = at_signs().answer("signs", "writes, reads")
    assert both.path[-1].option.id == "reads,writes"
    assert both.path[-1].said == "Slow reads and slow writes"
    all_three = at_signs().answer("signs", "locks,writes,reads").path[-1]
    assert all_three.said == "Slow reads, slow writes and API calls that wait for a lock"
    assert at_signs().answer("signs", "none").path[-1].said == "None of these"


@pytest.mark.parametrize(
    ("rate", "signs", "end"),
    [
        ("2500", "reads", "cache"),
        ("2500", "reads,writes", "cache"),
        ("2500", "reads,locks", "unlock"),
        ("250", "reads", "profile"),
        ("250", "none", "profile"),
        ("250", "", "profile"),
    ],
)
def test_where_ticks_lead_the_routes_decide(rate: str, signs: str, end: str) -> None:
    walk = walked("yes", rate, "1s", signs)
    assert walk.outcome
    assert walk.outcome.id == end


def test_none_is_an_answer_to_what_conditions_ask_of_ticks() -> None:
    tree = kinds_tree()
    signs = tree.questions[-1]
    when = Is("signs", ("none", "writes"))
    quiet = replace(signs, routes=(replace(signs.routes[0], when=when),))
    tree = replace(tree, questions=(*tree.questions[:-1], quiet))
    ends = {}
    for said in ("none", "reads", "writes", "reads,writes"):
        walk = Walk(tree, at_signs().answers).answer("signs", said)
        ends[said] = walk.end.id
    assert ends == {
        "none": "unlock",
        "reads": "profile",
        "writes": "unlock",
        "reads,writes": "unlock",
    }


def test_evidence_proposes_the_number_itself_and_all_ticks_together() -> None:
    found = proposal(asked("rate"), MUCH)
    assert found
    assert found.answer == Answer("rate", "many", "measured", 2_500)
    both = (*MUCH[:2], evidence("writes", {"store.writes": 30.0}))
    ticked = proposal(asked("signs"), both)
    assert ticked
    assert (ticked.option, ticked.says) == (
        "reads,writes",
        "10 reads were slow; 10 writes were slow",
    )


def test_nothing_is_ticked_only_where_no_probe_ticks_anything() -> None:
    one = proposal(asked("signs"), MUCH)
    assert one
    assert one.option == "reads"
    none = proposal(asked("signs"), MUCH[2:])
    assert none
    assert none.option == "none"
    assert proposal(asked("signs"), ()) is None


@pytest.mark.parametrize("rate", [-5.0, 1e9, True, "fast"])
def test_a_measure_that_is_no_number_within_the_bounds_answers_nothing(
    rate: Value,
) -> None:
    assert proposal(asked("rate"), (evidence("load", {"load.rate": rate}),)) is None


def test_a_project_answers_for_itself() -> None:
    walk = answer_from_evidence(start(kinds_tree()), MUCH)
    assert [(step.said, step.origin) for step in walk.path] == [
        ("Yes", "assumed"),
        ("2,500 requests per second (1,000 or more)", "measured"),
        ("200 ms or more", "assumed"),
        ("Slow reads", "measured"),
    ]


def test_whoever_takes_the_measured_band_takes_the_number() -> None:
    walk = walked("yes")
    assert take(walk, "many", MUCH).path[-1].answer == Answer("rate", "many", "measured", 2_500)
    assert take(walk, "2500", MUCH).path[-1].origin == "measured"
    assert take(walk, "3000", MUCH).path[-1].answer == Answer("rate", "many", "stated", 3_000)


def test_a_walk_is_kept_with_its_numbers_and_ticks_and_comes_back_the_same() -> None:
    walk = at_signs().answer("signs", "reads,locks")
    kept = json.loads(json.dumps(walk_to_json(walk)))
    assert [each.get("value") for each in kept["answers"]] == [None, 2500, 2, None]
    assert walk_from_json(kinds_tree(), kept).walk == walk


def test_a_kept_number_falls_into_the_band_of_today() -> None:
    walk = walked("yes", "250")
    tree = walk.tree
    rate = tree.questions[1]
    moved = replace(
        rate, options=(replace(rate.options[0], below=300.0), replace(rate.options[1], below=400))
    )
    tree = replace(tree, questions=(tree.questions[0], moved, *tree.questions[2:]))
    assert walk_from_json(tree, walk_to_json(walk)).walk.given("rate") == Answer(
        "rate", "few", value=250.0
    )
    bounded = replace(moved, at_least=260.0)
    tree = replace(tree, questions=(tree.questions[0], bounded, *tree.questions[2:]))
    assert walk_from_json(tree, walk_to_json(walk)).walk.given("rate") == Answer("rate", "some")


def test_a_record_holds_numbers_and_ticks_and_is_looked_at_again(tmp_path: Path) -> None:
    project = Project(tmp_path, "shop")
    walk = answer_from_evidence(start(kinds_tree()), MUCH)
    (file,) = record(walk, supports_of(walk), project, Path(), date(2026, 11, 23)).files
    assert "**2,500 requests per second (1,000 or more)** (measured: the access log" in file.text
    assert "**Slow reads** (measured: 10 reads were slow)" in file.text
    (recorded,) = decisions_in(file.text)
    assert isinstance(recorded, Recorded)
    assert recorded.answers[1] == Answer("rate", "many", "measured", 2_500)
    assert not recheck(recorded, walk.tree, MUCH).changed
    calm = (evidence("load", {"load.rate": 80.0}), *MUCH[1:])
    again = recheck(recorded, walk.tree, calm)
    (premise,) = again.changed
    assert (premise.then, premise.now) == (
        "2,500 requests per second (1,000 or more)",
        "80 requests per second (under 100)",
    )
    assert [(each.name, each.then, each.now) for each in premise.moved] == [
        ("load.rate", 2_500, 80)
    ]
    assert again.flips


def test_every_set_of_ticks_is_an_answer_that_is_weighed_and_proved() -> None:
    # Of the eight sets of three ticks four hold locks, and two of the others hold reads.
    shares = {each.outcome.id: each.share for each in distribution(at_signs()).shares}
    assert shares == pytest.approx({"unlock": 0.5, "cache": 0.25, "profile": 0.25})
    proof = prove(kinds_tree())
    assert proof.whole
    assert not proof.missed
    # After `live`: few ends; some and many each meet `slowest`, of which slow has nine answers.
    slow = 1 + 2 * 9
    assert proof.walks == 2 * (2 * 1 + 2 * slow) + 1


def test_a_way_on_that_no_set_of_ticks_takes_is_told() -> None:
    tree = kinds_tree()
    signs = tree.questions[-1]
    always = Is("signs", ("none", "reads", "writes", "locks"))
    caught = replace(signs, routes=(replace(signs.routes[0], when=always),))
    proof = prove(replace(tree, questions=(*tree.questions[:-1], caught)))
    assert [(p.kind, p.name) for p in proof.missed if p.node == "signs"] == [
        ("target", "otherwise")
    ]


def test_what_would_change_an_outcome_is_the_smallest_change_of_ticks() -> None:
    walk = at_signs().answer("signs", "reads")
    changes = [
        (turn.option.id, turn.outcome.id)
        for turn in turns(walk)
        if turn.step.question.id == "signs" and turn.outcome
    ]
    assert changes == [("none", "profile"), ("reads,locks", "unlock")]


def test_ticking_and_unticking_keeps_none_apart() -> None:
    signs = asked("signs")
    assert toggled(signs, "", "writes") == "writes"
    assert toggled(signs, "writes", "reads") == "reads,writes"
    assert toggled(signs, "reads,writes", "reads") == "writes"
    assert toggled(signs, "writes", "writes") == ""
    assert toggled(signs, "reads,writes", "none") == "none"
    assert toggled(signs, "none", "reads") == "reads"
    assert toggled(signs, "none", "none") == ""


def test_what_is_chosen_from_tells_rows_ticks_and_what_is_typed() -> None:
    offer = choosing(at_signs(), asked("signs"), MUCH)
    assert [row.id for row in offer.rows] == ["reads", "writes", "locks", "none"]
    assert (offer.ticks, offer.typed, offer.answer) == (True, "", "reads")
    assert offer.rows[0].measured == "10 reads were slow"
    number = choosing(walked("yes"), asked("rate"), MUCH)
    assert (number.ticks, number.typed) == (False, "a number of requests per second")
    assert number.answer == "2,500 requests per second"
    assert not number.numbered
    given = choosing(walked("yes", "250"), asked("rate"), MUCH)
    assert given.rows[1].given == "your answer: 250 requests per second"
    assert choosing(walked("yes", "some"), asked("rate"), ()).answer == ""
    assert choosing(walked("yes", ""), asked("rate"), MUCH).answer == ""


def test_pages_say_what_was_typed_measured_and_ticked() -> None:
    page = to_text(question_page(walked("yes"), MUCH), 100)
    assert "Type a number of requests per second:" in page
    assert "1,000 or more  ◂ measured: 2,500 requests per second: the access log says so" in page
    assert "u. I don't know  (assumes “Under 100” meanwhile)" in page
    page = to_text(question_page(at_signs()), 100)
    assert "4. None of these" in page
    page = to_text(walked_page(at_signs().answer("signs", "reads,writes")), 100)
    assert "2 s (200 ms or more)  (you said)" in page
    assert "Slow reads and slow writes  (you said)" in page


def test_a_report_tells_the_number_and_the_ticks() -> None:
    told = json.loads(json.dumps(report(at_signs().answer("signs", "reads,writes"))))
    path = {step["question"]: step for step in told["path"]}
    assert path["rate"]["value"] == 2_500
    assert path["signs"]["ticked"] == ["reads", "writes"]
    assert "value" not in path["live"]
    question = report(walked("yes"))["question"]
    assert isinstance(question, dict)
    assert (question["kind"], question["unit"], question["at_most"]) == (
        "number",
        "requests per second",
        100_000,
    )


def test_maps_draw_bands_and_the_one_way_on_of_ticks() -> None:
    walk = at_signs().answer("signs", "writes")
    drawn = to_text(tree_map(walk.tree, walk), 100)
    assert "✓ 1,000 or more" in drawn
    assert "✓ otherwise → ◆ Outcome profile" in drawn
    assert "if much is read" in drawn
    for text in (mermaid(walk.tree, walk), dot(walk.tree, walk)):
        assert text.count("otherwise") == 1
    bare = replace(walk.tree.questions[-1], routes=())
    tree = replace(walk.tree, questions=(*walk.tree.questions[:-1], bare))
    assert "whatever is ticked → Outcome profile" in to_text(tree_map(tree), 100)


def test_more_sets_than_can_be_tried_are_told() -> None:
    options = tuple(Option(f"t{each}", f"Tick {each}", "wait") for each in range(10))
    wide = Question("signs", "What?", "so", options, Unknown("none", "little"), kind="several")
    assert len(wide.answers) == 1_024
    tree = kinds_tree()
    tree = replace(tree, first="signs", questions=(wide,))
    assert distribution(start(tree)).shares[0].share == pytest.approx(1)
    assert not prove(tree, limit=1).whole
