"""The keys of where somebody is, with what the others wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import to_text
from be_tui.tui.actions import ACTIONS, actions_of
from be_tui.tui.help import help_page
from be_tui.tui.screens.home import HomeScreen
from tests.tui.conftest import SIZES, frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.tui.app import BeTuiApp


def test_every_action_of_a_screen_is_told_with_its_keys() -> None:
    text = to_text(help_page("Decide", actions_of("decide")), width=120)
    for action in actions_of("decide"):
        assert action.label in text
        assert action.help in text
    assert "ctrl+p, :" in text


def test_the_keys_of_other_screens_are_not_told() -> None:
    text = to_text(help_page("Home", actions_of("home")), width=120)
    other = next(action for action in ACTIONS if action.id == "preview.undo")
    assert other.help not in text


def test_what_cannot_be_done_says_what_it_waits_for() -> None:
    page = help_page(
        "Home",
        actions_of("home"),
        lambda name: "the project is being read" if name == "home.measure" else "",
    )
    assert "Not now: measure again (the project is being read)." in to_text(page, width=120)


def test_what_is_wrong_with_chosen_keys_is_told() -> None:
    page = help_page("Home", actions_of("home"), troubles=["keys: x is claimed twice"])
    assert "! keys: x is claimed twice" in to_text(page)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_looks_as_it_should(
    app: BeTuiApp, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        golden(f"help-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("key", ["left_square_bracket", "escape"])
async def test_one_key_goes_back_from_it(app: BeTuiApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
