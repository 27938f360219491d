"""Two plans of one query, step by step."""

from __future__ import annotations

import pytest

from be_tui.core.document import to_text
from be_tui.core.plans import compare, compared_json, compared_page, read_plan
from tests.core.plans.making import MAJORS, POSTGRES_CASES, REAL

FIGURES = "(cost=0.0..9.0 rows=9 width=4) (actual time=0.0..{ms} rows=9 loops=1)"


def step(said: str, ms: float, depth: int = 0) -> str:
    lead = " " * (6 * depth - 4) + "->  " if depth else ""
    return f"{lead}{said}  {FIGURES.format(ms=ms)}"


def plan(*steps: tuple[str, float, int]) -> str:
    return "\n".join(step(*each) for each in steps)


BEFORE = plan(
    ("Limit", 100.0, 0),
    ("Sort", 99.0, 1),
    ("Hash Join", 80.0, 2),
    ("Seq Scan on posts p", 70.0, 3),
    ("Hash", 5.0, 3),
    ("Seq Scan on users u", 4.0, 4),
)
AFTER = plan(
    ("Limit", 1.0, 0),
    ("Nested Loop", 0.9, 1),
    ("Index Scan using posts_created on posts p", 0.5, 2),
    ("Seq Scan on users u", 0.2, 2),
)


def told(before: str, after: str) -> list[tuple[str, str, tuple[str, ...]]]:
    compared = compare(read_plan(before), read_plan(after))
    found = []
    for pair in compared.pairs:
        old = compared.before.nodes[pair.before].operation if pair.before >= 0 else ""
        new = compared.after.nodes[pair.after].operation if pair.after >= 0 else ""
        found.append((old, new, pair.changes))
    return found


def test_steps_are_matched_by_what_they_read() -> None:
    # The hash that fed the join has gone; its table is now read by the join itself.
    index = ("Seq Scan → Index Scan", "no index → posts_created")
    assert told(BEFORE, AFTER) == [
        ("Limit", "Limit", ()),
        ("Hash Join", "Nested Loop", ("Hash Join → Nested Loop",)),
        ("Seq Scan", "Index Scan", index),
        ("Seq Scan", "Seq Scan", ()),
        ("Sort", "", ()),
        ("Hash", "", ()),
    ]


def test_a_step_that_came_stands_in_its_place() -> None:
    backwards = told(AFTER, BEFORE)
    assert [new for old, new, _ in backwards if not old] == ["Sort", "Hash"]


def test_a_condition_that_changed_is_told() -> None:
    before = step("Seq Scan on t", 9.0) + "\n  Filter: (a = 1)"
    after = step("Seq Scan on t", 9.0) + "\n  Filter: (a = 2)"
    assert told(before, after) == [
        ("Seq Scan", "Seq Scan", ("Filter: (a = 1) → (a = 2)",)),
    ]


def test_a_table_that_is_joined_elsewhere_has_moved() -> None:
    tables = ("Seq Scan on a", "Seq Scan on b", "Seq Scan on c")
    joined = [("Append", 9.0, 0), ("Sort", 5.0, 1), (tables[0], 1.0, 2), (tables[1], 1.0, 2)]
    joined += [("Unique", 3.0, 1), (tables[2], 1.0, 2)]
    moved = [joined[0], joined[1], joined[2], joined[4], joined[3], joined[5]]
    (change,) = [changes for _, _, changes in told(plan(*joined), plan(*moved)) if changes]
    assert change == ("moved below Unique",)


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize("name", POSTGRES_CASES)
def test_a_plan_is_the_same_as_itself_in_another_form(major: str, name: str) -> None:
    folder = REAL / f"postgresql-{major}"
    text, other = (
        read_plan((folder / f"{name}.{end}").read_text(encoding="utf-8")) for end in ("txt", "json")
    )
    compared = compare(text, other)
    assert compared.same
    assert [pair.before for pair in compared.pairs] == [node.number for node in text.nodes]


@pytest.mark.parametrize("name", POSTGRES_CASES)
def test_each_step_of_both_plans_comes_once(name: str) -> None:
    old, new = (
        read_plan((REAL / f"postgresql-{major}" / f"{name}.txt").read_text(encoding="utf-8"))
        for major in MAJORS
    )
    pairs = compare(old, new).pairs
    assert sorted(pair.before for pair in pairs if pair.before >= 0) == list(range(len(old.nodes)))
    assert [pair.after for pair in pairs if pair.after >= 0] == list(range(len(new.nodes)))


def test_the_page_tells_time_and_rows_before_and_after() -> None:
    compared = compare(read_plan(BEFORE), read_plan(AFTER))
    text = to_text(compared_page(compared))
    assert "100 ms → 1 ms: 100 times faster. Steps: 2 changed, 2 went." in text
    assert "~ 70 ms → 0.5 ms      9 → 9" in text
    assert "no index → posts_created" in text
    assert "- 19 ms → -" in text
    backwards = to_text(compared_page(compare(read_plan(AFTER), read_plan(BEFORE))))
    assert "100 times slower" in backwards
    assert "+ - → 19 ms" in backwards
    assert all(len(line) <= 80 for line in (text + backwards).splitlines())


def test_the_page_of_the_same_plan_says_so() -> None:
    compared = compare(read_plan(BEFORE), read_plan(BEFORE))
    assert "about the same. The steps are the same." in to_text(compared_page(compared))


def test_plans_that_were_not_run_are_compared_by_cost() -> None:
    before = "Seq Scan on t  (cost=0.00..25000.00 rows=9 width=8)"
    after = "Index Scan using i on t  (cost=0.00..8.00 rows=9 width=8)"
    compared = compare(read_plan(before), read_plan(after))
    text = to_text(compared_page(compared))
    assert "own cost" in text
    assert "25k → 8" in text
    told_ = compared_json(compared)
    assert (told_["before_ms"], told_["same"]) == (None, False)


def test_zero_is_compared_with_nothing() -> None:
    still = step("Result", 0.0)
    assert "not to be compared" in to_text(
        compared_page(compare(read_plan(still), read_plan(BEFORE)))
    )
