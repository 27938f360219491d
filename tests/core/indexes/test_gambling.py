"""Plans that stop early on a bet are weighed as if rows came later than expected."""

from __future__ import annotations

import json

from be_tui.core.indexes.gambling import LATER, careful
from be_tui.core.whatif import Judged


def plan(scan: dict[str, object], *around: str) -> str:
    node: dict[str, object] = scan
    for kind in around:
        node = {"Node Type": kind, "Plans": [node], "Total Cost": 12.0}
    return json.dumps([{"Plan": node}])


FILTERED: dict[str, object] = {
    "Node Type": "Index Scan",
    "Filter": "(status = 'x'::text)",
    "Total Cost": 50_000.0,
}


def test_a_bet_costs_more_than_is_expected_and_no_more_than_all_rows() -> None:
    bet = plan(FILTERED, "Limit")
    assert careful(Judged(12.0, bet), "cost", limited=True) == 12.0 * LATER
    assert careful(Judged(40_000.0, bet), "cost", limited=True) == 50_000.0


def test_a_bet_is_seen_below_what_passes_rows_on() -> None:
    below = plan(FILTERED, "LockRows", "Limit", "Aggregate")
    assert careful(Judged(12.0, below), "cost", limited=True) == 120.0


def test_what_is_no_bet_costs_what_it_costs() -> None:
    sure = {key: value for key, value in FILTERED.items() if key != "Filter"}
    for text in (plan(sure, "Limit"), plan(FILTERED, "Sort", "Limit"), plan(FILTERED), "Limit"):
        assert careful(Judged(12.0, text), "cost", limited=True) == 12.0
    bet = plan(FILTERED, "Limit")
    assert careful(Judged(12.0, bet), "cost", limited=False) == 12.0
    assert careful(Judged(12.0, bet), "pages", limited=True) == 12.0
    assert careful(Judged(12.0, '"Limit" {'), "cost", limited=True) == 12.0
    assert careful(Judged(12.0, '["Limit"]'), "cost", limited=True) == 12.0


def loop(outer: dict[str, object], rows: float = 100.0) -> dict[str, object]:
    inner = {"Node Type": "Index Scan", "Total Cost": 8.0}
    return {"Node Type": "Nested Loop", "Plans": [{**outer, "Plan Rows": rows}, inner]}


SCAN: dict[str, object] = {"Node Type": "Seq Scan"}
JOIN: dict[str, object] = {"Node Type": "Hash Join", "Plans": [SCAN, SCAN]}


def test_a_loop_over_joins_costs_more_than_their_estimates_say() -> None:
    once = json.dumps([{"Plan": loop(JOIN)}])
    assert careful(Judged(1_000.0, once), "cost", limited=False) == 1_000 + 9 * 100 * 8
    deep = json.dumps([{"Plan": loop({"Node Type": "Sort", "Plans": [JOIN]})}])
    assert careful(Judged(1_000.0, deep), "cost", limited=False) == 1_000 + 9 * 100 * 8


def test_a_loop_over_one_table_is_as_sure_as_its_statistics() -> None:
    plain = json.dumps([{"Plan": loop(SCAN)}])
    assert careful(Judged(1_000.0, plain), "cost", limited=False) == 1_000
    beside = json.dumps([{"Plan": {"Node Type": "Hash Join", "Plans": [loop(SCAN), SCAN]}}])
    assert careful(Judged(1_000.0, beside), "cost", limited=False) == 1_000


def test_what_is_kept_for_the_next_loop_costs_little() -> None:
    kept = {"Node Type": "Materialize", "Total Cost": 500_000.0, "Plan Rows": 40}
    node = {"Node Type": "Nested Loop", "Plans": [{**JOIN, "Plan Rows": 100.0}, kept]}
    once = json.dumps([{"Plan": node}])
    assert careful(Judged(1_000.0, once), "cost", limited=False) == 1_000 + 9 * 100 * 40 * 0.0025


def named(inner: str, index: str, *outer: str) -> str:
    """Give a plan that loops over a join of some tables."""
    scans = [{"Node Type": "Seq Scan", "Alias": each} for each in outer]
    join = {"Node Type": "Hash Join", "Plan Rows": 100.0, "Plans": scans}
    found = {"Node Type": "Index Scan", "Total Cost": 8.0, "Alias": inner, "Index Name": index}
    return json.dumps([{"Plan": {"Node Type": "Nested Loop", "Plans": [join, found]}}])


def test_only_what_is_new_is_a_bet() -> None:
    today = Judged(9_000.0, named("c", "c_pkey", "a", "b"))
    for text, cost in (
        (named("c", "c_pkey", "b", "a"), 1_000),
        (named("c", "c_new", "a", "b"), 1_000 + 7_200),
        (named("c", "c_pkey", "a", "d"), 1_000 + 7_200),
    ):
        found = careful(Judged(1_000.0, text), "cost", limited=False, today=today)
        assert found == cost
    assert careful(today, "cost", limited=False, today=today) == 9_000.0
