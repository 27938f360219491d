"""What a person did in a project, kept from one session to the next, saved as it is done.

One SQLite file a project in the user's state folder. Saving never loses anything: see
`be_tui.core.keeping` for a full disk, a damaged file, a second be-tui.

    store = open_store(root)                 # never raises; store.trouble says what is wrong
    store.save_walk(walk)                    # at each answer
    restored = store.restore_walk(tree)      # the walk, and the answers the tree lost
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast
from zlib import adler32, crc32

from be_tui.core.errors import InputError
from be_tui.core.keeping import Keeping, now
from be_tui.core.locations import state_dir

if TYPE_CHECKING:
    from be_tui.core.comparisons import Comparison, Stated
    from be_tui.core.decisions import Restored, Walk
    from be_tui.core.jsonform import Json
    from be_tui.core.keeping import Kept
    from be_tui.core.knowledge import Tree
    from be_tui.core.knowledge.items import Cover
    from be_tui.core.project import Profile
    from be_tui.core.reviews import Review

_LONGEST_NAME = 40

UNDOABLE = 20
"""Exports that are kept for undo; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class SavedWalk:
    """What is known of a saved walk without its tree."""

    tree: str
    version: int
    """The version of the tree that it was walked on."""

    answered: int
    """Questions answered on its path."""

    outcome: str
    """The title of its outcome; empty where it has not come to one."""

    saved: str
    """When, in UTC, as ISO 8601."""


class Store:
    """What is kept of one project; any thread may use it.

    Each method that saves raises `StateError` once for each trouble, when what it saved is in
    memory only; the session goes on, and it is written with the next change that can be.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; `open_store` knows which."""
        self._keeping = Keeping(path)

    @property
    def trouble(self) -> str:
        """Why nothing is saved, or what happened to the earlier file; empty if all is well."""
        return self._keeping.trouble

    @property
    def saved(self) -> bool:
        """Whether all that was done is in the file."""
        return not self._keeping.unsaved

    @property
    def path(self) -> Path:
        """The file."""
        return self._keeping.path

    def save_walk(self, walk: Walk) -> None:
        """Keep a walk, in place of an earlier one over the same tree."""
        from be_tui.core.decisions import walk_to_json

        outcome = walk.outcome.title if walk.outcome else ""
        value: Json = {"walk": walk_to_json(walk), "answered": len(walk.path), "outcome": outcome}
        self._keeping.put("walk", walk.tree.id, _dump(value))

    def restore_walk(self, tree: Tree) -> Restored | None:
        """Give the walk kept of a tree, with the answers that the tree has lost since."""
        from be_tui.core.decisions import walk_from_json

        kept = self._keeping.get("walk", tree.id)
        if kept is None:
            return None
        try:
            return walk_from_json(tree, _fields(kept.text).get("walk"))
        except InputError:
            # Written by a be-tui that kept walks in another way: begin anew.
            return None

    def load_walk(self, tree: Tree) -> Walk | None:
        """Give the walk kept of a tree."""
        restored = self.restore_walk(tree)
        return restored.walk if restored else None

    def forget_walk(self, tree_id: str) -> None:
        """Forget the walk kept of a tree."""
        self._keeping.drop("walk", tree_id)

    def walks(self) -> tuple[SavedWalk, ...]:
        """Give what is known of each walk kept, the latest first."""
        found = [
            _saved_walk(tree_id, _fields(kept.text), kept.saved)
            for tree_id, kept in self._keeping.all("walk").items()
        ]
        return tuple(sorted(found, key=lambda walk: walk.saved, reverse=True))

    def save_comparison(self, comparison: Comparison, stated: Stated) -> None:
        """Keep what was said about a comparison; nothing where nothing was."""
        from be_tui.core.comparisons import stated_to_json

        if stated.count:
            self._keeping.put("comparison", comparison.id, _dump(stated_to_json(stated)))
        elif self._keeping.get("comparison", comparison.id):
            self._keeping.drop("comparison", comparison.id)

    def comparison(self, comparison: Comparison) -> tuple[Stated, tuple[str, ...]]:
        """Give what was said about a comparison, and what it has no place for any more."""
        from be_tui.core.comparisons import stated_from_json

        kept = self._keeping.get("comparison", comparison.id)
        return stated_from_json(comparison, _load(kept.text) if kept else None)

    def compared(self) -> tuple[str, ...]:
        """Give the ids of the comparisons about which something was said."""
        return tuple(self._keeping.all("comparison"))

    def save_review(self, review: Review) -> None:
        """Keep what was said while a reference was held against the project."""
        from be_tui.core.reviews import review_to_json

        self._keeping.put("review", review.reference, _dump(review_to_json(review)))

    def review(self, cover: Cover) -> Review:
        """Give what was said so far; nothing said where nothing was kept."""
        from be_tui.core.reviews import review_from_json

        kept = self._keeping.get("review", cover.id)
        return review_from_json(cover, _load(kept.text) if kept else None)

    def save_profile(self, profile: Profile) -> None:
        """Keep what was stated about the project."""
        from be_tui.core.project import profile_to_json

        self._keeping.put("profile", "", profile_to_json(profile))

    def profile(self) -> Profile | None:
        """Give what was stated about the project; None where nothing was, or it cannot be read."""
        from be_tui.core.project import profile_from_json

        kept = self._keeping.get("profile", "")
        try:
            return profile_from_json(kept.text) if kept else None
        except InputError:
            return None

    def save_project(self, project: Json) -> None:
        """Keep what was found about the project, to show it before it is read again."""
        self._keeping.put("project", "", _dump(project))

    def project(self) -> Json:
        """Give what was found about the project last time; None where nothing was."""
        kept = self._keeping.get("project", "")
        return _load(kept.text) if kept else None

    def save_export(self, export: Json) -> None:
        """Keep what an export wrote, so that it can be undone, also tomorrow."""
        for name in list(self._keeping.all("export"))[: 1 - UNDOABLE]:
            self._keeping.drop("export", name)
        self._keeping.put("export", now(), _dump(export))

    def last_export(self) -> Json:
        """Give the latest export that was not undone; None where there is none."""
        kept = list(self._keeping.all("export").values())
        return _load(kept[-1].text) if kept else None

    def forget_last_export(self) -> None:
        """Forget the latest export, because it was undone; the one before is the latest then."""
        names = list(self._keeping.all("export"))
        if names:
            self._keeping.drop("export", names[-1])

    def keep_text(self, kind: str, name: str, text: str) -> None:
        """Keep a text for a capability that reads it itself."""
        self._keeping.put(kind, name, text)

    def texts(self, kind: str) -> dict[str, Kept]:
        """Give what a capability kept by name, in the order of the names."""
        return self._keeping.all(kind)

    def forget_text(self, kind: str, name: str) -> None:
        """Forget a text that a capability kept."""
        self._keeping.drop(kind, name)

    @staticmethod
    def stamp() -> str:
        """Give the time as a name: later texts come later."""
        return now()

    def settle(self) -> None:
        """Put all that was saved into the file itself, so that closing changes it no more."""
        self._keeping.settle()

    def close(self) -> None:
        """Save what is not saved yet, and let the file go.

        Raises:
            StateError: Something could not be saved and is lost now.
        """
        self._keeping.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(project_root: Path) -> Store:
    """Open what is kept of a project. Never raises: `trouble` says what is wrong."""
    return Store(store_path(project_root))


def has_store(project_root: Path) -> bool:
    """Tell whether anything is kept of a project; what may not be looked at counts as nothing."""
    # `Path.exists` raises where a folder is barred.
    return os.path.exists(store_path(project_root))  # noqa: PTH110


def store_path(project_root: Path) -> Path:
    """Give the file of a project: a name to know it by, and a hash of where it stands."""
    root = project_root.resolve()
    place = str(root).encode("utf-8", "surrogateescape")
    # Two sums tell folders of one name apart; hashlib would load a library for it at each start.
    digest = f"{crc32(place):08x}{adler32(place):08x}"
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", root.name).strip("-")[:_LONGEST_NAME] or "root"
    return Path(state_dir()) / "projects" / f"{name}-{digest}.sqlite"


def _saved_walk(tree_id: str, fields: dict[str, Json], saved: str) -> SavedWalk:
    walk = fields.get("walk")
    version = walk.get("version") if isinstance(walk, dict) else 0
    answered, outcome = fields.get("answered"), fields.get("outcome")
    return SavedWalk(
        tree_id,
        version if isinstance(version, int) else 0,
        answered if isinstance(answered, int) else 0,
        outcome if isinstance(outcome, str) else "",
        saved,
    )


def _dump(value: Json) -> str:
    # As ASCII: a folder's name may hold bytes that are no text.
    return json.dumps(value, separators=(",", ":"))


def _load(text: str) -> Json:
    try:
        return cast("Json", json.loads(text))
    except ValueError:
        return None


def _fields(text: str) -> dict[str, Json]:
    value = _load(text)
    return value if isinstance(value, dict) else {}
