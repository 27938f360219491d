"""The index of the packs: one SQLite file in the cache, built when the packs have changed.

It holds what lists and searches need, so neither parses YAML or Markdown. A file that is
damaged, or was written by another version, is built anew; where the cache cannot be
written, the index is made in memory. It is written apart and moved into place, so two
processes that build at once do not harm each other, and who has it open keeps the old one.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from typing import TYPE_CHECKING
from zlib import crc32

from be_tui import __version__
from be_tui.core.locations import cache_dir

if TYPE_CHECKING:
    from be_tui.core.knowledge.packs import Packs

_FORMAT = 5
"""Raised whenever the tables or what is put into them change."""


def open_index(packs: Packs, *, anew: bool = False) -> sqlite3.Connection:
    """Open the index of these packs for reading, building it first where it must be.

    Args:
        packs: What to index.
        anew: Build it whatever stands there, because that has proved to be damaged.
    """
    path = index_path(packs)
    wanted = fingerprint(packs)
    index = None if anew else _open_fresh(path, wanted)
    if index is None:
        from be_tui.core.knowledge.building import build

        index = build(packs, wanted, path)
    return index


def index_path(packs: Packs) -> str:
    """Give the file for the packs of these folders; a project without a pack shares one."""
    key = "\n".join(_standing(packs))
    return f"{cache_dir()}/library-{crc32(key.encode(errors='replace')):08x}.sqlite"


def fingerprint(packs: Packs) -> str:
    """Give what changes whenever the index must: the files, their times and sizes, be-tui."""
    lines = [f"be-tui {__version__} format {_FORMAT} python {sys.version_info[:2]}"]
    lines += _standing(packs)
    lines += [f"{file.pack} {file.kind} {file.stamp} {file.path}" for file in packs.files]
    lines += [f"{trouble.path} {trouble.message}" for trouble in packs.troubles]
    # A file's name need not be Unicode, but what is stored must be.
    return "\n".join(lines).encode(errors="backslashreplace").decode()


def _standing(packs: Packs) -> list[str]:
    """Give the folders that are there: projects without a pack have one index between them."""
    return [root for _, root in packs.roots if os.path.isdir(root)]  # noqa: PTH112


def _open_fresh(path: str, wanted: str) -> sqlite3.Connection | None:
    """Open the file at a path, if it is an index of what is wanted."""
    try:
        if not os.path.exists(path):  # noqa: PTH110
            return None
        index = connect(path)
    except sqlite3.Error:
        return None
    try:
        if setting(index, "fingerprint") == wanted:
            return index
    except sqlite3.Error:
        pass
    index.close()
    return None


def connect(path: str) -> sqlite3.Connection:
    """Open a database file for reading alone, without looking for anybody else's changes."""
    # A file is never written after it was moved into place.
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def setting(index: sqlite3.Connection, key: str) -> str:
    """Give one setting of the index."""
    row = index.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""
