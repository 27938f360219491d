"""The same query with other values has one fingerprint; another query has another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.workloads import fingerprint, literals

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

ALIKE: list[tuple[Engine, str, str]] = [
    ("postgresql", "SELECT a FROM t WHERE b = 5", "select a\n  from t where b = 17 -- now"),
    ("postgresql", "SELECT a FROM t WHERE b = $1", "SELECT a FROM t WHERE b = 'it''s'"),
    ("postgresql", "SELECT a FROM t WHERE b = $q$x$q$", r"SELECT a FROM t WHERE b = E'it\'s'"),
    ("postgresql", "SELECT a FROM t WHERE b IN (1, 2)", "SELECT a FROM t WHERE b IN (1,2,3)"),
    ("postgresql", "SELECT a FROM t WHERE b IS TRUE", "select a from t where b is false"),
    ("postgresql", 'SELECT "a" FROM t /* why */', "SELECT a FROM t;"),
    ("mysql", "SELECT a FROM t WHERE b = \"x\\\"y\"", "SELECT `a` FROM t WHERE b = 'z' # note"),
    ("sqlite", "INSERT INTO t VALUES (1, 2), (3, 4)", "INSERT INTO t VALUES (?, ?)"),
    ("sqlite", "SELECT a FROM t WHERE b = :name", "SELECT a FROM t WHERE b = x'00'"),
    ("mariadb", "SELECT a FROM t WHERE b = %s", "SELECT a FROM t WHERE b = %(name)s"),
]  # fmt: skip


@pytest.mark.parametrize(("engine", "one", "other"), ALIKE)
def test_values_blanks_comments_and_case_make_no_difference(
    engine: Engine, one: str, other: str
) -> None:
    assert fingerprint(one, engine) == fingerprint(other, engine)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM t", "SELECT b FROM t"),
        ("SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE b <> 1"),
        ("SELECT a::text FROM t", "SELECT a:text FROM t"),
        ("SELECT a FROM t WHERE b = NULL", "SELECT a FROM t WHERE b = 1"),
        ('SELECT "a" FROM t', "SELECT 'a' FROM t"),
    ],
)
def test_other_words_make_another_query(one: str, other: str) -> None:
    assert fingerprint(one, "postgresql") != fingerprint(other, "postgresql")


def test_names_with_figures_are_no_values() -> None:
    assert fingerprint("SELECT a1 FROM t2", "sqlite") == "select a1 from t2"


def test_the_values_come_in_their_order_as_written() -> None:
    found = literals("SELECT 1 FROM t WHERE a = 'x' AND b = $1 AND c IS TRUE", "postgresql")
    assert found == ("1", "'x'", "TRUE")


@given(st.text(max_size=200))
def test_any_text_has_a_fingerprint_that_is_its_own(text: str) -> None:
    engines: tuple[Engine, ...] = ("postgresql", "mysql", "sqlite")
    for engine in engines:
        assert fingerprint(text, engine) == fingerprint(text, engine)
        assert len(literals(text, engine)) <= len(text)


@given(st.integers(), st.text())
def test_a_value_never_shows(number: int, text: str) -> None:
    quoted = text.replace("'", "''")
    said = f"SELECT a FROM t WHERE b = {abs(number)} AND c = '{quoted}'"
    assert fingerprint(said, "postgresql") == "select a from t where b = ? and c = ?"
