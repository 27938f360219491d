from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum, StrEnum
from pathlib import Path, PureWindowsPath

import pytest

from be_tui.core.jsonform import list_in, mapping_in, text_in, to_json


class Number(IntEnum):
    ONE = 1


class Word(StrEnum):
    A = "a"


class Plain(Enum):
    PAIR = (1, "two")


@dataclass(frozen=True, slots=True)
class Inner:
    text: str


@dataclass(frozen=True, slots=True)
class Outer:
    inner: tuple[Inner, ...]
    path: Path
    nothing: None = None


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (None, None),
        (date(2026, 11, 3), "2026-11-03"),
        (True, True),
        (1, 1),
        (1.5, 1.5),
        ("ü", "ü"),
        (Number.ONE, 1),
        (Word.A, "a"),
        (Plain.PAIR, [1, "two"]),
        ((1, ["a"]), [1, ["a"]]),
        (PureWindowsPath("a\\b"), "a/b"),
        (
            Outer((Inner("x"),), Path("a/b")),
            {"inner": [{"text": "x"}], "path": "a/b", "nothing": None},
        ),
    ],
)
def test_a_value_has_its_form(value: object, form: object) -> None:
    given = to_json(value)
    assert given == form
    assert type(given) is type(form)
    assert json.loads(json.dumps(given)) == form


@pytest.mark.parametrize("value", [object(), {"a": 1}, {1}, Inner, b"bytes"])
def test_a_value_without_a_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no JSON form for"):
        to_json(value)


def test_what_was_read_is_held_against_what_it_should_be() -> None:
    assert (mapping_in({"a": 1}), list_in([1]), text_in("a")) == ({"a": 1}, [1], "a")
    for expected, read in (("an object", mapping_in), ("a list", list_in), ("a text", text_in)):
        with pytest.raises(TypeError, match=f"{expected} was expected"):
            read(None)
