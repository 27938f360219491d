"""What is said passes, and does not pile up over what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.tui.app import BeTuiApp


def _standing(app: BeTuiApp) -> list[str]:
    return [notice.message for notice in app._notifications]


async def test_what_stands_is_not_said_again(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("[", "[", "[")
        await pilot.pause()
        assert _standing(app) == ["this is the first page; q leaves be-tui"]


async def test_a_newer_notice_takes_the_place_of_the_last_one(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for text in ("one", "two", "one"):
            app.say(text)
            await pilot.pause()
        assert _standing(app) == ["one"]


async def test_what_is_said_once_is_not_said_again_when_it_is_gone(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.say_once("V2.sql:2 not read", problem=True)
        await pilot.pause()
        assert _standing(app) == ["V2.sql:2 not read"]
        app.clear_notifications()
        app.say_once("V2.sql:2 not read", problem=True)
        await pilot.pause()
        assert _standing(app) == []


async def test_a_problem_stands_whatever_is_said_after_it(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("not saved", problem=True)
        app.say("opened")
        await pilot.pause()
        app.say("not saved", problem=True)
        await pilot.pause()
        assert _standing(app) == ["not saved", "opened"]


async def test_a_broken_file_of_a_pack_is_told_at_the_start(app: BeTuiApp, service: Path) -> None:
    trees = service / ".be-tui" / "trees"
    trees.mkdir(parents=True)
    (trees / "broken.yaml").write_text("tree: [x\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        (notice,) = _standing(app)
        assert notice.startswith("some files of the packs have faults; `be-tui knowledge check`")
