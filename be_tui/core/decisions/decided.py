"""The decision records that stand in a folder, whoever wrote them: MADR, adr-tools, by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"(\d{1,6})[-_. ].*\.(?:md|markdown)", re.IGNORECASE)
_TITLE = re.compile(r"^#\s+(?:\d+[.:)]?\s+)?(.+?)\s*#*\s*$", re.MULTILINE)
_FIELD = r"^(?:[*-]\s+)?{}:[ \t]*[\"']?([^\"'\n{{}}]*)"
_STATUS_SECTION = re.compile(r"^##\s+Status\s+(\w[^\n]*)", re.MULTILINE | re.IGNORECASE)
_HEAD = 4096
"""Bytes of a record that are read: its title, status and date stand at its top."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision record that stands in the project."""

    number: int
    title: str
    path: Path
    status: str = ""
    date: str = ""


def decided_in(folder: Path, most: int = 5) -> tuple[Decided, ...]:
    """Give the latest records of a folder, the newest first; none where there is no folder.

    Args:
        folder: Where records stand, `docs/decisions` for one.
        most: How many to give.
    """
    try:
        names = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return ()
    numbered = sorted(names, key=lambda path: (_number(path), path.name), reverse=True)
    return tuple(_read(path) for path in numbered[:most])


def _number(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else 0


def _read(path: Path) -> Decided:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        head = ""
    title = _TITLE.search(head)
    named = path.stem.partition("-")[2].replace("-", " ") or path.stem
    section = _STATUS_SECTION.search(head)
    status = _field(head, "status") or (section[1].strip() if section else "")
    return Decided(_number(path), title[1] if title else named, path, status, _field(head, "date"))


def _field(head: str, name: str) -> str:
    match = re.search(_FIELD.format(name), head, re.MULTILINE | re.IGNORECASE)
    return match[1].strip() if match else ""
