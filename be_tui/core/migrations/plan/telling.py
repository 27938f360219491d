"""Tells of each statement of a plan what it does to a database in use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.effects import effects_of
from be_tui.core.schema import open_state
from be_tui.core.sqltext import Statement as Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.plan.model import Statement, Step
    from be_tui.core.schema import Schema, SchemaState
    from be_tui.core.sqltext import Target


def told(steps: Iterable[Step], before: Schema, target: Target) -> Iterator[Step]:
    """Give steps whose statements say what they lock, write, read and break.

    Args:
        steps: In the order in which they are run.
        before: The schema before the first.
        target: The engine.
    """
    state = open_state(target, before)
    for step in steps:
        yield replace(step, up=tuple(_told(each, state, target) for each in step.up))


def _told(statement: Statement, state: SchemaState, target: Target) -> Statement:
    written = Written(statement.sql, 0, 1, 1)
    effects = effects_of(written, state, target, not statement.outside)
    state.apply(written)
    if statement.outside:
        # What fails in a transaction only does not fail here.
        failures = tuple(each for each in effects.failures if each.kind != "in transaction")
        effects = replace(effects, failures=failures)
    return replace(statement, effects=effects)
