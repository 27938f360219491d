"""Where a command was called: the project around it, and the terminal that it prints to."""

# pathlib costs as much at import as a whole search.
# ruff: noqa: PTH112

from __future__ import annotations

import os
import sys

from be_tui.core.errors import InputError
from be_tui.core.knowledge.packs import project_of

NARROWEST = 20
_USUAL = 80


def project_root(given: str | None) -> str:
    """Give the root of the project that a command is about.

    Args:
        given: What stands after `--project`; without it the project of the current folder.

    Raises:
        InputError: It is no folder.
    """
    if given is None:
        return project_of()
    if not os.path.isdir(given):
        raise InputError("no such folder", where=given, hint="give the project's root to --project")
    return given


def columns() -> int:
    """Give the width of the terminal; 80 where the output goes elsewhere."""
    try:
        return max(NARROWEST, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        return _USUAL


def wants_colour() -> bool:
    """Tell whether to mark words by the terminal's attributes."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
