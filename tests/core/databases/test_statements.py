from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.databases import split
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.databases import Engine

ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql", "mariadb")


def texts(script: str, engine: Engine) -> list[str]:
    return [statement.text for statement in split(script, engine)]


@pytest.mark.parametrize("engine", ENGINES)
def test_each_statement_comes_as_written_with_its_line(engine: Engine) -> None:
    found = split("CREATE TABLE t (a int);\n\n  INSERT INTO t\n  VALUES (1);SELECT 1", engine)
    assert [(each.text, each.line) for each in found] == [
        ("CREATE TABLE t (a int)", 1),
        ("INSERT INTO t\n  VALUES (1)", 3),
        ("SELECT 1", 4),
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "statement",
    ["SELECT 'a;b', 'it''s;'", "SELECT 1 /* a;\nb */ + 2", "SELECT 1 -- a; b\n+ 2", 'SELECT ";"'],
)
def test_a_semicolon_in_a_quote_or_a_comment_ends_nothing(engine: Engine, statement: str) -> None:
    assert texts(f"{statement}; SELECT 2;", engine) == [statement, "SELECT 2"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("script", ["", " \n", "-- a; b", "/* a; */", "; ;", "-- a\n/* b */\n-- c"])
def test_comments_and_blanks_are_no_statement(engine: Engine, script: str) -> None:
    assert texts(script, engine) == []


@pytest.mark.parametrize(
    ("engine", "statement"),
    [
        ("postgresql", "DO $$ BEGIN PERFORM 1; END; $$"),
        ("postgresql", "SELECT $a$ ; $$ ; $a$"),
        ("postgresql", r"SELECT E'it\'s;'"),
        ("postgresql", "SELECT 1 /* a /* ; */ ; */"),
        ("postgresql", "SELECT data ? 'a', data @> $1 FROM t"),
        (
            "postgresql",
            "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END",
        ),
        ("mariadb", r"SELECT 'it\'s;', `a;b`"),
        ("mariadb", "SELECT 1 # a; b\n+ 1"),
        ("sqlite", "SELECT [a;b] FROM t"),
        ("sqlite", "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END"),
    ],
)
def test_each_engine_has_its_own_quotes_and_bodies(engine: Engine, statement: str) -> None:
    assert texts(f"{statement}; SELECT 2", engine) == [statement, "SELECT 2"]


def test_a_comment_above_a_statement_stays_with_it() -> None:
    assert texts("-- session A\nBEGIN;\n-- b\nSELECT 1;", "postgresql") == [
        "-- session A\nBEGIN",
        "-- b\nSELECT 1",
    ]


def test_a_quote_that_never_closes_is_told_in_one_line() -> None:
    with pytest.raises(InputError, match=r"^the SQL cannot be taken apart: [^\n]+$"):
        split("SELECT 'a; b", "postgresql")


def test_sqlite_needs_no_sqlglot_and_the_others_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot.dialects.dialect", None)
    assert texts("SELECT 1;", "sqlite") == ["SELECT 1"]
    with pytest.raises(InputError, match=r"sqlglot is not installed; pip install 'be-tui\[postgr"):
        split("SELECT 1;", "postgresql")


PIECES = st.sampled_from(
    ["SELECT 1", "SELECT ';'", "SELECT 2 /* ; */", "-- ;\nSELECT 3", 'SELECT 4 AS ";"']
)


@given(st.lists(PIECES, max_size=8), st.sampled_from(ENGINES))
def test_what_is_joined_comes_apart_again(pieces: list[str], engine: Engine) -> None:
    assert texts(";\n".join(pieces), engine) == pieces


@given(st.text("ab;'\"-/*$ \n", max_size=30))
def test_whatever_the_text_sqlite_gets_all_of_it(script: str) -> None:
    found = split(script, "sqlite")
    assert "".join("".join(each.text for each in found).split()).replace(";", "") in "".join(
        script.split()
    ).replace(";", "") or any(each.text in script for each in found)
    assert all(sqlite3.complete_statement(f"{each.text}\n;") for each in found[:-1])
