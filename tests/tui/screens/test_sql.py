"""The SQL workbench: a query written, its names completed, its faults and its plan shown."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from threading import Event
from time import sleep
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.keys import _character_to_key

from be_tui.core.project import Cancelled
from be_tui.core.sessions import open_store
from be_tui.core.workbench import draft, history, note, save, saved
from be_tui.tui import sql_runs
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.sql import SqlScreen
from be_tui.tui.widgets.choices import Choices
from be_tui.tui.widgets.step_list import StepList
from tests.tui.conftest import SIZES, told
from tests.tui.waiting import caught_up, pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from be_tui.core.project import Cancel
    from be_tui.core.rewrites import Rewrite
    from be_tui.core.workbench import Bench

TABLES = """
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL, title text, created_at date);
"""
PLAN = """\
 Sort  (cost=11.09..12.23 rows=857 width=100) (actual time=170.2..170.3 rows=18 loops=1)
   Sort Key: created_at DESC
   Sort Method: external merge  Disk: 8120kB
   ->  Seq Scan on posts  (cost=0.00..9.29 rows=857 width=100) (actual time=0.2..165 rows=9 loops=1)
         Filter: (user_id = 123)
         Rows Removed by Filter: 300300
 Execution Time: 171.0 ms
"""
QUICK = """\
 Index Scan using posts_user on posts  (cost=0.00..9.29 rows=8) (actual time=0.2..1 rows=9 loops=1)
   Index Cond: (user_id = 123)
 Execution Time: 1.1 ms
"""
BROKEN = "SELECT *\nFROM posts\nWHERE user_id ="


@pytest.fixture
def service(service: Path) -> Path:
    """Give a service that has two tables."""
    (service / "schema.sql").write_text(TABLES)
    return service


async def opened(app: BeTuiApp, pilot: Pilot[None], *keys: str, argument: str = "") -> str:
    """Open the workbench and press keys; give the frame."""
    await app.open("sql", argument)
    await settled(pilot)
    return await pressed(pilot, *keys)


async def paste(app: BeTuiApp, pilot: Pilot[None], text: str) -> str:
    app.post_message(events.Paste(text))
    return await settled(pilot)


async def typed(app: BeTuiApp, pilot: Pilot[None], text: str) -> str:
    """Type a text letter by letter."""
    for letter in text:
        key = "enter" if letter == "\n" else _character_to_key(letter)
        app.post_message(events.Key(key, "\r" if letter == "\n" else letter))
    while app._keys._following or not app._message_queue.empty():
        await asyncio.sleep(0)
    return await settled(pilot)


def screen_of(app: BeTuiApp) -> SqlScreen:
    screen = app.screen
    assert isinstance(screen, SqlScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_frames(
    app: BeTuiApp, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    note(app.store, "SELECT 1 FROM users", "postgresql")
    dimensions = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        golden(f"sql-empty-{dimensions}", await opened(app, pilot))
        golden(
            f"sql-offers-{dimensions}", await typed(app, pilot, "select u.id from users u where em")
        )
        screen_of(app).load(BROKEN)
        await settled(pilot)
        golden(f"sql-findings-{dimensions}", await settled(pilot))
        await paste(app, pilot, PLAN)
        golden(f"sql-plan-{dimensions}", await settled(pilot))
        await paste(app, pilot, QUICK)
        golden(f"sql-compare-{dimensions}", await pressed(pilot, "c"))


async def test_names_are_completed_by_tab_and_only_then(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, *"select", "space", "asterisk", "space")
        editor = screen_of(app).editor
        await typed(app, pilot, "from po")
        assert editor.offering
        await pressed(pilot, "tab")
        assert editor.text == "select * from posts"
        assert not editor.offering
        await typed(app, pilot, " p\nwhere p.us")
        await pressed(pilot, "enter")
        assert editor.text.endswith("where p.us\n"), "Enter is a new line until an offer is chosen"
        await typed(app, pilot, "and p.")
        await pressed(pilot, "down", "enter")
        assert editor.text.endswith("and p.user_id")
        await typed(app, pilot, " and p.ti")
        await pressed(pilot, "escape")
        assert not editor.offering
        assert app.focused is editor


async def test_completion_can_be_asked_for_and_clicked(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, *"select", "space", "ctrl+space")
        editor = screen_of(app).editor
        assert editor.offering
        await pressed(pilot, "backspace")
        await typed(app, pilot, " ")
        await pressed(pilot, "ctrl+space")
        await pilot.click("#editor", offset=(13, 2))
        assert editor.text == "select email"
        await pressed(pilot, "ctrl+space", "left")
        assert not editor.offering


async def test_a_fault_is_listed_marked_and_gone_to(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(app, pilot, argument=BROKEN)
        assert "1 Findings 1" in text
        screen = screen_of(app)
        assert screen.editor._marks
        await pressed(pilot, "ctrl+home", "escape")
        assert isinstance(app.focused, Choices)
        await pressed(pilot, "enter")
        assert screen.editor.has_focus
        assert screen.editor.cursor_location[0] == 2
        screen.load("SELECT title FROM posts WHERE user_id = 1 AND id = 2")
        assert "does not parse" not in await settled(pilot)


async def test_a_fix_is_written_into_the_editor_and_taken_back(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(
            app, pilot, "escape", argument="SELECT id FROM posts WHERE title = NULL"
        )
        assert "1 Findings 1" in text
        assert "docs/sql-findings.md" in await pressed(pilot, "e")
        await pressed(pilot, "left_square_bracket", "f")
        editor = screen_of(app).editor
        assert "title IS NULL" in editor.text
        assert "Findings 1" not in await settled(pilot)
        await pressed(pilot, "f")
        assert "no finding to mend" in told(app)
        await pressed(pilot, "i", "ctrl+z")
        assert "title = NULL" in editor.text


async def test_nothing_that_is_edited_speaks_to_the_terminal(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        screen_of(app).load("SELECT 1 -- \x1b[31m\x07\x9b\r\nFROM\tt")
        text = await settled(pilot)
        assert "SELECT 1 -- ·[31m··" in text
        assert "\x1b" not in text
        assert screen_of(app).editor.text.splitlines()[1:] == ["FROM\tt"]


async def test_the_statement_at_the_cursor_is_told(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(app, pilot, argument="SELECT 1;\nSELECT 2;\nSELECT 3")
        assert "statement 3 of 3" in text
        assert "statement 2 of 3" in await pressed(pilot, "up", "ctrl+a")


async def test_a_new_line_begins_where_the_last_one_did(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "space", "space", "a", "enter", "b")
        assert screen_of(app).editor.text == "  a\n  b"


async def test_a_plan_is_known_wherever_it_is_pasted_and_walked_step_by_step(
    app: BeTuiApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        text = await paste(app, pilot, PLAN)
        assert screen_of(app).editor.text == ""
        assert "▸  165 ms" in text
        steps = app.focused
        assert isinstance(steps, StepList)
        assert "external merge, 7.9 MB on disk" in await pressed(pilot, "up")
        await pressed(pilot, "n")
        assert steps.marked == 1
        assert "this is no plan" not in await paste(app, pilot, QUICK)
        assert "Before and after" in await pressed(pilot, "c")
        assert "Index Scan" in await pressed(pilot, "left_square_bracket")
        await paste(app, pilot, "nonsense")
        assert "this is no plan" in told(app)


async def test_sql_pasted_goes_where_the_cursor_is(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await paste(app, pilot, "SELECT 1 -> 2")
        assert screen_of(app).editor.text == "SELECT 1 -> 2"
        await paste(app, pilot, " x -> y ")
        assert screen_of(app).editor.text == "SELECT 1 -> 2 x -> y "
        await paste(app, pilot, "x" * 250_001)
        assert "longer than" in told(app)


async def test_files_of_both_kinds_are_opened(app: BeTuiApp, service: Path) -> None:
    (service / "q.sql").write_text("SELECT 2")
    (service / "plan.txt").write_text(PLAN)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "ctrl+l")
        await typed(app, pilot, "q.sql\n")
        assert screen_of(app).editor.text == "SELECT 2"
        await pressed(pilot, "ctrl+l")
        assert "Seq Scan" in await typed(app, pilot, "plan.txt\n")
        await pressed(pilot, "l")
        await typed(app, pilot, "nothing.sql\n")
        assert "cannot be read" in told(app)


async def test_the_worked_example_is_one_key_away(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert "f8 opens the first worked example" in await opened(app, pilot)
        assert "2 tables of tables.sql" in await pressed(pilot, "f8")
        assert "FROM posts" in screen_of(app).editor.text
        assert "2 tables of this project" in await pressed(pilot, "ctrl+n")


async def test_tables_are_read_from_where_the_person_says(app: BeTuiApp, service: Path) -> None:
    (service.parent / "other.sql").write_text("CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY);")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "2 tables of this project" in await opened(app, pilot, "f2")
        await pressed(pilot, "2")
        text = await typed(app, pilot, "../other.sql\n")
        assert "MySQL · 1 table of other.sql" in text
        assert "no tables are known" in await pressed(pilot, "f2", "3")
        await pressed(pilot, "f2", "2")
        await typed(app, pilot, "nothing.sql\n")
        assert "cannot be read" in told(app)


async def test_what_of_the_tables_is_not_read_is_told_on_one_line_and_once(
    app: BeTuiApp, service: Path
) -> None:
    (service / "schema.sql").write_text(f"{TABLES}\nCREATE TABLE broken (;\n")
    async with app.run_test(size=(80, 24)) as pilot:
        line = TABLES.count("\n") + 2
        await opened(app, pilot)
        assert told(app) == f"schema.sql:{line} not read"
        app.clear_notifications()
        await pressed(pilot, "escape")
        await opened(app, pilot)
        assert "not read" not in told(app)


async def test_a_url_is_hidden_while_it_is_typed_and_never_said(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "f2", "2")
        text = await typed(app, pilot, "mysql://me:secret@127.0.0.1:1/shop")
        assert "secret" not in text
        text = await pressed(pilot, "enter")
        assert "secret" not in text + told(app)


async def test_the_engine_is_guessed_until_it_is_chosen(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert "PostgreSQL" in await opened(app, pilot)
        assert "MySQL" in await pressed(pilot, "f3")
        screen_of(app).load("SELECT 1::int")
        assert "MySQL" in await settled(pilot)


async def test_what_was_written_is_found_again(app: BeTuiApp, service: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, argument="SELECT title FROM posts")
        await pressed(pilot, "ctrl+n")
        assert screen_of(app).editor.text == ""
        await typed(app, pilot, "select 2")
        text = await pressed(pilot, "ctrl+r")
        assert "2 queries" in text
        await pressed(pilot, "slash")
        await typed(app, pilot, "POSTS")
        assert "1 query" in await settled(pilot)
        await pressed(pilot, "enter", "enter")
        assert screen_of(app).editor.text == "SELECT title FROM posts"
        await pressed(pilot, "escape", "left_square_bracket")
    with open_store(service) as store:
        assert [query.text for query in history(store)] == ["SELECT title FROM posts", "select 2"]
        kept = draft(store)
        assert kept is not None
        assert kept[0].text == "SELECT title FROM posts"


async def test_a_query_is_saved_under_a_name_opened_and_forgotten(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "ctrl+s")
        assert "nothing to save" in told(app)
        screen_of(app).load("SELECT 3")
        await pressed(pilot, "ctrl+s")
        await typed(app, pilot, "three\n")
        assert [query.name for query in saved(app.store)] == ["three"]
        save(app.store, "four", "SELECT 4", "sqlite")
        await pressed(pilot, "ctrl+o")
        await pressed(pilot, "1")
        assert screen_of(app).editor.text == "SELECT 4"
        await pressed(pilot, "ctrl+o")
        await pressed(pilot, "delete")
        assert [query.name for query in saved(app.store)] == ["three"]
        await pressed(pilot, "escape")
        assert app.focused is screen_of(app).editor


async def test_the_text_is_there_again_in_the_next_session(service: Path) -> None:
    app = BeTuiApp(Opening(service, "sql"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(app, pilot, "select 7")
    app = BeTuiApp(Opening(service, "sql"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert screen_of(app).editor.text == "select 7"


async def test_letters_are_keys_beside_the_editor_and_text_in_it(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(app, pilot, *"sql")
        assert "i edit" not in text.splitlines()[-1]
        assert "i edit" in (await pressed(pilot, "escape")).splitlines()[-1]
        assert "Paste here what EXPLAIN wrote" in await pressed(pilot, "4")
        await pressed(pilot, "1", "ctrl+t", "i", "x")
        assert screen_of(app).editor.text == "sqlx"
        await pilot.click("#tabs", offset=(38, 0))
        assert "Paste here" in await settled(pilot)
        await pressed(pilot, "shift+tab", "tab", "ctrl+c")
        assert "nothing runs" in told(app)


@pytest.mark.parametrize("theme", ["light", "transparent"])
async def test_words_have_colours_in_every_theme(service: Path, theme: str) -> None:
    app = BeTuiApp(Opening(service, theme=theme))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, argument="SELECT 'x' FROM users")
        line = screen_of(app).editor.get_line(0)
        colours = {str(span.style) for span in line.spans if str(span.style) != "none"}
        assert len(colours) >= 2


LITE = "CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL);"


@pytest.fixture
def lite(service: Path) -> BeTuiApp:
    """Give a session on a service whose tables are SQLite's."""
    (service / "schema.sql").write_text(LITE)
    return BeTuiApp(Opening(service))


async def test_a_rewrite_is_proved_run_and_taken_into_the_editor(lite: BeTuiApp) -> None:
    async with lite.run_test(size=(120, 40)) as pilot:
        text = await opened(lite, pilot, "escape", argument="SELECT id FROM posts WHERE id + 1 = 4")
        assert "step by step" in await pressed(pilot, "2")
        text = await pressed(pilot, "r")
        assert "proved" in text
        await pressed(pilot, "f")
        assert screen_of(lite).editor.text == "SELECT id FROM posts WHERE id = 3"
        assert "is another one by now" in await settled(pilot)


async def test_an_index_written_below_the_query_is_measured(lite: BeTuiApp) -> None:
    query = "SELECT id FROM posts WHERE user_id = 4"
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "5", argument=query)
        assert "nothing to compare" in await settled(pilot)
        await pressed(pilot, "r")
        assert "nothing to compare with" in told(lite)
        screen_of(lite).load(f"{query};\nCREATE INDEX i ON posts (user_id);")
        await settled(pilot)
        await pressed(pilot, "n")
        await typed(lite, pilot, "none\n")
        assert "a number from 1" in told(lite)
        text = await pressed(pilot, "n", *"100", "enter")
        assert "filled with 100 generated rows" in " ".join(text.split())
        assert "Measured, before and after" in await pressed(pilot, "r")
        assert "docs/measurements" in await pressed(pilot, "e")


async def test_indexes_advised_are_taken_into_the_editor_and_measured(lite: BeTuiApp) -> None:
    query = "SELECT id FROM posts WHERE user_id = 4"
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "3", argument=query)
        assert "posts (user_id)" in await pressed(pilot, "r")
        assert "docs/indexes/indexes.sql" in await pressed(pilot, "e")
        await pressed(pilot, "left_square_bracket", "5", "e")
        assert "nothing to export" in told(lite)
        assert "with the index and without" in await settled(pilot)
        await pressed(pilot, "3", "f")
        text = screen_of(lite).editor.text
        assert text.startswith(f"{query};\n\nCREATE INDEX")
        assert not text.endswith(";")


async def test_a_plan_is_asked_of_the_database_at_hand(lite: BeTuiApp, service: Path) -> None:
    with closing(sqlite3.connect(service / "shop.db")) as connection:
        connection.executescript(LITE)
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "4", "R", argument="SELECT * FROM posts")
        assert "r runs it on generated rows" in told(lite)
        text = await pressed(pilot, "r")
        assert "SCAN on posts" in text
        await pressed(pilot, "t", "2")
        await typed(lite, pilot, "shop.db\n")
        text = await pressed(pilot, "r")
        assert "SCAN on posts" in text
        assert "Run the statement on" in await pressed(pilot, "R")
        assert "SCAN on posts" in await pressed(pilot, "2")


async def test_what_runs_is_stopped_by_keys_and_by_leaving(
    lite: BeTuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, ended = Event(), Event()

    def run_forever(bench: Bench, cancel: Cancel, tell: Callable[[str, float], None]) -> Rewrite:
        del bench
        tell("rewrites", 0.5)
        began.set()
        while not cancel.is_set:
            sleep(0.01)
        ended.set()
        raise Cancelled

    monkeypatch.setattr(sql_runs, "run_rewrite", run_forever)
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "2", argument="SELECT 1")
        for key in ("ctrl+c", "escape", "H"):
            began.clear()
            ended.clear()
            await pilot.press("r")
            await asyncio.to_thread(began.wait)
            assert "50%  rewrites" in await caught_up(pilot)
            assert "50%" not in await pressed(pilot, key)
            await asyncio.to_thread(ended.wait)
        assert "stopped" in told(lite)
