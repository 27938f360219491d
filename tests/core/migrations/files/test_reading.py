"""Which folder is whose, and what comes of folders as people have them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.migrations.files import detect, folder_of, read_migrations
from be_tui.core.migrations.files.folder import Folder
from be_tui.core.sqltext import Target
from tests.core.migrations.files.building import exact, laid, only, read, sql, told

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.migrations.model import FormatName

SQL = "SELECT 1;"


@pytest.mark.parametrize(
    ("files", "form", "certain"),
    [
        ({"sqitch.plan": "%project=x"}, "sqitch", True),
        ({"atlas.sum": "", "1_a.sql": SQL}, "atlas", True),
        ({"1_a.sql": "-- atlas:txmode none\n\nSELECT 1;"}, "atlas", True),
        ({"meta/_journal.json": "{}"}, "drizzle", True),
        ({"0000_a.sql": "SELECT 1;\n--> statement-breakpoint\nSELECT 2;"}, "drizzle", True),
        ({"migration_lock.toml": "", "1_a/migration.sql": SQL}, "prisma", True),
        ({"1_a/migration.sql": SQL}, "prisma", True),
        ({"1_a.sql": "-- +goose Up\n"}, "goose", True),
        ({"1_a.sql": "-- migrate:up\n"}, "dbmate", True),
        ({"a.sql": "-- liquibase formatted SQL\n"}, "liquibase", True),
        ({"a.xml": "<databaseChangeLog/>"}, "liquibase", True),
        ({"a.json": '{"databaseChangeLog": []}'}, "liquibase", True),
        ({"V1__a.sql": SQL}, "flyway", True),
        ({"R__views.sql": SQL}, "flyway", True),
        ({"a.py": "revision = 'a'\ndown_revision = None\n"}, "alembic", True),
        ({"0001_a.py": "class Migration(migrations.Migration):\n    pass\n"}, "django", True),
        ({"1_a.rb": "class A < ActiveRecord::Migration[7.0]\nend\n"}, "rails", True),
        ({"1_a.js": "exports.up = (knex) => {};"}, "knex", True),
        ({"1_a.ts": "export class A implements MigrationInterface {}"}, "typeorm", True),
        ({"1_a.sql": "-- no-transaction\nSELECT 1;"}, "sqlx", True),
        ({"1_a.up.sql": SQL}, "golang-migrate", False),
        ({"1_a.sql": SQL}, "sql", False),
        ({"2024-01-01-000000_a/up.sql": SQL}, "sql", False),
    ],
)
def test_a_folder_shows_whose_it_is(
    files: dict[str, str | bytes], form: FormatName, *, certain: bool, tmp_path: Path
) -> None:
    found = detect(laid(tmp_path, files))
    assert found is not None
    assert (found.format, found.certain) == (form, certain)
    assert (tmp_path / found.because).exists()


def test_the_project_s_language_tells_apart_what_names_alone_do_not(tmp_path: Path) -> None:
    laid(tmp_path, {"Cargo.toml": 'sqlx = "0.8"', "migrations/1_a.up.sql": SQL})
    found = detect(tmp_path / "migrations")
    assert found is not None
    assert found.format == "sqlx"
    laid(tmp_path, {"Cargo.toml": "", "go.mod": "require github.com/golang-migrate/migrate/v4"})
    found = detect(tmp_path / "migrations")
    assert found is not None
    assert (found.format, found.certain) == ("golang-migrate", True)


def test_a_project_s_folder_leads_to_its_migrations(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {"schema.sql": SQL, "db/migrate/1_a.rb": "class A < ActiveRecord::Migration[7.0]\nend\n"},
    )
    found = detect(tmp_path)
    assert found is not None
    assert (found.format, found.folder) == ("rails", str(tmp_path / "db" / "migrate"))
    assert detect(laid(tmp_path / "empty", {"README.md": ""})) is None


def test_a_file_belongs_to_the_folder_that_orders_it(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {
            "prisma/1_a/migration.sql": SQL,
            "sq/sqitch.plan": "",
            "sq/deploy/a.sql": SQL,
            "plain/a.sql": SQL,
        },
    )
    assert folder_of(tmp_path / "prisma" / "1_a" / "migration.sql") == str(tmp_path / "prisma")
    assert folder_of(tmp_path / "sq" / "deploy" / "a.sql") == str(tmp_path / "sq")
    assert folder_of(tmp_path / "plain" / "a.sql") == str(tmp_path / "plain")
    assert folder_of(tmp_path) == str(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        folder_of(tmp_path / "gone.sql")


def test_only_the_files_that_were_named_are_given_with_their_findings(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {
            "1_a.sql": "-- +goose Up\nSELECT 1;",
            "2_b.sql": "-- +goose Up\n-- +goose Nonsense\nSELECT 2;",
            "3_c.sql": "-- +goose Up\n-- +goose Nonsense\nSELECT 3;",
        },
    )
    history = read_migrations([tmp_path / "2_b.sql"])
    assert [each.version for each in history.migrations] == ["2"]
    assert told(history) == ["migration-half 2_b.sql:2"]


def test_a_loose_file_of_sql_is_read_alone(tmp_path: Path) -> None:
    laid(tmp_path, {"a.sql": SQL, "b.sql": "SELECT 2;"})
    history = read_migrations([str(tmp_path / "b.sql")])
    assert (history.format, sql(only(history).up)) == ("sql", ["SELECT 2"])


def test_what_stands_before_a_file_is_its_history(tmp_path: Path) -> None:
    history = read(tmp_path, {"V1__a.sql": SQL, "V2__b.sql": SQL, "V3__c.sql": SQL})
    assert [each.version for each in history.before(str(tmp_path / "V3__c.sql"))] == ["1", "2"]
    assert history.before("elsewhere.sql") == history.migrations


@pytest.mark.parametrize(
    ("files", "form", "engine"),
    [
        (
            {"migration_lock.toml": 'provider = "mysql"', "1_a/migration.sql": SQL},
            "prisma",
            "mysql",
        ),
        ({"meta/_journal.json": '{"dialect": "sqlite", "entries": []}'}, "drizzle", "sqlite"),
        (
            {"sqitch.plan": "%project=x\n", "sqitch.conf": "[core]\n\tengine = mysql\n"},
            "sqitch",
            "mysql",
        ),
        ({"flyway.conf": "flyway.url=jdbc:mariadb://db/x", "V1__a.sql": SQL}, "flyway", "mariadb"),
        ({"1_a.sql": "-- +goose Up\nCREATE TABLE `a` (id int);"}, "goose", "mysql"),
        ({"1_a.sql": "-- +goose Up\nSELECT 1;"}, "goose", "postgresql"),
    ],
)
def test_the_engine_is_that_of_the_settings_or_the_sql(
    files: dict[str, str | bytes], form: FormatName, engine: str, tmp_path: Path
) -> None:
    history = read_migrations([laid(tmp_path, files)])
    assert (history.format, history.target.engine) == (form, engine)


@pytest.mark.parametrize(
    ("name", "text", "engine"),
    [
        ("mysql", "CREATE TABLE a (id int);", "mysql"),
        ("sqlite_migrations", "CREATE TABLE a (id int);", "sqlite"),
        ("mysql", "CREATE TABLE a (id int) ENGINE=Aria;", "mariadb"),
        ("postgres", "CREATE TABLE a (id int); -- `a`", "postgresql"),
        ("from-mysql-to-postgres", "CREATE TABLE `a` (id int);", "mysql"),
        ("migrations", "CREATE TABLE a (id int);", "postgresql"),
    ],
)
def test_a_folder_may_be_called_by_its_engine(
    name: str, text: str, engine: str, tmp_path: Path
) -> None:
    inner = tmp_path / name
    inner.mkdir()
    laid(inner, {"1_a.sql": f"-- +goose Up\n{text}"})
    assert read_migrations([inner]).target.engine == engine


def test_the_engine_is_that_of_the_whole_folder(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{at}.sql": f"-- {'x' * 9000}\n{SQL}" for at in range(10, 50)}
    laid(tmp_path, files | {"60.sql": "ALTER TABLE a ADD COLUMN b longblob;", "61.sql": SQL})
    assert read_migrations([tmp_path]).target.engine == "mysql"
    one = read_migrations([tmp_path / "61.sql"])
    assert (one.target.engine, len(one.migrations)) == ("mysql", 1)


def test_a_folder_that_mixes_two_tools_is_told(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "V1__a.sql": SQL,
            "V2__b.sql": SQL,
            "20240101000000_c.sql": "-- migrate:up\nSELECT 1;\n",
        },
    )
    assert history.format == "flyway"
    assert "migration-mixed-folder 20240101000000_c.sql:0" in told(history)


@pytest.mark.parametrize(
    ("data", "line"),
    [("﻿SELECT 1;\r\nSELECT 2;\r\n".encode(), 2), ("SELECT 1;\nSELECT 2;".encode("utf-16"), 2)],
)
def test_marks_of_encodings_and_windows_line_ends_are_read(
    data: bytes, line: int, tmp_path: Path
) -> None:
    history = read(tmp_path, {"V1__a.sql": data})
    assert sql(only(history).up) == ["SELECT 1", "SELECT 2"]
    assert only(history).up.statements[1].statement.line == line
    exact(history)


def test_files_that_are_no_text_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {"V1__a.sql": b"SELECT '\xff';", "V2__b.sql": b"\x00" * 8, "V3__c.sql": SQL},
        "flyway",
    )
    assert told(history) == ["migration-unreadable V1__a.sql:1", "migration-unreadable V2__b.sql:1"]
    assert [each.version for each in history.migrations] == ["3"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.sql").write_text("SELECT 'secret';")
    root = laid(tmp_path / "migrations", {"V1__a.sql": SQL})
    (root / "V2__b.sql").symlink_to(tmp_path / "secret.sql")
    history = read_migrations([root], "flyway", Target("postgresql"))
    assert [each.version for each in history.migrations] == ["1"]
    assert told(history) == ["migration-outside V2__b.sql:0"]


def test_bounds_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("be_tui.core.migrations.files.folder.LARGEST", 3)
    monkeypatch.setattr("be_tui.core.migrations.files.folder.MOST_FILES", 1)
    folder = Folder(laid(tmp_path, {"a.sql": SQL, "b.sql": SQL, "node_modules/c.sql": SQL}))
    assert folder.names == ("a.sql",)
    assert folder.text("a.sql") is None
    assert [each.rule for each in folder.findings] == ["migration-unreadable"] * 2
    assert folder.data("\0") is None


def test_wrong_calls_are_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no migration was named"):
        read_migrations([])
    with pytest.raises(InputError, match="no migration was found"):
        read_migrations([laid(tmp_path / "empty", {"a.txt": ""})])
    laid(tmp_path, {"a/1_a.sql": SQL, "b/1_b.sql": SQL})
    with pytest.raises(InputError, match="files of several folders"):
        read_migrations([tmp_path / "a" / "1_a.sql", tmp_path / "b" / "1_b.sql"])
    with pytest.raises(InputError, match="is no folder"):
        Folder(tmp_path / "gone")


def test_reading_sql_loads_no_parser_of_programs(tmp_path: Path) -> None:
    laid(tmp_path, {"V1__a.sql": SQL})
    code = (
        "import sys\nfrom be_tui.core.migrations.files import read_migrations\n"
        f"read_migrations([{str(tmp_path)!r}])\n"
        "heavy = {'tree_sitter', 'sqlglot', 'postgast', 'yaml'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("beside", ["-- +goose Up\nSELECT 1;", "SELECT 1;"])
def test_a_named_file_that_is_no_migration_is_told(tmp_path: Path, beside: str) -> None:
    laid(tmp_path, {"00001_a.sql": beside, "notes.txt": "DROP TABLE a"})
    found = read_migrations([tmp_path / "notes.txt"])
    assert found.migrations == ()
    assert [each.message for each in found.findings] == [
        "is no migration, so nothing of it is read"
    ]


def test_a_named_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.sql")
    (found,) = read_migrations([tmp_path / "a.sql"]).findings
    assert found.message == "is no plain file, so it is not read"


@pytest.mark.parametrize("name", ["db/changelog.xml", "db/changes/1.sql"])
def test_a_file_that_a_tool_reads_may_be_named(tmp_path: Path, name: str) -> None:
    changelog = '<databaseChangeLog><include file="db/changes/1.sql"/></databaseChangeLog>'
    formatted = "--liquibase formatted sql\n--changeset me:1\nSELECT 1;"
    laid(tmp_path, {"db/changelog.xml": changelog, "db/changes/1.sql": formatted})
    found = read_migrations([tmp_path / name]).findings
    assert not [each for each in found if each.rule == "migration-name"]
