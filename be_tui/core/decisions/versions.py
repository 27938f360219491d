"""An earlier version of a tree, from the git history of the file that it stands in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.knowledge import open_tree

if TYPE_CHECKING:
    from be_tui.core.knowledge import Tree

_LARGEST = 1_000_000
"""Bytes of a tree's file, as packs allow."""


def tree_at(tree: Tree, revision: str) -> Tree:
    """Give a tree as its file was at a revision of git.

    Args:
        tree: The tree as it is today.
        revision: What git takes for a revision: `HEAD~3`, a tag, a commit.

    Raises:
        InputError: The revision has no such file, or git cannot tell; or the file was no tree
            that holds together by the rules of today.
    """
    from be_tui.core.project.git import GitTrouble, run

    file = Path(tree.path).resolve()
    if not revision or revision.startswith("-"):
        raise InputError(f"no revision {revision!r}", hint="write it as git:HEAD~3")
    try:
        text = run(file.parent, "cat-file", "blob", f"{revision}:./{file.name}", limit=_LARGEST)
    except GitTrouble as error:
        where = f"git:{revision}"
        raise InputError(f"cannot read {file.name} there: {error}", where=where) from None
    with TemporaryDirectory(prefix="be-tui-") as folder:
        copy = Path(folder, file.name)
        copy.write_bytes(text)
        try:
            return replace(open_tree(copy), path=f"{revision}:{tree.path}")
        except InputError as error:
            raise _moved(error, str(copy), f"{revision}:{file.name}") from None


def _moved(error: InputError, copy: str, name: str) -> InputError:
    """Give an error with the file's own name in the place of the copy's."""
    where = (error.where or "").replace(copy, name)
    return InputError(error.message, where=where)
