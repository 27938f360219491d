"""Renames that running code survives: both names are known until no code says the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl import alter, held, identifier, type_sql
from be_tui.core.migrations.diff import tables
from be_tui.core.migrations.plan.backfill import backfill, batch_key, task_name
from be_tui.core.migrations.plan.model import Step
from be_tui.core.migrations.plan.words import title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.plan.scene import Scene


def seen_by_both(change: tables.TableRenamed, scene: Scene) -> Iterator[Step]:
    """Give the steps that rename a table and leave a view of the old name, which takes writes."""
    namer = scene.namer
    old = namer.table(change.before)
    view = f"CREATE VIEW {old} AS SELECT * FROM {namer.table(change.after)}"  # noqa: S608 (written names)
    yield Step(
        "expand",
        f"{title(change)}, and let a view have the old name",
        scene.waiting((*scene.speaker.say(change), view)),
        scene.waiting((f"DROP VIEW IF EXISTS {old}", *scene.speaker.back((change,)))),
        notes=("Reads and writes by the old name go on: PostgreSQL passes them to the table.",),
        retry=True,
    )
    yield Step(
        "contract",
        f"drop view {change.before.name.text}",
        scene.waiting((f"DROP VIEW {old}",)),
        scene.waiting((view,)),
        retry=True,
    )


def copied(change: tables.ColumnRenamed, scene: Scene) -> Iterator[Step]:
    """Give the steps that let a column have both names: a second one, kept the same both ways."""
    table = scene.old(change.table)
    if table is None or not batch_key(table) or _touched(change, scene):
        note = "It is renamed at once: other changes of the plan need the new name."
        up = scene.waiting(scene.speaker.say(change))
        down = scene.waiting(scene.speaker.back((change,)))
        yield Step("expand", title(change), up, down, notes=(note,), retry=True)
        return
    old, new = scene.namer.of(change.before), scene.namer.of(change.after)
    start = alter(change.table, scene.namer)
    made, gone = _both(change, scene)
    yield Step(
        "expand",
        f"{title(change)}: a second column, kept the same both ways",
        scene.waiting(made),
        scene.waiting(gone),
        notes=("No index stands on the second column.",),
        retry=True,
    )
    task = task_name(change.table, change.after.name.folded)
    differs = f"{new} IS DISTINCT FROM {old}"
    rows = backfill(scene, change.table, task, f"{new} = {old}", differs)
    leaves = "It keeps what it has done; run it again to go on."
    yield Step("backfill", f"fill {change.table.name.text}.{new}", rows, leaves=leaves)
    yield Step(
        "contract",
        title(change),
        scene.waiting((*gone, f"{start} RENAME COLUMN {old} TO {new}")),
        scene.waiting((f"{start} RENAME COLUMN {new} TO {old}", *made)),
        notes=("The second column goes, and the first one gets its name: no row is written.",),
        retry=True,
    )


def _both(change: tables.ColumnRenamed, scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what makes the second column with its trigger, and what takes both away."""
    namer = scene.namer
    old, new = namer.of(change.before), namer.of(change.after)
    start, own = alter(change.table, namer), namer.table(change.table)
    task = f"{held(change.table.name, 'postgresql')}_{change.after.name.folded}_both"[:63]
    name = identifier(task, "postgresql")
    function = namer.within(change.table.namespace, name)
    body = (
        f"BEGIN IF TG_OP = 'INSERT' THEN"
        f" IF NEW.{new} IS NULL THEN NEW.{new} := NEW.{old}; ELSE NEW.{old} := NEW.{new}; END IF;"
        f" ELSIF NEW.{new} IS DISTINCT FROM OLD.{new} THEN NEW.{old} := NEW.{new};"
        f" ELSE NEW.{new} := NEW.{old}; END IF; RETURN NEW; END"
    )
    each_row = f"BEFORE INSERT OR UPDATE ON {own} FOR EACH ROW EXECUTE FUNCTION {function}()"
    made = (
        f"{start} ADD COLUMN {new} {type_sql(change.after.type, 'postgresql')}",
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name} {each_row}",
    )
    gone = (
        f"DROP TRIGGER IF EXISTS {name} ON {own}",
        f"DROP FUNCTION IF EXISTS {function}()",
        f"{start} DROP COLUMN IF EXISTS {new}",
    )
    return made, gone


def _touched(change: tables.ColumnRenamed, scene: Scene) -> bool:
    """Tell whether another change is of the same table: its statements say the new name."""
    name = change.table.name.folded
    for each in scene.changes:
        table = getattr(each, "table", None) or getattr(each, "after", None)
        if isinstance(each, (tables.ConstraintRenamed, tables.IndexRenamed)):
            continue
        own = type(each).__module__ == tables.__name__ and each is not change
        if own and getattr(getattr(table, "name", None), "folded", "") == name:
            return True
    return False
