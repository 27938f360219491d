"""Every command, with a standard stream that is closed or takes no more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from be_tui.cli import run

COMMANDS = (
    ["--version"],
    ["--help"],
    ["decide"],
    ["decide", "--help"],
    ["decide", "optimize", "--auto"],
    ["refs", "show", "guide"],
    ["doctor"],
    ["config", "schema"],
    ["completions", "bash"],
)
FULL = Path("/dev/full")


def _shell(
    arguments: list[str], redirection: str, folder: Path, output: IO[bytes] | int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run a command by a shell that closes streams first, as `be-tui decide >&-` does."""
    script = f'exec "$0" -m be_tui "$@" {redirection}'
    return subprocess.run(
        ["sh", "-c", script, sys.executable, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_closed_standard_output_is_no_error(arguments: list[str], tmp_path: Path) -> None:
    done = _shell(arguments, ">&-", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_record_is_written_whoever_listens(tmp_path: Path) -> None:
    decided = ["decide", "optimize", "--auto", "--record", "decisions"]
    done = _shell(decided, ">&-", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    (record,) = (tmp_path / "decisions").glob("0001-*.md")
    assert record.read_text(encoding="utf-8").startswith("---\nstatus:")


def test_all_streams_closed_is_no_error(tmp_path: Path) -> None:
    assert _shell(["doctor"], "<&- >&- 2>&-", tmp_path).returncode == 0


def test_a_walk_by_line_with_a_closed_input_ends_as_at_its_end(tmp_path: Path) -> None:
    done = _shell(["decide", "optimize", "--plain"], "<&-", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(b"be-tui: the input ended before the outcome")


def test_the_session_with_closed_streams_says_what_it_needs(tmp_path: Path) -> None:
    done = _shell([], "<&- >&-", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(b"be-tui: the session needs a terminal")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_reader_that_went_away_is_no_error(arguments: list[str], tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = _shell(arguments, "", tmp_path, output=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_an_output_that_takes_no_more_is_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    with FULL.open("wb") as full:
        done = _shell(arguments, "", tmp_path, output=full)
    assert done.returncode == 2
    line = b"be-tui: standard output: cannot be written: No space left on device\n"
    assert done.stderr == line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--bogus"], "be-tui: no option '--bogus'; see `be-tui --help`\n"),
        (
            ["--screen", "attic"],
            (
                "be-tui: no screen 'attic';"
                " one of home, decide, compare, library, sql, migrate, scaffold\n"
            ),
        ),
    ],
)
def test_a_wrong_call_of_the_session_is_told_before_the_lack_of_a_terminal(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().err == line


def test_a_file_that_may_not_be_read_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: list[str]) -> int:
        raise PermissionError(13, "Permission denied", "/barred/x\n")

    monkeypatch.setattr("be_tui.cli._dispatch", refuse)
    assert run(["decide"]) == 2
    assert capsys.readouterr().err == "be-tui: '/barred/x\\n': permission denied\n"


@pytest.mark.parametrize(
    "arguments",
    [["decide", "optimize", "--auto"], ["compare", "database"], ["project"], ["doctor"]],
)
def test_a_state_folder_that_cannot_be_looked_at_stops_no_command(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    # To root nothing is barred; a name that is too long cannot be looked at by anybody.
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ("x" * 300)))
    assert run(arguments) in {0, 1}
    assert "could not be looked at" not in capsys.readouterr().out


def test_a_current_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    script = f'mkdir gone; cd gone; rmdir ../gone; exec "{sys.executable}" -m be_tui "$@"'
    (tmp_path / "a.yaml").write_text("service: a\nresources: {tag: {fields: {n: {type: date}}}}\n")
    arguments = ["scaffold", "make", str(tmp_path / "a.yaml"), "shop", "--stack", "go"]
    done = subprocess.run(
        ["sh", "-c", script, "sh", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "be-tui: the current folder is no longer there; go to another\n"
