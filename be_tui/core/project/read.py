"""Reads what a project is made of, cheaply: manifests, names of files, counts of lines."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.evidence import Fact
from be_tui.core.project.background import Background
from be_tui.core.project.cancel import Cancel
from be_tui.core.project.checkout import Checkout, shown
from be_tui.core.project.history import count_people
from be_tui.core.project.languages import BY_NAME, OF_ECOSYSTEM, source_files
from be_tui.core.project.model import TRAIT_KINDS, Project, Size, Trait
from be_tui.core.project.probe import NoAnswer
from be_tui.core.project.scan import count_lines
from be_tui.core.project.stack import read_stack

if TYPE_CHECKING:
    from pathlib import Path

MOST_LANGUAGES = 5
"""Languages told; the rest is a rounding error."""

LEAST_SHARE = 0.01


def read_project(root: Path, cancel: Cancel | None = None) -> Project:
    """Read one folder.

    Raises:
        InputError: The root is no folder.
        Cancelled: The cancel was set.
    """
    if not root.is_dir():
        raise InputError("no such folder", where=str(root))
    root, cancel = root.resolve(), cancel or Cancel()
    counting = Background(lambda own: count_people(root, own), cancel)
    try:
        project = _read_files(root, cancel)
    except OSError as error:
        trouble = f"the folder cannot be read: {error.strerror}"
        project = Project(root, root.name, read=_now(), trouble=(trouble,))
    except BaseException:
        counting.close()
        raise
    people, trouble = None, ""
    try:
        people = counting.result()
    except NoAnswer as reason:
        trouble = f"contributors: {reason}"
    return Project(
        root,
        project.name,
        project.traits,
        project.size,
        people,
        project.read,
        (*project.trouble, *filter(None, [trouble])),
    )


def _read_files(root: Path, cancel: Cancel) -> Project:
    # What changes while it is being read may be missed: it was read when that began.
    began = _now()
    checkout = Checkout(root, cancel)
    stack = read_stack(checkout)
    languages, size = _languages(checkout, OF_ECOSYSTEM.get(stack.ecosystem, ()))
    order = {kind: place for place, kind in enumerate(TRAIT_KINDS)}
    traits = sorted((*languages, *stack.traits), key=lambda trait: order[trait.kind])
    name = stack.name or root.name or str(root)
    return Project(root, shown(name), tuple(traits), size, None, began, stack.trouble)


def _languages(checkout: Checkout, main: tuple[str, ...]) -> tuple[tuple[Trait, ...], Size]:
    """Count lines by language; the one that the service is written in is told first.

    Args:
        checkout: The files.
        main: The languages that the first framework is for.
    """
    lines: Counter[str] = Counter()
    longest: dict[str, tuple[int, str]] = {}
    files = 0
    for source in source_files(checkout):
        checkout.cancel.check()
        data = checkout.read(source.path, keep=False)
        if data is None:
            continue
        files += 1
        count, name = count_lines(data), source.language.name
        lines[name] += count
        if not source.is_test:
            longest[name] = max(longest.get(name, (0, "")), (count, source.path))
    total = sum(lines.values())
    ranked = sorted(lines, key=lambda name: (name not in main, BY_NAME[name].helper, -lines[name]))
    told = [name for name in ranked if lines[name] >= total * LEAST_SHARE][:MOST_LANGUAGES]
    traits = (
        Trait(
            "language",
            name,
            f"{100 * lines[name] / total:.0f} % of lines" if total else "",
            _longest_fact(longest.get(name)),
        )
        for name in told
    )
    return tuple(traits), Size(files, total, checkout.bounded)


def _longest_fact(longest: tuple[int, str] | None) -> tuple[Fact, ...]:
    if longest is None:
        return ()
    return (Fact(f"the longest file has {longest[0]} lines", shown(longest[1])),)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
