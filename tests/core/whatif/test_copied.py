"""Real indexes on a copy of tables, on a real MariaDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from be_tui.core.databases.scratch import PATTERN
from be_tui.core.errors import InputError
from be_tui.core.indexes import Question, advise
from be_tui.core.sqltext import Target
from be_tui.core.whatif import (
    Given,
    IndexSketch,
    Judged,
    RefusedError,
    StoppedError,
    Unjudged,
    open_judge,
)
from be_tui.core.whatif import copied as module
from be_tui.core.whatif.copied import CopyJudge
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import schema_of, statistics
from tests.core.indexes.probes import PROBES, RIGHT, TABLES, advised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.schema import Schema
    from be_tui.core.statistics import Statistics

TARGET = Target("mariadb", (10, 11))
DDL = TABLES + "CREATE INDEX posts_old ON posts (title);"
FEED = PROBES[1]


def schema() -> Schema:
    return schema_of(DDL, TARGET)


def known() -> Statistics:
    return statistics("mariadb")


def sketch(*columns: str) -> IndexSketch:
    from be_tui.core.indexes.candidates import sketch_of
    from be_tui.core.schema import IndexPart

    (posts,) = (each for each in schema().tables if each.name.folded == "posts")
    return sketch_of(posts, [IndexPart(name, name) for name in columns])


@pytest.fixture(scope="module")
def judge(mariadb: str) -> Iterator[CopyJudge]:
    with CopyJudge(mariadb, schema(), TARGET, known(), most=20_000) as made:
        yield made


def scratch(url: str) -> list[str]:
    """Give the scratch databases on a server, but for the one that asks."""
    with open_sandbox(url) as sandbox, sandbox.session() as session:
        rows = session.run(f"SHOW DATABASES LIKE '{PATTERN}'").rows
        return [str(name) for (name,) in rows if name != session.run("SELECT database()").value]


def test_each_better_index_costs_less(judge: CopyJudge) -> None:
    none = judge.cost(FEED).cost
    one = judge.cost(FEED, [sketch("user_id")])
    both = judge.cost(FEED, [sketch("user_id", "created_at")])
    assert none > one.cost * 10 > both.cost
    assert one.used == (sketch("user_id").name,)
    assert '"posts_user_id_idx"' in one.plan
    assert "be_tui_whatif" not in one.plan


def test_an_index_is_hidden_from_those_that_do_not_ask(judge: CopyJudge) -> None:
    wanted = [sketch("user_id"), sketch("score")]
    assert judge.cost(FEED, wanted).used == (wanted[0].name,)
    assert judge.cost(FEED).used == ()
    assert judge.cost(FEED, wanted[1:]).used == ()


def test_the_same_is_said_each_time(judge: CopyJudge) -> None:
    sketches = [sketch("user_id"), sketch("status", "created_at")]
    first = judge.costs(PROBES, sketches)
    assert judge.costs(PROBES, sketches[::-1]) == first
    # Not only as it is remembered.
    judge._known.clear()
    again = judge.costs(PROBES, sketches)
    assert [_cost(each) for each in again] == [_cost(each) for each in first]


def _cost(found: Judged | Unjudged) -> float:
    assert isinstance(found, Judged)
    return found.cost


def test_an_index_of_the_schema_can_be_thought_away(judge: CopyJudge) -> None:
    query = "SELECT id FROM posts WHERE title = 'a'"
    assert judge.cost(query).used == ("posts_old",)
    assert judge.cost(query, without=["posts_old"]).used == ()
    assert judge.cost(query).used == ("posts_old",)
    with pytest.raises(RefusedError, match="no index nothing"):
        judge.cost(query, without=["nothing"])


def test_what_writes_is_judged_and_not_done(judge: CopyJudge) -> None:
    count = "SELECT count(*) FROM posts WHERE user_id = 77"
    rows = judge.cost(count, [sketch("user_id")])
    statement = "DELETE FROM posts WHERE user_id = 5"
    before, after = judge.cost(statement), judge.cost(statement, [sketch("user_id")])
    assert before.cost > after.cost * 5
    judge._known.clear()
    assert judge.cost(count, [sketch("user_id")]).cost == rows.cost


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("SELEC 1", ""),
        ("SELECT 1; SELECT 2", "one statement"),
        ("SELECT * FROM posts WHERE id = ?", "syntax"),
        ("SELECT * FROM nowhere", "doesn't exist"),
        ("SELECT * FROM mysql.user", "names the database mysql"),
        ("DELETE FROM mysql.user", "names the database mysql"),
        ("SELECT 1 INTO OUTFILE '/tmp/x'", "writes a file"),
        ("SELECT /*! 1, */ 2", "hides words"),
    ],
)
def test_a_statement_that_is_not_judged_costs_only_itself(
    judge: CopyJudge, statement: str, why: str
) -> None:
    one, refused, other = judge.costs((FEED, statement, FEED))
    assert isinstance(refused, Unjudged)
    assert why in refused.reason
    assert one == other


def test_a_query_that_does_not_end_costs_more_than_all_that_do(
    judge: CopyJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from be_tui.core.databases import Bounds

    monkeypatch.setattr(module, "_RUN", Bounds(seconds=0.3, rows=0))
    endless = "SELECT count(*) FROM posts a, posts b, posts c WHERE a.score + b.score = c.score"
    assert judge.cost(endless).cost > judge.cost("SELECT * FROM posts").cost * 10


def test_an_index_that_the_server_refuses_is_told(judge: CopyJudge) -> None:
    from be_tui.core.indexes.candidates import sketch_of
    from be_tui.core.schema import IndexPart

    posts = schema().tables[1]
    expression = sketch_of(posts, [IndexPart("lower(title)", "")])
    with pytest.raises(RefusedError, match="Key column"):
        judge.cost(FEED, [expression])
    elsewhere = IndexSketch(schema_of("CREATE TABLE t (a int)", TARGET).tables[0], expression.index)
    with pytest.raises(RefusedError, match="no table t"):
        judge.size(elsewhere)


def test_no_more_indexes_are_kept_than_a_table_bears(
    judge: CopyJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT", 3)
    names = ("score", "status", "created_at", "user_id")
    for name in names * 2:
        assert judge.cost(f"SELECT * FROM posts WHERE {name} = 1", [sketch(name)]).cost > 0
    assert judge.cost(FEED, [sketch(name) for name in names]).used == ("posts_user_id_idx",)


def test_where_no_index_can_be_hidden_it_is_dropped(
    judge: CopyJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "_hides", False)
    assert judge.cost(FEED, [sketch("user_id", "score")]).used
    assert judge.cost(FEED).used == ()
    with pytest.raises(RefusedError, match="can be hidden"):
        judge.cost(FEED, without=["posts_old"])
    assert judge.cost(FEED, [sketch("user_id", "score")]).used


def test_sizes_are_those_over_all_rows(judge: CopyJudge) -> None:
    assert 1e6 * 12 < judge.size(sketch("user_id")) < 1e6 * 40
    assert judge.size(sketch("user_id", "title")) > judge.size(sketch("user_id")) * 1.3


def test_a_judge_tells_who_it_is(judge: CopyJudge) -> None:
    assert judge.kind == "copy"
    assert judge.unit == "pages"
    assert "MariaDB" in judge.about
    assert "a copy of 21,000 rows, 2% of those there are" in judge.about
    assert "statistics from the tests" in judge.about
    assert judge.notes == ()


def test_a_judge_can_be_stopped_from_elsewhere(
    judge: CopyJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = CopyJudge._judged

    def stopping(self: CopyJudge, *arguments: object) -> object:
        self.stop()
        return inner(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(CopyJudge, "_judged", stopping)
    with pytest.raises(StoppedError):
        judge.costs([FEED])
    monkeypatch.undo()
    assert judge.cost(FEED).cost > 0


def test_nothing_of_a_copy_stays(mariadb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = scratch(mariadb)
    given = Given(TARGET, schema(), DDL, known(), copy=mariadb)
    monkeypatch.setattr(module, "MOST", 500)
    with CopyJudge(mariadb, schema(), TARGET, known(), most=500) as judge:
        assert len(scratch(mariadb)) == len(before) + 1
        assert judge.cost(FEED).cost > 0
    assert scratch(mariadb) == before

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("be_tui.core.whatif.copying.fill", broken)
    with pytest.raises(KeyboardInterrupt):
        open_judge(given)
    assert scratch(mariadb) == before


def test_where_no_copy_can_be_filled_the_model_judges() -> None:
    ddl = "CREATE TABLE t (id int PRIMARY KEY, g geometry NOT NULL);"
    picked = open_judge(Given(TARGET, schema_of(ddl, TARGET), ddl, copy="mariadb://nowhere/"))
    with picked.judge as judge:
        assert judge.kind == "model"
    (passed,) = picked.passed_over
    assert passed.kind == "copy"
    assert "no values of type geometry" in passed.reason


def test_a_server_that_is_not_there_is_told() -> None:
    given = Given(TARGET, schema(), DDL, known(), copy="mariadb://me@localhost:1/")
    with pytest.raises(InputError) as raised:
        open_judge(given)
    assert raised.value.where == "mariadb://localhost:1/"
    with pytest.raises(InputError, match="expected mariadb://"):
        open_judge(Given(TARGET, schema(), DDL, known(), copy="postgresql://me@localhost:1/"))


def test_a_probe_is_right_on_a_copy(judge: CopyJudge) -> None:
    found = advise(
        Question(workload_of(PROBES[1], "p.sql", TARGET), schema(), TARGET, known()), judge
    )
    assert advised(found) == ["posts (user_id, created_at)"]


@pytest.mark.slow
def test_all_nine_probes_are_right_on_a_copy(mariadb: str) -> None:
    bare = schema_of(TABLES, TARGET)
    with CopyJudge(mariadb, bare, TARGET, known()) as judge:
        for number, probe in enumerate(PROBES):
            workload = workload_of(probe, "probe.sql", TARGET)
            report = advise(Question(workload, bare, TARGET, known()), judge)
            right = RIGHT["mariadb"][number]
            assert len(advised(report)) == (1 if right else 0), number
            assert right.issuperset(advised(report)), number
            assert report.slower == ()


def test_a_server_that_is_gone_is_told(judge: CopyJudge, monkeypatch: pytest.MonkeyPatch) -> None:
    from be_tui.core.databases import StatementError, Trouble

    def ending(trouble: Trouble) -> object:
        def run(*_: object) -> None:
            raise StatementError("the connection is gone", trouble)

        return run

    for trouble, error in (("lost", InputError), ("waited", RefusedError)):
        monkeypatch.setattr(judge._copy.session, "run", ending(trouble))  # type: ignore[arg-type]
        with pytest.raises(error, match="gone"):
            judge.costs([f"{FEED} -- {trouble}"])
        monkeypatch.undo()
    assert judge.cost(FEED).cost > 0


def test_rows_that_the_server_refuses_leave_the_model(mariadb: str) -> None:
    ddl = "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, CHECK (a * a = -1));"
    before = scratch(mariadb)
    picked = open_judge(Given(TARGET, schema_of(ddl, TARGET), ddl, copy=mariadb))
    with picked.judge as judge:
        assert judge.kind == "model"
    assert "a copy cannot be filled: rows of t were refused" in picked.passed_over[0].reason
    assert scratch(mariadb) == before


def test_what_cannot_be_copied_is_told(mariadb: str) -> None:
    ddl = TABLES + "CREATE VIEW odd AS SELECT no_such_function(id) AS n FROM posts;"
    with CopyJudge(mariadb, schema_of(ddl, TARGET), TARGET, known(), most=200) as judge:
        (note,) = judge.notes
        assert note.startswith("not in the copy: CREATE VIEW")
        assert judge.cost(FEED).cost > 0


def test_a_server_that_keeps_no_values_of_columns_counts_what_it_can() -> None:
    from be_tui.core.databases import Rows, StatementError
    from be_tui.core.filling import plan
    from be_tui.core.whatif.copying import settle_copy

    ran: list[str] = []

    class Session:
        def run(self, statement: str, _: object = None) -> Rows:
            if "PERSISTENT" in statement or "SAMPLE" in statement:
                raise StatementError("syntax")
            ran.append(statement)
            return Rows()

    planned = plan(schema(), "mysql", {"users": 5}, statistics=known())
    settle_copy(Session(), planned)  # type: ignore[arg-type]
    assert ran == ["ANALYZE TABLE `users`"]


def test_a_server_that_tells_costs_runs_nothing(
    judge: CopyJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "_counts", False)
    judge._known.clear()
    found = judge.cost(FEED, [sketch("user_id")])
    assert "r_rows" not in found.plan
    assert found.used == ("posts_user_id_idx",)
    assert "costs as the planner tells them" in judge.about
    judge._known.clear()
