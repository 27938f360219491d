"""Every screen has three layouts and says when nothing fits, whichever way it gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.tui.app import _SCREENS
from tests.tui.conftest import frame

if TYPE_CHECKING:
    from be_tui.tui.app import BeTuiApp

OPENED = ("home", "decide", "compare", "library", "sql", "migrate", "scaffold", "profile", "help")
LAYOUTS = (
    ((160, 48), "-wide"),
    ((120, 30), "-wide"),
    ((119, 30), "-medium"),
    ((80, 24), "-medium"),
    ((79, 24), "-narrow"),
    ((40, 12), "-narrow"),
)


async def go(app: BeTuiApp, name: str) -> None:
    if name != "home":
        await app.open(name)


def test_every_screen_that_opens_by_itself_is_tried() -> None:
    assert set(_SCREENS) - {"preview"} == set(OPENED)


@pytest.mark.parametrize("name", OPENED)
async def test_a_screen_survives_every_size_and_says_when_nothing_fits(
    app: BeTuiApp, name: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(app, name)
        await pilot.pause()
        for size, layout in LAYOUTS:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.screen.has_class(layout), size
            assert "needs 40x12" not in frame(app)
            assert frame(app).startswith(" be-tui")
        for small in ((39, 24), (80, 11), (20, 5), (1, 1)):
            await pilot.resize_terminal(*small)
            await pilot.pause()
            assert small == (1, 1) or "be-tui needs" in frame(app).replace("\n", " "), small
        await pilot.resize_terminal(160, 48)
        await pilot.pause()
        assert frame(app).startswith(" be-tui")


@pytest.mark.parametrize("size", [(160, 48), (80, 24), (40, 12)], ids=str)
@pytest.mark.parametrize("name", OPENED)
async def test_a_screen_opens_in_its_layout_at_once(
    app: BeTuiApp, name: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await go(app, name)
        await pilot.pause()
        assert app.screen.has_class(dict(LAYOUTS)[size])
        assert frame(app).rstrip("\n").count("\n") < size[1]


async def test_a_screen_opened_where_nothing_fits_is_whole_once_it_does(app: BeTuiApp) -> None:
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert "be-tui needs" in frame(app).replace("\n", " ")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Do next" in frame(app)
        assert "keys" in frame(app)
