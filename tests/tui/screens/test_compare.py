"""Comparing: weights and scores changed in place, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError, StateError
from be_tui.core.knowledge import Entry
from be_tui.core.project import Profile
from be_tui.core.sessions import Store, open_store
from be_tui.tui import app as app_module
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.compare import CompareScreen
from be_tui.tui.screens.preview import PreviewScreen
from be_tui.tui.widgets.score_grid import ScoreGrid
from tests.core.comparisons.making import comparison, tea_or_coffee
from tests.tui.conftest import SIZES, frame, told
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from be_tui.core.comparisons import Comparison

DRINKS = tea_or_coffee()
WIDE_ONE = comparison(
    [5] * 25, {f"option-{n}": [1 + (n + m) % 5 for m in range(25)] for n in range(3)}
)
ENTRIES = (
    Entry("comparison", "drinks", DRINKS.title, DRINKS.summary, "d.yaml", "bundled"),
    Entry("comparison", "wide", "A wide one", "Many criteria.", "w.yaml", "bundled"),
)


@dataclass(frozen=True)
class Shelf:
    """A library of two comparisons."""

    troubled = False

    def entries(self, kind: str) -> tuple[Entry, ...]:
        return ENTRIES if kind == "comparison" else ()

    def comparison(self, comparison_id: str) -> Comparison:
        found = {"drinks": DRINKS, "wide": WIDE_ONE}
        if comparison_id not in found:
            raise InputError(f"no comparison {comparison_id!r}")
        return found[comparison_id]


class Session(BeTuiApp):
    """A session whose library has two comparisons."""

    # Textual looks for a stylesheet beside the class that names it.
    CSS_PATH = [  # noqa: RUF012
        Path(app_module.__file__).parent / name for name in ("app.tcss", "screens/home.tcss")
    ]

    def __init__(self, root: Path) -> None:
        super().__init__(Opening(root))
        self.__dict__["library"] = Shelf()

    def read_project(self) -> None:
        """Read nothing."""


@pytest.fixture
def app(service: Path) -> Session:
    return Session(service)


async def opened(app: Session, pilot: Pilot[None], *keys: str, name: str = "drinks") -> str:
    """Open a comparison and press keys; give the frame."""
    await app.open("compare", name)
    await settled(pilot)
    return await pressed(pilot, *keys)


def screen_of(app: Session) -> CompareScreen:
    screen = app.screen
    assert isinstance(screen, CompareScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("cell", ()),
        ("own", ("right", "3", "down", "u")),
        ("turns", ("w",)),
        ("held", ("p",)),
        ("course", ("p", "p")),
        ("option", ("down", "down", "o")),
        ("musts", ("m", "enter")),
        ("weights", ("up", "right", "9")),
        ("entry", ("enter",)),
    ],
)
async def test_it_shows_each_part(
    app: Session,
    size: tuple[int, int],
    name: str,
    keys: tuple[str, ...],
    golden: Callable[[str, str], None],
) -> None:
    async with app.run_test(size=size) as pilot:
        golden(f"compare-{name}-{size[0]}x{size[1]}", await opened(app, pilot, *keys))


@pytest.mark.parametrize("size", SIZES)
async def test_it_lists_the_comparisons(
    app: Session, size: tuple[int, int], golden: Callable[[str, str], None]
) -> None:
    async with app.run_test(size=size) as pilot:
        golden(f"compare-list-{size[0]}x{size[1]}", await pressed(pilot, "C"))


async def test_one_is_opened_from_the_list_and_left_for_it_again(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "C")
        assert "Tea leads" in await pressed(pilot, "enter")
        assert "What is to be compared?" in await pressed(pilot, "escape")
        assert "Do next" in await pressed(pilot, "escape")


async def test_a_digit_changes_the_score_and_who_leads(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await opened(app, pilot, "1", "right", "1")
        assert "Coffee leads" in shown
        assert "1*" in shown
        with open_store(app.opening.project) as kept:
            assert kept.comparison(DRINKS)[0].count == 2


async def test_plus_and_minus_stop_at_the_ends(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "up", *["plus"] * 6)
        matrix = screen_of(app).matrix
        assert matrix
        assert matrix.weights[0].weight == 10
        await pressed(pilot, "down", *["minus"] * 9)
        matrix = screen_of(app).matrix
        assert matrix
        assert str(matrix.rows[0].values[0].cell.estimate) == "1"


async def test_a_figure_is_typed_with_its_reason(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "right", "right", "7")
        assert "asked" in await pressed(pilot, ".", "5", "space", *"asked", "enter")
        stated = screen_of(app).stated
        assert [(str(each.estimate), each.why) for each in stated.scores] == [("7.5", "asked")]
        assert screen_of(app).focused is screen_of(app).grid


async def test_what_is_typed_wrongly_stays_with_what_is_wrong(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "enter", "9", "enter")
        assert "9 is not between 1 and 5" in told(app)
        assert screen_of(app).entry.value == "9"
        assert screen_of(app).stated.count == 0
        await pressed(pilot, "escape")
        assert not screen_of(app).entry.has_class("-open")


async def test_backspace_takes_back_what_was_said(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "1", "backspace")
        assert screen_of(app).stated.count == 0
        await pressed(pilot, "backspace")
        assert "this is what the file says" in told(app)


async def test_the_last_weight_cannot_go(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "up", "0", "right", "0", "right", "0")
        assert "one criterion has to count" in told(app)
        matrix = screen_of(app).matrix
        assert matrix
        assert matrix.counting == (2,)


async def test_a_constraint_rules_out_with_its_reason(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await opened(app, pilot, "m", "enter")
        assert "1 ruled out" in shown
        assert " out " in shown
        assert "It comes cold." in await pressed(pilot, "escape", "down", "down", "o")


async def test_all_can_be_forgotten_after_a_question(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "1", "R", "enter")
        assert screen_of(app).stated.count == 1
        await pressed(pilot, "R", "2")
        assert screen_of(app).stated.count == 0


async def test_the_profile_shows_where_it_raised_a_weight(app: Session) -> None:
    app.profile = Profile(favours="reliability")
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await opened(app, pilot, "up", "right")
        assert "8^" in shown
        assert "From your profile; the file says 4." in shown


async def test_the_record_is_previewed_and_written(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "r")
        assert isinstance(app.screen, PreviewScreen)
        await pressed(pilot, "x")
        (path,) = (app.opening.project / "docs" / "decisions").glob("*.md")
        assert path.name == "0001-drinks-tea.md"


async def test_nothing_is_recorded_where_several_are_level(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "up", "0", "right", "right", "0", "left", "down", "u", "down", "u")
        await pressed(pilot, "r")
        assert "nothing is decided" in told(app)


async def test_a_mouse_goes_to_a_cell_and_types_into_it(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        grid = screen_of(app).grid
        line = frame(app).splitlines()[grid.region.y + 4]
        column = line.rindex(" 1 ") + 1 - grid.region.x
        await pilot.click(ScoreGrid, offset=(column, 4))
        await settled(pilot)
        assert (grid.option, grid.criterion) == ("coffee", "calm")
        await pilot.click(ScoreGrid, offset=(column, 4))
        await settled(pilot)
        assert screen_of(app).entry.has_class("-open")


async def test_columns_that_do_not_fit_come_into_view(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await opened(app, pilot, "end", name="wide")
        head = shown.splitlines()[3].split()
        assert head[-1] == "Y"
        assert "A" not in head
        assert (await pressed(pilot, "home")).splitlines()[3].split()[0] == "A"


async def test_tab_goes_through_the_parts(app: Session) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(app, pilot)
        seen = []
        for _ in range(3):
            await pressed(pilot, "tab")
            assert app.focused
            seen.append(app.focused.id)
        assert seen == ["reason", "held", "grid"]
        await pressed(pilot, "shift+tab")
        assert app.focused
        assert app.focused.id == "held"


async def test_one_that_is_not_there_is_told(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, name="none")
        assert "no comparison 'none'" in told(app)


async def test_what_cannot_be_saved_is_told_and_stays(
    app: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StateError("the disk is full")

    monkeypatch.setattr(Store, "save_comparison", refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "1")
        assert "the disk is full" in told(app)
        assert screen_of(app).stated.count == 1


async def test_it_is_told_without_colour(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Session(service)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await opened(app, pilot, "1")
        assert "1*" in shown
        assert "leads" in shown
