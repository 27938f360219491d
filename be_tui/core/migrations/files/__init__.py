"""Migrations of each tool, read and written.

    history = read_migrations(["db/migrations"])            # in the order of their tool
    files = write(new, "goose", "db/migrations", when)      # a FileSet, numbered after the folder
    found = detect("db/migrations")                         # whose layout it is, and what shows it

Nothing of a project is run: what a program would tell only when it runs stands in a script's
`unread`, with its place. What is wrong with a folder is a finding, never the end of the reading.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.files.detecting import detect, folder_of
    from be_tui.core.migrations.files.model import (
        Detected,
        History,
        NewMigration,
        NewStatement,
        NewStep,
        PhaseScript,
    )
    from be_tui.core.migrations.files.reading import read_migrations
    from be_tui.core.migrations.files.scripts import for_psql
    from be_tui.core.migrations.files.writing import write

__all__ = [
    "Detected",
    "History",
    "NewMigration",
    "NewStatement",
    "NewStep",
    "PhaseScript",
    "detect",
    "folder_of",
    "for_psql",
    "read_migrations",
    "write",
]

if not TYPE_CHECKING:
    _HOMES = {
        "detecting": ("detect", "folder_of"),
        "model": (
            "Detected",
            "History",
            "NewMigration",
            "NewStatement",
            "NewStep",
            "PhaseScript",
        ),
        "reading": ("read_migrations",),
        "scripts": ("for_psql",),
        "writing": ("write",),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
