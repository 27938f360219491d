"""What is wrong with packs: `be-tui knowledge check`."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Finding, Place
from be_tui.core.knowledge.packs import (
    ALIASES,
    COVERS,
    FOLDERS,
    PackFile,
    Packs,
    Trouble,
    files_below,
    kind_of_name,
    look,
    pack_folders,
)
from be_tui.core.knowledge.survey import Known, shown, survey
from be_tui.core.yamlform import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.knowledge.packs import FileKind
    from be_tui.core.knowledge.survey import Prover, Runner

_KIND = re.compile(r"^(tree|comparison|checklist|rule|aliases|chapter):", re.MULTILINE)
_HEAD = 4_000
"""Characters in which a file says what it is."""


def check_paths(
    paths: Sequence[str | Path] = (),
    *,
    project: str | Path | None = None,
    known: Known | None = None,
    prove: Prover | None = None,
    today: date | None = None,
    run: Runner | None = None,
) -> tuple[Finding, ...]:
    """Give every fault of the packs, or of some of their files.

    Args:
        paths: Files or folders of packs; the bundled, the user's and the project's pack
            where there are none. What stands in none of them is checked as if it were the
            project's pack.
        project: The project whose pack counts.
        known: The names from outside the packs that trees may use.
        prove: What to ask besides of each tree that holds together.
        today: The day to count the age of items from; this day where it is left out.
        run: What to ask besides of each chapter that is whole.

    Raises:
        InputError: A path does not exist, or is no part of a pack.
    """
    packs = look(pack_folders(project))
    today = today or date.today()  # noqa: DTZ011 (a person's day, wherever they are)
    if not paths:
        found = survey(packs.files, packs.troubles, known, prove=prove, today=today, run=run)
        return _with_folders(packs, found.findings)
    given = [_packs_at(Path(path)) for path in paths]
    asked = {file.path for pack in given for file in pack.files}
    troubles = [trouble for pack in given for trouble in pack.troubles]
    files = packs.files
    if not asked <= {file.path for file in files}:
        own = tuple(file for pack in given for file in pack.files)
        files = (*(file for file in files if file.pack != "project"), *own)
    found = survey(files, troubles, known, asked, prove, today, run=run)
    return tuple(finding for pack in given for finding in _with_folders(pack, ())) + found.findings


def _packs_at(path: Path) -> Packs:
    """Give the part of a pack that stands at a path."""
    path = path.absolute()
    if not path.exists():
        raise InputError("no such file or folder", where=shown(str(path)))
    if not path.is_dir():
        return Packs((), (_pack_file(path),), ())
    if not os.access(path, os.R_OK | os.X_OK):
        return Packs((), (), (Trouble(str(path), "cannot be read: Permission denied"),))
    for root in (path, path / ".be-tui", path / "knowledge"):
        if any((root / name).exists() for name in (*FOLDERS.values(), ALIASES)):
            return look((("project", str(root)),))
    kind = _kind_of_folder(path)
    if kind is not None:
        return files_below(kind, "project", str(path))
    folders = ", ".join(f"{folder}/" for folder in FOLDERS.values())
    raise InputError("no pack stands here", where=shown(str(path)), hint=f"expected {folders}")


def _pack_file(path: Path) -> PackFile:
    return PackFile(_kind_of(path), str(path), "project", "")


def _kind_of(path: Path) -> FileKind:
    """Tell what a file holds: by what it says of itself, else by its name or its folder."""
    if path.suffix.lower() == ".md" or path.name in COVERS:
        return "reference"
    said = _KIND.search(_head(path))
    kinds: tuple[FileKind, ...] = ("tree", "comparison", "checklist", "rule", "aliases", "chapter")
    for kind in kinds:
        if said and said[1] == kind:
            return kind
    found = "aliases" if path.name == ALIASES else _kind_of_folder(path.parent)
    if found is not None:
        return kind_of_name(found, path.name)
    hint = "begin with `tree:`, `comparison:`, `checklist:`, `chapter:`, `rule:` or `aliases:`"
    raise InputError("cannot tell what this file holds", where=shown(str(path)), hint=hint)


def _kind_of_folder(path: Path) -> FileKind | None:
    """Tell what a folder is for: by its own name, else by those of the folders above."""
    for folder in (path, *path.parents):
        for kind, name in FOLDERS.items():
            if folder.name == name:
                return kind
    return None


def _head(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_HEAD)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise InputError(message, where=shown(str(path))) from error


def _with_folders(packs: Packs, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(_misnamed(packs)) + findings


def _misnamed(packs: Packs) -> Iterator[Finding]:
    """Report folders whose names are nearly those that are read: `tree/` holds nothing."""
    for _, root in packs.roots:
        for each in _folders_in(Path(root)):
            near = nearest(each.name, FOLDERS.values())
            if near and each.name != near:
                message = f"this folder is not read; did you mean `{near}/`?"
                place = Place(shown(str(each)))
                yield Finding("pack-unknown-folder", "warning", place, message)


def _folders_in(root: Path) -> list[Path]:
    try:
        return sorted(each for each in root.iterdir() if each.is_dir())
    except OSError:
        # There is no pack here, or it is reported as unreadable elsewhere.
        return []
