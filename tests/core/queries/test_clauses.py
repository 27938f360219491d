"""What clauses of all kinds say, and what stays unsaid."""

from __future__ import annotations

import pytest

from tests.core.queries.asking import asked, root


def test_a_row_that_is_a_value_gives_columns_that_are_not_known() -> None:
    scope = root("WITH d AS (SELECT (p).* FROM pairs(3) p) SELECT a FROM d")
    assert not scope.columns[0].missing
    assert scope.children[0].outputs[0].star


def test_an_expression_without_a_name_leaves_the_names_open() -> None:
    scope = root("SELECT max, other FROM (SELECT id, max(title) FROM posts GROUP BY id) d")
    assert [use.missing for use in scope.columns] == [False, False]
    scope = root("SELECT top, other FROM (SELECT id, max(title) AS top FROM posts GROUP BY id) d")
    assert [use.missing for use in scope.columns] == [False, True]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT id FROM posts ORDER BY title NULLS FIRST", [True]),
        ("SELECT id FROM posts ORDER BY title DESC NULLS LAST, id", [False, None]),
        ("SELECT id FROM posts ORDER BY title, id DESC", [None, None]),
    ],
)
def test_where_nulls_stand_is_told_only_where_it_is_said(sql: str, said: list[bool | None]) -> None:
    assert [sort.nulls_first for sort in root(sql).order] == said


@pytest.mark.parametrize(
    ("sql", "limit"),
    [
        ("SELECT id FROM posts LIMIT 5", 5),
        ("SELECT id FROM posts LIMIT $1", None),
        ("SELECT id FROM posts FETCH FIRST 3 ROWS ONLY", 3),
        ("SELECT id FROM posts FETCH FIRST ROW ONLY", None),
    ],
)
def test_a_bound_is_a_number_or_is_not_known(sql: str, limit: int | None) -> None:
    found = root(sql).limit
    assert (found.value if found else None) == limit


def test_a_union_gives_no_aggregates_of_its_own() -> None:
    scope = root("SELECT count(*) FROM posts UNION SELECT count(*) FROM users")
    assert not scope.aggregates
    assert all(arm.aggregates for arm in scope.children)


def test_a_window_is_no_aggregate() -> None:
    scope = root("SELECT id, sum(id) FILTER (WHERE id > 1) OVER () FROM posts")
    assert scope.windows
    assert not scope.aggregates


@pytest.mark.parametrize(
    ("condition", "use"),
    [
        ("id IN (SELECT user_id FROM posts)", "in"),
        ("id NOT IN (SELECT user_id FROM posts)", "not in"),
        ("NOT (id IN (SELECT user_id FROM posts))", "not in"),
        ("id = ANY (SELECT user_id FROM posts)", "in"),
        ("id <> ALL (SELECT user_id FROM posts)", "not in"),
        ("id > ANY (SELECT user_id FROM posts)", "quantified"),
        ("id > ALL (SELECT user_id FROM posts)", "quantified"),
        ("EXISTS (SELECT 1 FROM posts)", "exists"),
        ("id = (SELECT max(user_id) FROM posts)", "scalar"),
        ("id = ANY (ARRAY(SELECT user_id FROM posts))", "array"),
    ],
)
def test_how_the_rows_of_a_subquery_are_used(condition: str, use: str) -> None:
    (inner,) = root(f"SELECT id FROM users WHERE {condition}").children
    assert inner.use == use


def test_values_are_looked_into_and_are_no_scope() -> None:
    scope = root("SELECT v.a FROM (VALUES (1, 2), (3, 4)) AS v (a, b)")
    assert scope.children == ()
    assert not scope.columns[0].missing


def test_merge_tells_what_it_sets_and_where() -> None:
    query = asked(
        "MERGE INTO posts p USING users u ON u.id = p.user_id"
        " WHEN MATCHED AND u.email = 'a' THEN UPDATE SET title = u.name"
        " WHEN NOT MATCHED THEN INSERT (id, user_id) VALUES (u.id, u.id)"
    )
    assert query.root is not None
    assert [each.column.name for each in query.root.assignments] == ["title"]


def test_set_writes_to_the_table_that_is_changed() -> None:
    query = asked(
        "UPDATE posts SET title = users.name, id = users.id FROM users WHERE users.id = 1"
    )
    assert query.root is not None
    tables = [each.column.table for each in query.root.assignments]
    assert [table.name.text if table else "" for table in tables] == ["posts", "posts"]


def test_what_is_set_without_a_table_that_is_known_stays_unknown() -> None:
    query = asked("UPDATE nowhere SET a = 1, b = 2", known=False)
    assert query.root is not None
    assert [each.column.table for each in query.root.assignments] == [None, None]


def test_an_ordinal_and_an_alias_mean_what_is_given() -> None:
    scope = root("SELECT title AS label, id FROM posts ORDER BY 1, label, 9")
    assert [sort.column.name if sort.column else "" for sort in scope.order] == [
        "title",
        "title",
        "",
    ]


def test_a_name_that_is_given_and_is_a_column_is_the_column_to_group_by() -> None:
    scope = root("SELECT lower(title) AS title FROM posts GROUP BY title")
    (group,) = scope.groups
    assert group.output is None
    assert [use.name for use in group.columns] == ["title"]


def test_a_member_of_an_array_is_no_in() -> None:
    (condition,) = root("SELECT id FROM posts WHERE $1 = ANY (title)").where
    assert condition.operator == "holds"
    assert condition.left is not None
    assert condition.left.kind == "column"
    assert [side.kind for side in condition.right] == ["parameter"]
    (condition,) = root("SELECT id FROM posts WHERE title = ANY ($1)").where
    assert condition.operator == "in"


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("UPDATE posts SET (title, id) = ('a', 2)", []),
        ("UPDATE posts SET (title, id) = (SELECT name, id FROM users)", []),
    ],
)
def test_several_columns_set_at_once_are_not_told_apart(sql: str, columns: list[str]) -> None:
    query = asked(sql)
    assert query.root is not None
    assert [each.column.name for each in query.root.assignments] == columns


def test_a_column_that_is_set_by_its_tables_name_is_of_that_table() -> None:
    query = asked("UPDATE posts p, users u SET u.name = 'a' WHERE p.user_id = u.id", "mysql")
    assert query.root is not None
    (each,) = query.root.assignments
    assert each.column.table is not None
    assert each.column.table.name.text == "users"


def test_a_list_of_values_gives_no_columns() -> None:
    assert asked("VALUES (1, 2), (3, 4)").root is None
    assert root("SELECT id FROM users WHERE id IN (VALUES (1), (2))").children == ()


def test_brackets_around_a_subquery_change_nothing() -> None:
    (inner,) = root("SELECT id FROM users WHERE id = ((SELECT max(user_id) FROM posts))").children
    assert inner.use == "scalar"


def test_a_function_of_the_engine_may_aggregate() -> None:
    assert root("SELECT jsonb_object_agg(id, title) FROM posts").aggregates
    assert not root("SELECT some_function(title) FROM posts").aggregates


def test_a_cte_says_how_it_is_kept_and_whether_it_reads_itself() -> None:
    query = asked(
        "WITH RECURSIVE a AS MATERIALIZED (SELECT 1 AS n), b AS NOT MATERIALIZED (SELECT 2 AS n),"
        " c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c) SELECT a.n FROM a, b, c"
    )
    found = {
        each.name: (each.materialised, each.recursive) for each in query.scopes if each.use == "cte"
    }
    assert found == {"a": (True, False), "b": (False, False), "c": (None, True)}
