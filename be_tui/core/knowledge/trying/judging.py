"""Holds what was seen of an example against what it says that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.knowledge.trying.playing import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.items import Shows
    from be_tui.core.knowledge.trying.playing import Played

_LONGEST = 300
"""Characters of what was seen that are shown."""


def asked_by(shows: Shows) -> Asked:
    """Give what to look at to judge by."""
    plan = bool(shows.plan or shows.plan_without)
    runs = shows.works or shows.fails or shows.waits or shows.locks
    only_plan = plan and not runs and shows.rows is None and shows.value is None
    return Asked(plan, bool(shows.locks), only_plan, shows.waits)


def misses(shows: Shows, seen: Played, part: str = "text") -> Iterator[str]:
    """Say what was expected and not seen, each with what was seen instead.

    Args:
        shows: What was expected.
        seen: What was seen.
        part: The part of the example in which a statement before the last broke.
    """
    if seen.broke is not None:
        yield f"line {seen.broke.line} of the {part} fails: {_short(seen.error)}"
        return
    if shows.waits:
        if not seen.waited:
            yield f"expected that the last statement waits for a lock; {_went(seen)}"
        return
    if shows.fails:
        if shows.fails.lower() not in seen.error.lower():
            yield f"expected an error with `{shows.fails}`; {_went(seen)}"
        return
    if seen.error:
        yield f"expected that the last statement works; {_went(seen)}"
        return
    yield from _missed_rows(shows, seen)
    if shows.plan and shows.plan not in seen.plan:
        yield f"expected a plan with `{shows.plan}`; seen:\n{seen.plan}"
    if shows.plan_without and shows.plan_without in seen.plan:
        yield f"expected a plan without `{shows.plan_without}`; seen:\n{seen.plan}"
    if shows.locks and _plain(shows.locks) not in {_plain(mode) for mode in _modes(seen)}:
        held = ", ".join(_modes(seen)) or "none"
        yield f"expected the lock {shows.locks} on a table; held: {held}"


def _missed_rows(shows: Shows, seen: Played) -> Iterator[str]:
    if shows.rows is not None and shows.rows != seen.rows.count:
        yield f"expected {shows.rows} rows; {_went(seen)}"
    if shows.value is not None:
        found = seen.rows.value if seen.rows.rows else None
        if (found if found is not None else "NULL") != shows.value or not seen.rows.rows:
            yield f"expected the value `{shows.value}`; {_went(seen)}"


def _went(seen: Played) -> str:
    """Tell what the last statement did."""
    if seen.error:
        return f"it failed: {_short(seen.error)}"
    if not seen.rows.columns:
        return f"it worked and changed {seen.rows.count} rows"
    if not seen.rows.rows:
        return "it gave no row"
    first = ", ".join("NULL" if cell is None else cell for cell in seen.rows.rows[0])
    return f"it gave {seen.rows.count} rows, the first: {_short(first)}"


def _modes(seen: Played) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(lock.mode for lock in seen.locks if lock.kind == "table" and lock.granted)
    )


def _plain(mode: str) -> str:
    """Give `accessexclusive` for `ACCESS EXCLUSIVE` and for `AccessExclusiveLock`."""
    return mode.replace(" ", "").lower().removesuffix("lock")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
