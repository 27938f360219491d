"""Statistics of a database's rows: from the engine that keeps them, from a file, or assumed.

    assume(schema, engine, given)      what was measured, and rules of thumb for the rest
    read_dump(text, where)             what `pg_dump --statistics-only` writes
    read_mysql_statistics(url)         what MariaDB or MySQL tells of its tables and indexes
    read_sqlite_statistics(path)       what `ANALYZE` left in a file, and a sample of its rows
    read_written(text, where, engine)  what a person wrote down, in YAML or JSON

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.statistics.arrays import read_array, write_array
    from be_tui.core.statistics.assuming import assume
    from be_tui.core.statistics.attributes import SLOTS, attribute_stats
    from be_tui.core.statistics.dump import holds_statistics, read_dump
    from be_tui.core.statistics.model import (
        ColumnStats,
        Common,
        Slot,
        Statistics,
        TableStats,
    )
    from be_tui.core.statistics.mysql import read_mysql_statistics
    from be_tui.core.statistics.sqlite import read_sqlite_statistics
    from be_tui.core.statistics.written import checked, is_written, read_written

__all__ = [
    "SLOTS",
    "ColumnStats",
    "Common",
    "Slot",
    "Statistics",
    "TableStats",
    "assume",
    "attribute_stats",
    "checked",
    "holds_statistics",
    "is_written",
    "read_array",
    "read_dump",
    "read_mysql_statistics",
    "read_sqlite_statistics",
    "read_written",
    "write_array",
]

if not TYPE_CHECKING:
    _HOMES = {
        "arrays": ("read_array", "write_array"),
        "assuming": ("assume",),
        "attributes": ("SLOTS", "attribute_stats"),
        "mysql": ("read_mysql_statistics",),
        "sqlite": ("read_sqlite_statistics",),
        "dump": ("holds_statistics", "read_dump"),
        "written": ("checked", "is_written", "read_written"),
    }
    """The names that do not stand in `model`."""

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
