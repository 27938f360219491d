"""Files of relations that have a size and nothing in them.

The planner asks the file system how large a table or index is (`mdnblocks` of `md.c`). A file that
is only made longer takes no room on disk; read, it is pages of zeros, which PostgreSQL takes for
pages that were never used.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.whatif.ginpages import gin_metapage_of
from be_tui.core.whatif.pages import PAGE, chain, merges_equal, metapage_of

if TYPE_CHECKING:
    from be_tui.core.whatif.ginpages import GinCounts

_SEGMENT = 131_072
"""Pages of one file (`RELSEG_SIZE`); what is longer goes on in the next."""


class Files:
    """The data folder of a server of ours."""

    def __init__(self, data: str) -> None:
        """Take the folder as `data_directory` tells it."""
        self._data = Path(data)

    def stretch(self, path: str, pages: int) -> None:
        """Make a relation as long as it is to look; never shorter than it is.

        Raises:
            InputError: There is no room, not even for names of files.
        """
        first = self._data / path
        try:
            owner = first.stat()
            for number in range(max(-(-pages // _SEGMENT), 1)):
                segment = first if number == 0 else first.with_name(f"{first.name}.{number}")
                size = min(pages - number * _SEGMENT, _SEGMENT) * PAGE
                with segment.open("ab") as file:
                    if size > file.tell():
                        file.truncate(size)
                if number:
                    segment.chmod(0o600)
                    if os.geteuid() == 0:
                        os.chown(segment, owner.st_uid, owner.st_gid)
        except OSError as error:
            raise _no_room(error) from error

    def grow_btree(self, path: str, pages: int, height: int) -> None:
        """Make an empty b-tree look like one of a size and height.

        Raises:
            InputError: There is no room.
            PageError: What PostgreSQL wrote is not what is known here.
        """
        file = self._data / path
        tree = chain(height)
        try:
            with file.open("r+b") as index:
                meta = metapage_of(index.read(PAGE), height)
                index.seek(0)
                index.write(meta + tree)
        except OSError as error:
            raise _no_room(error) from error
        self.stretch(path, max(pages, 1 + len(tree) // PAGE))

    def count_gin(self, path: str, pages: int, counts: GinCounts) -> None:
        """Tell in a GIN index's metapage what it consists of.

        Raises:
            InputError: There is no room.
            PageError: What PostgreSQL wrote is not what is known here.
        """
        try:
            with (self._data / path).open("r+b") as index:
                meta = gin_metapage_of(index.read(PAGE), pages, counts)
                index.seek(0)
                index.write(meta)
        except OSError as error:
            raise _no_room(error) from error

    def merges(self, path: str) -> bool:
        """Tell whether a b-tree may keep equal keys once, which PostgreSQL decides by the types."""
        try:
            with (self._data / path).open("rb") as index:
                return merges_equal(index.read(PAGE))
        except OSError as error:
            raise _no_room(error) from error


def _no_room(error: OSError) -> InputError:
    message = f"the files of the clone cannot be written: {error.strerror}"
    return InputError(message, hint="set TMPDIR to a folder with room")
