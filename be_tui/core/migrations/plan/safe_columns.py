"""Columns added, dropped and altered while the table is in use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import alter
from be_tui.core.migrations.plan.backfill import backfill, batch_key, task_name
from be_tui.core.migrations.plan.losses import lost
from be_tui.core.migrations.plan.model import Step
from be_tui.core.migrations.plan.safe_constraints import forbid_null
from be_tui.core.migrations.plan.scene import constant, fills_itself
from be_tui.core.migrations.plan.shadow import exchange, why_not
from be_tui.core.migrations.plan.widening import widens
from be_tui.core.migrations.plan.words import title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.diff import tables
    from be_tui.core.migrations.plan.model import Phase
    from be_tui.core.migrations.plan.scene import Scene
    from be_tui.core.schema import Column

_REWRITES = "It writes the whole table anew while nobody reads or writes it."


def add_column(change: tables.ColumnAdded, scene: Scene) -> Iterator[Step]:
    """Give the steps that add a column."""
    column = change.column
    down = scene.waiting(scene.speaker.back((change,)))
    stored = column.generated and not column.virtual
    if stored or column.auto or _constrained(column, scene):
        notes: tuple[str, ...] = (_REWRITES,)
        if stored and scene.target.since(18):
            notes = (_REWRITES, "VIRTUAL in the place of STORED would cost nothing.")
        yield Step(
            "expand",
            title(change),
            scene.waiting(scene.speaker.say(change)),
            down,
            notes=notes,
            retry=True,
        )
        return
    volatile = bool(column.default) and not constant(column.default)
    required = not column.nullable and column.not_null_valid
    if not volatile and (not required or column.default):
        up = scene.waiting(scene.speaker.say(change))
        yield Step("expand", title(change), up, down, retry=True)
        return
    yield from _filled(change, scene, volatile=volatile, required=required)


def _constrained(column: Column, scene: Scene) -> bool:
    """Tell whether a column is of a domain with conditions: PostgreSQL then writes all rows."""
    name = column.type.name.rpartition(".")[2].strip('"')
    return any(each.name == name and each.constrained for each in scene.after.domains)


def _filled(
    change: tables.ColumnAdded, scene: Scene, *, volatile: bool, required: bool
) -> Iterator[Step]:
    """Add a column empty, fill it in batches, and only then forbid NULL."""
    column, table = change.column, change.table
    empty = replace(column, nullable=True, default="" if volatile else column.default)
    up = list(scene.speaker.say(replace(change, column=empty)))
    name = scene.namer.of(column)
    if volatile:
        start = f"{alter(table, scene.namer)} ALTER COLUMN {name}"
        up.append(f"{start} SET DEFAULT {column.default}")
    down = scene.waiting(scene.speaker.back((change,)))
    yield Step("expand", title(change), scene.waiting(up), down, retry=True)
    if volatile:
        task = task_name(table, column.name.folded)
        rows = backfill(scene, table, task, f"{name} = {column.default}", f"{name} IS NULL")
        says = f"fill {table.name.text}.{column.name.text} in the rows that there are"
        leaves = "It keeps what it has done; run it again to go on."
        yield Step("backfill", says, rows, leaves=leaves)
    if required:
        # With a default old code writes no NULL, so nothing needs to wait for it.
        phase: Phase = "backfill" if volatile else "contract"
        for step in forbid_null(table, column, scene, phase):
            more = () if volatile else (_FILL,)
            yield replace(step, notes=(*step.notes, *more))


_FILL = "Nobody but you knows what rows that there are should hold: fill them before."


def drop_column(change: tables.ColumnDropped, scene: Scene) -> Iterator[Step]:
    """Give the steps that drop a column once no code names it."""
    column, table = change.column, change.table
    key = table.primary_key
    if not fills_itself(column) and not (key and column.name.folded in key.columns):
        start = f"{alter(table, scene.namer)} ALTER COLUMN {scene.namer.of(column)}"
        yield Step(
            "expand",
            f"let {table.name.text}.{column.name.text} be left out",
            scene.waiting((f"{start} DROP NOT NULL",)),
            scene.waiting((f"{start} SET NOT NULL",)),
            notes=("New code says nothing of it, and its rows must be taken all the same.",),
            retry=True,
        )
        column = replace(column, nullable=True)
        change = replace(change, column=column)
    yield Step(
        "contract",
        title(change),
        scene.waiting(scene.speaker.say(change)),
        scene.waiting(scene.speaker.back((change,))),
        lost=lost((change,)),
        notes=("Code that still names it fails from then on.",),
        retry=True,
    )


def change_type(change: tables.TypeChanged, scene: Scene, widening: Phase) -> Iterator[Step]:
    """Give the steps that change a column's type.

    Args:
        change: The change.
        scene: What the plan is made in view of.
        widening: When a type is changed that needs no row written.
    """
    up = scene.waiting(scene.speaker.say(change))
    down = scene.waiting(scene.speaker.back((change,)))
    gone = lost((change,))
    notes: tuple[str, ...]
    if widens(change.before, change.after):
        notes = ("No row is written: the new type holds the old values as they are.",)
        yield Step(widening, title(change), up, down, gone, notes, retry=True)
        return
    if scene.rebuilds_types:
        yield Step("expand", title(change), up, down, gone, (_REWRITES,), retry=True)
        return
    reason = why_not(change, scene)
    if not reason:
        yield from exchange(change, scene)
        return
    notes = (_REWRITES, f"A second column in its place is no way here: {reason}.")
    yield Step("contract", title(change), up, down, gone, notes, retry=True)


def change_nullability(change: tables.NullabilityChanged, scene: Scene) -> Iterator[Step]:
    """Give the steps that allow or forbid NULL."""
    if change.after.nullable or not change.after.not_null_valid:
        phase: Phase = "expand" if change.after.nullable else "contract"
        up = scene.waiting(scene.speaker.say(change))
        down = scene.waiting(scene.speaker.back((change,)))
        notes = ("Code that reads it must know NULL.",) if change.after.nullable else ()
        yield Step(phase, title(change), up, down, notes=notes, retry=True)
        return
    column, table = change.after, change.table
    if change.before.nullable and column.default and batch_key(table):
        name = scene.namer.of(column)
        task = task_name(table, column.name.folded)
        rows = backfill(scene, table, task, f"{name} = {column.default}", f"{name} IS NULL")
        says = f"fill {table.name.text}.{column.name.text} where it is NULL, with its default"
        yield Step(
            "contract",
            says,
            rows,
            lost="which rows had NULL",
            leaves="It keeps what it has done; run it again to go on.",
        )
    yield from forbid_null(table, column, scene, "contract")
