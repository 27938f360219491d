"""What the tests of files share: a folder without root's powers, and a look at a tree."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOBODY = 65534


@pytest.fixture
def common_folder() -> Iterator[Path]:
    """Give a folder, and run the test as somebody whom permissions stop, also under root."""
    folder = Path(tempfile.mkdtemp())
    as_root = os.geteuid() == 0
    try:
        if as_root:
            os.chown(folder, _NOBODY, _NOBODY)
            os.setegid(_NOBODY)
            os.seteuid(_NOBODY)
        yield folder
    finally:
        if as_root:
            os.seteuid(0)
            os.setegid(0)
        for each in folder.rglob("*"):
            each.chmod(0o700)
        shutil.rmtree(folder)


def everything(root: Path) -> dict[str, tuple[bytes | str | None, int]]:
    """Give all that stands in a folder: contents, targets of links, permissions."""
    if not root.exists():
        return {}
    found: dict[str, tuple[bytes | str | None, int]] = {}
    for each in sorted(root.rglob("*")):
        mode = each.lstat().st_mode
        holds: bytes | str | None = None
        if each.is_symlink():
            holds = str(each.readlink())
        elif each.is_file():
            holds = each.read_bytes()
        found[each.relative_to(root).as_posix()] = (holds, mode)
    return found
