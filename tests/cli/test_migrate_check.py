"""`be-tui migrate check`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("indexed")

INDEX = "CREATE INDEX i ON users (email);"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project with two migrations."""
    (tmp_path / ".git").mkdir()
    home = tmp_path / "db"
    home.mkdir()
    (home / "001_users.up.sql").write_text(
        "CREATE TABLE users (id bigint PRIMARY KEY, email text);"
    )
    (home / "002_index.up.sql").write_text(INDEX)
    monkeypatch.chdir(tmp_path)
    return home


def test_findings_are_told_with_their_safe_form(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["migrate", "check", str(folder), "--dialect", "postgresql:16"]) == 1
    said = capsys.readouterr().out
    assert "002_index.up.sql:1:1 error migration-index-blocks-writes" in said
    assert "        CREATE INDEX CONCURRENTLY i ON users (email);\n" in said


@pytest.mark.parametrize("form", ["--json", "--sarif", "--markdown", "--github"])
def test_each_form_names_the_rule(
    folder: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["migrate", "check", str(folder / "002_index.up.sql"), form]) == 1
    assert "migration-index-blocks-writes" in capsys.readouterr().out


def test_json_has_the_statements(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["migrate", "check", str(folder), "--json"])
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert "CREATE INDEX CONCURRENTLY" in found["fix"]["statements"]
    assert "squawk require-concurrent-index-creation" in found["also_known_as"]


def test_a_rule_can_be_left_out_and_another_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = "migration-index-blocks-writes"
    assert run(["migrate", "check", str(folder), "--disable", rule]) == 0
    assert capsys.readouterr().out == "nothing found\n"
    call = ["migrate", "check", str(folder), "--disable", rule, "--profile", "policy"]
    assert run([*call, "--fail-on", "info"]) == 1
    assert "migration-unqualified" in capsys.readouterr().out


def test_old_findings_are_left_out_by_a_baseline(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["migrate", "check", str(folder), "--baseline", "old.json"]
    assert run([*call, "--write-baseline"]) == 0
    assert "old.json: 1 findings" in capsys.readouterr().err
    assert run(call) == 0
    assert capsys.readouterr().out == "nothing found\n"


def test_a_folder_that_is_clean_gives_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "002_index.up.sql").unlink()
    assert run(["migrate", "check", str(folder)]) == 0
    assert capsys.readouterr().out == "nothing found\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "required: COMMAND"),
        (["chekc"], "invalid choice"),
        (["check"], "required: PATH"),
        (["check", "nowhere"], "nowhere: there is no such file"),
        (["check", "db", "--write-baseline"], "--write-baseline: into which file?"),
        (["check", "db", "--enable", "migration-nothing"], "no rule 'migration-nothing'"),
        (["check", "db", "--baseline", "none.json"], "none.json: cannot be read"),
        (["check", "db", "--base", "nowhere"], "--base nowhere"),
        (["check", "db", "--schema", "none.sql"], "none.sql"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_call_is_one_clear_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["migrate", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_the_settings_say_what_the_options_do_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "be-tui.toml").write_text(
        '[migrations]\ndialect = "postgresql:16"\nprofile = ["policy"]\n'
        'disable = ["migration-index-blocks-writes"]\nbaseline = "old.json"\n'
    )
    (folder.parent / "old.json").write_text('{"version": 1, "findings": []}')
    assert run(["migrate", "check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "migration-unqualified" in said
    assert "migration-index-blocks-writes" not in said
    assert run(["migrate", "check", str(folder), "--profile", "safety"]) == 0
    assert capsys.readouterr().out == "nothing found\n"
