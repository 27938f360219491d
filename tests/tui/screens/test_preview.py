"""The preview: what would be written, and writing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import WriteError
from be_tui.core.files import Export, FileSet, NewFile
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens import preview
from be_tui.tui.screens.preview import PreviewScreen
from tests.tui.conftest import SIZES, frame
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

RECORD = """\
---
status: accepted
---

# Leave the orders query as it is

## Context and problem statement

Nobody is affected, and the part takes 3 % of the time.
"""
BEFORE = 'POOL = 5\nTIMEOUT = 30\nURL = "postgresql://localhost/shop"\n'
AFTER = 'POOL = 20\nTIMEOUT = 30\nURL = "postgresql://localhost/shop"\nECHO = False\n'
FILES = FileSet(
    (
        NewFile("docs/decisions/0001-leave-the-orders-query.md", RECORD),
        NewFile("app/settings.py", AFTER),
        NewFile("README.md", "# shop\n"),
        NewFile("app/link.py", "x = 1\n"),
    )
)
NEW = FileSet((NewFile("docs/decisions/0001-leave-the-orders-query.md", RECORD),))


@pytest.fixture
def service(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "app").mkdir(parents=True)
    (root / "app/settings.py").write_text(BEFORE)
    (root / "README.md").write_text("# shop\n")
    (root / "elsewhere.py").write_text("x = 2\n")
    (root / "app/link.py").symlink_to("../elsewhere.py")
    return root


@pytest.fixture
def app(service: Path) -> BeTuiApp:
    return BeTuiApp(Opening(service))


async def opened(app: BeTuiApp, pilot: Pilot[None], files: FileSet = FILES) -> PreviewScreen:
    screen = PreviewScreen(files=files, title="Decision record")
    await app.push_screen(screen)
    await settled(pilot)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_the_files_and_what_would_change(
    app: BeTuiApp, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "down")
        golden(f"preview-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_a_record_is_shown_as_the_text_that_it_will_be(
    app: BeTuiApp, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, NEW)
        await pressed(pilot, "x")
        golden(f"preview-record-{size[0]}x{size[1]}", frame(app))


async def test_a_click_on_a_file_shows_it_and_one_on_its_box_chooses_it(app: BeTuiApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        screen = await opened(app, pilot)
        await pilot.click("#list", offset=(12, 2))
        await settled(pilot)
        assert "POOL = 20" in frame(app)
        assert "app/settings.py" not in screen._selection.chosen
        await pilot.click("#list", offset=(3, 2))
        await settled(pilot)
        assert "app/settings.py" in screen._selection.chosen


async def test_both_sides_stand_beside_each_other_on_a_wide_screen(
    app: BeTuiApp, golden: Callable[[str, str], None]
) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "down", "d")
        golden("preview-split-160x48", frame(app))


async def test_a_new_file_is_written_at_once_and_the_result_says_where(
    app: BeTuiApp, service: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, NEW)
        await pressed(pilot, "x")
        assert (service / "docs/decisions/0001-leave-the-orders-query.md").read_text() == RECORD
        assert "wrote docs/decisions/0001-leave-the-orders-query.md" in frame(app)


async def test_undo_takes_the_export_back_with_the_folders_that_it_made(
    app: BeTuiApp, service: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, NEW)
        await pressed(pilot, "x")
        await pressed(pilot, "u")
        assert not (service / "docs").exists()
        assert "took back docs/decisions/0001-leave-the-orders-query.md" in frame(app)
        await pressed(pilot, "x")
        assert (service / "docs").exists()


async def test_what_stands_is_left_unless_it_was_chosen(app: BeTuiApp, service: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "x")
        assert (service / "docs/decisions/0001-leave-the-orders-query.md").exists()
        assert (service / "app/settings.py").read_text() == BEFORE


@pytest.mark.parametrize(
    ("answer", "settings", "written"),
    [("1", BEFORE, 0), ("2", BEFORE, 1), ("3", AFTER, 1)],
)
async def test_one_question_is_asked_before_a_chosen_file_is_replaced(
    app: BeTuiApp, service: Path, answer: str, settings: str, written: int
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "down", "space", "x")
        assert "app/settings.py stands already. Replace it?" in frame(app)
        assert (service / "app/settings.py").read_text() == BEFORE
        await pressed(pilot, answer)
        assert (service / "app/settings.py").read_text() == settings
        assert len(list(service.glob("docs/decisions/*"))) == written


async def test_enter_on_the_question_does_nothing_unasked_and_back_leaves_it(
    app: BeTuiApp, service: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "down", "space", "x", "enter")
        await pressed(pilot, "x", "left_square_bracket")
        assert (service / "app/settings.py").read_text() == BEFORE
        assert app.screen is screen
        assert "Replace it?" not in frame(app)


async def test_a_link_cannot_be_chosen_and_says_why(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "end", "space")
        assert "app/link.py is a link" in frame(app)
        assert "app/link.py" not in screen._selection.chosen


async def test_a_file_changed_meanwhile_is_not_overwritten_and_nothing_is_lost(
    app: BeTuiApp, service: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "down", "space", "x")
        (service / "app/settings.py").write_text("POOL = 7\n")
        await pressed(pilot, "3")
        assert (service / "app/settings.py").read_text() == "POOL = 7\n"
        assert not (service / "docs").exists()
        assert "changed since it was compared" in frame(app)


@pytest.mark.parametrize("reason", ["permission denied", "the disk is full"])
async def test_what_the_system_refuses_is_said_in_a_line_and_nothing_is_lost(
    app: BeTuiApp, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    def refuse(*_: object, **__: object) -> Export:
        raise WriteError(reason, where="docs/decisions", hint="nothing was written")

    monkeypatch.setattr(preview, "export", refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, NEW)
        await pressed(pilot, "x")
        assert f"docs/decisions: {reason}; nothing was written" in frame(app)
        assert screen._selection.chosen == {NEW.files[0].path}


async def test_a_folder_that_is_none_is_said_in_a_line(app: BeTuiApp, service: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        root = service / "README.md"
        await app.push_screen(PreviewScreen(files=NEW, root=root))
        await settled(pilot)
        assert "is no folder" in frame(app)


async def test_the_last_export_can_be_taken_back_in_another_session(
    app: BeTuiApp, service: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, NEW)
        await pressed(pilot, "x")
    later = BeTuiApp(Opening(service))
    async with later.run_test(size=(80, 24)) as pilot:
        await opened(later, pilot, FileSet())
        assert "The last export, 20" in frame(later)
        await pressed(pilot, "u")
        assert (service / "docs").exists()
        await pressed(pilot, "2")
        assert not (service / "docs").exists()


async def test_without_files_and_exports_it_says_so(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot, FileSet())
        assert "Nothing to preview here." in frame(app)
        await pressed(pilot, "x", "d", "space", "u")
        assert "no export to take back" in frame(app)
