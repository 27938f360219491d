"""Which of the changes are to be written, chosen one by one; a value.

    selection = select(changes)                # all new files
    selection = selection.toggled("app/db.py")
    selection.question                         # what must be asked before it is written
    selection.changes, selection.overwrite     # for `export`

Nothing that stands is chosen before somebody chose it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from be_tui.core.files.model import Change, Export, Status

_COUNTED: tuple[tuple[Status, str], ...] = (
    ("new", "new"),
    ("changed", "changed"),
    ("same", "the same"),
    ("conflict", "in conflict"),
)

_NAMED = 3
"""Paths that a result line names."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Changes, and which of them are to be written."""

    all: tuple[Change, ...]
    chosen: frozenset[str]
    """Paths of new and changed files."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Give the changes to write, in their order."""
        return tuple(change for change in self.all if change.path in self.chosen)

    @property
    def overwrite(self) -> tuple[str, ...]:
        """Give the paths of the files among them that stand already."""
        return tuple(change.path for change in self.changes if change.status == "changed")

    @property
    def counts(self) -> str:
        """Say how the files stand to the folder: `3 new · 1 changed`."""
        found = Counter(change.status for change in self.all)
        return " · ".join(f"{found[status]} {word}" for status, word in _COUNTED if found[status])

    @property
    def question(self) -> str:
        """Ask what must be asked before it is written; nothing where all files are new."""
        standing = self.overwrite
        if not standing:
            return ""
        if len(standing) == 1:
            return f"{standing[0]} stands already. Replace it?"
        return f"{len(standing)} files stand already. Replace them?"

    def unchoosable(self, path: str) -> str:
        """Tell why a file cannot be chosen; nothing where it can."""
        for change in self.all:
            if change.path == path and change.status == "conflict":
                return f"{path} {change.reason}"
            if change.path == path and change.status == "same":
                return f"{path} is already so"
        return ""

    def toggled(self, path: str) -> Selection:
        """Choose a file, or leave it out again; one that cannot be chosen stays as it is."""
        if self.unchoosable(path):
            return self
        return replace(self, chosen=self.chosen ^ {path})

    def with_chosen(self, paths: Collection[str]) -> Selection:
        """Choose these besides; those that cannot be chosen stay as they are."""
        more = {path for path in paths if not self.unchoosable(path)}
        return replace(self, chosen=self.chosen | (more & {change.path for change in self.all}))

    def only_new(self) -> Selection:
        """Leave out all files that stand already."""
        return replace(self, chosen=self.chosen.difference(self.overwrite))


def select(changes: Sequence[Change], before: Selection | None = None) -> Selection:
    """Choose all new files; where a selection was made before, keep what was chosen and left.

    Args:
        changes: What `compare` gave.
        before: The selection over an earlier comparison of the same files.
    """
    known = {change.path for change in before.all} if before else frozenset()
    chosen = before.chosen if before else frozenset()
    return Selection(
        tuple(changes),
        frozenset(
            change.path
            for change in changes
            if (change.status == "new" and change.path not in known)
            or (change.status in {"new", "changed"} and change.path in chosen)
        ),
    )


def told(done: Export) -> str:
    """Say what an export wrote: `wrote docs/decisions/0004-caching.md`."""
    paths = [each.path for each in done.written]
    if not paths:
        return "nothing to write: all of it stands already"
    return f"wrote {_listed(paths)}"


def told_back(paths: Sequence[str]) -> str:
    """Say what was taken back: `took back docs/decisions/0004-caching.md`."""
    return f"took back {_listed(paths)}"


def _listed(paths: Sequence[str]) -> str:
    rest = len(paths) - _NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"{', '.join(paths[:_NAMED])}{more}"
