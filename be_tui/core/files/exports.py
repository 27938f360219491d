"""Write a comparison's new and chosen files, all or none; and take that back."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError, WriteError
from be_tui.core.files.comparison import real_root
from be_tui.core.files.model import Export, FileSet, NewFile, Written
from be_tui.core.files.transaction import Step, Transaction, Was, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from be_tui.core.files.model import Change

_EXPORT = Words(
    "changed since it was compared, so look at the difference again", "nothing was written"
)
_UNDO = Words("is no longer as it was written", "nothing was undone")


def export(
    changes: Iterable[Change], root: Path | str, *, overwrite: Collection[str] = ()
) -> Export:
    """Write the files that are new, and those changed ones that are named.

    Args:
        changes: What `compare` gave for the same folder.
        root: The folder; it is made when missing.
        overwrite: Paths of changed files to replace.

    Raises:
        InputError: `overwrite` names no changed file, or `root` is no folder.
        WriteError: A file changed since it was compared, or the system refused; then
            nothing was written.
    """
    changes = tuple(changes)
    _refuse_unknown(changes, overwrite)
    FileSet(tuple(NewFile(change.path, change.after) for change in changes))
    chosen = [
        change
        for change in changes
        if change.status == "new" or (change.status == "changed" and change.path in overwrite)
    ]
    steps = [Step(change.path, _content(change), change.seen) for change in chosen]
    real = real_root(root)
    transaction = Transaction(real, _EXPORT)
    stood = transaction.run(steps) if steps else ()
    written = zip(steps, stood, strict=True)
    done = {change.path for change in chosen}
    return Export(
        root=real,
        written=tuple(_written(step, was) for step, was in written),
        folders=transaction.made,
        left=tuple(
            change.path for change in changes if change.path not in done and change.status != "same"
        ),
        at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )


def undo(done: Export) -> tuple[str, ...]:
    """Put back what stood there before an export, and remove what it created.

    Returns:
        The paths that were put back or removed.

    Raises:
        WriteError: A file is no longer as the export wrote it, or the system refused; then
            nothing was undone.
    """
    if not Path(done.root).is_dir():
        raise WriteError("is no longer there", where=done.root, hint=_UNDO.nothing)
    FileSet(tuple(NewFile(each.path, each.before or "") for each in done.written))
    steps = [
        Step(
            each.path, None if each.before is None else each.before.encode(), each.digest, each.mode
        )
        for each in done.written
    ]
    Transaction(done.root, _UNDO).run(steps)
    _remove_made(done)
    return tuple(step.path for step in steps)


def _refuse_unknown(changes: tuple[Change, ...], overwrite: Collection[str]) -> None:
    status = {change.path: change for change in changes}
    for path in overwrite:
        if path not in status:
            raise InputError("is none of the files to write", where=path)
        if status[path].status == "conflict":
            raise InputError(f"{status[path].reason}, so it cannot be replaced", where=path)


def _content(change: Change) -> bytes:
    text = change.after if change.newline == "\n" else change.after.replace("\n", change.newline)
    return text.encode()


def _written(step: Step, was: Was | None) -> Written:
    digest = hashlib.sha256(step.content or b"").hexdigest()
    if was is None:
        return Written(step.path, digest)
    return Written(step.path, digest, was.content.decode(), was.mode)


def _remove_made(done: Export) -> None:
    """Remove the folders that the export made, if nothing was put into them since."""
    for folder in reversed(done.folders):
        # A folder that is not empty, or no longer there, is left as it is.
        with suppress(OSError):
            Path(folder).rmdir()
