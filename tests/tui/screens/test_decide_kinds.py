"""Deciding where a number is typed, and where several answers are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.decisions.strategies import evidence, kinds_tree
from tests.tui.conftest import SIZES, frame
from tests.tui.screens import test_decide
from tests.tui.screens.test_decide import Session, opened
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from be_tui.core.knowledge import Tree
    from be_tui.tui.screens.decide import DecideScreen


class Shelf(test_decide.Shelf):
    """A library of one tree, with a question of each kind."""

    def tree(self, tree_id: str) -> Tree:
        assert tree_id == "kinds"
        return kinds_tree()


@pytest.fixture
def app(service: Path) -> Session:
    session = Session(service)
    session.__dict__["library"] = Shelf()
    return session


def given(screen: DecideScreen) -> list[str]:
    assert screen.walk
    return [step.said for step in screen.walk.path]


async def at_signs(app: Session, pilot: Pilot[None]) -> DecideScreen:
    screen = await opened(app, pilot, "kinds")
    await pressed(pilot, "1", *"2500", "enter", *"2s", "enter")
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_is_typed_and_its_band_is_marked_meanwhile(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, "kinds")
        await pressed(pilot, "1", *"250")
        golden(f"decide-number-{size[0]}x{size[1]}", frame(app))
        await pressed(pilot, "enter")
        assert given(screen) == ["Yes", "250 requests per second (100 to 1,000)"]


@pytest.mark.parametrize("size", SIZES)
async def test_several_are_ticked_by_space_and_digit_and_taken_together(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await at_signs(app, pilot)
        await pressed(pilot, "space", "2")
        golden(f"decide-several-{size[0]}x{size[1]}", frame(app))
        await pressed(pilot, "enter")
        assert given(screen)[1:] == [
            "2,500 requests per second (1,000 or more)",
            "2 s (200 ms or more)",
            "Slow reads and slow writes",
        ]
        assert screen.walk
        assert screen.walk.outcome
        assert screen.walk.outcome.id == "cache"


async def test_none_of_these_goes_with_nothing_else(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_signs(app, pilot)
        await pressed(pilot, "1", "4", "enter")
        assert given(screen)[-1] == "None of these"


async def test_where_nothing_is_ticked_the_marked_one_is_taken(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_signs(app, pilot)
        await pressed(pilot, "down", "enter")
        assert given(screen)[-1] == "Slow writes"


async def test_not_knowing_is_itself_whatever_is_ticked(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_signs(app, pilot)
        await pressed(pilot, "1", "u")
        assert screen.walk
        assert screen.walk.assumed[0].question.id == "signs"


async def test_the_letters_of_a_unit_are_no_keys(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "kinds")
        await pressed(pilot, "1", *"2.5k", "enter")
        await pressed(pilot, "5", "space", *"minutes", "enter")
        assert given(screen)[1:] == [
            "2,500 requests per second (1,000 or more)",
            "5 min (200 ms or more)",
        ]


async def test_not_knowing_a_number_is_one_key_while_nothing_is_typed(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "kinds")
        await pressed(pilot, "1", "7", "escape", "u")
        assert screen.walk
        assert screen.walk.assumed[0].question.id == "rate"


async def test_a_number_out_of_bounds_is_told_beside_it_and_can_be_mended(app: Session) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot, "kinds")
        await pressed(pilot, "1", *"1000000")
        assert "1000000▏  at most 100,000" in frame(app)
        assert "→" not in frame(app)
        await pressed(pilot, "enter")
        assert given(screen) == ["Yes"]
        assert screen.query_one("#typed").has_class("-refused")
        assert not app._notifications
        await pressed(pilot, "backspace", "backspace")
        assert "10000▏  → 1,000 or more" in frame(app)
        assert not screen.query_one("#typed").has_class("-refused")
        await pressed(pilot, "enter")
        assert given(screen)[-1] == "10,000 requests per second (1,000 or more)"


async def test_what_is_no_number_is_told_beside_it(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "kinds")
        await pressed(pilot, "1", "2", "5", "space", *"cups", "enter")
        assert "25 cups▏  not a number" in frame(app)
        assert given(screen) == ["Yes"]
        await pressed(pilot, "escape", "up", "up", "enter")
        assert given(screen)[-1] == "Under 100"


async def test_marking_another_band_or_escape_lets_go_of_what_was_typed(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "kinds")
        await pressed(pilot, "1", *"250", "down", "enter")
        assert given(screen)[-1] == "1,000 or more"
        await pressed(pilot, "escape", *"42", "escape", "up", "up", "enter")
        assert given(screen)[-1] == "Under 100"


async def test_a_measured_number_stands_ready_to_be_taken(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "kinds")
        await pressed(pilot, "1")
        app.find(evidence("load", {"load.rate": 640.0}))
        await settled(pilot)
        assert "640 requests per second" in frame(app)
        await pressed(pilot, "enter")
        assert screen.walk
        assert screen.walk.given("rate")
        assert given(screen)[-1] == "640 requests per second (100 to 1,000)"
        assert screen.walk.path[-1].origin == "measured"


async def test_a_click_ticks(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_signs(app, pilot)
        await pilot.click("#options", offset=(12, 1))
        await settled(pilot)
        assert "[x]" in frame(app)
        await pressed(pilot, "enter")
        assert given(screen)[-1] == "Slow writes"
