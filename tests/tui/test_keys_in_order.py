"""Keys that arrive in one burst do what they would do one by one."""

from __future__ import annotations

import asyncio
from time import process_time
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.app import ScreenStackError

from be_tui.tui.base import BaseScreen
from be_tui.tui.keys_in_order import _LOOK, _STILL, KeysInOrder
from tests.tui.waiting import key_event, settled

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from be_tui.tui.app import BeTuiApp


async def burst(pilot: Pilot[None], keys: str) -> str:
    """Let keys arrive together; give the frame once all are dealt with."""
    for key in keys:
        pilot.app.post_message(key_event(key))
    return await settled(pilot)


@pytest.mark.parametrize("keys", ["/caching", ":caching"])
async def test_words_that_come_with_the_key_that_asks_for_them_are_not_lost(
    app: BeTuiApp, keys: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = await burst(pilot, keys)
        assert "caching" in "\n".join(shown.splitlines()[:5])


async def test_words_for_the_library_reach_its_search(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "\n caching" in await burst(pilot, "L/caching")


async def test_no_key_of_a_burst_reaches_the_screen_that_was_left(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await burst(pilot, "1:uRu")
        assert app.store.walks() == ()


async def test_a_burst_walks_as_far_as_its_keys(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
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
        await settled(pilot)
        keys = KeysInOrder(app, hand_on)
        for key in "qab":
            await keys.take(events.Key(key, key))
        following = keys._following
        assert following is not None
        await following
        assert handed == ["q", "a"]


class Deaf(BaseScreen):
    """A screen that answers its first key late."""

    def __init__(self, first: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self._first = first
        self.answered = False

    async def on_key(self, event: events.Key) -> None:
        if event.key == "x" and not self.answered:
            await self._first()
            self.answered = True


async def test_a_key_that_works_is_waited_for_however_long(app: BeTuiApp) -> None:
    began: list[float] = []

    def work() -> None:
        began.append(process_time())
        while process_time() - began[0] < 2 * _LOOK * _STILL:
            pass

    async with app.run_test(size=(80, 24)) as pilot:
        deaf = Deaf(lambda: asyncio.to_thread(work))
        await app.push_screen(deaf)
        handed: list[bool] = []

        async def hand_on(key: events.Key) -> None:
            if key.key == "y":
                handed.append(deaf.answered)
            deaf.post_message(key)

        keys = KeysInOrder(app, hand_on)
        for key in "xy":
            await keys.take(key_event(key))
        following = keys._following
        assert following is not None
        await following
        assert handed == [True]
        await settled(pilot)


async def test_a_key_that_hangs_is_not_waited_for(app: BeTuiApp) -> None:
    answer = asyncio.Event()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Deaf(answer.wait))
        app.post_message(key_event("x"))
        app.post_message(key_event("y"))
        while app._keys._following is None:
            await asyncio.sleep(0)
        await app._keys._following
        assert not app._keys._waiting
        answer.set()
        await settled(pilot)
