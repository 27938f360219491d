"""Where the three packs stand, and which files they hold.

Every command that lists or searches passes here first, so this only looks at folders; it
reads no file, and what it cannot look at it gives as trouble.
"""

# pathlib costs as much at import as all else that a search needs.
# ruff: noqa: PTH100, PTH112, PTH116, PTH118, PTH120

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, NamedTuple

from be_tui.core.locations import config_dir, knowledge_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.model import PackName

FileKind = Literal["tree", "comparison", "checklist", "reference", "chapter", "rule", "aliases"]

FOLDERS: dict[FileKind, str] = {
    "tree": "trees",
    "comparison": "comparisons",
    "checklist": "checklists",
    "reference": "references",
    "rule": "rules",
}
"""The folder of each kind within a pack."""

COVERS = ("reference.yaml", "reference.yml")
"""The file that makes a folder a reference of items; those beside it are its chapters."""

ALIASES = "aliases.yaml"
"""The file of a pack's other words for the same thing."""

_DEPTH_LIMIT = 8
_FILES_LIMIT = 5_000


class PackFile(NamedTuple):
    """One file of a pack."""

    kind: FileKind
    path: str
    pack: PackName
    stamp: str
    """Changes whenever the file does."""


class Trouble(NamedTuple):
    """Something in a pack's folder that cannot be read."""

    path: str
    message: str


class Packs(NamedTuple):
    """What stands in the folders of the packs, the bundled one first."""

    roots: tuple[tuple[PackName, str], ...]
    files: tuple[PackFile, ...]
    troubles: tuple[Trouble, ...]


def pack_folders(project: str | os.PathLike[str] | None) -> tuple[tuple[PackName, str], ...]:
    """Give the folders of the packs; later ones override earlier ones, and may not exist."""
    folders: list[tuple[PackName, str]] = [
        ("bundled", knowledge_dir()),
        ("user", os.path.join(config_dir(), "pack")),
    ]
    if project is not None:
        folders.append(("project", os.path.join(os.path.abspath(project), ".be-tui")))
    return tuple(folders)


def find_packs(project: str | os.PathLike[str] | None) -> Packs:
    """Look at the three packs: bundled, the user's, the project's."""
    return look(pack_folders(project))


def look(roots: tuple[tuple[PackName, str], ...]) -> Packs:
    """Look at these packs."""
    files: list[PackFile] = []
    troubles: list[Trouble] = []
    for pack, root in roots:
        if os.path.lexists(root) and not os.path.isdir(root):
            troubles.append(Trouble(root, "expected a folder, a pack is made of files"))
            continue
        for kind, folder in FOLDERS.items():
            files += _files(kind, pack, os.path.join(root, folder), troubles)
        files += _aliases(pack, root, troubles)
    return Packs(roots, tuple(files), tuple(troubles))


def files_below(kind: FileKind, pack: PackName, folder: str) -> Packs:
    """Look at one folder of files of a kind."""
    troubles: list[Trouble] = []
    files = tuple(_files(kind, pack, folder, troubles))
    return Packs((), files, tuple(troubles))


def endings(kind: FileKind) -> tuple[str, ...]:
    """Give how the names of the files in a kind's folder end."""
    return (".md", ".yaml", ".yml") if kind == "reference" else (".yaml", ".yml")


def kind_of_name(kind: FileKind, name: str) -> FileKind:
    """Tell what a file holds, from its name and the kind of the folder that it stands in."""
    chapter = kind == "reference" and not name.lower().endswith(".md") and name not in COVERS
    return "chapter" if chapter else kind


def stamp_of(path: str) -> str:
    """Give the stamp of a file as it is now; empty where it is gone."""
    try:
        return _stamp(os.stat(path))
    except OSError:
        return ""


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns}:{status.st_size}"


def _files(
    kind: FileKind, pack: PackName, folder: str, troubles: list[Trouble]
) -> Iterator[PackFile]:
    for number, entry in enumerate(_walk(folder, endings(kind), troubles, 0)):
        if number == _FILES_LIMIT:
            troubles.append(Trouble(folder, f"more than {_FILES_LIMIT:,} files; the rest is left"))
            return
        own = kind_of_name(kind, entry.name)
        yield PackFile(own, entry.path, pack, _stamp(entry.stat()))


def _walk(
    folder: str, suffixes: tuple[str, ...], troubles: list[Trouble], depth: int
) -> Iterator[os.DirEntry[str]]:
    """Give the regular files below a folder whose names end so, in the order of their names."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        troubles.append(Trouble(folder, f"cannot be read: {error.strerror}"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        wanted = entry.name.lower().endswith(suffixes)
        try:
            if entry.is_file():
                if wanted:
                    yield entry
            elif entry.is_dir():
                trouble = _folder_trouble(entry, depth, named_as_file=wanted)
                if trouble:
                    troubles.append(Trouble(entry.path, trouble))
                else:
                    yield from _walk(entry.path, suffixes, troubles, depth + 1)
            elif wanted:
                # A pipe, a device, or a link to nowhere; `stat` names the reason of the last.
                entry.stat()
                troubles.append(Trouble(entry.path, "expected a file, this is no regular file"))
        except OSError as error:
            troubles.append(Trouble(entry.path, f"cannot be read: {error.strerror}"))


def _folder_trouble(entry: os.DirEntry[str], depth: int, *, named_as_file: bool) -> str:
    if named_as_file:
        return "expected a file, this is a folder"
    if depth == _DEPTH_LIMIT:
        return f"stands more than {_DEPTH_LIMIT} folders deep"
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        if (os.path.realpath(os.path.dirname(entry.path)) + os.sep).startswith(target + os.sep):
            return "the link leads back to a folder that it stands in"
    return ""


def _aliases(pack: PackName, root: str, troubles: list[Trouble]) -> Iterator[PackFile]:
    path = os.path.join(root, ALIASES)
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        troubles.append(Trouble(path, f"cannot be read: {error.strerror}"))
        return
    yield PackFile("aliases", path, pack, _stamp(status))
