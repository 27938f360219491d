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
            steps=tuple(_step(each) for each in plan.phase(phase)),
            note=PHASE_NOTES[phase] if several else "",
        )
        for phase in plan.phases
    )
    return NewMigration(title, phases, plan.target)


def _step(step: Step) -> NewStep:
    """Give a step; one that nothing needs to take back has an empty way back, not none."""
    return NewStep(_statements(step.up), _statements(step.down), step.lost)


def _statements(found: Iterable[Statement]) -> tuple[NewStatement, ...]:
    return tuple(NewStatement(each.sql, each.outside, each.comment) for each in found)
