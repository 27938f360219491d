"""Each kind of question is read in its own form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.knowledge import open_library
from be_tui.core.knowledge.model import NONE, ticked, ticks, within
from tests.core.knowledge.making import FILES, changed, check, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.knowledge import Question

CHOICE = """\
    options:
      some: {label: Some, to: tea}
      much: {label: Much, to: tea}
    routes:
      - when: {any: [{thirst: [some, much], clock.hour: {above: 22}}, {not: {hour: yes}}]}
        to: water
        label: very late
    unknown: {assume: some, price: a cup}
"""


def thirst(project: Path, form: str) -> Question:
    """Give the question as it is read in another form."""
    write_project(project, FILES | {"trees/tea.yaml": changed(CHOICE, form)})
    assert [each.message for each in check(project)] == []
    with open_library(project) as library:
        return library.tree("tea").questions[1]


def test_yes_and_no_lead_on_in_short_or_with_words(tmp_path: Path) -> None:
    form = """\
    kind: yes-no
    yes: tea
    no: {label: Not a bit, note: not one cup, to: water}
    unknown: {assume: yes, price: a cup}
"""
    question = thirst(tmp_path, form)
    told = [(each.id, each.label, each.note, each.to) for each in question.options]
    assert told == [("yes", "Yes", "", "tea"), ("no", "Not a bit", "not one cup", "water")]
    assert question.kind == "yes-no"


def test_bands_without_a_label_are_named_by_their_bounds(tmp_path: Path) -> None:
    form = """\
    kind: number
    unit: cups
    at_least: 1
    at_most: 2000
    evidence:
      - probe: clock
        readings:
          - {takes: clock.hour, says: a cup an hour}
          - {takes: clock.hour, when: {clock.hour: {below: 3}}, says: an early cup}
          - {when: {clock.hour: {below: 3}}, answer: few, says: early}
    options:
      few: {below: 5, to: tea}
      some: {label: A trolley, below: 1000, note: a small one, to: tea}
      many: {to: water}
    unknown: {assume: few, price: a cup}
"""
    question = thirst(tmp_path, form)
    told = [(each.label, each.note, each.below) for each in question.options]
    assert told == [
        ("Under 5", "", 5),
        ("A trolley", "a small one", 1000),
        ("1,000 or more", "", None),
    ]
    assert (question.unit, question.at_least, question.at_most) == ("cups", 1, 2000)
    takes = [each.takes for each in question.witnesses[0].readings]
    assert takes == ["clock.hour", "clock.hour", ""]


def test_a_duration_is_written_with_whatever_unit_is_plain(tmp_path: Path) -> None:
    form = """\
    kind: duration
    unit: s
    at_most: 1 h
    options:
      short: {below: 200 ms, to: tea}
      middling: {below: 90, to: tea}
      long: {to: water}
    unknown: {assume: short, price: a cup}
"""
    question = thirst(tmp_path, form)
    assert [each.below for each in question.options] == [0.2, 90, None]
    assert [each.label for each in question.options] == [
        "Under 200 ms",
        "200 ms to 1.5 min",
        "1.5 min or more",
    ]
    assert question.at_most == 3600


def test_what_is_ticked_leads_by_routes_and_otherwise(tmp_path: Path) -> None:
    form = """\
    kind: several
    otherwise: tea
    evidence:
      - probe: clock
        readings:
          - {when: {clock.hour: {below: 12}}, answer: [dry, hot], says: it is early}
          - {when: {clock.hour: {below: 13}}, answer: none, says: it is noon}
    options:
      hot: {label: It is hot}
      dry: {label: The air is dry, note: under 30 %}
    routes:
      - {when: {thirst: [hot, none]}, to: water, label: hot or nothing}
    unknown: {assume: [hot, dry], price: a cup}
"""
    question = thirst(tmp_path, form)
    assert [each.id for each in question.answers] == ["none", "hot", "dry", "hot,dry"]
    assert {each.to for each in question.answers} == {"tea"}
    assumed = question.option(question.unknown.assume)
    assert assumed
    assert assumed.label == "It is hot and the air is dry"
    readings = question.witnesses[0].readings
    assert [question.option(each.answer) for each in readings] == [
        question.answers[3],
        question.answers[0],
    ]


def test_ticks_are_told_apart_and_put_together() -> None:
    assert ticks("a,b") == ("a", "b")
    assert ticked(("a", "b")) == "a,b"
    assert ticked(()) == NONE


def test_a_label_within_a_sentence_begins_small_unless_it_is_a_name_in_capitals() -> None:
    assert within("Slow reads") == "slow reads"
    assert within("API calls") == "API calls"
    assert within("I see it") == "I see it"
    assert within("") == ""


def test_tables_and_orders_are_read_and_questions_hold_the_tables_that_they_lead_to(
    tmp_path: Path,
) -> None:
    form = """\
    options:
      some: {label: Some, to: size}
      much: {label: Much, to: tea}
    unknown: {assume: some, price: a cup}
tables:
  size:
    title: By the hour
    rules:
      - {when: {hour: yes, clock.hour: {above: 22}}, to: water, label: late, over: [noon]}
      - {when: {clock.hour: {above: 12}}, to: noon, label: noon}
    otherwise: {to: tea}
  noon:
    title: By nothing
    rules:
      - {when: {clock.hour: 13}, to: water, label: one}
    otherwise: {label: any other, to: tea}
monotonic:
  - {question: thirst, says: more thirst never speaks for water, never_towards: [water]}
  - {question: thirst, says: the more the better, along: [water, tea]}
"""
    write_project(tmp_path, FILES | {"trees/tea.yaml": changed(CHOICE, form)})
    assert [each.message for each in check(tmp_path)] == []
    with open_library(tmp_path) as library:
        tree = library.tree("tea")
    size = tree.find_table("size")
    assert size
    assert [(rule.label, rule.to, rule.over) for rule in size.rules] == [
        ("late", "water", ("noon",)),
        ("noon", "noon", ()),
    ]
    assert (size.otherwise.label, size.otherwise.to) == ("otherwise", "tea")
    assert [[table.id for table in each.tables] for each in tree.questions] == [
        [],
        ["size", "noon"],
    ]
    never, along = tree.monotonic
    assert (never.never_towards, along.along) == (("water",), ("water", "tea"))
    assert along.says == "the more the better"


def test_what_can_be_ticked_stands_in_no_order(tmp_path: Path) -> None:
    form = """\
    kind: several
    otherwise: tea
    options: {hot: {label: Hot}, dry: {label: Dry}}
    routes: [{when: {thirst: hot}, to: water, label: hot}]
    unknown: {assume: none, price: a cup}
monotonic:
  - {question: thirst, says: so, never_towards: [tea]}
"""
    write_project(tmp_path, FILES | {"trees/tea.yaml": changed(CHOICE, form)})
    (message,) = [each.message for each in check(tmp_path)]
    assert message == (
        "monotonic[0]: question: the options of `thirst` stand in no order,"
        " for several can be ticked"
    )
