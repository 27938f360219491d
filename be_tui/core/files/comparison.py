"""How files to be stand to a folder: new, the same, changed, or in conflict. Reads only."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.files.model import LARGEST, Change
from be_tui.core.files.places import Folder, Target, Unreachable, find

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.files.model import FileSet, NewFile


def compare(files: FileSet, root: Path | str) -> tuple[Change, ...]:
    """Tell how each file to be stands to what is in a folder, in the order of the files.

    Args:
        files: The files to be.
        root: The folder; it need not exist yet.

    Raises:
        InputError: `root` is no folder, or cannot be entered.
    """
    real = real_root(root)
    taken: dict[Target, str] = {}
    changes = []
    for file in files:
        try:
            changes.append(_change(real, file, taken))
        except Unreachable as reason:
            changes.append(_conflict(file, str(reason)))
        except OSError as error:
            changes.append(_conflict(file, f"cannot be read: {words_for(error)}"))
    return tuple(changes)


def real_root(root: Path | str) -> str:
    """Give a folder as a real absolute path.

    Raises:
        InputError: There is something else of that name, or it cannot be entered.
    """
    real = os.path.realpath(root)
    try:
        if stat.S_ISDIR(os.stat(real).st_mode):
            return real
    except (FileNotFoundError, NotADirectoryError):
        ancestor = os.path.dirname(real)
        while not os.path.lexists(ancestor):
            ancestor = os.path.dirname(ancestor)
        if os.path.isdir(ancestor):
            return real
        raise InputError("is no folder", where=ancestor, hint="name another") from None
    except OSError as error:
        raise InputError(f"cannot be entered: {words_for(error)}", where=str(root)) from None
    raise InputError("is no folder", where=str(root), hint="name another")


def _change(root: str, file: NewFile, taken: dict[Target, str]) -> Change:
    target = find(root, file.path)
    first = taken.setdefault(target, file.path)
    if first != file.path:
        raise Unreachable(f"is the same file as {first!r}, through a link")
    if target.standing < len(target.parents):
        return _new(file)
    try:
        folder = Folder.open(os.path.join(root, *target.parents))
    except FileNotFoundError:
        return _new(file)
    with folder:
        found = folder.look(target.name)
        if found is None:
            return _new(file)
        _refuse_special(found)
        content, _ = folder.read(target.name, LARGEST)
    return _against(file, content)


def _against(file: NewFile, content: bytes) -> Change:
    if b"\0" in content:
        raise Unreachable("is a binary file")
    try:
        stands = content.decode()
    except UnicodeDecodeError as error:
        raise Unreachable(f"is not UTF-8 (byte {error.start})") from None
    ends = stands.count("\r\n")
    windows = 0 < ends == stands.count("\n") and "\r" not in file.text
    before = stands.replace("\r\n", "\n") if windows else stands
    same = before == file.text
    added = removed = 0
    if not same:
        from be_tui.core.files.differences import count

        added, removed = count(before, file.text)
    return Change(
        path=file.path,
        status="same" if same else "changed",
        before=before,
        after=file.text,
        added=added,
        removed=removed,
        newline="\r\n" if windows else "\n",
        seen=hashlib.sha256(content).hexdigest(),
    )


def _refuse_special(found: os.stat_result) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise Unreachable("is a link")
    if stat.S_ISDIR(found.st_mode):
        raise Unreachable("is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise Unreachable("is not a regular file")
    if found.st_size > LARGEST:
        raise Unreachable(f"is too large to compare ({found.st_size // 1_000_000} MB)")


def _new(file: NewFile) -> Change:
    return Change(file.path, "new", after=file.text, added=len(file.text.splitlines()))


def _conflict(file: NewFile, reason: str) -> Change:
    return Change(file.path, "conflict", after=file.text, reason=reason)


_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EEXIST: "there is one now",
    errno.EFBIG: "larger than a file may be here",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "not permitted",
    errno.ELOOP: "a link stands where a folder or file was",
    errno.ENOTDIR: "a file or link stands where a folder was",
    errno.EMFILE: "too many files are open",
    errno.ENAMETOOLONG: "the name is too long",
}


def words_for(error: OSError) -> str:
    """Give what the system refused in plain words."""
    return _WORDS.get(error.errno or 0) or (error.strerror or "unknown error").lower()
