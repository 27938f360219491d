"""Plans that real servers wrote; `making.py` has the queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.plans import Node, Plan, judge, read_plan
from tests.core.plans.making import (
    FORMS,
    MAJORS,
    MARIADB_CASES,
    POSTGRES_CASES,
    REAL,
    SQLITE_CASES,
)

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(path for path in REAL.rglob("*") if path.is_file())
POSTGRES = [(major, name) for major in MAJORS for name in POSTGRES_CASES]


def read(path: Path) -> Plan:
    return read_plan(path.read_text(encoding="utf-8"), path.name)


def postgres(major: str, name: str, end: str = "txt") -> Plan:
    return read(REAL / f"postgresql-{major}" / f"{name}.{end}")


def remarked(plan: Plan) -> dict[str, str]:
    return {remark.rule: remark.message for remark in judge(plan)}


def shape(node: Node) -> tuple[object, ...]:
    """Give what does not differ from one run to the next."""
    seen = node.actual and (node.actual.rows, node.actual.loops)
    conditions = [each for each in node.conditions if each.kind != "Output"]
    told = (node.estimate, seen, node.never_executed, node.removed, node.workers)
    counts = (node.heap_fetches, node.index_searches, node.lossy_blocks, node.exact_blocks)
    names = (node.operation, node.relation, node.alias, node.index, node.role, node.name)
    return (node.number, node.parent, node.depth, *names, conditions, *told, *counts)


def test_every_case_has_its_files() -> None:
    made = {
        f"postgresql-{major}/{name}.{end}" for major, name in POSTGRES for end in FORMS.values()
    }
    made |= {f"sqlite/{name}{end}" for name in SQLITE_CASES for end in (".txt", ".rows.txt")}
    made |= {f"mariadb-10.11/{name}.{end}" for name in MARIADB_CASES for end in ("json", "tsv")}
    assert {str(path.relative_to(REAL)) for path in FILES} == made


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_plan_is_read_whole(path: Path) -> None:
    plan = read(path)
    assert plan.cut is None
    assert plan.engine == path.parent.name.partition("-")[0]
    for node in plan.nodes:
        assert node.parent < node.number
        assert node.depth == (plan.nodes[node.parent].depth + 1 if node.parent >= 0 else 0)
        assert node.line > 0
    lines = [node.line for node in plan.nodes]
    assert plan.form == "xml" or lines == sorted(lines)


@pytest.mark.parametrize(("major", "name"), POSTGRES)
def test_the_four_forms_of_postgresql_say_the_same(major: str, name: str) -> None:
    text = postgres(major, name)
    for form in ("json", "yaml", "xml"):
        other = postgres(major, name, form)
        assert other.form == form
        assert list(map(shape, other.nodes)) == list(map(shape, text.nodes))
        assert [bool(each.constraint) for each in other.triggers] == [
            bool(each.constraint) for each in text.triggers
        ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_all_steps_take_themselves_is_what_the_whole_takes(path: Path) -> None:
    plan = read(path)
    if plan.measure != "time":
        return
    own = sum(node.own_ms or 0.0 for node in plan.nodes)
    top = plan.nodes[0].total_ms
    assert top is not None
    # Figures are rounded to a microsecond, and a loop's average is multiplied.
    loops = max(node.actual.loops for node in plan.nodes if node.actual)
    assert own == pytest.approx(top, abs=0.001 * loops * len(plan.nodes) + 0.02)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pages_of_all_steps_add_up(path: Path) -> None:
    plan = read(path)
    if plan.nodes[0].buffers is None:
        return
    own = sum(node.own_buffers.touched for node in plan.nodes if node.own_buffers)
    assert own == plan.nodes[0].buffers.touched


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("filter", "plan-rows-removed"),
        ("sort-spill", "plan-sort-spill"),
        ("hash-spill", "plan-hash-spill"),
        ("hash-aggregate-spill", "plan-store-spill"),
        ("lossy-bitmap", "plan-lossy-bitmap"),
        ("correlated", "plan-index-filter"),
        ("trigger", "plan-trigger"),
        ("heap-fetches", "plan-heap-fetches"),
        ("estimate-off", "plan-estimate-off"),
        ("never-executed", "plan-never-executed"),
    ],
)
def test_what_a_query_was_made_for_is_found(major: str, name: str, rule: str) -> None:
    assert rule in remarked(postgres(major, name))


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize("name", ["initplan", "parallel", "recursive-window", "memoize"])
def test_nothing_is_said_of_plans_without_fault(major: str, name: str) -> None:
    assert remarked(postgres(major, name)) == {}


def test_postgresql_18_tells_searches_and_fractions() -> None:
    plan = postgres("18", "memoize")
    searched = [node for node in plan.nodes if node.index_searches is not None]
    assert searched
    assert searched[0].cache is None
    assert next(node.cache for node in plan.nodes if node.cache).misses == 30


def test_mariadb_measures_steps_alone() -> None:
    plan = read(REAL / "mariadb-10.11" / "join-sort.json")
    assert [node.operation for node in plan.nodes] == [
        "Query block",
        "Sort",
        "Temporary table",
        "ALL",
        "ref",
    ]
    inner = plan.nodes[-1]
    assert plan.shares()[-1] > 0.9
    assert inner.actual is not None
    assert inner.actual.loops == 666
    assert inner.actual_passing == pytest.approx(0.0015015)


def test_mariadb_tells_the_same_tables_in_its_table() -> None:
    for name in MARIADB_CASES:
        deep, flat = (read(REAL / "mariadb-10.11" / f"{name}.{end}") for end in ("json", "tsv"))
        assert flat.engine == "mariadb"
        told = [(node.relation, node.operation) for node in deep.nodes if node.relation]
        assert [(node.relation, node.operation) for node in flat.nodes] == told


def test_sqlite_rows_are_its_tree() -> None:
    for name in SQLITE_CASES:
        tree, rows = (read(REAL / "sqlite" / f"{name}{end}") for end in (".txt", ".rows.txt"))
        assert rows.form == "rows"
        assert list(map(shape, tree.nodes)) == list(map(shape, rows.nodes))
