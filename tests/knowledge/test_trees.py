"""The bundled trees as people walk them: where stories end, and that no walk is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.walking import PROOFS, bundled, ending, supported

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.evidence import Value

TREES = ("optimize", "refactor")


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
@pytest.mark.parametrize("prove", PROOFS)
def test_the_tree_is_sound(prove: Callable[[str], None], tree_id: str) -> None:
    prove(tree_id)


@pytest.mark.parametrize(
    ("question", "measures", "answer"),
    [
        ("optimize plan", {"queries.infix_like": 2.0}, "waste"),
        ("optimize plan", {"schema.foreign_keys_without_index": 1.0}, "waste"),
        ("optimize plan", {"schema.foreign_keys_without_index": 0.0}, ""),
        ("optimize saturated", {"io_in_transaction.suspects": 1.0}, "pool"),
        ("optimize external", {"clients.without_timeout": 3.0}, "tail"),
        ("optimize external", {"clients.without_timeout": 0.0}, ""),
        ("optimize copies", {"runtime.replicas": 3.0}, "stateless"),
        ("optimize copies", {"runtime.replicas": 1.0}, ""),
        ("optimize caller", {"slow_in_request.suspects": 1.0}, "later"),
        ("optimize wire", {"api.lists_without_page": 1.0}, "surplus"),
        ("api-style reach", {"api.grpc": True, "api.operations": 4.0}, "yes"),
        ("api-style reach", {"api.grpc": True, "api.operations": 0.0}, ""),
        ("resilience harmed", {"clients.without_timeout": 1.0}, "us"),
        ("pagination use", {"paging.cursor": 2.0, "paging.offset": 0.0}, "next"),
        ("pagination use", {"paging.cursor": 2.0, "paging.offset": 1.0}, ""),
        (
            "primary-key room",
            {"profile.requests_per_second": 1.0, "profile.horizon": 10.0},
            "never",
        ),
        (
            "primary-key room",
            {"profile.requests_per_second": 40.0, "profile.horizon": 10.0},
            "",
        ),
    ],
)
def test_what_is_measured_answers_what_it_can_tell(
    question: str, measures: dict[str, Value], answer: str
) -> None:
    assert supported(question, measures) == ({answer} if answer else set())


def test_most_questions_can_be_answered_by_what_is_measured() -> None:
    asked = [question for tree in bundled().values() for question in tree.questions]
    assert sum(bool(question.witnesses) for question in asked) >= 0.6 * len(asked)


def test_every_outcome_rests_on_an_item_of_the_library_and_offers_little() -> None:
    for tree_id, tree in bundled().items():
        for outcome in tree.outcomes:
            items = [each for each in outcome.references if not each.startswith("guide#")]
            offered = [(action.open, action.argument) for action in outcome.actions]
            assert items, (tree_id, outcome.id)
            assert len(offered) <= 3, (tree_id, outcome.id)
            assert len(set(offered)) == len(offered), (tree_id, outcome.id)
            assert len({action.label for action in outcome.actions}) == len(offered)
