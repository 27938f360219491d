"""Keys that arrive in one burst do what they would do one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from textual import events
from textual.app import ScreenStackError

from be_tui.tui import keys_in_order
from be_tui.tui.keys_in_order import KeysInOrder
from tests.tui.conftest import frame

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from be_tui.tui.app import BeTuiApp

_NAMES = {"/": "slash", ":": "colon", "[": "left_square_bracket"}


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each key as long as it takes: a busy machine is no key that hangs."""
    monkeypatch.setattr(keys_in_order, "_PATIENCE", 30.0)


async def burst(pilot: Pilot[None], keys: str) -> None:
    app = cast("BeTuiApp", pilot.app)
    for key in keys:
        app.post_message(events.Key(_NAMES.get(key, key), key))
    for _ in range(5):
        await pilot.pause(0.1)
    while app._keys._following is not None:
        await pilot.pause(0.1)
    await pilot.pause(0.1)


@pytest.mark.parametrize("keys", ["/caching", ":caching"])
async def test_words_that_come_with_the_key_that_asks_for_them_are_not_lost(
    app: BeTuiApp, keys: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await burst(pilot, keys)
        assert "caching" in "\n".join(frame(app).splitlines()[:5])


async def test_words_for_the_library_reach_its_search(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await burst(pilot, "L/caching")
        assert "\n caching" in frame(app)


async def test_no_key_of_a_burst_reaches_the_screen_that_was_left(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await burst(pilot, "1:uRu")
        assert app.store.walks() == ()


async def test_a_burst_walks_as_far_as_its_keys(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await burst(pilot, "1uuu")
        (walk,) = app.store.walks()
        assert walk.answered >= 2


async def test_keys_after_the_one_that_ends_the_session_are_nobodys(app: BeTuiApp) -> None:
    handed: list[str] = []

    async def hand_on(key: events.Key) -> None:
        handed.append(key.key)
        if key.key != "q":
            raise ScreenStackError("no screens")

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        keys = KeysInOrder(app, hand_on)
        for key in "qab":
            await keys.take(events.Key(key, key))
        following = keys._following
        assert following is not None
        await following
        assert handed == ["q", "a"]
