"""What orders migrations: numbers and times at the head of names, and those that stand twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import Migration

LONGEST_NUMBER = 18
"""Digits of a version; more do not fit into the 64 bits that tools keep them in."""


def number_of(version: str) -> tuple[int, ...]:
    """Give what a version of digits, dots and underscores is ordered by."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def in_order(
    folder: Folder, migrations: Iterable[Migration], key: Callable[[Migration], object]
) -> tuple[Migration, ...]:
    """Sort migrations, and tell of versions that stand twice.

    Args:
        folder: Where findings are kept.
        migrations: In any order.
        key: What their tool orders them by; the same for two means that they clash.
    """
    # Every reader's keys are of one type; mypy cannot know.
    found = sorted(migrations, key=lambda each: (key(each), each.path))
    seen: dict[object, Migration] = {}
    for each in found:
        first = seen.setdefault(key(each), each)
        if first is not each:
            name = _relative(folder, each.path)
            message = f"has the version {each.version} of {_relative(folder, first.path)}"
            folder.find("migration-duplicate", name, message)
    return tuple(found)


def _relative(folder: Folder, path: str) -> str:
    return path.removeprefix(folder.shown("x")[:-1])
