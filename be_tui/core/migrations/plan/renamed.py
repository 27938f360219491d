"""Renames that running code survives: both names are known until no code says the old one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import alter, held, identifier, type_sql
from be_tui.core.migrations.diff import tables
from be_tui.core.migrations.plan.at_once import why_column_at_once, why_noted, why_table_at_once
from be_tui.core.migrations.plan.backfill import backfill, task_name
from be_tui.core.migrations.plan.model import Step
from be_tui.core.migrations.plan.privileges import of_column, of_view
from be_tui.core.migrations.plan.words import title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.plan.scene import Scene
    from be_tui.core.schema import Column, Table

_NO_EQUALITY = frozenset(
    {"json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle"}
)
"""Types whose values are told apart by their text: no operator, or one that compares areas."""


def seen_by_both(change: tables.TableRenamed, scene: Scene) -> Iterator[Step]:
    """Give the steps that rename a table and leave a view of the old name, which takes writes."""
    why = why_table_at_once(change, scene)
    if why:
        yield at_once(change, scene, why)
        return
    old = scene.namer.table(change.before)
    grants = tuple(of_view(change.before, change.after, scene.before.grants, scene.namer))
    yield Step(
        "expand",
        f"{title(change)}, and let a view have the old name",
        scene.waiting((*scene.speaker.say(change), _view(change, scene, first=True), *grants)),
        scene.waiting((f"DROP VIEW IF EXISTS {old}", *scene.speaker.back((change,)))),
        notes=(
            "Reads and writes by the old name go on: PostgreSQL passes them to the table.",
            "By the old name there is no COPY into it, no TRUNCATE and no foreign key to it.",
        ),
        retry=True,
    )
    yield Step(
        "contract",
        f"drop view {change.before.name.text}",
        scene.waiting((f"DROP VIEW {old}",)),
        scene.waiting((_view(change, scene, first=False), *grants)),
        retry=True,
    )


def _view(change: tables.TableRenamed, scene: Scene, *, first: bool) -> str:
    """Give the view of the old name, which has the columns that old code knows.

    Args:
        change: The rename.
        scene: What the plan is made in view of.
        first: Whether no column has its new name yet.
    """
    namer = scene.namer
    renamed = {each.after.name: each for each in _columns_of(change, scene)}
    said = []
    for column in change.before.columns:
        of_it = renamed.get(column.name)
        old, new = namer.of(of_it.before if of_it else column), namer.of(column)
        waits = first or of_it in scene.copied
        said.append(old if old == new or waits else f"{new} AS {old}")
    # Without that the view would read as its owner, whom policies do not bind.
    invoker = " WITH (security_invoker = true)" if change.before.row_security else ""
    view = f"CREATE VIEW {namer.table(change.before)}{invoker} AS"
    return f"{view} SELECT {', '.join(said)} FROM {namer.table(change.after)}"  # noqa: S608 (written names)


def _columns_of(change: tables.TableRenamed, scene: Scene) -> Iterator[tables.ColumnRenamed]:
    for each in scene.changes:
        if isinstance(each, tables.ColumnRenamed) and each.table.name == change.after.name:
            yield each


def at_once(change: tables.TableRenamed | tables.ColumnRenamed, scene: Scene, why: str) -> Step:
    """Give the step that renames at once, with the reason why it cannot be done otherwise."""
    return Step(
        "expand",
        title(change),
        scene.waiting(scene.speaker.say(change)),
        scene.waiting(scene.speaker.back((change,))),
        notes=(why_noted(why),),
        retry=True,
    )


def copied(change: tables.ColumnRenamed, scene: Scene) -> Iterator[Step]:
    """Give the steps that let a column have both names: a second one, kept the same both ways."""
    why = why_column_at_once(change, scene)
    if why:
        yield at_once(change, scene, why)
        return
    old, new = scene.namer.of(change.before), scene.namer.of(change.after)
    start = alter(change.table, scene.namer)
    made, gone = _both(change, scene)
    yield Step(
        "expand",
        f"{title(change)}: a second column, kept the same both ways",
        scene.waiting(made),
        scene.waiting(gone),
        notes=(
            "No index stands on the second column.",
            "New code finds all values in it once the backfill is done.",
        ),
        retry=True,
    )
    task = task_name(change.table, change.after.name.folded)
    rows = backfill(
        scene, _meanwhile(change), task, f"{new} = {old}", _differs(change.before, new, old)
    )
    leaves = "It keeps what it has done; run it again to go on."
    yield Step("backfill", f"fill {change.table.name.text}.{new}", rows, leaves=leaves)
    yield Step(
        "contract",
        title(change),
        scene.waiting((*gone, f"{start} RENAME COLUMN {old} TO {new}")),
        scene.waiting((f"{start} RENAME COLUMN {new} TO {old}", *made)),
        notes=(
            "The second column goes, and the first one gets its name: no row is written.",
            "After going back, run the backfill again before new code runs.",
        ),
        retry=True,
    )


def _meanwhile(change: tables.ColumnRenamed) -> Table:
    """Give the table while the first column has the old name still, by which its key knows it."""
    table, new, old = change.table, change.after.name.folded, change.before.name.folded
    columns = tuple(change.before if each.name.folded == new else each for each in table.columns)
    key = table.primary_key
    if key is not None:
        named = tuple(old if each == new else each for each in key.columns)
        key = replace(key, columns=named)
    return replace(table, columns=columns, primary_key=key)


def _differs(column: Column, one: str, other: str) -> str:
    """Give the condition under which two values of a column are not the same."""
    text = "::text" if column.type.name in _NO_EQUALITY else ""
    return f"{one}{text} IS DISTINCT FROM {other}{text}"


def _both(change: tables.ColumnRenamed, scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what makes the second column with its trigger, and what takes both away."""
    namer = scene.namer
    old, new = namer.of(change.before), namer.of(change.after)
    start, own = alter(change.table, namer), namer.table(change.table)
    task = f"{held(change.table.name, 'postgresql')}_{change.after.name.folded}_both"[:63]
    name = identifier(task, "postgresql")
    function = namer.within(change.table.namespace, name)
    written = _differs(change.before, f"NEW.{new}", f"OLD.{new}")
    body = (
        f"BEGIN IF TG_OP = 'INSERT' THEN"
        f" IF NEW.{new} IS NULL THEN NEW.{new} := NEW.{old}; ELSE NEW.{old} := NEW.{new}; END IF;"
        f" ELSIF {written} THEN NEW.{old} := NEW.{new};"
        f" ELSE NEW.{new} := NEW.{old}; END IF; RETURN NEW; END"
    )
    each_row = f"BEFORE INSERT OR UPDATE ON {own} FOR EACH ROW EXECUTE FUNCTION {function}()"
    kind = type_sql(change.after.type, "postgresql")
    collation = change.after.collation
    kind += f" COLLATE {identifier(collation, 'postgresql')}" if collation else ""
    made = (
        f"{start} ADD COLUMN {new} {kind}",
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name} {each_row}",
        *of_column(change.table, change.after.name.text, scene.before.grants, namer),
    )
    gone = (
        f"DROP TRIGGER IF EXISTS {name} ON {own}",
        f"DROP FUNCTION IF EXISTS {function}()",
        f"{start} DROP COLUMN IF EXISTS {new}",
    )
    return made, gone
