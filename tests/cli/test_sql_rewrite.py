"""`be-tui sql rewrite`: from a file or standard input, in words, JSON, SQL and for CI."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from be_tui.cli import run
from be_tui.core.databases import open_sandbox

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """\
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, editor_id INTEGER);
"""
QUERY = "SELECT name\r\nFROM users -- all\r\nWHERE coalesce(age, 0) = 7;\r\n"
CHANGED = "SELECT name\nFROM users -- all\nWHERE age = 7;\n"


@pytest.fixture
def files(tmp_path: Path, indexed: None) -> tuple[Path, Path]:
    del indexed
    schema, query = tmp_path / "schema.sql", tmp_path / "q.sql"
    schema.write_text(SCHEMA, encoding="utf-8")
    query.write_bytes(QUERY.encode())
    return query, schema


def call(*words: object) -> int:
    return run(["sql", "rewrite", *map(str, words), "--dialect", "sqlite"])


def test_a_query_is_rewritten_in_words(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    query, schema = files
    assert call(query, "--schema", schema) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "- WHERE coalesce(age, 0) = 7 + WHERE age = 7" in text
    assert "Run: both forms on sqlite" in text
    assert query.read_bytes() == QUERY.encode()


def test_the_sql_alone_is_printed_or_written(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    query, schema = files
    out = tmp_path / "new.sql"
    assert call(query, "--schema", schema, "--sql", "--out", out) == 0
    assert capsys.readouterr().out == CHANGED
    assert out.read_text(encoding="utf-8") == CHANGED
    assert call(query, "--schema", schema, "--out", out) == 0
    assert call(query, "--schema", schema, "--out", schema) == 2
    assert "schema.sql: it stands already" in capsys.readouterr().err


def test_a_file_is_rewritten_in_place_with_its_line_ends(files: tuple[Path, Path]) -> None:
    query, schema = files
    assert call(query, "--schema", schema, "--apply") == 0
    assert query.read_bytes() == CHANGED.replace("\n", "\r\n").encode()


def test_the_schema_may_be_a_database_or_stand_in_the_file(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    query, _ = files
    database = tmp_path / "app.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(SCHEMA)
    assert run(["sql", "rewrite", str(query), "--schema", str(database), "--sql"]) == 0
    assert capsys.readouterr().out == CHANGED
    assert run(["sql", "rewrite", str(query), "--database", str(database), "--sql"]) == 0
    assert capsys.readouterr().out == CHANGED
    given = ["--schema", str(database), "--database", f"sqlite:{database}", "--sql"]
    assert run(["sql", "rewrite", str(query), *given]) == 0
    assert capsys.readouterr().out == CHANGED
    both = tmp_path / "both.sql"
    both.write_text(SCHEMA + CHANGED.replace("age = 7", "coalesce(age, 0) = 7"), encoding="utf-8")
    assert run(["sql", "rewrite", str(both), "--sql"]) == 0
    assert capsys.readouterr().out == SCHEMA + CHANGED


def test_the_tables_of_a_server_are_read_and_steps_are_tried_on_it(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], mariadb: str
) -> None:
    query, schema = files
    words = ["sql", "rewrite", str(query), "--json", "--database"]
    assert run([*words, mariadb, "--schema", str(schema)]) == 0
    (found,) = json.loads(capsys.readouterr().out)["rewrites"]
    assert found["steps"][0]["trial"]["engine"].startswith("mariadb")
    with open_sandbox(mariadb) as sandbox, closing(sandbox.session()) as session:
        for statement in SCHEMA.strip().split("\n"):
            session.run(statement)
        ((name,),) = session.run("SELECT DATABASE()").rows
        url = urlsplit(mariadb)._replace(path=f"/{name}").geturl()
        assert run([*words, url]) == 0
    (same,) = json.loads(capsys.readouterr().out)["rewrites"]
    assert same["after"] == found["after"] == CHANGED.rstrip(";\n")


def test_json_and_reports_are_for_programs(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    query, schema = files
    assert call(query, "--schema", schema, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"version", "rewrites", "findings"}
    (found,) = told["rewrites"]
    assert found["after"] == CHANGED.rstrip(";\n")
    (step,) = found["steps"]
    assert step["trial"]["witness"] is None
    assert call(query, "--schema", schema, "--sarif", "--fail-on", "info") == 1
    assert '"rewrite-coalesce"' in capsys.readouterr().out


def test_standard_input_is_read(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BytesIO(b"SELECT id FROM users WHERE id NOT IN (SELECT editor_id FROM posts)")

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert run(["sql", "rewrite", "-", "--schema", str(files[1])]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "`posts.editor_id` is never NULL: not known" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("q.sql", "--schema", "none.sql"), "none.sql: cannot be read"),
        (("q.sql", "--schema", "q.sql"), "q.sql: no table stands in it"),
        (("q.sql", "--dialect", "oracle"), "no engine 'oracle'"),
        (("schema.sql",), "schema.sql: no query stands here"),
        (("-", "--apply"), "--apply: standard input is no file"),
        (("q.sql", "--apply", "--out", "x"), "not allowed with"),
        (("none.sql",), "none.sql"),
        (("q.sql", "--schema", "schema.sql", "--database", "oracle://x/"), "oracle"),
        (("tidy.sql", "--schema", "schema.sql", "--database", "oracle://x/"), "oracle"),
        (("q.sql", "--database", "oracle://x/"), "oracle"),
        (("q.sql", "--database", "postgresql://me:secret@127.0.0.1:1/x"), "127.0.0.1:1/x: "),
        (("q.sql", "--database", "none.sqlite"), "none.sqlite: there is no such file of SQLite"),
        (
            ("q.sql", "--schema", "schema.sql", "--database", "none.sqlite"),
            "no such file of SQLite",
        ),
        (("q.sql", "--database", "empty.sqlite"), "empty.sqlite: no table stands in it"),
    ],
)
def test_a_wrong_call_is_one_line(
    files: tuple[Path, Path],
    words: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(files[0].parent)
    (files[0].parent / "tidy.sql").write_text("SELECT id FROM users WHERE id = 1;\n")
    with closing(sqlite3.connect("empty.sqlite")) as connection:
        connection.execute("VACUUM")
    assert run(["sql", "rewrite", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "secret" not in error
    assert error.count("\n") == 1


def test_a_statement_that_cannot_be_read_costs_itself_only(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    query, schema = files
    query.write_text("SELEC 1;\n" + CHANGED.replace("age = 7", "age + 1 = 8"), encoding="utf-8")
    schema.write_text(SCHEMA + "CREATE TABLE broken (;\n", encoding="utf-8")
    assert call(query, "--schema", schema) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "line 1: does not parse as sqlite" in text
    assert "`users.age` holds whole numbers only: not known" in text
