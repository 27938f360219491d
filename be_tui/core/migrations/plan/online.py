"""The phases of MySQL, MariaDB and SQLite, which alter a table in one statement, or make it anew.

MySQL and MariaDB are told which way to take (`ALGORITHM`, `LOCK`), so that a statement that would
block writers fails at once instead. What copies a table names the tools that do it without.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import objects, tables
from be_tui.core.migrations.plan.direct import direct_steps
from be_tui.core.migrations.plan.halfway import halfway
from be_tui.core.migrations.plan.scene import fills_itself, key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.diff import Change
    from be_tui.core.migrations.model import Online
    from be_tui.core.migrations.plan.model import Statement, Step
    from be_tui.core.migrations.plan.scene import Scene
    from be_tui.core.schema import Schema, Table

_EARLY = (
    objects.ViewAdded,
    objects.ViewReplaced,
    objects.RoutineAdded,
    objects.RoutineReplaced,
    objects.TriggerAdded,
    objects.OtherAdded,
    objects.SequenceAdded,
    objects.GrantAdded,
    objects.CommentChanged,
    tables.TableAdded,
    tables.TableRenamed,
    tables.ColumnRenamed,
    tables.ForeignKeyDropped,
    tables.CheckDropped,
    tables.IndexRenamed,
)
"""What old code survives."""


def online_steps(scene: Scene) -> Iterator[Step]:
    """Give the steps of all changes, phase by phase."""
    early: list[Change] = []
    late: list[Change] = []
    found = tuple(_loosened(scene))
    if scene.target.is_mysql:
        found = tuple(halfway(found, lambda one: _is_early(one, scene)))
    for change in found:
        (early if _is_early(change, scene) else late).append(change)
    if scene.target.engine == "sqlite" and late:
        # A table that is made anew takes all its changes at once.
        early, late = [], list(scene.changes)
    before, after = scene.before, scene.after
    yield from direct_steps(early, scene.speaker, before, after, "expand")
    yield from direct_steps(late, scene.speaker, before, after, "contract")


def _loosened(scene: Scene) -> Iterator[Change]:
    """Let columns that go be left out by new code first, and none stand after one that is late."""
    late = _late_columns(scene)
    for change in scene.changes:
        match change:
            case _ if scene.target.engine == "sqlite":
                yield change
            case tables.ColumnDropped() if not fills_itself(change.column):
                free = replace(change.column, nullable=True)
                yield tables.NullabilityChanged(change.table, change.column, free)
                yield replace(change, column=free)
            case tables.ColumnAdded() if (*key_of(change.table), change.follows) in late:
                yield replace(change, follows="")
            case _:
                yield change


def _late_columns(scene: Scene) -> frozenset[tuple[str, str, str]]:
    """Give the columns that are added once no old code runs: it would not fill them."""
    return frozenset(
        (*key_of(each.table), each.column.name.folded)
        for each in scene.changes
        if isinstance(each, tables.ColumnAdded) and not fills_itself(each.column)
    )


def _is_early(change: Change, scene: Scene) -> bool:
    """Tell whether old code goes on working after a change."""
    table = getattr(change, "table", None)
    if table is not None and hasattr(table, "columns") and scene.is_fresh(table):
        return True
    match change:
        case tables.ColumnAdded(column=column) | tables.DefaultChanged(after=column):
            # Old code may write rows without the column.
            return fills_itself(column)
        case tables.NullabilityChanged():
            return change.after.nullable
        case tables.IndexAdded():
            key, late = key_of(change.table), _late_columns(scene)
            stands = not any((*key, each) in late for each in change.index.columns)
            return stands and not change.index.unique and not _replaces(change, scene)
        case objects.ViewAdded() | objects.ViewReplaced():
            view = change.view if isinstance(change, objects.ViewAdded) else change.after
            said = words(view.query)
            return not any(column in said for _, _, column in _late_columns(scene))
        case objects.TriggerDropped():
            name = change.trigger.name
            return any(
                isinstance(each, objects.TriggerAdded) and each.trigger.name == name
                for each in scene.changes
            )
        case objects.RoutineDropped():
            name = change.routine.name
            return any(
                isinstance(each, objects.RoutineAdded) and each.routine.name == name
                for each in scene.changes
            )
        case _:
            return isinstance(change, _EARLY)


def _replaces(change: tables.IndexAdded, scene: Scene) -> bool:
    """Tell whether an index of the same name goes."""
    return any(
        isinstance(each, tables.IndexDropped)
        and key_of(each.table) == key_of(change.table)
        and each.index.name == change.index.name
        for each in scene.changes
    )


def with_ways(steps: Iterable[Step], schema: Schema) -> Iterator[Step]:
    """Give steps whose statements say which way the server is to take.

    Args:
        steps: What is told of their statements stands in them.
        schema: The schema before, whose tables decide which tools can help.
    """
    for step in steps:
        statements = tuple(_with_way(each) for each in step.up)
        notes = [each for one in step.up for each in _tools(one, schema)]
        yield replace(step, up=statements, notes=(*step.notes, *dict.fromkeys(notes)))


def _with_way(statement: Statement) -> Statement:
    effects = statement.effects
    if effects is None or not effects.known or len(effects.online) != 1:
        return statement
    # Whether there is an index to drop is not told beforehand.
    if not statement.sql.startswith("ALTER TABLE") or "IF EXISTS" in statement.sql:
        return statement
    way = _way(effects.online[0], several=_several(statement.sql))
    return replace(statement, sql=f"{statement.sql}, {way}") if way else statement


_CLAUSES = re.compile(r"'(?:[^']|'')*'|`[^`]*`|\([^()]*(?:\([^()]*\)[^()]*)*\)")


def _several(sql: str) -> bool:
    """Tell whether a statement has more clauses than one."""
    return "," in _CLAUSES.sub("", sql)


def _way(online: Online, *, several: bool) -> str:
    if online.algorithm == "INSTANT":
        # Nothing is locked, and MySQL takes no word on locks with it.
        return "" if several else "ALGORITHM=INSTANT"
    if several:
        # Of several changes at once the server knows best how; whether writers wait is what counts.
        return f"LOCK={online.lock}"
    return f"ALGORITHM={online.algorithm}, LOCK={online.lock}"


def _tools(statement: Statement, schema: Schema) -> Iterator[str]:
    """Say what helps where a table is copied, and what keeps it from helping."""
    effects = statement.effects
    for online in effects.online if effects else ():
        if online.algorithm != "COPY":
            continue
        name = online.table.rpartition(".")[2]
        table = schema.table(name)
        yield f"The server copies {name} while writers wait."
        if table is not None:
            yield f"Without that: {_by_tool('gh-ost', _ghost(table, schema))}"
            yield f"Or: {_by_tool('pt-online-schema-change', _toolkit(table, schema))}"


def _by_tool(tool: str, reasons: list[str]) -> str:
    return (
        f"not {tool}: {', '.join(reasons)}." if reasons else f"{tool} copies it in the background."
    )


def _ghost(table: Table, schema: Schema) -> list[str]:
    """Give why gh-ost refuses a table."""
    found = []
    if table.foreign_keys or _referred(table, schema):
        found.append("the table has foreign keys")
    if any(each.table == table.name.folded for each in schema.triggers):
        found.append("the table has triggers")
    if not table.unique_sets:
        found.append("the table has no unique key")
    return found


def _toolkit(table: Table, schema: Schema) -> list[str]:
    """Give why pt-online-schema-change refuses a table."""
    found = []
    if not table.unique_sets:
        found.append("the table has no primary or unique key")
    if _referred(table, schema):
        found.append("foreign keys refer to it, which takes --alter-foreign-keys-method")
    return found


def _referred(table: Table, schema: Schema) -> bool:
    return any(
        key.table == table.name.folded for each in schema.tables for key in each.foreign_keys
    )
