"""`be-tui sql measure`: the worked example and files, in words, JSON, Markdown, as a record."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run

if TYPE_CHECKING:
    from pathlib import Path

DDL = "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT NOT NULL, title TEXT NOT NULL)"
INDEX = "CREATE INDEX posts_user ON posts (user_id)"
QUICK = ["--rows", "3000", "--runs", "3"]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables.sql").write_text(f"PRAGMA user_version = 1;\n{DDL}")
    (tmp_path / "q.sql").write_text("SELECT * FROM posts WHERE user_id = 7")
    (tmp_path / "other.sql").write_text("SELECT * FROM posts WHERE user_id + 0 = 7 LIMIT 1")
    return tmp_path


def measure(*more: str) -> int:
    return run(["sql", "measure", "q.sql", "--schema", "tables.sql", *QUICK, *more])


def test_the_worked_example_runs_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sql", "measure", "user-posts", "--sandbox", "sqlite", *QUICK]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "CREATE INDEX idx_posts_user_created ON posts(user_id, created_at DESC)" in text
    assert "Query 2" in text
    assert "LIMIT 20" in text
    assert "same rows" in text


def test_files_are_measured_and_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure("--index", INDEX, "--json", "--rows", "posts=5000") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"version", "measurement", "evidence"}
    assert told["measurement"]["tables"] == {"posts": 5000}
    (query,) = told["measurement"]["queries"]
    assert [case["label"] for case in query["cases"]] == ["as written", "common", "rare", "absent"]
    assert all(case["same"] for case in query["cases"])
    assert told["evidence"]["command"].startswith("be-tui sql measure q.sql --index 'CREATE INDEX")


def test_other_rows_end_with_exit_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure("--rewrite", "other.sql", "--markdown") == 1
    text = capsys.readouterr().out
    assert text.startswith("# q.sql: other words, measured\n")
    assert "The results differ" in text


def test_a_query_comes_by_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"SELECT * FROM posts WHERE user_id = 7"))
    monkeypatch.setattr(sys, "stdin", stdin)
    call = ["sql", "measure", "-", "--schema", "tables.sql", "--index", INDEX, *QUICK, "--markdown"]
    assert run(call) == 0
    assert capsys.readouterr().out.startswith("# standard input: an index, measured\n")


def test_a_record_is_written_and_never_over_another(
    capsys: pytest.CaptureFixture[str], files: Path
) -> None:
    assert measure("--index", INDEX, "--record", "docs") == 0
    assert measure("--index", INDEX, "--record", "docs", "--json") == 0
    assert [each.name for each in sorted((files / "docs").iterdir())] == [
        "0001-q-sql-an-index-measured.md",
        "0002-q-sql-an-index-measured.md",
    ]
    text = (files / "docs" / "0001-q-sql-an-index-measured.md").read_text()
    assert "Measure it again" in text
    assert "wrote " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "q.sql: nothing to compare with; give --index"),
        (("--index", INDEX, "--rows", "many"), "--rows: expected a number from 1 to"),
        (("--index", INDEX, "--rows", "nix=5"), "--rows: the schema has no table nix"),
        (("--index", INDEX, "--runs", "0"), "--runs: expected a number from 1 to 1,000"),
        (("--index", INDEX, "--dialect", "oracle"), "--dialect: no engine 'oracle'"),
        (("--index", "DROP TABLE posts"), "--index: expected CREATE INDEX"),
        (("--index", INDEX, "--json", "--markdown"), "not allowed with argument"),
        (
            ("--index", INDEX, "--sandbox", "postgresql://me:Pa55word@127.0.0.1:1/x"),
            "--sandbox: what is written for sqlite is measured there",
        ),
    ],
)
def test_bad_input_is_one_clear_line(
    more: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    dialect = () if "--dialect" in more else ("--dialect", "sqlite")
    assert measure(*more, *dialect) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert "Pa55" not in error


@pytest.mark.parametrize("option", ["--sandbox", "--database"])
def test_a_server_that_does_not_answer_is_told_without_the_password(
    option: str, capsys: pytest.CaptureFixture[str], files: Path
) -> None:
    (files / "tables.sql").write_text("CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint)")
    where = "postgresql://me:Pa55word@127.0.0.1:1/shop"
    tables = [] if option == "--database" else ["--schema", "tables.sql"]
    call = ["sql", "measure", "q.sql", *tables, "--index", INDEX, option, where, *QUICK]
    assert run(call) == 2
    error = capsys.readouterr().err
    assert "postgresql://127.0.0.1:1/shop" in error
    assert "Pa55" not in error
    assert error.count("\n") == 1


def test_a_file_goes_before_the_worked_example_of_its_name(
    capsys: pytest.CaptureFixture[str], files: Path
) -> None:
    (files / "user-posts").write_text("SELECT 1 FROM nowhere")
    call = ["sql", "measure", "user-posts", "--schema", "tables.sql", "--index", INDEX]
    assert run(call) == 2
    assert "none of the tables that are read: nowhere" in capsys.readouterr().err


def test_how_far_it_is_goes_to_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert measure("--index", INDEX) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert measure("--index", INDEX) == 0
    assert "fills posts (before)" in capsys.readouterr().err


def test_a_url_is_shown_without_its_password() -> None:
    from argparse import Namespace

    from be_tui.cli.measuring import _command

    given = Namespace(
        file="q.sql",
        index=[INDEX],
        rewrite=None,
        schema=None,
        sandbox=None,
        dialect=None,
        database="postgresql://me:Pa55word@host/shop",
        rows=["5"],
        runs="15",
    )
    told = _command(given)
    assert "--database postgresql://host/shop --rows 5" in told
    assert "Pa55" not in told
