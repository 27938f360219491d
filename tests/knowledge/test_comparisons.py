"""The bundled comparisons: every score reasoned and sourced, and where stories come out."""

from __future__ import annotations

from functools import cache

import pytest

from be_tui.core.comparisons import (
    WEIGHTINGS,
    Comparison,
    Stated,
    rank,
    sensitivity,
    weigh,
    with_must,
    with_weight,
)
from be_tui.core.comparisons.pages.cell import cited
from be_tui.core.knowledge import check_paths, open_library
from be_tui.core.locations import knowledge_dir
from be_tui.core.project import Profile

BUNDLED = (
    "api-style",
    "architecture",
    "build-or-buy",
    "database",
    "message-broker",
    "python-stack",
)
KEYS_ONLY = ("questions=1", "invariants=2", "change=2", "people=1", "leaving=0")
"""A few questions that are known and stay, asked by key."""

TEAMS = (
    *("teams=10", "scaling=10", "faults=9"),
    *("first=1", "change=1", "consistency=1", "operations=1"),
)
"""Many teams on borders that stay, with all that several services need in place."""


@cache
def bundled(comparison_id: str) -> Comparison:
    with open_library() as library:
        return library.comparison(comparison_id)


def winner(comparison_id: str, *said: str, profile: Profile | None = None) -> str:
    """Give who wins with weights (`writes=9`) and constraints (`no-server`) said."""
    comparison, stated = bundled(comparison_id), Stated()
    for each in said:
        criterion, equals, weight = each.partition("=")
        stated = (
            with_weight(stated, comparison, criterion, weight)
            if equals
            else with_must(stated, comparison, each, holds=True)
        )
    return rank(weigh(comparison, stated, profile))[0].option.id


def test_these_are_bundled() -> None:
    with open_library() as library:
        assert tuple(each.id for each in library.entries("comparison")) == BUNDLED


def test_they_have_no_fault_and_no_doubt() -> None:
    assert check_paths([f"{knowledge_dir()}/comparisons"]) == ()


@pytest.mark.parametrize("comparison_id", BUNDLED)
def test_every_score_has_its_reason_and_its_source(comparison_id: str) -> None:
    comparison = bundled(comparison_id)
    for option in comparison.options:
        assert [cell.criterion for cell in option.cells] == [
            criterion.id for criterion in comparison.criteria
        ], option.id
        for cell in option.cells:
            assert cell.estimate, (option.id, cell.criterion)
            assert cell.sources, (option.id, cell.criterion)
            assert len(cell.why.split()) > 2, (option.id, cell.criterion)
        assert option.risks, option.id
        assert option.future, option.id


@pytest.mark.parametrize("comparison_id", BUNDLED)
def test_every_source_can_be_found_or_says_that_it_is_practice(comparison_id: str) -> None:
    for source in cited(bundled(comparison_id)):
        assert source.url or source.rule_of_thumb or source.section, source.id


@pytest.mark.parametrize("comparison_id", BUNDLED)
def test_every_constraint_rules_somebody_out_and_leaves_somebody(comparison_id: str) -> None:
    comparison = bundled(comparison_id)
    for constraint in comparison.constraints:
        assert 0 < len(constraint.breaches) < len(comparison.options), constraint.id


@pytest.mark.parametrize("comparison_id", BUNDLED)
def test_no_single_criterion_decides_alone_and_every_option_has_a_point(comparison_id: str) -> None:
    comparison = bundled(comparison_id)
    total = sum(each.weight for each in comparison.criteria)
    assert all(each.weight < total / 3 for each in comparison.criteria)
    for option in comparison.options:
        values = weigh(comparison).row(option.id).values
        assert any(value.middle >= 0.5 for value in values), option.id


@pytest.mark.parametrize(
    ("comparison_id", "said", "expected"),
    [
        ("database", (), "postgresql"),
        ("database", ("no-server",), "sqlite"),
        ("database", ("write-regions",), "distributed-sql"),
        ("database", ("operations=10", "writes=10", *KEYS_ONLY), "dynamodb"),
        ("message-broker", (), "table"),
        ("message-broker", ("many-readers", "replay-month", "order=9", "volume=8"), "kafka"),
        ("message-broker", ("routing=10", "atomic=0", "operations=9"), "sqs"),
        ("api-style", (), "rest"),
        ("api-style", ("speed=10", "reach=2", "cache=0"), "grpc"),
        ("api-style", ("fit=10", "evolve=9", "guard=2", "cache=1"), "graphql"),
        ("architecture", (), "modular"),
        ("architecture", ("one-team",), "modular"),
        ("architecture", ("teams=10", "scaling=8", "faults=8", "first=3"), "few-services"),
        ("architecture", ("own-machines", *TEAMS), "microservices"),
        ("build-or-buy", (), "buy-behind"),
        ("build-or-buy", ("data-home",), "adopt"),
        ("build-or-buy", ("differ=10", "money=1", "focus=1", "safe=1", "soon=1"), "build"),
        ("python-stack", (), "django"),
        ("python-stack", ("sockets", "async=8", "batteries=2"), "fastapi"),
        ("python-stack", ("light=9", "batteries=3", "contract=1", "async=0"), "flask"),
    ],
)
def test_stories_come_out_where_a_senior_engineer_would(
    comparison_id: str, said: tuple[str, ...], expected: str
) -> None:
    assert winner(comparison_id, *said) == expected


def test_the_profile_moves_what_comes_out_in_the_way_it_says() -> None:
    database = bundled("database")
    hasty = weigh(database, None, Profile(favours="time-to-market"))
    raised = {each.criterion.id for each in hasty.weights if each.origin == "profile"}
    assert raised == {"questions", "people"}


@pytest.mark.parametrize("comparison_id", BUNDLED)
def test_shares_are_the_same_on_every_machine(comparison_id: str) -> None:
    matrix = weigh(bundled(comparison_id))
    for weightings in WEIGHTINGS:
        once = sensitivity(matrix, weightings, draws=500)
        assert once == sensitivity(matrix, weightings, draws=500)
        assert sum(each.share for each in once.shares) == pytest.approx(1)


def test_every_comparison_is_reached_from_an_outcome() -> None:
    with open_library() as library:
        trees = [library.tree(each.id) for each in library.entries("tree")]
    reached = {
        action.argument
        for tree in trees
        for outcome in tree.outcomes
        for action in outcome.actions
        if action.open == "compare"
    }
    assert reached == set(BUNDLED)
