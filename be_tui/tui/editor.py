"""The command that opens a file at a line in the person's own editor."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PLUS = frozenset(
    [
        "vi",
        "vim",
        "nvim",
        "gvim",
        "view",
        "nano",
        "pico",
        "emacs",
        "emacsclient",
        "mg",
        "jed",
        "joe",
        "ne",
        "kak",
        "micro",
        "e3",
        "ed",
        "tilde",
    ]
)
"""Take `+LINE` before the file."""

_GOTO = frozenset(["code", "code-insiders", "codium", "cursor", "windsurf", "positron"])
"""Take `--goto FILE:LINE`, and come back at once unless told to wait."""

_COLON = frozenset(["hx", "helix", "subl", "sublime_text", "zed", "zeditor", "lite-xl"])
"""Take `FILE:LINE`."""

_WINDOWED = _GOTO | {"subl", "sublime_text", "zed", "zeditor", "lite-xl", "gvim"}
"""Open a window of their own, so that the session need not make room."""


def editor_command(
    path: Path, line: int = 0, setting: str = "", environment: Mapping[str, str] | None = None
) -> list[str]:
    """Give the command to run, as a list of arguments.

    Args:
        path: The file.
        line: Where to go in it, from 1; 0 for nowhere in particular.
        setting: The editor of the settings; `{file}` and `{line}` in it are filled in.
        environment: In place of the process's own.

    Raises:
        InputError: No editor is set, or what is set is not a command.
    """
    variables = os.environ if environment is None else environment
    stated = (("editor", setting), *((name, variables.get(name, "")) for name in _VARIABLES))
    where, text = next(((name, value) for name, value in stated if value.strip()), ("", ""))
    if not text:
        raise InputError("no editor is set", hint="set $EDITOR, or `editor` in your config.toml")
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise InputError(f"{text!r} is not a command: {error}", where=where) from error
    if "{file}" in text:
        filled = {"{file}": str(path), "{line}": str(max(line, 1))}
        return [_fill(word, filled) for word in words]
    return [*words, *_place(_name(words[0]), path, line)]


def is_windowed(command: list[str]) -> bool:
    """Tell whether an editor opens a window of its own."""
    return _name(command[0]) in _WINDOWED


_VARIABLES = ("VISUAL", "EDITOR")


def _name(program: str) -> str:
    return os.path.basename(program).removesuffix(".exe").lower()  # noqa: PTH119 (no file)


def _fill(word: str, filled: Mapping[str, str]) -> str:
    for name, value in filled.items():
        word = word.replace(name, value)
    return word


def _place(name: str, path: Path, line: int) -> list[str]:
    if name in _GOTO:
        return ["--goto", f"{path}:{max(line, 1)}"]
    if not line:
        return [str(path)]
    if name in _COLON:
        return [f"{path}:{line}"]
    return [f"+{line}", str(path)] if name in _PLUS else [str(path)]
