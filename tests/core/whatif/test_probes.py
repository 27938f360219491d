"""What the judges without PostgreSQL must rank rightly, whatever their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.indexes.candidates import sketch_of
from be_tui.core.schema import IndexPart, Schema, Table, read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics import Statistics, TableStats
from be_tui.core.whatif import (
    Given,
    Judge,
    Judged,
    JudgeKind,
    RefusedError,
    StoppedError,
    Unjudged,
    open_judge,
)
from be_tui.core.whatif.lite import SqliteJudge
from be_tui.core.whatif.modelled import ModelJudge
from tests.core.whatif.blog import DDL, SCHEMA, STATISTICS, sketch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.whatif import IndexSketch

FEED = "SELECT * FROM posts WHERE user_id = 123 ORDER BY created_at DESC"


@pytest.fixture(scope="module", params=["statistics", "model"])
def judge(request: pytest.FixtureRequest) -> Iterator[Judge]:
    if request.param == "statistics":
        with SqliteJudge(DDL, SCHEMA, STATISTICS) as lite:
            yield lite
    else:
        with ModelJudge(SCHEMA, Target("sqlite"), STATISTICS) as model:
            yield model


def ranked(judge: Judge, query: str, *choices: IndexSketch) -> list[float]:
    """Give the costs without an index and with each choice alone."""
    return [judge.cost(query).cost, *(judge.cost(query, [each]).cost for each in choices)]


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        (
            f"{FEED} LIMIT 20",
            [sketch("posts", "user_id"), sketch("posts", "user_id", "created_at DESC")],
        ),
        (
            "SELECT * FROM posts WHERE status = 'flagged' ORDER BY created_at DESC LIMIT 10",
            [
                sketch("posts", "status"),
                sketch("posts", "created_at DESC", where="status = 'flagged'"),
            ],
        ),
        (
            "SELECT * FROM posts ORDER BY score DESC, created_at LIMIT 10",
            [sketch("posts", "score DESC", "created_at")],
        ),
        ("SELECT * FROM users WHERE lower(name) = ?", [sketch("users", "lower(name)")]),
        (
            "SELECT * FROM posts WHERE created_at >= :s AND user_id = :u AND status = 'draft'",
            [
                sketch("posts", "user_id"),
                sketch("posts", "user_id", "status"),
                sketch("posts", "user_id", "status", "created_at"),
            ],
        ),
        (
            "SELECT user_id, score FROM posts WHERE user_id BETWEEN 100 AND 200",
            [sketch("posts", "user_id", "score")],
        ),
        (
            """SELECT u.name, count(*) FROM users u JOIN posts p ON p.user_id = u.id
WHERE u.email = 'x' GROUP BY u.name""",
            [sketch("posts", "user_id")],
        ),
        (
            """SELECT * FROM users u WHERE EXISTS (SELECT 1 FROM posts p WHERE p.user_id = u.id
AND p.status = 'flagged')""",
            [sketch("posts", "user_id"), sketch("posts", "user_id", "status")],
        ),
        (
            """SELECT * FROM (SELECT user_id, max(score) m FROM posts WHERE user_id = 5
GROUP BY user_id) t""",
            [sketch("posts", "user_id", "score")],
        ),
        (
            "SELECT id FROM posts WHERE user_id = 5 UNION ALL SELECT id FROM users",
            [sketch("posts", "user_id")],
        ),
        ("DELETE FROM posts WHERE user_id = 5", [sketch("posts", "user_id")]),
        (
            """SELECT * FROM posts WHERE title IN (SELECT name FROM users WHERE name = 'x')
AND user_id = 3""",
            [sketch("posts", "user_id")],
        ),
        (
            "WITH mine AS (SELECT * FROM posts WHERE user_id = 7) SELECT * FROM mine",
            [sketch("posts", "user_id")],
        ),
    ],
)
def test_each_better_index_costs_less(judge: Judge, query: str, choices: list[IndexSketch]) -> None:
    costs = ranked(judge, query, *choices)
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)


def test_an_index_is_told_only_where_it_is_used(judge: Judge) -> None:
    wanted, other = sketch("posts", "user_id"), sketch("posts", "score")
    assert judge.cost(FEED, [wanted, other]).used == (wanted.name,)
    assert judge.cost(FEED, [other]).used == ()
    assert judge.cost(FEED).used == ()


def test_an_index_alone_never_makes_a_whole_read_dearer(judge: Judge) -> None:
    before, after = ranked(judge, "SELECT count(*) FROM users", sketch("users", "name"))
    assert after <= before


def test_an_index_that_would_be_gone_is_not_used(judge: Judge) -> None:
    query = "SELECT * FROM posts WHERE title = 'a'"
    assert judge.cost(query).used == ("posts_old",)
    assert judge.cost(query, without=["posts_old"]).used == ()
    assert judge.cost(query).used == ("posts_old",)


def test_common_values_cost_more_than_rare_ones(judge: Judge) -> None:
    query = "SELECT * FROM posts WHERE status = '{}'"
    wanted = [sketch("posts", "status")]
    costs = [
        judge.cost(query.format(value), wanted).cost for value in ("published", "draft", "flagged")
    ]
    assert costs == sorted(costs, reverse=True)


def test_a_partial_index_serves_only_what_asks_for_its_rows(judge: Judge) -> None:
    query = "SELECT * FROM posts WHERE score = 7 AND status = '{}'"
    assert judge.cost(query.format("draft")).used == ("posts_drafts",)
    assert judge.cost(query.format("flagged")).used == ()


def test_the_price_of_an_index_is_its_entries(judge: Judge) -> None:
    whole = judge.size(sketch("posts", "user_id"))
    partial = judge.size(sketch("posts", "user_id", where="status = 'flagged'"))
    wide = judge.size(sketch("posts", "user_id", "title"))
    assert 1e6 * 12 < whole < 1e6 * 40
    assert partial == pytest.approx(whole * 0.005, rel=0.1)
    assert wide > whole * 1.3


@pytest.mark.parametrize("statement", ["SELEC 1", "", "SELECT 1; SELECT 2"])
def test_a_statement_that_cannot_be_read_costs_only_itself(judge: Judge, statement: str) -> None:
    one, refused, other = judge.costs((FEED, statement, FEED))
    assert isinstance(refused, Unjudged)
    assert isinstance(one, Judged)
    assert one == other
    with pytest.raises(RefusedError):
        judge.cost(statement)


def test_statements_that_read_no_table_cost_next_to_nothing(judge: Judge) -> None:
    assert judge.cost("SELECT 1").cost <= 1


def test_a_sketch_on_a_table_that_is_not_there_is_refused(judge: Judge) -> None:
    from dataclasses import replace

    from be_tui.core.schema import Name
    from be_tui.core.whatif import IndexSketch

    known = sketch("posts", "user_id")
    other = IndexSketch(replace(known.table, name=Name("elsewhere")), known.index)
    with pytest.raises(RefusedError, match="no table elsewhere"):
        judge.size(other)
    with pytest.raises(RefusedError, match="elsewhere"):
        judge.cost(FEED, [other])


def test_the_same_is_said_each_time(judge: Judge) -> None:
    sketches = [sketch("posts", "user_id"), sketch("posts", "created_at")]
    assert judge.costs([FEED] * 2, sketches) == judge.costs([FEED] * 2, sketches[::-1])


def test_a_judge_can_be_stopped_from_elsewhere(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = type(judge)._judged  # type: ignore[attr-defined]

    def stopping(self: Judge, *arguments: object) -> object:
        self.stop()
        return inner(self, *arguments)

    monkeypatch.setattr(type(judge), "_judged", stopping)
    with pytest.raises(StoppedError):
        judge.costs([FEED])
    monkeypatch.undo()
    assert judge.cost(FEED).cost > 0


def test_a_judge_tells_who_it_is(judge: Judge) -> None:
    assert judge.unit == "pages"
    assert judge.engine == "sqlite"
    assert "figures" in judge.about
    assert judge.notes == ()


def test_sqlite_plans_as_it_would_with_the_rows() -> None:
    """Over 3,000 rows and `ANALYZE`, and over their statistics alone."""
    import sqlite3
    from contextlib import closing

    from be_tui.core.statistics import read_sqlite_statistics

    queries = [
        FEED,
        f"{FEED} LIMIT 5",
        "SELECT * FROM posts WHERE title = 't7' OR user_id = 3",
        "SELECT * FROM posts p JOIN users u ON u.id = p.user_id WHERE u.email = 'e5'",
        "SELECT status, count(*) FROM posts GROUP BY status",
    ]
    ddl = DDL + "CREATE INDEX by_user ON posts (user_id, created_at);"
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "blog.sqlite")
        with closing(sqlite3.connect(path)) as db:
            db.executescript(ddl)
            db.executemany(
                "INSERT INTO users VALUES (?, ?, 'n')", ((i, f"e{i}") for i in range(100))
            )
            db.executemany(
                "INSERT INTO posts VALUES (?, ?, ?, 'draft', ?, ?)",
                ((i, i % 100, f"t{i % 900}", i % 50, str(i)) for i in range(3000)),
            )
            db.execute("ANALYZE")
            db.commit()
            real = [
                [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}")] for query in queries
            ]
        known = read_sqlite_statistics(path)
    schema = read_schema(ddl, Target("sqlite"), "x").schema
    with SqliteJudge(ddl, schema, known) as judge:
        for query, plan in zip(queries, real, strict=True):
            said = [line.strip() for line in judge.cost(query).plan.splitlines()]
            assert said == plan, query


def test_what_sqlite_refuses_of_a_schema_is_told() -> None:
    ddl = "CREATE TABLE a (x);\nCREATE TABLE b (y) USING nothing;\nATTACH 'x' AS y;\n"
    with SqliteJudge(ddl + "INSERT INTO a VALUES (1);", Schema()) as judge:
        assert len(judge.notes) == 2
        assert judge.notes[0].startswith("line 2, CREATE TABLE b (y) USING nothing: ")
        assert "assumed" in judge.about
        with pytest.raises(RefusedError, match="no such index"):
            judge.cost("SELECT 1", without=["nothing"])


@pytest.mark.parametrize(
    ("engine", "kind", "why"),
    [
        ("postgresql", "model", ("clone", "hypopg")),
        ("sqlite", "model", ("statistics",)),
        ("mariadb", "model", ("copy",)),
    ],
)
def test_without_anything_the_model_judges_and_it_is_told_why(
    engine: str, kind: str, why: tuple[str, ...]
) -> None:
    picked = open_judge(Given(Target(engine), SCHEMA))  # type: ignore[arg-type]
    with picked.judge as judge:
        assert judge.kind == kind
        assert "a guess" in judge.about
    assert tuple(each.kind for each in picked.passed_over) == why
    assert all(each.reason for each in picked.passed_over)


def test_a_schema_of_sqlite_is_judged_by_sqlite() -> None:
    picked = open_judge(Given(Target("sqlite"), SCHEMA, DDL, STATISTICS))
    with picked.judge as judge:
        assert judge.kind == "statistics"
    assert picked.passed_over == ()


@pytest.mark.parametrize(
    ("engine", "kind", "said"),
    [
        ("sqlite", "clone", "only PostgreSQL is cloned"),
        ("sqlite", "hypopg", "the URL of a database of PostgreSQL"),
        ("mariadb", "statistics", "for SQLite"),
        ("sqlite", "statistics", "DDL is not given"),
        ("sqlite", "copy", "only tables of MariaDB"),
        ("mariadb", "copy", "no server is named"),
        ("postgresql", "clone", "takes the schema's DDL"),
    ],
)
def test_a_judge_that_does_not_fit_is_refused_where_it_is_wanted(
    engine: str, kind: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        open_judge(Given(Target(engine), SCHEMA), kind)  # type: ignore[arg-type]


def test_an_index_that_the_model_does_not_know_is_refused() -> None:
    with (
        ModelJudge(SCHEMA, Target("postgresql")) as judge,
        pytest.raises(RefusedError, match="knows no gin index"),
    ):
        judge.size(sketch("posts", "title", method="gin"))


@pytest.fixture(scope="module")
def lite() -> Iterator[SqliteJudge]:
    with SqliteJudge(DDL, SCHEMA, STATISTICS) as judge:
        yield judge


@pytest.mark.parametrize(
    ("query", "step"),
    [
        ("SELECT * FROM posts WHERE user_id = 5 OR title = 'a'", "MULTI-INDEX OR"),
        ("SELECT * FROM posts WHERE user_id > 9990 OR title = 'a'", "MULTI-INDEX OR"),
        ("SELECT * FROM posts ORDER BY user_id, score LIMIT 5", "RIGHT PART OF ORDER BY"),
        ("SELECT id FROM posts WHERE user_id = 1 UNION SELECT id FROM users", "COMPOUND QUERY"),
        ("SELECT (SELECT max(score) FROM posts) FROM users", "SCALAR SUBQUERY"),
        (
            "WITH m AS MATERIALIZED (SELECT score x FROM posts) SELECT * FROM m JOIN m b USING (x)",
            "AUTOMATIC",
        ),
        ("SELECT * FROM posts a JOIN posts b ON a.score = b.score AND a.id < 9", "posts_drafts"),
        ("SELECT DISTINCT status FROM posts", "USE TEMP B-TREE FOR DISTINCT"),
        ("SELECT value FROM json_each('[1,2]') WHERE value > 1", "VIRTUAL TABLE"),
        ("SELECT * FROM users WHERE id > 50 LIMIT 3 OFFSET 4", "INTEGER PRIMARY KEY"),
    ],
)
def test_every_kind_of_step_is_charged(lite: SqliteJudge, query: str, step: str) -> None:
    found = lite.cost(query, [sketch("posts", "user_id")])
    assert step in found.plan or step == "posts_drafts"
    assert 0 < found.cost < 1e9


def test_equality_that_follows_from_two_others_is_searched_by(lite: SqliteJudge) -> None:
    said = "SELECT * FROM posts p JOIN users u ON u.id = p.user_id AND u.id = 7"
    more = "SELECT * FROM posts p JOIN users u ON u.id = p.user_id AND p.user_id = 7"
    wanted = [sketch("posts", "user_id")]
    assert lite.cost(said, wanted).cost == pytest.approx(lite.cost(more, wanted).cost, rel=0.5)


def sketch_on(table: Table, column: str) -> IndexSketch:
    return sketch_of(table, [IndexPart(column, column)])


TWICE = """CREATE SCHEMA other;
CREATE TABLE other.posts (id int PRIMARY KEY, user_id int);
CREATE TABLE posts (id int PRIMARY KEY, user_id int);"""


def test_a_table_that_is_named_with_its_schema_is_itself() -> None:
    ddl = "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id int, body text);"
    schema = read_schema(ddl, Target("sqlite")).schema
    known = Statistics("sqlite", (TableStats("posts", 1e6, 20_000),))
    with SqliteJudge(ddl, schema, known) as judge:
        plain = judge.cost("SELECT * FROM posts WHERE user_id = 5")
        named = judge.cost("SELECT main.posts.body FROM main.posts WHERE user_id = 5")
        assert named.cost == plain.cost > 20_000


@pytest.mark.parametrize("kind", ["clone", "model"])
def test_of_two_tables_of_a_name_each_has_its_own_rows(kind: JudgeKind) -> None:
    target = Target("postgresql", (18,))
    schema = read_schema(TWICE, target).schema
    known = Statistics(
        "postgresql",
        (
            TableStats("posts", 10, 1, namespace="other"),
            TableStats("posts", 1e6, 20_000, namespace="public"),
        ),
    )
    with open_judge(Given(target, schema, TWICE, known), kind).judge as judge:
        few = judge.cost("SELECT * FROM other.posts WHERE user_id = 5").cost
        many = judge.cost("SELECT * FROM posts WHERE user_id = 5").cost
        assert few < 10
        assert many > 20_000
        assert judge.cost("SELECT * FROM public.posts WHERE user_id = 5").cost == many
        sizes = [judge.size(sketch_on(each, "user_id")) for each in schema.tables]
        assert sizes[0] < sizes[1] / 100


def test_what_sqlite_skips_through_finds_no_fewer_rows(lite: SqliteJudge) -> None:
    from be_tui.core.plans import read_plan
    from be_tui.core.whatif.litepages import Known, PlanPages
    from be_tui.core.whatif.terms import read

    schema = SCHEMA
    figures = lite._figures
    (posts,) = (each for each in schema.tables if each.name.folded == "posts")
    index = sketch("posts", "status", "score").index
    reading = read("SELECT * FROM posts WHERE score = 7", schema, Target("sqlite"), figures)

    def pages(how: str) -> float:
        plan = read_plan(f"SEARCH posts USING INDEX i ({how})", "x")
        return PlanPages(plan, reading, schema, figures, {"i": Known(posts, index)}).pages()

    assert pages("ANY(status) AND score=?") > pages("status=? AND score=?") * 2


def test_a_table_that_is_looked_through_for_each_row_costs_each_time(lite: SqliteJudge) -> None:
    inner = "SELECT 1 FROM posts p WHERE p.user_id = u.id"
    once = lite.cost("SELECT * FROM posts WHERE user_id = 5").cost
    each = lite.cost(f"SELECT * FROM users u WHERE EXISTS ({inner})").cost
    assert each > once * 1e4 / 4


def test_look_ups_in_the_order_of_rows_cost_less_than_anywhere() -> None:
    from dataclasses import replace

    from be_tui.core.statistics import ColumnStats

    def cost(correlation: float) -> float:
        told = ColumnStats("score", 1000.0, correlation=correlation)
        tables = tuple(
            replace(each, columns=(*(c for c in each.columns if c.name != "score"), told))
            if each.name == "posts"
            else each
            for each in STATISTICS.tables
        )
        with SqliteJudge(DDL, SCHEMA, replace(STATISTICS, tables=tables)) as judge:
            query = "SELECT * FROM posts INDEXED BY by_score WHERE score = 7"
            wanted = sketch("posts", "score")
            return judge.cost(query.replace("by_score", wanted.name), [wanted]).cost

    assert cost(0.0) > cost(1.0) * 5 > 0


def test_what_the_entry_tells_is_asked_before_the_row(lite: SqliteJudge) -> None:
    query = "SELECT * FROM posts WHERE user_id > 5 AND score = 3 ORDER BY user_id LIMIT 5"
    plain = lite.cost(query, [sketch("posts", "user_id")]).cost
    told = lite.cost(query, [sketch("posts", "user_id", "score")]).cost
    assert told < plain
