"""The first page on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.decisions import start
from be_tui.core.project import Profile, Size, Trait
from be_tui.core.project.model import Project
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.messages import ProjectRead
from tests.tui.conftest import SIZES, frame
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def found(root: Path) -> Project:
    traits = (
        Trait("language", "Go", "97 % of lines"),
        Trait("framework", "chi", "5.2"),
        Trait("database", "PostgreSQL", "17"),
    )
    return Project(root, "shop", traits, Size(120, 14_000), 4, "2026-11-23T08:15:00+00:00")


@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_what_was_found_and_what_to_do_next(
    app: BeTuiApp,
    service: Path,
    size: tuple[int, int],
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = app.library.entries("tree")
    known = tuple(entry for entry in entries if entry.id in {"optimize", "refactor"})
    monkeypatch.setattr(app.library, "entries", lambda *_: known)
    async with app.run_test(size=size) as pilot:
        app.project = found(service)
        app.tell_screens(ProjectRead(app.project))
        await settled(pilot)
        golden(f"home-{size[0]}x{size[1]}", frame(app))


async def test_a_digit_opens_the_tree_that_the_page_numbers_so(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "1")
        assert frame(app).splitlines()[1].startswith(" When to optimise")


async def test_it_says_how_far_a_tree_was_walked(app: BeTuiApp) -> None:
    walk = start(app.library.tree("optimize"))
    assert walk.question is not None
    async with app.run_test(size=(80, 24)) as pilot:
        app.store.save_walk(walk.answer(walk.question.id, ""))
        await pressed(pilot, "p", "left_square_bracket")
        assert "When to optimise  1 answered, go on" in frame(app)


async def test_back_on_the_first_page_says_that_there_is_nothing_before(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pressed(pilot, "left_square_bracket")
        assert "this is the first page" in frame(app)


@pytest.mark.reads_project
async def test_the_project_is_read_after_the_first_frame_and_kept_for_the_next_one(
    service: Path,
) -> None:
    (service / "go.mod").write_text("module example.com/orders\n\ngo 1.22\n")
    (service / "main.go").write_text("package main\n\nfunc main() {}\n")
    app = BeTuiApp(Opening(service))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert frame(app).startswith(" be-tui  orders · Go")
    assert BeTuiApp(Opening(service)).headline == "orders · Go"


async def test_what_was_stated_is_counted(app: BeTuiApp) -> None:
    app.keep_profile(Profile(teams=2.0, people=9.0))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "(2 of 13 points stated)" in frame(app)
