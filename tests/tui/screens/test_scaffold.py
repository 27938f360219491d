"""The screen of scaffolds: a spec, what comes of it, its files and their proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.project import Cancelled
from be_tui.core.scaffold import proving
from be_tui.core.scaffold.desk import kept
from be_tui.core.scaffold.proving import Proof, Ran
from be_tui.core.sessions import open_store
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.preview import PreviewScreen
from be_tui.tui.screens.scaffold import ScaffoldScreen
from tests.core.scaffold.stack_at_hand import plain_stack
from tests.tui.conftest import SIZES, frame
from tests.tui.waiting import caught_up, pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from be_tui.core.project import Cancel

__all__ = ["plain_stack"]

pytestmark = pytest.mark.usefixtures("plain_stack")

SPEC = """\
service: small-shop
resources:
  article:
    fields:
      name: {type: text, max: 80}
    allow: {read: anyone, write: anyone}
"""


async def opened(app: BeTuiApp, pilot: Pilot[None], *keys: str, argument: str = "") -> str:
    """Open the desk and press keys, each once what the last began is done; give the frame."""
    await app.open("scaffold", argument)
    await settled(pilot)
    return await pressed(pilot, *keys)


def said(app: BeTuiApp) -> str:
    """Give what the notices say."""
    return "\n".join(notification.message for notification in app._notifications)


def desk(app: BeTuiApp) -> ScaffoldScreen:
    assert isinstance(app.screen, ScaffoldScreen)
    return app.screen


async def test_files_are_previewed_from_within_the_editor(app: BeTuiApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(app, pilot, "escape", "s", "2", "i", argument=SPEC)
        editor = desk(app).editor
        assert app.focused is editor
        await pressed(pilot, "f6")
        assert isinstance(app.screen, PreviewScreen)
        assert not editor.selected_text


async def generated(app: BeTuiApp, pilot: Pilot[None]) -> None:
    """Write the files of the spec."""
    await opened(app, pilot, "escape", "s", "2", "e", "x", argument=SPEC)
    await pressed(pilot, "escape")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("empty", ()),
        ("resources", ("f8", "escape", "down", "down")),
        ("contract", ("f8", "escape", "3", "down")),
        ("tables", ("f8", "escape", "4")),
        ("files", ("f8", "escape", "s", "2", "5", "down")),
        ("proof", ("f8", "escape", "6")),
    ],
)
async def test_the_desk_is_drawn_as_it_was(
    app: BeTuiApp,
    golden: Callable[[str, str], None],
    size: tuple[int, int],
    name: str,
    keys: tuple[str, ...],
) -> None:
    async with app.run_test(size=size) as pilot:
        shown = await opened(app, pilot, *keys)
        golden(f"scaffold-{name}-{size[0]}x{size[1]}", shown)


async def test_a_typed_spec_becomes_resources(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot)
        desk(app).load(SPEC)
        shown = await settled(pilot)
        assert "Small shop" in shown
        assert "article" in shown
        assert "/api/v1/articles" in await pressed(pilot, "escape", "3")


async def test_a_fault_is_told_and_gone_to(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        broken = SPEC.replace("type: text, max: 80", "type: txt")
        await opened(app, pilot, "escape", "2", argument=broken)
        assert "type" in frame(app)
        assert desk(app).unavailable("scaffold.export") == "the spec has a fault (2)"
        await pressed(pilot, "enter")
        assert desk(app).focused is desk(app).editor
        assert desk(app).editor.cursor_location[0] == 4


async def test_a_field_is_added_in_a_line_of_words(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(app, pilot, "escape", argument=SPEC)
        await pressed(pilot, "a", *"article.price decimal min=0", "enter")
        assert "      price: {type: decimal, min: 0}\n" in desk(app).text
        await pressed(pilot, "a", *"article.size intger", "enter")
        assert "did you mean integer?" in said(app)
        assert "article.size intger" in frame(app), "what was typed is kept"


async def test_files_are_previewed_written_and_brought_up_to_date(
    app: BeTuiApp, service: Path
) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await generated(app, pilot)
        assert (service / "small-shop/small_shop/articles.txt").read_text() == "article: name\n"
        assert "the same" in await pressed(pilot, "5")
        desk(app).load(
            SPEC.replace("max: 80}", "max: 80}\n      size: {type: integer, default: 1}")
        )
        assert "up to date" in await settled(pilot)
        await pressed(pilot, "e")
        assert isinstance(app.screen, PreviewScreen)
        await pressed(pilot, "x", "3")
        assert "size" in (service / "small-shop/small_shop/articles.txt").read_text()


async def test_what_a_person_wrote_is_not_chosen_by_itself(app: BeTuiApp, service: Path) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        other = service / "small-shop/small_shop/articles.txt"
        other.parent.mkdir(parents=True)
        other.write_text("mine\n")
        shown = await opened(app, pilot, "escape", "s", "2", "5", argument=SPEC)
        assert "not ours" in shown
        await pressed(pilot, "e", "x")
        assert other.read_text() == "mine\n"


async def test_a_probable_rename_is_asked(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await generated(app, pilot)
        desk(app).load(SPEC.replace("name:", "title:"))
        await settled(pilot)
        shown = await pressed(pilot, "5")
        assert "Is articles.name called title now?" in shown
        assert "answer what is asked" in desk(app).unavailable("scaffold.export")
        shown = await pressed(pilot, "enter", "2")
        assert "Is articles.name" not in shown
        assert "up to date" in shown


async def test_a_spec_is_made_of_tables_and_of_documents(app: BeTuiApp, service: Path) -> None:
    (service / "tables.sql").write_text("CREATE TABLE tags (id bigint PRIMARY KEY, name text);")
    (service / "old.yaml").write_text(SPEC)
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "f2", *"tables.sql", "enter")
        assert "tag:" in desk(app).text
        await pressed(pilot, "f2", *"old.yaml", "enter")
        assert desk(app).text == SPEC
        await pressed(pilot, "f2", *"none.sql", "enter")
        assert "none.sql" in said(app)


async def test_what_lies_on_the_desk_is_there_the_next_time(service: Path) -> None:
    for argument in (SPEC, ""):
        app = BeTuiApp(Opening(service))
        async with app.run_test(size=SIZES[0]) as pilot:
            shown = await opened(app, pilot, "escape", argument=argument)
            assert "small-shop" in shown
            if argument:
                await pressed(pilot, "s", "2")
            else:
                assert "Plain" in shown
    with open_store(service) as store:
        draft = kept(store)
    assert draft
    assert draft.stack == "plain"


async def test_a_service_that_is_the_project_is_laid_on_the_desk(
    app: BeTuiApp, service: Path
) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "escape", argument=SPEC)
        await pressed(pilot, "f4", *".", "enter", "s", "2", "e", "x")
    again = BeTuiApp(Opening(service))
    async with again.run_test(size=SIZES[1]) as pilot:
        shown = await opened(again, pilot, "escape", "5")
        assert "Small shop · Plain" in shown
        assert desk(again).text == SPEC


async def test_a_folder_outside_of_the_project_is_refused(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(app, pilot, "escape", argument=SPEC)
        await pressed(pilot, "f4", *"../elsewhere", "enter")
        assert "it must be within this project" in said(app)
        assert desk(app).folder == ""


async def test_options_are_those_of_the_stack(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "escape", argument=SPEC)
        assert desk(app).unavailable("scaffold.options") == "choose a stack (s) first"
        await pressed(pilot, "s", "2", "p", *"jobs", "enter")
        assert "no `jobs`; there are cache" in said(app)
        await pressed(pilot, "p", *"cache", "enter", "5")
        assert "small_shop/cache/store.txt" in frame(app)


async def test_a_proof_is_shown_once_files_stand(
    app: BeTuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def prove(root: Path, cancel: Cancel, tell: Callable[[str, float], None]) -> Proof:
        del cancel
        asked.append(root)
        tell("test", 0.5)
        return Proof("Plain", "small-shop", (Ran("test", "true", "held", 1.0),), 1.0)

    monkeypatch.setattr(proving, "prove", prove, raising=False)
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "escape", "s", "2", argument=SPEC)
        assert "write the files (e) first" in desk(app).unavailable("scaffold.run")
        await pressed(pilot, "e", "x", "escape")
        shown = await pressed(pilot, "r")
        assert "all 1 steps held" in shown
        assert asked == [desk(app).place]


async def test_a_proof_is_stopped(app: BeTuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def prove(root: Path, cancel: Cancel, tell: Callable[[str, float], None]) -> Proof:
        del root, tell
        while not cancel.is_set:
            pass
        raise Cancelled

    monkeypatch.setattr(proving, "prove", prove, raising=False)
    async with app.run_test(size=SIZES[1]) as pilot:
        await generated(app, pilot)
        desk(app).run_proof()
        await caught_up(pilot)
        assert desk(app).working
        desk(app).stop_work()
        await settled(pilot)
        assert not desk(app).working
        assert "stopped" in said(app)


async def test_a_spec_is_written_into_a_file(app: BeTuiApp, service: Path) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "escape", "w", "enter", "x", argument=SPEC)
        assert (service / "small-shop.yaml").read_text() == SPEC


async def test_keys_and_types_are_completed(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot)
        shown = await pressed(pilot, *"serv")
        assert "service" in shown
        await pressed(pilot, "tab")
        assert desk(app).text == "service"
