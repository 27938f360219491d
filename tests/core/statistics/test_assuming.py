from __future__ import annotations

import pytest

from be_tui.core.findings import Place
from be_tui.core.schema import ForeignKey, Name, Schema, Table, read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics import ColumnStats, Statistics, TableStats, assume

DDL = """
CREATE TABLE users (
  id bigint PRIMARY KEY, email text UNIQUE NOT NULL, active boolean NOT NULL, country char(2),
  state text NOT NULL CHECK (state IN ('new', 'known', 'gone')), born date, note text
);
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE posts (
  id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, mood mood, body text NOT NULL
);
CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint NOT NULL REFERENCES posts (id));
CREATE TABLE nodes (id bigint PRIMARY KEY, parent bigint REFERENCES nodes (id));
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(DDL, Target("postgresql"), "x.sql").schema


def distinct(found: Statistics, table: str, column: str) -> float | None:
    stats = found.of(table)
    assert stats is not None
    named = stats.column(column)
    assert named is not None
    return named.distinct


def test_a_table_that_refers_to_others_has_ten_times_their_rows(schema: Schema) -> None:
    found = assume(schema, "postgresql")
    rows = {each.name: each.rows for each in found.tables}
    assert rows == {"users": 1e4, "posts": 1e5, "comments": 1e6, "nodes": 1e4}
    assert found.assumed
    assert all(each.pages for each in found.tables)


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        ("users", "id", -1),
        ("users", "email", -1),
        ("users", "active", 2),
        ("users", "country", 20),
        ("users", "state", 3),
        ("users", "born", 1000),
        ("users", "note", -0.3),
        ("posts", "user_id", 1e4),
        ("posts", "mood", 2),
    ],
)
def test_values_are_told_apart_as_types_and_keys_let_expect(
    schema: Schema, table: str, column: str, expected: float
) -> None:
    assert distinct(assume(schema, "postgresql"), table, column) == expected


def test_what_was_measured_stays(schema: Schema) -> None:
    given = Statistics(
        "postgresql",
        (
            TableStats("POSTS", 500, columns=(ColumnStats("user_id", 7.0),), namespace="public"),
            TableStats("comments", -1),
            TableStats("elsewhere", 3, 1),
        ),
        "figures",
    )
    found = assume(schema, "postgresql", given)
    posts, comments, other = (found.of(name) for name in ("posts", "comments", "elsewhere"))
    assert posts is not None
    assert comments is not None
    assert (posts.rows, posts.pages) == (500, 5)
    assert distinct(found, "posts", "user_id") == 7
    assert distinct(found, "posts", "body") == -0.3
    assert comments.rows == 5000
    assert other == given.tables[2]
    assert found.source == "figures"
    assert not found.assumed
    assert len([each for each in found.tables if each.name.casefold() == "posts"]) == 1


def test_widths_follow_from_types() -> None:
    ddl = "CREATE TABLE t (a varchar(40), b int, c jsonb, d text, e varchar(max))"
    schema = read_schema(ddl, Target("sqlite"), "x.sql").schema
    (table,) = assume(schema, "sqlite").tables
    assert [each.width for each in table.columns][:4] == [21, 8, 200, 32]


def test_long_chains_and_circles_of_references_come_to_an_end() -> None:
    place = Place("x.sql")

    def table(number: int, other: int) -> Table:
        key = ForeignKey(("up",), f"t{other}", (), place)
        return Table(Name(f"t{number}"), place, foreign_keys=(key,))

    schema = Schema((table(0, 2), *(table(number, number - 1) for number in range(1, 1200))))
    rows = {each.name: each.rows for each in assume(schema, "postgresql").tables}
    assert (rows["t0"], rows["t1"], rows["t2"], rows["t1199"]) == (1e4, 1e5, 1e6, 1e6)
