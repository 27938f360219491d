"""Where be-tui keeps things for the user, and whether the session of a project is sound."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.health.model import Check
from be_tui.core.locations import cache_dir, config_dir, state_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.health.model import State

_PATIENCE = 0.5
"""Seconds to wait for another be-tui that is writing."""


def own_folders() -> Iterator[Check]:
    """Tell where the user's folders are, and whether they can be written."""
    yield _folder("configuration", config_dir(), "wrong")
    yield _folder("state", state_dir(), "wrong")
    yield _folder("cache", cache_dir(), "note")


def _folder(name: str, path: str, worst: State) -> Check:
    standing = Path(path)
    while not os.path.exists(standing) and standing != standing.parent:  # noqa: PTH110 (raises nothing)
        standing = standing.parent
    made = "" if str(standing) == path else " (made when it is needed)"
    if not standing.is_dir():
        todo = f"move {standing} out of the way"
        return Check(name, "wrong", f"{path}: {standing} is no folder", todo)
    if not os.access(standing, os.W_OK | os.X_OK):
        todo = f"make {standing} writable for you"
        return Check(name, worst, f"{path} cannot be written", todo)
    return Check(name, "ok", f"{path}{made}")


def session(project: Path) -> Iterator[Check]:
    """Tell whether what is kept of a project can be read; nothing is made or changed."""
    from be_tui.core.sessions import has_store, store_path

    path = store_path(project)
    if not has_store(project):
        yield Check("session", "ok", "nothing kept of this project yet")
        return
    trouble, todo = _trouble_of(path)
    yield Check("session", "wrong" if trouble else "ok", f"{path}{trouble}", todo)


def _trouble_of(path: Path) -> tuple[str, str]:
    import sqlite3

    try:
        database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
        try:
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            database.close()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return ": another be-tui is writing to it", "close the other be-tui"
        if error.sqlite_errorcode in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            return f": damaged ({error})", _SET_ASIDE
        return f": cannot be read ({error})", "see who owns it, and what its permissions are"
    return ("", "") if said == "ok" else (f": damaged ({said})", _SET_ASIDE)


_SET_ASIDE = "go on: the next session moves it aside and begins a new one"
