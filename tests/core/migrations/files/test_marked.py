from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.migrations.files.building import exact, only, read, sql, told, unread

if TYPE_CHECKING:
    from pathlib import Path

FUNCTION = "CREATE FUNCTION f() RETURNS int AS $$\nBEGIN\n  RETURN 1;\nEND $$ LANGUAGE plpgsql"


def test_dbmate_takes_a_file_apart_at_its_marks(tmp_path: Path) -> None:
    text = (
        "-- a note\n\n-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON a (b);\n\n"
        "-- migrate:down\nDROP INDEX i;\nSELECT 1;\n"
    )
    history = read(tmp_path, {"20240101000000_add_index.sql": text})
    migration = only(history)
    assert (history.format, migration.version, migration.title) == (
        "dbmate",
        "20240101000000",
        "add index",
    )
    assert sql(migration.up) == ["CREATE INDEX CONCURRENTLY i ON a (b)"]
    assert migration.up.wrapping == "none"
    assert migration.down is not None
    assert migration.down.wrapping == "one"
    assert migration.up.statements[0].statement.line == 4
    exact(history)


def test_dbmate_refuses_what_stands_before_its_first_mark(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "1_a.sql": "SELECT 1;\n-- migrate:up\nSELECT 2;",
            "2_b.sql": "-- migrate:down\nSELECT 1;\n-- migrate:up\nSELECT 2;",
            "3_c.sql": "SELECT 1;",
            "4_d.sql": "-- migrate:up\nSELECT 1;\n-- migrate:up\nSELECT 2;",
            "nameless.sql": "-- migrate:up\nSELECT 1;",
        },
        "dbmate",
    )
    assert told(history) == [
        "migration-half 1_a.sql:1",
        "migration-half 2_b.sql:1",
        "migration-half 3_c.sql:1",
        "migration-half 4_d.sql:3",
        "migration-name nameless.sql:0",
    ]


def test_goose_reads_blocks_directions_and_the_mark_without_a_transaction(tmp_path: Path) -> None:
    text = (
        "-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\n"
        f"{FUNCTION};\n-- +goose StatementEnd\nSELECT 1;\n-- +goose Down\nDROP FUNCTION f;\n"
    )
    history = read(tmp_path, {"00001_function.sql": text})
    migration = only(history)
    assert history.format == "goose"
    assert sql(migration.up) == [FUNCTION, "SELECT 1"]
    assert (migration.up.wrapping, sql(migration.down)) == ("none", ["DROP FUNCTION f"])
    assert told(history) == []
    exact(history)


def test_a_block_of_another_engine_is_one_statement_whatever_it_holds(tmp_path: Path) -> None:
    text = (
        "-- +goose Up\n-- +goose StatementBegin\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW\n"
        "BEGIN SET NEW.b = 1; SET NEW.c = 2; END;\n-- +goose StatementEnd\n"
        "-- +goose StatementBegin\n-- nothing\n-- +goose StatementEnd\n"
    )
    migration = only(read(tmp_path, {"00001_t.sql": text}, "goose", "mysql"))
    (statement,) = sql(migration.up)
    assert statement.endswith("SET NEW.c = 2; END")
    assert migration.up.wrapping == "none"


def test_goose_cuts_a_body_that_stands_outside_of_a_block(tmp_path: Path) -> None:
    history = read(tmp_path, {"1_f.sql": f"-- +goose Up\n{FUNCTION};\n"}, "goose")
    assert told(history) == ["migration-cut 1_f.sql:4"]


def test_goose_tells_marks_that_it_does_not_know_or_that_are_never_closed(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "1_a.sql": "-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n",
            "2_b.sql": "-- +goose Upp\nSELECT 1;\n",
            "3_c.sql": "SELECT 1;\n-- +goose Up\n-- +goose Up\nSELECT 1;\n",
            "4_d.go": "package migrations\n",
            "d_test.go": "package migrations\n",
            "x.sql": "SELECT 1;",
        },
        "goose",
    )
    assert sorted(told(history)) == [
        "migration-half 1_a.sql:2",
        "migration-half 2_b.sql:1",
        "migration-half 2_b.sql:1",
        "migration-half 2_b.sql:2",
        "migration-half 3_c.sql:1",
        "migration-half 3_c.sql:3",
        "migration-name x.sql:0",
    ]
    in_go = history.migrations[-1]
    assert unread(in_go.up) == ["a migration in Go: what it does shows when it runs"]


def test_goose_puts_values_in_only_where_it_is_told_to(tmp_path: Path) -> None:
    text = (
        "-- +goose Up\nSELECT '${KEPT}' AS a;\n-- +goose ENVSUB ON\n"
        "CREATE TABLE ${NAME} (id int);\n"
        "INSERT INTO a VALUES ('${QUOTED}');\n-- +goose ENVSUB OFF\nSELECT 2;\n"
        "-- +goose ENVSUB ON\nSELECT 3;\n"
    )
    migration = only(read(tmp_path, {"1_a.sql": text}, "goose"))
    assert sql(migration.up) == [
        "SELECT '${KEPT}' AS a",
        "INSERT INTO a VALUES ('${QUOTED}')",
        "SELECT 2",
        "SELECT 3",
    ]
    assert unread(migration.up) == ["`${NAME}` is a placeholder, and its value is not known"]
