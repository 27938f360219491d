"""Columns of views, which are those of their queries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from be_tui.core.queries import ColumnUse, resolve
from be_tui.core.schema import Name, read_schema
from be_tui.core.sqltext import Parsed, Target, parse, split
from tests.core.queries.asking import DDL

PG = Target("postgresql")


def uses(view: str, sql: str) -> tuple[ColumnUse, ...]:
    """Give the columns that a query names, with a view among the tables."""
    schema = read_schema(DDL + view, PG).schema
    parsed = parse(next(split(sql, "postgresql")), "postgresql")
    assert isinstance(parsed, Parsed)
    scope = resolve(parsed, schema, PG).root
    assert scope is not None
    return scope.columns


@pytest.mark.parametrize(
    ("view", "column", "expected"),
    [
        ("CREATE VIEW v AS SELECT id, email FROM users", "email", ("text", False, False)),
        ("CREATE VIEW v AS SELECT id, name FROM users", "name", ("text", True, False)),
        ("CREATE VIEW v AS SELECT * FROM users", "manager_id", ("bigint", True, False)),
        ("CREATE VIEW v (a, b) AS SELECT id, email FROM users", "b", ("text", False, False)),
        ("CREATE VIEW v (a) AS SELECT id, email FROM users", "email", ("text", False, False)),
        ("CREATE VIEW v (a) AS SELECT * FROM nowhere", "a", ("", None, False)),
        ("CREATE VIEW v AS SELECT u.id, p.title FROM users u LEFT JOIN posts p ON p.user_id = u.id",
         "title", ("text", True, False)),
        ("CREATE VIEW v AS SELECT id FROM users UNION SELECT id FROM posts", "id",
         ("bigint", False, False)),
        ("CREATE VIEW v AS SELECT max(id) AS top FROM users", "top", ("", None, False)),
        ("CREATE VIEW v AS SELECT id FROM users", "email", ("", None, True)),
        ("CREATE VIEW v AS SELECT id, count(*) FROM users GROUP BY id", "count", ("", None, False)),
        ("CREATE VIEW v AS SELECT * FROM nowhere", "x", ("", None, False)),
        ("CREATE VIEW w AS SELECT id AS a FROM users; CREATE VIEW v AS SELECT a FROM w", "a",
         ("bigint", False, False)),
        ("CREATE VIEW v AS SELECT * FROM w; CREATE VIEW w AS SELECT * FROM v", "a",
         ("", None, False)),
    ],
)  # fmt: skip
def test_a_column_of_a_view_is_known_as_its_query_gives_it(
    view: str, column: str, expected: tuple[str, bool | None, bool]
) -> None:
    (use,) = uses(view, f"SELECT {column} FROM v")
    assert (str(use.type or ""), use.nullable, use.missing) == expected


def test_an_alias_renames_the_columns_of_a_view() -> None:
    view = "CREATE VIEW v AS SELECT id, email FROM users"
    (use,) = uses(view, "SELECT d.mail FROM v AS d (key, mail)")
    assert str(use.type) == "text"


def test_a_view_that_is_joined_may_have_no_row() -> None:
    view = "CREATE VIEW v AS SELECT id, email FROM users"
    found = uses(view, "SELECT v.email FROM posts p LEFT JOIN v ON v.id = p.user_id")
    assert [use.nullable for use in found if use.name == "email"] == [True]


@pytest.mark.parametrize(
    ("columns", "query", "expected"),
    [
        ((), "SELECT id, email FROM users", [("id", "bigint"), ("email", "text")]),
        (("a", "b"), "SELECT id, email FROM users", [("a", "bigint"), ("b", "text")]),
        (("a",), "SELECT id, email FROM users", [("a", "bigint"), ("email", "text")]),
        (("a",), "SELECT * FROM nowhere", [("a", "")]),
        (("a",), "SELECT FROM", [("a", "")]),
    ],
)
def test_names_that_a_view_gives_stand_for_the_first_columns(
    columns: tuple[str, ...], query: str, expected: list[tuple[str, str]]
) -> None:
    found = read_schema(DDL, PG).schema
    view = replace(found.views[0], name=Name("v"), query=query, columns=columns)
    parsed = parse(next(split("SELECT * FROM v", "postgresql")), "postgresql")
    assert isinstance(parsed, Parsed)
    scope = resolve(parsed, replace(found, views=(view,)), PG).root
    assert scope is not None
    told = [
        (each.name, str(each.column.type or "") if each.column else "")
        for each in scope.outputs
        if not each.star
    ]
    assert told == expected
