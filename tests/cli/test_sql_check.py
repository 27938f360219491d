"""`be-tui sql check`: findings on files, folders and standard input, in every form."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.cli.sql import run
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("indexed")

DDL = "CREATE TABLE t (id bigint PRIMARY KEY, a text);"
BAD = "SELECT id FROM t WHERE a = NULL;\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tables.sql").write_text(DDL)
    (tmp_path / "query.sql").write_text(BAD)
    return tmp_path


def test_a_file_is_checked_against_a_schema(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["check", str(folder / "query.sql"), "--schema", str(folder / "tables.sql")])
    said = capsys.readouterr().out
    assert code == 1
    assert f"{folder}/query.sql:1:24 error sql-equals-null" in said
    assert "1 error in 1 file" in said


def test_the_tables_of_a_folder_are_its_schema(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "query.sql").write_text("SELECT nothing FROM t;")
    assert run(["check", str(folder), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["rule"] == "sql-unknown-column"


def test_the_tables_may_stand_in_a_file_of_sqlite(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = folder / "app.db"
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, b text)")
    assert run(["check", str(folder / "query.sql"), "--schema", str(base), "--github"]) == 1
    assert "sql-unknown-column" in capsys.readouterr().out


def test_standard_input_is_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = io.TextIOWrapper(io.BytesIO((DDL + BAD).encode()))
    monkeypatch.setattr(sys, "stdin", given)
    assert run(["check", "-", "--sarif", "--dialect", "postgresql:16"]) == 1
    log = json.loads(capsys.readouterr().out)
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["sql-equals-null"]


def test_only_what_is_grave_enough_fails(folder: Path) -> None:
    (folder / "query.sql").write_text("SELECT DISTINCT id FROM t;")
    assert run(["check", str(folder)]) == 0
    assert run(["check", str(folder), "--fail-on", "info", "--markdown"]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "missing.sql"], "cannot be read"),
        (["check", "{}/query.sql", "--schema", "{}/query.sql"], "no table is made in it"),
        (["check", "{}/query.sql", "--dialect", "oracle"], "no engine"),
        (["check", "-", "-"], "read once"),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(
    arguments: list[str], said: str, folder: Path
) -> None:
    with pytest.raises(InputError, match=said):
        run([each.format(folder) for each in arguments])
