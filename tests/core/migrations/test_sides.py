"""A schema is read from whatever describes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.migrations.sides import read_side, side_of_text
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from pathlib import Path

USERS = "CREATE TABLE users (id bigint PRIMARY KEY);\n"


def test_a_file_of_ddl_is_a_side(tmp_path: Path) -> None:
    file = tmp_path / "schema.sql"
    file.write_text(USERS)
    side = read_side(str(file))
    assert side.schema.table("users") is not None
    assert side.said == "1 table of schema.sql"
    assert side.target.engine == "postgresql"


def test_an_empty_file_is_the_side_before_all(tmp_path: Path) -> None:
    file = tmp_path / "none.sql"
    file.write_text("\n")
    assert read_side(str(file)).said == "0 tables of none.sql"


def test_a_file_without_tables_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "query.sql"
    file.write_text("SELECT 1")
    with pytest.raises(InputError, match="no table is made in it"):
        read_side(str(file))


def test_a_folder_of_migrations_is_what_they_lead_to(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "000001_users.up.sql").write_text(USERS)
    (folder / "000001_users.down.sql").write_text("DROP TABLE users;")
    (folder / "000002_mail.up.sql").write_text("ALTER TABLE users ADD COLUMN mail text;")
    side = read_side(str(folder))
    users = side.schema.table("users")
    assert users is not None
    assert users.column("mail") is not None
    assert side.said == "1 table after 2 migrations of migrations"
    assert side.format == "golang-migrate"


def test_a_file_of_sqlite_is_a_side(tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE users (id INTEGER PRIMARY KEY) STRICT")
    side = read_side(str(file))
    assert side.target.engine == "sqlite"
    assert side.said == "1 table of shop.db"


def test_what_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_side(str(tmp_path / "none"))


def test_a_statement_that_cannot_be_taken_in_is_told_with_its_file() -> None:
    side = side_of_text(
        USERS + "ALTER TABLE ghosts ADD COLUMN a int;", Target("postgresql"), "s", ""
    )
    assert [path for path, _ in side.unread] == ["s"]
    assert side.schema.table("users") is not None
