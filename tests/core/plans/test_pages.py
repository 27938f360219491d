"""A plan as it is read in a terminal."""

# ruff: noqa: E501 (a line of a plan is long)

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import to_text
from be_tui.core.document.cells import width
from be_tui.core.knowledge import open_library
from be_tui.core.plans import (
    DETECTORS,
    judge,
    plan_json,
    plan_page,
    read_plan,
    step_lines,
    step_page,
)
from be_tui.core.plans.figures import count, duration, kilobytes, percent, short, times
from tests.core.plans.making import REAL
from tests.core.plans.test_reading import TREE

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.knowledge import Rule

FILES = sorted(path for path in REAL.rglob("*") if path.is_file())


@pytest.fixture
def rules(indexed: None) -> dict[str, Rule]:
    """Give the words of every rule about plans."""
    del indexed
    return _rules()


@cache
def _rules() -> dict[str, Rule]:
    with open_library() as library:
        return {rule: library.rule(rule) for rule in DETECTORS}


def page(text: str, rules: dict[str, Rule], cells: int = 80) -> str:
    plan = read_plan(text)
    return to_text(plan_page(plan, judge(plan), rules, cells), cells)


def steps_of(text: str) -> list[str]:
    return text.split("\nSteps\n─────\n\n")[1].rstrip("\n").split("\n")


def test_the_dearest_step_is_told_first_then_why_then_every_step(rules: dict[str, Rule]) -> None:
    text = page(TREE, rules)
    assert text.index("Dearest step: Index lookup") < text.index("What costs") < text.index("Steps")
    assert "1. 74 % Index lookup on p using posts_user runs 600 times" in " ".join(text.split())
    assert steps_of(text)[:6] == [
        "own time          rows est→seen        step",
        "  9.7 ms █░░░░░░░ ?→10                 [2] Sort",
        "    5 ms █░░░░░░░ 4,900→9,000          └ Nested loop inner join",
        "  0.4 ms ░░░░░░░░ 200→600       ↑3.0×    └ Filter",
        "  1.1 ms ░░░░░░░░ 2,000→2,000              └ [3] Table scan on u",
        "   45 ms ██████░░ 25→15                  └ [1] Index lookup on p using posts_us…",
    ]


@pytest.mark.parametrize("cells", [80, 132])
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_line_of_any_plan_is_wider_than_asked(
    path: Path, cells: int, rules: dict[str, Rule]
) -> None:
    text = page(path.read_text(encoding="utf-8"), rules, cells)
    assert max(map(width, text.splitlines())) <= cells


def test_a_rule_is_explained_once_however_often_it_is_broken(rules: dict[str, Rule]) -> None:
    scan = "  ->  Seq Scan on {}  (cost=0.0..9.0 rows=9 width=4) (actual time=0.0..9.0 rows=9 loops=1)\n"
    removed = "        Rows Removed by Filter: 90000\n"
    top = "Append  (cost=0.0..9.0 rows=9 width=4) (actual time=0.0..30.0 rows=18 loops=1)\n"
    text = page(top + scan.format("a") + removed + scan.format("b") + removed, rules)
    assert text.count("throws away") == 2
    assert text.count("Why: ") == 1


def test_nothing_wrong_is_said_in_words(rules: dict[str, Rule]) -> None:
    text = page(
        "Result  (cost=0.0..1.0 rows=1 width=4) (actual time=0.0..0.1 rows=1 loops=1)", rules
    )
    assert "Nothing stands out." in text


def test_a_plan_that_was_not_run_says_so_and_shows_costs(rules: dict[str, Rule]) -> None:
    text = page("Seq Scan on t  (cost=0.00..25000.00 rows=9 width=8)", rules)
    assert "not run: figures are the planner's" in text
    assert steps_of(text) == [
        "own cost          rows est.            step",
        "     25k ████████ 9                    Seq Scan on t",
    ]


def test_sqlite_has_steps_without_figures(rules: dict[str, Rule]) -> None:
    text = page("QUERY PLAN\n|--SCAN u\n`--USE TEMP B-TREE FOR ORDER BY", rules)
    assert steps_of(text) == ["step", "[1] SCAN on u", "[2] USE TEMP B-TREE FOR ORDER BY"]
    assert "Dearest" not in text


def test_depth_leaves_room_for_the_step(rules: dict[str, Rule]) -> None:
    lines = (" " * (6 * n) + "->  Limit  (cost=0.0..1.0 rows=1 width=4)" for n in range(60))
    assert all("Limit" in line for line in steps_of(page("\n".join(lines), rules))[1:])


def test_what_a_terminal_would_obey_is_shown(rules: dict[str, Rule]) -> None:
    text = page('[{"Plan": {"Node Type": "Seq Scan", "Relation Name": "a\\u001b[2Jb"}}]', rules)
    assert "\x1b" not in text


def test_the_json_form_has_every_figure() -> None:
    plan = read_plan(TREE)
    form = plan_json(plan, judge(plan))
    nodes = form["nodes"]
    assert isinstance(nodes, list)
    first = nodes[0]
    assert isinstance(first, dict)
    assert (first["title"], first["parent"]) == ("Sort", -1)
    assert first["own_ms"] == pytest.approx(9.7)
    assert first["share"] == pytest.approx(9.7 / 61.2, rel=1e-4)


def test_figures_are_short() -> None:
    assert [short(each) for each in (0.25, 812, 9_999, 12_345, 999_600, 4_100_000, 2e9)] == [
        *("0.25", "812", "9,999", "12.3k", "1,000k", "4.1M", "2G"),
    ]
    assert [duration(each) for each in (0.0123, 25.34, 3_210, 245_000)] == [
        *("0.012 ms", "25.3 ms", "3.21 s", "4 min 5 s"),
    ]
    assert (percent(0.001), percent(0), percent(0.984)) == ("<1 %", "0 %", "98 %")
    assert (times(0.01), times(2.5), times(84)) == ("100 times", "2.5 times", "84 times")
    assert (kilobytes(90), kilobytes(30_000), count(0.25)) == ("90 kB", "29.3 MB", "0.25")


def test_a_step_is_told_with_its_figures_conditions_and_remarks(rules: dict[str, Rule]) -> None:
    plan = read_plan(TREE)
    remarks = judge(plan)
    numbers = {node.operation: node.number for node in plan.nodes}
    text = to_text(step_page(plan, numbers["Index lookup"], remarks, rules), 80)
    assert text.startswith("Index lookup on p using posts_user")
    assert "own time      45 ms, 74 % of all" in text
    assert "rows seen     15 a loop in 600 loops" in text
    assert "runs 600 times" in text
    assert "Next:" in text
    quiet = to_text(step_page(plan, numbers["Filter"], remarks, rules), 80)
    assert "3.0 times more than expected" in quiet
    assert "Next:" not in quiet


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_step_of_every_real_plan_can_be_told(path: Path, rules: dict[str, Rule]) -> None:
    plan = read_plan(path.read_text(encoding="utf-8"))
    remarks = judge(plan)
    assert len(step_lines(plan, remarks, 80)) == len(plan.nodes) + 1
    for node in plan.nodes:
        assert to_text(step_page(plan, node.number, remarks, rules), 80).strip()
