"""Screens: read inputs, call the core, show what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.tui.app import Opening


def start(arguments: list[str]) -> int:
    """Open the session in this terminal; give the exit code.

    Raises:
        InputError: An option cannot be used as it is.
    """
    opening = read_opening(arguments)
    from be_tui.tui.app import BeTuiApp

    app = BeTuiApp(opening)
    app.run(mouse=opening.mouse)
    return app.return_code or 0


def read_opening(arguments: list[str]) -> Opening:
    """Read the options of the session.

    Raises:
        InputError: An option is wrong, or the folder is none.
    """
    import argparse
    from pathlib import Path

    from be_tui.core.errors import InputError
    from be_tui.tui.app import SCREEN_NAMES, Opening

    parser = argparse.ArgumentParser(prog="be-tui", add_help=False, exit_on_error=False)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--example", default="")
    parser.add_argument("--screen", choices=SCREEN_NAMES, default="home")
    parser.add_argument("--theme", default="")
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--no-mouse", action="store_true")
    try:
        options, unknown = parser.parse_known_args(arguments)
    except argparse.ArgumentError as error:
        raise InputError(str(error), hint="see `be-tui --help`") from error
    if unknown:
        raise InputError(f"no option {unknown[0]!r}", hint="see `be-tui --help`")
    project = (options.project or Path()).resolve()
    if not project.is_dir():
        raise InputError("is not a folder", where=str(project), hint="name the service's folder")
    return Opening(project, options.screen, options.theme, options.ascii, not options.no_mouse)
