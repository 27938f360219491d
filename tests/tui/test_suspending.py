"""The session goes to the background of a shell and comes back, as every program there does."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from tests.tui.terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.tui.app import BeTuiApp

_SHELL = "set -m; {command}; echo in the shell; stty -a; read line; fg; echo over"


def test_ctrl_z_gives_the_shell_its_terminal_and_fg_comes_back(tmp_path: Path) -> None:
    command = shlex.join([sys.executable, "-m", "be_tui"])
    shell = ["/bin/sh", "-c", _SHELL.format(command=command)]
    with Terminal(shell, cwd=tmp_path) as terminal:
        terminal.shows("Home")
        terminal.send("L")
        terminal.shows("All there is")
        terminal.send("\x1a")
        terminal.shows("in the shell")
        terminal.rest()
        assert not terminal.on_second_screen
        assert not terminal.screen.cursor.hidden
        assert " icanon" in terminal.text.replace("\n", " ")
        terminal.send("\n")
        terminal.shows("All there is")
        assert terminal.on_second_screen
        terminal.send("H")
        terminal.shows("Do next")
        terminal.send("q")
        terminal.shows("over")
        assert terminal.ends() == 0
        assert not terminal.on_second_screen


async def test_without_a_background_it_says_so(app: BeTuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+z")
        await pilot.pause()
        (notice,) = app._notifications
        assert notice.message == "this terminal has no background to go to"
