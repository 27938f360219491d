"""The files of a project: listed once, each read at most once, all within bounds.

In a git repository git lists them, so that what is ignored stays out; elsewhere a walk
does, which passes over dependencies, build outputs, hidden folders and links. Nothing here
follows a link, opens a device or reads without a limit.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.project.cancel import Cancel
from be_tui.core.project.git import GitTrouble, fields, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of one project before the reading says that it stopped."""

    files: int = 50_000
    """Paths listed."""

    file_bytes: int = 1 << 20
    """Bytes of one file; a larger one is data, not code."""

    total_bytes: int = 256 << 20
    kept_bytes: int = 64 << 20
    """Bytes kept for a second reader; beyond that a file is read again."""


PASSED_OVER = frozenset(
    {
        "node_modules", "bower_components", "vendor", "third_party", "venv", "virtualenv",
        "__pycache__", "site-packages", "dist", "build", "out", "target", "obj", "coverage",
        "htmlcov", "Pods",
    }
)  # fmt: skip
"""Folders that a walk does not enter: other people's code, and what a build makes again."""

_HIDDEN_BUT_TOLD = frozenset({".github", ".gitlab", ".circleci", ".buildkite", ".woodpecker"})

_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Checkout:
    """The files below one folder, by paths relative to it, with forward slashes.

    A name that is not UTF-8 is kept as `os.fsdecode` gives it; `shown` makes it printable.
    """

    def __init__(
        self, root: Path, cancel: Cancel | None = None, limits: Limits | None = None
    ) -> None:
        """List and read nothing yet."""
        self.root = root
        self.cancel = cancel or Cancel()
        self.limits = limits or Limits()
        self.bounded = False
        """True once a limit kept something from being listed or read."""
        self.git_trouble = ""
        """Why git could not list the files; a walk did."""
        self._base = os.fspath(root)
        self._read = 0
        self._kept: dict[str, bytes] = {}
        self._kept_bytes = 0
        self._real: dict[str, bool] = {"": True}

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every path, in order.

        Raises:
            OSError: The folder itself cannot be read.
            Cancelled: The cancel was set.
        """
        paths = self._listed_by_git() or self._walked()
        if len(paths) > self.limits.files:
            self.bounded = True
        return tuple(sorted(paths)[: self.limits.files])

    @cached_property
    def by_folder(self) -> dict[str, tuple[str, ...]]:
        """The file names of each folder that holds any; the root is the empty text."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path in self.files:
            folder, _, name = path.rpartition("/")
            found[folder].append(name)
        return {folder: tuple(names) for folder, names in found.items()}

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """The paths of each file name, the highest folders first."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path in self.files:
            found[path.rpartition("/")[2]].append(path)
        return {
            name: tuple(sorted(paths, key=lambda path: (path.count("/"), path)))
            for name, paths in found.items()
        }

    def read(self, path: str, limit: int = 0, *, keep: bool = True) -> bytes | None:
        """Give a file's bytes; None where it is gone, no plain file, barred or too large.

        Args:
            path: One of `files`.
            limit: The largest size to read, where it is not the usual one.
            keep: False where nobody will ask for it again.
        """
        if path in self._kept:
            return self._kept[path]
        data = self._read_now(path, limit or self.limits.file_bytes)
        if keep and data is not None and self._kept_bytes + len(data) <= self.limits.kept_bytes:
            self._kept[path] = data
            self._kept_bytes += len(data)
        return data

    def text(self, path: str, limit: int = 0) -> str | None:
        """Give a file's text, or None as `read` does; bytes that are not UTF-8 are replaced."""
        data = self.read(path, limit)
        return None if data is None else data.decode("utf-8-sig", "replace")

    def exists(self, path: str) -> bool:
        """Tell whether a listed path is a plain file still."""
        try:
            return stat.S_ISREG(os.lstat(f"{self._base}/{path}").st_mode)
        except OSError:
            return False

    def _listed_by_git(self) -> list[str]:
        arguments = (
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
            "--deduplicate",
        )
        try:
            with stream(self.root, *arguments, cancel=self.cancel) as output:
                return _first(map(os.fsdecode, fields(output)), self.limits.files + 1)
        except GitTrouble as trouble:
            self.git_trouble = str(trouble)
            return []

    def _walked(self) -> list[str]:
        # The top folder itself must be readable; below it, what is barred is passed over.
        with os.scandir(self.root):
            pass
        return _first(self._walk(), self.limits.files + 1)

    def _walk(self) -> Iterator[str]:
        for folder, folders, names in os.walk(self.root):
            self.cancel.check()
            inside = os.path.relpath(folder, self.root).replace(os.sep, "/")
            lead = "" if inside == "." else f"{inside}/"
            folders[:] = sorted(name for name in folders if _entered(name))
            for name in names:
                if not os.path.islink(f"{folder}/{name}"):  # noqa: PTH114 (pathlib costs tenfold)
                    yield lead + name

    def _read_now(self, path: str, limit: int) -> bytes | None:
        if not self._is_real(path.rpartition("/")[0]):
            return None
        try:
            descriptor = os.open(f"{self._base}/{path}", _OPEN)
        except (OSError, ValueError):
            return None
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
                return None
            if self._read + found.st_size > self.limits.total_bytes:
                self.bounded = True
                return None
            data = os.read(descriptor, found.st_size)
        except OSError:
            return None
        finally:
            os.close(descriptor)
        self._read += len(data)
        return data

    def _is_real(self, folder: str) -> bool:
        """Tell whether no part of a folder's path is a link, which could lead out of the root."""
        known = self._real.get(folder)
        if known is None:
            known = self._is_real(folder.rpartition("/")[0])
            known = known and not os.path.islink(f"{self._base}/{folder}")  # noqa: PTH114 (as above)
            self._real[folder] = known
        return known


def shown(path: str) -> str:
    """Give a path or text that can be printed: other bytes and control characters escaped."""
    if path.isprintable():
        return path
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


def _first(paths: Iterable[str], count: int) -> list[str]:
    from itertools import islice

    return list(islice(paths, count))


def _entered(name: str) -> bool:
    if name.startswith("."):
        return name in _HIDDEN_BUT_TOLD
    return name not in PASSED_OVER
