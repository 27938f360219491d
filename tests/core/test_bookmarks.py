"""Bookmarks are a person's own, in the order of their marking, and survive the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core import keeping
from be_tui.core.bookmarks import Bookmarks
from be_tui.core.locations import state_dir

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_mark_is_set_and_taken_away(tmp_path: Path) -> None:
    with Bookmarks(tmp_path / "b.sqlite") as marks:
        assert not marks.has("guide#caching")
        assert marks.toggle("guide#caching", "Caching")
        assert marks.has("guide#caching")
        assert marks.all() == (("guide#caching", "Caching"),)
        assert not marks.toggle("guide#caching", "Caching")
        assert marks.all() == ()


def test_marks_are_there_the_next_time_the_latest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = iter(["2026-11-22T10:00:00Z", "2026-11-23T10:00:00Z"])
    monkeypatch.setattr(keeping, "now", lambda: next(days))
    with Bookmarks(tmp_path / "b.sqlite") as marks:
        marks.toggle("guide#caching", "Caching")
        marks.toggle("rule:tree-cycle", "A “circle”")
    with Bookmarks(tmp_path / "b.sqlite") as marks:
        assert marks.all() == (("rule:tree-cycle", "A “circle”"), ("guide#caching", "Caching"))
        assert marks.trouble == ""


def test_they_stand_in_the_persons_own_folder() -> None:
    with Bookmarks() as marks:
        marks.toggle("guide", "Guide")
    with Bookmarks() as marks:
        assert marks.has("guide")
    from pathlib import Path

    assert (Path(state_dir()) / "bookmarks.sqlite").exists()


def test_a_title_that_is_damaged_gives_way_to_the_address(tmp_path: Path) -> None:
    path = tmp_path / "b.sqlite"
    with Bookmarks(path) as marks:
        marks.toggle("guide", "Guide")
    kept = keeping.Keeping(path)
    kept.put("bookmark", "guide", "{")
    kept.close()
    with Bookmarks(path) as marks:
        assert marks.all() == (("guide", "guide"),)
