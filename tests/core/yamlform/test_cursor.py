"""A decoder says what it needs; what is missing, wrong or never asked for is told by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from be_tui.core.yamlform import Cursor, Faults, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable


def reading(text: str) -> tuple[Cursor, Faults]:
    faults = Faults("x.yaml", "spec")
    return parse_yaml(text, faults), faults


def said(faults: Faults) -> list[str]:
    return [
        f"{each.place.line}:{each.place.column} {each.rule} {each.message}"
        for each in faults.findings
    ]


class Option(NamedTuple):
    id: str
    label: str
    weight: float


def option(at: Cursor) -> Option:
    return Option(at.name, at.text("label"), at.number("weight", 1))


def test_values_are_read_as_they_were_written() -> None:
    at, faults = reading(
        "name: ' No '\nsize: 1.5\ncount: 3\nsharp: true\ndoor: two-way\ntags: [no, 'on', 1]\n"
    )
    assert at.text("name") == "No"
    assert at.number("size") == 1.5
    assert at.integer("count") == 3
    assert at.flag("sharp")
    assert at.choice("door", ("one-way", "two-way")) == "two-way"
    assert at.texts("tags") == ("no", "on", "1")
    at.close()
    assert not faults.findings


def test_what_is_left_out_reads_as_its_default() -> None:
    at, faults = reading("name: x")
    at.text("name")
    assert at.text("note", "none") == "none"
    assert at.number("size", 2) == 2
    assert at.integer("count", 7) == 7
    assert at.flag("sharp", default=True)
    assert at.choice("door", ("one-way",), "one-way") == "one-way"
    assert at.texts("tags") == ()
    assert at.items("list", option) == ()
    assert at.each("map", option) == ()
    at.close()
    assert not faults.findings


def test_ids_are_text_whatever_they_look_like() -> None:
    at, _ = reading("options: {no: {label: a}, on: {label: b}, 1: {label: c}, ~: {label: d}}")
    assert [each.id for each in at.each("options", option)] == ["no", "on", "1", "~"]


def test_every_missing_key_is_told_where_the_mapping_stands() -> None:
    at, faults = reading("options:\n  a: {}\n  b: {weight: 2}\n")
    at.each("options", option)
    at.text("title")
    at.one("home", option)
    at.texts("tags", least=1)
    at.close()
    assert said(faults) == [
        "2:3 spec-missing-key options.a: `label` is missing",
        "3:3 spec-missing-key options.b: `label` is missing",
        "1:1 spec-missing-key `title` is missing",
        "1:1 spec-missing-key `home` is missing",
        "1:1 spec-missing-key `tags` is missing",
    ]


def test_a_misspelt_key_is_one_fault_that_can_be_applied() -> None:
    at, faults = reading("options:\n  a: {lable: x}\n")
    at.each("options", option)
    at.close()
    (fault,) = faults.findings
    assert said(faults) == [
        "2:7 spec-unknown-key options.a: unknown key `lable`; did you mean `label`?"
    ]
    assert fault.fix is not None
    assert fault.fix.edits[0].replacement == "label"
    assert (fault.fix.edits[0].place.column, fault.fix.edits[0].place.end_column) == (7, 12)


def test_a_key_that_resembles_nothing_names_what_is_known() -> None:
    at, faults = reading("a: {label: x, zzz: 1}")
    at.one("a", option)
    assert said(faults) == [
        "1:15 spec-unknown-key a: unknown key `zzz`; expected one of label, weight"
    ]


@pytest.mark.parametrize(
    ("text", "ask", "message"),
    [
        ("a: [x]", lambda at: at.text("a"), "a: expected text, found a list"),
        ("a: ''", lambda at: at.text("a"), "a: expected text, found nothing"),
        ("a:", lambda at: at.text("a"), "a: expected text, found nothing"),
        ("a: {b: c}", lambda at: at.text("a", ""), "a: expected text, found keys with values"),
        ("a: one", lambda at: at.number("a"), "a: expected a number, found `one`"),
        ("a: '1'", lambda at: at.number("a"), "a: expected a number, found the text `1`"),
        ("a: .inf", lambda at: at.number("a"), "a: expected a number, found `.inf`"),
        ("a: 1e999", lambda at: at.number("a"), "a: expected a number, found `1e999`"),
        ("a: 1.2.3", lambda at: at.number("a"), "a: expected a number, found `1.2.3`"),
        ("a: 1.5", lambda at: at.integer("a"), "a: expected a whole number, found `1.5`"),
        ("a: yes", lambda at: at.flag("a"), "a: expected true or false, found `yes`"),
        ("a: 'true'", lambda at: at.flag("a"), "a: expected true or false, found the text `true`"),
        (
            "a: on-way",
            lambda at: at.choice("a", ("one-way", "two-way")),
            "a: expected one of one-way, two-way, found `on-way`; did you mean `one-way`?",
        ),
        (
            "a: [b]",
            lambda at: at.choice("a", ("x",)),
            "a: expected one of x, found a list",
        ),
        ("a: b", lambda at: at.texts("a"), "a: expected a list, found `b`"),
        ("a: [[b]]", lambda at: at.texts("a"), "a[0]: expected text, found a list"),
        ("a: []", lambda at: at.texts("a", least=1), "a: expected at least 1, found none"),
        (
            "a: [b]",
            lambda at: at.each("a", option),
            "a: expected ids with their values, found a list",
        ),
        (
            "a: {b: {label: x}}",
            lambda at: at.each("a", option, least=2),
            "a: expected at least 2, found 1",
        ),
        (
            "a: [b]",
            lambda at: at.items("a", option),
            "a[0]: expected keys with their values, found `b`",
        ),
        ("a: b", lambda at: at.one("a", option), "a: expected keys with their values, found `b`"),
    ],
)
def test_a_value_of_another_form_is_told_with_what_was_expected(
    text: str, ask: Callable[[Cursor], object], message: str
) -> None:
    at, faults = reading(text)
    ask(at)
    at.close()
    assert [each.message for each in faults.findings] == [message]
    assert faults.findings[0].rule == "spec-wrong-type"
    assert faults.findings[0].place.line == 1


def test_a_key_in_capitals_is_known_again() -> None:
    at, faults = reading("LABEL: x")
    at.text("label")
    at.close()
    assert said(faults) == ["1:1 spec-unknown-key unknown key `LABEL`; did you mean `label`?"]


def test_a_long_value_is_quoted_in_part() -> None:
    at, faults = reading(f"a: {'long ' * 30}")
    at.number("a")
    assert faults.findings[0].message.endswith("long long…`")


def test_below_what_is_not_there_nothing_is_told_twice() -> None:
    faults = Faults("x.yaml")
    at = Cursor(None, faults)
    assert at.text("a") == ""
    assert at.number("b") == 0
    assert at.one("c", option) == Option("", "", 1)
    assert at.choice("d", ("x",)) == ""
    assert (at.name, at.line, at.keys) == ("", 0, ())
    at.close()
    at.fault("wrong-type", "said of the whole file")
    assert [str(each.place) for each in faults.findings] == ["x.yaml"]


def test_only_errors_are_grave() -> None:
    faults = Faults("x.yaml")
    faults.add("any-rule", "so so", severity="warning")
    assert not faults.grave
    faults.add("any-rule", "bad")
    assert faults.grave


def test_only_the_first_of_many_wrong_words_are_compared_with_the_right_ones() -> None:
    faults = Faults("x.yaml")
    found = [faults.meant("titel", ["title"]) for _ in range(300)]
    assert found == ["title"] * 100 + [""] * 200
