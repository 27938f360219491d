from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def in_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_is_told_line_by_line_and_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok     Python          3.")
    assert any(line.startswith("note   editor          none is set") for line in lines)
    assert any(line.endswith("-> set $EDITOR to open files from a session") for line in lines)


def test_what_is_wrong_exits_1(in_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_project / "be-tui.toml").write_text("mouse = 1\n")
    assert run(["doctor"]) == 1
    assert "wrong  settings        be-tui.toml; 1 error in 1 file" in capsys.readouterr().out


def test_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["version"] == 1
    assert printed["checks"][0].keys() == {"name", "state", "found", "todo"}
    assert {check["state"] for check in printed["checks"]} <= {"ok", "note", "wrong"}


def test_on_a_terminal_states_are_coloured_unless_that_is_unwanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("be_tui.cli.doctor.wants_colour", lambda: True)
    assert run(["doctor"]) == 0
    assert "\x1b[32mok   \x1b[0m  Python" in capsys.readouterr().out


def test_a_project_that_is_none_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--project", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("be-tui: nowhere: no such folder")
