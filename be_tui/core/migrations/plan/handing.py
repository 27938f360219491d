"""Hands a plan on to the writers of migrations, a file set a phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.files import NewMigration, NewStatement, NewStep, PhaseScript
from be_tui.core.migrations.plan.model import PHASE_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.plan.model import Plan, Statement, Step


def as_migration(plan: Plan, title: str) -> NewMigration:
    """Give a plan as a migration that each tool's files can hold.

    Raises:
        InputError: There is nothing to do, or no title.
    """
    several = len(plan.phases) > 1
    phases = tuple(
        PhaseScript(
            name=phase if several else "",
            steps=tuple(_step(each, apart=works_long(each, plan)) for each in plan.phase(phase)),
            note=PHASE_NOTES[phase] if several else "",
        )
        for phase in plan.phases
    )
    return NewMigration(title, phases, plan.target)


def works_long(step: Step, plan: Plan) -> bool:
    """Tell whether a step works on rows, and so is not to share a transaction with locks before it.

    Elsewhere than on PostgreSQL no statement shares one, or all must.
    """
    if plan.options.direct or plan.target.engine != "postgresql":
        return False
    return any(each.effects is not None and each.effects.work for each in step.up)


def _step(step: Step, *, apart: bool) -> NewStep:
    """Give a step; one that nothing needs to take back has an empty way back, not none."""
    return NewStep(_statements(step.up), _statements(step.down), step.lost, apart)


def _statements(found: Iterable[Statement]) -> tuple[NewStatement, ...]:
    return tuple(NewStatement(each.sql, each.outside, each.comment) for each in found)
