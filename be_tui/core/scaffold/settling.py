"""Generated files held against what a person made of those generated before.

Beside the files stands a base: what was generated last, file by file. With it, a file that nobody
touched is brought up to date, one that was edited is merged, one that was deleted stays deleted,
and what cannot be merged is told. Without git, and before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.errors import InputError
from be_tui.core.files import FileSet, NewFile, compare, merge
from be_tui.core.files.paths import fault_of
from be_tui.core.jsonform import list_in, mapping_in, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from be_tui.core.files import Change

BASE = ".be-tui/scaffold.json"
"""Where the base stands, in the folder of the service; it belongs into git."""

_VERSION = 1
_LARGEST = 64_000_000

Owner = Literal["generated", "yours"]
"""Who a file belongs to once it is there: `yours` is written once and never touched again."""

State = Literal[
    "new", "same", "updated", "merged", "conflict", "kept", "deleted", "yours", "taken", "left"
]
"""How a file stands: `taken` is one that somebody else wrote where a new one should go, `kept` an
edited one of which nothing new was generated, `left` one that is generated no more."""

WRITTEN: frozenset[State] = frozenset({"new", "updated", "merged"})
"""What is written unless a person says otherwise."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One file that was generated now."""

    path: str
    text: str
    owner: Owner = "generated"


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A conflict that was shown. Once the file is another than it was then, it is settled."""

    path: str
    text: str
    """What was generated."""

    stood: str
    """The digest of what stood there."""


@dataclass(frozen=True, slots=True)
class Base:
    """What was generated last."""

    stack: str
    options: tuple[str, ...]
    spec: str
    """The text of the spec."""

    files: tuple[NewFile, ...]
    """As they were generated, whatever became of them; before a conflict, where one is open."""

    unsettled: tuple[Unsettled, ...] = ()

    def text(self, path: str, stands: str = "") -> str | None:
        """Give the text that a file was made from; None for one that was not generated.

        Args:
            path: The file.
            stands: What it holds now, which tells whether a conflict was settled.
        """
        shown = next((each for each in self.unsettled if each.path == path), None)
        if shown and shown.stood != digest(stands):
            return shown.text
        return next((file.text for file in self.files if file.path == path), None)


@dataclass(frozen=True, slots=True)
class Settled:
    """How one file stands, and what it would be."""

    path: str
    state: State
    text: str = ""
    """What would be written; with marks around each conflict."""

    conflicts: int = 0

    @property
    def written(self) -> bool:
        """Tell whether it is written unless a person says otherwise."""
        return self.state in WRITTEN

    @property
    def sha256(self) -> str:
        """Give the digest of what would be written."""
        return digest(self.text)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How all files stand."""

    files: tuple[Settled, ...]
    base: NewFile
    """The base to be, which is written with the files."""

    @property
    def file_set(self) -> FileSet:
        """Give the files that may be written, the base last."""
        changed = [each for each in self.files if each.state in {*WRITTEN, "conflict", "taken"}]
        return FileSet((*(NewFile(each.path, each.text) for each in changed), self.base))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Give the paths that are replaced unless a person says otherwise."""
        return (*(each.path for each in self.files if each.written), BASE)


def read_base(root: Path) -> Base | None:
    """Read what was generated last into a folder; None where nothing was.

    Raises:
        InputError: The base is damaged.
    """
    path = root / BASE
    try:
        found = path.stat()
        # A pipe would keep the reader waiting: look before opening.
        if not stat.S_ISREG(found.st_mode):
            raise InputError("is no file", where=str(path), hint="remove it to begin anew")
        if found.st_size > _LARGEST:
            raise InputError("is too large to be a base", where=str(path))
        return _decoded(json.loads(path.read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError(message, where=str(path)) from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "take it from git as it was, or remove it to begin anew"
        raise InputError(f"is damaged ({error})", where=str(path), hint=hint) from None


def write_base(base: Base) -> NewFile:
    """Give the file that a base is kept in, the same for the same base."""
    files = {file.path: file.text for file in sorted(base.files, key=lambda each: each.path)}
    value = {
        "version": _VERSION,
        "stack": base.stack,
        "options": list(base.options),
        "spec": base.spec,
        "files": files,
        "unsettled": {each.path: [each.text, each.stood] for each in base.unsettled},
    }
    return NewFile(BASE, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def settle(
    planned: Iterable[Planned], before: Base | None, now: Base, root: Path | str
) -> Settlement:
    """Hold generated files against a folder.

    Args:
        planned: What was generated now.
        before: What was generated last; None where nothing was.
        now: The base to be, whose files are left out: they are those of `planned`.
        root: The folder; it need not exist.

    Raises:
        InputError: The folder is none, or a path leads out of it.
    """
    plans = tuple(planned)
    wanted = FileSet(tuple(NewFile(each.path, each.text) for each in plans))
    changes = {change.path: change for change in compare(wanted, root)}
    pairs = [(each, _settled(each, changes[each.path], before)) for each in plans]
    names = {each.path for each in plans}
    left = [file.path for file in (before.files if before else ()) if file.path not in names]
    base = Base(
        stack=now.stack,
        options=now.options,
        spec=now.spec,
        files=tuple(_remembered(*pair, changes, before) for pair in pairs if _is_ours(*pair)),
        unsettled=tuple(
            Unsettled(plan.path, plan.text, digest(changes[plan.path].before))
            for plan, settled in pairs
            if settled.state == "conflict"
        ),
    )
    files = (*(settled for _, settled in pairs), *(Settled(path, "left") for path in left))
    return Settlement(files, write_base(base))


def _is_ours(plan: Planned, settled: Settled) -> bool:
    """Tell whether a file is known from now on; one that somebody else wrote is told each time."""
    return settled.state != "taken" or plan.owner == "yours"


def _remembered(
    plan: Planned, settled: Settled, changes: Mapping[str, Change], before: Base | None
) -> NewFile:
    """Give what a file is to be merged from next time: while a conflict is open, as this time."""
    if settled.state == "conflict" and before:
        return NewFile(plan.path, before.text(plan.path, changes[plan.path].before) or "")
    return NewFile(plan.path, plan.text)


def _settled(plan: Planned, change: Change, before: Base | None) -> Settled:
    base = before.text(plan.path, change.before) if before else None
    if change.status == "new":
        return Settled(plan.path, "new" if base is None else "deleted", plan.text)
    if change.status == "same":
        return Settled(plan.path, "same", plan.text)
    if plan.owner == "yours":
        # What stood there before the first time is told once.
        return Settled(plan.path, "taken" if base is None else "yours", plan.text)
    if change.status == "conflict" or base is None:
        return Settled(plan.path, "taken", plan.text)
    if change.before == base:
        return Settled(plan.path, "updated", plan.text)
    if plan.text == base:
        return Settled(plan.path, "kept", change.before)
    merged = merge(base, change.before, plan.text)
    found = len(merged.conflicts)
    text = merged.text("yours", "generated before", "generated now")
    if text == change.before:
        return Settled(plan.path, "kept", text)
    return Settled(plan.path, "conflict" if found else "merged", text, found)


def digest(text: str) -> str:
    """Give the SHA-256 of a file's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _decoded(value: object) -> Base:
    fields = mapping_in(value)
    if fields["version"] != _VERSION:
        raise ValueError(f"version {fields['version']} of another be-tui")
    files = []
    for path, text in mapping_in(fields["files"]).items():
        fault = fault_of(path)
        if fault:
            raise ValueError(f"{path!r} {fault}")
        files.append(NewFile(path, text_in(text)))
    unsettled = []
    for path, found in mapping_in(fields["unsettled"]).items():
        text, stood = list_in(found)
        unsettled.append(Unsettled(path, text_in(text), text_in(stood)))
    return Base(
        stack=text_in(fields["stack"]),
        options=tuple(text_in(each) for each in list_in(fields["options"])),
        spec=text_in(fields["spec"]),
        files=tuple(files),
        unsettled=tuple(unsettled),
    )
