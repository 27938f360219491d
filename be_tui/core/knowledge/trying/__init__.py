"""Examples in SQL put to the test: each runs on its engines, and must show what it says.

    try_chapter(chapter, engines_here())     which examples of a chapter do not show what they say
    unshown(chapter, engines_here())         the same as findings

Names are resolved when first used: no database is opened before an example is run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.knowledge.trying.playing import Played, play
    from be_tui.core.knowledge.trying.reporting import MARIADB_VARIABLE, engines_here, unshown
    from be_tui.core.knowledge.trying.trial import Engines, Miss, try_chapter, try_example

__all__ = [
    "MARIADB_VARIABLE",
    "Engines",
    "Miss",
    "Played",
    "engines_here",
    "play",
    "try_chapter",
    "try_example",
    "unshown",
]

_HOMES = {
    "MARIADB_VARIABLE": "reporting",
    "Engines": "trial",
    "Miss": "trial",
    "Played": "playing",
    "engines_here": "reporting",
    "play": "playing",
    "try_chapter": "trial",
    "try_example": "trial",
    "unshown": "reporting",
}
"""The module of this package in which each public name stands."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
