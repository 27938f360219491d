from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from be_tui.core.terminal import charset, clipboard_command, clipboard_ways, is_remote

ROOT = Path(__file__).parents[2]


def program(folder: Path, name: str) -> None:
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o755)


LOCALES: list[tuple[dict[str, str], str]] = [
    ({"LC_ALL": "en_GB.UTF-8"}, "utf-8"),
    ({"LC_ALL": "de_DE.utf8@euro"}, "utf-8"),
    ({"LANG": "de_DE.ISO-8859-1"}, "iso8859-1"),
    ({"LANG": "de_DE"}, "iso8859-1"),
    ({"LANG": "ja_JP.eucJP"}, "euc_jp"),
    ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "ascii"),
    ({"LANG": "POSIX"}, "ascii"),
    ({"LANG": "xx.no-such-charset"}, "ascii"),
    ({}, "ascii"),
]


@pytest.mark.parametrize(("variables", "signs"), LOCALES)
def test_the_locale_says_which_signs_can_be_shown(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], signs: str
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert charset() == signs


@pytest.mark.parametrize(
    ("stated", "signs"),
    [(b"PATH=/bin\0LC_CTYPE=ja_JP.eucJP\0", "euc_jp"), (b"PATH=/bin\0", "ascii")],
)
def test_what_stood_in_the_environment_at_the_start_counts(
    monkeypatch: pytest.MonkeyPatch, stated: bytes, signs: str
) -> None:
    for name in ("LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_CTYPE", "C.UTF-8")
    monkeypatch.setattr("builtins.open", lambda *_: io.BytesIO(stated))
    assert charset() == signs


@pytest.mark.parametrize(("variables", "signs"), [*LOCALES, ({"LC_CTYPE": "UTF-8"}, "utf-8")])
def test_the_locale_that_python_puts_in_the_place_of_c_is_not_believed(
    tmp_path: Path, variables: dict[str, str], signs: str
) -> None:
    code = "from be_tui.core.terminal import charset; print(charset())"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert said.stdout.strip() == signs


def test_a_system_that_hides_the_environment_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise FileNotFoundError

    for name in ("LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_CTYPE", "C.UTF-8")
    monkeypatch.setattr("builtins.open", refuse)
    assert charset() == "utf-8"


def test_windows_shows_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LC_ALL", "C")
    assert charset() == "utf-8"


def test_whoever_comes_by_ssh_sits_elsewhere() -> None:
    assert is_remote({"SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"})
    assert not is_remote({"SSH_AUTH_SOCK": "/tmp/agent"})


def test_the_best_way_to_the_clipboard_comes_first(tmp_path: Path) -> None:
    program(tmp_path, "xclip")
    here = {"PATH": str(tmp_path), "DISPLAY": ":0", "TMUX": "x"}
    assert list(clipboard_ways("auto", here)) == ["native", "tmux", "osc52"]
    assert list(clipboard_ways("auto", here | {"SSH_TTY": "y"})) == ["tmux", "osc52"]
    assert list(clipboard_ways("auto", {"PATH": ""})) == ["osc52"]
    assert list(clipboard_ways("tmux", here)) == ["tmux"]


@pytest.mark.parametrize(
    ("platform", "variables", "name"),
    [
        ("darwin", {}, "pbcopy"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-copy"),
        ("linux", {"DISPLAY": ":0"}, "xclip"),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, "clip.exe"),
        ("win32", {}, "clip.exe"),
        ("linux", {}, ""),
    ],
)
def test_each_system_has_its_own_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    variables: dict[str, str],
    name: str,
) -> None:
    for each in ("pbcopy", "wl-copy", "xclip", "xsel", "clip.exe"):
        program(tmp_path, each)
    # Looked for as on this system, whatever the platform is said to be.
    monkeypatch.setattr("shutil.which", lambda each, path: str(Path(path) / each))
    monkeypatch.setattr(sys, "platform", platform)
    command = clipboard_command(variables | {"PATH": str(tmp_path)})
    assert (command[0] if command else "") == name


def test_the_second_command_serves_where_the_first_is_missing(tmp_path: Path) -> None:
    program(tmp_path, "xsel")
    command = clipboard_command({"PATH": str(tmp_path), "DISPLAY": ":0"})
    assert command == ["xsel", "--clipboard", "--input"]
