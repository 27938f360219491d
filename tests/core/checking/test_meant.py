"""What a path tells of the statements in a file."""

from __future__ import annotations

import pytest

from be_tui.core.checking.meant import engine_of, is_kept_by_client, runs_once, strange
from be_tui.core.checking.open_ends import has_marks, is_open


@pytest.mark.parametrize(
    ("path", "engine", "other"),
    [
        ("/db/postgres/users.go", "postgresql", ""),
        ("/db/sqlite3/users.go", "sqlite", ""),
        ("/migrations/mysql/V1.up.sql", "mysql", ""),
        ("/migrations/0001_users.postgres.up.sql", "postgresql", ""),
        ("/mysql/tables.postgres.sql", "postgresql", ""),
        ("/full.sql.sqlite", "sqlite", ""),
        ("/clickhouse/0001.up.sql", "", "ClickHouse"),
        ("/0001.cockroach.up.sql", "", "CockroachDB"),
        ("/tables_oracle23.sql", "", "Oracle"),
        ("/tables_informix.sql", "", "Informix"),
        ("/postgres16/tables.sql", "postgresql", ""),
        ("/src/users.sql", "", ""),
        ("/src/mysqldump_reader.sql", "", ""),
    ],
)
def test_the_nearest_name_of_an_engine_counts(path: str, engine: str, other: str) -> None:
    target, strange = engine_of(path)
    assert (target.engine if target else "", strange) == (engine, other)


@pytest.mark.parametrize(
    ("path", "once"),
    [
        ("db/migrations/0001.sql", True),
        ("src/database/migrations.go", True),
        ("schema/delta/56/users.sql", True),
        ("alembic/env.py", True),
        ("migrations/versions/1a2b.py", True),
        ("db/V12__users.sql", True),
        ("src/db/schema_upgrades.py", True),
        ("init_dbs/postgresql/1.10.0/1.10.0.sql", True),
        ("init_dbs/1.10.sql", False),
        ("tools/upgrader/V320Upgrader.java", True),
        ("scripts/migrate-add-head.sql", True),
        ("scripts/immigrate.sql", False),
        ("admin/sql/updates/schema-change/20.sql", True),
        ("src/updates/feed.py", False),
        ("queries/users.sql", False),
        ("src/emigration/users.sql", False),
        ("schema.sql", False),
    ],
)
def test_migrations_and_first_data_run_once(path: str, once: bool) -> None:  # noqa: FBT001 (a case)
    assert runs_once(path) is once


@pytest.mark.parametrize(
    ("sql", "engine"),
    [
        ("CREATE TABLE t (a String) ENGINE = ReplicatedMergeTree ORDER BY a", "ClickHouse"),
        ("SELECT a FROM t FINAL WHERE b = {b: String}", "ClickHouse"),
        ("SELECT toStartOfHour(a) FROM t", "ClickHouse"),
        ("SELECT a FROM t LIMIT 1 BY b", "ClickHouse"),
        ("CREATE TABLE t (a STRING) WITH ('connector' = 'kafka')", "Flink"),
        ("CREATE TABLE t (tags ROW<a STRING, b INT>)", "Flink"),
        ("SELECT a FROM final WHERE b = {{ b }}", ""),
        ("SELECT a, '{b: c}' FROM t", ""),
        ("SELECT row < 3 FROM t", ""),
        ("CREATE TABLE t (a int) ENGINE=InnoDB", ""),
    ],
)
def test_sql_of_other_engines_is_told_by_its_words(sql: str, engine: str) -> None:
    assert strange(sql) == engine


def test_prisma_sets_the_times_of_changes() -> None:
    assert is_kept_by_client("app/prisma/migrations/1/migration.sql")
    assert not is_kept_by_client("app/migrations/1/migration.sql")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM t {{ where }}",
        "SELECT a FROM t{{_}} LIMIT 5",
        "SELECT a FROM t WHERE b = 1 {{_}}",
        "SELECT a FROM t WHERE b = 'x' {{_}} LIMIT 1",
        "SELECT a FROM t WHERE (b = 1) ${more}",
        "SELECT a FROM t {% if b %} WHERE b = 1 {% endif %}",
        "SELECT a FROM t WHERE {{ one }} {{ two }}",
        "DELETE FROM t %where%",
    ],
)
def test_a_mark_where_a_clause_would_begin_leaves_a_statement_open(sql: str) -> None:
    assert is_open(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM {{ ref('t') }} WHERE b = {{ b }}",
        "SELECT {{_}} FROM t WHERE b IN ({{_}}) LIMIT {{_}}",
        "SELECT a FROM t WHERE {{ condition }} AND {{ other }}",
        "SELECT a FROM t WHERE b LIKE '{{ b }}%'",
        "SELECT a FROM t -- {{ note }}",
        "UPDATE t SET a = {{ a }}, b = ${b}",
        "SELECT a FROM t WHERE a%b%c = 1",
        "SELECT a FROM t",
    ],
)
def test_a_mark_for_a_name_or_a_value_leaves_it_closed(sql: str) -> None:
    assert not is_open(sql)


def test_marks_within_quotes_are_none() -> None:
    assert has_marks("SELECT a FROM t WHERE b = {{ b }}")
    assert not has_marks("SELECT a FROM t WHERE b = '{{ b }}'")
