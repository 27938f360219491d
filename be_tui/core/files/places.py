"""Folders held open, so that a link swapped in meanwhile cannot lead a write elsewhere.

Where the system has it, a folder is a descriptor, each step down opens the next one
relative to it without following links, and all that is done to a file is done relative
to its folder's descriptor. Elsewhere paths are used, and links are looked for at each step.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

HELD = {os.open, os.stat, os.mkdir, os.rename, os.unlink, os.rmdir} <= os.supports_dir_fd
"""Whether folders can be held open and used by descriptor."""

_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)
_UNBLOCKED: int = getattr(os, "O_NONBLOCK", 0)
_FOLDER: int = getattr(os, "O_DIRECTORY", 0)


class Folder:
    """One folder, open until it is closed."""

    def __init__(self, path: str, descriptor: int | None) -> None:
        """Take over an open descriptor, or None where folders cannot be held."""
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def open(cls, path: str) -> Folder:
        """Open a folder by its path, which is trusted."""
        if HELD:
            return cls(path, os.open(path, os.O_RDONLY | _FOLDER))
        if not stat.S_ISDIR(os.stat(path).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        return cls(path, None)

    def __enter__(self) -> Folder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder; doing so twice is no fault."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def down(self, name: str) -> Folder:
        """Open a folder in this one; a link is not followed."""
        path = os.path.join(self.path, name)
        if self._descriptor is not None:
            flags = os.O_RDONLY | _FOLDER | _NOFOLLOW
            return Folder(path, os.open(name, flags, dir_fd=self._descriptor))
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        return Folder(path, None)

    def look(self, name: str) -> os.stat_result | None:
        """Tell what stands there, a link as a link; None where nothing does."""
        try:
            return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def create(self, name: str, mode: int) -> int:
        """Open a file to write that was not there; give its descriptor."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY
        return os.open(self._at(name), flags, mode, dir_fd=self._descriptor)

    def read(self, name: str, limit: int) -> tuple[bytes, os.stat_result]:
        """Read a regular file, at most `limit` bytes and one more."""
        flags = os.O_RDONLY | _NOFOLLOW | _BINARY | _UNBLOCKED
        descriptor = os.open(self._at(name), flags, dir_fd=self._descriptor)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(limit + 1), os.fstat(file.fileno())

    def make(self, name: str) -> None:
        """Make a folder in this one, with the permissions that the umask leaves."""
        os.mkdir(self._at(name), dir_fd=self._descriptor)

    def move(self, name: str, to: str) -> None:
        """Rename a file within this folder, over one that stands there."""
        source, target = self._at(name), self._at(to)
        os.replace(source, target, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def link(self, name: str, to: str) -> None:
        """Give a file a second name in this folder; fail where the name is taken."""
        source, target = self._at(name), self._at(to)
        if self._descriptor is None:
            os.link(source, target)
            return
        os.link(
            source,
            target,
            src_dir_fd=self._descriptor,
            dst_dir_fd=self._descriptor,
            follow_symlinks=False,
        )

    def remove(self, name: str) -> None:
        """Remove a file."""
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def remove_folder(self, name: str) -> None:
        """Remove an empty folder."""
        os.rmdir(self._at(name), dir_fd=self._descriptor)

    def sync(self) -> None:
        """Have the names in this folder on the disk, where the system can promise it."""
        if self._descriptor is not None:
            os.fsync(self._descriptor)

    def _at(self, name: str) -> str:
        return name if self._descriptor is not None else os.path.join(self.path, name)


class Unreachable(Exception):  # noqa: N818 (an answer, not a fault of the program)
    """Why a path cannot be written, in words that follow the path."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a path leads within a folder, once the links on its way are followed."""

    parents: tuple[str, ...]
    """The real folders from the root down; those from `standing` on do not exist yet."""

    name: str
    standing: int
    """How many of the parents exist."""


def find(root: str, path: str) -> Target:
    """Follow a path within a folder.

    Args:
        root: The folder, as a real absolute path; it need not exist yet.
        path: Relative, of usable parts.

    Raises:
        Unreachable: It leads through a file, or a link out of the folder.
        OSError: A folder on the way cannot be read.
    """
    *folders, name = path.split("/")
    parents: list[str] = []
    for index, part in enumerate(folders):
        here = os.path.join(root, *parents, part)
        try:
            mode = os.lstat(here).st_mode
        except FileNotFoundError:
            return Target((*parents, *folders[index:]), name, len(parents))
        if stat.S_ISLNK(mode):
            parents = _follow(root, here, "/".join(folders[: index + 1]))
        elif stat.S_ISDIR(mode):
            parents.append(part)
        else:
            raise Unreachable(f"lies behind {'/'.join(folders[: index + 1])!r}, which is no folder")
    return Target(tuple(parents), name, len(parents))


def _follow(root: str, link: str, shown: str) -> list[str]:
    try:
        real = os.path.realpath(link, strict=True)
    except OSError:
        raise Unreachable(f"lies behind {shown!r}, a link that leads nowhere") from None
    if real != root and not real.startswith(os.path.join(root, "")):
        raise Unreachable(f"lies behind {shown!r}, a link that leads out of the folder")
    if not os.path.isdir(real):
        raise Unreachable(f"lies behind {shown!r}, a link to a file")
    inside = os.path.relpath(real, root)
    return [] if inside == os.curdir else inside.split(os.sep)
