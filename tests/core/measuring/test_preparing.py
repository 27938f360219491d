"""What a person gives becomes a trial, or one clear line before any sandbox is opened."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from be_tui.core.databases import majors
from be_tui.core.errors import InputError
from be_tui.core.measuring import Given, prepare
from be_tui.core.sqltext import Target

DDL = """
CREATE DATABASE shop;
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE users (id bigserial PRIMARY KEY, m mood);
CREATE TABLE posts (id bigserial PRIMARY KEY, user_id bigint REFERENCES users, tags text[]);
CREATE INDEX posts_tags ON posts USING gin (tags);
CREATE INDEX CONCURRENTLY posts_user ON posts (user_id);
INSERT INTO users DEFAULT VALUES"""

INDEX = "CREATE INDEX i ON posts (user_id, id)"


@pytest.fixture
def given(tmp_path: Path) -> Given:
    schema = tmp_path / "tables.sql"
    schema.write_text(DDL)
    text = "SELECT * FROM posts WHERE user_id = 1"
    return Given(text, "q.sql", (INDEX,), schema=str(schema), sandbox="postgresql")


def test_tables_come_first_and_indexes_later(given: Given) -> None:
    trial = prepare(given)
    assert [each.split("(")[0].strip() for each in trial.ddl] == [
        "CREATE TYPE mood AS ENUM",
        "CREATE TABLE users",
        "CREATE TABLE posts",
    ]
    assert len(trial.later) == 2
    assert trial.indexes == (INDEX,)
    assert (trial.engine, trial.where, trial.notes) == ("postgresql", "postgresql", ())


def test_the_sandbox_is_the_engine_of_the_sql_where_none_is_named(given: Given) -> None:
    if majors():
        assert prepare(replace(given, sandbox="")).where == "postgresql"
        newest = Target("postgresql", (18,))
        assert prepare(replace(given, sandbox="", target=newest)).where == "postgresql:18"
    own = replace(given, sandbox="", target=Target("sqlite"), indexes=("CREATE INDEX i ON u (a)",))
    own = replace(
        own, text="SELECT * FROM u WHERE a = 1", schema=_written(given, "CREATE TABLE u (a int)")
    )
    assert prepare(own).where == "sqlite"


def _written(given: Given, text: str) -> str:
    Path(given.schema).write_text(text)
    return given.schema


def test_without_postgresql_it_is_told_what_to_do(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("be_tui.core.databases.wheel.majors", lambda: ())
    monkeypatch.setattr("be_tui.core.databases.majors", lambda: (), raising=False)
    with pytest.raises(
        InputError, match=r"there is no PostgreSQL to measure on; .*--sandbox sqlite"
    ):
        prepare(replace(given, sandbox=""))


def test_what_is_for_postgresql_is_translated_for_sqlite(given: Given) -> None:
    trial = prepare(replace(given, sandbox="sqlite"))
    assert trial.engine == "sqlite"
    users, posts = trial.ddl
    assert users == (
        'CREATE TABLE "users" ("id" INTEGER NOT NULL, "m" TEXT, PRIMARY KEY ("id"),'
        """ CHECK ("m" IN ('a', 'b')))"""
    )
    assert '"user_id" INTEGER, "tags" TEXT, PRIMARY KEY ("id")' in posts
    assert 'FOREIGN KEY ("user_id") REFERENCES "users" ("id")' in posts
    assert trial.later == ('CREATE INDEX "posts_user" ON posts (user_id)',)
    assert "its plans are another's" in trial.notes[0]


def test_tables_of_a_file_of_sqlite_are_read(given: Given, tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT)")
        made.execute("CREATE INDEX own ON posts (user_id) WHERE id > 5")
    trial = prepare(replace(given, schema=str(path), sandbox=""))
    assert trial.where == "sqlite"
    assert trial.ddl[0].startswith('CREATE TABLE "posts"')
    assert trial.later == ('CREATE INDEX "own" ON posts (user_id) WHERE id > 5',)
    assert prepare(replace(given, schema="", database=str(path), sandbox="")).ddl == trial.ddl


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"indexes": ()}, "q.sql: nothing to compare with; give --index"),
        ({"indexes": ("DROP TABLE posts",)}, "--index: expected CREATE INDEX, found DROP TABLE"),
        ({"indexes": ("CREATE INDEX ON",)}, "--index: "),
        ({"indexes": ("CREATE INDEX i ON gone (a)",)}, "--index: the schema has no table gone"),
        ({"indexes": ("CREATE INDEX i ON posts (nix)",)}, "--index: posts has no column nix"),
        ({"indexes": (f"{INDEX}; {INDEX}",)}, "--index: one statement each, found 2"),
        ({"text": "DELETE FROM posts"}, "q.sql:1: only queries that read are measured, not DELETE"),
        (
            {"text": "WITH a AS (DELETE FROM posts RETURNING id) SELECT 1 FROM a, posts"},
            "only queries",
        ),
        ({"text": "SELECT * INTO x FROM posts"}, "only queries that read"),
        ({"text": "CREATE TABLE x (a int)"}, "only queries that read are measured, not CREATE"),
        ({"text": "SELECT FROM WHERE ("}, "q.sql:1: "),
        ({"text": "-- nothing"}, "q.sql: no query stands here"),
        ({"text": "SELECT 1 FROM nowhere"}, "none of the tables that are read: nowhere"),
        ({"rewrite": "SELECT 1 FROM posts; SELECT 2 FROM posts"}, "--rewrite: 2 queries for 1"),
        ({"rewrite": "UPDATE posts SET id = 1"}, "--rewrite:1: only queries that read"),
        ({"schema": ""}, "nothing is known of the tables; give --schema"),
        ({"schema": "/nowhere"}, "/nowhere: cannot be read"),
        ({"database": "x"}, "--schema: --schema or --database, not both"),
        ({"sandbox": "oracle"}, "--sandbox: no sandbox 'oracle'"),
        (
            {"sandbox": "mariadb://x@y/"},
            "--sandbox: what is written for postgresql is measured there",
        ),
        ({"given_rows": {"nix": 5}}, "--rows: the schema has no table nix"),
    ],
)
def test_what_cannot_be_measured_is_one_clear_line(
    given: Given, change: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        prepare(replace(given, **change))  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_mariadb_needs_a_server(given: Given) -> None:
    _written(given, "CREATE TABLE posts (id int AUTO_INCREMENT PRIMARY KEY, user_id int)")
    own = replace(given, sandbox="", target=Target("mariadb"))
    with pytest.raises(InputError, match="no server of mariadb to measure on"):
        prepare(own)
    assert prepare(replace(own, sandbox="mysql://root@localhost/")).engine == "mariadb"


def test_a_file_without_a_table_is_told(given: Given) -> None:
    _written(given, "SELECT 1")
    with pytest.raises(InputError, match="no table is made here, read as postgresql"):
        prepare(given)


def test_a_query_behind_explain_is_measured_without_it(given: Given) -> None:
    explained = replace(given, text="EXPLAIN ANALYZE SELECT * FROM posts")
    assert prepare(explained).queries == ("SELECT * FROM posts",)


def test_rows_of_a_database_are_as_its_statistics_tell(given: Given, tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT)")
        made.executemany("INSERT INTO posts VALUES (?, ?)", ((at, at % 7) for at in range(400)))
        made.commit()
    own = replace(given, schema="", database=f"sqlite:{path}", sandbox="")
    trial = prepare(own)
    assert trial.given_rows == {"posts": 400}
    assert trial.statistics
    assert prepare(replace(own, rows=50)).given_rows == {}
    assert prepare(replace(own, given_rows={"Posts": 9})).given_rows == {"posts": 9}


def test_sqlite_is_measured_where_no_other_driver_is_installed() -> None:
    code = (
        "import sys\nsys.modules['psycopg'] = sys.modules['pymysql'] = None\n"
        "import be_tui.core.measuring.measuring\nfrom be_tui.core.databases import open_sandbox\n"
        "from be_tui.core.measuring.timing import Clock\n"
        "with open_sandbox('sqlite') as s, s.session() as t:\n"
        "    print(Clock(t, here=True).read() >= 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", "True\n")


def test_what_writes_is_left_out_and_told_and_the_rest_is_measured(given: Given) -> None:
    text = "UPDATE posts SET id = 2;\nSELECT id FROM posts WHERE user_id = 1;\nSELECT FROM;\n"
    text += "SELECT id FROM posts WHERE user_id > $1"
    trial = prepare(replace(given, text=text))
    assert trial.queries == ("SELECT id FROM posts WHERE user_id = 1",)
    assert [note for note in trial.notes if note.startswith("left out")] == [
        "left out: q.sql:1: only queries that read are measured, not UPDATE",
        "left out: q.sql:3: does not parse as postgresql: a table's name is missing near `FROM`",
        "left out: q.sql:4: nothing is known to stand for $1",
    ]


def test_words_that_are_left_out_on_one_side_alone_are_no_pair(given: Given) -> None:
    text = "SELECT id FROM posts; SELECT id FROM users"
    with pytest.raises(InputError, match="1 queries for 2"):
        prepare(replace(given, text=text, rewrite="SELECT 1 FROM posts; DELETE FROM posts"))
