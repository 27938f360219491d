"""What a clone says is what PostgreSQL says of the database itself, on both majors."""

from __future__ import annotations

import threading
from json import loads
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import StatementError, open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.findings import Place
from be_tui.core.schema import Index, IndexPart
from be_tui.core.sqltext import Target
from be_tui.core.statistics import ColumnStats, Common, Statistics, TableStats, read_dump
from be_tui.core.whatif import Given, IndexSketch, Judged, RefusedError, Unjudged, open_judge
from be_tui.core.whatif.clone import CloneJudge
from be_tui.core.whatif.cloning import Original
from be_tui.core.whatif.originals import from_ddl, from_url
from tests.core.whatif.shop import DDL, QUERIES, dumped, filled, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import PostgresSession

HERE = Place("shop.sql")


def sketch(table: str, *parts: str | IndexPart, **more: object) -> IndexSketch:
    found = schema().table(table)
    assert found is not None
    made = tuple(IndexPart(each, each) if isinstance(each, str) else each for each in parts)
    return IndexSketch(found, Index("", made, HERE, **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["18", "16"])
def original(request: pytest.FixtureRequest) -> Iterator[tuple[PostgresSession, str]]:
    with filled(request.param) as (session, url):
        yield session, url


@pytest.fixture(scope="module")
def judge(original: tuple[PostgresSession, str]) -> Iterator[CloneJudge]:
    with CloneJudge(from_url(original[1])) as judge:
        yield judge


@pytest.fixture(scope="module")
def known() -> Statistics:
    return Statistics(
        "postgresql",
        (
            TableStats("users", 2000, 30),
            TableStats("posts", 2e6, 40_000, (ColumnStats("user_id", 2000.0),)),
        ),
        "figures given",
    )


@pytest.fixture(scope="module")
def given(known: Statistics) -> Iterator[CloneJudge]:
    with CloneJudge(from_ddl(DDL, known)) as judge:
        yield judge


def top(plan: str) -> dict[str, object]:
    found: dict[str, object] = loads(plan)[0]["Plan"]
    return found


def steps(plan: str) -> list[tuple[object, ...]]:
    """Give what each step is, and on what: the plan's tree without its figures."""
    waiting, found = [top(plan)], []
    while waiting:
        node = waiting.pop()
        names = ("Node Type", "Relation Name", "Index Name", "Join Type", "Strategy")
        below = node.get("Plans", [])
        assert isinstance(below, list)
        found.append((*(node.get(name) for name in names), len(below)))
        waiting += below
    return found


def test_every_plan_and_cost_is_that_of_the_database(
    original: tuple[PostgresSession, str], judge: CloneJudge
) -> None:
    session, _ = original
    for query, found in zip(QUERIES, judge.costs(QUERIES), strict=True):
        real = session.run(f"EXPLAIN (FORMAT JSON) {query}").value or ""
        assert isinstance(found, Judged), query
        assert steps(found.plan) == steps(real), query
        assert found.cost == pytest.approx(top(real)["Total Cost"], rel=0.001), query


def test_nothing_is_left_out_and_all_is_told(judge: CloneJudge) -> None:
    assert judge.notes == ()
    assert "own planner over 5 tables without rows" in judge.about
    assert "hidden" not in judge.about
    assert (judge.kind, judge.engine, judge.unit) == ("clone", "postgresql", "cost")


@pytest.mark.parametrize(
    "wanted",
    [
        sketch("posts", "price"),
        sketch("posts", "score", "created_at"),
        sketch("posts", "created_at", where="state = 'draft'"),
        sketch("posts", "code"),
        sketch("users", "token", "joined"),
        sketch("posts", "user_id", include=("price",)),
    ],
    ids=lambda each: each.name,
)
def test_an_index_is_as_large_as_it_will_be(
    original: tuple[PostgresSession, str], judge: CloneJudge, wanted: IndexSketch
) -> None:
    session, _ = original
    session.run(wanted.ddl("postgresql"))
    real = int(session.run(f"SELECT pg_relation_size('{wanted.name}')").value or 0)
    session.run(f"DROP INDEX {wanted.name}")
    assert judge.size(wanted) == pytest.approx(real, rel=0.10)


def test_a_sketch_costs_what_the_index_will_cost(
    original: tuple[PostgresSession, str], judge: CloneJudge
) -> None:
    session, _ = original
    wanted = sketch("posts", "score", "created_at")
    query = "SELECT * FROM posts WHERE score = 77 ORDER BY created_at LIMIT 5"
    before, found = judge.cost(query), judge.cost(query, [wanted])
    session.run(wanted.ddl("postgresql"))
    real = session.run(f"EXPLAIN (FORMAT JSON) {query}").value or ""
    session.run(f"DROP INDEX {wanted.name}")
    assert found.used == (wanted.name,)
    assert found.cost == pytest.approx(top(real)["Total Cost"], rel=0.01)
    assert steps(found.plan) == steps(real)
    assert before == judge.cost(query)
    assert before.used == ()


def test_an_index_that_would_be_gone_is_not_used(judge: CloneJudge) -> None:
    query = "SELECT * FROM posts WHERE id = 7"
    assert judge.cost(query).used == ("posts_pkey",)
    assert judge.cost(query, without=["posts_pkey"]).used == ()
    with pytest.raises(RefusedError, match="there is no index nothing"):
        judge.cost(query, without=["nothing"])


def test_an_index_on_a_partitioned_table_reaches_its_partitions(judge: CloneJudge) -> None:
    wanted = sketch("events", "at")
    query = "SELECT * FROM events WHERE at = '2020-05-05'"
    found = judge.cost(query, [wanted])
    assert found.used == (wanted.name,)
    assert found.cost < judge.cost(query).cost
    assert judge.size(wanted) >= 4 * 8192


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("SELECT * FROM nowhere", 'relation "nowhere" does not exist'),
        ("SELECT 1; DROP TABLE posts", "expected one statement, found 2"),
        ("", "expected one statement, found 0"),
        ("COPY posts TO PROGRAM 'true'", "syntax error"),
        ("ANALYZE DELETE FROM posts", "syntax error"),
    ],
)
def test_a_statement_without_a_plan_costs_only_itself(
    judge: CloneJudge, statement: str, reason: str
) -> None:
    query = "SELECT * FROM posts WHERE id = 7"
    one, refused, other = judge.costs((query, statement, query))
    assert isinstance(refused, Unjudged)
    assert reason in refused.reason
    assert one == other
    with pytest.raises(RefusedError, match=reason):
        judge.cost(statement)


def test_a_sketch_that_cannot_be_an_index_is_refused(judge: CloneJudge) -> None:
    with pytest.raises(RefusedError, match="does not exist"):
        judge.size(sketch("posts", "nothing"))
    with pytest.raises(RefusedError, match="access method"):
        judge.size(sketch("posts", "price", method="nonsense"))
    gone = sketch("posts", "price")
    elsewhere = IndexSketch(type(gone.table)(type(gone.table.name)("elsewhere"), HERE), gone.index)
    with pytest.raises(RefusedError, match="no table elsewhere"):
        judge.size(elsewhere)
    assert judge.cost("SELECT 1").cost >= 0


def test_parameters_are_planned_for_any_value(judge: CloneJudge) -> None:
    found = judge.cost("SELECT * FROM posts WHERE user_id = $1")
    assert found.used == ("posts_user",)


def test_a_function_that_planning_calls_has_the_owners_rights_only(
    original: tuple[PostgresSession, str],
) -> None:
    ddl = """CREATE TABLE t (a text);
CREATE FUNCTION peek() RETURNS text STABLE LANGUAGE plpgsql AS
$$BEGIN RETURN pg_read_file('PG_VERSION'); END$$;
COPY t FROM PROGRAM 'true';"""
    with CloneJudge(from_ddl(ddl, Statistics("postgresql"))) as judge:
        (found,) = judge.costs(["SELECT * FROM t WHERE a < peek()"])
        assert isinstance(found, Unjudged)
        assert "permission denied" in found.reason
    del original


def test_what_the_server_refuses_is_left_out_and_told() -> None:
    ddl = """CREATE EXTENSION postgis;
CREATE TABLE a (x int);
CREATE TABLE b (place geometry);
ALTER TABLE a OWNER TO somebody;
CREATE STATISTICS together ON x, (x + 1) FROM a;
INSERT INTO a VALUES (1);"""
    stats = Statistics(
        "postgresql",
        (
            TableStats("a", 10, 1, (ColumnStats("y", 3.0), ColumnStats("x", 3.0))),
            TableStats("a_expression", 10, 1, (ColumnStats("", number=3),)),
        ),
    )
    for major in ("18", "16"):
        with CloneJudge(Original(ddl, stats, (("nonsense", "1"),), major)) as judge:
            notes = "\n".join(judge.notes)
            assert "line 1, CREATE EXTENSION postgis" in notes
            assert "line 3, CREATE TABLE b" in notes
            assert "OWNER" not in notes
            assert "line 5, CREATE STATISTICS together" in notes
            assert "a.y: " in notes
            assert "setting nonsense = 1" in notes
            assert judge.cost("SELECT * FROM a").cost < 2


def test_figures_alone_make_a_clone(given: CloneJudge) -> None:
    query = "SELECT * FROM posts WHERE user_id = 7 ORDER BY created_at DESC LIMIT 20"
    wanted = sketch("posts", "user_id", IndexPart("created_at", "created_at", descending=True))
    before, after = given.cost(query, without=["posts_user"]), given.cost(query, [wanted])
    assert after.used == (wanted.name,)
    assert after.cost < before.cost / 100
    assert given.size(wanted) > 2e6 * 16


def test_a_server_that_dies_is_started_again(known: Statistics) -> None:
    with CloneJudge(from_ddl(DDL, known)) as judge:
        wanted = sketch("posts", "price")
        query = "SELECT * FROM posts WHERE price = 3"
        before = judge.cost(query, [wanted])
        judge._clone.sandbox.close()
        assert judge.cost(query, [wanted]) == before


def test_a_server_that_dies_again_is_told(
    known: Statistics, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CloneJudge(from_ddl(DDL, known)) as judge:

        def lost(*_: object) -> None:
            raise StatementError("the connection is gone", "lost")

        monkeypatch.setattr(judge, "_costs", lost)
        with pytest.raises(InputError, match="died twice"):
            judge.cost("SELECT 1")


def test_a_judge_can_be_stopped_and_asked_again(given: CloneJudge) -> None:
    from be_tui.core.whatif import StoppedError

    slow = """SELECT * FROM posts WHERE title = 'x' AND pg_sleep(0) IS NOT NULL"""
    many = [slow] * 20_000
    timer = threading.Timer(1, given.stop)
    timer.start()
    with pytest.raises(StoppedError):
        given.costs(many)
    timer.join()
    assert given.cost("SELECT 1").cost >= 0


@pytest.mark.parametrize("ended", [KeyboardInterrupt, RuntimeError])
def test_a_clone_that_is_not_finished_leaves_nothing(
    known: Statistics, monkeypatch: pytest.MonkeyPatch, ended: type[BaseException]
) -> None:
    with open_sandbox("postgresql") as watching:
        session = watching.session()
        asked = "SELECT count(*) FROM pg_database"
        before = session.run(asked).value

        def end(*_: object) -> None:
            raise ended

        monkeypatch.setattr("be_tui.core.whatif.cloning._set_up", end)
        with pytest.raises(ended):
            CloneJudge(from_ddl(DDL, known))
        assert session.run(asked).value == before


def test_an_interrupted_judge_can_be_asked_again(
    given: CloneJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("be_tui.core.whatif.clone.judged", end)
    with pytest.raises(KeyboardInterrupt):
        given.cost("SELECT * FROM posts")
    monkeypatch.undo()
    assert given.cost("SELECT * FROM posts").cost > 0


def test_no_room_is_told_in_one_line(known: Statistics, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("be_tui.core.whatif.hollow.chain", lambda _: b"")
    monkeypatch.setattr("be_tui.core.whatif.hollow.os.geteuid", full)
    large = TableStats("posts", 2e8, 400_000)
    stats = Statistics("postgresql", (large,))
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        CloneJudge(from_ddl(DDL, stats))
    del known


def test_a_large_table_stands_in_several_files_that_take_no_room(known: Statistics) -> None:
    large = TableStats("posts", 2e8, 400_000, visible_pages=400_000)
    stats = Statistics("postgresql", (large,), assumed=True)
    with CloneJudge(from_ddl(DDL, stats)) as judge:
        assert judge.cost("SELECT * FROM posts").cost == pytest.approx(400_000 + 2e6, rel=0.01)
        assert "assumed statistics" in judge.about
    del known


def test_both_ways_of_planting_write_the_same(original: tuple[PostgresSession, str]) -> None:
    """18's own functions and our rows of `pg_statistic` lead to the same statistics."""
    _, url = original
    text = dumped(url)
    stats = read_dump(text, "dump")
    if "range" in text:
        pytest.fail("the sample has no ranges")
    seen = []
    for major in ("18", "16"):
        with CloneJudge(Original(text, stats, major=major)) as judge:
            session = judge._clone.sandbox.superuser()
            seen.append(
                session.run(
                    "SELECT tablename, attname, inherited, null_frac, avg_width, n_distinct,"
                    " most_common_vals::text, most_common_freqs::text, histogram_bounds::text,"
                    " correlation, most_common_elems::text, elem_count_histogram::text"
                    " FROM pg_stats WHERE schemaname = 'public' ORDER BY 1, 2, 3"
                ).rows
            )
    assert seen[0] == seen[1]
    assert len(seen[0]) > 15


def test_the_opener_clones_what_it_is_given(original: tuple[PostgresSession, str]) -> None:
    target = Target("postgresql", (18, 4))
    picked = open_judge(Given(target, schema(), url=original[1]))
    with picked.judge as judge:
        assert judge.kind == "clone"
    assert picked.passed_over == ()
    with open_judge(Given(target, schema(), ddl=DDL)).judge as judge:
        assert "assumed" in judge.about
        assert judge.cost("SELECT * FROM posts").cost > 1000
    common = ColumnStats("state", 3.0, common=(Common("flagged", 0.01),))
    stats = Statistics("postgresql", (TableStats("posts", 1e5, 900, (common,)),), "figures")
    with open_judge(Given(target, schema(), DDL, stats), "clone").judge as judge:
        assert "from figures" in judge.about


@pytest.mark.parametrize(
    ("expression", "query"),
    [
        ("upper(title)", "SELECT * FROM posts WHERE upper(title) = 'TITLE 7'"),
        (
            "date(created_at at time zone 'UTC')",
            "SELECT * FROM posts WHERE date(created_at at time zone 'UTC') = '2024-01-05'",
        ),
        ("user_id % 100", "SELECT * FROM posts WHERE user_id % 100 = 3"),
    ],
)
def test_what_an_expression_gives_follows_from_its_column(
    original: tuple[PostgresSession, str], judge: CloneJudge, expression: str, query: str
) -> None:
    session, _ = original
    wanted = sketch("posts", IndexPart("", expression))
    found = judge.cost(query, [wanted])
    session.run(wanted.ddl("postgresql"))
    session.run("ANALYZE posts")
    real = session.run(f"EXPLAIN (FORMAT JSON) {query}").value or ""
    size = int(session.run(f"SELECT pg_relation_size('{wanted.name}')").value or 0)
    session.run(f"DROP INDEX {wanted.name}")
    assert steps(found.plan) == steps(real)
    assert found.cost == pytest.approx(top(real)["Total Cost"], rel=0.3)
    assert judge.size(wanted) == pytest.approx(size, rel=0.3)


@pytest.mark.parametrize(
    "expression", ["coalesce(title, code)", "1 / (score - score)", "pg_catalog.lower(code)"]
)
def test_of_other_expressions_the_planner_guesses(judge: CloneJudge, expression: str) -> None:
    wanted = sketch("posts", IndexPart("", expression))
    assert judge.size(wanted) > 8192
    assert judge.cost("SELECT * FROM posts WHERE id = 1", [wanted]).used == ("posts_pkey",)


def test_an_expression_that_ends_the_statement_is_refused(judge: CloneJudge) -> None:
    wanted = sketch("posts", IndexPart("", "1)); DROP TABLE posts; SELECT ((1"))
    with pytest.raises(RefusedError, match="more than one statement"):
        judge.size(wanted)
