"""What the session was asked to open, read from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from be_tui.core.errors import InputError
from be_tui.core.roots import project_root
from be_tui.core.terminal import charset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from be_tui.core.settings.model import Ascii

SCREEN_NAMES = ("home", "decide", "compare", "library", "sql", "migrate", "scaffold")
"""The screens that a session can be opened on."""

_SEE = "see `be-tui --help`"


@dataclass(frozen=True, slots=True)
class Opening:
    """What the session was asked to open."""

    project: Path
    """Its folder, with every link followed."""

    screen: str = "home"
    theme: str = ""
    """The colours to use this once; empty for those of the settings."""

    ascii: bool = False
    mouse: bool = True
    charset: str = "utf-8"
    """What the terminal can show, as the locale says."""

    arguments: tuple[str, ...] = ()
    """The call, without the program's name."""


def read_opening(arguments: list[str]) -> Opening:
    """Read the options of the session.

    Raises:
        InputError: An option is wrong, or the folder is none.
    """
    if not arguments:
        return Opening(Path(project_root()), charset=charset())
    options = _options(arguments)
    if options.screen not in SCREEN_NAMES:
        raise InputError(f"no screen {options.screen!r}", hint=f"one of {', '.join(SCREEN_NAMES)}")
    return Opening(
        Path(project_root(options.project)),
        options.screen,
        options.theme,
        options.ascii,
        not options.no_mouse,
        charset(),
        tuple(arguments),
    )


def draws_ascii(opening: Opening, setting: Ascii) -> bool:
    """Tell whether to draw with ASCII only: asked for, or all that the terminal has."""
    wanted = setting == "always" or (setting == "auto" and opening.charset != "utf-8")
    return opening.ascii or wanted


def _options(arguments: list[str]) -> Namespace:
    import argparse

    parser = argparse.ArgumentParser(
        prog="be-tui", add_help=False, exit_on_error=False, allow_abbrev=False
    )
    parser.add_argument("--project")
    parser.add_argument("--screen", default="home")
    parser.add_argument("--theme", default="")
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--no-mouse", action="store_true")
    try:
        options, unknown = parser.parse_known_args(arguments)
    except argparse.ArgumentError as error:
        raise InputError(str(error), hint=_SEE) from error
    if unknown:
        raise InputError(f"no option {unknown[0]!r}", hint=_SEE)
    return options
