"""Advice on a shop of 68 queries against the best index of each by brute force.

    python -m benchmarks.advice [--margin F]

Each query is asked about alone, then all of them together, also within budgets. Ends with exit
code 1 where a bound is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace

from be_tui.core.indexes import Limits, Question, Report, advise
from be_tui.core.whatif import Judge, Judged
from be_tui.core.workloads import Workload
from benchmarks.advice import shop
from benchmarks.bounds import Bounds, add_margin

NEAR = 1.2
FLOOR = 10.0
SAVED = 0.98
"""An advice is near where the query costs brute force's least times this, or so many units more; it
is right where it saves this part of what brute force saves: a little more is not worth the bytes
that brute force takes for it."""

RIGHT_SHARE = 0.95
"""Of the queries asked alone."""

ALL_RATIO = 2.0
"""How many times brute force's best of each query the workload may cost with the advice on all."""

BUDGETS = (50, 100, 200)
"""Megabytes."""

SECONDS = 30.0
"""CPU time of this process for all 68 together."""


def main() -> int:
    """Ask, compare, print; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.advice")
    add_margin(parser)
    bounds = Bounds(parser.parse_args().margin)
    answers = json.loads((shop.HERE / "answers.json").read_text(encoding="utf-8"))
    missed = _alone(answers) < len(answers) * RIGHT_SHARE
    missed |= _together(answers, bounds)
    print("missed a bound" if missed else "within all bounds")
    return int(missed)


def _question(workload: Workload, limits: Limits | None = None) -> Question:
    return Question(workload, shop.schema(), shop.TARGET, shop.statistics(), limits or Limits())


def _alone(answers: dict[str, dict[str, float]]) -> int:
    near = saved = 0
    with shop.judge() as judge:
        for work in shop.workload().works:
            report = advise(_question(Workload((replace(work, weight=1.0),))), judge)
            answer = answers[work.name]
            base, least = answer["base"], answer["least"]
            sketches = [each.sketch for each in report.advice]
            cost = judge.cost(work.text, sketches).cost
            is_near = cost <= max(least * NEAR, least + FLOOR)
            is_saved = is_near or base - cost >= (base - least) * SAVED
            near, saved = near + is_near, saved + is_saved
            size = report.size / max(answer["small_bytes"], 1)
            told = ", ".join(each.shape.removeprefix("CREATE INDEX ON ") for each in sketches)
            mark = "" if is_near else "dearer" if is_saved else "MISSED"
            print(
                f"{mark:<7}{work.name:<27} {base:>7,.0f} → {cost:>7,.1f}, best {least:>7,.1f},"
                f" {size:>5.1f}x its bytes  {told}"
            )
    print(f"within a fifth of the least cost: {near} of {len(answers)}")
    print(f"at least {SAVED:.0%} of the greatest saving: {saved} of {len(answers)}")
    return saved


def _together(answers: dict[str, dict[str, float]], bounds: Bounds) -> bool:
    workload = shop.workload()
    best = sum(answers[work.name]["least"] * work.weight for work in workload.works)
    base = sum(answers[work.name]["base"] * work.weight for work in workload.works)
    with shop.judge() as judge:
        began = time.process_time()
        report = advise(_question(workload), judge)
        seconds = time.process_time() - began
        cost = _cost(report, judge)
        print(
            f"all: {len(report.advice)} indexes, {report.size / 1e6:,.0f} MB, {seconds:.1f} s CPU"
        )
        print(f"  {base:,.0f} → {cost:,.0f}; best of each alone {best:,.0f}")
        print(f"  {cost / best:.2f} times the best of each; {len(report.slower)} queries slower")
        late = seconds * 1000 > bounds.of(SECONDS * 1000)
        missed = cost > best * ALL_RATIO or late or bool(report.slower)
        for megabytes in BUDGETS:
            told = advise(_question(workload, Limits(size=megabytes * 1_000_000)), judge)
            cost = _cost(told, judge)
            used = told.size / 1e6
            print(f"  {megabytes} MB: {len(told.advice)} indexes, {used:.0f} MB, {cost:,.0f}")
    return missed


def _cost(report: Report, judge: Judge) -> float:
    """Give what the workload costs as it is written, by weight."""
    sketches = [each.sketch for each in report.advice]
    found = judge.costs([work.text for work in report.queries], sketches)
    return sum(
        each.cost * work.weight
        for each, work in zip(found, report.queries, strict=True)
        if isinstance(each, Judged)
    )


if __name__ == "__main__":
    sys.exit(main())
