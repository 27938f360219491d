"""Why a name cannot be kept known beside the new one: then it is renamed at once.

Said in words that follow "it is renamed at once: ".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import objects, tables
from be_tui.core.migrations.plan.backfill import batch_key
from be_tui.core.migrations.plan.widening import widens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.diff import Change
    from be_tui.core.migrations.plan.scene import Scene
    from be_tui.core.schema import Table

_ALONE = (
    tables.ColumnRenamed,
    tables.ConstraintRenamed,
    tables.IndexAdded,
    tables.IndexDropped,
    tables.IndexRenamed,
    tables.TableRenamed,
)
"""What is made by a name of its own, or once no old code runs."""

_OBJECTS = (
    objects.ViewAdded,
    objects.ViewDropped,
    objects.ViewReplaced,
    objects.RoutineAdded,
    objects.RoutineDropped,
    objects.TriggerAdded,
    objects.TriggerDropped,
    objects.PolicyAdded,
    objects.PolicyDropped,
    objects.OtherAdded,
    objects.OtherDropped,
)
"""What names the column and is made once no old code runs, if it names the new one."""

_INVOKERS = 15
"""PostgreSQL whose views can read as who asks them."""


def why_column_at_once(change: tables.ColumnRenamed, scene: Scene) -> str:
    """Say why a column cannot have both names for a time; empty where it can."""
    table = scene.old(change.table)
    if table is None or not batch_key(table):
        return "its table has no primary key that rows could be filled by"
    if change.before.generated or change.before.auto == "identity":
        return "its values are numbered or computed"
    if names(table.partition_by, change.after.name.text):
        return "it decides which partition a row goes to"
    if table.parent or table.inherits:
        return "its table is part of another"
    if any(_needs(each, change, scene) for each in scene.changes if each is not change):
        return "another change of the plan needs its name"
    both = (change.before.name.text, change.after.name.text)
    if any(names(each, name) for each in _run_by_triggers(table, scene) for name in both):
        return "a trigger of its table names it"
    return ""


def why_table_at_once(change: tables.TableRenamed, scene: Scene) -> str:
    """Say why no view can have a table's old name for a time; empty where one can."""
    older = scene.target.version and not scene.target.since(_INVOKERS)
    if change.before.row_security and older:
        return "before PostgreSQL 15 its policies would not bind who reads a view of it"
    old = (change.before.namespace, change.before.name.folded)
    for each in scene.changes:
        match each:
            case tables.TableAdded():
                made = each.table.namespace, each.table.name.folded
            case objects.ViewAdded():
                made = each.view.namespace, each.view.name.folded
            case tables.TypeChanged() if each.table.name == change.after.name:
                if widens(each.before, each.after) or scene.rebuilds_types:
                    return "a column changes its type, which a view over it does not allow"
                continue
            case _:
                continue
        if made == old:
            return "its old name is given to something else"
    return ""


def why_noted(why: str) -> str:
    """Give the note on a rename that is made at once."""
    return (
        "Code that names the old one fails from then on, code that names the new one until then."
        f" It is renamed at once: {why}."
    )


def names(sql: str, name: str) -> bool:
    """Tell whether SQL has a name as a word, in any case."""
    return bool(re.search(_word(name), sql, re.I))


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _needs(other: Change, change: tables.ColumnRenamed, scene: Scene) -> bool:
    """Tell whether another change says either name of a column."""
    if isinstance(other, (*_ALONE, *_OBJECTS)):
        return False
    said = " ".join((*scene.speaker.say(other), *scene.speaker.back((other,))))
    # Keywords are in capitals, so that a column `type` is not taken for one.
    own = re.search(_word(change.table.name.text), said)
    both = (change.before, change.after)
    return bool(own and any(re.search(_word(each.name.text), said) for each in both))


def _run_by_triggers(table: Table, scene: Scene) -> Iterator[str]:
    """Give the bodies of what triggers of a table run."""
    said = [each.definition for each in scene.before.triggers if each.table == table.name.folded]
    for routine in scene.before.routines:
        if any(names(each, routine.name) for each in said):
            yield routine.definition
