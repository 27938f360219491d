"""Reads the locks that sessions of PostgreSQL hold or ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.model import LOCK_MODES, LockMode, RelationLock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.replay.relations import Relations

MODES: dict[str, LockMode] = {
    "".join(word.capitalize() for word in mode.split()) + "Lock": mode for mode in LOCK_MODES
}
"""What `pg_locks.mode` means: `AccessShareLock`."""

_WEAK_ON_INDEXES = frozenset(LOCK_MODES[: LOCK_MODES.index("ROW EXCLUSIVE") + 1])
"""Taken by whatever plans or runs a query; nobody waits for them."""

Held = frozenset[tuple[str, str]]
"""Numbers of relations with the modes in which they are held, as the server names both."""


def locks_of(relations: Relations, taken: Iterable[tuple[str, str]]) -> tuple[RelationLock, ...]:
    """Give the strongest lock on each relation that was there before, under its name of now."""
    strongest: dict[str, LockMode] = {}
    for number, mode in taken:
        word = MODES.get(mode)
        if word is None or number not in relations:
            continue
        if relations[number].kind == "index" and word in _WEAK_ON_INDEXES:
            continue
        known = strongest.get(number)
        if known is None or LOCK_MODES.index(word) > LOCK_MODES.index(known):
            strongest[number] = word
    found = ((relations[number], mode) for number, mode in strongest.items())
    return tuple(sorted(RelationLock(each.shown, mode, each.kind) for each, mode in found))
