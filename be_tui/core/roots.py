"""Which folder a session or a command is about.

Imports nothing heavy: it stands before the first frame and before each search.
"""

from __future__ import annotations

import os

EXAMPLE = "example:"
"""Stands before the name of a bundled example, where a folder could stand."""

MARKS = (".be-tui", "be-tui.toml", ".git")
"""What makes a folder a project, where it stands in it."""


def project_root(given: str | None = None) -> str:
    """Give the folder, as an absolute path with every link followed.

    Args:
        given: A folder, or `example:NAME` for a bundled service, which is then made in the cache
            folder. Without it, the project around the current folder.

    Raises:
        InputError: It is no folder, or there is no such example.
        WriteError: The example cannot be written.
    """
    if given is None:
        return project_around(os.curdir)
    if given.startswith(EXAMPLE):
        from pathlib import Path

        from be_tui.core.examples import materialise
        from be_tui.core.locations import cache_dir

        return str(materialise(given.removeprefix(EXAMPLE), Path(cache_dir()) / "examples"))
    if not os.path.isdir(given):
        from be_tui.core.errors import InputError

        raise InputError("no such folder", where=given, hint="name the service's folder")
    return os.path.realpath(given)


def project_around(folder: str) -> str:
    """Give the nearest folder upwards that is marked as a project, else the folder itself.

    A repository is one; within a repository of many services, so is a folder with a
    `be-tui.toml` or a pack of its own.
    """
    start = at = os.path.realpath(folder)
    while True:
        if any(os.path.lexists(os.path.join(at, mark)) for mark in MARKS):
            return at
        above = os.path.dirname(at)
        if above == at:
            return start
        at = above
