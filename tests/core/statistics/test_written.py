"""Statistics that a person wrote down, and what is told of those that cannot be used."""

from __future__ import annotations

import json

import pytest

from be_tui.core.errors import InputError
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics import ColumnStats, Common, assume, checked, is_written, read_written

TEXT = """
tables:
  posts:
    rows: 1000000
    pages: 29000
    columns:
      user_id: {distinct: 10000, common: {78: 0.02, 77: 0.1}, bounds: [1, 5000, 10000]}
      title: {distinct: all, correlation: -0.5}
      body: {nulls: 0.25, width: 160}
  other.posts:
    rows: 10
"""


def test_what_is_written_is_known() -> None:
    found = read_written(TEXT, "stats.yaml", "sqlite")
    posts, other = found.tables
    assert (found.engine, found.source, found.assumed) == ("sqlite", "stats.yaml", False)
    assert (posts.name, posts.rows, posts.pages, posts.namespace) == ("posts", 1e6, 29000, "")
    common = (Common("77", 0.1), Common("78", 0.02))
    assert posts.columns == (
        ColumnStats("user_id", 10_000.0, 0.0, common, ("1", "5000", "10000")),
        ColumnStats("title", -1.0, correlation=-0.5),
        ColumnStats("body", None, 0.25, width=160),
    )
    assert (other.name, other.namespace, other.rows) == ("posts", "other", 10)


def test_json_is_read_the_same() -> None:
    told = {"tables": {"posts": {"rows": 5, "columns": {"a": {"common": {"x": 0.5}}}}}}
    (table,) = read_written(json.dumps(told, indent=1), "s.json", "mariadb").tables
    assert table.rows == 5
    assert table.columns[0].common == (Common("x", 0.5),)
    assert is_written("S.JSON")
    assert is_written("a.yml")
    assert not is_written("a.sql")


def test_what_is_not_written_is_assumed() -> None:
    schema = read_schema("CREATE TABLE posts (id int, body text)", Target("sqlite"), "x").schema
    known = read_written("tables: {posts: {rows: 7}}", "s.yaml", "sqlite")
    table = assume(schema, "sqlite", known).of("posts")
    assert table
    assert (table.rows, len(table.columns)) == (7, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "s.yaml"),
        ("- 1", "s.yaml:1:1: expected keys with their values"),
        ("tables: {}", "tables: expected at least 1"),
        ("tables: {t: {}}", "tables.t: `rows` is missing"),
        ("tables: {t: {rows: many}}", "s.yaml:1:20: tables.t.rows: expected a number"),
        ("tables: {t: {rows: -1}}", "rows: expected a number from 0 on, found -1"),
        ("tables: {t: {row: 1}}", "unknown key `row`; did you mean `rows`?"),
        ("tables: {t: {rows: 1, columns: {a: {nulls: 2}}}}", "a share from 0 to 1, found 2"),
        ("tables: {t: {rows: 1, columns: {a: {distinct: 0}}}}", "from 1 on, or `all`"),
        ("tables: {t: {rows: 1, columns: {a: {common: [1]}}}}", "values with their shares"),
        ("tables: {t: {rows: 1, columns: {a: {common: {x: y}}}}}", "common.x: expected a share"),
        ("tables: {t: {rows: 1, columns: {a: {nulls: .5, common: {x: .6}}}}}", "are 1.1 of all"),
        ("tables: {t: {rows: 1, columns: {a: {bounds: [1]}}}}", "lowest to highest"),
        ("tables: {t: {rows: 1, columns: {a: {bounds: x}}}}", "lowest to highest"),
        ("tables: {t: {rows: -1, pages: -1}}", "; 1 more such"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_written(text, "s.yaml", "sqlite")
    assert said in str(raised.value)
    assert str(raised.value).startswith("s.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tables: {post: {rows: 1}}", "s.yaml: there is no table post"),
        ("tables: {a.posts: {rows: 1}}", "there is no table a.posts"),
        ("tables: {posts: {rows: 1, columns: {idd: {}}}}", "the table posts has no column idd"),
    ],
)
def test_what_no_table_has_is_told(text: str, said: str) -> None:
    schema = read_schema("CREATE TABLE b.posts (id int)", Target("postgresql"), "x").schema
    with pytest.raises(InputError) as raised:
        checked(read_written(text, "s.yaml", "postgresql"), schema)
    assert said in str(raised.value)
    right = read_written("tables: {posts: {rows: 1}}", "s", "postgresql")
    assert checked(right, schema) is right
