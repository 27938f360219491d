"""`be-tui knowledge check` tells every fault, and ends as `--fail-on` asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run
from tests.core.knowledge.making import FILES, HOUSE, TREE, write_project

if TYPE_CHECKING:
    from pathlib import Path

IDLE_TREE = TREE.replace("probe: clock", "probe: tests").replace("clock.hour", "tests.functions")
"""The small tree with a probe and a measure that there are."""

KNOWN_TREE = IDLE_TREE.replace("{label: Much, to: tea}", "{label: Much, to: coffee}")
"""The same, in which every answer counts."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_project(tmp_path, FILES | {"trees/tea.yaml": KNOWN_TREE})
    monkeypatch.chdir(root)
    return root


def test_a_sound_pack_ends_with_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "check", ".be-tui"]) == 0
    assert capsys.readouterr().out == "nothing found\n"
    assert run(["knowledge", "check", str(project / ".be-tui" / "trees" / "tea.yaml")]) == 0


def test_faults_are_told_with_file_line_and_what_was_expected(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = KNOWN_TREE.replace("first: hour", "first: our")
    write_project(project, {"trees/tea.yaml": tree})
    assert run(["knowledge", "check", ".be-tui/trees/tea.yaml"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        ".be-tui/trees/tea.yaml:6:8 error tree-unknown-target no question or outcome `our`; "
        "did you mean `hour`?\n"
    )


def test_findings_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, {"trees/tea.yaml": "a: b: c"})
    assert run(["knowledge", "check", "--json", ".be-tui/trees/tea.yaml"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["version"] == 1
    (finding,) = [each for each in shown["findings"] if each["rule"] == "pack-syntax"]
    assert (finding["path"], finding["line"], finding["severity"]) == (
        ".be-tui/trees/tea.yaml",
        1,
        "error",
    )
    assert finding["why"]


def test_a_sarif_log_carries_the_words_of_the_rules(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(project, {"trees/tea.yaml": "a: b: c"})
    assert run(["knowledge", "check", "--sarif", ".be-tui/trees/tea.yaml"]) == 1
    (log,) = json.loads(capsys.readouterr().out)["runs"]
    rules = log["tool"]["driver"]["rules"]
    assert {rule["id"]: rule["shortDescription"]["text"] for rule in rules}["pack-syntax"] == (
        "The file is not YAML"
    )


def test_the_exit_code_heeds_the_severity_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(project, {"trees/tea.yaml": KNOWN_TREE.replace("to: thirst}", "to: coffee}")})
    check = ["knowledge", "check", ".be-tui/trees/tea.yaml"]
    assert run(check) == 0
    assert "warning tree-unreachable" in capsys.readouterr().out
    assert run([*check, "--fail-on", "warning"]) == 1
    assert run([*check, "--fail-on", "info"]) == 1


def test_measures_of_real_probes_and_screens_are_known(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = KNOWN_TREE.replace("tests.functions", "tests.funtions").replace(
        "open: library", "open: libary"
    )
    write_project(project, {"trees/tea.yaml": tree})
    assert run(["knowledge", "check", ".be-tui/trees/tea.yaml"]) == 1
    out = capsys.readouterr().out
    assert "no probe gives the measure `tests.funtions`; did you mean `tests.functions`?" in out
    assert "no screen `libary`; did you mean `library`?" in out


def test_everything_that_be_tui_brings_along_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["knowledge", "check", "--fail-on", "info"]) == 0, capsys.readouterr().out


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "a command is missing; write `be-tui knowledge check`"),
        (["chek"], "no command 'chek'; write `be-tui knowledge check`"),
        (["check", "nothing.yaml"], "nothing.yaml: no such file or folder"),
        (["check", "--project", "nowhere"], "nowhere: no such folder"),
        (["check", "--fail-on", "doom"], "argument --fail-on: invalid choice: 'doom'"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert run(["knowledge", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"be-tui: {line}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]])
def test_help_names_every_option(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        run(["knowledge", *arguments])
    out = capsys.readouterr().out
    for option in ("--project", "--fail-on", "--json", "PATH"):
        assert option in out


def test_a_tree_that_holds_together_is_proved_and_the_doubt_explained(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / ".be-tui" / "trees" / "tea.yaml"
    path.write_text(IDLE_TREE, encoding="utf-8")
    assert run(["knowledge", "check", str(path), "--fail-on", "warning"]) == 1
    out = capsys.readouterr().out
    assert "tea.yaml" in out
    assert "tree-idle-question `thirst` changes nothing" in out
    assert "why: " in out


def test_a_tree_that_does_not_hold_together_is_not_proved(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / ".be-tui" / "trees" / "tea.yaml"
    path.write_text(IDLE_TREE.replace("to: coffee", "to: cofee"), encoding="utf-8")
    assert run(["knowledge", "check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "tree-unknown-target" in out
    assert "tree-idle-question" not in out


def test_examples_in_sql_are_run_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write_project(tmp_path, HOUSE))
    assert run(["knowledge", "check", ".be-tui"]) == 0
    capsys.readouterr()
    assert run(["knowledge", "check", "--run", ".be-tui"]) == 1
    shown = capsys.readouterr().out
    assert "01-one.yaml:13" in shown
    assert "expected 2 rows; it gave 1 rows, the first: 1" in shown
