"""A new migration taken apart into what one file each can run.

A phase is a file of its own, because a release lies between two. Where a tool cannot mix what
runs in a transaction with what must not, a phase becomes several; where it sends a file's text
at once, a statement outside of a transaction stands alone in its file. A step that works long
begins a file too, so that no lock of those before it is held meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.migrations.files.model import NewStatement, NewStep, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.files.model import NewMigration, PhaseScript
    from be_tui.core.migrations.model import FormatName

MIXING: frozenset[FormatName] = frozenset({"alembic", "liquibase", "sqitch"})
"""Formats whose one file can hold both."""

ALONE: frozenset[FormatName] = frozenset({"dbmate", "golang-migrate", "prisma", "sql", "sqlx"})
"""Formats whose tools send a file at once, which PostgreSQL makes one transaction of."""

NEVER: frozenset[FormatName] = frozenset({"drizzle"})
"""Formats that know no way out of the transaction."""


def parts_of(new: NewMigration, form: FormatName) -> tuple[Part, ...]:
    """Give what each file of a format will run, in order.

    Raises:
        InputError: The tool cannot run a statement outside of a transaction.
    """
    found: list[tuple[PhaseScript, tuple[NewStep, ...]]] = []
    for phase in new.phases:
        found += [(phase, steps) for steps in _groups(phase, form) if steps]
    parts = []
    named = len(new.phases) > 1
    for index, (phase, steps) in enumerate(found):
        of_phase = [each for each, _ in found[: index + 1]].count(phase)
        words = [new.title, phase.name if named else "", str(of_phase) if of_phase > 1 else ""]
        title = " ".join(word for word in words if word)
        outside = any(step.outside for step in steps)
        parts.append(Part(title, phase.name, steps, outside, phase.note))
    return tuple(parts)


def _groups(phase: PhaseScript, form: FormatName) -> Iterator[tuple[NewStep, ...]]:
    if form in NEVER:
        for step in phase.steps:
            _refuse(step, form)
        yield phase.steps
        return
    if form == "alembic":
        yield tuple(map(_committed, phase.steps))
        return
    for together in _transactions(phase.steps):
        yield from _of_one_kind(together, form)


def _transactions(steps: Iterable[NewStep]) -> Iterator[tuple[NewStep, ...]]:
    """Let what works long begin anew, after what takes locks."""
    together: list[NewStep] = []
    for step in steps:
        if step.apart and not all(each.outside for each in together):
            yield tuple(together)
            together = []
        together.append(step)
    yield tuple(together)


def _committed(step: NewStep) -> NewStep:
    """Let what works long run by itself: Alembic runs all its files in one transaction."""
    if not step.apart or step.outside:
        return step
    up: list[NewStatement] = []
    for each in step.up:
        patience = each.sql.startswith(_PATIENCE)
        sql = each.sql.replace("SET LOCAL", "SET", 1) if patience else each.sql
        up.append(replace(each, sql=sql, outside=True))
    if any(each.sql.startswith(_PATIENCE) for each in step.up):
        up.append(NewStatement("RESET lock_timeout", outside=True))
    return replace(step, up=tuple(up))


_PATIENCE = "SET LOCAL lock_timeout"


def _of_one_kind(found: tuple[NewStep, ...], form: FormatName) -> Iterator[tuple[NewStep, ...]]:
    if form in MIXING:
        yield found
        return
    for outside, steps in groupby(found, key=lambda step: step.outside):
        if outside and form in ALONE:
            for step in steps:
                yield from ((single,) for single in _singles(step, form))
        else:
            yield tuple(steps)


def _refuse(step: NewStep, form: FormatName) -> None:
    found = next((each for each in (*step.up, *(step.down or ())) if each.outside), None)
    if found is not None:
        first = " ".join(found.sql.split())[:60]
        message = f"{form} runs all in one transaction, in which `{first}` fails"
        raise InputError(message, hint="run that statement by hand, or plan for another format")


def _singles(step: NewStep, form: FormatName) -> Iterator[NewStep]:
    """Take a step apart until each statement has a file of its own, either way."""
    count = len(step.up)
    for index, statement in enumerate(step.up):
        # What was done last is taken back first; what is left over falls to the first.
        at = count - 1 - index
        down = None if step.down is None else step.down[at : None if index == 0 else at + 1]
        if len(down or ()) > 1 and any(each.outside for each in down or ()):
            first = " ".join(statement.sql.split())[:60]
            message = f"what takes `{first}` back cannot stand in one file of {form}"
            raise InputError(message, hint="make it a step for each statement")
        yield NewStep((statement,), down, step.lost)
