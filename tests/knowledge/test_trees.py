"""The bundled trees as people walk them: where stories end, and that no walk is long."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from be_tui.core.decisions import Walk, start
from be_tui.core.knowledge import open_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.model import Tree

TREES = ("optimize", "refactor")
LABEL = 60
"""Characters of a label, so that it fits beside the evidence at 80 columns."""


@cache
def tree(tree_id: str) -> Tree:
    with open_library() as library:
        return library.tree(tree_id)


def every_walk(walk: Walk) -> Iterator[Walk]:
    if (question := walk.question) is None:
        yield walk
        return
    for option in question.options:
        yield from every_walk(walk.answer(question.id, option.id))


@cache
def walks(tree_id: str) -> tuple[Walk, ...]:
    return tuple(every_walk(start(tree(tree_id))))


def ending(tree_id: str, story: str) -> str:
    """Walk by answers in a row, and give the id of the outcome."""
    walk = start(tree(tree_id))
    for option in story.split():
        assert walk.question is not None, f"the walk ended before {option}"
        walk = walk.answer(walk.question.id, option)
    assert walk.outcome is not None, f"{walk.question and walk.question.id} is still to be asked"
    return walk.outcome.id


@pytest.mark.parametrize(
    ("story", "outcome"),
    [
        ("nothing calm", "leave"),
        ("inside calm", "monitor"),
        ("users lasting", "monitor"),
        ("users burning moment", "roll-back"),
        ("users burning gradual unmeasured", "profile-first"),
        ("users plain gradual database slow waste", "fix-query"),
        ("users plain gradual database many", "n-plus-one"),
        ("users plain gradual database repeated seconds", "cache"),
        ("users burning gradual external always kept", "cache"),
        ("users burning gradual external always fresh later", "queue"),
        ("users burning gradual turn machine excess", "shed"),
        ("users burning gradual cpu avoidable", "hot-path"),
        ("users burning gradual turn machine usual stateless", "scale-out"),
        ("inside coming", "rehearse"),
        ("bill idle", "rightsize"),
        ("bill calls fresh", "redesign"),
    ],
)
def test_optimising_ends_where_a_senior_engineer_would_end(story: str, outcome: str) -> None:
    assert ending("optimize", story) == outcome


@pytest.mark.parametrize(
    ("story", "outcome"),
    [
        ("unused", "delete"),
        ("ending right", "leave"),
        ("ending wrong", "fix-first"),
        ("quiet right", "leave"),
        ("often right fair", "leave"),
        ("some wrong now", "fix-first"),
        ("some wrong prepare pinned day", "prepare-then-fix"),
        ("often right much none reachable", "tests-first"),
        ("often right much none sealed", "open-seam"),
        ("often right much pinned day", "small-steps"),
        ("often right bit", "in-passing"),
        ("some right much pinned weeks", "in-passing"),
        ("often right much pinned weeks outside", "strangler"),
        ("often right much pinned weeks inside", "branch-by-abstraction"),
        ("often right much pinned outgrown written", "rewrite"),
        ("often right much pinned outgrown lost outside", "strangler"),
    ],
)
def test_refactoring_ends_where_a_senior_engineer_would_end(story: str, outcome: str) -> None:
    assert ending("refactor", story) == outcome


@pytest.mark.parametrize("tree_id", TREES)
def test_every_walk_ends_within_eight_questions(tree_id: str) -> None:
    assert max(len(walk.path) for walk in walks(tree_id)) <= 8


@pytest.mark.parametrize("tree_id", TREES)
def test_every_outcome_and_every_option_is_on_some_walk(tree_id: str) -> None:
    ends = {walk.outcome.id for walk in walks(tree_id) if walk.outcome}
    taken = {(step.question.id, step.option.id) for walk in walks(tree_id) for step in walk.path}
    whole = tree(tree_id)
    assert ends == {outcome.id for outcome in whole.outcomes}
    assert taken == {
        (question.id, option.id) for question in whole.questions for option in question.options
    }


@pytest.mark.parametrize("tree_id", TREES)
def test_somebody_who_knows_nothing_is_led_to_something_that_can_be_undone(tree_id: str) -> None:
    walk = start(tree(tree_id))
    while walk.question is not None:
        walk = walk.answer(walk.question.id, "")
    assert walk.outcome is not None
    assert walk.outcome.door == "two-way"


@pytest.mark.parametrize("tree_id", TREES)
def test_labels_are_short_and_every_question_can_be_found_out(tree_id: str) -> None:
    for question in tree(tree_id).questions:
        assert all(len(option.label) <= LABEL for option in question.options), question.id
        assert question.unknown.find_out, question.id
        assert question.sources, question.id


@pytest.mark.parametrize("tree_id", TREES)
def test_every_outcome_gives_steps_a_source_and_a_time_to_look_again(tree_id: str) -> None:
    for outcome in tree(tree_id).outcomes:
        assert 3 <= len(outcome.steps) <= 6, outcome.id
        assert all((outcome.sources, outcome.references, outcome.again)), outcome.id
