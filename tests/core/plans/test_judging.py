"""Each rule has its words, its detector, a plan where it is found, and one where it is not."""

# ruff: noqa: E501 (a line of a plan is long)

from __future__ import annotations

from pathlib import Path

import pytest

from be_tui.core.knowledge import open_library
from be_tui.core.plans import DETECTORS, Plan, Remark, findings, judge, read_plan
from tests.core.plans.judged import CASES, index, loops, mysql, node, scan, whole


def found(text: str, rule: str) -> list[Remark]:
    return [remark for remark in judge(read_plan(text)) if remark.rule == rule]


def rules_of(text: str) -> list[str]:
    return [remark.rule for remark in judge(read_plan(text))]


@pytest.mark.usefixtures("indexed")
def test_rules_and_detectors_are_paired_both_ways() -> None:
    with open_library() as library:
        rules = library.entries("rule")
        told = {entry.id for entry in rules if Path(entry.path).parent.name == "plans"}
    assert told == set(DETECTORS) == set(CASES)


@pytest.mark.parametrize("rule", CASES)
def test_a_fault_is_found_and_its_look_alike_is_not(rule: str) -> None:
    case = CASES[rule]
    (remark,) = found(case.found, rule)
    assert case.says in remark.message
    assert found(case.quiet, rule) == []


def test_a_detector_says_nothing_under_anothers_name() -> None:
    from be_tui.core.plans.judging.model import look_at

    for case in CASES.values():
        look = look_at(read_plan(case.found))
        for rule, detector in DETECTORS.items():
            assert {remark.rule for remark in detector(look)} <= {rule}


@pytest.mark.usefixtures("indexed")
def test_findings_have_the_words_of_their_rules_and_point_to_their_lines() -> None:
    plan = read_plan("\n\n" + CASES["plan-rows-removed"].found, "plan.txt")
    remarks = judge(plan)
    with open_library() as library:
        rules = {each.rule: library.rule(each.rule) for each in remarks}
    (finding,) = findings(plan, remarks, rules)
    assert str(finding.place) == "plan.txt:3"
    assert finding.severity == "warning"
    assert finding.fix is not None
    assert "Fine when: " in finding.why
    assert "database-patterns#rows-removed" in finding.references


def test_the_dearest_comes_first() -> None:
    text = (
        "Append  (cost=0.0..9.0 rows=2000 width=4) (actual time=0.0..100.0 rows=40 loops=1)\n"
        "  ->  Seq Scan on a  (cost=0.0..9.0 rows=20 width=4) (actual time=0.0..10.0 rows=20 loops=1)\n"
        "        Rows Removed by Filter: 9000\n"
        "  ->  Seq Scan on b  (cost=0.0..9.0 rows=20 width=4) (actual time=0.0..80.0 rows=20 loops=1)\n"
        "        Rows Removed by Filter: 9000\n"
    )
    first, second = found(text, "plan-rows-removed")
    assert ("on b" in first.message, "on a" in second.message) == (True, True)
    assert first.ms == 80.0
    assert first.share == pytest.approx(0.8)


def below_limit(operation: str) -> Plan:
    return read_plan(
        f"{operation}  (cost=0.0..9.0 rows=5 width=4) (actual time=0.0..9.0 rows=5 loops=1)\n"
        "  ->  Seq Scan on a  (cost=0.0..9.0 rows=9000 width=4) (actual time=0.0..9.0 rows=5 loops=1)"
    )


def test_rows_that_a_step_above_did_not_ask_for_are_not_missed() -> None:
    stopped, whole_ = (judge(below_limit(each)) for each in ("Limit", "WindowAgg"))
    assert [each.rule for each in stopped] == []
    assert [each.rule for each in whole_] == ["plan-estimate-off"]


def test_only_the_lowest_wrong_estimate_is_told() -> None:
    text = (
        "Sort  (cost=0.0..9.0 rows=5 width=4) (actual time=0.0..9.0 rows=900 loops=1)\n"
        "  ->  Seq Scan on a  (cost=0.0..9.0 rows=5 width=4) (actual time=0.0..9.0 rows=900 loops=1)"
    )
    (remark,) = found(text, "plan-estimate-off")
    assert remark.node == 1


def test_processes_at_once_are_no_loops() -> None:
    text = (
        "Gather  (cost=0.0..9.0 rows=5 width=4) (actual time=0.0..9.0 rows=5 loops=100)\n"
        "  Workers Planned: 2\n  Workers Launched: 2\n"
        "  ->  Seq Scan on a  (cost=0.0..9.0 rows=5 width=4) (actual time=0.0..0.1 rows=5 loops=300)"
    )
    assert "plan-costly-loops" not in rules_of(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (scan(0, 999), "plan-rows-removed"),
        (scan(100, 1_000).replace("rows=100", "rows=101"), "plan-rows-removed"),
        (index(250, 999), "plan-index-filter"),
        (scan(99, expected=1), "plan-estimate-off"),
        (loops(99, 1.0), "plan-costly-loops"),
        (mysql("ALL", 999, 1.0), "plan-full-scan"),
        (whole(0.4, 0.9), "plan-planning"),
        (node("Index Only Scan using i on t", "Heap Fetches: 99"), "plan-heap-fetches"),
    ],
)
def test_little_is_not_worth_a_word(text: str, rule: str) -> None:
    assert rule not in rules_of(text)


def test_mysql_trees_are_judged_by_the_filter_above_a_step() -> None:
    tree = (
        "-> Filter: (p.score > 10)  (cost=2.5 rows=9) (actual time=0.1..9.0 rows={} loops=1)\n"
        "    -> {} on p{}  (cost=2.5 rows=9000) (actual time=0.1..8.0 rows=9000 loops=1)"
    )
    assert "plan-full-scan" in rules_of(tree.format(90, "Table scan", ""))
    assert "plan-full-scan" not in rules_of(tree.format(8_000, "Table scan", ""))
    looked_up = tree.format(90, "Index lookup", " using i (a=1)")
    (remark,) = found(looked_up, "plan-index-filter")
    assert remark.message.endswith("8,910 are thrown away: (p.score > 10)")


def test_a_dependent_subquery_of_mysql_is_correlated() -> None:
    (remark,) = found(mysql("ref", 9, 100.0, kind="DEPENDENT SUBQUERY"), "plan-correlated")
    assert remark.message.startswith("DEPENDENT SUBQUERY 1 on p runs once for each row")


def test_a_trigger_of_ones_own_runs_rather_than_checks() -> None:
    (remark,) = found(whole(100, 1, "Trigger audit on posts: time=50 calls=7"), "plan-trigger")
    assert remark.message == "trigger audit on posts ran 7 times: 50 ms, 50 % of the time"
