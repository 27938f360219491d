"""Constraints added in two steps, so that no writer waits for rows to be read.

Rows to come are held to them at once; older ones are looked at after that.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import (
    add_check,
    add_foreign_key,
    alter,
    check_sql,
    foreign_key_sql,
    held,
    identifier,
)
from be_tui.core.migrations.plan.model import Statement, Step
from be_tui.core.migrations.plan.safe_indexes import LEAVES, built
from be_tui.core.migrations.plan.scene import words
from be_tui.core.migrations.plan.sql_tables import drop_constraint
from be_tui.core.migrations.plan.words import title
from be_tui.core.schema import Check, Index, IndexPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.diff import tables
    from be_tui.core.migrations.plan.model import Phase
    from be_tui.core.migrations.plan.scene import Scene
    from be_tui.core.schema import Column, ForeignKey, Key, Table

_LISTED = re.compile(r"^\(*\s*(\w+)\s+IN\s+\(([^()]*)\)\s*\)*$", re.I)

_NAMED_NOT_NULL = 18
"""From this PostgreSQL on NOT NULL is a constraint that can be added NOT VALID."""


def _validated(table: Table, name: str, scene: Scene, phase: Phase) -> Step:
    """Give the step that looks at older rows."""
    said = f"{alter(table, scene.namer)} VALIDATE CONSTRAINT {identifier(name, 'postgresql')}"
    return Step(
        phase,
        f"validate {name} on {table.name.text}",
        scene.waiting((said,)),
        # Going back, the step before drops the constraint whole.
        notes=("It reads all rows; reads and writes go on.",),
        leaves="If rows break it, it fails and changes nothing: mend them and run it again.",
        retry=True,
    )


def _phase(table: Table, columns: frozenset[str], scene: Scene) -> Phase:
    """Give when a demand can be made: old code must not break it."""
    own = [each.name.folded for each in table.columns if each.name.folded in columns]
    return "expand" if own and scene.only_new(table, own) else "contract"


def add_checked(change: tables.CheckAdded, scene: Scene) -> Iterator[Step]:
    """Give the steps that add a check."""
    check, table = change.check, change.table
    phase = _phase(table, words(check.expression), scene)
    down = scene.waiting(scene.speaker.back((change,)))
    if not check.name or not check.enforced:
        up = scene.waiting(scene.speaker.say(change))
        yield Step(phase, title(change), up, down, retry=True)
        return
    said = add_check(check, table, scene.namer, valid=False)
    yield Step(phase, title(change), scene.waiting((said,)), down, retry=True)
    if check.valid:
        yield _validated(table, check.name, scene, phase)


def replace_check(
    dropped: tables.CheckDropped, added: tables.CheckAdded, scene: Scene
) -> Iterator[Step]:
    """Give the steps that put a check in the place of one of its name, without a gap."""
    phase: Phase = "expand" if widened(dropped.check, added.check) else "contract"
    notes = () if phase == "expand" else (_TIGHTER,)
    up = _exchanged_check(dropped.check, added.check, added.table, scene)
    down = _exchanged_check(added.check, dropped.check, dropped.table, scene)
    if dropped.check.valid:
        name = identifier(dropped.check.name, "postgresql")
        down = (*down, f"{alter(added.table, scene.namer)} VALIDATE CONSTRAINT {name}")
    yield Step(
        phase,
        f"replace check {added.check.name} on {added.table.name.text}",
        scene.waiting(up),
        scene.waiting(down),
        notes=notes,
        retry=True,
    )
    if added.check.valid:
        yield _validated(added.table, added.check.name, scene, phase)


_TIGHTER = "New code that writes what only the new check allows must wait for this step."


def _exchanged_check(old: Check, new: Check, table: Table, scene: Scene) -> tuple[str, ...]:
    name = identifier(old.name, "postgresql")
    added = f"ADD {check_sql(new, 'postgresql')} NOT VALID"
    return (f"{alter(table, scene.namer)} DROP CONSTRAINT {name}, {added}",)


def widened(old: Check, new: Check) -> bool:
    """Tell whether all that met a check meets another: a list of values with more in it."""
    was, now = _LISTED.match(old.expression), _LISTED.match(new.expression)
    if not was or not now or was[1].lower() != now[1].lower():
        return False
    return _values(was[2]) <= _values(now[2])


def _values(said: str) -> frozenset[str]:
    return frozenset(each.strip() for each in said.split(","))


def add_reference(change: tables.ForeignKeyAdded, scene: Scene) -> Iterator[Step]:
    """Give the steps that add a foreign key."""
    key, table = change.key, change.table
    phase: Phase = "contract"
    if scene.is_fresh(table) or scene.only_new(table, key.columns):
        phase = "expand"
    down = scene.waiting(scene.speaker.back((change,)))
    plain = scene.is_fresh(table) or not key.name or not key.enforced
    # Before PostgreSQL 18 a partitioned table takes no NOT VALID here.
    if plain or (table.partitioned and not scene.target.since(18)):
        notes = () if plain else ("It reads all rows while writers wait.",)
        up = scene.waiting(scene.speaker.say(change))
        yield Step(phase, title(change), up, down, notes=notes, retry=True)
        return
    said = add_foreign_key(key, table, scene.namer, valid=False)
    yield Step(phase, title(change), scene.waiting((said,)), down, retry=True)
    if key.valid:
        yield _validated(table, key.name, scene, phase)


def replace_reference(
    dropped: tables.ForeignKeyDropped, added: tables.ForeignKeyAdded, scene: Scene
) -> Iterator[Step]:
    """Give the steps that put a foreign key in the place of one of its name, without a gap."""
    up = _exchanged_key(dropped.key, added.key, added.table, scene)
    down = _exchanged_key(added.key, dropped.key, dropped.table, scene)
    if dropped.key.valid:
        name = identifier(dropped.key.name, "postgresql")
        down = (*down, f"{alter(dropped.table, scene.namer)} VALIDATE CONSTRAINT {name}")
    yield Step(
        "contract",
        f"replace foreign key {added.key.name} on {added.table.name.text}",
        scene.waiting(up),
        scene.waiting(down),
        retry=True,
    )
    if added.key.valid:
        yield _validated(added.table, added.key.name, scene, "contract")


def _exchanged_key(old: ForeignKey, new: ForeignKey, table: Table, scene: Scene) -> tuple[str, ...]:
    name = identifier(old.name, "postgresql")
    added = f"ADD {foreign_key_sql(new, table, scene.namer)} NOT VALID"
    return (f"{alter(table, scene.namer)} DROP CONSTRAINT {name}, {added}",)


def as_index(key: Key, name: str) -> Index:
    """Give the unique index that a key stands on."""
    parts = tuple(IndexPart(each, each) for each in key.columns)
    return Index(
        name,
        parts,
        key.place,
        unique=True,
        include=key.include,
        nulls_distinct=key.nulls_distinct,
    )


def add_unique(change: tables.UniqueAdded, scene: Scene) -> Iterator[Step]:
    """Give the steps that add a unique constraint: its index first, while others write."""
    key, table = change.key, change.table
    phase: Phase = "expand" if scene.only_new(table, key.columns) else "contract"
    down = scene.waiting(scene.speaker.back((change,)))
    if not key.name or not key.overlaps or table.partitioned:
        note = "It builds its index while nobody reads or writes the table."
        up = scene.waiting(scene.speaker.say(change))
        yield Step(phase, title(change), up, down, notes=(note,), retry=True)
        return
    yield _index_of(key, table, scene, phase)
    timing = " DEFERRABLE" if key.deferrable else ""
    timing += " INITIALLY DEFERRED" if key.deferred else ""
    name = identifier(key.name, "postgresql")
    said = f"ADD CONSTRAINT {name} UNIQUE USING INDEX {name}{timing}"
    up = scene.waiting((f"{alter(table, scene.namer)} {said}",))
    yield Step(phase, title(change), up, down, retry=True)


def _index_of(key: Key, table: Table, scene: Scene, phase: Phase, name: str = "") -> Step:
    index = as_index(key, name or key.name)
    own = scene.namer.within(table.namespace, identifier(index.name, "postgresql"))
    # Once the constraint is dropped its index is gone as well.
    back = Statement(f"DROP INDEX CONCURRENTLY IF EXISTS {own}", outside=True)
    return Step(
        phase,
        f"build the index of {key.name} on {table.name.text}",
        built(index, table, scene),
        (back,),
        notes=("Rows that are equal in it make it fail: look for them before.",),
        leaves=LEAVES,
    )


def add_primary_key(
    change: tables.PrimaryKeyAdded, scene: Scene, dropped: tables.PrimaryKeyDropped | None
) -> Iterator[Step]:
    """Give the steps that add a primary key, or put it in the place of another."""
    key, table = change.key, change.table
    changes = (dropped, change) if dropped else (change,)
    down = scene.waiting(scene.speaker.back(changes))
    name = key.name or f"{held(table.name, 'postgresql')}_pkey"
    if not key.overlaps or table.partitioned:
        note = "It builds its index while nobody reads or writes the table."
        up = scene.waiting(each for one in changes for each in scene.speaker.say(one))
        yield Step("contract", title(change), up, down, notes=(note,), retry=True)
        return
    aside = f"{name}__new"[:63] if dropped else name
    yield _index_of(replace(key, name=name), table, scene, "contract", aside)
    said = f"ADD CONSTRAINT {identifier(name, 'postgresql')} PRIMARY KEY USING INDEX"
    said += f" {identifier(aside, 'postgresql')}"
    said += " DEFERRABLE" if key.deferrable else ""
    said += " INITIALLY DEFERRED" if key.deferred else ""
    statements = [f"{alter(table, scene.namer)} {said}"]
    if dropped:
        statements.insert(0, drop_constraint(table, dropped.key.name or name, scene.namer))
    yield Step("contract", title(change), scene.waiting(statements), down, retry=True)


def forbid_null(table: Table, column: Column, scene: Scene, phase: Phase) -> Iterator[Step]:
    """Give the steps that keep NULL out of a column, without reading rows under a lock."""
    namer, name = scene.namer, scene.namer.of(column)
    start, folded = alter(table, namer), held(column.name, "postgresql")
    own = f"{held(table.name, 'postgresql')}_{folded}_not_null"
    drop = scene.waiting((f"{start} ALTER COLUMN {name} DROP NOT NULL",))
    says = f"forbid NULL in {table.name.text}.{column.name.text}"
    probe = f"SELECT 1 FROM {namer.table(table)} WHERE {name} IS NULL LIMIT 1"  # noqa: S608 (written names)
    notes = (f"Rows with NULL make it fail. This finds one: {probe}",)
    if scene.target.since(_NAMED_NOT_NULL):
        called = identifier(column.not_null_name or own, "postgresql")
        said = f"{start} ADD CONSTRAINT {called} NOT NULL {name} NOT VALID"
        yield Step(phase, says, scene.waiting((said,)), drop, notes=notes, retry=True)
        yield _validated(table, column.not_null_name or own, scene, phase)
        return
    check = identifier(f"{own}_check"[:63], "postgresql")
    said = f"{start} ADD CONSTRAINT {check} CHECK ({name} IS NOT NULL) NOT VALID"
    back = scene.waiting((f"{start} DROP CONSTRAINT IF EXISTS {check}",))
    yield Step(
        phase, f"{says}: rows to come", scene.waiting((said,)), back, notes=notes, retry=True
    )
    yield _validated(table, f"{own}_check"[:63], scene, phase)
    # The check proves it, so that no row is read; then nobody needs the check.
    final = (f"{start} ALTER COLUMN {name} SET NOT NULL", f"{start} DROP CONSTRAINT {check}")
    # The check is there again, so that the way here can be gone anew from this step on.
    undone = scene.waiting((f"{start} ALTER COLUMN {name} DROP NOT NULL", said))
    yield Step(phase, says, scene.waiting(final), undone, retry=True)
