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


def locks_of(
    relations: Relations, held: Iterable[tuple[str, str]], before: Iterable[tuple[str, str]] = ()
) -> tuple[RelationLock, ...]:
    """Give the strongest lock on each relation that was there before, under its name of now.

    Args:
        relations: Those that were there.
        held: The locks that are held now.
        before: Those that were held already; what is not stronger than these is left out.
    """
    known = _strongest(relations, before)
    return tuple(
        sorted(
            RelationLock(relations[number].shown, LOCK_MODES[rank], relations[number].kind)
            for number, rank in _strongest(relations, held).items()
            if rank > known.get(number, -1)
        )
    )


def _strongest(relations: Relations, held: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Give the rank of the strongest lock on each relation."""
    found: dict[str, int] = {}
    for number, mode in held:
        word = MODES.get(mode)
        if word is None or number not in relations:
            continue
        if relations[number].kind == "index" and word in _WEAK_ON_INDEXES:
            continue
        found[number] = max(found.get(number, -1), LOCK_MODES.index(word))
    return found
