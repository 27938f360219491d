"""Walks as JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from be_tui.core.decisions import Answer, Walk, start, walk_from_json, walk_to_json
from be_tui.core.errors import InputError
from be_tui.core.evidence import Evidence, Fact, Measure
from tests.core.decisions.strategies import example_tree, walks


def through_json(walk: Walk) -> object:
    return json.loads(json.dumps(walk_to_json(walk)))


@given(walks())
def test_a_walk_comes_back_from_json_as_it_was(walk: Walk) -> None:
    for each in (walk, walk.back()):
        restored = walk_from_json(walk.tree, through_json(each))
        assert restored.walk == each
        assert restored.lost == ()


def test_evidence_comes_back_whole() -> None:
    whole = Evidence(
        "tests",
        "Are there tests?",
        "3 of them",
        (Measure("tests.files", 3.0, "files"), Measure("tests.any", value=True)),
        (Fact("one", "tests/test_a.py", 4),),
        how="parsed",
        confidence="medium",
        command="ls tests",
        seconds=0.25,
        taken="2026-11-22T10:00:00Z",
        trouble="not all could be read",
    )
    walk = start(example_tree(), [whole])
    assert walk_from_json(walk.tree, through_json(walk)).walk.evidence == (whole,)


def test_answers_that_the_tree_lost_are_named_and_the_others_kept() -> None:
    tree = example_tree()
    walk = start(tree).answer("felt", "yes").answer("where", "code").answer("tests", "")
    felt, where, tests = tree.questions
    smaller = replace(where, options=(where.options[0], replace(where.options[1], id="own")))
    renamed = replace(tests, id="pinned", witnesses=())
    options = tuple(replace(option, to="pinned") for option in smaller.options)
    newer = replace(
        tree, version=4, questions=(felt, replace(smaller, options=options, routes=()), renamed)
    )
    restored = walk_from_json(newer, through_json(walk))
    assert restored.lost == (Answer("where", "code"), Answer("tests", ""))
    assert restored.version == 3
    assert restored.walk.answers == (Answer("felt", "yes"),)
    assert restored.walk.question is not None
    assert restored.walk.question.id == "where"


def test_a_question_looked_at_that_is_gone_is_let_go() -> None:
    walk = start(example_tree()).answer("felt", "yes").back()
    value = walk_to_json(walk) | {"at": "gone"}
    assert walk_from_json(walk.tree, value).walk == walk.proceed()


@pytest.mark.parametrize(
    "change",
    [
        {"answers": None},
        {"answers": ["yes"]},
        {"answers": [{"question": "felt", "option": "yes", "origin": "dreamt"}]},
        {"answers": [{"question": "felt", "option": 3, "origin": "stated"}]},
        {"tree": "other"},
        {"evidence": [{}]},
        {"at": 3},
    ],
)
def test_what_is_no_walk_is_refused(change: dict[str, object]) -> None:
    tree = example_tree()
    with pytest.raises(InputError):
        walk_from_json(tree, walk_to_json(start(tree)) | change)


def test_a_text_is_no_walk() -> None:
    with pytest.raises(InputError, match="not a saved walk"):
        walk_from_json(example_tree(), "felt=yes")


def test_a_measure_must_have_a_value() -> None:
    tree = example_tree()
    walk = start(tree, [Evidence("a", "?", "", (Measure("a.b", 1.0),))])
    value = json.loads(json.dumps(walk_to_json(walk)))
    value["evidence"][0]["measures"][0]["value"] = None
    with pytest.raises(InputError, match="a measure without a value"):
        walk_from_json(tree, value)
