"""Copies of services to be proved in, in the cache folder: the last few, with what they installed.

A copy is one proof's at a time, and stays for the next: to install again takes minutes. Each is as
large as all that its service needs, so the oldest go once another is made.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import WriteError
from be_tui.core.locations import cache_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 4
"""Copies that stay, those of the services that were proved last."""

_LEFT_OUT = frozenset(
    {".git", ".venv", "node_modules", "target", "dist", "build", "bin", "__pycache__", ".be-tui"}
)
"""Folders that are made by building; not copied, and kept in the copy from the last time."""

_LOCK = ".lock"
"""What the file beside a copy ends with: locked while it is in use, as old as its last use."""


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """Give a copy of a service's folder, made over that of the last time.

    Raises:
        WriteError: It cannot be copied, or another process has the copy.
    """
    number = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    folder = Path(cache_dir()) / "scaffold" / number
    lock = -1
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = _locked(folder)
            if lock >= 0:
                _copy(root, folder)
        except (OSError, shutil.Error) as error:
            why = getattr(error, "strerror", None) or "not all files could be copied"
            message = f"the copy for the proof cannot be made: {why}"
            raise WriteError(message, where=str(folder)) from None
        if lock < 0:
            message = "this service is being proved by another be-tui"
            raise WriteError(message, where=str(root), hint="wait for its end")
        _forget_oldest(folder.parent)
        yield folder
    finally:
        if lock >= 0:
            os.close(lock)


def _copy(root: Path, folder: Path) -> None:
    for each in folder.iterdir():
        if each.name in _LEFT_OUT:
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()
    shutil.copytree(root, folder, dirs_exist_ok=True, symlinks=True, ignore=_ignored)


def _ignored(folder: str, names: list[str]) -> set[str]:
    # A link may lead anywhere; what is proved is what stands in the folder.
    return {name for name in names if name in _LEFT_OUT or Path(folder, name).is_symlink()}


def _forget_oldest(home: Path) -> None:
    """Remove the copies that were used longest ago, but for those in use."""
    copies = sorted((each for each in home.iterdir() if each.is_dir()), key=_used, reverse=True)
    for folder in copies[KEPT:]:
        # It is as good gone later, by another proof.
        with suppress(OSError):
            lock = _locked(folder)
            if lock >= 0:
                shutil.rmtree(folder, ignore_errors=True)
                _lock_of(folder).unlink()
                os.close(lock)


def _used(folder: Path) -> float:
    try:
        return _lock_of(folder).stat().st_mtime
    except OSError:
        return 0.0


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)


def _locked(folder: Path) -> int:
    """Lock a copy, and give the descriptor that holds it; -1 where another process has it.

    Raises:
        OSError: The file of the lock cannot be made.
    """
    import fcntl

    lock = os.open(_lock_of(folder), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Who removed the copy meanwhile has removed the file as well.
        if os.path.samestat(os.fstat(lock), _lock_of(folder).stat()):
            os.utime(lock)
            return lock
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(lock)
    return -1
