"""A tree read from any file, in a pack or out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from be_tui.core.errors import InputError
from be_tui.core.knowledge.packs import PackFile
from be_tui.core.knowledge.reading import read_value
from be_tui.core.knowledge.survey import shown

if TYPE_CHECKING:
    import os

    from be_tui.core.knowledge.model import Tree


def open_tree(path: str | os.PathLike[str]) -> Tree:
    """Read the tree of a file.

    Links of the file to other passages are not followed: it may stand alone.

    Raises:
        InputError: There is no such file, or it is no tree that holds together; the first
            fault is given with its line, and the number of all.
    """
    place = Path(path).absolute()
    if not place.exists():
        raise InputError("no such file", where=shown(str(place)))
    return cast("Tree", read_value(PackFile("tree", str(place), "project", "")))
