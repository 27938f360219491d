"""Hands a plan on: to a tool's files, or to a scratch database that it is tried on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl import write_schema
from be_tui.core.errors import InputError
from be_tui.core.files import FileSet, NewFile
from be_tui.core.migrations.files import write
from be_tui.core.migrations.model import Migration, Script, ScriptStatement
from be_tui.core.migrations.plan import as_migration, works_long
from be_tui.core.sqltext import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from be_tui.core.migrations.desk.model import Worked
    from be_tui.core.migrations.model import FormatName, Wrapping
    from be_tui.core.migrations.plan import Phase, Plan, Step
    from be_tui.core.migrations.plan import Statement as Planned
    from be_tui.core.migrations.replay import Trial

FOLDER = "migrations"
"""Where the files of a project go that has no migrations yet."""


def files_of(worked: Worked, title: str, form: FormatName, root: Path, at: datetime) -> FileSet:
    """Give the files of a plan, with paths relative to the project.

    Args:
        worked: What was worked out.
        title: What the migration is called, in a few words.
        form: Whose layout they are written in.
        root: The project's folder.
        at: When they are made.

    Raises:
        InputError: There is nothing to do, or the tool cannot run it.
    """
    new = as_migration(worked.plan, title)
    before = worked.wanted.before
    folder = root / FOLDER
    if before.folder and before.format == form:
        folder = root.__class__(before.folder)
    within = folder.resolve()
    try:
        inside = within.relative_to(root.resolve()).as_posix()
    except ValueError:
        hint = "its files are written by `be-tui migrate plan --out DIR`"
        raise InputError("stands outside of the project", where=str(folder), hint=hint) from None
    files = write(new, form, within, at)
    return FileSet(tuple(NewFile(f"{inside}/{each.path}", each.text) for each in files))


_SANDBOXES = {"postgresql": "postgresql", "sqlite": "sqlite"}


def trial_of(worked: Worked, rows: int) -> Trial:
    """Give a plan as migrations to be tried, on a database of this machine.

    Raises:
        InputError: There is nothing to try, or no database of the engine at hand.
    """
    from be_tui.core.migrations.replay.preparing import Trial

    plan, before = worked.plan, worked.wanted.before
    if not plan.steps:
        raise InputError("there is nothing to try")
    where = _SANDBOXES.get(plan.target.engine)
    if where is None:
        hint = "export the files and run `be-tui migrate prove DIR --engine URL`"
        raise InputError(f"{plan.target.engine} is tried on a server of yours", hint=hint)
    ddl = ";\n".join(write_schema(before.schema, before.target))
    return Trial(where, plan.target, ddl, (), tuple(_migrations(plan)), rows=rows)


def _migrations(plan: Plan) -> Iterator[Migration]:
    """Give the steps as one migration each for what runs in one transaction together."""
    number = 0
    for phase in plan.phases:
        for steps in _together(plan, phase):
            number += 1
            yield _migration(number, phase, steps, outside=steps[0].outside)


def _together(plan: Plan, phase: Phase) -> Iterator[tuple[Step, ...]]:
    """Give the steps of a phase that one transaction, or none, is for."""
    together: list[Step] = []
    for step in plan.phase(phase):
        if together and (together[-1].outside != step.outside or works_long(step, plan)):
            yield tuple(together)
            together = []
        together.append(step)
    yield tuple(together)


def _migration(number: int, phase: Phase, steps: tuple[Step, ...], *, outside: bool) -> Migration:
    title = steps[0].title if len(steps) == 1 else f"{phase}: {len(steps)} steps"
    wrapping: Wrapping = "none" if outside else "one"
    up = Script(title, tuple(_run(each for step in steps for each in step.up)), wrapping)
    downs = tuple(_run(each for step in reversed(steps) for each in step.down))
    # A step without a way back needs none: the one before takes back what both did.
    down = Script(title, downs, wrapping)
    return Migration("sql", str(number), title, title, up, down)


def _run(statements: Iterable[Planned]) -> Iterator[ScriptStatement]:
    for line, each in enumerate(statements, 1):
        yield ScriptStatement(Statement(each.sql, 0, line, 1), exact=False)
