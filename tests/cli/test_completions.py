"""Completions are made from the parsers, and work in the shells themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import COMMANDS, SCREENS, run, usage
from be_tui.cli.arguments import Parser
from be_tui.cli.completions import SHELLS as OFFERED
from be_tui.cli.shells.asking import ASKED, asked
from be_tui.cli.shells.model import Value
from be_tui.cli.shells.reading import command_line
from be_tui.cli.shells.writing import SHELLS, script
from tests.conftest import need

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put be-tui on the path, and stand in a project without files to offer."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "be-tui").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m be_tui "$@"\n')
    (folder / "be-tui").chmod(0o755)
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "a folder").mkdir()
    (project / "a file.yaml").write_text("")
    monkeypatch.chdir(project)
    monkeypatch.setenv("PATH", f"{folder}:/usr/local/bin:/usr/bin:/bin")
    return project


def parsers_of(name: str) -> tuple[Parser, ...]:
    found = import_module(f"be_tui.cli.{name}").parsers()
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_gives_its_parsers(name: str) -> None:
    for parser in parsers_of(name):
        assert isinstance(parser, Parser)
        assert parser.prog.split()[:2] == ["be-tui", name]


def test_every_option_of_every_parser_is_known() -> None:
    known = {command.path: command for command in command_line()}
    for name in COMMANDS:
        for parser in parsers_of(name):
            command = known[parser.prog.removeprefix("be-tui ")]
            told = set(re.findall(r"(?<![\w-])--[a-z-]+", parser.format_usage()))
            names = {option for each in command.options for option in each.names}
            assert told | {"--help"} == {each for each in names if each.startswith("--")}


def test_the_options_of_the_session_are_those_of_the_help_page() -> None:
    session = command_line()[0]
    assert session.words == ()
    told = set(
        re.findall(r"^ .*?(--[a-z-]+)", usage().partition("options of the")[2], re.MULTILINE)
    )
    assert {each.names[-1] for each in session.options} == told
    assert Value("words", SCREENS, "NAME") in [each.value for each in session.options]


def test_commands_below_a_command_are_offered_after_it() -> None:
    known = {command.path: command for command in command_line()}
    assert known["refs"].places[0].words == ("show", "review")
    assert known["knowledge"].places[0].words == ("check",)
    assert set(known["config"].places[0].words) == {"show", "check", "init", "schema", "docs"}
    assert known["decide"].places[0] == Value("asked", ("trees",), "TREE")


def test_all_that_is_asked_for_can_be_answered() -> None:
    values = [each for command in command_line() for each in command.places]
    values += [each.value for command in command_line() for each in command.options if each.value]
    needed = {value.words[0] for value in values if value.kind == "asked"}
    assert needed == set(ASKED)
    for name in needed:
        assert all(asked(name))
    assert {"optimize", "refactor"} <= set(asked("trees"))
    assert "hotspots" in asked("probes")


def test_names_are_asked_for_as_a_script_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completions", "--ask", "trees"]) == 0
    assert "optimize\n" in capsys.readouterr().out
    for wrong in (["--ask"], ["--ask", "nothing"]):
        assert run(["completions", *wrong]) == 0
        assert capsys.readouterr().out == ""


def test_each_shell_has_its_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(SHELLS) == set(OFFERED)
    for shell in SHELLS:
        assert run(["completions", shell]) == 0
        printed = capsys.readouterr().out
        assert printed == script(shell)
        for command in command_line():
            assert all(
                name.lstrip("-") in printed for each in command.options for name in each.names
            )


def test_a_shell_that_is_none_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completions", "powershell"]) == 2
    assert "choose from" in capsys.readouterr().err
    assert run(["completions"]) == 2


LINES: list[tuple[str, set[str]]] = [
    ("de", {"decide"}),
    ("--sc", {"--screen"}),
    ("--screen ", set(SCREENS)),
    ("--theme d", {"dark"}),
    ("refs sh", {"show"}),
    ("decide opt", {"optimize"}),
    ("decide optimize ", set()),
    ("decide --answer x=y opt", {"optimize"}),
    ("decide --map m", {"mermaid"}),
    ("decide optimize --au", {"--auto"}),
    ("config ch", {"check"}),
    ("config check --fail-on ", {"error", "warning", "info"}),
    ("config check --git", {"--github"}),
    ("config schema --js", set()),
    ("completions ", set(OFFERED)),
    ("project --probe hots", {"hotspots"}),
]

PATHS: list[tuple[str, set[str]]] = [
    ("config check ", {"a file.yaml", "a folder"}),
    ("knowledge check x ", {"a file.yaml", "a folder"}),
    ("decide --record ", {"a folder"}),
    ("doctor --project ", {"a folder"}),
]


def in_bash(line: str) -> set[str]:
    """Give what bash offers; it takes colons and equal signs for ends of words."""
    words = ["be-tui", *re.findall(r"[:=]|[^\s:=]+", line)]
    if not line or line.endswith(" "):
        words.append("")
    array = " ".join(f"'{word}'" for word in words)
    code = (
        f"{script('bash')}\nCOMP_WORDS=({array}); COMP_CWORD={len(words) - 1}\n_be_tui\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    said = subprocess.run(
        [need("bash"), "--norc", "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stderr == ""
    return set(said.stdout.split("\n")) - {""}


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(("line", "offered"), [*LINES, *PATHS])
def test_bash_completes(line: str, offered: set[str]) -> None:
    assert in_bash(line) - {".git"} == offered


@pytest.mark.usefixtures("program")
def test_bash_completes_after_colons_and_equal_signs() -> None:
    assert in_bash("refs show tree:opt") == {"optimize"}
    assert in_bash("refs show tree:") >= {"optimize", "refactor"}
    assert in_bash("refs show guid") == {"guide"}
    assert in_bash("decide --map=m") == {"mermaid"}
    assert in_bash("decide --map=") == {"text", "mermaid", "dot"}


def test_bash_never_runs_what_a_pack_calls_itself(program: Path) -> None:
    own = program.parent / "bin" / "be-tui"
    own.write_text("#!/bin/sh\necho 'a$(touch gotcha)b'\necho 'a`touch gotcha`'\n")
    assert in_bash("decide a") == {"a$(touch gotcha)b", "a`touch gotcha`"}
    assert not (program / "gotcha").exists()


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(("line", "offered"), LINES)
def test_fish_completes(line: str, offered: set[str]) -> None:
    need("fish")
    code = f"{script('fish')}\ncomplete -C 'be-tui {line}'\n"
    said = subprocess.run(
        ["fish", "--no-config", "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stderr == ""
    assert {each.partition("\t")[0] for each in said.stdout.splitlines()} == offered


def test_zsh_takes_its_script(tmp_path: Path) -> None:
    need("zsh")
    (tmp_path / "_be-tui").write_text(script("zsh"))
    subprocess.run(["zsh", "-n", str(tmp_path / "_be-tui")], timeout=60, check=True)
    code = (
        f"autoload -U compinit; compinit -u -d {tmp_path}/dump; "
        f"source {tmp_path}/_be-tui; echo $_comps[be-tui]"
    )
    said = subprocess.run(
        ["zsh", "-f", "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert (said.stdout.strip(), said.stderr) == ("_be_tui", "")


def test_the_zsh_script_escapes_what_zsh_would_take_for_signs() -> None:
    written = script("zsh")
    assert "'--width=[columns (the terminal'\\''s, else 80)]:N:'" in written
    assert "'--fail-on=[the least severity that makes the exit code 1 (error)]" in written
    assert "(default\\: the one around here)" in written
