"""What a person gives: files, a schema, statistics, a database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import WheelSandbox, open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.indexes import Sources, Text, advise, ask, bytes_of, read_file, written_rows
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from pathlib import Path

QUERY = "SELECT * FROM posts WHERE user_id = 5;"
TABLE = "CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL);"


def test_tables_may_stand_among_the_queries() -> None:
    asked = ask(Sources((Text(TABLE + QUERY, "all.sql"),)))
    assert [table.name.text for table in asked.question.schema.tables] == ["posts"]
    assert [work.text for work in asked.question.workload.works] == [QUERY[:-1]]
    assert asked.given.ddl == TABLE[:-1]
    assert asked.question.statistics.assumed


def test_the_engine_is_told_by_the_tables_then_by_the_queries(tmp_path: Path) -> None:
    schema = tmp_path / "tables.sql"
    schema.write_text(TABLE)
    plain = ask(Sources((Text(QUERY, "q.sql"),), str(schema)))
    assert plain.question.target == Target("postgresql")
    marked = ask(Sources((Text(QUERY.replace("posts", "`posts`"), "q.sql"),), str(schema)))
    assert marked.question.target == Target("mysql")
    schema.write_text(TABLE.replace(");", ") WITHOUT ROWID;"))
    assert ask(Sources((Text(QUERY, "q"),), str(schema))).question.target == Target("sqlite")
    said = Sources((Text(QUERY, "q"),), str(schema), Target("mariadb", (11,)))
    assert ask(said).question.target == Target("mariadb", (11,))


def test_tables_that_no_engine_is_told_by_are_of_the_server_of_the_copy() -> None:
    bare = (Text("CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER);", "t.sql"),)
    for url, engine in (("mariadb://h/", "mariadb"), ("mysql+pymysql://h/", "mysql")):
        assert ask(Sources(bare, copy=url)).question.target.engine == engine
    with pytest.raises(InputError, match="--copy: tables of postgresql are not copied"):
        ask(Sources(bare, copy="postgresql://h/"))
    with pytest.raises(InputError, match="--copy: no engine 'h'"):
        ask(Sources(bare, copy="h"))


@pytest.mark.parametrize("option", ["schema", "database"])
def test_a_file_of_sqlite_gives_tables_and_rows(tmp_path: Path, option: str) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id int NOT NULL, body text)")
        rows = ((n % 500, "x" * 80) for n in range(20_000))
        db.executemany("INSERT INTO posts (user_id, body) VALUES (?, ?)", rows)
        db.commit()
    files = (Text(QUERY, "q.sql"),)
    sources = Sources(files, **{option: str(path)})  # type: ignore[arg-type]
    asked = ask(sources)
    assert asked.question.target.engine == "sqlite"
    found = asked.question.statistics.of("posts")
    assert found is not None
    assert found.rows == 20_000
    with asked.open().judge as judge:
        report = advise(asked.question, judge)
    (advice,) = report.advice
    assert advice.ddl == "CREATE INDEX posts_user_id_idx ON posts (user_id);"


def test_a_database_gives_tables_and_statistics_and_no_row() -> None:
    with open_sandbox("postgresql") as sandbox, sandbox.session() as session:
        assert isinstance(sandbox, WheelSandbox)
        session.run("CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL, body text)")
        session.run(
            "INSERT INTO posts SELECT n, n % 500, repeat('x', 80) FROM generate_series(1, 20000) n"
        )
        session.run("VACUUM ANALYZE posts")
        folder = sandbox.superuser().run("SHOW unix_socket_directories").value
        url = f"postgresql://{sandbox.name}:hidden@/{sandbox.name}?host={folder}"
        asked = ask(Sources((Text(QUERY, "q.sql"),), database=url))
        assert "hidden" not in repr(asked)
        with asked.open().judge as judge:
            report = advise(asked.question, judge)
    (advice,) = report.advice
    assert advice.ddl == "CREATE INDEX CONCURRENTLY posts_user_id_idx ON posts (user_id);"
    assert report.judge is not None
    assert report.judge.kind == "clone"


def test_a_dump_of_statistics_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stats.sql"
    path.write_text(
        "SELECT * FROM pg_catalog.pg_restore_relation_stats('version', '180000'::integer,"
        " 'schemaname', 'public', 'relname', 'posts', 'relpages', '77'::integer,"
        " 'reltuples', '5000'::real, 'relallvisible', '0'::integer);\n"
    )
    asked = ask(Sources((Text(TABLE + QUERY, "q.sql"),), statistics=str(path)))
    found = asked.question.statistics.of("posts")
    assert found is not None
    assert (found.rows, found.pages) == (5000, 77)


def test_what_cannot_be_used_is_told(tmp_path: Path) -> None:
    text = tmp_path / "none.sql"
    text.write_text("SELECT 1")
    tables = (Text(TABLE, "t.sql"),)
    with pytest.raises(InputError, match="these are no statistics"):
        ask(Sources(tables, statistics=str(text)))
    with pytest.raises(InputError, match="no tables are known"):
        ask(Sources((Text(QUERY, "q.sql"),)))
    with pytest.raises(InputError, match="there is no table 'orders'"):
        ask(Sources(tables, writes=(("orders", 5.0),)))
    with pytest.raises(InputError, match="cannot be read"):
        read_file(str(tmp_path / "missing.sql"))


def test_statements_of_the_schema_that_cannot_be_read_are_kept() -> None:
    asked = ask(Sources((Text(TABLE + "CREATE TABLE ((;", "t.sql"),)))
    assert len(asked.unread) == 1


@pytest.mark.parametrize(
    ("said", "size"),
    [("150MB", 150_000_000), ("2 GB", 2_000_000_000), ("800kB", 800_000), ("1_0", 10_000_000)],
)
def test_sizes_are_read(said: str, size: int) -> None:
    assert bytes_of(said, "--budget") == size


@pytest.mark.parametrize("said", ["", "much", "-5MB", "0", "5 apples", "nan", "inf", "1e99"])
def test_what_is_no_size_is_told(said: str) -> None:
    with pytest.raises(InputError, match="expected a size such as 150MB"):
        bytes_of(said, "--budget")


def test_rows_written_are_read() -> None:
    assert written_rows(["Posts=1_000", "users=5"], "-") == (("posts", 1000.0), ("users", 5.0))
    for said in ("posts", "=5", "posts=", "posts=many", "posts=-1"):
        with pytest.raises(InputError, match="expected TABLE=ROWS"):
            written_rows([said], "--writes")
