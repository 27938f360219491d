"""What each name of a statement means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.sqltext import ENGINES, Engine
from tests.core.queries.asking import asked, root

if TYPE_CHECKING:
    from be_tui.core.queries import ColumnUse


def _shown(use: ColumnUse) -> str:
    told = f"{use.source.alias if use.source else '?'}.{use.name}"
    told += f" {use.type}" if use.type else ""
    return told + (" outer" if use.outer else "") + (" missing" if use.missing else "")


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("SELECT name FROM users", ["users.name text"]),
        ("SELECT u.name FROM users AS u", ["u.name text"]),
        ('SELECT "U"."NAME" FROM "Users" "U"', ["u.name text"]),
        ("SELECT title FROM users, posts", ["posts.title text"]),
        ("SELECT nothing FROM users", ["?.nothing missing"]),
        ("SELECT u.nothing FROM users u", ["u.nothing missing"]),
        ("SELECT x.id FROM users u", ["?.id missing"]),
        ("SELECT id FROM users JOIN posts USING (id)", ["users.id bigint"]),
        ("SELECT id FROM elsewhere", ["elsewhere.id"]),
        ("SELECT id FROM elsewhere, other", ["?.id"]),
        ("SELECT ctid FROM users", ["users.ctid"]),
        ("SELECT s.n FROM (SELECT name AS n FROM users) s", ["s.n text"]),
        ("SELECT s.m FROM (SELECT max(id) AS m FROM users) s", ["s.m"]),
        ("WITH c (n) AS (SELECT name FROM users) SELECT n FROM c", ["c.n text"]),
        ("WITH c AS (SELECT * FROM users) SELECT name FROM c", ["c.name text"]),
        ("WITH users AS (SELECT 1 AS one) SELECT one FROM users", ["users.one"]),
        ("SELECT n FROM generate_series(1, 3) AS g(n)", ["g.n"]),
        ("SELECT v.a FROM (VALUES (1, 2)) AS v(a, b)", ["v.a"]),
        ("SELECT name AS n FROM users ORDER BY n", ["users.name text"]),
        ("UPDATE users SET name = email", ["users.name text", "users.email text"]),
        ("DELETE FROM users WHERE id = 1", ["users.id bigint"]),
    ],
)
def test_a_column_is_that_of_its_source(sql: str, columns: list[str]) -> None:
    assert [_shown(use) for use in root(sql).columns] == columns


def test_a_name_that_two_tables_have_belongs_to_neither() -> None:
    (use,) = root("SELECT id FROM users CROSS JOIN posts").columns
    assert use.source is None
    assert [each.alias for each in use.candidates] == ["users", "posts"]


def test_a_subquery_sees_the_columns_around_it() -> None:
    scope = root("SELECT 1 FROM users u WHERE EXISTS (SELECT 1 FROM posts WHERE user_id = u.id)")
    (inner,) = scope.children
    assert inner.use == "exists"
    assert [_shown(use) for use in inner.columns] == ["posts.user_id bigint", "u.id bigint outer"]
    assert [use.name for use in inner.correlated] == ["id"]
    assert not scope.correlated
    assert [use.name for use in scope.columns_of(scope.sources[0])] == ["id"]


def test_a_derived_table_does_not_see_its_neighbours_unless_lateral() -> None:
    plain = root("SELECT 1 FROM users u, (SELECT u.id FROM posts) d")
    lateral = root("SELECT 1 FROM users u, LATERAL (SELECT u.id FROM posts) d")
    assert plain.children[0].columns[0].missing
    assert lateral.children[0].columns[0].outer


@pytest.mark.parametrize(
    ("sql", "use"),
    [
        ("id IN (SELECT user_id FROM posts)", "in"),
        ("id NOT IN (SELECT user_id FROM posts)", "not in"),
        ("NOT (id IN (SELECT user_id FROM posts))", "not in"),
        ("id = ANY (SELECT user_id FROM posts)", "in"),
        ("id <> ALL (SELECT user_id FROM posts)", "not in"),
        ("id > ALL (SELECT user_id FROM posts)", "quantified"),
        ("id = (SELECT max(user_id) FROM posts)", "scalar"),
        ("NOT EXISTS (SELECT 1 FROM posts)", "exists"),
    ],
)
def test_it_is_told_how_a_subquery_is_used(sql: str, use: str) -> None:
    scope = root(f"SELECT id FROM users WHERE {sql}")
    assert [each.use for each in scope.children] == [use]
    assert scope.where[0].scope is scope.children[0]


def test_outer_joins_make_columns_nullable() -> None:
    left = root("SELECT u.id, p.id FROM users u LEFT JOIN posts p ON p.user_id = u.id")
    right = root("SELECT u.id, p.id FROM users u RIGHT JOIN posts p ON p.user_id = u.id")
    full = root("SELECT u.id, p.id FROM users u FULL JOIN posts p ON p.user_id = u.id")
    assert [output.column.nullable for output in left.outputs if output.column] == [False, True]
    assert [output.column.nullable for output in right.outputs if output.column] == [True, False]
    assert [output.column.nullable for output in full.outputs if output.column] == [True, True]


def test_a_star_is_told_column_by_column_where_they_are_known() -> None:
    known = root("SELECT * FROM users")
    assert [output.name for output in known.outputs] == ["id", "email", "name", "manager_id"]
    assert len(known.stars) == 1
    unknown = root("SELECT u.*, e.* FROM users u, elsewhere e")
    assert [output.name for output in unknown.outputs][-1] == ""
    assert unknown.outputs[-1].star
    assert [star.source.alias for star in unknown.stars if star.source] == ["u", "e"]


def test_a_recursive_cte_refers_to_its_first_arm() -> None:
    query = asked(
        "WITH RECURSIVE up (n, boss) AS ("
        " SELECT id, manager_id FROM users WHERE id = 1"
        " UNION ALL SELECT u.id, u.manager_id FROM users u JOIN up ON u.id = up.boss"
        ") SELECT n FROM up"
    )
    arm = next(scope for scope in query.scopes if scope.use == "arm" and len(scope.sources) == 2)
    boss = next(use for use in arm.columns if use.name == "boss")
    assert str(boss.type) == "bigint"
    assert query.root
    assert str(query.root.columns[0].type) == "bigint"


def test_scopes_come_after_those_around_them() -> None:
    query = asked(
        "WITH c AS (SELECT id FROM users) SELECT (SELECT count(*) FROM posts) FROM c"
        " WHERE id IN (SELECT user_id FROM posts UNION SELECT id FROM users)"
    )
    assert [scope.number for scope in query.scopes] == list(range(len(query.scopes)))
    assert all(scope.parent < scope.number for scope in query.scopes)
    assert query.root
    assert len(list(query.root.walk())) == len(query.scopes)


def test_what_writes_names_its_table() -> None:
    for sql, kind in (
        ("INSERT INTO users (id) SELECT user_id FROM posts", "insert"),
        ("UPDATE users SET name = p.title FROM posts p WHERE p.user_id = users.id", "update"),
        ("DELETE FROM users USING posts p WHERE p.user_id = users.id", "delete"),
        ("MERGE INTO users u USING posts p ON p.user_id = u.id WHEN MATCHED THEN DELETE", "merge"),
    ):
        query = asked(sql)
        assert query.kind == kind
        assert query.written
        assert query.written.table
        assert query.written.table.name.text == "users"
        assert not any(use.missing or use.candidates for use in query.scopes[0].columns)


def test_mysql_deletes_from_the_table_that_is_named_first() -> None:
    query = asked("DELETE p FROM users u JOIN posts p ON p.user_id = u.id WHERE u.id = 1", "mysql")
    assert query.written
    assert query.written.alias == "p"


def test_on_conflict_knows_the_row_that_was_to_be_inserted() -> None:
    query = asked(
        "INSERT INTO users (id, email) VALUES (1, 'a')"
        " ON CONFLICT (id) DO UPDATE SET email = excluded.email WHERE users.name IS NULL"
    )
    assert query.inserted == ("id", "email")
    assert query.root
    assert [each.column.name for each in query.root.assignments] == ["email"]
    assert not any(use.missing for use in query.root.columns)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mark", ["?", "$1", ":name", "%s", "%(name)s", "{{ name }}", "#{name}"])
def test_parameters_of_every_kind_are_values(engine: Engine, mark: str) -> None:
    sql = f"SELECT id FROM users WHERE name = {mark} AND id > 5"
    query = asked(sql, engine)
    assert query.root
    first, second = query.root.where
    assert [side.kind for side in first.right] == ["parameter"]
    assert query.text(second.span) == "id > 5"
    assert query.text(first.span) == f"name = {mark}"


def test_a_templated_table_is_no_unknown_one() -> None:
    scope = root("SELECT id FROM {{ ref('users') }} WHERE id = 1")
    assert scope.sources[0].is_templated


def test_without_a_schema_names_are_likely_and_nothing_is_missing() -> None:
    scope = root("SELECT u.name, title FROM users u JOIN posts p ON p.user_id = u.id", known=False)
    assert not any(use.missing or use.certain or use.type for use in scope.columns)
    assert [use.source.alias for use in scope.columns if use.source] == ["u", "p", "u"]


def test_a_thousand_arms_are_read_without_going_deep() -> None:
    scope = root(" UNION ALL ".join(["SELECT id FROM users"] * 300))
    assert len(scope.children) == 300
    assert scope.operator == "union all"


def test_what_is_no_query_has_no_scope() -> None:
    assert asked("CREATE TABLE t (a int)").root is None
    assert asked("CREATE VIEW v AS SELECT id FROM users").kind == "create"


def test_having_and_order_may_name_what_is_given() -> None:
    scope = root("SELECT count(*) AS n FROM users GROUP BY name HAVING n > 3 ORDER BY n + 1")
    named = [use for use in scope.columns if use.name == "n"]
    assert [use.alias_of is scope.outputs[0] for use in named] == [True, True]
    assert root("SELECT id AS n FROM users WHERE n = 1").where[0].columns[0].missing


def test_set_writes_to_the_table_that_is_updated() -> None:
    scope = root("UPDATE users SET id = p.id FROM posts p WHERE p.user_id = users.id")
    (each,) = scope.assignments
    assert each.column.source
    assert each.column.source.alias == "users"
    assert each.value.kind == "column"


def test_what_is_returned_and_merged_is_read() -> None:
    given = root("DELETE FROM users WHERE id = 1 RETURNING id, name AS n, *")
    assert [output.name for output in given.outputs][:2] == ["id", "n"]
    merge = root(
        "MERGE INTO users u USING posts p ON p.user_id = u.id"
        " WHEN MATCHED AND p.id > 3 THEN UPDATE SET name = p.title"
        " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (p.user_id, p.title)"
    )
    assert [each.column.name for each in merge.assignments] == ["name"]
    assert not any(use.missing or use.candidates for use in merge.columns)


def test_ctes_that_write_are_scopes_too() -> None:
    query = asked(
        "WITH gone AS (DELETE FROM posts WHERE id = 1 RETURNING user_id),"
        " made AS (INSERT INTO users (id) SELECT user_id FROM gone RETURNING id),"
        " changed AS (UPDATE users SET name = 'x' WHERE id = 2 RETURNING id)"
        " SELECT m.id, g.user_id FROM made m CROSS JOIN gone g JOIN changed c ON c.id = m.id"
    )
    assert query.root
    assert [use.missing for use in query.root.columns] == [False] * 4
    assert [each.use for each in query.root.children] == ["cte", "cte", "cte"]


def test_odd_sources_are_read() -> None:
    scope = root(
        "SELECT d.a, e.b, ARRAY(SELECT id FROM posts)"
        " FROM (users u JOIN posts p ON p.user_id = u.id)"
        " CROSS JOIN (SELECT id, title FROM posts) AS d (a, b)"
        " JOIN (SELECT * FROM elsewhere) AS e (b) ON e.b = d.a"
    )
    assert [source.alias for source in scope.sources] == ["u", "p", "d", "e"]
    assert scope.children[-1].use == "array"
    assert str(scope.columns[-1].type) == "bigint"


def test_a_comma_is_no_cross_join_in_sqlite() -> None:
    kinds = [source.kind for source in root("SELECT 1 FROM users, posts", "sqlite").sources]
    assert kinds == ["from", "comma"]
    kinds = [source.kind for source in root("SELECT 1 FROM users CROSS JOIN posts").sources]
    assert kinds == ["from", "cross"]


@pytest.mark.parametrize(
    ("arms", "nullable", "kind", "table"),
    [
        ("SELECT email FROM users UNION SELECT email FROM users", False, "text", "users"),
        ("SELECT email FROM users UNION SELECT title FROM posts", True, "text", ""),
        ("SELECT email FROM users UNION ALL SELECT NULL", True, "", ""),
        ("SELECT email FROM users UNION ALL SELECT 'a'", None, "", ""),
        ("SELECT id FROM users UNION SELECT data FROM posts", True, "", ""),
        ("SELECT id FROM users UNION SELECT user_id FROM posts", False, "bigint", ""),
        (
            "SELECT id FROM users UNION SELECT id FROM posts UNION SELECT manager_id FROM users",
            True,
            "bigint",
            "",
        ),
        ("SELECT id FROM users EXCEPT SELECT manager_id FROM users", False, "bigint", "users"),
        ("SELECT id FROM users UNION SELECT * FROM elsewhere", None, "", ""),
    ],
)
def test_a_column_of_a_union_is_what_all_its_arms_are(
    arms: str,
    nullable: bool | None,  # noqa: FBT001 (a case)
    kind: str,
    table: str,
) -> None:
    for sql in (
        f"SELECT d.x FROM ({arms}) AS d (x)",
        f"WITH d (x) AS ({arms}) SELECT d.x FROM d",
    ):
        use = root(sql).columns[0]
        assert use.nullable is nullable
        assert str(use.type or "") == kind
        assert (use.table.name.text if use.table else "") == table
        assert use.certain
