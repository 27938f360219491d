from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.knowledge.conditions import (
    COMPARISONS,
    All,
    AnyOf,
    Compares,
    Condition,
    Is,
    Not,
    holds,
    is_measure,
    names,
    words,
)

if TYPE_CHECKING:
    from be_tui.core.evidence import Value

KNOWN: dict[str, Value] = {
    "bottleneck": "database",
    "tests.functions": 12.0,
    "stack.cache": True,
    "stack.database": "PostgreSQL",
}

YES = Is("bottleneck", ("database",))
NO = Is("bottleneck", ("network",))
A = Is("a", ("b",))
OPEN = Is("never-asked", ("x",))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (YES, True),
        (NO, False),
        (OPEN, None),
        (Is("bottleneck", ("network", "database")), True),
        (Is("stack.cache", (True,)), True),
        (Is("stack.cache", (1.0,)), False),
        (Is("stack.database", ("postgresql",)), True),
        (Compares("tests.functions", "below", 12), False),
        (Compares("tests.functions", "at_most", 12), True),
        (Compares("tests.functions", "at_least", 12), True),
        (Compares("tests.functions", "above", 12), False),
        (Compares("tests.files", "above", 12), None),
        (All((YES, OPEN)), None),
        (All((NO, OPEN)), False),
        (All((OPEN, NO)), False),
        (AnyOf((YES, OPEN)), True),
        (AnyOf((OPEN, YES)), True),
        (AnyOf((NO, OPEN)), None),
        (AnyOf((NO, NO)), False),
        (Not(YES), False),
        (Not(OPEN), None),
    ],
)
def test_a_condition_holds_does_not_or_cannot_be_told(
    condition: Condition, *, expected: bool | None
) -> None:
    assert holds(condition, KNOWN.get) is expected


@pytest.mark.parametrize("name", ["stack.cache", "stack.database"])
@pytest.mark.parametrize("comparison", COMPARISONS)
def test_text_and_truth_do_not_compare_to_a_number(name: str, comparison: str) -> None:
    assert comparison in COMPARISONS
    assert holds(Compares(name, comparison, 1), KNOWN.get) is None


def test_names_come_once_each_in_their_order() -> None:
    condition = All((AnyOf((NO, OPEN)), Not(YES), Compares("tests.functions", "below", 1)))
    assert names(condition) == ("bottleneck", "never-asked", "tests.functions")


def test_a_name_with_a_dot_is_a_measure() -> None:
    assert is_measure("tests.functions")
    assert not is_measure("tests")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Is("bottleneck", ("database", "network")), "bottleneck is database or network"),
        (Is("stack.cache", (False,)), "stack.cache is false"),
        (Is("stack.cache", (2.0,)), "stack.cache is 2"),
        (Compares("coverage.lines", "at_least", 79.5), "coverage.lines at least 79.5"),
        (All((YES, OPEN)), "bottleneck is database and never-asked is x"),
        (AnyOf((All((YES, OPEN)), A)), "(bottleneck is database and never-asked is x) or a is b"),
        (All((AnyOf((YES, OPEN)), A)), "(bottleneck is database or never-asked is x) and a is b"),
        (Not(AnyOf((YES, OPEN))), "not (bottleneck is database or never-asked is x)"),
        (Not(NO), "not bottleneck is network"),
    ],
)
def test_a_condition_can_be_said_in_a_few_words(condition: Condition, expected: str) -> None:
    assert words(condition) == expected


_LEAVES: st.SearchStrategy[Condition] = st.builds(
    Is, st.sampled_from("abc"), st.lists(st.sampled_from("xyz"), min_size=1).map(tuple)
)
CONDITIONS = st.recursive(
    _LEAVES,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(All, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
ANSWERS = st.fixed_dictionaries({name: st.sampled_from("xyz") for name in "abc"})


@given(CONDITIONS, ANSWERS, st.sets(st.sampled_from("abc")))
def test_what_is_told_from_part_of_the_answers_is_told_from_all(
    condition: Condition, answers: dict[str, str], hidden: set[str]
) -> None:
    partly = {name: value for name, value in answers.items() if name not in hidden}
    early = holds(condition, partly.get)
    assert early is None or early is holds(condition, answers.get)


@given(CONDITIONS, ANSWERS)
def test_a_condition_is_settled_once_all_its_names_are_known(
    condition: Condition, answers: dict[str, str]
) -> None:
    assert holds(condition, answers.get) is not None
    assert set(names(condition)) <= set(answers)
