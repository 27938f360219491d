"""What is known of the terminal without asking it: its signs, its ways to a clipboard."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.settings.model import Clipboard


def charset() -> str:
    """Give what the locale says that the terminal can show: `utf-8`, `ascii`, `iso8859-1`.

    Python itself puts UTF-8 in place of the plain C locale, so it is not asked.
    """
    if sys.platform == "win32":
        return "utf-8"
    name = next(filter(None, map(_stated, ("LC_ALL", "LC_CTYPE", "LANG"))), "C")
    encoding = "utf-8" if name == "UTF-8" else name.partition(".")[2].partition("@")[0]
    if not encoding:
        return "ascii" if name.partition("@")[0] in {"C", "POSIX"} else "iso8859-1"
    import codecs

    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "ascii"


def _stated(variable: str) -> str:
    value = os.environ.get(variable, "")
    if variable == "LC_CTYPE" and value in {"C.UTF-8", "C.utf8", "UTF-8"}:
        try:
            with open("/proc/self/environ", "rb") as file:  # noqa: PTH123 (before the first frame)
                given = file.read()
        except OSError:
            return "C.UTF-8"
        stated = dict(pair.partition(b"=")[::2] for pair in given.split(b"\0"))
        return os.fsdecode(stated.get(b"LC_CTYPE", b""))
    return value


def clipboard_ways(way: Clipboard, variables: Mapping[str, str]) -> Iterator[Clipboard]:
    """Give the ways to try, the best first, for the one that was chosen or for `auto`."""
    if way != "auto":
        yield way
        return
    if not is_remote(variables) and clipboard_command(variables):
        yield "native"
    if variables.get("TMUX"):
        yield "tmux"
    yield "osc52"


def is_remote(variables: Mapping[str, str]) -> bool:
    """Tell whether the person sits at another machine."""
    return any(variables.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def clipboard_command(variables: Mapping[str, str]) -> list[str]:
    """Give the command that takes the text on its standard input; empty where there is none."""
    import shutil

    offered: list[list[str]] = []
    if sys.platform == "darwin":
        offered.append(["pbcopy"])
    if variables.get("WAYLAND_DISPLAY"):
        offered.append(["wl-copy"])
    if variables.get("DISPLAY"):
        offered += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if sys.platform == "win32" or variables.get("WSL_DISTRO_NAME"):
        offered.append(["clip.exe"])
    path = variables.get("PATH")
    return next((each for each in offered if shutil.which(each[0], path=path)), [])
