"""A sound pack becomes typed values, just as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.knowledge import (
    All,
    AnyOf,
    Compares,
    Is,
    Library,
    Not,
    Source,
    open_library,
)
from tests.core.knowledge.making import FILES, TREE, check, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(write_project(tmp_path)) as opened:
        yield opened


def test_the_small_pack_has_no_fault(tmp_path: Path) -> None:
    assert check(write_project(tmp_path)) == ()


def test_a_tree_is_read_with_its_ids_as_written(library: Library) -> None:
    tree = library.tree("tea")
    assert (tree.id, tree.version, tree.title, tree.first) == ("tea", 1, "Tea or coffee", "hour")
    assert tree.pack == "project"
    assert [question.id for question in tree.questions] == ["hour", "thirst"]
    hour = tree.questions[0]
    assert [option.id for option in hour.options] == ["yes", "no"]
    assert hour.options[0].note == "after noon"
    assert hour.unknown.assume == "no"
    assert hour.line == 17
    assert hour.sources == (
        Source("grey", "On tea", "Earl Grey", "ch. 2", "https://example.org/tea"),
    )


def test_readings_and_routes_carry_their_conditions(library: Library) -> None:
    hour, thirst = library.tree("tea").questions
    (witness,) = hour.witnesses
    assert witness.probe == "clock"
    assert [(reading.when, reading.answer) for reading in witness.readings] == [
        (Compares("clock.hour", "below", 12), "no"),
        (All((Compares("clock.hour", "at_least", 12), Compares("clock.hour", "below", 24))), "yes"),
    ]
    (route,) = thirst.routes
    assert (route.to, route.label) == ("water", "very late")
    assert route.when == AnyOf(
        (
            All((Is("thirst", ("some", "much")), Compares("clock.hour", "above", 22))),
            Not(Is("hour", ("yes",))),
        )
    )


def test_an_outcome_is_read_whole(library: Library) -> None:
    tea = library.tree("tea").find_outcome("tea")
    assert tea is not None
    assert tea.advice == "Make **tea**."
    assert tea.steps == ("Boil water", "Wait")
    assert tea.door == "two-way"
    assert str(tea.sources[0]) == "What we do (rule of thumb)"
    assert tea.references == ("drinks#tea",)
    assert [(action.open, action.argument) for action in tea.actions] == [
        ("library", "drinks#tea"),
        ("decide", "tea"),
    ]


def test_a_checklist_is_read_in_its_groups(library: Library) -> None:
    (group,) = library.checklist("kitchen").groups
    assert (group.id, group.title) == ("water", "Water")
    boiled, fresh = group.checks
    assert boiled.how == "Look for [steam](drinks#water)."
    assert boiled.sources[0].title == "On tea"
    assert (fresh.ask, fresh.why, fresh.how) == ("Is it fresh?", "Taste.", "")


def test_a_rule_is_read_with_the_names_that_others_give_it(library: Library) -> None:
    rule = library.rule("stale-water")
    assert (rule.severity, rule.also_known_as) == ("warning", ("old-water",))
    assert rule.fine_when == "Nobody drinks it."
    assert rule.sources[0].id == "grey"


def test_a_reference_is_read_with_the_lines_of_its_sections(library: Library) -> None:
    reference = library.reference("drinks")
    assert (reference.title, reference.summary) == ("Drinks", "What to drink, and when.")
    found = [(each.slug, each.level, each.line, each.end) for each in reference.sections]
    assert found == [
        ("all-drinks", 1, 9, 13),
        ("tea", 2, 13, 17),
        ("steeping", 3, 17, 21),
        ("water", 2, 21, 29),
    ]
    steeping = reference.section("steeping")
    assert steeping is not None
    assert steeping.title == "Steeping"
    assert reference.section("milk") is None


def test_values_of_measures_are_typed_as_yaml_1_2_types_them(tmp_path: Path) -> None:
    old = "{clock.hour: {below: 12}}"
    new = "{clock.hour: [true, 1.5, yes, 'true', text]}"
    tree = TREE.replace(old, new)
    with open_library(write_project(tmp_path, FILES | {"trees/tea.yaml": tree})) as library:
        reading = library.tree("tea").questions[0].witnesses[0].readings[0]
    assert reading.when == Is("clock.hour", (True, 1.5, "yes", "true", "text"))


def test_all_of_several_conditions_can_be_written_as_a_list(tmp_path: Path) -> None:
    tree = TREE.replace("{any: [{thirst", "{all: [{thirst")
    with open_library(write_project(tmp_path, FILES | {"trees/tea.yaml": tree})) as library:
        condition = library.tree("tea").questions[1].routes[0].when
    assert isinstance(condition, All)
    assert len(condition.parts) == 2
