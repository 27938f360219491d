"""Put text on the clipboard, and say honestly what became of it.

Three ways, and which comes first depends on where the person sits: the system's own command
where the session runs on their machine; tmux, which keeps the text itself and passes it on;
an escape sequence (OSC 52) that reaches the terminal through ssh, and that no terminal
answers. Waits for nothing for long, and holds no screen.
"""

from __future__ import annotations

import base64
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.terminal import clipboard_command, clipboard_ways

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from be_tui.core.settings.model import Clipboard

LARGEST_ESCAPE = 100_000
"""Bytes of text that OSC 52 is tried with: xterm, tmux and others drop longer ones silently."""

_PATIENCE = 2.0
"""Seconds that a command has to take the text."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text."""

    words: str
    """What to tell the person."""

    done: bool = True
    """Whether it is on the clipboard, or may be."""


def copy(
    text: str,
    send: Callable[[str], None],
    way: Clipboard = "auto",
    environment: Mapping[str, str] | None = None,
) -> Copied:
    """Put a text on the clipboard.

    Args:
        text: What to copy.
        send: Writes an escape sequence to the terminal.
        way: The one way to use, or `auto`.
        environment: In place of the process's own.
    """
    if way == "off":
        return Copied("copying is switched off in the settings (clipboard)", done=False)
    if not text:
        return Copied("there is nothing to copy", done=False)
    variables = os.environ if environment is None else environment
    failed = []
    for each in clipboard_ways(way, variables):
        copied = _try(each, text, send, variables)
        if copied.done:
            return copied
        failed.append(copied.words)
    return Copied("not copied: " + "; ".join(failed), done=False)


def _try(
    way: Clipboard, text: str, send: Callable[[str], None], variables: Mapping[str, str]
) -> Copied:
    if way == "native":
        command = clipboard_command(variables)
        if not command:
            return Copied("no clipboard command found (wl-copy, xclip, xsel, pbcopy)", done=False)
        return _run(command, text, variables, f"copied ({command[0]})")
    if way == "tmux":
        # `-w` has tmux hand it to the terminal too, as far as that takes it.
        words = "copied to tmux's buffer, and passed on to the terminal"
        return _run(["tmux", "load-buffer", "-w", "-"], text, variables, words)
    data = text.encode("utf-8", "replace")
    if len(data) > LARGEST_ESCAPE:
        size = f"{len(data) // 1000} kB"
        return Copied(f"{size} is too much for the terminal's escape sequence (OSC 52)", done=False)
    send(f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\a")
    return Copied("sent to the terminal (OSC 52); it may not accept it")


def _run(command: list[str], text: str, variables: Mapping[str, str], words: str) -> Copied:
    # clip.exe reads the console's code page, unless it is told by a mark that it is Unicode.
    encoding = "utf-16" if command[0] == "clip.exe" else "utf-8"
    name = command[0]
    try:
        # xclip and wl-copy leave a child behind that serves the clipboard: nothing of it may
        # hold our pipes open, or the wait would be for that child.
        subprocess.run(
            command,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(variables),
            timeout=_PATIENCE,
            check=True,
            start_new_session=True,
        )
    except FileNotFoundError:
        return Copied(f"{name} is not there", done=False)
    except subprocess.TimeoutExpired:
        return Copied(f"{name} did not answer within {_PATIENCE:.0f} s", done=False)
    except subprocess.CalledProcessError as error:
        return Copied(f"{name} failed (exit {error.returncode})", done=False)
    except OSError as error:
        return Copied(f"{name} could not be started ({(error.strerror or '').lower()})", done=False)
    return Copied(words)
