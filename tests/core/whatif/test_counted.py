"""What plans of MariaDB and MySQL cost: by what runs counted, or by what is expected."""

from __future__ import annotations

import json

import pytest

from be_tui.core.whatif.counted import counted, expected, keys

PAGES = {"posts": 1000.0, "users": 10.0}


def table(name: str = "posts", **told: object) -> dict[str, object]:
    return {"table": {"table_name": name, "access_type": "ALL", "r_loops": 1, **told}}


def ref(rows: float, *, loops: float = 1, **told: object) -> dict[str, object]:
    """Give a table that is read by an index, each row after its entry."""
    touched = {"pages_accessed": loops * (1 + rows * 3)}
    stats: dict[str, object] = {"r_loops": loops, "r_rows": rows, "r_engine_stats": touched}
    read: dict[str, object] = {"access_type": "ref", "key": "posts_user", **stats, **told}
    return {"table": {"table_name": "posts", **read}}


def plan(*steps: object, **more: object) -> str:
    return json.dumps({"query_block": {"select_id": 1, "nested_loop": steps, **more}})


WHOLE = table(r_rows=100_000, r_filtered=0.01, r_engine_stats={"pages_accessed": 1000})


def test_a_whole_read_costs_its_pages_and_rows() -> None:
    assert counted(plan(WHOLE), PAGES) == pytest.approx(1000 + 1000 + 30)


def test_rows_that_are_found_cost_their_pages_and_no_more_than_there_are() -> None:
    few, many = counted(plan(ref(10)), PAGES), counted(plan(ref(50_000)), PAGES)
    assert 10 < few < 15
    assert pytest.approx(many, rel=0.01) == 1000 + 500 + 4500


def test_an_index_that_covers_costs_less() -> None:
    covering = ref(100, using_index=True, r_engine_stats={"pages_accessed": 3})
    assert counted(plan(covering), PAGES) < counted(plan(ref(100)), PAGES) / 10


def test_without_counts_of_pages_each_row_found_counts() -> None:
    old = ref(100, r_engine_stats=None)
    assert counted(plan(old), PAGES) == pytest.approx(counted(plan(ref(100)), PAGES), rel=0.01)
    whole = table(r_rows=100_000)
    assert counted(plan(whole), PAGES) == pytest.approx(2000)


def test_what_was_never_run_costs_nothing() -> None:
    never = table(r_loops=0, r_rows=None)
    assert counted(plan(WHOLE, never), PAGES) == counted(plan(WHOLE), PAGES)


def test_each_loop_counts_but_brings_no_page_twice() -> None:
    once = table("users", r_rows=1000, r_engine_stats={"pages_accessed": 10})
    often = table("users", r_rows=1000, r_loops=50, r_engine_stats={"pages_accessed": 500})
    one, fifty = counted(plan(once), PAGES), counted(plan(often), PAGES)
    assert one == pytest.approx(10 + 10 + 0.3)
    assert fifty == pytest.approx(10 + 500 + 15)


def test_sorts_cost_by_their_rows_and_less_where_few_are_kept() -> None:
    rows = table(r_rows=10_000, r_filtered=100, r_engine_stats={"pages_accessed": 1000})
    plain = counted(plan(rows), PAGES)
    whole = counted(plan({"filesort": {"r_loops": 1, **rows}}), PAGES)
    first = counted(plan({"filesort": {"r_limit": 20, **rows}}), PAGES)
    assert plain < first < whole
    again = {"filesort": {"r_loops": 1, "temporary_table": {"nested_loop": [rows]}}}
    assert counted(plan(again), PAGES) == pytest.approx(whole + 100)


def test_a_sort_that_reads_rows_again_brings_no_page_twice() -> None:
    again = {"filesort": table(r_rows=10_000, r_engine_stats={"pages_accessed": 31_000})}
    assert counted(plan(again), PAGES) < 1000 + 100 + 31_000 * 0.04 + 50


def test_comparing_all_rows_with_all_costs() -> None:
    users = table("users", r_rows=1000, r_filtered=100, r_engine_stats={"pages_accessed": 10})
    block = {"block-nl-join": WHOLE}
    joined = counted(plan(users, block), PAGES)
    assert joined > counted(plan(users), PAGES) + counted(plan(WHOLE), PAGES) + 100_000


def test_queries_within_the_query_count() -> None:
    inner = [{"query_block": {"nested_loop": [WHOLE]}}]
    assert counted(plan(ref(1), subqueries=inner), PAGES) > counted(plan(WHOLE), PAGES)


def test_what_is_expected_follows_rows_loops_and_look_ups() -> None:
    def told(key: str, rows: float, **more: object) -> dict[str, object]:
        access = "ref" if key else "ALL"
        return {"table": {"access_type": access, "key": key or None, "rows": rows, **more}}

    whole = expected(plan(told("", 10_000)))
    found = expected(plan(told("a", 100)))
    covered = expected(plan(told("a", 100, using_index=True)))
    joined = expected(plan(told("", 10_000, filtered=10.0), told("PRIMARY", 1)))
    assert covered < found < whole < joined
    assert expected(plan(told("", 10_000), told("", 10_000))) > 10_000 * 100
    sort = {"filesort": told("", 10_000)}
    assert expected(plan(sort)) > whole
    changed = {"query_block": {"buffer": told("a", 3)}}
    assert 0 < expected(json.dumps(changed)) < 1


@pytest.mark.parametrize(
    ("told", "cost"),
    [
        ({"query_block": {"cost_info": {"query_cost": "12.50"}, "table": {}}}, 12.5),
        ({"operation": "Filter", "estimated_total_cost": 7.25, "inputs": []}, 7.25),
        ({"query_plan": {"operation": "Sort", "estimated_total_cost": 3}}, 3.0),
        ({"query_block": {"message": "no tables"}}, 0.0),
        ([], 0.0),
    ],
)
def test_the_cost_that_mysql_tells_is_taken(told: object, cost: float) -> None:
    assert expected(json.dumps(told)) == cost


def test_indexes_are_told_in_the_order_of_the_plan() -> None:
    merge = {"sort_union": [{"range": {"key": "b"}}, {"range": {"key": "c"}}]}
    merged = table(access_type="index_merge", index_merge=merge)
    assert keys(plan(ref(1), merged, ref(1))) == ("posts_user", "b", "c")
    tree = {"query_plan": {"inputs": [{"index_name": "PRIMARY"}, {"index_name": "x"}]}}
    assert keys(json.dumps(tree)) == ("PRIMARY", "x")
