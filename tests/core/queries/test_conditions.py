"""Conditions, read as column, operator and the other side."""

from __future__ import annotations

import pytest

from tests.core.queries.asking import asked, root, told, where


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("name = 'a'", ("name", "=", ("'a'",))),
        ("5 < p.id", ("id", ">", ("5",))),
        ("title <> 'a'", ("title", "<>", ("'a'",))),
        ("NOT title = 'a'", ("title", "not =", ("'a'",))),
        ("title IN ('a', 'b')", ("title", "in", ("'a'", "'b'"))),
        ("title <> ALL (ARRAY['a'])", ("title", "not in", ("'a'",))),
        ("p.id BETWEEN 1 AND 5", ("id", "between", ("1", "5"))),
        ("title LIKE '%a' ESCAPE '!'", ("title", "like", ("'%a'",))),
        ("title NOT ILIKE 'a'", ("title", "not ilike", ("'a'",))),
        ("title IS NOT NULL", ("title", "not is null", ())),
        ("title ~ 'a'", ("title", "regexp", ("'a'",))),
        ("name IS DISTINCT FROM 'a'", ("name", "not is not distinct from", ("'a'",))),
        ("lower(name) = 'a'", ("name", "=", ("'a'",))),
        ("created_at::date = '2026-01-01'", ("created_at", "=", ("'2026-01-01'",))),
        ("name = title", ("name", "=", ("title",))),
    ],
)
def test_a_condition_is_read(sql: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    query = asked(f"SELECT u.id FROM users u JOIN posts p ON p.user_id = u.id WHERE {sql}")
    assert query.root
    (condition,) = query.root.where
    assert told(query, condition) == expected
    assert query.text(condition.span) == sql


@pytest.mark.parametrize(
    ("sql", "wrappers", "written"),
    [
        ("lower(name) = 'a'", ("lower",), "lower(name)"),
        ("created_at::date = '2026-01-01'", ("cast",), "created_at::date"),
        ("CAST(u.id AS text) = '1'", ("cast",), "CAST(u.id AS text)"),
        ("u.id + 1 = 10", ("+",), "u.id + 1"),
        ("date_trunc('day', created_at) = now()", ("date_trunc",), "date_trunc('day', created_at)"),
        ("coalesce(lower(name), '') = 'a'", ("coalesce", "lower"), "coalesce(lower(name), '')"),
    ],
)
def test_what_stands_around_a_column_is_told(
    sql: str, wrappers: tuple[str, ...], written: str
) -> None:
    query = asked(f"SELECT u.id FROM users u JOIN posts p ON p.user_id = u.id WHERE {sql}")
    assert query.root
    left = query.root.where[0].left
    assert left
    assert left.kind == "wrapped"
    assert left.wrappers == wrappers
    assert query.text(left.span) == written


def test_conditions_are_taken_apart_at_and_through_brackets() -> None:
    assert len(where("name = 'a' AND (title = 'b' AND (u.id = 1 AND p.id = 2))")) == 4


def test_the_arms_of_or_are_taken_apart_too() -> None:
    (condition,) = where("name = 'a' OR title = 'b' AND p.id = 2 OR u.id = 1")
    assert condition.operator == "or"
    assert [len(arm) for arm in condition.arms] == [1, 2, 1]
    assert len(list(condition.walk())) == 5


def test_on_belongs_to_its_source() -> None:
    scope = root("SELECT 1 FROM users u LEFT JOIN posts p ON p.user_id = u.id AND p.id > 5")
    assert [condition.operator for condition in scope.on(scope.sources[1])] == ["=", ">"]
    assert not scope.where


def test_using_is_read_as_an_equality() -> None:
    scope = root("SELECT 1 FROM users JOIN posts USING (id)")
    (condition,) = scope.on(scope.sources[1])
    sides = (condition.left, *condition.right)
    columns = [side.column for side in sides if side and side.column]
    assert [each.source.alias for each in columns if each.source] == ["posts", "users"]


def test_a_natural_join_merges_the_columns_that_both_have() -> None:
    scope = root("SELECT id FROM users NATURAL JOIN posts")
    assert [condition.columns[0].name for condition in scope.conditions] == ["id"]
    assert not scope.columns[0].candidates


def test_rows_are_compared_member_by_member() -> None:
    (condition,) = where("(created_at, p.id) < ($1, $2)")
    assert condition.left
    assert condition.left.kind == "row"
    assert [part.kind for part in condition.left.parts] == ["column", "column"]
    assert [part.kind for part in condition.right[0].parts] == ["parameter", "parameter"]


def test_order_and_groups_follow_ordinals_and_aliases() -> None:
    scope = root(
        "SELECT name AS n, count(*) FROM users GROUP BY 1 ORDER BY 2 DESC NULLS LAST, n, email"
    )
    assert [group.column.name for group in scope.groups if group.column] == ["name"]
    first, second, third = scope.order
    assert first.ordinal
    assert first.descending
    assert first.nulls_first is False
    assert second.column
    assert second.column.name == "name"
    assert second.nulls_first is None
    assert third.column
    assert third.column.name == "email"
    assert scope.aggregates


def test_bounds_are_numbers_or_unknown() -> None:
    scope = root("SELECT id FROM users LIMIT 20 OFFSET $1")
    assert scope.limit
    assert scope.offset
    assert (scope.limit.value, scope.offset.value) == (20, None)
    assert root("SELECT id FROM users FETCH FIRST 3 ROWS ONLY").limit


@pytest.mark.parametrize(
    ("sql", "kind", "value"),
    [
        ("u.id = -5", "literal", "-5"),
        ("u.name = CAST('x' AS text)", "literal", "x"),
        ("u.name = NULL", "null", None),
        ("u.id = (SELECT 1)", "subquery", None),
        ("u.id = p.id + u.id", "other", None),
        ("u.id = now()", "other", None),
        ("u.id = $1::bigint", "parameter", None),
        ("created_at > now() - interval '1 day'", "other", None),
    ],
)
def test_the_other_side_is_told(sql: str, kind: str, value: str | None) -> None:
    (condition,) = where(sql)
    (side,) = condition.right
    assert (side.kind, side.value) == (kind, value)


def test_truth_is_asked_in_several_ways() -> None:
    scope = root("SELECT 1 FROM flags WHERE a AND NOT b AND c IS TRUE AND d IS NOT FALSE")
    asked_for = [(each.operator, each.negated) for each in scope.where]
    assert asked_for == [("true", False), ("true", True), ("is true", False), ("is false", True)]


def test_having_has_conditions_of_its_own() -> None:
    scope = root("SELECT name FROM users GROUP BY ROLLUP (name) HAVING count(*) > 1 AND name > 'a'")
    assert len(scope.having) == 2
    assert not scope.where


@pytest.mark.parametrize("mark", ["$1", "$12", "?", ":name", "%s", "%(name)s"])
def test_a_parameter_stands_where_it_was_written(mark: str) -> None:
    query = asked(f"SELECT id FROM posts WHERE {mark} < id AND title IN ('a', {mark}) LIMIT {mark}")
    assert query.root
    first, second = query.root.where
    assert [query.text(side.span) for side in first.right] == [mark]
    assert [query.text(side.span) for side in second.right] == ["'a'", mark]
    assert query.text(first.span) == f"{mark} < id"
    starts = (first.right[0].span[0], second.right[1].span[0])
    text = query.parsed.statement.text
    assert starts == (text.index(mark), text.index(mark, starts[0] + 1))
