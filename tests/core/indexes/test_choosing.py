"""The choice, before a judge that says what the test has it say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.indexes import Limits, Question, Report, advise
from be_tui.core.sqltext import Target
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import POSTS, Scripted, schema_of, shape, statistics

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET = Target("postgresql")


def advised(
    sql: str,
    says: Callable[[str, frozenset[str]], float | None],
    *,
    limits: Limits | None = None,
    ddl: str = POSTS,
    writes: tuple[tuple[str, float], ...] = (),
    sizes: dict[str, int] | None = None,
    refuses: tuple[str, ...] = (),
) -> Report:
    question = Question(
        workload_of(sql, "w.sql", TARGET),
        schema_of(ddl, TARGET),
        TARGET,
        statistics(),
        limits or Limits(),
        writes,
    )
    return advise(question, Scripted(says, sizes=sizes or {}, refuses=frozenset(refuses)))


def shapes(report: Report) -> list[str]:
    return [shape(each.sketch) for each in report.advice]


PLAIN, COMPOSITE = "posts (user_id)", "posts (user_id, created_at)"
RECENT = "SELECT * FROM posts WHERE user_id = 5 ORDER BY created_at"


def by_index(costs: dict[str, float], base: float = 10_000) -> Callable[..., float]:
    """Give a judge for which the best of the indexes counts."""
    return lambda _, there: min([base, *(costs[each] for each in there if each in costs)])


def test_a_plainer_index_is_enough_where_the_richer_gains_next_to_nothing() -> None:
    report = advised(RECENT, by_index({PLAIN: 100, COMPOSITE: 99}))
    assert shapes(report) == [PLAIN]
    (passed,) = report.passed
    assert shape(passed.sketch) == COMPOSITE
    assert passed.why.startswith("query 1 would cost the same; it pays where more than about ")


def test_abstaining_tells_what_limit_would_change() -> None:
    def says(sql: str, there: frozenset[str]) -> float:
        if COMPOSITE in there:
            return 10.0 if "LIMIT" in sql else 99.0
        return 100.0 if PLAIN in there else 10_000.0

    (passed,) = advised(RECENT, says).passed
    assert "with LIMIT (10.0 times with LIMIT 20)" in passed.why


def test_a_richer_index_that_gains_takes_the_plainer_one_s_place() -> None:
    report = advised(RECENT + " LIMIT 10", by_index({PLAIN: 400, COMPOSITE: 10}))
    assert shapes(report) == [COMPOSITE]
    (advice,) = report.advice
    assert [(each.before, each.after) for each in advice.helped] == [(10_000, 10)]
    assert advice.turns == ("(user_id) alone would cost query 1 40.0 times as much",)


def test_nothing_is_advised_that_gains_little() -> None:
    report = advised(RECENT, by_index({PLAIN: 9_000, COMPOSITE: 9_000}))
    assert (report.advice, report.slower, report.before) == ((), (), report.after)


def test_writes_are_weighed_against_reads() -> None:
    cheap = by_index({PLAIN: 100, COMPOSITE: 100})
    assert shapes(advised(RECENT, cheap, writes=(("posts", 1_000),))) == [PLAIN]
    report = advised(RECENT, cheap, writes=(("posts", 100_000),))
    assert report.advice == ()
    busy = "-- weight: 100000\nINSERT INTO posts (id) VALUES (1);\n" + RECENT
    assert advised(busy, cheap).advice == ()


def test_an_index_that_harms_another_query_is_vetoed() -> None:
    harmed = "SELECT * FROM posts WHERE score = 5 ORDER BY created_at LIMIT 10"
    sql = f"SELECT * FROM posts ORDER BY created_at LIMIT 10; {harmed}"

    def says(text: str, there: frozenset[str]) -> float:
        if "score = 5" in text or "score =" in text:
            return 50_000.0 if "posts (created_at)" in there else 10_000.0
        return 5.0 if "posts (created_at)" in there else 10_000.0

    report = advised(sql, says)
    assert (report.advice, report.slower) == ((), ())


def test_harm_that_is_outweighed_is_shown_with_its_ratio() -> None:
    sql = (
        "-- weight: 1000\nSELECT * FROM posts ORDER BY created_at LIMIT 10;"
        "SELECT * FROM posts WHERE score = 5 ORDER BY created_at LIMIT 10"
    )

    def says(text: str, there: frozenset[str]) -> float:
        led = "posts (created_at)" in there
        if "score =" in text:
            return 20_000.0 if led else 10_000.0
        return 5.0 if led else 10_000.0

    report = advised(sql, says)
    assert shapes(report) == ["posts (created_at)"]
    assert [(each.query, each.ratio) for each in report.slower] == [(1, 0.5)]
    assert [each.query for each in report.advice[0].slower] == [1]


def test_of_two_indexes_that_gain_much_the_one_that_harms_nothing_is_taken() -> None:
    sql = f"-- weight: 10\n{RECENT}; SELECT * FROM posts WHERE user_id = 5 AND title = 'x'"

    def says(harmless: float) -> Callable[[str, frozenset[str]], float]:
        def said(text: str, there: frozenset[str]) -> float:
            if "title =" in text:
                return 20_000.0 if COMPOSITE in there else 10_000.0
            return 100.0 if COMPOSITE in there else harmless if PLAIN in there else 10_000.0

        return said

    near, far = advised(sql, says(2_000.0)), advised(sql, says(8_000.0))
    assert (shapes(near), near.slower) == ([PLAIN], ())
    assert shapes(far) == [COMPOSITE]
    assert [each.ratio for each in far.slower] == [0.5]


def test_a_budget_takes_what_gains_most_a_byte() -> None:
    sql = "SELECT * FROM posts WHERE user_id = 5; SELECT * FROM posts WHERE score = 5"
    narrow = "posts (score)"

    def says(text: str, there: frozenset[str]) -> float:
        if "user_id" in text:
            return 10.0 if PLAIN in there else 10_000.0
        return 10.0 if narrow in there else 9_000.0

    sizes = {PLAIN: 50_000_000, narrow: 10_000_000}
    assert shapes(advised(sql, says, sizes=sizes)) == [PLAIN, narrow]
    tight = Limits(size=20_000_000)
    assert shapes(advised(sql, says, sizes=sizes, limits=tight)) == [narrow]
    assert shapes(advised(sql, says, sizes=sizes, limits=Limits(most=1))) == [PLAIN]
    assert shapes(advised(sql, says, sizes=sizes, limits=Limits(size=5))) == []


def test_two_indexes_that_need_each_other_come_together() -> None:
    sql = "SELECT * FROM posts WHERE user_id = 5 OR score = 7"

    def says(_: str, there: frozenset[str]) -> float:
        return 20.0 if {PLAIN, "posts (score)"} <= there else 10_000.0

    assert sorted(shapes(advised(sql, says))) == ["posts (score)", PLAIN]


def test_equal_parts_stand_so_that_two_queries_share_them() -> None:
    sql = (
        "SELECT * FROM posts WHERE user_id = 5 AND score = 7;"
        "SELECT * FROM posts WHERE score = 7 ORDER BY title"
    )
    both = "posts (score, user_id)"
    costs = {"posts (user_id, score)": 10.0, both: 10.0}

    def says(text: str, there: frozenset[str]) -> float:
        if "user_id" in text:
            return min([10_000.0, *(costs[each] for each in there if each in costs)])
        return 15.0 if there & {both, "posts (score)"} else 10_000.0

    assert shapes(advised(sql, says)) == [both]


def test_an_index_that_the_engine_refuses_is_told() -> None:
    sql = "SELECT * FROM posts WHERE title LIKE '%needle%'"
    refused = "posts USING gin (title gin_trgm_ops)"
    report = advised(sql, by_index({}), refuses=(refused,))
    assert report.advice == ()
    (note,) = report.notes
    assert note.startswith("posts_title_gin_idx")
    assert note.endswith(
        " could not be judged: no such operator class; it needs `CREATE EXTENSION pg_trgm`"
    )


def test_what_cannot_be_read_or_planned_is_left_out_and_told() -> None:
    sql = "SELECT FROM WHERE; SELECT * FROM nowhere; SELECT bad FROM posts;" + RECENT
    report = advised(sql, lambda text, _: None if "bad" in text else 10.0)
    reasons = [each.reason for each in report.left_out]
    assert "does not parse" in reasons[0]
    assert reasons[1:] == [
        "the schema has no table nowhere",
        "the engine makes no plan of it: it has no plan",
    ]
    assert len(report.queries) == 1


def test_an_empty_workload_has_no_judge() -> None:
    report = advised("-- nothing", lambda *_: 1.0)
    assert (report.judge, report.advice, report.queries) == (None, (), ())


def test_indexes_of_the_schema_that_the_advice_makes_needless_are_named() -> None:
    ddl = POSTS + "CREATE INDEX old ON posts (user_id); CREATE INDEX idle ON posts (title);"
    report = advised(RECENT + " LIMIT 5", by_index({COMPOSITE: 10}), ddl=ddl)
    assert [(each.index.name, each.reason) for each in report.drops] == [
        ("old", "superseded"),
        ("idle", "unused"),
    ]


def test_covering_must_gain_much() -> None:
    sql = "SELECT user_id, score FROM posts WHERE user_id = 5"
    cover = "posts (user_id) INCLUDE (score)"
    assert shapes(advised(sql, by_index({PLAIN: 200, cover: 120}))) == [PLAIN]
    assert shapes(advised(sql, by_index({PLAIN: 2_000, cover: 90}))) == [cover]


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_queries_turns_nothing(order: int) -> None:
    queries = [f"SELECT * FROM posts WHERE {name} = 5" for name in ("user_id", "score", "title")]
    sql = ";".join(queries[::order])

    def says(text: str, there: frozenset[str]) -> float:
        name = text.rpartition("WHERE ")[2].partition(" ")[0]
        return 10.0 if f"posts ({name})" in there else 10_000.0

    assert sorted(shapes(advised(sql, says))) == ["posts (score)", "posts (title)", PLAIN]


def test_of_very_many_queries_the_dearest_choose_and_the_others_are_judged() -> None:
    many = ";".join(f"SELECT id AS a{n} FROM posts WHERE score = 1" for n in range(420))
    sql = f"-- weight: 1000\n{RECENT}; {many}"

    def says(text: str, there: frozenset[str]) -> float:
        if "user_id" in text:
            return 10.0 if {PLAIN, COMPOSITE} & there else 10_000.0
        return 5.0

    report = advised(sql, says)
    assert shapes(report) == [PLAIN]
    assert len(report.totals) == 421
    assert report.notes == (
        "the 21 cheapest queries had no say in the choice; what it does to them was judged",
    )


def test_the_beginning_of_an_index_goes_where_both_are_over_the_budget() -> None:
    sql = f"SELECT * FROM posts WHERE user_id = 5; {RECENT} LIMIT 10"

    def says(text: str, there: frozenset[str]) -> float:
        if "LIMIT" in text:
            return 10.0 if COMPOSITE in there else 500.0 if PLAIN in there else 10_000.0
        return 100.0 if PLAIN in there else 300.0 if COMPOSITE in there else 10_000.0

    sizes = {PLAIN: 7_000_000, COMPOSITE: 30_000_000}
    assert sorted(shapes(advised(sql, says, sizes=sizes))) == [PLAIN, COMPOSITE]
    tight = advised(sql, says, sizes=sizes, limits=Limits(size=31_000_000))
    assert shapes(tight) == [COMPOSITE]
    assert shapes(advised(sql, says, sizes=sizes, limits=Limits(most=1))) == [COMPOSITE]


def test_an_index_that_slows_a_query_which_has_no_use_for_it_is_not_taken() -> None:
    # A planner may skip through an index that was made for another query.
    sql = f"{RECENT}; SELECT * FROM posts WHERE score = 5"

    def says(text: str, there: frozenset[str]) -> float:
        if "score =" in text:
            return 90_000.0 if PLAIN in there else 10_000.0
        return 100.0 if PLAIN in there or COMPOSITE in there else 10_000.0

    report = advised(sql, says)
    assert shapes(report) == [COMPOSITE]
    assert report.slower == ()


def test_what_slows_a_query_gives_way_to_an_index_that_serves_both() -> None:
    harmed = "SELECT * FROM posts WHERE user_id = 5 AND score = 7"
    both = "posts (user_id, score)"
    sql = f"-- weight: 100\n{RECENT}; {harmed}"

    def says(text: str, there: frozenset[str]) -> float:
        if "score =" in text:
            return 9_500.0 if both in there else 40_000.0 if PLAIN in there else 10_000.0
        return 100.0 if PLAIN in there else 120.0 if both in there else 10_000.0

    report = advised(sql, says)
    assert shapes(report) == [both]
    assert report.slower == ()


def test_room_for_an_index_that_serves_both_is_made_within_a_budget() -> None:
    harmed = "SELECT * FROM posts WHERE user_id = 5 AND score = 7"
    both, small = "posts (user_id, score)", "users (name)"
    sql = f"-- weight: 100\n{RECENT}; {harmed}; SELECT * FROM users WHERE name = 'y'"

    def says(text: str, there: frozenset[str]) -> float:
        if "name =" in text:
            return 10.0 if small in there else 9_000.0
        if "score =" in text:
            return 9_500.0 if both in there else 60_000.0 if PLAIN in there else 10_000.0
        return 100.0 if PLAIN in there else 120.0 if both in there else 10_000.0

    sizes = {PLAIN: 10_000_000, both: 18_000_000, small: 5_000_000}
    report = advised(sql, says, sizes=sizes, limits=Limits(size=20_000_000))
    assert shapes(report) == [both]
    assert report.slower == ()


def test_for_an_index_that_slows_nothing_another_one_leaves_a_budget() -> None:
    both, small = "posts (user_id, score)", "users (name)"
    sql = (
        f"-- weight: 100\n{RECENT}; SELECT * FROM posts WHERE user_id = 5 AND score = 7;"
        "SELECT * FROM posts WHERE title = 'z'; SELECT * FROM users WHERE name = 'y'"
    )

    def says(text: str, there: frozenset[str]) -> float:
        if "name =" in text:
            return 10.0 if small in there else 9_000.0
        if "title =" in text:
            return 410_000.0 if PLAIN in there else 10_000.0
        if "score =" in text:
            return 8_000.0 if both in there else 10_000.0
        return 100.0 if PLAIN in there else 4_000.0 if both in there else 10_000.0

    sizes = {PLAIN: 10_000_000, both: 18_000_000, small: 5_000_000}
    wide = advised(sql, says, sizes=sizes)
    assert (sorted(shapes(wide)), wide.slower) == ([both, small], ())
    tight = advised(sql, says, sizes=sizes, limits=Limits(size=20_000_000))
    assert (shapes(tight), tight.slower) == ([both], ())
