"""`be-tui sql advise`: indexes for a workload, as text, JSON, Markdown and statements."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

TABLES = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email text NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id int NOT NULL REFERENCES users (id),
  created_at timestamp NOT NULL, body text);
CREATE INDEX old ON posts (created_at);
"""
QUERIES = """
-- name: posts_of_user
-- weight: 100
SELECT * FROM posts WHERE user_id = 5;
SELECT FROM WHERE;
DELETE FROM users WHERE id = 5;
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tables.sql").write_text(TABLES)
    (tmp_path / "queries.sql").write_text(QUERIES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


GIVEN = ["sql", "advise", "queries.sql", "--schema", "tables.sql", "--dialect", "sqlite"]
DDL = "CREATE INDEX posts_user_id_idx ON posts (user_id);"


@pytest.mark.usefixtures("files")
def test_advice_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(GIVEN) == 0
    told = capsys.readouterr().out
    assert told.startswith("Index advice\n")
    for part in (DDL, "query 1 `posts_of_user`", "statistics assumed", "Left out", "unused: old"):
        assert part in " ".join(told.split())


@pytest.mark.usefixtures("files")
def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*GIVEN, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"version", "advice", "evidence", "unread"}
    (index,) = told["advice"]["indexes"]
    assert (index["ddl"], index["columns"], index["rule"]) == (DDL, ["user_id"], "equality")
    (effect,) = index["helped"]
    assert effect["after"] < effect["before"]
    assert told["advice"]["judge"]["kind"] == "statistics"
    assert told["evidence"]["probe"] == "indexes"
    assert told["advice"]["left_out"][0]["place"] == "queries.sql:5:1"


@pytest.mark.usefixtures("files")
def test_markdown_goes_into_a_pull_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*GIVEN, "--markdown"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("# Index advice\n")
    assert f"```sql\n{DDL}\n```" in told


def test_the_statements_are_written_into_a_new_file_once(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*GIVEN, "--out", "indexes.sql"]) == 0
    written = (files / "indexes.sql").read_text()
    assert f"\n{DDL}\n" in written
    assert "\n-- DROP INDEX old;\n" in written
    assert run([*GIVEN, "--out", "indexes.sql"]) == 2
    assert "indexes.sql: it stands already; name a new file" in capsys.readouterr().err
    assert run([*GIVEN, "--out", "no/where.sql"]) == 2
    assert "no/where.sql: cannot be written" in capsys.readouterr().err


@pytest.mark.usefixtures("files")
def test_queries_come_by_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BytesIO(b"query,calls\nSELECT * FROM posts WHERE user_id = ?,9\n")

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert run(["sql", "advise", "-", *GIVEN[3:]]) == 0
    assert DDL in capsys.readouterr().out


@pytest.mark.usefixtures("files")
def test_a_budget_and_writes_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    for more in (["--budget", "1kB"], ["--writes", "posts=90_000_000"]):
        assert run([*GIVEN, *more]) == 0
        assert "No index is advised" in capsys.readouterr().out
    assert run([*GIVEN, "--most", "1"]) == 0
    assert DDL in capsys.readouterr().out


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--budget", "much"], "--budget: expected a size such as 150MB, found 'much'"),
        (["--most", "0"], "--most: expected a number from 1 to 1,000, found '0'"),
        (["--writes", "posts"], "--writes: expected TABLE=ROWS such as posts=1000"),
        (["--writes", "nowhere=5"], "--writes: there is no table 'nowhere'"),
        (["--sandbox", "sqlite"], "--sandbox: it says where to measure"),
        (["--copy", "mariadb://h/"], "--copy: tables of sqlite are not copied"),
        (["--statistics", "tables.sql"], "tables.sql: these are no statistics"),
        (["-", "-"], "-: standard input is read once"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    assert run([*GIVEN[:3], *more, *GIVEN[3:]]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_what_of_the_schema_cannot_be_read_is_told(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "tables.sql").write_text(TABLES + "CREATE TABLE ((;")
    assert run(GIVEN) == 0
    assert "be-tui: left out: line 6 of the schema:" in capsys.readouterr().err


def test_an_empty_workload_is_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "queries.sql").write_text("-- nothing\n")
    assert run(GIVEN) == 0
    assert "There is no query in this workload." in capsys.readouterr().out
    (files / "queries.sql").write_text("SELECT FROM WHERE")
    assert run(GIVEN) == 0
    assert "No query of this workload could be judged" in capsys.readouterr().out


def test_without_the_best_judge_the_next_one_is_taken_and_named(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise InputError("PostgreSQL is not installed", hint="pip install 'be-tui[postgres]'")

    (files / "tables.sql").write_text(TABLES.replace("INTEGER", "bigint"))
    monkeypatch.setattr("be_tui.core.whatif.clone.CloneJudge.__init__", missing)
    assert run([*GIVEN[:5], "--dialect", "postgresql"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "No clone: PostgreSQL is not installed; pip install" in told
    assert "Judged by a model" in told
    assert "CREATE INDEX CONCURRENTLY posts_user_id_idx" in told


def test_an_interrupt_closes_the_judge_and_ends_the_command(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from be_tui.core.whatif.lite import SqliteJudge

    closed: list[SqliteJudge] = []

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    def close(judge: SqliteJudge) -> None:
        closed.append(judge)

    monkeypatch.setattr(SqliteJudge, "costs", interrupted)
    monkeypatch.setattr(SqliteJudge, "close", close)
    assert files.is_dir()
    assert run(GIVEN) == 130
    assert len(closed) == 1


def test_a_copy_is_judged_on_and_named(
    files: Path, mariadb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = TABLES.replace("text", "varchar(90)").replace(" REFERENCES users (id)", "")
    (files / "tables.sql").write_text(bare)
    given = [*GIVEN[:5], "--dialect", "mariadb", "--copy", mariadb]
    assert run(given) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "with real indexes on a copy of" in told
    assert "generated by the schema alone" in told
    assert "CREATE INDEX posts_user_id_idx" in told
    assert run(given[:-2]) == 0
    assert "No copy: no server is named" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("files")
def test_advice_is_tried_before_it_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from be_tui.core.indexes import gating

    monkeypatch.setattr(gating, "ROWS", 2000)
    monkeypatch.setattr(gating.Gate.__init__, "__defaults__", ("", 2000, 5.0, None, None))
    assert run([*GIVEN, "--measure"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert DDL in told
    assert "generated rows, processor time, before and after: " in told
    assert "Not run: 1 of the queries, which write or want a value." in told


def test_what_a_person_knows_of_the_rows_is_taken(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "known.yaml").write_text("tables: {posts: {rows: 50, columns: {user_id: {}}}}")
    assert run([*GIVEN, "--statistics", "known.yaml"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "over statistics from known.yaml" in told
    assert "No index is advised" in told
    (files / "known.yaml").write_text("tables: {post: {rows: 50}}")
    assert run([*GIVEN, "--statistics", "known.yaml"]) == 2
    assert "known.yaml: there is no table post" in capsys.readouterr().err
