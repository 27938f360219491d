"""The migrations of a service: all tables first, then what each change of the spec takes.

A migration is never edited: those that were generated stand as they were, and where the tables of
the spec or of its options are others now, the planner's steps become a new one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from be_tui.core.ddl import identifier, write_schema
from be_tui.core.errors import InputError
from be_tui.core.migrations.files import (
    NewMigration,
    NewStatement,
    NewStep,
    PhaseScript,
    write,
)
from be_tui.core.scaffold.reading import parse_spec
from be_tui.core.scaffold.settling import Planned
from be_tui.core.scaffold.tables import tables_of
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.migrations.diff import Question, Rename
    from be_tui.core.migrations.plan import Plan
    from be_tui.core.scaffold.manifests import Stack
    from be_tui.core.scaffold.settling import Base
    from be_tui.core.schema import Schema

    Stated = tuple[tuple[Rename, ...], frozenset[str]]

TARGET = Target("postgresql", (16,))
"""The oldest server that the generated services are for."""

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
"""When every first migration is said to be made, so that the same spec gives the same bytes."""

_FIRST_TITLE = "make the tables"


def migrations_of(
    schema: Schema,
    stack: Stack,
    before: Base | None,
    root: Path,
    at: datetime,
    stated: Stated = ((), frozenset()),
) -> tuple[Planned, ...]:
    """Give the migrations of a service.

    Args:
        schema: The tables that it is to have now.
        stack: Whose tool runs them.
        before: What was generated last; None where nothing was.
        root: The folder of the service.
        at: When a new one is made.
        stated: What is only called otherwise, and what is said to go.

    Raises:
        InputError: A probable rename is open, or the tool cannot run what is planned.
    """
    kept = tuple(_kept(stack, before))
    if before is None or not kept:
        return tuple(_written(_first(schema), stack, root / _EMPTY, _FIRST))
    if _same_tables(schema, before):
        return kept
    made = _planned(schema, before, stated)
    _refuse_open(made)
    if not made.steps:
        return kept
    from be_tui.core.migrations.plan import as_migration

    new = tuple(_written(as_migration(made, title_of(made)), stack, root, at))
    names = {each.path for each in new}
    return (*(each for each in kept if each.path not in names), *new)


def questions_of(
    schema: Schema, before: Base | None, stated: Stated = ((), frozenset())
) -> tuple[Question, ...]:
    """Give what may only be called otherwise since the last time, and must be said.

    Args:
        schema: The tables that the service is to have now.
        before: What was generated last; None where nothing was.
        stated: What was said already.
    """
    if before is None or _same_tables(schema, before):
        return ()
    return _planned(schema, before, stated).questions


def stood(before: Base) -> Schema:
    """Give the tables of the last time, with those of the options that were chosen then."""
    return tables_of(parse_spec(before.spec).service, frozenset(before.options))


def _same_tables(schema: Schema, before: Base) -> bool:
    """Tell whether the tables are those of the last time, word for word."""
    return write_schema(stood(before), TARGET) == write_schema(schema, TARGET)


def _first(schema: Schema) -> NewMigration:
    """Give the migration that makes all tables, and takes them back in one statement."""
    up = tuple(NewStatement(each) for each in write_schema(schema, TARGET))
    names = ", ".join(identifier(each.name.text, TARGET.engine) for each in reversed(schema.tables))
    step = NewStep(up, (NewStatement(f"DROP TABLE {names}"),), "all rows")
    return NewMigration(_FIRST_TITLE, (PhaseScript("", (step,)),), TARGET)


def _planned(schema: Schema, before: Base, stated: Stated) -> Plan:
    # What plans a change takes longer to load than all else; most runs need none.
    from be_tui.core.migrations.plan import plan

    return plan(stood(before), schema, TARGET, *stated)


_EMPTY = ".be-tui/none"
"""A folder in which nothing stands: the first migration is the first whatever stands elsewhere."""


def title_of(made: Plan) -> str:
    """Give what a migration is called by its first step."""
    more = len(made.steps) - 1
    return f"{made.steps[0].title}{f' and {more} more' if more else ''}"[:60]


def _kept(stack: Stack, before: Base | None) -> Iterator[Planned]:
    within = f"{stack.migrations_in}/"
    for file in before.files if before else ():
        if file.path.startswith(within):
            yield Planned(file.path, file.text)


def _written(new: NewMigration, stack: Stack, root: Path, at: datetime) -> Iterator[Planned]:
    folder = root / stack.migrations_in
    for file in write(new, stack.migrations, folder, at):
        yield Planned(f"{stack.migrations_in}/{file.path}", file.text)


def _refuse_open(made: Plan) -> None:
    if made.questions:
        said = ", ".join(str(each.rename) for each in made.questions)
        hint = "say --rename or --drop for each"
        raise InputError(f"probable renames are open: {said}", hint=hint)
