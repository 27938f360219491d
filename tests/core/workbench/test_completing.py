"""What is offered where the cursor is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.schema import Schema, read_schema
from be_tui.core.sqltext import ENGINES, Engine, Target
from be_tui.core.workbench import complete

DDL = """
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, created_at timestamptz);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL, "Title" text, created_at date);
CREATE TABLE app.orders (id bigint PRIMARY KEY, "order" int);
CREATE VIEW recent AS SELECT id FROM posts;
"""
SCHEMA = read_schema(DDL, Target("postgresql")).schema


def offered(
    marked: str, engine: Engine = "postgresql", kinds: str = "column alias table view"
) -> list[str]:
    """Complete at the `|` of a text; give the offers of these kinds."""
    offset = marked.index("|")
    found = complete(marked.replace("|", "", 1), offset, engine, SCHEMA)
    return [offer.text for offer in found.offers if offer.kind in kinds.split()]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("SELECT * FROM |", ["users", "posts", "orders", "recent"]),
        ("SELECT * FROM us|", ["users"]),
        ("SELECT * FROM users u JOIN po|", ["posts"]),
        ("SELECT * FROM users, po|", ["posts"]),
        ("SELECT * FROM app.|", ["orders"]),
        ("UPDATE po|", ["posts"]),
        ("DELETE FROM po|", ["posts"]),
        ("INSERT INTO po|", ["posts"]),
        ("CREATE INDEX ON po|", ["posts"]),
        ("INSERT INTO posts (us|", ["user_id"]),
        ("CREATE INDEX i ON posts (user_id, cr|", ["created_at"]),
        ("CREATE TABLE t (a int REFERENCES users (i|", ["id"]),
        ("SELECT | FROM users", ["id", "email", "created_at", "users"]),
        ("SELECT em| FROM users", ["email"]),
        ("SELECT u.| FROM users u", ["id", "email", "created_at"]),
        ("SELECT u.cr| FROM users u", ["created_at"]),
        ("SELECT users.em|", ["email"]),
        ("SELECT 1 FROM users u JOIN posts p ON p.us|", ["user_id"]),
        ("SELECT 1 FROM users usr WHERE us|", ["usr"]),
        ("SELECT 1 FROM users u JOIN posts p ON i|", ["u.id", "p.id", "user_id"]),
        ("SELECT count(em|) FROM users", ["email"]),
        ("SELECT a FROM (SELECT us| FROM posts) x", ["user_id"]),
        ("SELECT 1 FROM users WHERE at|", ["created_at"]),
        ("UPDATE posts SET us|", ["user_id"]),
        ("SELECT 1 FROM posts ORDER BY us|", ["user_id"]),
        ("SELECT t| FROM posts", ['"Title"']),
        ("SELECT o.| FROM app.orders o", ["id", '"order"']),
        ("WITH top AS (SELECT 1) SELECT * FROM to|", ["top"]),
        ("SELECT 1; SELECT * FROM us|; SELECT 2", ["users"]),
        ("SELECT em|", ["email"]),
        ("SELECT u.em| FROM ONLY users AS u", ["email"]),
        ("SELECT u.em| FROM app.users u, posts", ["email"]),
        ("SELECT 1 -- why\nFROM us|", ["users"]),
        ("SELECT 'it''s', $a$ x $a$, em| FROM users", ["email"]),
        ("SELECT 2 * em| FROM users", ["email"]),
    ],
)
def test_names_are_offered_where_they_can_stand(marked: str, expected: list[str]) -> None:
    assert offered(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "SELECT 'us|'",
        "SELECT 'us|",
        "SELECT 1 -- us|",
        "SELECT /* us| */ 1",
        "SELECT $$ us| $$",
        "SELECT /* us|",
        "SELECT $$ us|",
        "SELECT $a$ us $b$ us|",
        "SELECT x.y.|",
        "SELECT .|",
        "SELECT nothing.|",
    ],
)
def test_nothing_is_offered_where_no_name_of_ours_can_stand(marked: str) -> None:
    assert offered(marked, kinds="column alias table view keyword function") == []


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("|", "SELECT"),
        ("se|", "select"),
        ("SELECT 1; UP|", "UPDATE"),
        ("SELECT * FROM users WH|", "WHERE"),
        ("SELECT * FROM users wh|", "where"),
        ("SELECT id FR|", "FROM"),
        ("SELECT id FROM users WHERE id = 1 OR|", "ORDER BY"),
        ("SELECT count(*) FR|", "FROM"),
        ("SELECT 'x' FR|", "FROM"),
        ("SELECT DIST|", "DISTINCT"),
    ],
)
def test_words_of_sql_are_offered_as_the_person_writes_them(marked: str, first: str) -> None:
    assert offered(marked, kinds="keyword")[0] == first


def test_a_word_that_is_whole_already_offers_nothing() -> None:
    assert offered("SELECT email| FROM users") == []
    assert offered("SELECT * FROM users|") == []


def test_functions_end_with_their_bracket_and_each_engine_has_its_own() -> None:
    assert offered("SELECT coa|", kinds="function") == ["coalesce("]
    assert offered("SELECT strf|", "sqlite", "function") == ["strftime("]
    assert offered("SELECT strf|", "postgresql", "function") == []


def test_names_are_quoted_as_the_engine_quotes_them() -> None:
    assert offered("SELECT o.or| FROM app.orders o", "mysql") == ["`order`"]
    assert offered("SELECT t| FROM posts", "mysql") == ["Title"]
    assert offered("SELECT t| FROM posts", "sqlite") == ["Title"]


def test_the_detail_of_a_column_tells_its_type_and_its_table() -> None:
    found = complete("SELECT em FROM users", 9, "postgresql", SCHEMA)
    assert (found.start, found.word) == (7, "em")
    assert found.offers[0].detail == "text not null · users"


@settings(max_examples=60)
@given(
    text=st.text(alphabet="selct fromj usr.,()'\"`-*/$\n;01", max_size=60),
    share=st.floats(0, 1),
    engine=st.sampled_from(ENGINES),
)
def test_any_text_can_be_completed_anywhere(text: str, share: float, engine: Engine) -> None:
    offset = round(share * len(text))
    found = complete(text, offset, engine, SCHEMA)
    assert text[found.start : offset] == found.word
    assert complete(text, offset, engine, Schema()).word == found.word
