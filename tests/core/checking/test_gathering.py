"""Texts of folders: engine by engine, what is left out, and what is told twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.checking import check, gather, gather_schema, gathering, misses_tables, reading
from be_tui.core.errors import InputError
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target
from tests.core.checking.labelled import words

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.schema import Schema

PG = Target("postgresql")
TABLES = "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n"


def written(folder: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(folder)


def rules(
    folder: Path, files: dict[str, str], schema: Schema | None = None, target: Target | None = PG
) -> list[str]:
    return [each.rule for each in findings(folder, files, schema, target)]


def findings(
    folder: Path, files: dict[str, str], schema: Schema | None = None, target: Target | None = PG
) -> tuple[Finding, ...]:
    return check(gather([written(folder, files)]), words(), schema, target)


def test_each_engine_has_its_own_tables_and_its_own_rules(tmp_path: Path) -> None:
    files = {
        "mysql/1.sql": "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY, b int);",
        "postgres/1.sql": "CREATE TABLE a (id serial PRIMARY KEY, b text);",
        "sqlite/1.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b text);",
    }
    assert sorted(rules(tmp_path, files)) == ["schema-int-key", "schema-serial"]


def test_engines_that_are_not_known_are_told_in_one_line(tmp_path: Path) -> None:
    files = {
        "a.sql": TABLES,
        "clickhouse/1.sql": "CREATE TABLE e (a String) ENGINE = MergeTree ORDER BY a;",
        "other/2.sql": "CREATE TABLE f (a String) ENGINE = MergeTree ORDER BY a;",
        "a.cockroach.sql": "CREATE TABLE a (id SERIAL);",
    }
    found = findings(tmp_path, files)
    assert [each.rule for each in found] == ["sql-not-checked", "sql-not-checked"]
    assert sorted(each.message for each in found) == [
        "the SQL of this file is for CockroachDB, which is not checked",
        "the SQL of this file, and of 1 more files is for ClickHouse, which is not checked",
    ]


def test_tables_that_programs_make_or_hold_elsewhere_are_not_missed(tmp_path: Path) -> None:
    schema = read_schema(TABLES, PG).schema
    files = {
        "a.py": "x = 'CREATE TEMP TABLE batch (id int)'\ny = 'SELECT id FROM batch'",
        "b.ts": "run('SELECT count() FROM events FINAL'); run('SELECT id FROM events');",
        "c.py": "y = 'SELECT id FROM nowhere'",
        "d.py": "y = 'SELECT id FROM schema_migrations'",
    }
    assert [each.message for each in findings(tmp_path, files, schema)] == ["no table nowhere"]


def test_what_runs_once_meets_other_tables_than_those_at_the_end(tmp_path: Path) -> None:
    schema = read_schema(TABLES, PG).schema
    files = {
        "migrations/1.sql": "UPDATE people SET nmae = upper(name);",
        "a.sql": "SELECT nmae FROM users WHERE id = 1;",
    }
    assert rules(tmp_path, files, schema) == ["sql-unknown-column"]


def test_what_was_made_once_is_as_the_schema_says_by_now(tmp_path: Path) -> None:
    now = "CREATE TABLE users (id bigint PRIMARY KEY, name text, age int);"
    files = {"migrations/1.sql": TABLES, "a.sql": "SELECT age, agge FROM users WHERE id = 1;"}
    found = findings(tmp_path, files, read_schema(now, PG).schema)
    assert [each.message for each in found] == ["no column agge in users; is age meant?"]


def test_two_accounts_of_a_table_that_disagree_leave_its_columns_open(tmp_path: Path) -> None:
    now = "CREATE TABLE users (id bigint PRIMARY KEY, name text, age int);"
    files = {"tables.sql": TABLES, "a.sql": "SELECT age, agge FROM users WHERE id = 1;"}
    assert rules(tmp_path, files, read_schema(now, PG).schema) == []


def test_a_script_of_the_whole_beside_its_steps_counts_once(tmp_path: Path) -> None:
    files = {
        "migrations/1.sql": "CREATE TABLE a (id bigint PRIMARY KEY, b text);",
        "migrations/2.sql": "CREATE INDEX a_b ON a (b);",
        "schema.sql": "CREATE TABLE a (id bigint PRIMARY KEY, b text); CREATE INDEX x ON a (b);",
    }
    assert rules(tmp_path, files) == []


def test_files_of_one_engine_beside_those_of_all_tell_nothing_of_keys(tmp_path: Path) -> None:
    files = {
        "db/1.mysql.up.sql": "CREATE TABLE a (b bigint NOT NULL, c bigint);",
        "db/1.up.sql": "CREATE TABLE a (b bigint NOT NULL, c bigint);",
    }
    assert rules(tmp_path, files, target=None) == []
    alone = {"db/1.mysql.up.sql": files["db/1.mysql.up.sql"]}
    assert rules(tmp_path / "alone", alone, target=None) == ["schema-no-primary-key"]


def test_keys_that_a_procedure_changes_are_not_spoken_of(tmp_path: Path) -> None:
    files = {
        "1.sql": "CREATE TABLE a (id bigint PRIMARY KEY, b text UNIQUE);"
        "CALL drop_index('a', 'b'); CREATE UNIQUE INDEX a_b ON a (b);"
    }
    assert "schema-duplicate-index" not in rules(tmp_path, files)


def test_a_view_that_is_made_anew_is_checked_as_it_is_at_the_end(tmp_path: Path) -> None:
    view = "CREATE VIEW v AS SELECT * FROM users;\n"
    assert rules(tmp_path / "a", {"1.sql": TABLES + view}) == ["sql-select-star"]
    twice = {"1.sql": TABLES + view, "2.sql": "CREATE OR REPLACE VIEW v AS SELECT id FROM users;"}
    assert rules(tmp_path / "b", twice) == []
    assert rules(tmp_path / "c", {"1.sql": TABLES + view, "2.sql": "DROP VIEW x, v CASCADE;"}) == []


def test_rows_of_data_are_told_once_a_table(tmp_path: Path) -> None:
    schema = read_schema(TABLES, PG).schema
    data = "INSERT INTO users VALUES (1, 'a');\nINSERT INTO users VALUES (2, 'b');\n"
    assert rules(tmp_path, {"data.sql": data}, schema) == ["sql-insert-without-columns"]
    assert rules(tmp_path / "own", {"all.sql": TABLES + data}) == []


def test_a_statement_named_in_a_comment_may_mean_all_rows(tmp_path: Path) -> None:
    files = {"q.sql": "-- name: ClearUsers :exec\nDELETE FROM users;\nDELETE FROM users;"}
    assert rules(tmp_path, files) == ["sql-write-without-where"]


def test_prisma_sets_the_time_of_a_change_itself_and_quotes_names(tmp_path: Path) -> None:
    table = "CREATE TABLE a (id bigint PRIMARY KEY, updated_at timestamptz DEFAULT now());"
    named = '-- CreateTable\nCREATE TABLE "User" (id bigint PRIMARY KEY);'
    assert rules(tmp_path / "a", {"prisma/migrations/1/migration.sql": table + named}) == []
    assert rules(tmp_path / "c", {"migration/1/migration.sql": named}) == []
    assert "schema-mixed-case" in rules(tmp_path / "d", {"a.sql": named.partition("\n")[2]})
    assert rules(tmp_path / "b", {"migrations/1/up.sql": table}) == ["schema-updated-at"]


def test_sqlite_itself_says_what_is_wrong_syntax(tmp_path: Path) -> None:
    lite = Target("sqlite")
    assert rules(tmp_path / "a", {"a.sql": "SELECT FROM WHERE;"}, target=lite) == ["sql-unread"]
    odd = {"a.sql": "INSERT INTO t DEFAULT VALUES RETURNING a, b IS NOT NULL ISNULL;"}
    assert set(rules(tmp_path / "b", odd, target=lite)) <= {"sql-not-checked"}


def test_a_literal_that_cannot_be_read_is_no_error(tmp_path: Path) -> None:
    files = {"a.py": "q = 'SELECT a FROM t WHERE b ~~~ ~~~ 1 AND c = 1'"}
    assert rules(tmp_path, files) == ["sql-not-checked"]
    assert rules(tmp_path / "b", {"a.py": "q = 'SELECT a FROM t WHERE %(b)s c d e'"}) == []


def test_the_columns_of_a_table_that_a_script_changes_by_text_are_open(tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    path.write_text(TABLES + "SET @q = 'ALTER TABLE users ADD age int';\n")
    table = gather_schema(str(path), Target("mysql")).schema.table("users")
    assert table is not None
    assert not table.complete


def test_a_folder_of_programs_without_sql_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, {"a.py": "x = 'CREATE TABLE t (id int)'"})
    with pytest.raises(InputError, match="no SQL in this folder"):
        gather([folder])


@pytest.mark.parametrize("mark", ["-- +goose Down", "-- +migrate Down", "-- migrate:down"])
def test_the_way_back_is_not_gone(tmp_path: Path, mark: str) -> None:
    up = "CREATE TABLE a (id bigint PRIMARY KEY, b text);"
    down = "CREATE TABLE a (b text, c text);"
    assert rules(tmp_path, {"1.sql": f"{up}\n{mark}\n{down}"}) == []


def test_the_folder_that_is_named_tells_too(tmp_path: Path) -> None:
    files = {"migrations/1.sql": "DELETE FROM users;", "mysql/1.sql": "SELECT a FROM `t`;"}
    folder = written(tmp_path, files)
    assert check(gather([f"{folder}/migrations"]), words(), None, PG) == ()
    assert check(gather([f"{folder}/mysql/"]), words(), None, PG) == ()


def test_a_schema_of_which_a_table_cannot_be_read_may_have_others(tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    path.write_text(TABLES)
    assert not misses_tables(gather_schema(str(path), PG))
    path.write_text(TABLES + "CREATE TABLE broken (id bigint,, name text);")
    assert misses_tables(gather_schema(str(path), PG))


def test_a_schema_is_read_from_a_folder_or_a_file_of_sqlite(tmp_path: Path) -> None:
    folder = written(tmp_path / "ddl", {"2.sql": "ALTER TABLE a ADD b text;", "1.sql": TABLES})
    assert gather_schema(folder, PG).schema.table("users") is not None
    path = tmp_path / "app.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY)")
        connection.commit()
    assert gather_schema(str(path), None).schema.table("kept") is not None


def test_a_program_for_an_engine_that_is_not_known_is_passed_over(tmp_path: Path) -> None:
    files = {"a.sql": TABLES, "clickhouse/a.py": "q = 'SELECT id FROM t WHERE a = NULL'"}
    assert rules(tmp_path, files) == []
    named = {"a.sql": TABLES, "oracle/a.py": "q = 'SELECT id FROM t WHERE a = NULL'"}
    assert rules(tmp_path / "b", named) == ["sql-equals-null"]


def test_a_file_that_is_named_is_read_as_it_is(tmp_path: Path) -> None:
    written(tmp_path, {"a.sql": TABLES, "b.py": "q = 'SELECT id FROM t WHERE a = NULL'"})
    found = check(gather([str(tmp_path / "a.sql"), str(tmp_path / "b.py")]), words(), None, PG)
    assert [each.rule for each in found] == ["sql-equals-null"]


def test_more_files_than_are_looked_at_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_FILES", 1)
    folder = written(tmp_path, {"a.sql": TABLES, "b.sql": "SELECT 1;"})
    assert [Path(text.path).name for text in gather([folder]) if text.sql] == ["a.sql"]


def test_more_statements_than_are_looked_at_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_STATEMENTS", 2)
    (each,) = findings(tmp_path, {"a.sql": "SELECT 1; SELECT 2; SELECT 3;"})
    assert each.rule == "sql-not-checked"
    assert each.message == "more than 2 statements: the rest was not looked at"


def test_a_template_that_puts_in_a_whole_part_is_no_fault(tmp_path: Path) -> None:
    assert rules(tmp_path, {"a.sql": "SELECT a FROM t {{ one }} {{ two }} {{ three }};"}) == [
        "sql-not-checked"
    ]


@pytest.mark.parametrize(
    "sql", ["/*!40101 SET NAMES utf8 */;", "DEALLOCATE PREPARE s;", "UNLOCK TABLES;"]
)
def test_statements_that_there_is_nothing_to_say_of_are_passed_over(
    tmp_path: Path, sql: str
) -> None:
    assert rules(tmp_path, {"a.sql": sql}, target=Target("mysql")) == []


def test_a_table_that_is_filled_again_at_once_may_be_emptied(tmp_path: Path) -> None:
    again = {"a.sql": "DELETE FROM users;\nINSERT INTO users (id) VALUES (1);"}
    assert rules(tmp_path / "a", again) == []
    other = {"a.sql": "DELETE FROM users;\nINSERT INTO posts (id) VALUES (1);"}
    assert rules(tmp_path / "b", other) == ["sql-write-without-where"]
    add = "-- name: Add\nINSERT INTO users (id) VALUES (1);"
    named = {"a.sql": f"-- name: Leave\nDELETE FROM users;\n{add}"}
    assert rules(tmp_path / "c", named) == ["sql-write-without-where"]


@pytest.mark.parametrize(
    "name", ["tests/a.py", "a_test.py", "src/test/java/TestA.java", "AIT.java", "a.spec.ts"]
)
def test_what_tests_cost_is_no_matter(tmp_path: Path, name: str) -> None:
    query = {name: "run('DELETE FROM users')\n".replace("'", '"')}
    assert rules(tmp_path / "a", query) == []
    wrong = {name: "run('SELECT a FROM users WHERE b = NULL')\n".replace("'", '"')}
    assert rules(tmp_path / "b", wrong) == ["sql-equals-null"]


def test_a_folder_of_tests_that_is_named_itself_is_checked_whole(tmp_path: Path) -> None:
    assert rules(tmp_path / "tests", {"a.sql": "DELETE FROM users;"}) == ["sql-write-without-where"]


def test_a_slash_at_the_end_of_a_folder_changes_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path, {"a.sql": "DELETE FROM users;"})
    assert [text.path for text in gather([folder + "/"])] == [
        text.path for text in gather([folder])
    ]


def test_tables_that_tests_make_by_themselves_are_not_held_to_their_columns(tmp_path: Path) -> None:
    files = {"a.sql": TABLES, "tests/a.py": "run('SELECT other FROM users WHERE id = 1')"}
    assert rules(tmp_path / "a", files) == []
    schema = read_schema(TABLES, PG).schema
    assert rules(tmp_path / "b", {"tests/a.py": files["tests/a.py"]}, schema) == [
        "sql-unknown-column"
    ]


def test_what_rolls_back_is_not_gone(tmp_path: Path) -> None:
    files = {"a.sql": TABLES, "rollback_dbs/1.sql": "CREATE TABLE b (id serial PRIMARY KEY);"}
    assert rules(tmp_path, files) == []


def test_a_query_that_is_called_a_sample_may_give_any_rows(tmp_path: Path) -> None:
    query = "_rows = 'SELECT id FROM users LIMIT 5 OFFSET 20'"
    assert rules(tmp_path / "a", {"a.py": f"random{query}"}) == ["sql-offset-paging"]
    assert rules(tmp_path / "b", {"a.py": f"page{query}"}) == [
        "sql-limit-without-order",
        "sql-offset-paging",
    ]


def test_a_program_that_takes_some_rows_takes_any(tmp_path: Path) -> None:
    query = "SELECT id FROM users LIMIT 5"
    assert rules(tmp_path / "a", {"a.py": f"run('{query}')"}) == []
    assert rules(tmp_path / "b", {"a.sql": query}) == ["sql-limit-without-order"]


def test_marks_of_a_template_alone_are_passed_over(tmp_path: Path) -> None:
    assert rules(tmp_path, {"a.sql": "SELECT id FROM users WHERE id = 1;\n{% endif %}"}) == []


def test_scripts_with_what_they_should_print_are_tests(tmp_path: Path) -> None:
    script = {"sql/a.sql": "DELETE FROM users;"}
    assert rules(tmp_path / "a", {**script, "expected/a.out": "DELETE 1"}) == []
    assert rules(tmp_path / "b", script) == ["sql-write-without-where"]


def test_a_table_that_is_read_for_the_schema_is_not_wrong(tmp_path: Path) -> None:
    table = "CREATE TABLE a (x int, y int, z real unsigned NOT NULL, PRIMARY KEY (x ASC, y ASC));"
    assert rules(tmp_path / "a", {"a.sql": table}, target=Target("mysql")) == ["sql-not-checked"]
    assert "sql-unread" in rules(tmp_path / "b", {"a.sql": table}, target=PG)


def test_a_literal_may_be_of_another_engine_than_the_project(tmp_path: Path) -> None:
    literal = {"a.py": "run('UPDATE OR IGNORE users SET name = 1 WHERE name = NULL')"}
    assert rules(tmp_path, literal, target=PG) == ["sql-equals-null"]
    quoted = {"a.go": 'package a\nvar q = "SELECT `id` FROM `users` WHERE `name` = NULL"'}
    assert rules(tmp_path / "b", quoted, target=PG) == ["sql-equals-null"]
    assert rules(tmp_path / "c", quoted, target=Target("sqlite")) == ["sql-equals-null"]


def test_folders_of_diesel_go_by_their_time_however_it_is_written(tmp_path: Path) -> None:
    files = {
        "migrations/20170804200817_add/up.sql": "CREATE TABLE tokens (id serial PRIMARY KEY);",
        "migrations/2017-09-23-182408_drop/up.sql": "DROP TABLE tokens;",
    }
    assert rules(tmp_path, files) == []


def test_a_script_that_drops_what_another_makes_is_its_way_back(tmp_path: Path) -> None:
    made = "CREATE TABLE a (id serial PRIMARY KEY);"
    files = {"CreateTables.sql": made, "DropTables.sql": "DROP TABLE a;"}
    assert rules(tmp_path / "a", files) == ["schema-serial"]
    alone = {"1.sql": made, "DropTables.sql": "DROP TABLE a;"}
    assert rules(tmp_path / "b", alone) == []


def test_postgresql_itself_says_what_is_wrong_syntax(tmp_path: Path) -> None:
    odd = {"a.sql": "CREATE TABLE a (id bigint PRIMARY KEY, toc CUBE);"}
    (found,) = findings(tmp_path / "a", odd)
    assert found.rule == "sql-not-checked"
    assert found.message.startswith("is not understood here: ")
    bound = {"a.sql": "SELECT is(a, 'x') FROM t WHERE b = %(b)s;"}
    assert rules(tmp_path / "b", bound) == ["sql-not-checked"]
    assert rules(tmp_path / "c", {"a.sql": "SELECT is(a, FROM t;"}) == ["sql-unread"]


def test_named_queries_need_no_semicolons(tmp_path: Path) -> None:
    files = {
        "q.sql": "-- name: one\n-- of all\nSELECT a FROM t WHERE b = 1\n\n"
        "-- name: two\nSELECT c FROM t WHERE d = NULL\n",
        "r.sql": "-- one --\nSELECT a FROM t WHERE b = 1\n-- two --\nSELECT c FROM t WHERE c = 1\n",
    }
    (found,) = findings(tmp_path, files)
    assert (found.rule, found.place.line, found.place.column) == ("sql-equals-null", 6, 23)


def test_a_name_within_the_body_of_a_function_begins_nothing(tmp_path: Path) -> None:
    body = "CREATE FUNCTION f() RETURNS int AS $$\n-- name: x\nSELECT 1\n$$ LANGUAGE sql;"
    assert rules(tmp_path, {"a.sql": body}) == []
