"""What each step takes itself, against figures that were worked out by hand."""

# ruff: noqa: E501 (a line of a plan is long)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.plans import Plan, read_plan

CTE = """
Hash Join  (cost=0..9 rows=1 width=4) (actual time=30.0..100.0 rows=10 loops=1)
  CTE big
    ->  Seq Scan on t  (cost=0..5 rows=9 width=4) (actual time=0.0..40.0 rows=900 loops=1)
  ->  CTE Scan on big a  (cost=0..1 rows=9 width=4) (actual time=0.0..60.0 rows=900 loops=1)
  ->  Hash  (cost=0..1 rows=9 width=4) (actual time=25.0..25.0 rows=900 loops=1)
        ->  CTE Scan on big b  (cost=0..1 rows=9 width=4) (actual time=0.0..20.0 rows=900 loops=1)
Execution Time: 101.0 ms
"""

GATHER = """
Gather  (cost=0..9 rows=1 width=4) (actual time=1.0..50.0 rows=300 loops=1)
  Workers Planned: 2
  Workers Launched: 2
  ->  Nested Loop  (cost=0..9 rows=1 width=4) (actual time=0.1..45.0 rows=100 loops=3)
        ->  Parallel Seq Scan on t  (cost=0..9 rows=1 width=4) (actual time=0.1..30.0 rows=100 loops=3)
        ->  Index Scan using i on u  (cost=0..9 rows=1 width=4) (actual time=0.04..0.1 rows=1 loops=300)
"""

INITPLAN = """
Aggregate  (cost=0..9 rows=1 width=8) (actual time=90.0..90.0 rows=1 loops=1)
  InitPlan 1{returns}
    ->  Seq Scan on small  (cost=0..9 rows=1 width=8) (actual time=0.0..20.0 rows=1 loops=1)
  ->  Seq Scan on big  (cost=0..9 rows=1 width=8) (actual time=20.0..80.0 rows=5 loops=1)
        Filter: (score > {asked})
"""

SUBPLAN = """
Seq Scan on users u  (cost=0..9 rows=50 width=8) (actual time=0.5..100.0 rows=50 loops=1)
  SubPlan 1
    ->  Aggregate  (cost=0..9 rows=1 width=8) (actual time=1.8..1.8 rows=1 loops=50)
          ->  Seq Scan on posts p  (cost=0..9 rows=1 width=8) (actual time=0.0..1.5 rows=9 loops=50)
                Filter: (user_id = u.id)
"""


def owns(plan: Plan) -> list[float]:
    return [node.own_ms or 0.0 for node in plan.nodes]


def test_a_cte_is_paid_for_by_its_scans_in_proportion() -> None:
    # 40 ms: 30 of them in the scan of 60 ms, 10 in that of 20 ms.
    assert owns(read_plan(CTE)) == pytest.approx([15.0, 40.0, 30.0, 5.0, 10.0])


def test_loops_below_a_gather_are_shared_out_to_its_processes() -> None:
    # The index scan: 300 loops of 0.1 ms in three processes are 10 ms on the wall.
    assert owns(read_plan(GATHER)) == pytest.approx([5.0, 5.0, 30.0, 10.0])


@pytest.mark.parametrize(
    ("returns", "asked"), [(" (returns $0)", "$0"), ("", "(InitPlan 1).col1")], ids=["16", "17"]
)
def test_an_init_plan_is_run_by_the_step_that_asks_for_it(returns: str, asked: str) -> None:
    plan = read_plan(INITPLAN.format(returns=returns, asked=asked))
    assert owns(plan) == pytest.approx([10.0, 20.0, 60.0])


def test_an_init_plan_that_nobody_names_is_its_owners() -> None:
    plan = read_plan(INITPLAN.format(returns=" (returns $10)", asked="$1"))
    assert owns(plan) == pytest.approx([0.0, 20.0, 80.0])


def test_below_a_gather_the_leader_runs_an_init_plan_beforehand() -> None:
    lines = INITPLAN.format(returns=" (returns $0)", asked="$0").strip().split("\n")
    gather = "  ->  Gather  (cost=0..9 rows=1 width=8) (actual time=25.0..85.0 rows=5 loops=1)"
    lines[3:] = [gather, *(f"      {line}" for line in lines[3:])]
    plan = read_plan("\n".join(lines))
    assert [node.operation for node in plan.nodes][2] == "Gather"
    # The scan's 80 ms do not hold the 20 ms; they are the gather's, which has 5 beside them.
    assert owns(plan)[3] == pytest.approx(80.0)


def test_a_subquery_is_paid_for_by_the_step_that_has_it() -> None:
    assert owns(read_plan(SUBPLAN)) == pytest.approx([10.0, 15.0, 75.0])


def test_a_step_that_was_never_run_takes_nothing() -> None:
    plan = read_plan(
        "Nested Loop  (cost=0..9 rows=1 width=4) (actual time=5.0..5.0 rows=0 loops=1)\n"
        "  ->  Seq Scan on a  (cost=0..1 rows=1 width=4) (actual time=4.0..4.0 rows=0 loops=1)\n"
        "  ->  Seq Scan on b  (cost=0..1 rows=1 width=4) (never executed)\n"
    )
    assert owns(plan) == pytest.approx([1.0, 4.0, 0.0])
    assert plan.nodes[2].never_executed
    assert plan.nodes[2].factor is None


def test_without_times_steps_are_weighed_by_cost() -> None:
    plan = read_plan(
        "Sort  (cost=90.00..100.00 rows=9 width=4)\n  ->  Seq Scan on a  (cost=0.00..80.00 rows=9 width=4)"
    )
    assert plan.measure == "cost"
    assert plan.shares() == pytest.approx((0.2, 0.8))
    assert plan.total_ms is None


trees: st.SearchStrategy[tuple[int, list[object]]] = st.recursive(
    st.tuples(st.integers(0, 50_000), st.just([])),
    lambda below: st.tuples(st.integers(0, 50_000), st.lists(below, max_size=3)),
    max_leaves=25,
)


def written(tree: tuple[int, list[object]], depth: int = 0) -> tuple[list[str], int, list[int]]:
    """Write a tree of own microseconds as EXPLAIN does; give its lines, total, and own times."""
    own, below = tree
    lines: list[str] = []
    total, owned = own, [own]
    for each in below:
        deep, spent, further = written(each, depth + 1)  # type: ignore[arg-type]
        lines += deep
        total += spent
        owned += further
    lead = "" if not depth else " " * (6 * depth - 4) + "->  "
    figures = (
        f"(cost=0.00..1.00 rows=1 width=4) (actual time=0.000..{total / 1000:.3f} rows=1 loops=1)"
    )
    return [f"{lead}Seq Scan on t{depth}  {figures}", *lines], total, owned


@given(trees)
def test_own_times_of_any_tree_add_up_to_its_total(tree: tuple[int, list[object]]) -> None:
    lines, total, owned = written(tree)
    plan = read_plan("\n".join(lines))
    assert owns(plan) == pytest.approx([each / 1000 for each in owned], abs=1e-6)
    assert sum(owns(plan)) == pytest.approx(total / 1000, abs=1e-6)
