"""What tells two schemas apart, as typed changes in an order in which they can be made.

diff(before, after, target, renames)    the changes, and questions about probable renames
read_rename(text, before)               what `--rename` says
inverse(change)                         what takes a change back
in_the_way(changes, before, after)      what is dropped and made again around changes
ordered(changes)                        changes in an order in which they can be made

A rename is never guessed: until somebody states or denies it, what it would drop is held back.
Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.diff.diffing import between, diff
    from be_tui.core.migrations.diff.forcing import in_the_way
    from be_tui.core.migrations.diff.inverting import inverse
    from be_tui.core.migrations.diff.model import Change, Changes, Question, Rename
    from be_tui.core.migrations.diff.ranking import ordered
    from be_tui.core.migrations.diff.renaming import carry, read_rename

__all__ = [
    "Change",
    "Changes",
    "Question",
    "Rename",
    "between",
    "carry",
    "diff",
    "in_the_way",
    "inverse",
    "ordered",
    "read_rename",
]

if not TYPE_CHECKING:
    _HOMES = {
        "diffing": ("between", "diff"),
        "forcing": ("in_the_way",),
        "inverting": ("inverse",),
        "model": ("Change", "Changes", "Question", "Rename"),
        "ranking": ("ordered",),
        "renaming": ("carry", "read_rename"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
