"""What is told of a tree before it is walked."""

from __future__ import annotations

from be_tui.core.decisions import about_page
from be_tui.core.document import to_text
from be_tui.core.knowledge import Entry
from be_tui.core.sessions import SavedWalk

ENTRY = Entry(
    "tree", "speed", "When to tune", "Whether to tune, and what first.", "s.yaml", "bundled"
)


def test_a_tree_says_what_it_is_for() -> None:
    page = to_text(about_page(ENTRY))
    assert "When to tune" in page
    assert "Whether to tune, and what first." in page
    assert "pack" not in page


def test_a_tree_walked_half_says_that_it_goes_on() -> None:
    one = SavedWalk("speed", 3, 1, "", "2026-11-22T10:00:00.000000Z")
    assert "You gave 1 answer, last on 2026-11-22; it goes on from there." in to_text(
        about_page(ENTRY, one)
    )


def test_a_tree_walked_to_its_end_says_where_it_came_out() -> None:
    saved = SavedWalk("speed", 3, 2, "Leave it", "2026-11-22T10:00:00.000000Z")
    assert "You came out at “Leave it” on 2026-11-22." in to_text(about_page(ENTRY, saved))


def test_a_tree_of_another_pack_says_where_it_stands() -> None:
    page = to_text(about_page(ENTRY._replace(pack="project", path=".be-tui/trees/speed.yaml")))
    assert "From the project's pack: .be-tui/trees/speed.yaml" in page


def test_a_walk_without_answers_is_as_good_as_none() -> None:
    saved = SavedWalk("speed", 3, 0, "", "2026-11-22T10:00:00.000000Z")
    assert about_page(ENTRY, saved) == about_page(ENTRY)
