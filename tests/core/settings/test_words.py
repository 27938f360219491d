"""The schema, the page and the example say what the reader does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import jsonschema
import pytest

from be_tui.core.settings import (
    load_settings,
    settings_example,
    settings_page,
    settings_schema,
    user_file,
)
from be_tui.core.settings.choices import COLOURS
from be_tui.core.settings.keynames import character, key_name
from be_tui.core.settings.model import Settings
from be_tui.core.settings.table import options

ROOT = Path(__file__).parents[3]


def set_own(text: str) -> None:
    Path(user_file()).parent.mkdir(parents=True, exist_ok=True)
    Path(user_file()).write_text(text, encoding="utf-8")


def accepted(text: str) -> bool:
    return jsonschema.Draft7Validator(settings_schema()).is_valid(tomllib.loads(text))


def test_the_documentation_is_fresh() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == settings_page(), "make it again: be-tui config docs > docs/configuration.md"


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(settings_schema())


@pytest.mark.parametrize("option", options(), ids=lambda option: option.name)
def test_each_example_is_read_without_a_fault_and_changes_something(option: object) -> None:
    from be_tui.core.settings.pages import example_of
    from be_tui.core.settings.table import Option

    assert isinstance(option, Option)
    text = example_of(option)
    assert accepted(text)
    set_own(text)
    loaded = load_settings(None)
    assert getattr(loaded.settings, option.name) != option.default
    assert loaded.faults == ()


def test_the_example_to_start_from_changes_nothing_and_can_be_set_line_by_line() -> None:
    example = settings_example()
    set_own(example)
    assert load_settings(None).settings == Settings()
    set_own(
        "\n".join(line[1:] for line in example.splitlines() if line[:1] == "#" != line[1:2] != " ")
    )
    assert load_settings(None).faults == ()
    assert load_settings(None).settings != Settings()


@pytest.mark.parametrize(
    "text",
    [
        "mouse = 1",
        'ascii = "x"',
        "unknown = 1",
        'record_dir = "/etc"',
        'keys."app.back" = []',
        "themes.dark = {}",
        "themes.mine.colours.nothing = 1",
        'themes.mine.colours.line = "red"',
    ],
)
def test_the_schema_and_the_reader_refuse_the_same(text: str) -> None:
    assert not accepted(text)
    set_own(text)
    assert load_settings(None).faults


@pytest.mark.parametrize(
    "text",
    ['keys."app.back" = "x"', 'keys.app.back = ["x", "y"]', 'themes.m.colours.line = "ansi_red"'],
)
def test_the_schema_and_the_reader_take_the_same(text: str) -> None:
    assert accepted(text)
    set_own(text)
    assert load_settings(None).faults == ()


def test_every_key_and_colour_is_in_the_page() -> None:
    page = settings_page()
    assert all(f"\n## {option.name}\n" in page for option in options())
    assert all(f"| `{name}` |" in page for name, _ in COLOURS)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("?", "question_mark"),
        ("[", "left_square_bracket"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("ctrl+/", "ctrl+slash"),
        ("Ctrl+P", "ctrl+p"),
        ("ctrl+shift+p", "ctrl+shift+p"),
        ("A", "A"),
        ("F5", "f5"),
        ("esc", "escape"),
        ("Enter", "enter"),
        ("ö", "ö"),
        ("question_mark", "question_mark"),
        ("", ""),
        ("two keys", ""),
        ("ctrl+", ""),
        ("strg+x", ""),
        ("\n", ""),
    ],
)
def test_keys_are_taken_as_people_write_them(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize(
    ("name", "written"),
    [("question_mark", "?"), ("left_square_bracket", "["), ("f1", "f1"), ("A", "A")],
)
def test_a_key_is_written_as_people_know_it(name: str, written: str) -> None:
    assert character(name) == written
