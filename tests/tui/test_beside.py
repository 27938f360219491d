"""What runs beside a screen gives way to what comes after it, and leaves nothing behind."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from be_tui.tui.base import BaseScreen
from tests.tui.waiting import Pausing, settled

if TYPE_CHECKING:
    from be_tui.tui.app import BeTuiApp


class Desk(BaseScreen):
    """A screen that works on whatever it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    async def work(self, what: str) -> None:
        self.done.append(what)


async def test_work_that_is_replaced_before_it_began_leaves_nothing_behind(app: BeTuiApp) -> None:
    async with app.run_test() as pilot:
        desk = Desk()
        await app.push_screen(desk)
        for what in ("first", "second", "last"):
            desk.beside("working", desk.work, what)
        await settled(pilot)
        # A coroutine that nobody awaited would be told now, as an error of this test.
        gc.collect()
        assert desk.done == ["last"]


async def test_work_of_another_group_is_not_replaced(app: BeTuiApp) -> None:
    async with app.run_test() as pilot:
        desk = Desk()
        await app.push_screen(desk)
        desk.beside("working", desk.work, "first")
        desk.beside("reading", desk.work, "second")
        await settled(pilot)
        assert desk.done == ["first", "second"]


@pytest.mark.parametrize("name", ["sql", "migrate", "scaffold"])
async def test_a_text_is_worked_out_anew_within_one_turn(app: BeTuiApp, name: str) -> None:
    async with app.run_test() as pilot:
        await app.open(name, "SELECT 1")
        screen = app.screen
        assert isinstance(screen, Pausing)
        for _ in range(3):
            screen.work_now()
        await settled(pilot)
        gc.collect()
        assert not screen.is_waiting
