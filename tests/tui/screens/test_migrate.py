"""The screen of migrations: a change said, its steps, its faults, its files and its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.desk import kept
from be_tui.core.project import Cancelled
from be_tui.core.sessions import open_store
from be_tui.tui import migrate_work
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.migrate import EXAMPLE, MigrateScreen
from be_tui.tui.screens.preview import PreviewScreen
from be_tui.tui.widgets.inline_question import InlineQuestion
from tests.tui.conftest import SIZES, frame, told
from tests.tui.waiting import caught_up, pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot


USERS = "CREATE TABLE users (id bigint PRIMARY KEY, mail text);\n"


@pytest.fixture
def service(service: Path) -> Path:
    """Give a service that has a table."""
    (service / "schema.sql").write_text(USERS)
    return service


async def opened(app: BeTuiApp, pilot: Pilot[None], *keys: str, argument: str = "") -> str:
    """Open the desk and press keys, each once what the last began is done; give the frame."""
    await app.open("migrate", argument)
    await settled(pilot)
    return await pressed(pilot, *keys)


def desk(app: BeTuiApp) -> MigrateScreen:
    assert isinstance(app.screen, MigrateScreen)
    return app.screen


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("empty", ()),
        ("steps", ("f8", "escape")),
        ("changes", ("f8", "escape", "2", "down")),
        ("check", ("f8", "escape", "3", "down")),
        ("proof", ("f8", "escape", "4")),
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
        golden(f"migrate-{name}-{size[0]}x{size[1]}", shown)


async def test_a_typed_change_becomes_steps(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot)
        desk(app).load("ALTER TABLE users ADD COLUMN age int;")
        shown = await settled(pilot)
        assert "add column users.age" in shown
        assert "from 1 table of this project" in shown


async def test_what_lies_on_the_desk_is_there_the_next_time(service: Path) -> None:
    for change in ("DROP TABLE users;", ""):
        app = BeTuiApp(Opening(service))
        async with app.run_test(size=SIZES[0]) as pilot:
            await opened(app, pilot)
            if change:
                desk(app).load(change)
                await settled(pilot)
            assert "DROP TABLE users;" in frame(app)
    draft = kept(open_store(service))
    assert draft is not None


async def test_a_text_or_a_file_can_be_laid_on_the_desk(app: BeTuiApp, service: Path) -> None:
    (service / "change.sql").write_text("ALTER TABLE users ADD COLUMN a int;")
    async with app.run_test(size=SIZES[1]) as pilot:
        assert "add column users.b" in await opened(
            app, pilot, argument="ALTER TABLE users ADD COLUMN b int;"
        )
        await pressed(pilot, "escape")
        assert "add column users.a" in await opened(app, pilot, argument="change.sql")


async def test_the_other_side_may_be_described_whole(app: BeTuiApp, service: Path) -> None:
    (service.parent / "new.sql").write_text(
        "CREATE TABLE users (id bigint PRIMARY KEY, email text);"
    )
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "f4", "2", *"../new.sql", "enter")
        assert not desk(app).editor.display
        shown = await pressed(pilot, "2")
        assert "Is users.mail called email now?" in shown
        assert "answer what is asked" in desk(app).unavailable("migrate.run")


@pytest.mark.parametrize(("answer", "says"), [("2", "rename column"), ("3", "drop column")])
async def test_a_question_is_answered_in_place(
    app: BeTuiApp, service: Path, answer: str, says: str
) -> None:
    (service.parent / "new.sql").write_text(
        "CREATE TABLE users (id bigint PRIMARY KEY, email text);"
    )
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "f4", "2", *"../new.sql", "enter", "2")
        desk(app).leave_editor()
        await pressed(pilot, "enter")
        assert app.screen.query_one(InlineQuestion).asking
        assert says in await pressed(pilot, answer)


async def test_files_are_previewed_under_the_title_that_is_said(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "f8", "escape", "w", *"goose", "enter")
        await pressed(pilot, "e", *"more users", "enter")
        assert isinstance(app.screen, PreviewScreen)
        assert "more_users" in frame(app)


async def test_a_format_that_is_none_is_refused(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "f8", "escape", "w", *"gozze", "enter")
        assert "format: one of" in told(app)
        await pressed(pilot, "w", *"liq", "enter")
        assert desk(app).format == "liquibase"


async def test_the_steps_are_proved_on_a_scratch_database(app: BeTuiApp, service: Path) -> None:
    (service / "schema.sql").write_text("CREATE TABLE users (id INTEGER PRIMARY KEY) STRICT;")
    change = "CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT);"
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "f2", "3")
        desk(app).load(change)
        await settled(pilot)
        shown = await pressed(pilot, "escape", "n", "5", "enter", "r")
        assert desk(app).prove_rows == 5
        assert "Migrations, tried" in shown
        assert "SQLite" in shown


async def test_a_proof_is_stopped_by_the_key_that_goes_back(
    app: BeTuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(worked: object, rows: int) -> object:
        del worked, rows
        screen = desk(app)
        stop = screen._stops
        while stop is not None and not stop.is_set:
            pass
        raise Cancelled

    monkeypatch.setattr(migrate_work, "trial_of", waits)
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(app, pilot, "f8", "escape")
        await pilot.press("r")
        await caught_up(pilot)
        assert desk(app).working
        await pressed(pilot, "escape")
        assert "stopped; nothing of it stays" in told(app)


async def test_what_cannot_be_proved_is_said_in_a_line(
    app: BeTuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(worked: object, rows: int) -> object:
        del worked, rows
        raise ValueError("no")

    monkeypatch.setattr(migrate_work, "trial_of", breaks)
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(app, pilot, "f8", "escape", "r")
        assert "the proof failed (ValueError: no)" in told(app)


async def test_plain_ddl_can_be_planned_instead(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        shown = await opened(app, pilot, "f8", "escape", "p")
        assert "plain DDL" in shown
        assert "Backfill" not in shown


async def test_a_side_that_cannot_be_read_leaves_all_as_it_was(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        shown = await opened(app, pilot, "f2", "2", *"ghost.sql", "enter")
        assert "ghost.sql" in told(app)
        assert "from 1 table of this project" in shown


async def test_the_engine_is_that_of_the_tables(app: BeTuiApp) -> None:
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "f3")
        assert "the tables are those of PostgreSQL" in told(app)


async def test_without_tables_the_engine_is_chosen_or_guessed(app: BeTuiApp, service: Path) -> None:
    (service / "schema.sql").unlink()
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(app, pilot, "f3")
        assert desk(app).engine == "mysql"
        desk(app).load("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);")
        await settled(pilot)
        assert desk(app).engine == "sqlite"


async def test_advice_on_indexes_leads_here(app: BeTuiApp, service: Path) -> None:
    del service
    async with app.run_test(size=SIZES[1]) as pilot:
        text = "SELECT id FROM users WHERE mail = 'a';\nCREATE INDEX i ON users (mail);"
        await app.open("sql", text)
        await settled(pilot)
        assert "add index i on users" in await pressed(pilot, "escape", "m")


def test_the_example_is_read_whole() -> None:
    assert EXAMPLE.count(";\n") == 4
