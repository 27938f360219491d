"""The nouns: files to be, how each stands to a folder, and what an export wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.errors import InputError
from be_tui.core.files.paths import fault_of, folded
from be_tui.core.jsonform import Json, list_in, mapping_in, text_in, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 16_000_000
"""Bytes; larger files are neither written nor replaced, because undo keeps their text."""

_MODES = range(0o10000)
"""All permissions that a file can have."""

Status = Literal["new", "same", "changed", "conflict"]


@dataclass(frozen=True, slots=True)
class NewFile:
    """One file to be."""

    path: str
    """Relative to the folder it will be written into, with forward slashes."""

    text: str
    """What it will hold, with `\\n` at the end of each line."""


@dataclass(frozen=True, slots=True)
class FileSet:
    """Files to be; no two of them in each other's way on any file system.

    Raises:
        InputError: A path is absolute, leads out, or could not be written everywhere; two
            paths are the same, or one is a folder of the other; a text is not text.
    """

    files: tuple[NewFile, ...] = ()

    def __post_init__(self) -> None:
        files: dict[str, str] = {}
        folders: dict[str, str] = {}
        for file in self.files:
            _refuse_unusable(file)
            key = folded(file.path)
            if key in files:
                raise InputError(f"is the same file as {files[key]!r}", where=file.path)
            files[key] = file.path
            parts = key.split("/")
            for depth in range(1, len(parts)):
                folders.setdefault("/".join(parts[:depth]), file.path)
        for key, path in files.items():
            if key in folders:
                raise InputError(f"is a file and also a folder of {folders[key]!r}", where=path)

    def __iter__(self) -> Iterator[NewFile]:
        """Give the files in their order."""
        return iter(self.files)

    def __len__(self) -> int:
        """Tell how many files there are."""
        return len(self.files)


def _refuse_unusable(file: NewFile) -> None:
    fault = fault_of(file.path)
    if fault:
        raise InputError(fault, where=repr(file.path))
    try:
        size = len(file.text.encode())
    except UnicodeEncodeError as error:
        line = file.text.count("\n", 0, error.start) + 1
        raise InputError(
            "holds a character that UTF-8 cannot", where=f"{file.path}:{line}"
        ) from None
    if size > LARGEST:
        raise InputError(f"holds over {LARGEST // 1_000_000} MB", where=file.path)
    if "\0" in file.text:
        raise InputError("holds a NUL, so it is not text", where=file.path)


@dataclass(frozen=True, slots=True)
class Change:
    """How one file to be stands to what is in the folder now."""

    path: str
    status: Status
    before: str = ""
    """What the file holds now, with `\\n` line ends; empty unless same or changed."""

    after: str = ""
    """What it will hold, with `\\n` line ends."""

    reason: str = ""
    """Why it is in conflict, in words: `is a folder`."""

    added: int = 0
    """Lines that come."""

    removed: int = 0
    """Lines that go; in a very large file, all between its first and last difference."""

    newline: Literal["\n", "\r\n"] = "\n"
    """The line ends of the file that stands there, kept when it is replaced."""

    seen: str = ""
    """The SHA-256 of the file that stands there: an export refuses when it changed since."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file that an export wrote."""

    path: str
    digest: str
    """The SHA-256 of what was written."""

    before: str | None = None
    """What stood there, byte for byte as UTF-8; None where there was no file."""

    mode: int = 0
    """The permissions of the file that stood there."""

    @property
    def created(self) -> bool:
        """Tell whether there was no such file before."""
        return self.before is None


@dataclass(frozen=True, slots=True)
class Export:
    """What an export did; enough to undo it, also tomorrow."""

    root: str
    """The folder, as an absolute path."""

    written: tuple[Written, ...] = ()
    folders: tuple[str, ...] = ()
    """The folders that were made, as absolute paths, outer ones first."""

    left: tuple[str, ...] = ()
    """Paths that were not written: changed but not named, or in conflict."""

    at: str = ""
    """When, in UTC, as ISO 8601 to the second."""

    def to_json(self) -> Json:
        """Give the JSON form; `from_json` reads it back."""
        return to_json(self)

    @classmethod
    def from_json(cls, value: object) -> Export:
        """Read the JSON form.

        Raises:
            InputError: It is not the form of an export.
        """
        try:
            return _read_export(value)
        except (TypeError, KeyError, ValueError) as error:
            raise InputError(f"not the record of an export ({error})") from None


def _read_export(value: object) -> Export:
    fields = mapping_in(value)
    return Export(
        root=text_in(fields["root"]),
        written=tuple(_read_written(mapping_in(each)) for each in list_in(fields["written"])),
        folders=tuple(text_in(each) for each in list_in(fields["folders"])),
        left=tuple(text_in(each) for each in list_in(fields["left"])),
        at=text_in(fields["at"]),
    )


def _read_written(fields: dict[str, object]) -> Written:
    before, mode, path = fields["before"], fields["mode"], text_in(fields["path"])
    if not isinstance(mode, int) or mode not in _MODES:
        raise ValueError("a mode that is none")
    if fault_of(path):
        raise ValueError(f"{path!r} {fault_of(path)}")
    text = None if before is None else text_in(before)
    return Written(path=path, digest=text_in(fields["digest"]), before=text, mode=mode)
