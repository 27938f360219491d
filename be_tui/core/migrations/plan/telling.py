"""Tells of each statement of a plan what it does to a database in use."""

from __future__ import annotations

import re
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
        up = tuple(_told(each, state, target) for each in step.up)
        kept = _put_in_place(step)
        yield replace(step, up=tuple(_without_own(each, before, kept) for each in up))


_PUT = re.compile(
    r'(?:RENAME\s+COLUMN\s+\S+\s+TO|^CREATE\s+VIEW)\s+(?:[^"\s.]+\.)?"?(?P<name>[^"\s;,]+)', re.I
)


def _put_in_place(step: Step) -> frozenset[str]:
    """Give the columns and tables that something else comes in the place of in the same step."""
    found = (_PUT.finditer(each.sql) for each in step.up)
    return frozenset(match["name"].casefold() for matches in found for match in matches)


def _without_own(statement: Statement, before: Schema, kept: frozenset[str]) -> Statement:
    """Leave out what no code knows, made by the plan itself, and what goes on under its name."""
    effects = statement.effects
    if effects is None or not effects.breaks:
        return statement
    breaks = tuple(
        each
        for each in effects.breaks
        if _was_there(each.target, before) and each.target.rpartition(".")[2].casefold() not in kept
    )
    return replace(statement, effects=replace(effects, breaks=breaks))


def _was_there(target: str, before: Schema) -> bool:
    """Tell whether code can know a column, table or function: whether it was there at first."""
    owner, _, name = target.rpartition(".")
    namespace, _, last = owner.rpartition(".")
    table = before.table(last, namespace) if owner else None
    if table is not None:
        return table.column(name) is not None
    named = {each.name for each in before.routines}
    named |= {each.name.text for each in before.tables}
    named |= {each.name.text for each in before.views}
    named |= {each.name for each in before.enumerations}
    named |= {each.name for each in before.domains}
    named |= {each.name for each in before.sequences}
    return bool(owner) or name.casefold() in {each.casefold() for each in named}


def _told(statement: Statement, state: SchemaState, target: Target) -> Statement:
    written = Written(statement.sql, 0, 1, 1)
    effects = effects_of(written, state, target, not statement.outside)
    state.apply(written)
    if statement.outside:
        # What fails in a transaction only does not fail here.
        failures = tuple(each for each in effects.failures if each.kind != "in transaction")
        effects = replace(effects, failures=failures)
    return replace(statement, effects=effects)
