from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import jsonschema
import pytest

from be_tui.cli import run
from be_tui.core.settings import load_settings, settings_page, settings_schema, user_file


@pytest.fixture(autouse=True)
def in_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


WRONG = 'theme = "light"\nmuose = 1\n[keys]\n"app.back" = "["\n'


def test_show_prints_what_is_in_force_and_where_it_comes_from(
    in_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_project / "be-tui.toml").write_text(WRONG)
    assert run(["config", "show"]) == 0
    shown = capsys.readouterr().out
    assert 'theme = "light"                # be-tui.toml:1:1\n' in shown
    assert "mouse = true                   # default\n" in shown
    assert '"app.back" = ["left_square_bracket"]  # be-tui.toml:4:1\n' in shown
    assert shown.endswith("# 1 error in 1 file: see `be-tui config check`\n")


def test_what_show_prints_can_be_read_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    own = Path(user_file())
    own.parent.mkdir(parents=True)
    own.write_text(
        'theme = "pa per"\nmouse = false\neditor = "a \\"b\\" \\u007f"\nkeys.a.b = ["c", "d"]\n'
        'keys."e f" = "g"\n[themes."pa per"]\ndark = false\ncolours = {line = "#fff"}\n'
        "[themes.plain]\n"
    )
    before = load_settings(None)
    assert before.faults == ()
    assert run(["config", "show"]) == 0
    own.write_text(capsys.readouterr().out)
    again = load_settings(None)
    assert (again.settings, again.faults) == (before.settings, ())


def test_show_as_json(in_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_project / "be-tui.toml").write_text(WRONG)
    assert run(["config", "show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["version"] == 1
    assert shown["settings"]["theme"] == "light"
    assert [origin["key"] for origin in shown["origins"]] == ["theme", "keys.app.back"]
    assert shown["files"] == ["be-tui.toml"]
    assert [finding["rule"] for finding in shown["findings"]] == ["config-key"]


def test_check_names_what_is_wrong_and_exits_1(
    in_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_project / "be-tui.toml").write_text(WRONG)
    assert run(["config", "check"]) == 1
    assert capsys.readouterr().out.startswith(
        "be-tui.toml:2:1 error config-key unknown key 'muose'"
    )


def test_check_without_faults_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "check"]) == 0
    assert capsys.readouterr().out == "nothing found\n"


def test_check_takes_files(in_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_project / "a.toml").write_text("mouse = 1\n")
    (in_project / "b.toml").write_text("x = \n")
    assert run(["config", "check", "a.toml", "b.toml"]) == 1
    said = capsys.readouterr().out
    assert "a.toml:1:1 error config-value mouse" in said
    assert "b.toml:1:5 error config-file not TOML" in said


def test_check_of_a_file_that_is_not_there_is_a_wrong_call(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["config", "check", "none.toml"]) == 2
    assert capsys.readouterr().err == "be-tui: none.toml: there is no such file\n"


def test_a_warning_fails_only_where_that_is_asked_for(in_project: Path) -> None:
    (in_project / "be-tui.toml").write_text('editor = "vi"\n')
    assert run(["config", "check"]) == 0
    assert run(["config", "check", "--fail-on", "warning"]) == 1


@pytest.mark.parametrize(
    ("form", "starts"),
    [
        ("--json", '{\n  "version": 1,\n  "findings": ['),
        ("--sarif", '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json"'),
        ("--markdown", "## 1 error in 1 file"),
        ("--github", "::error file=be-tui.toml,line=2,endLine=2,col=1,endColumn=6,"),
    ],
)
def test_check_prints_every_form(
    in_project: Path, capsys: pytest.CaptureFixture[str], form: str, starts: str
) -> None:
    (in_project / "be-tui.toml").write_text(WRONG)
    assert run(["config", "check", form]) == 1
    assert capsys.readouterr().out.startswith(starts)


def test_two_forms_at_once_are_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "check", "--json", "--sarif"]) == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == settings_schema()
    jsonschema.Draft7Validator.check_schema(printed)


def test_the_documentation_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "docs"]) == 0
    assert capsys.readouterr().out == settings_page()


def test_init_writes_an_example_and_never_overwrites(
    in_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["config", "init"]) == 0
    written = (in_project / "be-tui.toml").read_text()
    assert written.startswith("# What can be chosen in be-tui.")
    assert run(["config", "check", "--fail-on", "info"]) == 0
    (in_project / "be-tui.toml").write_text("mouse = false\n")
    assert run(["config", "init"]) == 2
    assert "stands already and is left as it is" in capsys.readouterr().err
    assert (in_project / "be-tui.toml").read_text() == "mouse = false\n"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, "the file system is read-only"), (errno.ENOSPC, "the disk is full")],
)
def test_init_where_nothing_can_be_written_is_one_line(
    in_project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    words: str,
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", refuse)
    assert run(["config", "init"]) == 2
    assert capsys.readouterr().err == f"be-tui: be-tui.toml: {words}; nothing was written\n"
    assert list(in_project.iterdir()) == [in_project / ".git"]


def test_init_writes_the_users_own_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "init", "--user"]) == 0
    assert capsys.readouterr().out == f"wrote {user_file()}\n"
    assert Path(user_file()).is_file()


def test_another_project_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "be-tui.toml").write_text("mouse = 1\n")
    assert run(["config", "check", "--project", "other"]) == 1
    assert run(["config", "check", "--project", "nowhere"]) == 2
    assert "nowhere: no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["show", "--nothing"]])
def test_a_wrong_call_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("be-tui: ")
    assert printed.err.count("\n") == 1


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["config", "--help"])
    assert ended.value.code == 0
    assert "  schema  Print a JSON Schema" in capsys.readouterr().out
