"""A folder of migrations, read within bounds and never left.

What cannot be read is kept as a finding with its place; the rest is read all the same.
"""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Finding, Place
from be_tui.core.sqltext import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.findings import Severity

MOST_FILES = 20_000
"""Files that are listed; the largest histories known have some thousands."""

LARGEST = 16_000_000
"""Bytes of one file."""

_DEEPEST = 6
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "vendor", "target", "dist"})


class Folder:
    """One folder: names relative to it, texts read once, findings collected."""

    def __init__(self, root: str | Path, *, to_be: bool = False) -> None:
        """Look at nothing yet.

        Args:
            root: The folder.
            to_be: Whether it need not exist yet; it is empty then.

        Raises:
            InputError: There is no such folder.
        """
        self.root = str(root)
        self.findings: list[Finding] = []
        self._real = Path(self.root).resolve()
        self.asked: set[str] = set()
        """The files whose text was asked for."""

        self._texts: dict[str, str | None] = {}
        self._names: tuple[str, ...] | None = None
        if not self._real.is_dir() and (self._real.exists() or not to_be):
            raise InputError("is no folder", where=self.root)

    @property
    def names(self) -> tuple[str, ...]:
        """The files below it, sorted, with forward slashes; hidden ones are left out."""
        if self._names is None:
            self._names = tuple(self._listed())
        return self._names

    def _listed(self) -> list[str]:
        found: list[str] = []
        for where, folders, files in os.walk(self._real):
            inner = os.path.relpath(where, self._real).replace(os.sep, "/")
            prefix = "" if inner == "." else f"{inner}/"
            deep = prefix.count("/") >= _DEEPEST
            folders[:] = [] if deep else sorted(each for each in folders if _is_own(each))
            found += [prefix + name for name in files if not name.startswith(".")]
            if len(found) > MOST_FILES:
                self.find(
                    "migration-unreadable", "", f"over {MOST_FILES:,} files: not all are read"
                )
                break
        return sorted(found[:MOST_FILES])

    def keep_only(self, names: Iterable[str]) -> None:
        """Let the folder have these files only."""
        self._names = tuple(sorted(names))

    def top(self, *endings: str) -> list[str]:
        """Give the names that stand in the folder itself, with one of the endings."""
        return [name for name in self.names if "/" not in name and name.endswith(endings)]

    def shown(self, name: str) -> str:
        """Give a file's path as findings are to show it."""
        return posixpath.join(self.root.replace(os.sep, "/"), name) if name else self.root

    def has(self, name: str) -> bool:
        """Tell whether a file is there that may be read."""
        path = self._inside(name)
        return path is not None and path.is_file()

    def data(self, name: str) -> bytes | None:
        """Give a file's bytes; None where it cannot be had, which is found."""
        path = self._inside(name)
        if path is None:
            self.find("migration-outside", name, "leads out of the folder, so it is not read")
            return None
        if not path.is_file():
            if path.exists() and not path.is_dir():
                self.find("migration-unreadable", name, "is no plain file, so it is not read")
            return None
        try:
            if path.stat().st_size > LARGEST:
                message = f"over {LARGEST // 1_000_000} MB: not read"
                self.find("migration-unreadable", name, message)
                return None
            return path.read_bytes()
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}"
            self.find("migration-unreadable", name, message)
            return None

    def text(self, name: str) -> str | None:
        """Give a file's text with plain line ends; None where it cannot be had, which is found."""
        self.asked.add(name)
        if name not in self._texts:
            self._texts[name] = self._read(name)
        return self._texts[name]

    def _read(self, name: str) -> str | None:
        data = self.data(name)
        if data is None:
            return None
        try:
            return decoded(data, name)
        except InputError as error:
            line = error.where.rpartition(":")[2]
            known = int(line) if line.isdigit() else 0
            self.find("migration-unreadable", name, f"{error.message}, so it is not read", known)
            return None

    def find(
        self,
        rule: str,
        name: str,
        message: str,
        line: int = 0,
        severity: Severity = "error",
    ) -> None:
        """Keep a finding on a file."""
        place = Place(self.shown(name), line, 1 if line else 0)
        self.findings.append(Finding(rule, severity, place, message))

    def _inside(self, name: str) -> Path | None:
        """Give the real path of a name; None where it leads out, also by a link."""
        if "\0" in name:
            return None
        real = Path(self._real, name).resolve()
        return real if real.is_relative_to(self._real) else None


def _is_own(name: str) -> bool:
    return not name.startswith(".") and name not in _PASSED_OVER


def above(root: str | Path, name: str, most: int = 4) -> Path | None:
    """Give the nearest file of a name in the folder or those above it; for settings only."""
    folder = Path(root).resolve()
    for here in (folder, *folder.parents[: most - 1]):
        if (here / name).is_file():
            return here / name
    return None


def text_above(root: str | Path, name: str, most: int = 4) -> str:
    """Give that file's text; empty where there is none, or none that can be read."""
    path = above(root, name, most)
    try:
        return path.read_text("utf-8", "replace")[:LARGEST] if path else ""
    except OSError:
        return ""
