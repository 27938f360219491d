"""The statement under the cursor, and the colours of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.sqltext import ENGINES, Engine
from be_tui.core.workbench import (
    as_plan,
    coloured,
    may_be_plan,
    offset_of,
    position_of,
    statement_at,
)
from be_tui.core.workbench.colouring import LONGEST
from be_tui.core.workbench.pointing import place_of

TEXT = "-- first\nSELECT 1; -- one\n\n-- second\nSELECT ';' ;\nSELECT 3\n\n"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (0, 3, "SELECT 1"),
        (1, 0, "SELECT 1"),
        (1, 8, "SELECT 1"),
        (1, 9, "SELECT 1"),
        (1, 16, "SELECT 1"),
        (2, 0, "SELECT ';'"),
        (3, 4, "SELECT ';'"),
        (4, 9, "SELECT ';'"),
        (5, 0, "SELECT 3"),
        (6, 0, "SELECT 3"),
        (99, 99, "SELECT 3"),
    ],
)
def test_the_statement_is_the_one_that_the_cursor_stands_in(
    row: int, column: int, said: str
) -> None:
    found = statement_at(TEXT, "postgresql", offset_of(TEXT, row, column))
    assert found is not None
    assert found.text == said


def test_the_statements_are_counted() -> None:
    places = [position_of(TEXT, "postgresql", offset) for offset in (0, 30, len(TEXT))]
    assert places == [(1, 3), (2, 3), (3, 3)]
    assert position_of("-- nothing", "sqlite", 2) == (0, 0)


def test_a_text_without_a_statement_has_none() -> None:
    assert statement_at("-- nothing\n", "postgresql", 3) is None


@given(text=st.text(alphabet="ab\n", max_size=30), row=st.integers(0, 9), column=st.integers(0, 9))
def test_an_offset_stands_on_its_row(text: str, row: int, column: int) -> None:
    offset = offset_of(text, row, column)
    assert 0 <= offset <= len(text)
    assert text.count("\n", 0, offset) == min(row, text.count("\n"))


@settings(max_examples=60)
@given(text=st.text(alphabet="select 'x\"`$-/*;\n1.", max_size=80), engine=st.sampled_from(ENGINES))
def test_colours_add_and_lose_nothing(text: str, engine: Engine) -> None:
    lines = coloured(text, engine)
    assert "\n".join("".join(span.text for span in line) for line in lines) == text


def roles(text: str, engine: Engine = "postgresql") -> dict[str, str]:
    return {span.text.strip(): span.role for line in coloured(text, engine) for span in line}


def test_a_word_has_the_role_of_what_it_is() -> None:
    found = roles("-- why\nSELECT 'a;b', 12 FROM p")
    assert found["-- why"] == "code-comment"
    assert found["SELECT"] == "code-keyword"
    assert found["'a;b'"] == "code-string"
    assert found["12"] == "code-number"


def test_the_dot_between_two_names_is_no_number() -> None:
    assert roles("SELECT p.id")["."] == "code"


def test_backticks_and_hashes_are_mysqls() -> None:
    assert roles("SELECT 1 # why", "mysql")["# why"] == "code-comment"


def test_a_very_long_text_is_plain() -> None:
    (line,) = coloured("x" * (LONGEST + 1), "sqlite")
    assert [span.role for span in line] == ["code"]


@given(text=st.text(alphabet="ab\n", max_size=30), share=st.floats(0, 1))
def test_a_place_leads_back_to_its_offset(text: str, share: float) -> None:
    offset = round(share * len(text))
    assert offset_of(text, *place_of(text, offset)) == offset


@pytest.mark.parametrize(
    ("text", "is_plan"),
    [
        ("Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)", True),
        ("SCAN t", True),
        ("SELECT a -> 'b' FROM t", False),
        ("-- Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\nSELECT 1", False),
        ("x -> y", False),
        ("", False),
    ],
)
def test_a_plan_is_told_from_sql(text: str, *, is_plan: bool) -> None:
    assert (as_plan(text) is not None) == is_plan
    assert may_be_plan(text) or not is_plan
