"""The last frame of Home, painted before anything heavy is imported.

A frame is kept with a stamp of all that it depends on: the call, the terminal, the
environment, and the state of each file and folder that Home was read from. Any difference,
and nothing is painted. Imports nothing but what the interpreter has loaded already, because
its cost is the time to the first frame.
"""

from __future__ import annotations

import os
import sys

from be_tui import __version__
from be_tui.core.locations import cache_dir

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MAGIC = b"be-tui frame 1"
_KEPT = 24
"""Frames kept, one a call and size of terminal; the oldest go first."""

_VARIABLES = frozenset(
    ["TERM", "COLORTERM", "NO_COLOR", "LANG", "TZ", "COLUMNS", "LINES", "HOME", "TERM_PROGRAM"]
)
_PREFIXES = ("LC_", "XDG_", "TEXTUAL", "BE_TUI_", "PYTHON")


def kept(arguments: list[str]) -> bytes | None:
    """Give the frame that would be Home's first one, if it is certain to be true."""
    if os.environ.get("TERM", "dumb") == "dumb" or not (os.isatty(0) and os.isatty(1)):
        return None
    try:
        moment = _moment(arguments)
        with open(_path(moment), "rb") as file:
            magic, of_moment, of_marks = file.readline().rstrip(b"\n").rsplit(b" ", 2)
            same = magic == _MAGIC and file.read(int(of_moment)) == moment
            marks = file.read(int(of_marks)) if same else b""
            if not marks or not _hold(marks):
                return None
            return file.read() or None
    except (OSError, ValueError):
        return None


def save(frame: bytes, marks: Mapping[str, str], arguments: list[str]) -> None:
    """Keep a frame of Home; a frame that cannot be kept is none.

    Args:
        frame: What to send to a terminal whose second screen is empty.
        marks: What `mark` gave for each path that the frame depends on, before it was read.
        arguments: Those of the call, without the program's name.
    """
    parts = [text for path, state in marks.items() for text in (path, state)]
    stamp = os.fsencode("\0".join(parts))
    try:
        moment = _moment(arguments)
        path = _path(moment)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        head = b"%s %d %d\n" % (_MAGIC, len(moment), len(stamp))
        half = f"{path}.{os.getpid()}"
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(head + moment + stamp + frame)
        os.replace(half, path)
        _forget_oldest(os.path.dirname(path))
    except OSError:
        return


def drop(arguments: list[str]) -> None:
    """Forget the frame of this call, because nobody can tell whether it is true."""
    try:
        os.unlink(_path(_moment(arguments)))
    except OSError:
        return


def mark(paths: Iterable[str]) -> dict[str, str]:
    """Give the state of each path, to be compared later; empty files are as good as none."""
    return {path: _state(path) for path in paths}


def _state(path: str) -> str:
    try:
        seen = os.stat(path)
    except OSError:
        return "-"
    if not seen.st_size and os.path.isfile(path):
        return "-"
    return f"{seen.st_dev}.{seen.st_ino}.{seen.st_mode}.{seen.st_size}.{seen.st_mtime_ns}"


def _hold(marks: bytes) -> bool:
    parts = os.fsdecode(marks).split("\0")
    return all(_state(path) == state for path, state in zip(parts[::2], parts[1::2], strict=True))


def _moment(arguments: list[str]) -> bytes:
    """Give the call, the terminal and the environment, as far as a frame depends on them."""
    size = os.get_terminal_size(1)
    environment = sorted(
        f"{name}={value}"
        for name, value in os.environ.items()
        if name in _VARIABLES or name.startswith(_PREFIXES)
    )
    called = [__version__, sys.version, os.getcwd(), f"{size.columns}x{size.lines}"]
    return os.fsencode("\0".join([*called, *arguments, "", *environment]))


def _path(moment: bytes) -> str:
    from zlib import crc32

    return os.path.join(cache_dir(), "frames", f"{crc32(moment):08x}")


def _forget_oldest(folder: str) -> None:
    frames = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime_ns)
    for entry in frames[:-_KEPT]:
        os.unlink(entry.path)
