"""Copying takes the way that reaches the person, and says what became of the text."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING

import pytest

from be_tui.tui.clipboard import LARGEST_ESCAPE, copy

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "SELECT 1 -- ü\n"


class Terminal(list[str]):
    """Keeps what was sent to it."""

    def __call__(self, sequence: str) -> None:
        self.append(sequence)

    @property
    def text(self) -> str:
        (sequence,) = self
        return base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def program(folder: Path, name: str, script: str) -> Path:
    """Put a program of that name into a folder; give the file that it may write to."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n".replace("OUT", str(folder / f"{name}.out")))
    file.chmod(0o755)
    return folder / f"{name}.out"


def at(folder: Path, **variables: str) -> dict[str, str]:
    return {"PATH": f"{folder}:/usr/bin:/bin", **variables}


def test_on_the_persons_own_machine_the_systems_command_comes_first(
    tmp_path: Path, terminal: Terminal
) -> None:
    out = program(tmp_path, "xclip", 'echo "$@" > OUT; cat >> OUT')
    copied = copy(TEXT, terminal, environment=at(tmp_path, DISPLAY=":0", TMUX="/tmp/x,1,0"))
    assert copied.done
    assert copied.words == "copied (xclip)"
    assert out.read_text(encoding="utf-8") == "-selection clipboard\n" + TEXT
    assert terminal == []


def test_wayland_has_a_command_of_its_own(tmp_path: Path, terminal: Terminal) -> None:
    out = program(tmp_path, "wl-copy", "cat > OUT")
    variables = at(tmp_path, WAYLAND_DISPLAY="wayland-0", DISPLAY=":0")
    assert copy(TEXT, terminal, environment=variables).words == "copied (wl-copy)"
    assert out.read_text(encoding="utf-8") == TEXT


def test_over_ssh_tmux_comes_before_a_clipboard_of_the_other_machine(
    tmp_path: Path, terminal: Terminal
) -> None:
    program(tmp_path, "xclip", "cat > OUT")
    out = program(tmp_path, "tmux", 'echo "$@" > OUT; cat >> OUT')
    variables = at(tmp_path, DISPLAY=":0", TMUX="/tmp/x,1,0", SSH_CONNECTION="1 2 3 4")
    copied = copy(TEXT, terminal, environment=variables)
    assert copied.words.startswith("copied to tmux's buffer")
    assert out.read_text(encoding="utf-8") == "load-buffer -w -\n" + TEXT


def test_over_ssh_without_tmux_it_is_sent_to_the_terminal_with_honest_words(
    tmp_path: Path, terminal: Terminal
) -> None:
    variables = at(tmp_path, DISPLAY=":0", SSH_TTY="/dev/pts/3")
    copied = copy(TEXT, terminal, environment=variables)
    assert copied.done
    assert "may not accept it" in copied.words
    assert terminal.text == TEXT


def test_a_command_that_fails_is_followed_by_the_next_way(
    tmp_path: Path, terminal: Terminal
) -> None:
    program(tmp_path, "xclip", "exit 1")
    assert copy(TEXT, terminal, environment=at(tmp_path, DISPLAY=":0")).done
    assert terminal.text == TEXT


def test_a_command_that_never_ends_is_not_waited_for(
    tmp_path: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("be_tui.tui.clipboard._PATIENCE", 0.2)
    program(tmp_path, "xclip", "exec sleep 30")
    began = time.monotonic()
    copied = copy(TEXT, terminal, "native", at(tmp_path, DISPLAY=":0"))
    assert time.monotonic() - began < 5
    assert not copied.done
    assert "did not answer" in copied.words


def test_what_is_too_long_for_the_escape_sequence_is_not_sent(terminal: Terminal) -> None:
    copied = copy("x" * (LARGEST_ESCAPE + 1), terminal, "osc52", {})
    assert not copied.done
    assert "too much" in copied.words
    assert terminal == []


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("native", "no clipboard command found"),
        ("tmux", "tmux is not there"),
        ("off", "switched off"),
    ],
)
def test_a_way_that_cannot_be_taken_is_named(
    tmp_path: Path, terminal: Terminal, way: str, words: str
) -> None:
    copied = copy(TEXT, terminal, way, {"PATH": str(tmp_path)})  # type: ignore[arg-type]
    assert not copied.done
    assert words in copied.words


def test_nothing_is_not_copied(terminal: Terminal) -> None:
    assert not copy("", terminal, environment={}).done
    assert terminal == []


def test_a_program_that_cannot_be_started_is_named(tmp_path: Path, terminal: Terminal) -> None:
    (tmp_path / "xclip").write_text("no program")
    (tmp_path / "xclip").chmod(0o755)
    variables = {"PATH": str(tmp_path), "DISPLAY": ":0"}
    copied = copy(TEXT, terminal, "native", variables)
    assert "could not be started" in copied.words
