"""Makes a plan of two schemas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import carry, diff, tables
from be_tui.core.migrations.plan.at_once import why_noted
from be_tui.core.migrations.plan.direct import direct_steps
from be_tui.core.migrations.plan.model import Options, Plan
from be_tui.core.migrations.plan.online import online_steps, with_ways
from be_tui.core.migrations.plan.scene import Scene
from be_tui.core.migrations.plan.speaking import speaker
from be_tui.core.migrations.plan.telling import told
from be_tui.core.migrations.plan.words import title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from be_tui.core.migrations.diff import Rename
    from be_tui.core.migrations.plan.model import Statement, Step
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target


def plan(
    before: Schema,
    after: Schema,
    target: Target,
    renames: Iterable[Rename] = (),
    dropped: Collection[str] = (),
    options: Options = Options(),  # noqa: B008 (frozen)
) -> Plan:
    """Give the steps from one schema to another.

    Args:
        before: The schema as it is.
        after: The schema as it is to be.
        target: The engine, with its version where that is known.
        renames: What is only called otherwise.
        dropped: Tables and columns that are said to go: nobody asks about them.
        options: How the plan is to be made.

    Raises:
        InputError: A rename names what is not there.
    """
    stated = tuple(renames)
    changes = diff(before, after, target, stated, dropped)
    speaking = speaker(before, after, target, stated)
    carried, _ = carry(before, stated, after)
    scene = Scene(carried, after, speaking, changes.changes, options)
    steps = tuple(told(_steps(scene), before, target))
    if target.is_mysql:
        steps = _views_back_last(steps)
    if target.is_mysql and not options.direct:
        steps = tuple(with_ways(steps, carried))
    if target.engine != "postgresql" and not options.direct:
        steps = tuple(_with_renames_noted(steps, scene))
    return Plan(
        target, steps, changes.changes, changes.questions, changes.held, changes.remarks, options
    )


_REPLACED = "CREATE OR REPLACE VIEW"


def _views_back_last(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Let views be as they were once all of the way back is done: they name columns of before."""
    back: list[Statement] = []
    kept: list[Step] = []
    for step in steps:
        replaced = kept and all(each.sql.startswith(_REPLACED) for each in (*step.up, *step.down))
        if replaced and step.down:
            back = [*step.down, *back]
        kept.append(replace(step, down=()) if replaced else step)
    if back:
        kept[0] = replace(kept[0], down=(*kept[0].down, *back))
    return tuple(kept)


_AT_ONCE = why_noted("both names are kept known on PostgreSQL only")


def _with_renames_noted(steps: Iterable[Step], scene: Scene) -> Iterator[Step]:
    """Say of renames what they do to running code."""
    kinds = (tables.TableRenamed, tables.ColumnRenamed)
    renames = {title(each) for each in scene.changes if isinstance(each, kinds)}
    for step in steps:
        notes = (_AT_ONCE, *step.notes) if step.title in renames else step.notes
        yield replace(step, notes=notes)


def _steps(scene: Scene) -> Iterator[Step]:
    """Give the steps in the form that is asked for and that the engine has."""
    if scene.options.direct:
        return direct_steps(scene.changes, scene.speaker, scene.before, scene.after)
    if scene.target.engine == "postgresql":
        from be_tui.core.migrations.plan.phased import phased_steps

        return phased_steps(scene)
    return online_steps(scene)
