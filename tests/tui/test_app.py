"""The session opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.conftest import frame

if TYPE_CHECKING:
    from be_tui.tui.app import BeTuiApp


async def test_the_session_opens_on_home_and_names_the_project(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert frame(app).startswith(" be-tui  shop")


async def test_a_terminal_that_is_too_small_says_so(app: BeTuiApp) -> None:
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert "40x12" in frame(app)
