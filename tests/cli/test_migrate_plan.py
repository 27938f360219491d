"""`be-tui schema diff` and `be-tui migrate plan`: in words, JSON, and files."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run

if TYPE_CHECKING:
    from pathlib import Path

OLD = "CREATE TABLE users (id bigint PRIMARY KEY, mail text NOT NULL, age int);\n"
NEW = """\
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age int);
CREATE INDEX users_age_idx ON users (age);
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old.sql").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.sql").write_text(NEW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("files")
def test_a_difference_is_found_and_a_rename_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "diff", "old.sql", "new.sql"]) == 1
    said = capsys.readouterr().out
    assert "+ add index users_age_idx on users" in said
    assert "--rename users.mail=email" in said
    assert run(["schema", "diff", "old.sql", "old.sql"]) == 0
    assert "Both schemas are the same." in capsys.readouterr().out


@pytest.mark.usefixtures("files")
def test_a_difference_is_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "diff", "old.sql", "new.sql", "--rename", "users.mail=email", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["changes"][0]["kind"] == "ColumnRenamed"
    assert found["questions"] == []


@pytest.mark.usefixtures("files")
def test_a_plan_is_told_phase_by_phase(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["migrate", "plan", "old.sql", "new.sql", "--rename", "users.mail=email"]) == 0
    said = capsys.readouterr().out
    assert "CREATE INDEX CONCURRENTLY users_age_idx ON users (age);" in said
    assert "Runs outside of a transaction." in said


@pytest.mark.usefixtures("files")
def test_an_open_rename_is_an_exit_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["migrate", "plan", "old.sql", "new.sql", "--json"]) == 1
    plan = json.loads(capsys.readouterr().out)["plan"]
    assert [each["title"] for each in plan["held"]] == ["drop column users.mail"]
    said = ["--drop", "users.mail"]
    assert run(["migrate", "plan", "old.sql", "new.sql", "--json", *said]) == 0


def test_files_are_shown_and_written_in_a_tools_layout(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["migrate", "plan", "old.sql", "new.sql", "--rename", "users.mail=email"]
    call += ["--format", "goose", "--out", "migrations", "--title", "call mails emails"]
    assert run([*call, "--dry-run"]) == 0
    assert "-- +goose Up" in capsys.readouterr().out
    assert not (files / "migrations").exists()
    assert run(call) == 0
    said = capsys.readouterr().out
    written = sorted((files / "migrations").iterdir())
    assert all(each.name in said for each in written)
    text = "".join(each.read_text(encoding="utf-8") for each in written)
    assert "RENAME COLUMN mail TO email" in text


@pytest.mark.usefixtures("files")
def test_files_are_refused_while_a_rename_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["migrate", "plan", "old.sql", "new.sql", "--format", "goose", "--out", "migrations"]
    assert run(call) == 2
    assert "probable renames are open: users.mail=email" in capsys.readouterr().err
    assert run(["migrate", "plan", "old.sql", "new.sql", "--out", "migrations"]) == 2
    assert "--out needs a format" in capsys.readouterr().err


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--rename", "users.gone=x"], "the schema before has no 'users.gone'"),
        (["--drop", "users.gone"], "the schema before has no 'users.gone'"),
        (["--dialect", "oracle"], "no engine 'oracle'"),
    ],
)
def test_what_is_not_there_is_one_line(
    capsys: pytest.CaptureFixture[str], more: list[str], why: str
) -> None:
    assert run(["migrate", "plan", "old.sql", "new.sql", *more]) == 2
    assert why in capsys.readouterr().err


def test_a_file_of_sqlite_is_compared_with_ddl(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(files / "shop.db")) as database:
        database.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")
        database.commit()
    (files / "lite.sql").write_text(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);", encoding="utf-8"
    )
    assert run(["migrate", "plan", "shop.db", "lite.sql"]) == 0
    said = capsys.readouterr().out
    assert "PRAGMA foreign_keys = OFF" in said
    assert "INSERT INTO users__new (id, name) SELECT id, name FROM users" in said


def test_two_engines_are_not_compared(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(files / "shop.db")) as database:
        database.execute("CREATE TABLE users (id INTEGER PRIMARY KEY)")
        database.commit()
    assert run(["schema", "diff", "old.sql", "shop.db"]) == 2
    assert "different engines" in capsys.readouterr().err
