"""The bundled trees as people walk them: where stories end, and that no walk is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.walking import PROOFS, ending

if TYPE_CHECKING:
    from collections.abc import Callable

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
