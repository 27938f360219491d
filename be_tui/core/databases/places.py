"""Folders that stand for as long as a process does, and are swept when it died without a word.

Each holds a file that is locked while its owner lives. A lock ends with its process, however
that ended, so a folder whose lock is free is nobody's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from be_tui.core.errors import InputError

PREFIX = "be-tui-sandbox-"
LOCK = "lock"

RAM = Path("/dev/shm")  # noqa: S108 (each folder in it is made by mkdtemp)
"""Where Linux keeps files in memory."""

_ROOM = 1 << 30
"""Bytes that must be free in memory, and among its files, before a sandbox goes there."""

_LONGEST_BASE = 60
"""Characters of a folder's path; a socket's path has 107 at most, and stands below it."""

_YOUNG = 60.0
"""Seconds in which a folder without a lock may be one that is just being made."""


@dataclass(slots=True)
class Place:
    """A folder of this process."""

    path: Path
    lock: int
    """The locked file; a child that inherits it keeps the folder from being swept."""

    def remove(self) -> None:
        """Remove the folder and all in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self.lock >= 0:
            os.close(self.lock)
        # Its number may be another file's from now on.
        self.lock = -1


def claim(*, in_memory: bool = False, open_to_all: bool = False, short: bool = False) -> Place:
    """Make a folder; remove those that dead processes left.

    Args:
        in_memory: Whether to take one in memory, where there is plenty.
        open_to_all: Whether another user must be able to pass through it.
        short: Whether its path must be short enough for a socket below it.

    Raises:
        InputError: There is no folder to make it in.
    """
    base = _base(in_memory=in_memory, open_to_all=open_to_all, short=short)
    sweep(base)
    try:
        while True:
            path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
            path.chmod(0o711 if open_to_all else 0o700)
            lock = os.open(path / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
            if _locked(lock):
                return Place(path, lock)
            os.close(lock)
    except OSError as error:
        message = f"no temporary folder can be made: {error.strerror}"
        hint = "set TMPDIR to a folder with room"
        raise InputError(message, where=str(base), hint=hint) from error


def sweep(base: Path) -> None:
    """Remove the folders in it whose processes are gone."""
    for path in base.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if path.lstat().st_uid == _user() and _abandoned(path):
                shutil.rmtree(path, ignore_errors=True)


def _abandoned(path: Path) -> bool:
    try:
        lock = os.open(path / LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return time.time() - path.lstat().st_mtime > _YOUNG
    try:
        return _locked(lock)
    finally:
        os.close(lock)


def _locked(file: int) -> bool:
    """Lock a file, if nobody else has."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover (Windows, where an open file cannot be removed)
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _base(*, in_memory: bool, open_to_all: bool, short: bool) -> Path:
    """Give the first folder that suits."""
    usual = Path(tempfile.gettempdir())
    for base in (RAM, usual, Path("/tmp")) if in_memory else (usual, Path("/tmp")):  # noqa: S108
        if (short and len(str(base)) > _LONGEST_BASE) or not os.access(base, os.W_OK | os.X_OK):
            continue
        if base == RAM and not _roomy(base):
            continue
        if not open_to_all or passable(base):
            return base
    return usual


def passable(path: Path) -> bool:
    """Tell whether any user may pass through a folder and those above it."""
    return all(each.stat().st_mode & 0o001 for each in (path, *path.parents))


def _roomy(base: Path) -> bool:
    try:
        return shutil.disk_usage(base).free >= _ROOM and free_memory() >= _ROOM
    except OSError:
        return False


def free_memory() -> int:
    """Give the bytes of memory that are free; 0 where nobody tells.

    Raises:
        OSError: This is no Linux.
    """
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        name, _, amount = line.partition(":")
        if name == "MemAvailable":
            return int(amount.split()[0]) << 10
    return 0


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0
