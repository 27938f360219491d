"""What is run for the statement at the cursor: nothing of it stays, and it can be stopped."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.sqltext import Target
from be_tui.core.workbench import (
    Bench,
    Source,
    Tried,
    advice_files,
    read_source,
    run_advice,
    run_measure,
    run_plan,
    run_plan_here,
    run_rewrite,
    to_try,
    writes,
)

if TYPE_CHECKING:
    from pathlib import Path

TABLES = "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT);\n"
QUERY = "SELECT title FROM posts WHERE user_id = 1"


def silent(what: str, share: float) -> None:
    del what, share


def bench(root: Path, text: str, source: Source | None = None, offset: int = 0) -> Bench:
    given = source or Source()
    schema = read_source(given, root).schema
    return Bench(text, offset, Target("sqlite"), schema, given, root)


@pytest.fixture
def ddl(tmp_path: Path) -> Source:
    """Give a file that describes the tables."""
    path = tmp_path / "tables.sql"
    path.write_text(TABLES)
    return Source("file", str(path))


@pytest.fixture
def database(tmp_path: Path) -> Source:
    """Give a database of SQLite with one row."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{TABLES} INSERT INTO posts VALUES (1, 1, 'a');")
    return Source("file", str(path))


def test_the_statement_is_the_query_though_the_cursor_is_on_an_index(tmp_path: Path) -> None:
    text = f"SELECT 1;\n{QUERY};\nCREATE INDEX i ON posts (user_id);\nSELECT 3"
    assert bench(tmp_path, text, offset=text.index("INDEX")).statement.text == QUERY
    first = f"CREATE INDEX i ON posts (user_id);\n{QUERY}"
    assert bench(tmp_path, first).statement.text == QUERY
    for empty in ("", "CREATE INDEX i ON posts (user_id)"):
        with pytest.raises(InputError, match="no query"):
            _ = bench(tmp_path, empty).statement


def test_an_index_in_the_text_is_tried_before_one_advised_before_a_rewrite(tmp_path: Path) -> None:
    written = bench(tmp_path, f"{QUERY};\nCREATE INDEX i ON posts (user_id)")
    assert to_try(written, ("ADVISED",), "REWRITE").indexes == written.indexes
    bare = bench(tmp_path, QUERY)
    assert to_try(bare, ("ADVISED",), "REWRITE") == Tried(("ADVISED",))
    assert to_try(bare, (), "REWRITE") == Tried((), "REWRITE")
    titles = [Tried(("a",)).title, Tried(("a", "b")).title, Tried((), "a").title, Tried().title]
    assert titles == ["the index", "2 indexes", "the rewritten query", ""]


def test_a_plan_is_asked_of_the_database_and_nothing_is_written(
    tmp_path: Path, database: Source
) -> None:
    found = run_plan(bench(tmp_path, QUERY, database), Cancel())
    assert found.engine == "sqlite"
    assert found.nodes[0].whole
    timed = run_plan(bench(tmp_path, QUERY, database), Cancel(), run=True)
    assert timed.nodes == found.nodes
    with pytest.raises(InputError, match="only what reads"):
        run_plan(bench(tmp_path, "DELETE FROM posts", database), Cancel(), run=True)
    with pytest.raises(InputError, match="no such table"):
        run_plan(bench(tmp_path, "SELECT 1 FROM nowhere", database), Cancel())


def test_without_a_database_there_is_no_plan_to_ask_for(tmp_path: Path, ddl: Source) -> None:
    assert not bench(tmp_path, QUERY, ddl).has_database
    assert not bench(tmp_path, QUERY).has_database
    with pytest.raises(InputError, match="no database"):
        run_plan(bench(tmp_path, QUERY, ddl), Cancel())


def test_a_plan_is_made_on_generated_rows_where_tables_are_described(
    tmp_path: Path, ddl: Source
) -> None:
    told: list[str] = []
    found = run_plan_here(
        bench(tmp_path, QUERY, ddl), 50, Cancel(), lambda what, _: told.append(what)
    )
    assert found.engine == "sqlite"
    assert found.path == "a sandbox with 50 generated rows a table"
    assert told[-1] == "runs the query"
    with pytest.raises(InputError, match="nothing is known of the tables"):
        run_plan_here(bench(tmp_path, QUERY), 50, Cancel(), lambda *_: None)
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        run_plan_here(bench(tmp_path, QUERY, ddl), 50, stopped, lambda *_: None)


def test_a_query_is_rewritten_where_the_tables_prove_it(tmp_path: Path, ddl: Source) -> None:
    told: list[str] = []
    text = "SELECT title FROM posts WHERE user_id + 1 = 4"
    found = run_rewrite(bench(tmp_path, text, ddl), Cancel(), lambda what, _: told.append(what))
    assert found.before == text
    assert told
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        run_rewrite(bench(tmp_path, text, ddl), stopped, silent)


def test_indexes_are_advised_for_all_queries_and_the_one_written_is_not_counted(
    tmp_path: Path, ddl: Source
) -> None:
    text = f"{QUERY};\nSELECT id FROM posts WHERE title = 'a';\nCREATE INDEX i ON posts (user_id)"
    told: list[str] = []
    found = run_advice(bench(tmp_path, text, ddl), Cancel(), lambda what, _: told.append(what))
    assert len(found.queries) == 2
    assert any("user_id" in each.ddl for each in found.advice)
    assert told[0] == "opens a judge"
    files = {each.path: each.text for each in advice_files(found).files}
    assert "CREATE INDEX" in files["docs/indexes/indexes.sql"]
    assert "# Index advice" in files["docs/indexes/README.md"]


def test_advice_can_be_stopped_and_needs_a_query(tmp_path: Path, ddl: Source) -> None:
    cancel = Cancel()
    with pytest.raises(Cancelled):
        run_advice(bench(tmp_path, QUERY, ddl), cancel, lambda *_: cancel.set())
    with pytest.raises(InputError, match="no query"):
        run_advice(bench(tmp_path, "", ddl), Cancel(), silent)


@pytest.mark.parametrize("kind", ["file", "text", "project"])
def test_an_index_is_measured_wherever_the_tables_are_described(
    tmp_path: Path, ddl: Source, kind: str
) -> None:
    text = f"{QUERY};\nCREATE INDEX i ON posts (user_id)"
    if kind == "file":
        made = bench(tmp_path, text, ddl)
    elif kind == "text":
        made = bench(tmp_path, f"{TABLES}{text}", offset=len(TABLES) + 5)
    else:
        made = bench(tmp_path, text, Source("project"))
    found = run_measure(made, to_try(made), 200, Cancel(), silent)
    assert found.engine == "sqlite"
    assert found.tables == (("posts", 200),)
    assert found.indexes[0].ddl.startswith("CREATE INDEX i")


def test_without_tables_nothing_is_measured(tmp_path: Path) -> None:
    made = bench(tmp_path, f"{QUERY};\nCREATE INDEX i ON posts (user_id)")
    with pytest.raises(InputError, match="nothing is known of the tables"):
        run_measure(made, to_try(made), 100, Cancel(), silent)


def test_what_may_change_rows_is_known() -> None:
    assert writes("WITH a AS (DELETE FROM t RETURNING 1) SELECT 1")
    assert not writes("SELECT updated FROM t")
