"""Numbers as people type them, and as they read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.knowledge import plain_number, quantity_words, read_quantity

UNITS = ("ms", "s", "min", "h", "d")
numbers = st.floats(-1e12, 1e12, allow_nan=False)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("250", 250),
        (" 1.5 ", 1.5),
        (".5", 0.5),
        ("1,234,567.5", 1_234_567.5),
        ("2.5k", 2_500),
        ("-3", -3),
        ("40 tables", 40),
        ("1 Table", 1),
        ("1e3", 1_000),
    ],
)
def test_a_number_is_read_as_people_type_it(said: str, number: float) -> None:
    assert read_quantity(said, "tables") == number


@pytest.mark.parametrize(
    "said", ["", "many", "1,23", "1 2", "4 chairs", "1.2.3", "k", "inf", "1e999"]
)
def test_what_is_no_number_of_the_unit_is_none(said: str) -> None:
    assert read_quantity(said, "tables") is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("2", 2), ("200ms", 0.2), ("2 Min", 120), ("1h 30min", 5_400), ("1 day", 86_400), ("3m", 180)],
)
def test_a_duration_is_read_with_any_unit_of_time(said: str, seconds: float) -> None:
    assert read_quantity(said, "s", duration=True) == seconds


@pytest.mark.parametrize("said", ["", "s", "2 parsecs", "1h 30", "h 1", "1h, 2min"])
def test_what_is_no_duration_is_none(said: str) -> None:
    assert read_quantity(said, "s", duration=True) is None


@given(numbers, st.sampled_from(UNITS))
def test_a_plain_number_is_read_back_exactly(number: float, unit: str) -> None:
    assert read_quantity(plain_number(number), "tables") == number
    assert read_quantity(plain_number(number, unit), unit, duration=True) == pytest.approx(number)


@given(numbers, st.sampled_from(UNITS))
def test_words_are_read_back_as_what_they_say(number: float, unit: str) -> None:
    said = quantity_words(number, "tables")
    assert read_quantity(said, "tables") == pytest.approx(number, rel=1e-3, abs=1e-5)
    said = quantity_words(number, unit, duration=True)
    assert read_quantity(said, unit, duration=True) == pytest.approx(number, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (1, "tables", "1 table"),
        (1, "queries", "1 query"),
        (1, "requests per second", "1 request per second"),
        (1, "processes", "1 process"),
        (1, "boxes", "1 box"),
        (1, "caches", "1 cache"),
        (1, "branches", "1 branch"),
        (1, "class", "1 class"),
        (1_500, "tables", "1,500 tables"),
        (0.25, "%", "0.25 %"),
    ],
)
def test_a_number_is_said_with_its_unit(number: float, unit: str, words: str) -> None:
    assert quantity_words(number, unit) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (0.2, "s", "200 ms"),
        (120, "s", "2 min"),
        (90, "min", "1.5 h"),
        (0, "s", "0 s"),
        (0.0001, "ms", "0.0001 ms"),
        (-2, "h", "-2 h"),
        (61, "s", "61 s"),
    ],
)
def test_a_duration_is_said_in_the_largest_unit_that_keeps_it_short(
    number: float, unit: str, words: str
) -> None:
    assert quantity_words(number, unit, duration=True) == words
