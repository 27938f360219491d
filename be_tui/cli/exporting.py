"""Files that a command writes: never over others unasked, and kept so that they can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.errors import WriteError
from be_tui.core.files import compare, export

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from be_tui.core.files import Change, FileSet
    from be_tui.core.sessions import Store


def one_new(files: FileSet, home: Path) -> Change:
    """Give the one file of a set, which must not stand there yet.

    Raises:
        WriteError: It stands, or cannot be written.
    """
    (change,) = compare(files, home)
    if change.status != "new":
        raise WriteError(change.reason or "it stands already", where=str(home / change.path))
    return change


def export_kept(
    changes: Iterable[Change],
    home: Path,
    root: Path,
    store: Store | None = None,
    overwrite: Collection[str] = (),
) -> None:
    """Write files, and keep what was done for undo.

    Args:
        changes: The files.
        home: The folder that they go into.
        root: The project, in whose sessions it is kept.
        store: Those sessions, where they are open.
        overwrite: The paths that may be written over.

    Raises:
        WriteError: Nothing was written.
    """
    from be_tui.cli.output import telling
    from be_tui.core.sessions import open_store

    done = export(changes, home, overwrite=overwrite)
    own = store or open_store(root)
    with telling():
        own.save_export(done.to_json())
    if store is None:
        with telling():
            own.close()
