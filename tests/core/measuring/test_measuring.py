"""Queries are measured on real engines, before and after, and nothing of it stays."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox, split
from be_tui.core.databases.postgres import PostgresSession
from be_tui.core.databases.postgres_server import running_server
from be_tui.core.errors import BeTuiError, InputError
from be_tui.core.filling import FillError
from be_tui.core.measuring import Given, measure, prepare
from be_tui.core.measuring.tables import index_ddl, table_ddl
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.schema import read_session
from be_tui.core.sqltext import Target
from tests.core.schema.test_live import MARIADB, POSTGRES, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.measuring import Measurement

PG = """
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id), title text NOT NULL, score int NOT NULL,
  at timestamptz NOT NULL);
CREATE INDEX posts_score ON posts (score)"""
MARIA = """
CREATE TABLE users (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE posts (id bigint AUTO_INCREMENT PRIMARY KEY, user_id bigint NOT NULL,
  title varchar(50) NOT NULL, score int NOT NULL, at datetime NOT NULL)"""
QUERY = "SELECT id, title FROM posts WHERE user_id = 7 ORDER BY at DESC"
INDEX = "CREATE INDEX posts_user_at ON posts (user_id, at DESC)"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder in which sandboxes of SQLite stand; it must be empty in the end."""
    folder = tmp_path / "sandboxes"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def given(tmp_path: Path) -> Given:
    schema = tmp_path / "tables.sql"
    schema.write_text(PG)
    return Given(QUERY, "q.sql", (INDEX,), schema=str(schema), rows=20_000, runs=5)


def add(given: Given, text: str) -> None:
    place = Path(given.schema)
    place.write_text(place.read_text() + text)


def measured(given: Given) -> Measurement:
    return measure(prepare(given))


OLD = pytest.param("postgresql:16", marks=pytest.mark.slow)


@pytest.mark.parametrize("where", ["sqlite", OLD, "postgresql:18"])
def test_an_index_is_measured(given: Given, where: str) -> None:
    found = measured(replace(given, sandbox=where))
    (query,) = found.queries
    assert [case.label for case in query.cases] == ["as written", "common", "rare", "absent"]
    for case in query.cases:
        assert case.same is True
        assert case.rows == case.rows_after
        assert case.compared
        assert not case.compared.same
        assert "posts_user_at" in {node.index for node in case.compared.after.nodes}
        assert case.verdict.ratio > 1 or case.label == "common"
    assert query.cases[1].rows > 10 * query.cases[2].rows > query.cases[3].rows == 0
    assert query.cases[0].verdict.kind == "faster"
    (built,) = found.indexes
    assert built.size
    assert 200_000 < built.size < 3_000_000
    assert {price.what for price in found.prices} == {"insert", "update"}
    assert found.clock == "cpu"
    assert dict(found.tables) == {"users": 200, "posts": 20_000}
    if where != "sqlite":
        assert query.cases[3].pages
        assert query.cases[3].pages_after == 2


def test_mariadb_is_measured_by_the_clock_on_the_wall(given: Given, mariadb: str) -> None:
    Path(given.schema).write_text(MARIA)
    found = measured(replace(given, sandbox=mariadb, rows=5000))
    assert found.clock == "wall"
    assert found.engine == "mariadb"
    (query,) = found.queries
    assert all(case.same for case in query.cases)
    (built,) = found.indexes
    assert built.size


@pytest.mark.usefixtures("temporary")
def test_other_words_are_measured_in_one_database(given: Given) -> None:
    own = replace(given, indexes=(), sandbox="sqlite", rewrite=QUERY.replace("= 7", "+ 0 = 7"))
    found = measured(own)
    (query,) = found.queries
    assert (query.cases[0].label, query.cases[0].same) == ("as written", True)
    assert not found.indexes
    assert not found.prices
    other = measured(replace(own, rewrite=QUERY.replace("at DESC", "at DESC LIMIT 1")))
    assert other.queries[0].cases[0].same is False


@pytest.mark.usefixtures("temporary")
def test_an_index_that_does_nothing_is_told_as_noise(given: Given) -> None:
    idle = "CREATE INDEX posts_title ON posts (title)"
    found = measured(replace(given, indexes=(idle,), sandbox="sqlite", runs=9))
    assert {case.verdict.kind for case in found.queries[0].cases} <= {"noise", "slower", "faster"}
    assert all(0.5 < case.verdict.ratio < 2 for case in found.queries[0].cases)
    assert all(case.compared and case.compared.same for case in found.queries[0].cases)


ENDLESS = (
    "WITH RECURSIVE a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT sum(n) FROM a, posts"
)


@pytest.mark.usefixtures("temporary")
def test_a_query_that_never_ends_is_stopped_and_told(given: Given) -> None:
    found = measured(replace(given, text=ENDLESS, sandbox="sqlite", seconds=0.2, rows=1000))
    (case,) = found.queries[0].cases
    assert case.before.late
    assert case.after.late
    assert case.same is None
    assert case.verdict.kind == "late"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "SELECT nix FROM posts"}, "the query: refused: "),
        ({"text": "SELECT json_object() FROM posts, nowhere"}, "the query: refused: "),
        ({"indexes": ("CREATE INDEX posts_score ON posts (score)",)}, "--index: refused: "),
    ],
)
@pytest.mark.parametrize("where", ["sqlite", "postgresql:18"])
def test_what_the_engine_refuses_is_one_clear_line(
    given: Given, change: dict[str, object], said: str, where: str
) -> None:
    with pytest.raises(InputError) as caught:
        measured(replace(given, **change, sandbox=where, rows=500))  # type: ignore[arg-type]
    assert str(caught.value).startswith(said)


def test_tables_that_the_engine_refuses_are_told(given: Given) -> None:
    add(given, ";\nCREATE TABLE odd (a nosuchtype)")
    with pytest.raises(InputError, match=r'CREATE TABLE odd .*: refused: type "nosuchtype"'):
        measured(replace(given, sandbox="postgresql:18", rows=100))


def test_what_else_is_refused_is_left_out_and_told(given: Given) -> None:
    add(given, ";\nCREATE EXTENSION nosuch;\nCREATE INDEX posts_odd ON posts USING nosuch (id)")
    found = measured(replace(given, sandbox="postgresql:18", rows=500))
    assert any("CREATE EXTENSION nosuch" in note for note in found.notes)


def test_rows_that_are_refused_are_told(given: Given) -> None:
    Path(given.schema).write_text(
        "CREATE TABLE posts (id int PRIMARY KEY, user_id int CHECK (user_id % 7 = 3))"
    )
    own = replace(given, text="SELECT 1 FROM posts WHERE user_id = 1", sandbox="postgresql:18")
    own = replace(own, indexes=("CREATE INDEX i ON posts (user_id)",), rows=500)
    with pytest.raises(FillError, match="rows of posts were refused"):
        measured(own)


@pytest.mark.parametrize("where", ["sqlite", "postgresql:18"])
def test_it_is_stopped_from_another_thread(given: Given, where: str) -> None:
    cancel = Cancel()
    endless = replace(given, text=ENDLESS, sandbox=where, seconds=60, rows=1000)

    def progress(what: str, _: float) -> None:
        if what.startswith("measures query"):
            threading.Timer(0.1, cancel.set).start()

    began = time.monotonic()
    with pytest.raises(Cancelled):
        measure(prepare(endless), progress, cancel)
    assert time.monotonic() - began < 30


@pytest.mark.usefixtures("temporary")
def test_ctrl_c_leaves_nothing(given: Given) -> None:
    seen: list[str] = []

    def progress(what: str, share: float) -> None:
        assert 0 <= share <= 1
        seen.append(what)
        if what.startswith("measures query"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(prepare(replace(given, sandbox="sqlite", rows=1000)), progress)
    assert seen[0] == "makes the tables (before)"
    assert "fills posts (after)" in seen


KILL = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname LIKE 'sandbox%'"""


def test_a_server_that_dies_in_between_is_one_clear_line(given: Given) -> None:
    def progress(what: str, _: float) -> None:
        if what.startswith("measures query"):
            with open_sandbox("postgresql:18", superuser=True) as other, other.session() as session:
                session.run(KILL)

    with pytest.raises(BeTuiError, match="the sandbox ended: ") as caught:
        measure(prepare(replace(given, sandbox="postgresql:18", rows=500)), progress)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("temporary")
def test_a_full_disk_is_told(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    from be_tui.core.databases.sqlite import SqliteSession

    made = SqliteSession.__init__

    def small(self: SqliteSession, *args: object, **more: object) -> None:
        made(self, *args, **more)  # type: ignore[arg-type]
        self.run("PRAGMA max_page_count = 20")

    monkeypatch.setattr(SqliteSession, "__init__", small)
    with pytest.raises(FillError, match="database or disk is full; give fewer --rows"):
        measured(replace(given, sandbox="sqlite"))


@pytest.mark.parametrize("name", [name for name in POSTGRES if "partitions" not in name])
def test_tables_that_were_read_can_be_made_again(name: str) -> None:
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for statement in split(POSTGRES[name], "postgresql"):
            session.run(statement.text)
        schema = read_session(session, "postgresql", "18").schema
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for ddl in (
            *table_ddl(schema, "postgresql", "postgresql"),
            *index_ddl(schema, "postgresql"),
        ):
            session.run(ddl)
        again = read_session(session, "postgresql", "18").schema
    kept = [[table.columns, table.primary_key, table.indexes] for table in again.tables]
    assert len(kept) == len(schema.tables)
    for before, after in zip(
        sorted(schema.tables, key=str), sorted(again.tables, key=str), strict=True
    ):
        assert [each.name for each in before.columns] == [each.name for each in after.columns]
        assert [each.type for each in before.columns] == [each.type for each in after.columns]
        assert [each.nullable for each in before.columns] == [
            each.nullable for each in after.columns
        ]
        assert len(before.checks) == len(after.checks)
        assert len(before.foreign_keys) == len(after.foreign_keys)
        assert [each.parts for each in before.indexes] == [each.parts for each in after.indexes]


@pytest.mark.parametrize("name", MARIADB)
def test_tables_of_mariadb_can_be_made_again(name: str, mariadb: str) -> None:
    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        for statement in split(MARIADB[name], "mariadb"):
            session.run(statement.text)
        schema = read_session(session, "mariadb", "10").schema
    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        for ddl in table_ddl(schema, "mariadb", "mariadb"):
            session.run(ddl)
        again = read_session(session, "mariadb", "10").schema
    assert len(lines(again)) > 3
    for before, after in zip(schema.tables, again.tables, strict=True):
        assert [each.type for each in before.columns] == [each.type for each in after.columns]


@pytest.fixture
def shop() -> Iterator[str]:
    """Give the URL of a database of somebody's, with rows and statistics."""
    server = running_server("18")
    with PostgresSession(server.address()) as admin:
        admin.run("CREATE DATABASE shop TEMPLATE template1")
        try:
            with PostgresSession(server.address("shop")) as owner:
                owner.run(
                    "CREATE TABLE posts (id bigserial PRIMARY KEY, user_id bigint, ok boolean,"
                    " status text CHECK (status IN ('open', 'shut')), at timestamptz)"
                )
                owner.run(
                    "INSERT INTO posts (user_id, ok, status, at) SELECT"
                    " CASE WHEN i % 10 < 3 THEN 7 ELSE i % 500 END, i % 10 = 0,"
                    " CASE WHEN i % 20 = 0 THEN 'open' ELSE 'shut' END,"
                    " timestamptz '2025-01-01' + (i % 5) * interval '1 day'"
                    " FROM generate_series(1, 3000) i"
                )
                owner.run("ANALYZE")
            yield f"postgresql://postgres@/shop?host={server.sockets}"
        finally:
            admin.run("DROP DATABASE shop WITH (FORCE)")


@pytest.mark.parametrize("where", ["sqlite", "postgresql:18"])
def test_a_database_is_read_and_its_rows_are_made_alike(shop: str, where: str) -> None:
    text = "SELECT id FROM posts WHERE user_id = $1 AND status = 'open'"
    index = "CREATE INDEX i ON posts (user_id, status)"
    trial = prepare(Given(text, "q.sql", (index,), database=shop, sandbox=where, runs=3))
    assert trial.given_rows == {"posts": 3000}
    found = measure(trial)
    common = found.queries[0].cases[0]
    assert (common.label, common.value) == ("common", "user_id = 7")
    assert common.rows == pytest.approx(45, abs=30)
    assert not [note for note in found.notes if "statistics" in note]


@pytest.mark.parametrize("where", ["sqlite", "postgresql:18"])
def test_the_tables_behind_a_view_are_filled(given: Given, where: str) -> None:
    target = Target("sqlite" if where == "sqlite" else "postgresql")
    ddl = "CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL);"
    Path(given.schema).write_text(ddl + "CREATE VIEW own AS SELECT * FROM posts WHERE user_id > 0")
    text = "SELECT id FROM own WHERE user_id = 7"
    index = "CREATE INDEX i ON posts (user_id)"
    own = replace(given, text=text, indexes=(index,), sandbox=where, target=target)
    found = measured(own)
    assert dict(found.tables) == {"posts": 20_000}
    assert found.queries[0].cases[0].rows > 0


@pytest.mark.parametrize(
    ("ddl", "index", "paid", "note"),
    [
        (
            """CREATE TABLE t (a text CHECK (a IN ('x', 'y')), b text CHECK (b IN ('z')),
            PRIMARY KEY (a, b))""",
            "CREATE INDEX i ON t (b)",
            set(),
            "inserts of t not measured: UNIQUE constraint failed",
        ),
        ("CREATE TABLE t (a TEXT PRIMARY KEY, b INT)", "CREATE INDEX i ON t (b)", {"insert"}, ""),
        (
            "CREATE TABLE t (a INTEGER PRIMARY KEY, b INT)",
            "CREATE INDEX i ON t (a)",
            {"insert"},
            "",
        ),
    ],
)
@pytest.mark.usefixtures("temporary")
def test_writes_are_measured_as_far_as_they_can_be(
    given: Given, ddl: str, index: str, paid: set[str], note: str
) -> None:
    Path(given.schema).write_text(ddl)
    own = replace(given, text="SELECT * FROM t", indexes=(index,), target=Target("sqlite"))
    found = measured(replace(own, rows=500))
    assert {price.what for price in found.prices} == paid
    assert note in " ".join(found.notes)
    assert [case.label for case in found.queries[0].cases] == ["as written"]
