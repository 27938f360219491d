"""`be-tui migrate prove`: in words, JSON, Markdown, SARIF, as a record; wrong calls."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "CREATE TABLE users (id integer PRIMARY KEY, age int, bio text)"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "1_users.up.sql").write_text(TABLE)
    (folder / "1_users.down.sql").write_text("DROP TABLE users")
    (folder / "2_bio.up.sql").write_text("ALTER TABLE users DROP COLUMN bio")
    (folder / "2_bio.down.sql").write_text("ALTER TABLE users ADD COLUMN bio text")
    (folder / "3_bad.up.sql").write_text("SELECT 1;\nALTER TABLE none ADD a int")
    return tmp_path


def prove(*more: str) -> int:
    return run(["migrate", "prove", *more, "--engine", "sqlite", "--rows", "50"])


def test_what_was_seen_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert prove("m/2_bio.up.sql") == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "Rows generated: users 50." in text
    assert "1 ALTER TABLE users DROP COLUMN bio" in text
    assert "The way back restores the structure, not the values of users.bio." in text


def test_safe_forms_are_tried_where_they_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert prove("m/2_bio.up.sql", "--beside", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["replay"]["beside"] == []
    assert told["evidence"]["command"].endswith("--beside")


def test_a_failure_ends_with_exit_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert prove("m/3_bad.up.sql") == 1
    assert "fails at line 2: no such table: none" in " ".join(capsys.readouterr().out.split())


def test_what_is_less_grave_ends_so_if_it_is_asked_for() -> None:
    assert prove("m/2_bio.up.sql", "--fail-on", "warning") == 1


def test_a_folder_is_tried_and_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert prove("m", "--json", "--rows", "users=7") == 1
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"version", "replay", "findings", "evidence"}
    assert [each["reached"] for each in told["replay"]["migrations"]] == [True, True, False]
    assert told["replay"]["rows"] == {"users": 7}
    rules = [each["rule"] for each in told["findings"]]
    assert rules == ["proof-loses-data", "proof-fails"]
    assert told["evidence"]["command"] == (
        "be-tui migrate prove m --engine sqlite --rows users=7 --rows 50"
    )


def test_markdown_can_be_kept_as_a_record(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prove("m/2_bio.up.sql", "--markdown", "--record", "docs/decisions") == 0
    shown = capsys.readouterr()
    (written,) = (files / "docs" / "decisions").iterdir()
    assert shown.out.startswith("# m/2_bio.up.sql, tried\n")
    assert f"wrote {written}" in shown.err
    assert "- the way back restores" in written.read_text()


def test_a_record_is_never_over_another_file(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from be_tui.core.files import FileSet, NewFile

    monkeypatch.setattr(
        "be_tui.core.migrations.replay.record",
        lambda *_: FileSet((NewFile("docs/taken.md", "x"),)),
        raising=False,
    )
    (files / "docs").mkdir()
    (files / "docs" / "taken.md").write_text("mine")
    assert prove("m/2_bio.up.sql", "--record", "docs") == 2
    assert "taken.md" in capsys.readouterr().err


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("form", ["--sarif", "--github"])
def test_findings_go_to_ci(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert prove("m/2_bio.up.sql", form) == 0
    text = capsys.readouterr().out
    assert "proof-loses-data" in text
    assert form == "--github" or json.loads(text)["version"] == "2.1.0"


def test_credentials_are_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://me:secret@localhost:1/shop"
    assert run(["migrate", "prove", "m/2_bio.up.sql", "--engine", url]) == 2
    assert "secret" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.sql"], "none.sql: there is no such file"),
        (["m", "--rows", "many"], "--rows: expected a number from 0 to"),
        (["m", "--seconds", "0"], "--seconds: expected a number from 1 to 86,400"),
        (["m", "--engine", "oracle"], "--engine: no engine 'oracle'"),
        (["m", "--dialect", "mysql"], "a server of mysql is needed"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["migrate", "prove", *arguments]) == 2
    shown = capsys.readouterr().err
    assert words in shown
    assert shown.count("\n") == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_where_somebody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert prove("m/2_bio.up.sql") == 0
    assert "bio: watched" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\033[K")
