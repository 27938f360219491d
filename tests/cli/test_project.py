from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from be_tui import cli
from be_tui.core.project import Profile
from be_tui.core.sessions import open_store, store_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def service(tmp_path: Path) -> Path:
    """Make a small service."""
    root = tmp_path / "shop"
    root.mkdir()
    (root / "requirements.txt").write_text("fastapi==0.115.6\n")
    (root / "app.py").write_text("x = 1\n")
    return root


def test_tells_the_traits_and_each_probe_s_evidence(
    service: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["project", str(service)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("shop · Python FastAPI\n")
    assert "FastAPI 0.115.6  requirements.txt:1" in out
    assert "\nstack           FastAPI 0.115.6\n" in out
    assert "\n  FastAPI: asks for fastapi ==0.115.6  requirements.txt:1\n" in out
    assert "\ntests           no test in 1 source file\n" in out
    assert "\nhotspots        no answer: not a git repository\n" in out
    assert "\x1b" not in out


def test_gives_one_json_document(service: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["project", str(service), "--json", "--probe", "tests", "--probe", "stack"]
    assert cli.run(call) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["version"] == 1
    assert document["project"]["name"] == "shop"
    assert [each["probe"] for each in document["evidence"]] == ["stack", "tests"]
    assert {"name": "tests.functions", "value": 0, "unit": ""} in document["evidence"][1][
        "measures"
    ]
    assert printed.err == ""


def test_the_folder_one_is_in_is_the_project(
    service: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(service)
    assert cli.run(["project", "--probe", "tests"]) == 0
    assert capsys.readouterr().out.startswith("shop")


def test_what_is_stated_is_kept_and_told(service: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["project", str(service), "--probe", "profile"]
    assert cli.run([*call, "--state", "teams=2", "--state", "favours=Cost to run"]) == 0
    assert "Teams that deploy on their own: 2 teams" in capsys.readouterr().out
    assert cli.run(call) == 0
    assert "What comes first: Cost to run" in capsys.readouterr().out
    with open_store(service) as store:
        assert store.profile() == Profile(teams=2, favours="cost")


def test_looking_at_a_project_leaves_nothing_behind(service: Path) -> None:
    before = sorted(service.iterdir())
    assert cli.run(["project", str(service), "--probe", "tests"]) == 0
    assert sorted(service.iterdir()) == before
    assert not store_path(service).exists()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--probe", "tets"], "no probe 'tets'; did you mean tests?"),
        (["--state", "teams"], "--state teams; write it as KEY=VALUE: teams=2"),
        (["--state", "team=2"], "the profile has no 'team'; did you mean teams?"),
        (["--state", "teams=some"], "'some' is no number"),
        (["--colour"], "unrecognized arguments: --colour; see `be-tui project --help`"),
    ],
)
def test_a_wrong_call_is_one_line_and_nothing_else(
    service: Path, arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["project", str(service), *arguments]) == 2
    printed = capsys.readouterr()
    assert line in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_a_folder_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["project", str(tmp_path / "gone")]) == 2
    err = capsys.readouterr().err
    assert "gone: no such folder; " in err
    assert err.count("\n") == 1


def test_help_names_every_probe_and_every_point(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["project", "--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert "hotspots        Where is complicated code changed often?" in out
    assert "sensitivity          The most sensitive data it holds (public, internal" in out


def test_a_terminal_is_told_what_goes_on_and_gets_emphasis(
    service: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("be_tui.cli.project.wants_colour", lambda: True)
    assert cli.run(["project", str(service), "--probe", "tests"]) == 0
    printed = capsys.readouterr()
    assert printed.err == f"reading {service}\n"
    assert "\x1b[1mtests" in printed.out


def test_a_folder_named_by_bytes_that_are_no_text_is_shown(tmp_path: Path) -> None:
    root = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(root)  # noqa: PTH102 (a name of bytes)
    done = subprocess.run(
        [sys.executable, "-m", "be_tui", "project", root, "--json", "--probe", "tests"],
        check=True,
        capture_output=True,
    )
    assert json.loads(done.stdout)["project"]["name"] == "caf\\xe9"


def test_interrupted_it_ends_with_130_and_takes_git_along(service: Path, tmp_path: Path) -> None:
    program, pid = tmp_path / "bin" / "git", tmp_path / "pid"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $$ > {pid}\nsleep 30\n")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    running = subprocess.Popen(
        [sys.executable, "-m", "be_tui", "project", service],
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not (pid.exists() and pid.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, complaint = running.communicate(timeout=60)
    assert (running.returncode, complaint) == (130, b"")
    git, deadline = int(pid.read_text()), time.monotonic() + 15  # by itself it runs for 30
    while _runs(git) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(git)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
