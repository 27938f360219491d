"""Which files of a folder changed since a revision of git, those not yet committed among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.project.git import GitTrouble, run

if TYPE_CHECKING:
    from pathlib import Path

_REVISION = re.compile(r"[\w@][\w./@{}^~:+-]*")


@dataclass(frozen=True, slots=True)
class Since:
    """The files of one folder, relative to it."""

    added: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    """Those that were there and read otherwise now."""

    removed: frozenset[str] = frozenset()


def changed_since(folder: Path, revision: str) -> Since:
    """Give what changed since a branch left `revision`.

    Raises:
        InputError: git knows no such revision, or the folder is in no repository.
    """
    where = f"--base {revision}"
    if not _REVISION.fullmatch(revision):
        raise InputError("this is no revision of git", where=where, hint="main, origin/main, v1.2")
    try:
        run(
            folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except GitTrouble as trouble:
        told = str(trouble)
        said = "git knows no such revision" if told.startswith("git failed") else told
        raise InputError(said, where=where) from None
    try:
        start = run(folder, "merge-base", revision, "HEAD").decode().strip() or revision
        listed = run(
            folder,
            *("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative"),
            *(start, "--", "."),
        )
        new = run(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    except GitTrouble as trouble:
        raise InputError(str(trouble), where=where) from None
    parts = listed.decode("utf-8", "replace").split("\0")
    status: dict[str, set[str]] = {"A": set(), "M": set(), "D": set()}
    for sort, path in zip(parts[::2], parts[1::2], strict=False):
        status.setdefault(sort, set()).add(path)
    added = status["A"] | {each for each in new.decode("utf-8", "replace").split("\0") if each}
    return Since(frozenset(added), frozenset(status["M"]), frozenset(status["D"]))
