"""Generated rows keep to their schema, on real engines, and are the same each time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.databases import StatementError, open_sandbox, split
from be_tui.core.filling import FillError, fill, plan, settle, sizes
from be_tui.core.filling.dialects import Sql, rarest
from be_tui.core.schema import read_schema, read_session
from be_tui.core.sqltext import Target
from be_tui.core.statistics import ColumnStats, Statistics, TableStats
from be_tui.core.statistics.model import Common

if TYPE_CHECKING:
    from be_tui.core.databases import Sandbox, Session
    from be_tui.core.filling import FillPlan
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine

UNTIL = date(2026, 1, 1)

POSTGRES = """
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE users (id bigserial PRIMARY KEY, email varchar(320) NOT NULL UNIQUE, name text,
  role varchar(10) CHECK (role IN ('admin', 'user')), m mood NOT NULL DEFAULT 'sad', born date,
  ok boolean NOT NULL, created_at timestamptz NOT NULL, boss bigint REFERENCES users (id),
  code char(3), key uuid UNIQUE, link text, small smallint, money numeric(6,2));
CREATE TABLE tags (name varchar(12) PRIMARY KEY, at timestamp UNIQUE, d date);
CREATE TABLE posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users, title text NOT NULL, body text,
  price numeric(8,2) CHECK (price > 0 AND price < 100), qty smallint CHECK (qty BETWEEN 1 AND 10),
  starts timestamptz NOT NULL, ends timestamptz NOT NULL CHECK (ends > starts),
  low int NOT NULL, high int NOT NULL CHECK (low < high), doc jsonb, raw bytea, tags text[],
  ns int[], ip inet, dur interval, t time, ratio double precision, words tsvector, r real,
  d1 date NOT NULL, d2 date NOT NULL CHECK (d2 >= d1),
  twice int GENERATED ALWAYS AS (qty * 2) STORED, UNIQUE (user_id, title));
CREATE TABLE post_tags (post_id bigint REFERENCES posts, tag varchar(12) REFERENCES tags,
  PRIMARY KEY (post_id, tag));
CREATE TABLE profile (user_id bigint PRIMARY KEY REFERENCES users,
  bio text CHECK (length(bio) <= 40 AND char_length(bio) >= 10), area point, kind money,
  grade int CHECK (grade = 1 OR grade = 2 OR grade IS NULL), flag boolean, m mood,
  UNIQUE (m, flag, user_id));
CREATE TABLE line (a bigint, b varchar(12), n int CHECK (5 <= n), PRIMARY KEY (a, b, n),
  FOREIGN KEY (a, b) REFERENCES post_tags (post_id, tag))"""

SQLITE = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT,
  role VARCHAR(10) CHECK (role IN ('admin', 'user')), born DATE, ok BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL, boss INTEGER REFERENCES users (id), key UUID UNIQUE, url TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INT NOT NULL REFERENCES users,
  title TEXT NOT NULL, qty smallint CHECK (qty BETWEEN 1 AND 10), starts TIMESTAMP NOT NULL,
  ends TIMESTAMP NOT NULL CHECK (ends > starts), d1 DATE NOT NULL, d2 DATE CHECK (d2 > d1),
  raw BLOB, t TIME, doc JSON, UNIQUE (user_id, title));
CREATE TABLE likes (post_id INT REFERENCES posts, user_id INT REFERENCES users,
  PRIMARY KEY (post_id, user_id)) WITHOUT ROWID"""

MARIADB = """
CREATE TABLE users (id bigint unsigned AUTO_INCREMENT PRIMARY KEY,
  email varchar(200) NOT NULL UNIQUE, role varchar(10) CHECK (role IN ('admin', 'user')),
  m enum('sad','ok') NOT NULL DEFAULT 'sad', born date, ok tinyint(1) NOT NULL,
  created_at datetime NOT NULL, boss bigint unsigned, k uuid,
  CONSTRAINT FOREIGN KEY (boss) REFERENCES users (id));
CREATE TABLE posts (id bigint AUTO_INCREMENT PRIMARY KEY, user_id bigint unsigned NOT NULL,
  title varchar(200) NOT NULL, body text CHECK (length(body) < 90), qty smallint,
  starts datetime NOT NULL, ends datetime NOT NULL CHECK (ends > starts), doc json,
  raw varbinary(20), t time, y year, ratio double, s set('a','b'), UNIQUE (user_id, title),
  d1 date NOT NULL, d2 date NOT NULL CHECK (d2 > d1),
  FOREIGN KEY (user_id) REFERENCES users (id));
CREATE TABLE likes (post_id bigint, user_id bigint unsigned, PRIMARY KEY (post_id, user_id),
  FOREIGN KEY (post_id) REFERENCES posts (id), FOREIGN KEY (user_id) REFERENCES users (id))"""


def made(sandbox: Sandbox, session: Session, ddl: str) -> Schema:
    engine: Engine = sandbox.engine
    if engine == "sqlite":
        session.run("PRAGMA foreign_keys = ON")
    for statement in split(ddl, engine):
        session.run(statement.text)
    return read_session(session, engine, sandbox.version).schema


def filled(sandbox: Sandbox, session: Session, ddl: str, rows: int = 3000) -> FillPlan:
    schema = made(sandbox, session, ddl)
    names = [table.name.text for table in schema.tables]
    planned = plan(schema, sandbox.engine, sizes(schema, names, rows), until=UNTIL)
    assert fill(session, planned).rows == planned.rows
    settle(session, planned)
    for table in planned.tables:
        count = session.run(f"SELECT count(*) FROM {table.table.name.text}").value
        assert count == str(table.rows)
    return planned


@pytest.mark.parametrize(
    ("where", "ddl"),
    [("postgresql:16", POSTGRES), ("postgresql:18", POSTGRES), ("sqlite", SQLITE)],
)
def test_every_rule_of_a_schema_holds(where: str, ddl: str) -> None:
    # Keys, foreign keys and checks are the engine's own to refuse.
    with open_sandbox(where) as sandbox, sandbox.session() as session:
        planned = filled(sandbox, session, ddl)
        assert len(planned.tables) == ddl.count("CREATE TABLE")
        if where != "sqlite":
            session.run("INSERT INTO users (email, ok, created_at) VALUES ('new', true, now())")
            assert "profile.area: left as it is" in " ".join(planned.notes)


def test_every_rule_of_a_schema_holds_on_mariadb(mariadb: str) -> None:
    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        planned = filled(sandbox, session, MARIADB)
        assert [table.table.name.text for table in planned.tables] == ["users", "posts", "likes"]


SHARED = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email varchar(40) NOT NULL UNIQUE);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title varchar(40) NOT NULL,
  status varchar(20) NOT NULL, n INTEGER, price numeric(8,2),
  FOREIGN KEY (user_id) REFERENCES users (id))"""


def test_the_same_seed_gives_the_same_rows_on_every_engine(mariadb: str) -> None:
    found = []
    for where in ("sqlite", "postgresql:18", mariadb):
        with open_sandbox(where) as sandbox, sandbox.session() as session:
            filled(sandbox, session, SHARED, 500)
            asked = "SELECT id, user_id, title, status, n FROM posts ORDER BY id"
            found.append(session.run(asked).rows)
    assert found[0] == found[1] == found[2]
    assert len({row[1] for row in found[0]}) > 50


def test_another_seed_gives_other_rows() -> None:
    schema = read_schema(SHARED, Target("sqlite")).schema
    said = [
        [
            each.columns[-1].make("i")
            for each in plan(schema, "sqlite", {"posts": 5, "users": 5}, seed=seed).tables
        ]
        for seed in (1, 1, 2)
    ]
    assert said[0] == said[1] != said[2]


def test_some_values_are_common_and_most_are_not() -> None:
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        planned = filled(sandbox, session, SHARED, 20_000)
        posts = planned.table("posts")
        assert posts
        asked = "SELECT user_id, count(*) AS n FROM posts GROUP BY user_id ORDER BY n DESC"
        counts = [int(row[1] or 0) for row in session.run(asked).rows]
        column = posts.column("user_id")
        assert column
        assert (
            column.common == str(session.run(asked).rows[0][0] or "") or column.common == "(0 + 1)"
        )
        assert counts[0] > 10 * counts[len(counts) // 2]
        assert counts[len(counts) // 2] > 20
        asked = f"SELECT count(*) FROM posts WHERE user_id = {column.rare}"
        assert 0 < int(session.run(asked).value or 0) < 100


def test_statistics_are_kept() -> None:
    users = ColumnStats("user_id", common=(Common("7", 0.3), Common("8", 0.1)), distinct=50)
    status = ColumnStats("status", common=(Common("open", 0.6),), distinct=4)
    n = ColumnStats("n", common=(Common("3", 0.5),), null_share=0.25, distinct=10)
    given_stats = Statistics("sqlite", (TableStats("posts", 1000, columns=(users, status, n)),))
    schema = read_schema(SHARED, Target("sqlite")).schema
    planned = plan(schema, "sqlite", {"users": 100, "posts": 10_000}, statistics=given_stats)
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        made(sandbox, session, SHARED)
        fill(session, planned)

        def share(condition: str) -> float:
            return (
                int(session.run(f"SELECT count(*) FROM posts WHERE {condition}").value or 0)
                / 10_000
            )

        assert share("status = 'open'") == pytest.approx(0.6, abs=0.02)
        assert share("n IS NULL") == pytest.approx(0.25, abs=0.02)
        assert share("n = 3") == pytest.approx(0.5, abs=0.06)
        asked = "SELECT count(*) FROM posts GROUP BY user_id ORDER BY 1 DESC"
        counts = [int(row[0] or 0) for row in session.run(asked).rows]
        assert counts[0] / 10_000 == pytest.approx(0.3, abs=0.03)
        assert len(counts) <= 51


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3000), st.integers(0, 100), st.sampled_from([0.0, 0.5, 1.0]))
def test_a_draw_stays_below_its_bound_and_reaches_far(most: int, seed: int, skew: float) -> None:
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        sql = Sql("sqlite", seed)
        said = sql.skewed("i", "salt", most, skew)
        drawn = f"SELECT {said} AS v FROM {sql.series(0, 4000)}"
        asked = f"SELECT min(v), max(v), count(DISTINCT v) FROM ({drawn})"
        low, high, many = map(int, session.run(asked).rows[0])  # type: ignore[arg-type]
    assert 0 <= low <= high < most
    assert many > min(most, 4000) / (3 if skew < 1 else 40)
    assert 0 <= rarest(most) < most


def test_two_columns_are_drawn_apart() -> None:
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        sql = Sql("sqlite", 1)
        one, other = sql.below("i", "a", 10), sql.below("i", "b", 10)
        asked = (
            f"SELECT count(*) FROM (SELECT {one} AS a, {other} AS b FROM {sql.series(0, 50_000)})"
            " GROUP BY a, b"
        )
        counts = [int(row[0] or 0) for row in session.run(asked).rows]
    assert len(counts) == 100
    # Chi-square of 99 degrees of freedom stays below 150 in 999 of 1000 fair draws.
    assert sum((count - 500) ** 2 / 500 for count in counts) < 150


def test_sizes_follow_who_refers_to_whom() -> None:
    schema = read_schema(POSTGRES, Target("postgresql")).schema
    found = sizes(schema, ["posts"], 1_000_000, {"Users": 7})
    assert found == {"posts": 1_000_000, "users": 7}
    assert sizes(schema, ["posts"], 1_000_000)["users"] == 10_000
    assert sizes(schema, ["nowhere"], 5) == {}


@pytest.mark.parametrize(
    ("ddl", "said"),
    [
        ("CREATE TABLE t (id int PRIMARY KEY, p point NOT NULL)", "no values of type point"),
        ("CREATE TABLE t (code varchar(1) PRIMARY KEY)", "1 characters are too few"),
        ("CREATE TABLE t (n int CHECK (n > 5 AND n < 6))", "meets its checks"),
        ("CREATE TABLE t (n numeric(4,1) CHECK (n > 5 AND n <= 5))", "meets its checks"),
        (
            """CREATE TABLE t (a int NOT NULL REFERENCES u, id int PRIMARY KEY);
            CREATE TABLE u (id int PRIMARY KEY, t int NOT NULL REFERENCES t)""",
            "refer to each other",
        ),
        ("CREATE TABLE t (a int NOT NULL REFERENCES gone, id int)", "gone, which has no rows"),
    ],
)
def test_what_cannot_be_made_is_told(ddl: str, said: str) -> None:
    schema = read_schema(ddl, Target("postgresql")).schema
    with pytest.raises(FillError, match=said):
        plan(schema, "postgresql", {"t": 1000, "u": 1000})


def test_a_circle_is_opened_where_null_may_stand() -> None:
    ddl = (
        "CREATE TABLE t (id int PRIMARY KEY, u int NOT NULL REFERENCES u);"
        "CREATE TABLE u (id int PRIMARY KEY, t int REFERENCES t)"
    )
    planned = plan(read_schema(ddl, Target("sqlite")).schema, "sqlite", {"t": 10, "u": 10})
    assert [each.table.name.text for each in planned.tables] == ["u", "t"]


def test_fewer_rows_than_asked_for_are_told() -> None:
    ddl = "CREATE TABLE t (a boolean, m text CHECK (m IN ('x', 'y', 'z')), PRIMARY KEY (a, m))"
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        planned = filled(sandbox, session, ddl, 1000)
    assert planned.rows == 6
    assert planned.notes == ("t: 6 rows instead of 1,000, as a, m have together no more values",)


def test_a_check_that_refuses_rows_is_told() -> None:
    ddl = "CREATE TABLE t (id int PRIMARY KEY, n int CONSTRAINT odd CHECK (n % 7 = 3))"
    for where, named in (("sqlite", "odd"), ("postgresql:18", "odd")):
        with open_sandbox(where) as sandbox, sandbox.session() as session:
            schema = made(sandbox, session, ddl)
            planned = plan(schema, sandbox.engine, {"t": 100})
            assert "not kept by design" in planned.notes[0]
            with pytest.raises(FillError, match=f"rows of t were refused: .*{named}"):
                fill(session, planned)


def test_a_trigger_that_refuses_rows_is_told() -> None:
    ddl = """CREATE TABLE t (id integer PRIMARY KEY);
    CREATE TRIGGER no BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'not on Sundays'); END"""
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        schema = made(sandbox, session, ddl)
        with pytest.raises(FillError, match="not on Sundays"):
            fill(session, plan(schema, "sqlite", {"t": 100}))


def test_more_rows_than_can_be_counted_are_refused() -> None:
    schema = read_schema("CREATE TABLE t (id int)", Target("sqlite")).schema
    with pytest.raises(FillError, match="expected 0 to"):
        plan(schema, "sqlite", {"t": 10**12})


def test_filling_tells_how_far_it_is_and_can_be_stopped() -> None:
    schema = read_schema("CREATE TABLE t (id integer PRIMARY KEY)", Target("sqlite")).schema
    seen: list[tuple[str, int, int]] = []
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE t (id integer PRIMARY KEY)")

        def progress(*said: tuple[str, int, int]) -> None:
            seen.append(said)  # type: ignore[arg-type]

        fill(session, plan(schema, "sqlite", {"t": 150_000}), progress)  # type: ignore[arg-type]
        assert seen == [("t", 100_000, 150_000), ("t", 150_000, 150_000)]

        def stop(*_: object) -> None:
            session.run("not SQL")

        with pytest.raises((StatementError, FillError)):
            fill(session, plan(schema, "sqlite", {"t": 10}), stop)
        assert session.run("SELECT count(*) FROM t").value == "150000"
