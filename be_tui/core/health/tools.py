"""What be-tui uses of the machine: SQLite, git, the terminal, its clipboard, an editor."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from be_tui.core.health.model import Check
from be_tui.core.terminal import charset, clipboard_command, clipboard_ways, is_remote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 5.0
"""Seconds that git has to tell its version."""

_SMALL = (80, 24)
"""Columns and lines below which a session shows one thing at a time."""


def sqlite() -> Iterator[Check]:
    """Tell which SQLite there is, and whether it can search text."""
    import sqlite3

    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.OperationalError:
        found = f"{sqlite3.sqlite_version}, without FTS5: searching is slower"
        yield Check("SQLite", "note", found, "use a Python whose SQLite has FTS5")
    else:
        yield Check("SQLite", "ok", f"{sqlite3.sqlite_version} with FTS5")
    finally:
        database.close()


def git() -> Iterator[Check]:
    """Tell which git there is."""
    path = shutil.which("git")
    todo = "install git: without it nothing is measured in a project's history"
    if path is None:
        yield Check("git", "note", "not found", todo)
        return
    try:
        said = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        yield Check("git", "note", f"{path} does not run ({type(error).__name__})", todo)
        return
    yield Check("git", "ok", f"{said.stdout.strip().removeprefix('git version ')} at {path}")


def terminal() -> Iterator[Check]:
    """Tell what the terminal can show."""
    name = os.environ.get("TERM", "")
    facts = [name or "TERM is not set", *_size(), _colours(name)]
    signs = charset()
    facts.append(signs.upper() if signs == "utf-8" else f"{signs}: drawn with plain ASCII")
    facts += [word for word, there in (("tmux", "TMUX" in os.environ), ("ssh", _remote())) if there]
    found = ", ".join(facts)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        todo = "the full screen needs one; every command works without"
        yield Check("terminal", "note", f"{found}; input or output is no terminal", todo)
    elif name in {"", "dumb"}:
        todo = "set TERM for the full screen, or use `be-tui decide TREE --plain`"
        yield Check("terminal", "note", found, todo)
    elif _is_small():
        yield Check("terminal", "note", found, "80 by 24 shows a page whole")
    else:
        yield Check("terminal", "ok", found)


def _remote() -> bool:
    return is_remote(os.environ)


def _measured() -> tuple[int, int] | None:
    try:
        columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return None
    return columns, lines


def _size() -> Iterator[str]:
    size = _measured()
    if size:
        yield f"{size[0]} by {size[1]}"


def _is_small() -> bool:
    size = _measured()
    return size is not None and (size[0] < _SMALL[0] or size[1] < _SMALL[1])


def _colours(name: str) -> str:
    if os.environ.get("NO_COLOR"):
        return "no colours (NO_COLOR)"
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million colours"
    return "256 colours" if "256" in name else "16 colours"


def clipboard(project: Path) -> Iterator[Check]:
    """Tell which way a copied text takes."""
    from be_tui.core.settings import load_settings

    chosen = load_settings(project).settings.clipboard
    if chosen == "off":
        yield Check("clipboard", "note", "switched off in the settings")
        return
    way = next(clipboard_ways(chosen, os.environ))
    command = clipboard_command(os.environ)
    if way == "osc52":
        found = "an escape sequence (OSC 52), which the terminal may ignore"
        todo = "" if _remote() else "install wl-clipboard, xclip or xsel to be sure"
        yield Check("clipboard", "note", found, todo)
    elif way == "native" and not command:
        found = "the settings ask for the system's own command, and none was found"
        yield Check("clipboard", "wrong", found, "install wl-clipboard, xclip or xsel")
    else:
        yield Check("clipboard", "ok", command[0] if way == "native" else "tmux")


def editor(project: Path) -> Iterator[Check]:
    """Tell which editor opens a file."""
    import shlex

    from be_tui.core.settings import load_settings

    stated = (
        ("the settings", load_settings(project).settings.editor),
        ("$VISUAL", os.environ.get("VISUAL", "")),
        ("$EDITOR", os.environ.get("EDITOR", "")),
    )
    where, command = next(((where, text) for where, text in stated if text.strip()), ("", ""))
    if not command:
        yield Check("editor", "note", "none is set", "set $EDITOR to open files from a session")
        return
    try:
        program = shlex.split(command)[0]
    except ValueError:
        yield Check("editor", "wrong", f"{command!r} from {where} is no command", f"mend {where}")
        return
    if shutil.which(program):
        yield Check("editor", "ok", f"{command} (from {where})")
    else:
        found = f"{program} (from {where}) was not found"
        yield Check("editor", "wrong", found, f"install it, or change {where}")
