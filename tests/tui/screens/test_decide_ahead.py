"""Deciding with what is ahead in view: where it leads, what to ask first, what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.decisions import prospecting
from be_tui.core.sessions import open_store
from be_tui.tui import walk_screen
from tests.tui.conftest import SIZES, frame, told
from tests.tui.screens.test_decide import Session, answers, asked, opened
from tests.tui.trees import COUPLED
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def app(service: Path) -> Session:
    return Session(service)


def bars(text: str) -> list[str]:
    """Give the lines of bars: what stands after each."""
    lines = (line.partition("│")[2] or line for line in text.splitlines())
    return [line.split(None, 1)[1] for line in lines if line.strip()[:1] in {"█", "░"}]


async def test_bars_move_as_answers_come_in_and_keep_their_places(app: Session) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(app, pilot)
        assert bars(frame(app)) == [
            "33 %   Stay one service",
            "44 %   Modular monolith",
            "22 %   Extract one service",
        ]
        await pressed(pilot, "2")
        assert bars(frame(app)) == [
            "– ▼ Stay one service",
            "67 % ▲ Modular monolith",
            "33 % ▲ Extract one service",
        ]


@pytest.mark.parametrize("size", SIZES)
async def test_where_it_leads_is_a_page_too(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "2", "l")
        golden(f"decide-leads-{size[0]}x{size[1]}", frame(app))


async def test_what_takes_long_to_count_comes_when_it_is_counted(
    app: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dear(walk: object, since: object, limit: int = 0) -> object:
        return None if limit else prospecting.prospect(walk, since)  # type: ignore[arg-type]

    monkeypatch.setattr(walk_screen, "prospect", dear)
    async with app.run_test(size=(160, 48)) as pilot:
        screen = await opened(app, pilot)
        await settled(pilot)
        assert "44 %   Modular monolith" in frame(app)
        assert asked(screen) == "teams"


@pytest.mark.parametrize("size", SIZES)
async def test_the_question_that_settles_the_most_is_one_key_away(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "a")
        assert asked(screen) == "tracing"
        golden(f"decide-early-{size[0]}x{size[1]}", frame(app))
        await pressed(pilot, "1")
        assert asked(screen) == "coupling"
        assert "(you said, ahead)" in frame(app)
        await pressed(pilot, "1")
        assert answers(screen) == {"teams": "some", "tracing": "yes", "coupling": "rare"}
        assert screen.walk
        assert screen.walk.outcome


async def test_back_from_a_question_asked_early_leads_to_the_one_whose_turn_it_is(
    app: Session,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "a", "left_square_bracket")
        assert asked(screen) == "coupling"


async def test_where_the_question_asked_settles_the_most_that_is_said(app: Session) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "a")
        assert asked(screen) == "tracing"
        assert "this question settles the most" in told(app)


async def test_at_an_outcome_the_assumption_that_matters_most_is_asked_first(
    app: Session,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "u", "a")
        assert asked(screen) == "tracing"


@pytest.mark.parametrize("size", SIZES)
async def test_a_settled_walk_can_be_ended(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "3")
        assert "Nothing that is still open can change" in " ".join(frame(app).split())
        golden(f"decide-settled-{size[0]}x{size[1]}", frame(app))
        await pressed(pilot, "x")
        assert answers(screen) == {"teams": "some", "coupling": "often", "tracing": ""}
        assert screen.walk
        assert screen.walk.outcome
        assert screen.walk.outcome.id == "modular"


async def test_a_walk_that_is_open_is_not_ended(app: Session) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "x")
        assert "what is still open can change the outcome" in told(app)
        assert asked(screen) == "teams"


@pytest.mark.parametrize("size", SIZES)
async def test_each_change_can_be_tried_and_taken_back(
    app: Session, golden: Callable[[str, str], None], service: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "2", "w")
        golden(f"decide-changes-{size[0]}x{size[1]}", frame(app))
        await pressed(pilot, "down", "enter")
        assert answers(screen) == {"teams": "some", "coupling": "rare", "tracing": "yes"}
        golden(f"decide-trying-{size[0]}x{size[1]}", frame(app))
        with open_store(service) as other:
            assert [walk.outcome for walk in other.walks()] == ["Modular monolith"]
        await pressed(pilot, "left_square_bracket")
        assert answers(screen) == {"teams": "some", "coupling": "rare", "tracing": "no"}
        assert screen.view == "ended"


async def test_what_is_tried_is_kept_when_the_person_says_so(app: Session, service: Path) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "2", "1", "2", "w", "down", "enter", "r")
        assert "keep the answers that you try first" in told(app)
        await pressed(pilot, "y")
        with open_store(service) as other:
            assert [walk.outcome for walk in other.walks()] == ["Extract one service"]


async def test_the_map_stands_beside_a_question_and_grows_with_the_answers(app: Session) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        screen = await opened(app, pilot)
        app.find(COUPLED)
        await pressed(pilot, "m")
        assert "▶ 1  How many teams" in frame(app)
        await pressed(pilot, "2")
        assert "▶ 2  How often do two teams" in frame(app)
        assert "└▸ ✓ Two to four" in frame(app)
        await pressed(pilot, "tab", "tab", "n", "enter")
        assert asked(screen) == "teams"
        await pressed(pilot, "m")
        assert "Measured here" in frame(app)
