"""One model of tables, read from DDL or from a database.

read_schema(text, target, path)     the schema of a text, and what of it could not be read
read_live(url)                      the schema of a database by its URL, which is only read
read_session(session, engine, ...)  the same of a connection, as that of a sandbox
read_sqlite(path)                   the schema of a SQLite file, which is opened read-only
schema.table(name)                  a table, its columns, keys, foreign keys, checks and indexes
open_state(target, schema)          a schema that statements are applied to, asked in between
schema_of_statements(...)           the schema that statements make, as those of migrations

Statements are applied in order: a table may be altered and indexed further down.
Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.schema.live import (
        LiveRead,
        is_sqlite_file,
        read_live,
        read_session,
        read_sqlite,
    )
    from be_tui.core.schema.model import (
        Auto,
        Check,
        Column,
        DataType,
        Enumeration,
        Exclusion,
        Family,
        ForeignKey,
        Index,
        IndexPart,
        Key,
        Name,
        Schema,
        Table,
        Trigger,
        View,
    )
    from be_tui.core.schema.objects import (
        Composite,
        Domain,
        Extension,
        Grant,
        Other,
        Policy,
        Routine,
        RoutineKind,
        Sequence,
    )
    from be_tui.core.schema.reading import SchemaRead, read_schema, schema_of
    from be_tui.core.schema.state import NotThere, SchemaState, open_state, schema_of_statements

__all__ = [
    "Auto",
    "Check",
    "Column",
    "Composite",
    "DataType",
    "Domain",
    "Enumeration",
    "Exclusion",
    "Extension",
    "Family",
    "ForeignKey",
    "Grant",
    "Index",
    "IndexPart",
    "Key",
    "LiveRead",
    "Name",
    "NotThere",
    "Other",
    "Policy",
    "Routine",
    "RoutineKind",
    "Schema",
    "SchemaRead",
    "SchemaState",
    "Sequence",
    "Table",
    "Trigger",
    "View",
    "is_sqlite_file",
    "open_state",
    "read_live",
    "read_schema",
    "read_session",
    "read_sqlite",
    "schema_of",
    "schema_of_statements",
]

if not TYPE_CHECKING:
    _HOMES = {
        "live": ("LiveRead", "is_sqlite_file", "read_live", "read_session", "read_sqlite"),
        "objects": (
            "Composite",
            "Domain",
            "Extension",
            "Grant",
            "Other",
            "Policy",
            "Routine",
            "RoutineKind",
            "Sequence",
        ),
        "reading": ("SchemaRead", "read_schema", "schema_of"),
        "state": ("NotThere", "SchemaState", "open_state", "schema_of_statements"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
