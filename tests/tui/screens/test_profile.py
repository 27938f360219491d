"""The profile on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import SIZES, frame
from tests.tui.waiting import pressed

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.tui.app import BeTuiApp


@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_each_point_and_why_it_is_asked(
    app: BeTuiApp, size: tuple[int, int], golden: Callable[[str, str], None]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pressed(pilot, "p", "down", "down", "enter", "2", "enter")
        golden(f"profile-{size[0]}x{size[1]}", frame(app))


async def test_a_value_is_kept_for_the_session_and_the_next_one(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "p", "down", *["enter", "9", "enter"])
        assert app.profile.people == 9
        assert app.store.profile() == app.profile
        assert app.evidence["profile"].measure("profile.people")


async def test_a_choice_is_given_by_its_number(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open("profile", "favours")
        await pressed(pilot, "enter", "2", "enter")
        assert app.profile.favours == "reliability"
        assert "Reliability" in frame(app)


async def test_a_wrong_value_stays_as_it_was_typed_with_what_is_wrong(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "p", "down", "enter", "m", "a", "n", "y", "enter")
        shown = frame(app)
        assert "'many' is no number" in shown
        assert "\n many\n" in shown
        assert app.profile.people is None


async def test_back_leaves_the_value_first_and_then_the_page(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "p", "enter", "escape")
        assert "What it does, and what is fixed" in frame(app)
        await pressed(pilot, "escape")
        assert "Do next" in frame(app)
