"""Reads a side of the desk: the project's own tables, a file, a folder, a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.migrations.sides import Side, counted, read_side
from be_tui.core.schema import Schema
from be_tui.core.sqltext import Target
from be_tui.core.workbench import Source, read_source

if TYPE_CHECKING:
    from be_tui.core.project import Cancel


def source_side(source: Source, root: Path, target: Target, cancel: Cancel | None = None) -> Side:
    """Read a side.

    Args:
        source: Where it is described; the project's are the tables that its migrations lead to,
            else those that it declares.
        root: The project's folder.
        target: The engine, where nothing tells another.
        cancel: Ends the reading from another thread.

    Raises:
        InputError: It cannot be read; nothing secret of a URL is told.
        Cancelled: The cancel was set.
    """
    if source.kind in {"file", "url"}:
        return read_side(source.where)
    if source.kind == "none":
        return Side(Schema(), target, "no tables yet")
    return _migrated(root) or _declared(root, target, cancel)


def _migrated(root: Path) -> Side | None:
    from be_tui.core.migrations.files import detect

    try:
        found = detect(root)
        # Files of SQL in the project's own folder are its schema, or anything.
        if found is None or (found.format == "sql" and Path(found.folder) == root):
            return None
        side = read_side(found.folder, form=found.format)
    except InputError:
        return None
    return side if side.schema.tables else None


def _declared(root: Path, target: Target, cancel: Cancel | None) -> Side:
    sourced = read_source(Source("project"), root, cancel)
    engine = sourced.engine or target.engine
    said = sourced.said if sourced.schema.tables else counted(sourced.schema)
    return Side(sourced.schema, Target(engine), said)
