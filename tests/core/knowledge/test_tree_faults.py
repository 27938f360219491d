"""Each way to break a tree is told with its line, its column and what was expected."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from be_tui.core.knowledge import check_paths
from be_tui.core.knowledge.tree_checks import cycles
from tests.core.knowledge.making import FILES, TREE, changed, check, write_project


class Case(TypedDict):
    """One way to break the small tree, and all that is told about it."""

    case: str
    old: str
    new: str
    faults: list[str]


CASES: list[Case] = yaml.safe_load(Path(__file__).with_name("tree_faults.yaml").read_text("utf-8"))


def told(project: Path, tree: str) -> list[str]:
    write_project(project, FILES | {"trees/tea.yaml": tree})
    return [
        f"{each.place.line}:{each.place.column} {each.severity} {each.rule} {each.message}"
        for each in check(project)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_a_broken_tree_is_told_with_its_place(tmp_path: Path, case: Case) -> None:
    assert told(tmp_path, changed(case["old"], case["new"])) == case["faults"]


def test_all_faults_are_told_in_one_run(tmp_path: Path) -> None:
    tree = changed("first: hour", "first: our")
    tree = changed("version: 1", "version: new", tree)
    tree = changed("answer: no", "answer: never", tree)
    tree = changed("door: two-way", "dor: two-way", tree)
    assert [each.split()[2] for each in told(tmp_path, tree)] == [
        "pack-wrong-type",
        "tree-unknown-target",
        "tree-unknown-option",
        "pack-unknown-key",
    ]


def test_the_path_that_misses_a_question_is_shown(tmp_path: Path) -> None:
    mood = """\
questions:
  mood:
    ask: How are you?
    why: It sets the tone.
    options:
      good: {label: Good, to: hour}
      bad: {label: Bad, to: thirst}
    unknown: {assume: bad, price: none}
"""
    tree = changed("questions:\n", mood, changed("first: hour", "first: mood"))
    (fault,) = told(tmp_path, tree)
    assert "tree-unanswered" in fault
    assert fault.endswith("`hour` may not have been asked yet: mood → thirst")


def test_a_tree_may_be_deeper_than_any_stack_and_wider_than_a_screen() -> None:
    deep = {str(n): (str(n + 1),) for n in range(5_000)} | {"5000": ()}
    assert cycles(deep) == ()
    assert len(cycles({**deep, "5000": ("0",)})) == 1
    diamonds: dict[str, tuple[str, ...]] = {}
    for n in range(200):
        diamonds |= {f"a{n}": (f"b{n}", f"c{n}"), f"b{n}": (f"a{n + 1}",), f"c{n}": (f"a{n + 1}",)}
    start = time.process_time()
    assert cycles({**diamonds, "a200": ()}) == ()
    assert time.process_time() - start < 1


def test_measures_and_screens_are_left_alone_where_nobody_knows_them(tmp_path: Path) -> None:
    tree = TREE.replace("clock.hour", "sun.hour").replace("open: library", "open: moon")
    write_project(tmp_path, FILES | {"trees/tea.yaml": tree})
    assert check_paths([tmp_path / ".be-tui"]) == ()
