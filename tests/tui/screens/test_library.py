"""The library: search, read, follow links, go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.decide import DecideScreen
from be_tui.tui.screens.library import LibraryScreen
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.link_list import LinkList
from tests.tui.conftest import SIZES, frame
from tests.tui.packs import write_pack
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

WIDE = (140, 40)
NARROW = (80, 24)


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what is put on the clipboard."""
    texts: list[str] = []
    monkeypatch.setattr(BeTuiApp, "copy_to_clipboard", lambda _, text: texts.append(text))
    return texts


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what the person is told."""
    texts: list[str] = []
    monkeypatch.setattr(BeTuiApp, "say", lambda _, text, **__: texts.append(text))
    return texts


@pytest.fixture
def library(service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BeTuiApp:
    """Give a session with a small library, not yet running."""
    root = write_pack(tmp_path / "bundled")
    monkeypatch.setattr("be_tui.core.knowledge.packs.knowledge_dir", lambda: str(root))
    return BeTuiApp(Opening(service))


async def opened(pilot: Pilot[None], address: str = "") -> LibraryScreen:
    """Open the library, and wait until it stands."""
    app = pilot.app
    assert isinstance(app, BeTuiApp)
    await app.open("library", address)
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, LibraryScreen)
    return screen


def page_of(screen: LibraryScreen) -> DocumentView:
    return screen.query_one("#page", DocumentView)


def top_of(screen: LibraryScreen) -> str:
    """Give the first line of the page that is not blank."""
    reading = page_of(screen).reading
    assert reading is not None
    lines = reading.page.lines[page_of(screen).scroll_offset.y :]
    return next(line.text for line in lines if line.text.strip())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frames(
    library: BeTuiApp, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    name = f"{size[0]}x{size[1]}"
    async with library.run_test(size=size) as pilot:
        await opened(pilot)
        golden(f"library-start-{name}", frame(library))
        await pressed(pilot, "slash", *"cach")
        golden(f"library-search-{name}", frame(library))
        await pressed(pilot, "enter")
        golden(f"library-page-{name}", frame(library))
        await pressed(pilot, "f", *"key", "enter", "n")
        golden(f"library-find-{name}", frame(library))
        await pressed(pilot, "escape", "slash", *"zzqq")
        golden(f"library-nothing-{name}", frame(library))


async def test_the_library_opens_on_all_that_there_is(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert screen.focused is screen.query_one(LinkList)
        assert "▸ Glossary" in frame(library)
        await pressed(pilot, "down", "enter")
        assert top_of(screen) == "The handbook"
        assert screen.focused is page_of(screen)
        assert "▸ Caching" in frame(library)


async def test_an_address_can_be_opened_at_once_and_back_leaves_it(library: BeTuiApp) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, "handbook#queues")
        assert page_of(screen).slug == "queues"
        assert "The handbook › Queues" in frame(library)
        assert "bundled · handbook.md:25" in frame(library)
        await pressed(pilot, "left_square_bracket")
        assert library.screen is not screen


async def test_an_address_that_leads_nowhere_shows_what_there_is(
    library: BeTuiApp, said: list[str]
) -> None:
    async with library.run_test(size=NARROW) as pilot:
        await opened(pilot, "handbok")
        assert "did you mean 'handbook'?" in said[0]
        assert "All there is" in frame(library)


async def test_what_is_typed_is_found_as_it_is_typed(library: BeTuiApp) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pressed(pilot, "slash", *"commi")
        assert "▸ Invalidation" in frame(library)
        await pressed(pilot, "enter")
        assert page_of(screen).slug == "invalidation"
        await pressed(pilot, "left_square_bracket")
        assert "commi" in frame(library)
        assert "▸ Invalidation" in frame(library)
        await pressed(pilot, "escape")
        assert "All there is" in frame(library)


async def test_the_arrow_leads_from_the_words_to_what_was_found(library: BeTuiApp) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pressed(pilot, "slash", *"cache", "down", "down", "enter")
        assert page_of(screen).slug
        await pressed(pilot, "slash", *"zzqq", "down")
        assert screen.focused is screen.query_one("#query")
        await pressed(pilot, "enter")
        assert "Nothing was found for “zzqq”." in frame(library)


async def test_links_lead_to_sections_and_references_and_back_to_the_same_line(
    library: BeTuiApp,
) -> None:
    async with library.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot, "handbook")
        await pressed(pilot, "n", "enter")
        assert page_of(screen).slug == "caching"
        await pressed(pilot, "j", "j")
        left = page_of(screen).position
        await pressed(pilot, "left_square_bracket")
        assert top_of(screen) == "The handbook"
        await pressed(pilot, "n", "enter")
        assert top_of(screen) == "Glossary"
        await pressed(pilot, "left_square_bracket", "left_square_bracket")
        assert library.screen is not screen
        again = await opened(pilot, "handbook")
        await pressed(pilot, "n", "enter", "j", "j", "left_square_bracket", "right_square_bracket")
        assert page_of(again).position == left


async def test_going_forward_is_offered_only_where_there_is_something(
    library: BeTuiApp, said: list[str]
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pressed(pilot, "right_square_bracket")
        assert said == ["nothing lies forward"]
        await pressed(pilot, "enter", "left_square_bracket", "right_square_bracket")
        assert top_of(screen) == "Glossary"


async def test_a_link_to_a_tree_opens_it_in_decide(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "handbook")
        await screen.visit("tree:tune")
        await settled(pilot)
        deciding: object = library.screen
        assert isinstance(deciding, DecideScreen)
        await pressed(pilot, "left_square_bracket")
        assert library.screen is screen
        assert top_of(screen) == "The handbook"


async def test_links_that_lead_nowhere_are_said_to(library: BeTuiApp, said: list[str]) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "handbook")
        await screen.visit("nowhere")
        assert "no reference 'nowhere'" in said[-1]
        assert top_of(screen) == "The handbook"
        await screen.visit("glossary#lost")
        assert said[-1] == "Glossary has no section 'lost'"
        assert top_of(screen) == "Glossary"


async def test_an_address_on_the_web_is_put_on_the_clipboard(
    library: BeTuiApp, copied: list[str]
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "handbook")
        await screen.visit("https://example.org/x")
        assert copied == ["https://example.org/x"]
        assert library.screen is screen


async def test_code_in_view_is_copied_block_after_block(
    library: BeTuiApp, copied: list[str], said: list[str]
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        await opened(pilot, "handbook")
        await pressed(pilot, "y", "y")
        assert copied == [
            "cache.set(key, value, ttl=60)",
            "SELECT id FROM jobs FOR UPDATE SKIP LOCKED",
        ]
        await opened(pilot, "glossary")
        await pressed(pilot, "y", "n", "N")
        assert said == ["there is no code on this page", *["there is no link on this page"] * 2]


async def test_the_last_and_the_first_link_are_said_to_be_so(
    library: BeTuiApp, said: list[str]
) -> None:
    async with library.run_test(size=WIDE) as pilot:
        await opened(pilot, "handbook")
        await pressed(pilot, *["n"] * 8, "N", *["N"] * 8)
        assert said[0] == "that was the last link"
        assert said[-1] == "that was the first link"


async def test_one_pane_at_a_time_where_two_do_not_fit(library: BeTuiApp) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, "handbook")
        left, right = screen.query_one("#left"), screen.query_one("#right")
        assert (left.display, right.display) == (False, True)
        await pressed(pilot, "tab")
        assert (left.display, right.display) == (True, False)
        assert screen.focused is screen.query_one(LinkList)
        await pressed(pilot, "tab")
        assert screen.focused is page_of(screen)
        await pilot.resize_terminal(*WIDE)
        await settled(pilot)
        assert (left.display, right.display) == (True, True)
        await pressed(pilot, "tab")
        assert screen.focused is screen.query_one(LinkList)
        assert (left.display, right.display) == (True, True)
        await pilot.resize_terminal(*NARROW)
        await settled(pilot)
        assert (left.display, right.display) == (True, False)


async def test_the_contents_follow_the_page_and_lead_it(library: BeTuiApp) -> None:
    async with library.run_test(size=(140, 16)) as pilot:
        screen = await opened(pilot, "handbook")
        contents = screen.query_one(LinkList)
        page_of(screen).jump("invalidation")
        await settled(pilot)
        assert contents.marked == "#invalidation"
        await pressed(pilot, "tab", "home", "enter")
        assert page_of(screen).slug == "caching"
        await pressed(pilot, "left_square_bracket")
        assert page_of(screen).slug == "invalidation"


async def test_finding_is_undone_before_anything_else_is(library: BeTuiApp) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, "handbook")
        await pressed(pilot, "f", *"key", "enter", "n", "N")
        reading = page_of(screen).reading
        assert reading is not None
        assert len(reading.matches) == 3
        await pressed(pilot, "escape")
        assert library.screen is screen
        reading = page_of(screen).reading
        assert reading is not None
        assert reading.matches == ()


async def test_the_page_of_the_start_turns_back_to_the_list_first(library: BeTuiApp) -> None:
    async with library.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pressed(pilot, "tab", "escape")
        assert library.screen is screen
        assert screen.query_one("#left").display
        await pressed(pilot, "escape")
        assert library.screen is not screen


async def test_only_a_file_of_ones_own_is_opened_in_the_editor(
    library: BeTuiApp, service: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edited: list[tuple[str, int]] = []
    monkeypatch.setattr(BeTuiApp, "edit", lambda _, path, line=0: edited.append((path.name, line)))
    own = service / ".be-tui" / "references"
    own.mkdir(parents=True)
    (own / "own.md").write_text(
        "---\nid: own\ntitle: Own\nsummary: Ours.\n---\n\n## First\n\ntext\n", encoding="utf-8"
    )
    async with library.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pressed(pilot, "E")
        await opened(pilot, "handbook")
        await pressed(pilot, "E")
        assert said == [
            "this page stands in no file",
            "it ships with be-tui; .be-tui/ may hold another 'handbook'",
        ]
        await opened(pilot, "own#first")
        await pressed(pilot, "E")
        assert edited == [("own.md", 7)]


async def test_a_click_on_a_line_of_the_list_opens_it(library: BeTuiApp) -> None:
    async with library.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.click(screen.query_one(LinkList), offset=(5, 1))
        await settled(pilot)
        assert top_of(screen) == "The handbook"


async def test_an_empty_library_says_what_to_give_it(
    service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("be_tui.core.knowledge.packs.knowledge_dir", lambda: str(tmp_path / "no"))
    app = BeTuiApp(Opening(service))
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert "There is nothing to read yet." in frame(app)
        assert screen.focused is screen.query_one("#query")
