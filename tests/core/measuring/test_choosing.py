"""The values that a query is tried with are put into its text, and nothing else is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.measuring.choosing import Variant, spots, variants, written
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Parsed, Target, parse, split

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

DDL = """CREATE TABLE posts (id int PRIMARY KEY, user_id int, status text, at date, a int);
CREATE TABLE users (id int PRIMARY KEY, name text, a int)"""


def parsed(text: str, engine: Engine = "postgresql") -> Parsed:
    (statement,) = split(text, engine)
    found = parse(statement, engine)
    assert isinstance(found, Parsed)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SELECT 'a = 1' FROM posts WHERE user_id = 12",
            "SELECT 'a = 1' FROM posts WHERE user_id = 7",
        ),
        (
            "SELECT 1 FROM posts p WHERE p.user_id = $1 LIMIT $2",
            "SELECT 1 FROM posts p WHERE p.user_id = 7 LIMIT 20",
        ),
        (
            "SELECT 1 FROM posts WHERE user_id=? OFFSET ?",
            "SELECT 1 FROM posts WHERE user_id=7 OFFSET 0",
        ),
        ("SELECT 1 FROM posts WHERE user_id = %(user)s", "SELECT 1 FROM posts WHERE user_id = 7"),
        (
            "SELECT 1 FROM posts WHERE user_id = %s AND at > '2020'",
            "SELECT 1 FROM posts WHERE user_id = 7 AND at > '2020'",
        ),
        ("SELECT 1 FROM posts WHERE user_id = :user_1", "SELECT 1 FROM posts WHERE user_id = 7"),
        (
            "SELECT 1 -- user_id = 5\nFROM posts WHERE status = 'x'",
            "SELECT 1 -- user_id = 5\nFROM posts WHERE status = 'x'",
        ),
        (
            "SELECT 1::int FROM posts WHERE user_id = 12::int",
            "SELECT 1::int FROM posts WHERE user_id = 7::int",
        ),
        ('SELECT 1 FROM posts WHERE "user_id" = 1', 'SELECT 1 FROM posts WHERE "user_id" = 7'),
    ],
)
def test_a_value_is_put_in_its_place(text: str, expected: str) -> None:
    found = parsed(text)
    assert written(found, spots(found), Variant("common", "", (("user_id", "7"),))) == expected


@pytest.mark.parametrize(
    "end", ["WHERE user_id > $1", "WHERE lower(status) = lower($1)", "WHERE id IN (?)"]
)
def test_a_placeholder_that_nothing_is_known_of_is_told(end: str) -> None:
    with pytest.raises(InputError, match="nothing is known to stand for"):
        spots(parsed(f"SELECT 1 FROM posts {end}"))


def labelled(text: str) -> dict[str, str]:
    found = parsed(text, "sqlite")
    schema = read_schema(DDL, Target("sqlite")).schema
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        for statement in split(DDL, "sqlite"):
            session.run(statement.text)
        rows = ["(1, 1, 'open', NULL, 1)", "(2, 1, 'open', NULL, 1)", "(3, 2, 'it''s', NULL, 1)"]
        session.run(f"INSERT INTO posts VALUES {', '.join(rows)}")
        got = variants(session, "sqlite", schema, found, spots(found))
    return {each.label: each.value for each in got}


def test_common_rare_and_absent_values_come_from_the_rows() -> None:
    assert labelled("SELECT 1 FROM posts WHERE user_id = 9") == {
        "as written": "user_id = 9",
        "common": "user_id = 1",
        "rare": "user_id = 2",
        "absent": "user_id = 3",
    }


def test_a_placeholder_has_nothing_written() -> None:
    assert labelled("SELECT 1 FROM posts WHERE status = ? AND user_id = ?") == {
        "common": "status = 'open', user_id = 1",
        "rare": "status = 'open', user_id = 2",
        "absent": "status = 'open', user_id = 3",
    }
    assert labelled("SELECT 1 FROM posts WHERE status = ?") == {
        "common": "status = 'open'",
        "rare": "status = 'it''s'",
        "absent": "status = 'no such value'",
    }


def test_a_column_of_two_tables_is_left_as_it_is() -> None:
    text = "SELECT 1 FROM posts p JOIN users u ON u.id = p.user_id WHERE p.a = 5"
    assert labelled(text) == {"as written": "a = 5"}
    with pytest.raises(InputError, match="nothing is known of the column a"):
        labelled(text.replace("5", "?"))


def test_an_empty_column_has_no_value_to_choose() -> None:
    found = labelled("SELECT 1 FROM posts WHERE at = '2020-01-01'")
    assert found == {"as written": "at = '2020-01-01'"}
