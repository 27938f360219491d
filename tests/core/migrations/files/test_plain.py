from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.migrations.files.building import exact, only, read, sql, told

if TYPE_CHECKING:
    from pathlib import Path

UP = "CREATE TABLE a (id int);"
DOWN = "DROP TABLE a;"


def test_pairs_of_golang_migrate_are_ordered_by_number_not_by_name(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "10_last.up.sql": "SELECT 10;",
            "9_first.up.sql": UP,
            "9_first.down.sql": DOWN,
        },
        "golang-migrate",
    )
    assert [each.version for each in history.migrations] == ["9", "10"]
    first, last = history.migrations
    assert (sql(first.up), sql(first.down)) == (["CREATE TABLE a (id int)"], ["DROP TABLE a"])
    assert last.down is None
    assert first.title == "first"
    assert told(history) == []
    exact(history)


def test_postgresql_makes_one_transaction_of_several_statements_sent_at_once(
    tmp_path: Path,
) -> None:
    history = read(
        tmp_path,
        {
            "1_a.up.sql": "CREATE INDEX CONCURRENTLY i ON a (id);",
            "2_b.up.sql": "SELECT 1; SELECT 2;",
            "3_c.up.sql": "BEGIN; SELECT 1; COMMIT; SELECT 2;",
        },
        "golang-migrate",
    )
    alone, several, own = (each.up for each in history.migrations)
    assert (alone.wrapping, several.wrapping, own.wrapping) == ("none", "one", "none")
    assert [each.wrapping for each in own.statements] == [None, "one", None, None]


def test_the_driver_for_sqlite_puts_a_transaction_around_a_file(tmp_path: Path) -> None:
    history = read(tmp_path, {"1_a.up.sql": "SELECT 1;"}, "golang-migrate", "sqlite")
    assert only(history).up.wrapping == "one"


def test_one_number_twice_is_found_and_so_is_a_way_back_alone(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {"1_a.up.sql": UP, "1_b.up.sql": UP, "2_c.down.sql": DOWN, "notes.sql": "SELECT 1;"},
        "golang-migrate",
    )
    assert sorted(told(history)) == [
        "migration-duplicate 1_b.up.sql:0",
        "migration-half 2_c.down.sql:0",
        "migration-name notes.sql:0",
    ]


def test_sqlx_reads_its_mark_in_the_first_line_only(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "20240101000000_a.sql": "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);",
            "20240102000000_b.up.sql": "\n-- no-transaction\nSELECT 1;",
            "20240102000000_b.down.sql": "SELECT 2;",
            "README.sql": "SELECT 3;",
        },
        "sqlx",
    )
    first, second = history.migrations
    assert (first.up.wrapping, second.up.wrapping) == ("none", "one")
    assert second.title == "b"
    assert sql(second.down) == ["SELECT 2"]
    assert told(history) == ["migration-name README.sql:0"]


def test_diesel_runs_a_folder_in_a_transaction_unless_its_settings_say_no(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "2024-01-01-000000_users/up.sql": UP,
            "2024-01-01-000000_users/down.sql": DOWN,
            "2024-01-02-000000_index/up.sql": "CREATE INDEX CONCURRENTLY i ON a (id);",
            "2024-01-02-000000_index/metadata.toml": "run_in_transaction = false\n",
        },
    )
    assert history.format == "sql"
    users, index = history.migrations
    assert (users.version, users.title, users.up.wrapping) == ("2024-01-01-000000", "users", "one")
    assert users.path == str(tmp_path / "2024-01-01-000000_users")
    assert sql(users.down) == ["DROP TABLE a"]
    assert index.up.wrapping == "none"


def test_raw_files_go_by_number_and_tell_where_their_names_say_otherwise(tmp_path: Path) -> None:
    history = read(tmp_path, {"10_b.sql": "SELECT 10;", "9_a.sql": "SELECT 9;"}, "sql")
    assert [sql(each.up) for each in history.migrations] == [["SELECT 9"], ["SELECT 10"]]
    assert told(history) == ["migration-order 10_b.sql:0"]
    assert only(read(tmp_path / "x", {"schema.sql": UP})).up.wrapping == "unknown"


def test_raw_files_name_their_direction_with_a_dot_or_a_line(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "001_users_up.sql": UP,
            "001_users_down.sql": DOWN,
            "002.up.sql": "SELECT 2;",
            "notes.txt": "no SQL",
        },
        "sql",
    )
    assert [(each.version, each.title) for each in history.migrations] == [
        ("001", "users"),
        ("002", ""),
    ]
    assert sql(history.migrations[0].down) == ["DROP TABLE a"]


def test_what_only_psql_understands_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        "\\echo here\nSELECT '\n\\i quoted';\n-- \\i said\n\\i more.sql  \n"
        "COPY a FROM stdin;\n\\N\n\\.\nDO $$\n\\connect\n$$;\n\\connect shop\n"
    )
    up = only(read(tmp_path, {"001_a.sql": text}, "sql")).up
    assert [(each.statement.line, each.statement.text) for each in up.unread] == [
        (5, r"\i more.sql"),
        (12, r"\connect shop"),
    ]
    assert len(up.statements) == 3
