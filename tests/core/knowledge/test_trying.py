"""Examples in SQL are run, and what they do not show is told with what was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import be_tui.core.knowledge.trying as public
from be_tui.core.databases import open_sandbox
from be_tui.core.findings import Place
from be_tui.core.knowledge import check_paths
from be_tui.core.knowledge.items import Chapter, Example, Item, Shows
from be_tui.core.knowledge.trying import Engines, engines_here, play, try_example, unshown
from be_tui.core.knowledge.trying.playing import Asked
from be_tui.core.knowledge.trying.script import steps_of
from be_tui.core.knowledge.trying.trial import suits
from tests.core.knowledge.making import HOUSE, KNOWN, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.knowledge.items import Engine

SETUP = "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a'), (2, NULL);"


def an_item(*examples: Example, applies_to: tuple[str, ...] = ()) -> Item:
    return Item(
        "an-item", "must", "Do it", "", "", (), (), None, examples, applies_to=applies_to, line=7
    )


def missed(
    right: str, shows: Shows, setup: str = SETUP, engines: Engines | None = None
) -> list[str]:
    example = Example(
        "sql", right=right, engines=(shows.engine,), setup=setup, right_shows=(shows,)
    )
    found = try_example(example, an_item(example), engines or Engines())
    return [miss.message for miss in found]


ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("SELECT * FROM t;", Shows("sqlite", rows=2)),
        ("SELECT v FROM t WHERE id = 2;", Shows("sqlite", value="NULL")),
        ("SELECT v FROM t WHERE id = 1", Shows("sqlite", value="a", rows=1)),
        ("UPDATE t SET v = 'b';", Shows("sqlite", rows=2)),
        ("DELETE FROM t; INSERT INTO t VALUES (1, 'a');", Shows("sqlite", works=True)),
        ("BEGIN; INSERT INTO t VALUES (1, 'a');", Shows("sqlite", fails="UNIQUE CONSTRAINT")),
        ("BEGIN; DELETE FROM t; ROLLBACK; SELECT count(*) FROM t;", Shows("sqlite", value="2")),
    ],
)
def test_what_is_shown_passes(engine: Engine, text: str, shows: Shows) -> None:
    assert missed(text, replace(shows, engine=engine)) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "shows", "told"),
    [
        ("SELECT * FROM t;", Shows("sqlite", rows=3), "3 rows; it gave 2 rows, the first: 1, a"),
        ("SELECT * FROM t WHERE id = 9;", Shows("sqlite", rows=3), "3 rows; it gave no row"),
        ("SELECT v FROM t WHERE id = 2;", Shows("sqlite", value="a"), "the first: NULL"),
        ("SELECT v FROM t WHERE id = 9;", Shows("sqlite", value="NULL"), "it gave no row"),
        ("UPDATE t SET v = 'b';", Shows("sqlite", fails="x"), "it worked and changed 2 rows"),
        ("SELECT x FROM t;", Shows("sqlite", works=True), "last statement works; it failed: "),
        ("SELECT x FROM t;", Shows("sqlite", fails="syntax"), "error with `syntax`; it failed: "),
        ("SELECT x FROM t; SELECT 1;", Shows("sqlite", works=True), "line 1 of the text fails: "),
        ("SELECT id FROM t;", Shows("sqlite", waits=True), "waits for a lock; it gave 2 rows"),
        ("-- nothing", Shows("sqlite", works=True), "there is no statement"),
        ("SELECT v FROM t;", Shows("sqlite", plan="Hash"), "a plan with `Hash`; seen:\n"),
    ],
)
def test_what_is_not_shown_is_told_with_what_was_seen(
    engine: Engine, text: str, shows: Shows, told: str
) -> None:
    (message,) = missed(text, replace(shows, engine=engine))
    assert told in message


@pytest.mark.parametrize(
    ("engine", "plan", "without"),
    [("sqlite", "SEARCH t", "SCAN"), ("postgresql", "Index Scan", "Sort")],
)
def test_a_plan_is_held_against_both_sides(engine: Engine, plan: str, without: str) -> None:
    asked = "SELECT v FROM t WHERE id = 1;"
    assert missed(asked, Shows(engine, plan=plan, plan_without=without)) == []
    assert missed(asked, Shows(engine, plan=plan, rows=1)) == []
    (message,) = missed(asked, Shows(engine, plan_without=plan))
    assert f"expected a plan without `{plan}`" in message


def test_a_plan_that_is_written_out_is_read_as_it_comes() -> None:
    asked = "EXPLAIN (COSTS off) SELECT v FROM t WHERE id = 1;"
    assert missed(asked, Shows("postgresql", plan="Index Scan using t_pkey on t\n")) == []


def test_a_plan_that_cannot_be_made_is_told() -> None:
    (message,) = missed("SELECT x FROM t;", Shows("postgresql", plan="Seq Scan"))
    assert 'works; it failed: column "x" does not exist (42703)' in message


def test_locks_are_looked_at_before_the_transaction_ends() -> None:
    alter = "ALTER TABLE t ADD COLUMN c int;"
    for text in (alter, f"BEGIN; {alter}"):
        for mode in ("AccessExclusiveLock", "ACCESS EXCLUSIVE"):
            assert missed(text, Shows("postgresql", locks=mode)) == []
    (message,) = missed("SELECT 1;", Shows("postgresql", locks="ShareLock"))
    assert message == "expected the lock ShareLock on a table; held: none"
    (message,) = missed("SELECT * FROM t;", Shows("postgresql", locks="ShareLock"))
    assert message.endswith("held: AccessShareLock")


WAITING = """
-- session A
BEGIN; UPDATE t SET v = 'b' WHERE id = 1;
-- session B
{}
"""


def test_a_statement_that_waits_for_the_other_session_is_seen_at_once() -> None:
    update = WAITING.format("UPDATE t SET v = 'c' WHERE id = 1;")
    assert missed(update, Shows("postgresql", waits=True)) == []
    assert missed(update, Shows("sqlite", waits=True)) == []
    assert missed(WAITING.format("SELECT v FROM t;"), Shows("postgresql", value="a")) == []


def test_a_wait_that_ends_by_its_bound_is_a_failure_and_a_wait() -> None:
    update = WAITING.format("SET lock_timeout = '50ms'; UPDATE t SET v = 'c' WHERE id = 1;")
    assert missed(update, Shows("postgresql", fails="lock timeout")) == []
    assert missed(update, Shows("postgresql", waits=True)) == []


def test_a_statement_left_standing_goes_on_when_the_lock_goes() -> None:
    text = WAITING.format(
        "UPDATE t SET v = v || 'c' WHERE id = 1;\n-- session A\nCOMMIT;\n"
        "-- session B\nSELECT v FROM t WHERE id = 1;"
    )
    assert missed(text, Shows("postgresql", value="bc")) == []
    text = WAITING.format("UPDATE t SET v = v || 'c' WHERE id = 1;\n-- session A\nCOMMIT;")
    assert missed(text, Shows("postgresql", works=True)) == []


def test_a_deadlock_hits_whichever_session_it_hits() -> None:
    text = WAITING.format(
        "BEGIN; UPDATE t SET v = 'c' WHERE id = 2; UPDATE t SET v = 'c' WHERE id = 1;\n"
        "-- session A\nUPDATE t SET v = 'b' WHERE id = 2;"
    )
    assert missed(text, Shows("postgresql", fails="deadlock detected")) == []


def test_a_statement_that_fails_while_it_stood_breaks_the_script() -> None:
    text = WAITING.format(
        "SET lock_timeout = '50ms';\nUPDATE t SET v = 'c' WHERE id = 1;\nSELECT 1;"
    )
    (message,) = missed(text, Shows("postgresql", value="1"))
    assert "line 6 of the text fails: canceling statement due to lock timeout" in message
    text = WAITING.format(
        "SET lock_timeout = '50ms';\nUPDATE t SET v = 'c' WHERE id = 1; SELECT 1; SELECT 2"
    )
    assert "line 6 of the text fails" in missed(text, Shows("postgresql", value="2"))[0]


def test_what_is_set_up_is_there_for_the_first_session() -> None:
    assert missed("EXECUTE q;", Shows("postgresql", value="1"), "PREPARE q AS SELECT 1;") == []
    (message,) = missed("SELECT 1;", Shows("postgresql", works=True), "SELECT 1;\nSELEC 2;")
    assert message.startswith("line 2 of the setup fails: syntax error")
    (message,) = missed("SELECT 1;", Shows("postgresql", works=True), "SELECT 'a")
    assert message.startswith("the SQL cannot be taken apart")


def test_each_side_has_a_database_of_its_own() -> None:
    example = Example(
        "sql",
        wrong="DELETE FROM t;",
        right="SELECT * FROM t;",
        engines=("sqlite",),
        setup=SETUP,
        wrong_shows=(Shows("sqlite", rows=2),),
        right_shows=(Shows("sqlite", rows=3),),
        line=42,
    )
    (miss,) = try_example(example, an_item(example), Engines())
    assert (miss.item, miss.side, miss.line) == ("an-item", "right", 42)
    assert miss.engine.startswith("sqlite 3")
    assert [*try_example(replace(example, language="http"), an_item(), Engines())] == []


def test_long_results_are_cut_short() -> None:
    (message,) = missed("SELECT repeat('x', 9000);", Shows("postgresql", rows=2))
    assert len(message) < 400


def test_an_example_for_one_version_runs_on_that_only() -> None:
    assert suits((), "postgresql:16")
    assert suits(("PostgreSQL 18+",), "postgresql:18")
    assert not suits(("PostgreSQL 18+",), "postgresql:16")
    assert suits(("MySQL 8+", "PostgreSQL 17 or later", "PostgreSQL 16"), "postgresql:16")
    assert not suits(("PostgreSQL 15",), "postgresql:16")
    assert suits(("PostgreSQL",), "postgresql:16")
    assert suits(("PostgreSQL 18+",), "postgresql")
    assert suits(("PostgreSQL 18+",), "sqlite")
    shows = Shows("postgresql", works=True)
    example = Example("sql", right="SELEC;", engines=("postgresql",), right_shows=(shows,))
    old = Engines(postgresql=("postgresql:16",))
    assert [*try_example(example, an_item(applies_to=("PostgreSQL 18+",)), old)] == []


def test_mariadb_is_run_where_one_is_given(mariadb: str) -> None:
    given = Engines(mariadb=(mariadb,))
    waits = WAITING.format("UPDATE t SET v = 'c' WHERE id = 1;")
    assert missed(waits, Shows("mariadb", waits=True), engines=given) == []
    asked = "SELECT v FROM t WHERE id = 1;"
    assert missed(asked, Shows("mariadb", value="a", plan="type: const"), engines=given) == []
    assert missed("SELEC;", Shows("mariadb", works=True)) == []


def test_steps_know_their_session_and_their_line() -> None:
    script = "SELECT 1;\n-- Session b: or so\n-- c\n\nSELECT 2;\n\nSELECT 3; -- session A\nSELECT 4"
    assert [(step.session, step.text, step.line) for step in steps_of(script, "postgresql")] == [
        ("A", "SELECT 1", 1),
        ("B", "SELECT 2", 5),
        ("B", "SELECT 3", 7),
        ("A", "SELECT 4", 8),
    ]


def test_the_engines_here_are_the_wheels_and_what_the_variable_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BE_TUI_MARIADB_URL", raising=False)
    assert engines_here() == Engines()
    monkeypatch.setenv("BE_TUI_MARIADB_URL", "mariadb://h")
    assert engines_here(every=True) == Engines(
        postgresql=("postgresql:18", "postgresql:16"), mariadb=("mariadb://h",)
    )


def test_what_a_chapter_does_not_show_is_a_finding() -> None:
    shows = (Shows("sqlite", rows=3), Shows("mariadb", rows=2))
    example = Example(
        "sql",
        right="SELECT * FROM t;",
        engines=("sqlite", "mariadb"),
        setup=SETUP,
        right_shows=shows,
    )
    chapter = Chapter("c", "r", "C", (an_item(example),), path="c.yaml")
    fails, skipped = unshown(chapter, Engines())
    assert (fails.rule, fails.severity, fails.place) == (
        "example-fails",
        "error",
        Place("c.yaml", 7),
    )
    assert fails.message.startswith("an-item: right on sqlite 3")
    assert (skipped.rule, skipped.severity) == ("example-not-run", "info")
    assert skipped.message.startswith("an-item: not run on MariaDB; set BE_TUI_MARIADB_URL")


def test_the_check_of_packs_runs_examples_when_asked(tmp_path: Path) -> None:
    write_project(tmp_path, HOUSE)
    pack = [tmp_path / ".be-tui"]
    assert check_paths(pack, known=KNOWN) == ()
    (found,) = check_paths(pack, known=KNOWN, run=lambda chapter: unshown(chapter, Engines()))
    assert (found.rule, found.place.line) == ("example-fails", 13)
    assert found.place.path.endswith("01-one.yaml")
    assert "expected 2 rows; it gave 1 rows" in found.message
    assert found.why.startswith("Readers copy examples")


def test_a_plan_alone_runs_nothing() -> None:
    with open_sandbox("sqlite") as sandbox:
        steps = steps_of("DELETE FROM t WHERE v = 'a';", "sqlite")
        seen = play(sandbox, steps_of(SETUP, "sqlite"), steps, Asked(plan=True, only_plan=True))
        assert "SCAN t" in seen.plan
        with sandbox.session() as session:
            assert session.run("SELECT count(*) FROM t").value == "2"


def test_every_public_name_is_there() -> None:
    for name in public.__all__:
        assert getattr(public, name)
    with pytest.raises(AttributeError):
        _ = public.nothing
