"""A decision as a record for the project: MADR 4, numbered after the records that stand there.

    files = record(walk, supports_of(walk), project, Path("docs/decisions"), date.today())
    changes = compare(files, record_root(project.root, Path("docs/decisions")))

A record tells the path, what was measured and where, what was assumed and what would change
the outcome; a JSON block at its end tells the same to a program.
"""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.decisions.proposing import proposal, support
from be_tui.core.errors import InputError
from be_tui.core.files import FileSet, NewFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from be_tui.core.decisions.madr import Earlier
    from be_tui.core.decisions.model import Support
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Question
    from be_tui.core.project import Project

_NUMBERED = re.compile(r"(?:adr[-_ ]?)?([0-9]{1,6})(?=[-_. ])", re.IGNORECASE)
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}")
_DIGITS = 4
_LONGEST_NAME = 60
_GIT_SECONDS = 2.0
_LARGEST = 2_000_000
"""Bytes of a record that is looked into for the decision it tells."""


def record(
    walk: Walk,
    supports: Sequence[Support],
    project: Project,
    folder: Path,
    today: date,
    *,
    decision_makers: Sequence[str] = (),
) -> FileSet:
    """Give the record of a finished walk as a file to be.

    Args:
        walk: A walk that came to an outcome.
        supports: What evidence supported, as `supports_of` gives it.
        project: The project that is decided about.
        folder: Where records stand; relative to the project's root unless absolute.
        today: The date of the decision.
        decision_makers: Who decided.

    Raises:
        InputError: The walk has no outcome, or the folder cannot be read.
    """
    if walk.outcome is None:
        asked = walk.question.id if walk.question else ""
        raise InputError(
            f"{walk.tree.id} has come to no outcome yet, so there is nothing to record",
            hint=f"answer {asked} first",
        )
    from be_tui.core.decisions.madr import madr

    earlier = earlier_record(walk, _place(project.root, folder))
    text = madr(walk, supports, project, today, decision_makers, earlier)
    title = f"{walk.tree.title} {walk.outcome.title}"
    return filed(project.root, folder, title, text, walk.tree.id)


def filed(root: Path, folder: Path, title: str, text: str, otherwise: str) -> FileSet:
    """Give a record as a file to be, numbered after those that stand in the folder.

    Args:
        root: The project's root.
        folder: Where records stand; relative to the root unless absolute.
        title: What to name the file after.
        text: The record.
        otherwise: Its name where the title has no letters that a file's name may have.

    Raises:
        InputError: The folder cannot be read.
    """
    place = _place(root, folder)
    name = f"{next_number(_names_in(place))}-{_slug(title) or otherwise}.md"
    inside = os.path.relpath(place, record_root(root, folder))
    path = name if inside == "." else f"{Path(inside).as_posix()}/{name}"
    return FileSet((NewFile(path, text),))


def earlier_record(walk: Walk, folder: Path) -> Earlier | None:
    """Give the latest record of the same tree in a folder; None where there is none."""
    from be_tui.core.decisions.carrying import outcome_since
    from be_tui.core.decisions.madr import Earlier
    from be_tui.core.decisions.rechecking import decisions_in

    numbered = [(match[1], name) for name in _names_in(folder) if (match := _NUMBERED.match(name))]
    latest_first = sorted(numbered, key=lambda each: (int(each[0]), each[1]), reverse=True)
    for _, name in latest_first:
        for each in decisions_in(_text(folder / name)):
            if isinstance(each, InputError) or each.tree != walk.tree.id:
                continue
            outcome = outcome_since(walk.tree, each.outcome, each.version)
            found = walk.tree.find_outcome(outcome)
            return Earlier(name, outcome, found.title if found else each.outcome)
    return None


def _text(path: Path) -> str:
    """Give the text of a record; nothing where it cannot be read, or is no record by its size."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def record_root(root: Path, folder: Path) -> Path:
    """Give the folder that the paths of a record are relative to.

    The project's root, where the records stand within it; else the records' own folder.
    """
    root, place = _place(root, Path()), _place(root, folder)
    return root if place.is_relative_to(root) else place


def supports_of(walk: Walk) -> tuple[Support, ...]:
    """Give what evidence comes to for each question of the path, and all that it rests on."""
    return tuple(each for step in walk.path for each in _supports(walk, step.question))


def _supports(walk: Walk, question: Question) -> Iterator[Support]:
    found = proposal(question, walk.evidence)
    if found:
        yield found
    if question.kind == "several":
        yield from support(question, walk.evidence)


def deciders(root: Path) -> tuple[str, ...]:
    """Give who decides, as far as git knows: the name that commits here would carry."""
    command = ["git", "-C", str(root), "config", "user.name"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ()
    name = done.stdout.strip()
    return (name,) if name else ()


def next_number(names: Iterable[str]) -> str:
    """Give the number after the highest one in use, as wide as that one; gaps stay gaps."""
    found = [
        match[1] for name in names if not _DATED.match(name) and (match := _NUMBERED.match(name))
    ]
    highest = max(found, key=int, default="0" * _DIGITS)
    return str(int(highest) + 1).zfill(len(highest))


def _names_in(folder: Path) -> list[str]:
    try:
        return [each.name for each in folder.iterdir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise InputError(reason, where=str(folder), hint="name a folder for the record") from None


def _place(root: Path, folder: Path) -> Path:
    # Not resolved: a link out of the project has to be seen by whoever writes there.
    return Path(os.path.abspath(root / folder))  # noqa: PTH100


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _LONGEST_NAME:
            break
        slug = longer
    return slug or "".join(words)[:_LONGEST_NAME]
