"""The terminal that a command prints to."""

from __future__ import annotations

import os
import sys

NARROWEST = 20
_USUAL = 80


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
