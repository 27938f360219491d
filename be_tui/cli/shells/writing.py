"""The script for each shell, made from the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.cli.shells import bash, fish, zsh
from be_tui.cli.shells.reading import command_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.cli.shells.model import Command

SHELLS: dict[str, Callable[[tuple[Command, ...]], str]] = {
    "bash": bash.write,
    "zsh": zsh.write,
    "fish": fish.write,
}


def script(shell: str) -> str:
    """Give the script that makes a shell complete every command."""
    return SHELLS[shell](command_line())
