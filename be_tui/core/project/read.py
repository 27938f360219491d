"""Reads what a project is made of, cheaply: manifests, names of files, counts of lines."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.project.model import Project

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.project.cancel import Cancel


def read_project(root: Path, cancel: Cancel | None = None) -> Project:
    """Read one folder.

    Raises:
        InputError: The root is no folder.
        Cancelled: The cancel was set.
    """
    if not root.is_dir():
        raise InputError("no such folder", where=str(root))
    if cancel is not None:
        cancel.check()
    root = root.resolve()
    return Project(root, root.name, read=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
