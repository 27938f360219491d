"""Which indexes a query could use, engine by engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.indexes.access import accesses
from be_tui.core.indexes.candidates import candidates
from be_tui.core.indexes.known import Known
from be_tui.core.sqltext import Engine, Target
from tests.core.indexes.making import POSTS, RICH, query_of, schema_of, shape, statistics

if TYPE_CHECKING:
    from be_tui.core.statistics import Statistics


def found(
    sql: str,
    engine: Engine = "postgresql",
    *,
    version: tuple[int, ...] = (),
    ddl: str = "",
    rows: Statistics | None = None,
) -> list[str]:
    target = Target(engine, version)
    ddl = ddl or POSTS + RICH * (engine == "postgresql")
    query = query_of(sql, schema_of(ddl, target), target)
    known = Known(rows or statistics(engine))
    shapes = [
        f"{each.rule}: {shape(each.sketch)}"
        for access in accesses(query)
        for each in candidates(access, target, known)
    ]
    return list(dict.fromkeys(shapes))


def test_equality_comes_before_order_and_range() -> None:
    sql = (
        "SELECT * FROM posts WHERE created_at > '2023-01-01' AND status = 'x' AND user_id = 1"
        " ORDER BY score"
    )
    assert found(sql) == [
        "equality: posts (user_id, status)",
        "equality-sort: posts (user_id, status, score)",
        "equality-range: posts (user_id, status, created_at)",
        "equality-sort: posts (user_id, status, score, created_at)",
        "partial: posts (user_id) WHERE status = 'x'",
        "partial: posts (user_id, score) WHERE status = 'x'",
        "partial: posts (user_id, created_at) WHERE status = 'x'",
        "partial: posts (user_id, score, created_at) WHERE status = 'x'",
    ]


def test_an_order_that_runs_one_way_is_read_either_way() -> None:
    down = "SELECT * FROM posts WHERE user_id = 1 ORDER BY created_at DESC, id DESC"
    assert "equality-sort: posts (user_id, created_at, id)" in found(down)
    assert found("SELECT * FROM posts ORDER BY score DESC, created_at") == [
        "mixed-sort: posts (score DESC, created_at)"
    ]


def test_nulls_that_stand_elsewhere_than_usual_are_part_of_the_key() -> None:
    assert found("SELECT * FROM posts ORDER BY score DESC NULLS LAST") == [
        "sort: posts (score DESC NULLS LAST)"
    ]


def test_old_engines_have_no_keys_that_go_down() -> None:
    sql = "SELECT * FROM posts ORDER BY score DESC, created_at"
    assert found(sql, "mariadb", version=(10, 6)) == []
    assert found(sql, "mariadb", version=(10, 8)) == ["mixed-sort: posts (score DESC, created_at)"]
    assert found(sql, "mysql", version=(5, 7)) == []


def test_a_rare_constant_makes_a_partial_index_where_the_engine_has_them() -> None:
    sql = "SELECT * FROM posts WHERE status = 'flagged' ORDER BY created_at DESC LIMIT 10"
    partial = "partial: posts (created_at) WHERE status = 'flagged'"
    assert partial in found(sql)
    assert partial in found(sql, "sqlite")
    assert not [each for each in found(sql, "mariadb") if "WHERE" in each]
    common = found(sql.replace("flagged", "published"))
    assert not [each for each in common if "WHERE" in each]
    key = found("SELECT * FROM posts WHERE user_id = 1 ORDER BY created_at")
    assert not [each for each in key if "WHERE" in each]


def test_what_is_not_common_is_rare() -> None:
    sql = "SELECT id FROM posts WHERE status <> 'published' AND body IS NULL"
    shapes = found(sql)
    assert "partial: posts (body) WHERE status <> 'published'" in shapes
    assert "partial: posts (status) WHERE status <> 'published' AND body IS NULL" in shapes


def test_few_narrow_columns_are_covered() -> None:
    sql = "SELECT user_id, score FROM posts WHERE user_id BETWEEN 100 AND 200"
    assert found(sql) == [
        "range: posts (user_id)",
        "covering: posts (user_id) INCLUDE (score)",
    ]
    assert found(sql, "sqlite")[1] == "covering: posts (user_id, score)"
    wide = "SELECT body, data FROM posts WHERE user_id = 1"
    assert found(wide) == ["equality: posts (user_id)"]
    assert found("SELECT * FROM posts WHERE user_id = 1") == ["equality: posts (user_id)"]


def test_the_primary_key_is_in_each_index_of_innodb() -> None:
    sql = "SELECT id FROM posts WHERE user_id = 1 ORDER BY created_at, id"
    assert found(sql, "mysql") == [
        "equality: posts (user_id)",
        "equality-sort: posts (user_id, created_at)",
    ]


def test_expressions_are_indexed_where_the_engine_can() -> None:
    sql = "SELECT * FROM users WHERE lower(email) = 'x'"
    assert found(sql) == ["expression: users ((lower(email)))"]
    assert found(sql, "sqlite") == ["expression: users ((lower(email)))"]
    assert found(sql, "mariadb") == []
    assert found("SELECT * FROM posts WHERE date(created_at) = '2023-01-01'") == []


@pytest.mark.parametrize(
    ("engine", "shapes"),
    [
        ("postgresql", ["prefix: posts (title text_pattern_ops)"]),
        ("sqlite", ['prefix: posts (title COLLATE "NOCASE")']),
        ("mysql", ["prefix: posts (title)"]),
    ],
)
def test_a_pattern_with_a_beginning_is_a_range(engine: Engine, shapes: list[str]) -> None:
    ddl = POSTS.replace("title text", "title varchar(80)")
    assert found("SELECT * FROM posts WHERE title LIKE 'x%'", engine, ddl=ddl) == shapes


def test_a_pattern_without_a_beginning_needs_trigrams() -> None:
    for like in ("LIKE '%needle%'", "ILIKE 'needle%'"):
        assert found(f"SELECT * FROM posts WHERE title {like}") == [
            "trigram: posts USING gin (title gin_trgm_ops)"
        ]
    assert found("SELECT * FROM posts WHERE title LIKE '%x'") == []
    assert found("SELECT * FROM posts WHERE title LIKE '%needle%'", "sqlite") == []


def test_what_stands_within_values_needs_an_inverted_index() -> None:
    assert found("""SELECT * FROM posts WHERE data @> '{"a": 1}'""") == [
        "containment: posts USING gin (data jsonb_path_ops)"
    ]
    assert found("SELECT * FROM posts WHERE tags @> ARRAY['x']") == [
        "containment: posts USING gin (tags)"
    ]
    assert found("SELECT * FROM posts WHERE data ->> 'k' = 'v'") == [
        "expression: posts ((data ->> 'k'))"
    ]


def test_joins_are_looked_up_from_the_other_side() -> None:
    sql = "SELECT p.body FROM users u JOIN posts p ON p.user_id = u.id WHERE u.email = 'a'"
    assert found(sql)[-1] == "join: posts (user_id)"
    inner = "SELECT * FROM users u WHERE EXISTS (SELECT 1 FROM posts p WHERE p.user_id = u.id)"
    assert found(inner) == ["join: posts (user_id)"]
    within = "SELECT * FROM users WHERE id IN (SELECT user_id FROM posts WHERE score > 5)"
    assert "equality-range: posts (user_id, score)" in found(within)


def test_groups_and_extremes_have_theirs() -> None:
    assert found("SELECT status, count(*) FROM posts GROUP BY status") == ["group: posts (status)"]
    assert found("SELECT DISTINCT user_id FROM posts") == ["group: posts (user_id)"]
    assert "extreme: posts (user_id, created_at)" in found(
        "SELECT max(created_at) FROM posts WHERE user_id = 1"
    )
    assert found("SELECT min(score) FROM posts") == ["extreme: posts (score)"]


def test_each_arm_of_or_has_its_own() -> None:
    assert found("SELECT * FROM posts WHERE user_id = 1 OR score = 5") == [
        "equality: posts (user_id)",
        "equality: posts (score)",
    ]


def test_what_no_index_finds_gives_none() -> None:
    for condition in ("score <> 5", "user_id NOT IN (1, 2)", "score = user_id", "score + 1 = 5"):
        assert found(f"SELECT * FROM posts WHERE {condition}") == []
    assert found("SELECT * FROM posts WHERE data = '1'") == []


def test_what_the_schema_has_is_not_asked_for_again() -> None:
    ddl = POSTS + "CREATE INDEX i ON posts (user_id, created_at) INCLUDE (score);"
    sql = "SELECT score FROM posts WHERE user_id = 1 ORDER BY created_at"
    assert found(sql, ddl=ddl) == []
    assert found(sql.replace("score", "title"), ddl=ddl) == [
        "covering: posts (user_id) INCLUDE (title, created_at)",
        "covering: posts (user_id, created_at) INCLUDE (title)",
    ]
    assert found("SELECT * FROM users WHERE id = 1") == []


def test_a_delete_and_an_update_look_for_their_rows() -> None:
    assert found("DELETE FROM posts WHERE user_id = 1") == ["equality: posts (user_id)"]
    assert found("UPDATE posts SET score = 1 WHERE user_id IN (1, 2)") == [
        "equality: posts (user_id)"
    ]


def test_a_long_text_of_mysql_is_indexed_by_its_beginning() -> None:
    (only,) = found("SELECT * FROM posts WHERE body = 'x'", "mysql")
    target = Target("mysql")
    query = query_of("SELECT * FROM posts WHERE body = 'x'", schema_of(POSTS, target), target)
    (access,) = accesses(query)
    (each,) = candidates(access, target, Known(statistics("mysql")))
    assert only == "equality: posts (body)"
    assert "(body(64))" in each.sketch.ddl("mysql")
