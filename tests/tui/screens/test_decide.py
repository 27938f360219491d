"""Deciding: a tree chosen, walked, resumed, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError, StateError
from be_tui.core.knowledge import Entry
from be_tui.tui import app as app_module
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.decide import DecideScreen
from tests.tui.conftest import SIZES, frame
from tests.tui.trees import COUPLED, TREE, UNTRACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from textual.pilot import Pilot

    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Tree

ENTRIES = (
    Entry("tree", "split", TREE.title, TREE.summary, "split.yaml", "bundled"),
    Entry("tree", "optimize", "When to optimise", "Whether to tune it now.", "o.yaml", "bundled"),
)


@dataclass(frozen=True)
class Shelf:
    """A library of one tree."""

    def entries(self, kind: str) -> tuple[Entry, ...]:
        assert kind == "tree"
        return ENTRIES

    def tree(self, tree_id: str) -> Tree:
        if tree_id != TREE.id:
            raise InputError(f"no tree {tree_id!r}", hint="did you mean split?")
        return TREE


class Session(BeTuiApp):
    """A session whose library has one tree, and whose probes answer when the test says so."""

    # Textual looks for a stylesheet beside the class that names it.
    CSS_PATH = [  # noqa: RUF012
        Path(app_module.__file__).parent / name for name in ("app.tcss", "screens/home.tcss")
    ]

    def __init__(self, root: Path) -> None:
        super().__init__(Opening(root))
        self.__dict__["library"] = Shelf()
        self.asked: tuple[str, ...] = ()

    def read_project(self) -> None:
        """Read nothing."""

    def measure(self, probes: Iterable[str]) -> None:
        """Begin measuring, and wait for the test."""
        self.asked = tuple(probes)
        self.measuring.waiting = frozenset(self.asked)

    def find(self, *evidence: Evidence) -> None:
        """Let probes answer."""
        for each in evidence:
            self.measuring.waiting -= {each.probe}
            self.measuring.keep(each)


@pytest.fixture
def app(service: Path) -> Session:
    return Session(service)


async def settled(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()


async def opened(app: Session, pilot: Pilot[None], argument: str = "split") -> DecideScreen:
    screen = DecideScreen(argument)
    await app.push_screen(screen)
    await settled(pilot)
    return screen


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_trees(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "2", "1")
        await app.pop_screen()
        await opened(app, pilot, "")
        golden(f"decide-trees-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_while_it_is_measured(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "2")
        golden(f"decide-measuring-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_with_its_evidence(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2")
        golden(f"decide-question-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_not_knowing_has_its_price(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2", "end")
        golden(f"decide-unknown-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("key", "page"), [("e", "evidence"), ("m", "map"), ("s", "source")])
async def test_the_pages_of_a_question(
    app: Session,
    golden: Callable[[str, str], None],
    size: tuple[int, int],
    key: str,
    page: str,
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2", key)
        golden(f"decide-{page}-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_the_outcome(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2", "3", "u")
        golden(f"decide-outcome-{size[0]}x{size[1]}", frame(app))
        await pressed(pilot, "tab")
        golden(f"decide-turns-{size[0]}x{size[1]}", frame(app))


async def test_a_small_terminal_shows_one_thing_at_a_time(
    app: Session, golden: Callable[[str, str], None]
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2")
        golden("decide-question-60x20", frame(app))
        await pressed(pilot, "tab", "tab")
        golden("decide-beside-60x20", frame(app))
