"""What each step takes itself, against figures that others published for their plans.

The figures are those of explain.depesz.com and of pev2's own tests, which say of each plan what its
steps take. Only what the figures need is kept: steps, times, rows and loops.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from be_tui.core.plans import read_plan

if TYPE_CHECKING:
    from be_tui.core.plans import Node

NOT_TOLD = -1.0
"""Of a step whose figure was not published, or is of steps that are left out here."""


@dataclass(frozen=True, slots=True)
class Published:
    """A plan and what was said of it."""

    source: str
    steps: str
    """A line a step: how deep, its name, its actual time, rows, loops, and what it takes itself."""

    def text(self) -> str:
        """Give the plan as EXPLAIN writes it."""
        lines = []
        for depth, name, time, rows, loops, _ in self._rows():
            arrow = "" if depth == "0" else f"{'      ' * (int(depth) - 1)}  ->  "
            words = name.split("; ")
            deeper = " " * (len(arrow) + 2)
            lines.append(
                f"{arrow}{words[0]}  (cost=0.00..1.00 rows=1 width=4)"
                f" (actual time=0.001..{time} rows={rows} loops={loops})"
            )
            lines += [f"{deeper}{word}" for word in words[1:]]
        return "\n".join(lines) + "\n"

    def own(self) -> list[float]:
        """Give what was published for each step."""
        return [float(own) for *_, own in self._rows()]

    def _rows(self) -> list[list[str]]:
        return [[part.strip() for part in line.split("|")] for line in self.steps.split("\n")]


PLANS = (
    Published(
        "explain.depesz.com/s/KAY7",
        "0 | Hash Join | 167.096 | 146377 | 1 | 89.987\n"
        "1 | Seq Scan on a | 16.382 | 146377 | 1 | 16.382\n"
        "1 | Hash | 60.727 | 141834 | 1 | 29.688\n"
        "2 | Seq Scan on b | 31.039 | 141834 | 1 | 31.039",
    ),
    Published(
        "explain.depesz.com/s/UXWr",
        "0 | Sort | 6878.749 | 378373 | 1 | 935.315\n"
        "1 | Merge Left Join | 5943.434 | 378373 | 1 | 1002.078\n"
        "2 | Index Scan using i on a | 1123.451 | 313287 | 1 | 1123.451\n"
        "2 | Materialize | 3817.905 | 2067757 | 1 | 484.442\n"
        "3 | GroupAggregate | 3333.463 | 202074 | 1 | 228.347\n"
        "4 | Sort | 3105.116 | 355731 | 1 | -1",
    ),
    Published(
        "explain.depesz.com/s/IZvS",
        "0 | Hash Join | 157.418 | 400000 | 1 | 119.222\n"
        "1 | Seq Scan on a | 38.175 | 400000 | 1 | 38.175\n"
        "1 | Hash | 0.021 | 50 | 1 | 0.012\n"
        "2 | Seq Scan on b | 0.009 | 50 | 1 | 0.009",
    ),
    Published(
        "explain.depesz.com/s/1HTk",
        "0 | Hash Join | 1.439 | 127 | 1 | 0.393\n"
        "1 | Seq Scan on a | 0.853 | 1204 | 1 | 0.853\n"
        "1 | Hash | 0.193 | 127 | 1 | 0.028\n"
        "2 | Seq Scan on b | 0.165 | 127 | 1 | 0.165",
    ),
    Published(
        "explain.depesz.com/s/1o7m",
        "0 | Nested Loop | 0.474 | 30 | 1 | 0.047\n"
        "1 | Hash Join | 0.155 | 34 | 1 | 0.073\n"
        "2 | Seq Scan on a | 0.075 | 270 | 1 | 0.075\n"
        "2 | Hash | 0.007 | 3 | 1 | 0.002\n"
        "3 | Seq Scan on b | 0.005 | 3 | 1 | 0.005\n"
        "1 | Index Scan using i on c | 0.008 | 1 | 34 | -1",
    ),
    Published(
        "explain.depesz.com/s/t9ek",
        "0 | Nested Loop | 420.251 | 484 | 1 | 0.123\n"
        "1 | Seq Scan on a | 6.308 | 484 | 1 | 6.308\n"
        "1 | Unique | 0.855 | 1 | 484 | -1",
    ),
    Published(
        "explain.depesz.com/s/5Pd8",
        "0 | Subquery Scan on m | 0.244 | 6 | 1 | 0.001\n"
        "1 | Unique | 0.243 | 6 | 1 | 0.002\n"
        "2 | Sort | 0.241 | 8 | 1 | 0.026\n"
        "3 | Result | 0.215 | 8 | 1 | 0.001\n"
        "4 | Append | 0.214 | 8 | 1 | -1",
    ),
    Published(
        "pev2, 02-actual-duration-loops",
        "0 | Nested Loop | 10.198 | 34956 | 1 | 6.924\n"
        "1 | Seq Scan on t1 | 0.058 | 402 | 1 | 0.058\n"
        "1 | Materialize | 0.008 | 100 | 402 | 3.201\n"
        "2 | Seq Scan on t2 | 0.015 | 100 | 1 | 0.015",
    ),
    Published(
        "pev2, 04-actual-duration-parallel",
        "0 | Gather Merge; Workers Planned: 2; Workers Launched: 2 | 3805.404 | 10000000 | 1 | -1\n"
        "1 | Sort | 2020.558 | 3333333 | 3 | 1619.877\n"
        "2 | Parallel Seq Scan on t1 | 400.681 | 3333333 | 3 | 400.681",
    ),
    Published(
        "pev2, 05-parallel-gather-children",
        "0 | Gather Merge; Workers Planned: 2; Workers Launched: 2 | 1626.206 | 4 | 1 | -1\n"
        "1 | Partial GroupAggregate | 1617.546 | 2 | 3 | 1.793\n"
        "2 | Sort | 1615.753 | 10409 | 3 | -1",
    ),
    Published(
        "pev2, 05-parallel-launched-workers",
        "0 | Gather; Workers Planned: 24; Workers Launched: 7 | 1094.352 | 8 | 1 | -1\n"
        "1 | Nested Loop | 1072.781 | 125000 | 8 | -1\n"
        "2 | Parallel Seq Scan on t | 1.455 | 12500 | 8 | 1.455\n"
        "2 | Function Scan on generate_series j | 0.084 | 10 | 100000 | 1050",
    ),
    Published(
        "pev2, 05-parallel-children-loops",
        "0 | Gather; Workers Planned: 3; Workers Launched: 3 | 383125.490 | 367315 | 1 | -1\n"
        "1 | Nested Loop | 378991.611 | 30628 | 4 | -1\n"
        "2 | Nested Loop | 465.487 | 20339 | 4 | -1\n"
        "2 | Bitmap Heap Scan on golf | 18.601 | 2 | 81357 | -1\n"
        "3 | BitmapAnd | 15.192 | 0 | 81357 | -1\n"
        "4 | Bitmap Index Scan on echo | 1.009 | 16719 | 81357 | -1\n"
        "4 | Bitmap Index Scan on mike | 14.023 | 284399 | 81357 | 285217.303",
    ),
)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.source)
def test_a_step_takes_itself_what_others_say(plan: Published) -> None:
    found = read_plan(plan.text()).nodes
    said = plan.own()
    assert len(found) == len(said)
    for node, own in zip(found, said, strict=True):
        if own != NOT_TOLD:
            # Published to a thousandth, as are the times that it is the difference of.
            assert node.own_ms == pytest.approx(own, abs=0.002), node.operation


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.source)
def test_the_slowest_step_is_the_one_that_others_name(plan: Published) -> None:
    found = read_plan(plan.text()).nodes
    said = plan.own()
    told = [at for at, own in enumerate(said) if own != NOT_TOLD]
    assert max(told, key=lambda at: said[at]) == max(told, key=lambda at: _own(found[at]))


def _own(node: Node) -> float:
    return node.own_ms or 0.0


def test_a_subplan_that_is_run_for_each_row_is_taken_off() -> None:
    # Of Pg::Explain's tests: 4004.334 ms less 5,356 runs of 0.745 ms are 14.114 ms.
    plan = read_plan(
        "Seq Scan on folders a  (cost=0.00..1666.42 rows=5346 width=16)"
        " (actual time=0.225..4004.334 rows=5356 loops=1)\n"
        "  SubPlan 1\n"
        "    ->  Result  (cost=0.00..0.26 rows=1 width=0)"
        " (actual time=0.744..0.745 rows=1 loops=5356)\n"
    )
    assert plan.nodes[0].own_ms == pytest.approx(14.114)
