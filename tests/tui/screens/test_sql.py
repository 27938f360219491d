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
from tests.tui.conftest import SIZES, frame

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


async def settled(app: BeTuiApp, pilot: Pilot[None]) -> str:
    """Wait until what runs beside the session is done, checks included; give the frame."""
    await pilot.pause()
    screen = app.screen
    if isinstance(screen, SqlScreen) and screen.is_waiting:
        screen.check_now()
    await app.workers.wait_for_complete([each for each in app.workers if each.node is screen])
    await pilot.pause()
    return frame(app)


async def opened(app: BeTuiApp, pilot: Pilot[None], *keys: str, argument: str = "") -> str:
    """Open the workbench and press keys; give the frame."""
    await app.open("sql", argument)
    await settled(app, pilot)
    await pilot.press(*keys)
    return await settled(app, pilot)


async def paste(app: BeTuiApp, pilot: Pilot[None], text: str) -> str:
    app.post_message(events.Paste(text))
    return await settled(app, pilot)


async def typed(app: BeTuiApp, pilot: Pilot[None], text: str) -> str:
    """Type a text letter by letter."""
    for letter in text:
        key = "enter" if letter == "\n" else _character_to_key(letter)
        app.post_message(events.Key(key, "\r" if letter == "\n" else letter))
    while app._keys._following or not app._message_queue.empty():
        await asyncio.sleep(0)
    return await settled(app, pilot)


def told(app: BeTuiApp) -> str:
    """Give what was said beside the page."""
    return "\n".join(notification.message for notification in app._notifications)


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
        await settled(app, pilot)
        golden(f"sql-findings-{dimensions}", await settled(app, pilot))
        await paste(app, pilot, PLAN)
        golden(f"sql-plan-{dimensions}", await settled(app, pilot))
        await paste(app, pilot, QUICK)
        await pilot.press("c")
        golden(f"sql-compare-{dimensions}", await settled(app, pilot))


async def test_names_are_completed_by_tab_and_only_then(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, *"select", "space", "asterisk", "space")
        editor = screen_of(app).editor
        await typed(app, pilot, "from po")
        assert editor.offering
        await pilot.press("tab")
        assert editor.text == "select * from posts"
        assert not editor.offering
        await typed(app, pilot, " p\nwhere p.us")
        await pilot.press("enter")
        assert editor.text.endswith("where p.us\n"), "Enter is a new line until an offer is chosen"
        await typed(app, pilot, "and p.")
        await pilot.press("down", "enter")
        assert editor.text.endswith("and p.user_id")
        await typed(app, pilot, " and p.ti")
        await pilot.press("escape")
        assert not editor.offering
        assert app.focused is editor


async def test_completion_can_be_asked_for_and_clicked(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, *"select", "space", "ctrl+space")
        editor = screen_of(app).editor
        assert editor.offering
        await pilot.press("backspace")
        await typed(app, pilot, " ")
        await pilot.press("ctrl+space")
        await pilot.click("#editor", offset=(13, 2))
        assert editor.text == "select email"
        await pilot.press("ctrl+space", "left")
        assert not editor.offering


async def test_a_fault_is_listed_marked_and_gone_to(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(app, pilot, argument=BROKEN)
        assert "1 Findings 1" in text
        screen = screen_of(app)
        assert screen.editor._marks
        await pilot.press("ctrl+home", "escape")
        assert isinstance(app.focused, Choices)
        await pilot.press("enter")
        assert screen.editor.has_focus
        assert screen.editor.cursor_location[0] == 2
        screen.load("SELECT title FROM posts WHERE user_id = 1 AND id = 2")
        assert "does not parse" not in await settled(app, pilot)


async def test_a_fix_is_written_into_the_editor_and_taken_back(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(
            app, pilot, "escape", argument="SELECT id FROM posts WHERE title = NULL"
        )
        assert "1 Findings 1" in text
        await pilot.press("e")
        assert "docs/sql-findings.md" in await settled(app, pilot)
        await pilot.press("left_square_bracket", "f")
        editor = screen_of(app).editor
        assert "title IS NULL" in editor.text
        assert "Findings 1" not in await settled(app, pilot)
        await pilot.press("f")
        assert "no finding to mend" in told(app)
        await pilot.press("i", "ctrl+z")
        assert "title = NULL" in editor.text


async def test_nothing_that_is_edited_speaks_to_the_terminal(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        screen_of(app).load("SELECT 1 -- \x1b[31m\x07\x9b\r\nFROM\tt")
        text = await settled(app, pilot)
        assert "SELECT 1 -- ·[31m··" in text
        assert "\x1b" not in text
        assert screen_of(app).editor.text.splitlines()[1:] == ["FROM\tt"]


async def test_the_statement_at_the_cursor_is_told(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(app, pilot, argument="SELECT 1;\nSELECT 2;\nSELECT 3")
        assert "statement 3 of 3" in text
        await pilot.press("up", "ctrl+a")
        assert "statement 2 of 3" in await settled(app, pilot)


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
        await pilot.press("up")
        assert "external merge, 7.9 MB on disk" in await settled(app, pilot)
        await pilot.press("n")
        assert steps.marked == 1
        assert "this is no plan" not in await paste(app, pilot, QUICK)
        await pilot.press("c")
        assert "Before and after" in await settled(app, pilot)
        await pilot.press("left_square_bracket")
        assert "Index Scan" in await settled(app, pilot)
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
        await pilot.press("ctrl+l")
        assert "Seq Scan" in await typed(app, pilot, "plan.txt\n")
        await pilot.press("l")
        await typed(app, pilot, "nothing.sql\n")
        assert "cannot be read" in told(app)


async def test_the_worked_example_is_one_key_away(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert "f8 opens the first worked example" in await opened(app, pilot)
        await pilot.press("f8")
        assert "2 tables of tables.sql" in await settled(app, pilot)
        assert "FROM posts" in screen_of(app).editor.text
        await pilot.press("ctrl+n")
        assert "2 tables of this project" in await settled(app, pilot)


async def test_tables_are_read_from_where_the_person_says(app: BeTuiApp, service: Path) -> None:
    (service.parent / "other.sql").write_text("CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY);")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "2 tables of this project" in await opened(app, pilot, "f2")
        await pilot.press("2")
        text = await typed(app, pilot, "../other.sql\n")
        assert "MySQL · 1 table of other.sql" in text
        await pilot.press("f2", "3")
        assert "no tables are known" in await settled(app, pilot)
        await pilot.press("f2", "2")
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
        await pilot.press("escape", "q")
        await opened(app, pilot)
        assert "not read" not in told(app)


async def test_a_url_is_hidden_while_it_is_typed_and_never_said(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "f2", "2")
        text = await typed(app, pilot, "mysql://me:secret@127.0.0.1:1/shop")
        assert "secret" not in text
        await pilot.press("enter")
        text = await settled(app, pilot)
        assert "secret" not in text + told(app)


async def test_the_engine_is_guessed_until_it_is_chosen(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert "PostgreSQL" in await opened(app, pilot)
        await pilot.press("f3")
        assert "MySQL" in await settled(app, pilot)
        screen_of(app).load("SELECT 1::int")
        assert "MySQL" in await settled(app, pilot)


async def test_what_was_written_is_found_again(app: BeTuiApp, service: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, argument="SELECT title FROM posts")
        await pilot.press("ctrl+n")
        assert screen_of(app).editor.text == ""
        await typed(app, pilot, "select 2")
        text = await opened_list(app, pilot, "ctrl+r")
        assert "2 queries" in text
        await pilot.press("slash")
        await typed(app, pilot, "POSTS")
        assert "1 query" in await settled(app, pilot)
        await pilot.press("enter", "enter")
        assert screen_of(app).editor.text == "SELECT title FROM posts"
        await pilot.press("escape", "left_square_bracket")
    with open_store(service) as store:
        assert [query.text for query in history(store)] == ["SELECT title FROM posts", "select 2"]
        kept = draft(store)
        assert kept is not None
        assert kept[0].text == "SELECT title FROM posts"


async def opened_list(app: BeTuiApp, pilot: Pilot[None], key: str) -> str:
    await pilot.press(key)
    return await settled(app, pilot)


async def test_a_query_is_saved_under_a_name_opened_and_forgotten(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "ctrl+s")
        assert "nothing to save" in told(app)
        screen_of(app).load("SELECT 3")
        await pilot.press("ctrl+s")
        await typed(app, pilot, "three\n")
        assert [query.name for query in saved(app.store)] == ["three"]
        save(app.store, "four", "SELECT 4", "sqlite")
        await opened_list(app, pilot, "ctrl+o")
        await pilot.press("1")
        await settled(app, pilot)
        assert screen_of(app).editor.text == "SELECT 4"
        await opened_list(app, pilot, "ctrl+o")
        await pilot.press("delete")
        assert [query.name for query in saved(app.store)] == ["three"]
        await pilot.press("escape")
        assert app.focused is screen_of(app).editor


async def test_the_text_is_there_again_in_the_next_session(service: Path) -> None:
    app = BeTuiApp(Opening(service, "sql"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(app, pilot)
        await typed(app, pilot, "select 7")
    app = BeTuiApp(Opening(service, "sql"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(app, pilot)
        assert screen_of(app).editor.text == "select 7"


async def test_letters_are_keys_beside_the_editor_and_text_in_it(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(app, pilot, *"sql")
        assert "i edit" not in text.splitlines()[-1]
        await pilot.press("escape")
        assert "i edit" in (await settled(app, pilot)).splitlines()[-1]
        await pilot.press("4")
        assert "Paste here what EXPLAIN wrote" in await settled(app, pilot)
        await pilot.press("1", "ctrl+t", "i", "x")
        assert screen_of(app).editor.text == "sqlx"
        await pilot.click("#tabs", offset=(38, 0))
        assert "Paste here" in await settled(app, pilot)
        await pilot.press("shift+tab", "tab", "ctrl+c")
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
        await pilot.press("2")
        assert "step by step" in await settled(lite, pilot)
        await pilot.press("r")
        text = await settled(lite, pilot)
        assert "proved" in text
        await pilot.press("f")
        assert screen_of(lite).editor.text == "SELECT id FROM posts WHERE id = 3"
        assert "is another one by now" in await settled(lite, pilot)


async def test_an_index_written_below_the_query_is_measured(lite: BeTuiApp) -> None:
    query = "SELECT id FROM posts WHERE user_id = 4"
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "5", argument=query)
        assert "nothing to compare" in await settled(lite, pilot)
        await pilot.press("r")
        assert "nothing to compare with" in told(lite)
        screen_of(lite).load(f"{query};\nCREATE INDEX i ON posts (user_id);")
        await settled(lite, pilot)
        await pilot.press("n")
        await typed(lite, pilot, "none\n")
        assert "a number from 1" in told(lite)
        await pilot.press("n", *"100", "enter")
        assert "filled with 100 generated rows" in " ".join((await settled(lite, pilot)).split())
        await pilot.press("r")
        assert "Measured, before and after" in await settled(lite, pilot)
        await pilot.press("e")
        await pilot.pause()
        assert "docs/measurements" in await settled(lite, pilot)


async def test_indexes_advised_are_taken_into_the_editor_and_measured(lite: BeTuiApp) -> None:
    query = "SELECT id FROM posts WHERE user_id = 4"
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "3", argument=query)
        await pilot.press("r")
        assert "posts (user_id)" in await settled(lite, pilot)
        await pilot.press("e")
        assert "docs/indexes/indexes.sql" in await settled(lite, pilot)
        await pilot.press("left_square_bracket", "5", "e")
        assert "nothing to export" in told(lite)
        assert "with the index and without" in await settled(lite, pilot)
        await pilot.press("3", "f")
        await settled(lite, pilot)
        text = screen_of(lite).editor.text
        assert text.startswith(f"{query};\n\nCREATE INDEX")
        assert not text.endswith(";")


async def test_a_plan_is_asked_of_the_database_at_hand(lite: BeTuiApp, service: Path) -> None:
    with closing(sqlite3.connect(service / "shop.db")) as connection:
        connection.executescript(LITE)
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "4", "R", argument="SELECT * FROM posts")
        assert "r runs it on generated rows" in told(lite)
        await pilot.press("r")
        text = await settled(lite, pilot)
        assert "SCAN on posts" in text
        await pilot.press("t", "2")
        await typed(lite, pilot, "shop.db\n")
        await pilot.press("r")
        text = await settled(lite, pilot)
        assert "SCAN on posts" in text
        await pilot.press("R")
        assert "Run the statement on" in await settled(lite, pilot)
        await pilot.press("2")
        assert "SCAN on posts" in await settled(lite, pilot)


async def test_what_runs_is_stopped_by_keys_and_by_leaving(
    lite: BeTuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, stopped = Event(), []

    def run_forever(bench: Bench, cancel: Cancel, tell: Callable[[str, float], None]) -> Rewrite:
        del bench
        tell("rewrites", 0.5)
        began.set()
        while not cancel.is_set:
            sleep(0.01)
        stopped.append(True)
        raise Cancelled

    monkeypatch.setattr(sql_runs, "run_rewrite", run_forever)
    async with lite.run_test(size=(80, 24)) as pilot:
        await opened(lite, pilot, "escape", "2", argument="SELECT 1")
        for number, keys in enumerate((["ctrl+c"], ["escape"], ["H"]), 1):
            began.clear()
            await pilot.press("r")
            await asyncio.to_thread(began.wait, 10)
            await pilot.pause()
            assert "50%  rewrites" in frame(lite)
            await pilot.press(*keys)
            await lite.workers.wait_for_complete()
            await pilot.pause()
            assert len(stopped) == number
            assert "50%" not in frame(lite)
        assert "stopped" in told(lite)
