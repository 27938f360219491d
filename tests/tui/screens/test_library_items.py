"""References of items on the screen: contents, filters, verdicts, answers, marks, sources."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from be_tui.core.bookmarks import Bookmarks
from be_tui.core.document import Document
from be_tui.core.sessions import open_store
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.decide import DecideScreen
from be_tui.tui.widgets.link_list import LinkList
from tests.core.knowledge.making import CHECKED_FILES, FILES, INT_KEY, write
from tests.tui.conftest import SIZES, frame
from tests.tui.packs import write_pack
from tests.tui.screens.test_library import (
    NARROW,
    WIDE,
    copied,
    opened,
    page_of,
    said,
    top_of,
)
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from be_tui.tui.screens.library import LibraryScreen

__all__ = ["copied", "said"]

LEAVES = "Brew loose leaves, not bags"


class Day(date):
    """A clock that stands."""

    @classmethod
    def today(cls) -> Day:
        return cls(2026, 11, 3)


@pytest.fixture
def library(service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BeTuiApp:
    """Give a session with a reference of items, on a service with a schema."""
    root = write_pack(tmp_path / "bundled")
    write(root, FILES | CHECKED_FILES)
    monkeypatch.setattr("be_tui.core.knowledge.packs.knowledge_dir", lambda: str(root))
    monkeypatch.setattr("be_tui.tui.items_screen.date", Day)
    (service / "schema.sql").write_text(INT_KEY)
    (service / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    return BeTuiApp(Opening(service))


def listed(screen: LibraryScreen) -> list[str]:
    """Give the lines of the list."""
    reading = screen.query_one(LinkList).reading
    assert reading is not None
    return [link.link for link in reading.page.links]


def shown(screen: LibraryScreen) -> str:
    """Give the whole page as text."""
    reading = page_of(screen).reading
    assert reading is not None
    return "\n".join(line.text for line in reading.page.lines)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frames(
    library: BeTuiApp, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    name = f"{size[0]}x{size[1]}"
    async with library.run_test(size=size) as pilot:
        await opened(pilot, "brewing")
        golden(f"items-cover-{name}", frame(library))
        await pressed(pilot, "tab", "l", "l")
        golden(f"items-narrowed-{name}", frame(library))
        await pressed(pilot, "l", "l", "down", "enter")
        golden(f"items-chapter-{name}", frame(library))
        await pressed(pilot, "a")
        golden(f"items-answering-{name}", frame(library))
        await pressed(pilot, "down", "down", "enter", "r", "l", "l")
        golden(f"items-review-{name}", frame(library))


async def test_what_is_measured_before_the_page_stands_does_not_move_the_reader(
    library: BeTuiApp,
) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, "brewing")
        await pressed(pilot, "tab")
        await screen.visit("brewing#loose-leaves")
        page = page_of(screen)
        page.show(Document(page.document.blocks), position=page.position)
        await settled(pilot)
        assert page.slug == "loose-leaves"


async def test_a_reference_opens_on_its_chapters_with_its_items_beside(
    library: BeTuiApp,
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing")
        assert top_of(screen) == "Brewing"
        assert "Leaves  1 SHOULD, 1 MAY" in shown(screen)
        assert listed(screen) == [
            *("brewing#leaves", "brewing#loose-leaves", "brewing#bags"),
            *("brewing#heat", "brewing#boil-water"),
        ]
        assert "3 items" in frame(library)


async def test_an_item_opens_its_chapter_at_its_place_and_back_returns(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing#bags")
        assert page_of(screen).slug == "bags"
        assert "Brewing › Leaves › Brew bags" in frame(library)
        assert "bundled · brewing/01-leaves.yaml:48" in frame(library)
        assert screen.query_one(LinkList).marked == "brewing#bags"
        await screen.visit("brewing#boil-water")
        await settled(pilot)
        assert "Brewing › Heat" in frame(library)
        await pressed(pilot, "left_square_bracket")
        assert page_of(screen).slug == "bags"


async def test_a_link_within_a_chapter_leads_into_another(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing#leaves")
        await pressed(pilot, "n", "enter")
        assert "Brewing › Heat" in frame(library)
        assert top_of(screen) == "Heat"


async def test_what_was_measured_here_stands_on_the_item(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing#loose-leaves")
        await settled(pilot)
        assert "Here: does not hold: int keys: 1" in shown(screen)
        assert "schema.sql:1" in shown(screen)
        assert page_of(screen).slug == "loose-leaves"


async def test_the_list_is_narrowed_by_level_engine_and_what_can_be_checked(
    library: BeTuiApp, said: list[str]
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing")
        await pressed(pilot, "l")
        assert listed(screen) == ["brewing#heat", "brewing#boil-water"]
        assert "1 of 3 items · MUST" in frame(library)
        await pressed(pilot, "l", "l", "l", "c")
        assert "brewing#bags" not in listed(screen)
        assert said[-1] == "listed: be-tui can check it"
        await pressed(pilot, "c", "e", "down", "down", "enter")
        assert "for Green" in frame(library)
        assert "brewing#boil-water" not in listed(screen)
        await pressed(pilot, "e", "enter")
        assert len(listed(screen)) == 5
        assert said[-1] == "all items are listed"


async def test_where_only_one_pane_fits_narrowing_turns_to_the_list(library: BeTuiApp) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, "brewing")
        await pressed(pilot, "l")
        assert "1 of 3 items · MUST" in frame(library)
        assert screen.query_one(LinkList).has_focus


async def test_a_search_keeps_to_the_items_that_are_listed(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing")
        await pressed(pilot, "l", "slash", *"water")
        assert listed(screen) == ["brewing#boil-water"]
        assert "1 found · MUST" in frame(library)


async def test_an_answer_is_kept_told_on_the_item_and_can_be_taken_back(
    library: BeTuiApp, service: Path
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing#bags")
        await pressed(pilot, "a", "down", "down", "enter")
        assert "You said: no, it is missing" in shown(screen)
        await pressed(pilot, "a", "enter")
        assert "You said: no, it is missing" in shown(screen)
        await pressed(pilot, "a", *["down"] * 5, "enter")
        assert "You said" not in shown(screen)
        await pressed(pilot, "a", "down", "enter")
    with open_store(service) as store:
        cover = library.library.cover("brewing")
        assert [(each.item, each.answer) for each in store.review(cover).replies] == [
            ("bags", "yes")
        ]


async def test_a_review_tells_what_is_missing_first_and_asks_for_more_by_level(
    library: BeTuiApp,
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing")
        await pressed(pilot, "r")
        assert "Level MUST asks for 1 item: 1 missing" in shown(screen)
        await pressed(pilot, "l")
        text = shown(screen)
        assert "Level SHOULD asks for 2 items: 2 missing" in text
        assert LEAVES in text
        await pressed(pilot, "n", "enter")
        assert page_of(screen).slug == "loose-leaves"
        await pressed(pilot, "left_square_bracket")
        assert "Level SHOULD" in shown(screen)


async def test_a_review_that_is_opened_by_its_address(library: BeTuiApp, said: list[str]) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, "review:brewing")
        assert "Level MUST" in shown(screen)
        assert not await screen.visit("review:handbook")
        assert "not made of items" in said[-1]


async def test_what_is_related_is_one_key_away(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing#loose-leaves")
        await pressed(pilot, "t")
        assert "Brew bags" in frame(library)
        await pressed(pilot, *["down"] * 3, "enter")
        assert page_of(screen).slug == "bags"
        await pressed(pilot, "t")
        assert page_of(screen).slug == "loose-leaves"
        await pressed(pilot, "t", "down", "enter")
        assert isinstance(library.screen, DecideScreen)


async def test_a_source_is_opened_only_when_it_is_chosen(
    library: BeTuiApp, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    urls: list[str] = []
    monkeypatch.setattr(BeTuiApp, "open_url", lambda _, url: urls.append(url))
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "brewing#loose-leaves")
        await pressed(pilot, "o")
        assert "https://example.org/tea" in frame(library)
        await pressed(pilot, "enter")
        assert urls == []
        await pressed(pilot, "o", "down", "enter")
        assert urls == ["https://example.org/tea"]
        await screen.visit("brewing#bags")
        await pressed(pilot, "o")
        assert said[-1] == "What we do (rule of thumb)"


async def test_marked_passages_stand_on_the_first_page(library: BeTuiApp, said: list[str]) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await screen.visit("brewing#bags")
        await settled(pilot)
        await pressed(pilot, "m")
        await screen.visit("handbook#queues")
        await settled(pilot)
        await pressed(pilot, "m")
        await screen.visit("rule:stale-water")
        await settled(pilot)
        await pressed(pilot, "m")
        assert said[-1] == "marked: The water is stale"
        await screen.visit("")
        await settled(pilot)
        assert listed(screen)[:3] == ["rule:stale-water", "handbook#queues", "brewing#bags"]
        await pressed(pilot, "m")
        assert said[-1] == "there is nothing to mark"
        await screen.visit("brewing#bags")
        await settled(pilot)
        await pressed(pilot, "m")
        assert said[-1] == "no longer marked: Brew bags"
    with Bookmarks() as marks:
        assert [address for address, _ in marks.all()] == ["rule:stale-water", "handbook#queues"]


async def test_code_of_an_item_is_copied_wrong_then_right(
    library: BeTuiApp, copied: list[str]
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        await opened(pilot, "brewing#loose-leaves")
        await pressed(pilot, "y", "y")
        assert copied == ["SELECT tea FROM cups;", "SELECT tea FROM cup;"]


async def test_what_cannot_be_done_says_why(library: BeTuiApp, said: list[str]) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        for key in ("l", "e", "c", "r"):
            await pressed(pilot, key)
            assert said[-1] == "open a reference of items first"
        for key in ("a", "o"):
            await pressed(pilot, key)
            assert said[-1] == "no item is read here"
        await pressed(pilot, "t")
        assert said[-1] == "nothing goes with this page"
        await screen.visit("brewing#bags")
        await settled(pilot)
        await pressed(pilot, "a", "m")
        assert said[-1] == "answer the question below first"
        await pressed(pilot, "escape", "E")
        assert said[-1] == "it ships with be-tui; .be-tui/ may hold another 'brewing'"


async def test_while_typing_the_footer_shows_only_keys_that_do_not_type_themselves(
    library: BeTuiApp,
) -> None:
    def footer() -> str:
        return frame(library).splitlines()[-1]

    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert "? keys" in footer()
        await pressed(pilot, "slash", "question_mark", "L")
        assert screen.query_one("#query").value == "?L"  # type: ignore[attr-defined]
        assert "? keys" not in footer()
        assert "/ search" not in footer()
        assert "f1 keys" in footer()
        assert "esc back" in footer()
        await pressed(pilot, "escape", "down")
        assert "? keys" in footer()
