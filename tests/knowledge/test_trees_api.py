"""The trees about APIs, access and the way data is kept as people walk them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.walking import PROOFS, ending

if TYPE_CHECKING:
    from collections.abc import Callable

STORIES: dict[str, dict[str, tuple[str, str]]] = {
    "api-versioning": {
        "a page of ours needs another field": ("together adds", "evolve"),
        "the page and its server rename a field in one commit": ("together breaks", "in-step"),
        "a new service for the team next door": ("teams new", "evolve"),
        "a customer's field gets a better name": ("outside breaks beside", "side-by-side"),
        "amounts become text everywhere, and there is a /v1": (
            "outside breaks everywhere said",
            "same-way",
        ),
        "a first public API, called by generated libraries": (
            "outside new unsaid months built",
            "path-version",
        ),
        "a catalogue whose links stand in other people's databases": (
            "outside new unsaid months kept",
            "media-type",
        ),
        "a payment API that shops build against once": ("outside new unsaid years", "pinned"),
        "phones with last year's app, and every call changes": (
            "installed breaks everywhere unsaid built",
            "path-version",
        ),
        "an export that we believe nobody uses": ("teams retires somebody", "sunset"),
        "an endpoint without a call in the last quarter": ("outside retires nobody", "remove"),
    },
}


@pytest.mark.parametrize(
    ("tree_id", "story"),
    [(tree_id, story) for tree_id, stories in STORIES.items() for story in stories],
)
def test_a_story_ends_where_a_senior_engineer_would_end(tree_id: str, story: str) -> None:
    answers, outcome = STORIES[tree_id][story]
    assert ending(tree_id, answers) == outcome


@pytest.mark.parametrize("tree_id", STORIES)
@pytest.mark.parametrize("prove", PROOFS)
def test_the_tree_is_sound(prove: Callable[[str], None], tree_id: str) -> None:
    prove(tree_id)
