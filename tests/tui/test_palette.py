"""The palette finds what is meant, does it, and says why it cannot."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.knowledge import Entry, Hit
from be_tui.core.locations import state_dir
from be_tui.tui.actions import actions_of
from be_tui.tui.palette import (
    Item,
    Palette,
    action_items,
    entry_items,
    recent,
    remember,
    section_items,
    theme_items,
)
from be_tui.tui.screens.home import HomeScreen
from be_tui.tui.screens.palette import PaletteScreen
from be_tui.tui.widgets.offers import Offers
from tests.tui.conftest import SIZES, frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from be_tui.tui.app import BeTuiApp

ENTRIES = (
    Entry("tree", "optimize", "When to optimise", "From a suspicion to a reason.", "", "bundled"),
    Entry("tree", "refactor", "When to refactor", "For code that somebody dreads.", "", "bundled"),
    Entry("reference", "guide", "Guide to backend engineering", "All of it.", "", "bundled"),
    Entry("checklist", "code-review", "Code review", "What to look at.", "", "bundled"),
    Entry("rule", "tree-cycle", "A walk can go round for ever", "", "", "bundled"),
)
SECTIONS = (
    Hit("guide#caching", "reference", "Caching: where", "Guide › Architecture", ""),
    Hit("guide#cursor", "reference", "Cursor pagination", "Guide › API", ""),
)
PASSAGE = Hit(
    "guide#hot", "reference", "Hot code", "Guide › Code", "…bound \x02caches\x03 and reuse…"
)


class Library:
    """A library of a few things."""

    troubled = False

    def entries(self, kind: str | None = None) -> tuple[Entry, ...]:
        return tuple(entry for entry in ENTRIES if kind in {None, entry.kind})

    def search(self, query: str, limit: int) -> tuple[Hit, ...]:
        texts = {SECTIONS[0]: "caching: where", PASSAGE: "hot code: bound caches and reuse"}
        found = tuple(hit for hit, text in texts.items() if query in text)
        return (found if query else SECTIONS)[:limit]


def built(recent: tuple[str, ...] = (), reason: str = "") -> Palette:
    library = Library()
    items = [
        *action_items(actions_of("home"), lambda name: reason if name == "app.quit" else ""),
        *entry_items(ENTRIES),
        *theme_items(["dark", "light"], "dark"),
        *section_items(library.search("", 100)),
    ]
    return Palette(items, recent, lambda query: library.search(query, 20))


def titles(query: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [offer.item.title for offer in built(recent).offer(query)]


def test_without_a_query_actions_come_first_and_passages_not_at_all() -> None:
    offered = titles("")
    assert offered[:2] == ["Profile", "Measure again"]
    assert "When to optimise" in offered
    assert "Caching: where" not in offered


def test_what_was_used_last_comes_before_all() -> None:
    offered = titles("", recent=("tree:refactor", "gone", "action:app.quit"))
    assert offered[:3] == ["When to refactor", "Quit", "Profile"]
    assert len(offered) == len(set(offered))


def test_what_was_used_last_wins_among_equals() -> None:
    assert titles("when")[0] == "When to optimise"
    assert titles("when", recent=("tree:refactor",))[0] == "When to refactor"


def test_titles_come_before_passages_that_only_speak_of_it() -> None:
    offers = built().offer("cach")
    assert [offer.item.id for offer in offers] == ["guide#caching", "guide#hot"]
    assert offers[0].places == ((0, 4),)
    assert offers[1].snippet == "…bound caches and reuse…"


def test_an_action_is_found_by_what_it_does_as_well() -> None:
    assert "Profile" in titles("stand")


def test_an_action_is_offered_with_its_key_and_why_it_cannot_be_done() -> None:
    by_title = {offer.item.title: offer.item for offer in built(reason="it is held").offer("")}
    assert by_title["Measure again"].key == "r"
    assert by_title["Quit"].reason == "it is held"


def test_what_cannot_be_done_comes_last_among_equals() -> None:
    items = [Item("a", "Open it", "action", reason="no"), Item("b", "Open it now", "action")]
    assert [offer.item.id for offer in Palette(items).offer("open")] == ["b", "a"]


def test_what_was_chosen_is_remembered_the_latest_first_and_only_so_much() -> None:
    assert recent() == []
    for number in range(20):
        remember(f"tree:{number}")
    remember("tree:15")
    assert recent()[:3] == ["tree:15", "tree:19", "tree:18"]
    assert len(recent()) == 12


def test_a_state_folder_that_cannot_be_written_stops_nobody() -> None:
    Path(state_dir()).parent.mkdir(parents=True, exist_ok=True)
    Path(state_dir()).write_text("in the way")
    remember("tree:optimize")
    assert recent() == []


def test_a_key_over_two_thousand_titles_takes_a_few_milliseconds() -> None:
    items = [
        Item(f"guide#{number}", f"Section {number} on caching, paging and locks", "section")
        for number in range(2_000)
    ]
    over = Palette(items)
    over.offer("warm")

    def typed() -> float:
        began = time.process_time()
        for end in range(1, 15):
            over.offer("caching paging"[:end])
        return (time.process_time() - began) / 14

    # The best of three, for a collection of all that the suite has made may come in between.
    assert min(typed() for _ in range(3)) < 0.05


@pytest.fixture
def session(app: BeTuiApp, monkeypatch: pytest.MonkeyPatch) -> BeTuiApp:
    monkeypatch.setitem(app.__dict__, "library", Library())
    return app


def dialogue(session: BeTuiApp) -> str:
    """Give what the palette shows, without the screen that it lies over."""
    region = session.screen.query_one("#palette").region
    lines = frame(session).split("\n")[region.y : region.bottom]
    return "".join(f"{line[region.x : region.right].rstrip()}\n" for line in lines)


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*(("space" if letter == " " else letter) for letter in text))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_looks_as_it_should(
    session: BeTuiApp, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with session.run_test(size=size) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        golden(f"palette-{size[0]}x{size[1]}", dialogue(session))
        await type_in(pilot, "cach")
        golden(f"palette-query-{size[0]}x{size[1]}", dialogue(session))
        await type_in(pilot, "zzz")
        golden(f"palette-nothing-{size[0]}x{size[1]}", dialogue(session))


async def test_enter_does_what_is_marked_on_the_screen_below(session: BeTuiApp) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon")
        await type_in(pilot, "keys")
        await pilot.press("enter")
        await pilot.pause()
        assert "Keys: Home" in frame(session)
        assert recent() == ["action:app.help"]


async def test_a_theme_can_be_chosen_by_its_name(session: BeTuiApp) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await type_in(pilot, "light")
        await pilot.press("enter")
        await pilot.pause()
        assert session.theme == "light"


async def test_what_is_found_in_the_library_is_followed(
    session: BeTuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[str] = []

    async def follow(link: str) -> None:
        followed.append(link)

    monkeypatch.setattr(session, "follow", follow)
    async with session.run_test(size=(80, 24)) as pilot:
        for query in ("when opt", "caching", "bound cac"):
            await pilot.press("slash")
            await type_in(pilot, query)
            await pilot.press("enter")
            await pilot.pause()
    assert followed == ["tree:optimize", "guide#caching", "guide#hot"]


async def test_search_offers_no_actions(session: BeTuiApp) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert "Measure again" not in frame(session)
        assert "When to optimise" in frame(session)


async def test_what_cannot_be_done_says_why_and_is_not_done(
    session: BeTuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(session, "say", lambda text, **_: said.append(text))
    monkeypatch.setattr(
        HomeScreen, "unavailable", lambda _, name: "it is busy" if name == "home.measure" else ""
    )
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await type_in(pilot, "measure")
        assert "Not now: it is busy" in frame(session)
        await pilot.press("enter")
        await pilot.pause()
        assert said == ["it is busy"]
        assert isinstance(session.screen, PaletteScreen)


@pytest.mark.parametrize("key", ["escape", "ctrl+p"])
async def test_it_closes_without_doing_anything(session: BeTuiApp, key: str) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", key)
        await pilot.pause()
        assert isinstance(session.screen, HomeScreen)


async def test_the_mark_moves_by_keys_and_goes_round(session: BeTuiApp) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        offers = session.screen.query_one(Offers)
        first = offers.marked
        await pilot.press("up")
        assert offers.marked is not first
        await pilot.press("down")
        assert offers.marked is first
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert offers.marked is not None
        assert offers.marked.item.kind == "theme"
        await pilot.press("pageup", "pageup", "pageup")
        assert offers.marked is first


async def test_a_click_does_what_was_clicked(session: BeTuiApp) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await type_in(pilot, "light")
        await pilot.click(Offers, offset=(5, 0))
        await pilot.pause()
        assert session.theme == "light"


async def test_the_wheel_moves_the_mark(session: BeTuiApp) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        offers = session.screen.query_one(Offers)
        first = offers.marked
        offers.on_mouse_scroll_down()
        assert offers.marked is not first
        offers.on_mouse_scroll_up()
        assert offers.marked is first


async def test_it_survives_a_terminal_that_shrinks(session: BeTuiApp) -> None:
    async with session.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        for size in ((80, 24), (50, 14), (20, 5), (5, 2), (160, 48)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert "Do, open, read" in frame(session)
