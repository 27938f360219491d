"""Several files created, replaced or removed, all or none.

First everything is prepared beside its place, on the same file system and on the disk: the
new contents, and a second name for each file that goes (a copy where links are not to be
had). Only then are names changed, one after another. Whatever goes wrong on the way, the
interrupt key too, the names are changed back, which needs no space, and what was prepared
is removed.
"""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.errors import WriteError
from be_tui.core.files.comparison import words_for
from be_tui.core.files.model import LARGEST
from be_tui.core.files.places import Folder, Unreachable, find

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What file systems without hard links answer, or with too many of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do to one file."""

    path: str
    content: bytes | None
    """What it will hold; None removes it."""

    expected: str = ""
    """The SHA-256 of what must stand there; empty where nothing may."""

    mode: int | None = None
    """Its permissions; None keeps those of the file that stands there."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a refusal is told."""

    stale: str
    """What is said of a file that is not as expected."""

    nothing: str
    """What is said after it: `nothing was written`."""


@dataclass(frozen=True, slots=True)
class Was:
    """What stood in the place of a file."""

    content: bytes
    mode: int


@dataclass(slots=True)
class _Prepared:
    """One step, ready to be done, and what is needed to take it back."""

    step: Step
    folder: Folder
    name: str
    was: Was | None = None
    stood: os.stat_result | None = None
    fresh: str = ""
    """The name under which the new content waits."""

    fresh_id: tuple[int, int] | None = None
    backup: str = ""
    """The name that keeps what stood there."""

    begun: bool = False
    """Whether names may have been changed."""


@dataclass(slots=True)
class _Made:
    """A folder that was made on the way."""

    parent: Folder
    name: str
    path: str


class Transaction:
    """One run over several files; use it once."""

    def __init__(self, root: str, words: Words) -> None:
        """Prepare nothing yet.

        Args:
            root: A real absolute path; it is made when missing.
            words: How a refusal is told.
        """
        self._root = root
        self._words = words
        self._at = root
        self._token = os.urandom(6).hex()
        self._open: dict[str, Folder] = {}
        self._made: list[_Made] = []
        self._prepared: list[_Prepared] = []
        self._names = 0

    def run(self, steps: Sequence[Step]) -> tuple[Was | None, ...]:
        """Do all steps, or none; give what stood in each place.

        Raises:
            WriteError: A file is not as expected, or the system refused; all is as before.
        """
        try:
            self._do(steps)
        except (OSError, Unreachable, WriteError) as error:
            self._take_back()
            raise self._refusal(error) from None
        except BaseException:
            self._take_back()
            raise
        self._finish()
        return tuple(prepared.was for prepared in self._prepared)

    @property
    def made(self) -> tuple[str, ...]:
        """Give the folders that were made, outer ones first."""
        return tuple(folder.path for folder in self._made)

    def _do(self, steps: Sequence[Step]) -> None:
        for step in steps:
            self._at = step.path
            self._prepared.append(self._locate(step))
        for prepared in self._prepared:
            self._at = prepared.step.path
            self._stage(prepared)
        for prepared in self._prepared:
            self._at = prepared.step.path
            prepared.begun = True
            _put(prepared)
        for folder in self._open.values():
            self._at = folder.path
            folder.sync()

    def _locate(self, step: Step) -> _Prepared:
        target = find(self._root, step.path)
        folder = self._enter(self._root)
        for part in target.parents:
            folder = self._enter(os.path.join(folder.path, part), folder)
        prepared = _Prepared(step, folder, target.name)
        self._check(prepared)
        return prepared

    def _enter(self, path: str, parent: Folder | None = None) -> Folder:
        """Open a folder that stays open, and make it first where it is missing."""
        known = self._open.get(path)
        if known:
            return known
        try:
            opened = parent.down(os.path.basename(path)) if parent else Folder.open(path)
        except FileNotFoundError:
            above = parent or self._enter(os.path.dirname(path))
            name = os.path.basename(path)
            self._made.append(_Made(above, name, path))
            try:
                above.make(name)
            except OSError:
                self._made.pop()
                raise
            opened = above.down(name)
        self._open[path] = opened
        return opened

    def _check(self, prepared: _Prepared) -> None:
        stood = prepared.folder.look(prepared.name)
        expected = prepared.step.expected
        if stood is None and not expected:
            return
        if stood is None or not expected:
            raise self._stale()
        content, stood = prepared.folder.read(prepared.name, LARGEST)
        if hashlib.sha256(content).hexdigest() != expected:
            raise self._stale()
        prepared.stood = stood
        prepared.was = Was(content, stood.st_mode & 0o7777)

    def _stale(self) -> WriteError:
        return WriteError(self._words.stale, where=self._at, hint=self._words.nothing)

    def _stage(self, prepared: _Prepared) -> None:
        if prepared.step.content is not None:
            prepared.fresh = self._name()
            content, mode = prepared.step.content, prepared.step.mode
            prepared.fresh_id = _write(prepared, prepared.fresh, content, mode)
        if prepared.was is not None:
            prepared.backup = self._name()
            try:
                prepared.folder.link(prepared.name, prepared.backup)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                _write(prepared, prepared.backup, prepared.was.content)

    def _name(self) -> str:
        self._names += 1
        return f".be-tui-{self._token}-{self._names}"

    def _finish(self) -> None:
        """Drop what would have been needed to go back: past this, all is done."""
        for prepared in self._prepared:
            with suppress(OSError):
                _surely(partial(_discard, prepared.folder, prepared.backup))
        self._close()

    def _take_back(self) -> None:
        """Go back to how it was.

        Raises:
            WriteError: The system refuses even that; the line says what is left where.
        """
        left: list[str] = []
        for prepared in reversed(self._prepared):
            folder = prepared.folder
            try:
                _surely(partial(_restore, prepared))
                _surely(partial(_discard, folder, prepared.fresh))
                _surely(partial(_discard, folder, prepared.backup))
            except OSError:
                left.append(os.path.join(folder.path, prepared.backup or prepared.fresh))
        for made in reversed(self._made):
            _surely(partial(_discard_folder, made))
        self._made.clear()
        self._close()
        if left:
            message = f"stopped half-way and could not go back; see {', '.join(left)}"
            raise WriteError(message, where=self._at)

    def _close(self) -> None:
        for folder in self._open.values():
            folder.close()

    def _refusal(self, error: OSError | Unreachable | WriteError) -> WriteError:
        if isinstance(error, WriteError):
            return error
        said = words_for(error) if isinstance(error, OSError) else str(error)
        return WriteError(said, where=self._at, hint=self._words.nothing)


def _write(
    prepared: _Prepared, name: str, content: bytes, mode: int | None = None
) -> tuple[int, int]:
    """Write a file that was not there, down to the disk; give what identifies it."""
    descriptor = prepared.folder.create(name, 0o666 if prepared.stood is None else 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if prepared.stood is not None:
            _resemble(descriptor, prepared.stood, mode)
        os.fsync(descriptor)
        written = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    return written.st_dev, written.st_ino


def _resemble(descriptor: int, stood: os.stat_result, mode: int | None) -> None:
    """Give a file the owner and permissions of the one that it replaces."""
    if hasattr(os, "fchown"):
        with suppress(PermissionError):
            os.fchown(descriptor, stood.st_uid, stood.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stood.st_mode & 0o7777 if mode is None else mode)


def _put(prepared: _Prepared) -> None:
    """Change the names of one step."""
    folder, name = prepared.folder, prepared.name
    if prepared.stood is not None:
        now = folder.look(name)
        if now is None or _moment(now) != _moment(prepared.stood):
            raise Unreachable("changed while it was being written")
    if prepared.step.content is None:
        folder.remove(name)
    elif prepared.stood is not None:
        folder.move(prepared.fresh, name)
    else:
        _put_new(prepared)


def _put_new(prepared: _Prepared) -> None:
    """Name a new file; a second name, unlike a move, fails where the name was taken."""
    folder, name = prepared.folder, prepared.name
    try:
        folder.link(prepared.fresh, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if folder.look(name) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        folder.move(prepared.fresh, name)
    else:
        folder.remove(prepared.fresh)


def _moment(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _restore(prepared: _Prepared) -> None:
    """Take one step back, if it was begun; may be called again after an interrupt."""
    if not prepared.begun:
        return
    folder, name = prepared.folder, prepared.name
    now = folder.look(name)
    ours = now is not None and (now.st_dev, now.st_ino) == prepared.fresh_id
    removed = now is None and prepared.step.content is None
    if ours and prepared.was is None:
        folder.remove(name)
    elif ours or removed:
        folder.move(prepared.backup, name)


def _discard(folder: Folder, name: str) -> None:
    if name:
        with suppress(FileNotFoundError):
            folder.remove(name)


def _discard_folder(made: _Made) -> None:
    # Somebody may have put a file there meanwhile: then it stays.
    with suppress(OSError):
        made.parent.remove_folder(made.name)


def _surely(action: Callable[[], None]) -> None:
    """Do what must be done, once more if the interrupt key is pressed meanwhile."""
    try:
        action()
    except KeyboardInterrupt:
        action()
