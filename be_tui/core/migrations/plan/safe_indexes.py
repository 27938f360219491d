"""Indexes made and dropped while others write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import comment_on, create_index, drop_index, identifier
from be_tui.core.migrations.plan.model import Statement, Step
from be_tui.core.migrations.plan.words import title
from be_tui.core.schema import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.diff import tables
    from be_tui.core.migrations.plan.model import Phase
    from be_tui.core.migrations.plan.scene import Scene
    from be_tui.core.schema import Index, View

LEAVES = (
    "If it fails it leaves an invalid index behind, which writes pay for and no query uses. Run"
    " the step again: it drops that index first."
)


def built(index: Index, on: Table | View, scene: Scene) -> tuple[Statement, ...]:
    """Give what builds an index while others write; what a failure left is dropped first."""
    if not index.name:
        return (Statement(create_index(index, on, scene.namer, concurrently=True), outside=True),)
    return (
        Statement(_dropped(index, on, scene), outside=True, comment="What a failure left behind."),
        Statement(create_index(index, on, scene.namer, concurrently=True), outside=True),
        *_commented(index, on, scene),
    )


def _dropped(index: Index, on: Table | View, scene: Scene) -> str:
    said = drop_index(index, on, scene.namer, concurrently=True)
    return said.replace("CONCURRENTLY", "CONCURRENTLY IF EXISTS", 1)


def _commented(index: Index, on: Table | View, scene: Scene) -> tuple[Statement, ...]:
    if not index.comment:
        return ()
    name = scene.namer.within(on.namespace, identifier(index.name, scene.namer.engine))
    return (Statement(comment_on("INDEX", name, index.comment, scene.namer), outside=True),)


def add_index(change: tables.IndexAdded, scene: Scene) -> Iterator[Step]:
    """Give the steps that make an index."""
    table = change.table
    # On a column that is exchanged later it would go with the old one.
    phase: Phase = "contract" if scene.late(table, change.index.columns) else "expand"
    if change.index.unique and isinstance(table, Table):
        columns = [each for each in change.index.columns if each]
        phase = phase if scene.only_new(table, columns) else "contract"
    if isinstance(table, Table) and table.partitioned and not change.index.only:
        yield from _on_partitions(change, table, scene, phase)
        return
    notes: tuple[str, ...] = ()
    if change.index.unique:
        notes = ("Rows that are equal in it make it fail: look for them before.",)
    down = (Statement(_dropped(change.index, table, scene), outside=True),)
    up = built(change.index, table, scene)
    yield Step(phase, title(change), up, down, notes=notes, leaves=LEAVES)


def _on_partitions(
    change: tables.IndexAdded, table: Table, scene: Scene, phase: Phase
) -> Iterator[Step]:
    """Give the steps for a partitioned table: CONCURRENTLY is for its partitions only."""
    partitions = [each for each in scene.before.tables if _is_part(each, table)]
    if not partitions or any(each.partitioned for each in partitions):
        up = scene.waiting(scene.speaker.say(change))
        down = scene.waiting(scene.speaker.back((change,)))
        note = "It blocks writes to every partition while it is built."
        yield Step(phase, title(change), up, down, notes=(note,), retry=True)
        return
    engine = scene.namer.engine
    whole = replace(change.index, only=True)
    down = scene.waiting(scene.speaker.back((change,)))
    yield Step(
        phase, title(change), scene.waiting((create_index(whole, table, scene.namer),)), down
    )
    name = scene.namer.within(table.namespace, identifier(change.index.name, engine))
    for part in partitions:
        own = replace(change.index, name=_part_name(change.index, part))
        inner = scene.namer.within(part.namespace, identifier(own.name, engine))
        attach = Statement(f"ALTER INDEX {name} ATTACH PARTITION {inner}", outside=True)
        # Going back, it goes with the index of the partitioned table.
        yield Step(
            phase,
            f"{title(change)}: partition {part.name.text}",
            (*built(own, part, scene), attach),
            leaves=LEAVES,
        )


def _is_part(table: Table, parent: Table) -> bool:
    return table.parent.rpartition(".")[2].casefold() == parent.name.folded and bool(table.bound)


def _part_name(index: Index, part: Table) -> str:
    """Give the name that PostgreSQL gives a partition's part of an index."""
    columns = "_".join(each.column or "expr" for each in index.parts)
    return f"{part.name.folded}_{columns}_idx"


def drop_old_index(change: tables.IndexDropped, scene: Scene) -> Iterator[Step]:
    """Give the step that drops an index once nobody's queries need it."""
    table = change.table
    if isinstance(table, Table) and table.partitioned:
        up = scene.waiting(scene.speaker.say(change))
        down = scene.waiting(scene.speaker.back((change,)))
        yield Step("contract", title(change), up, down, retry=True)
        return
    up = (Statement(_dropped(change.index, table, scene), outside=True),)
    down = built(change.index, table, scene)
    yield Step("contract", title(change), up, down, leaves=LEAVES)


def replace_index(
    dropped: tables.IndexDropped, added: tables.IndexAdded, scene: Scene
) -> Iterator[Step]:
    """Give the step that puts an index in the place of one of its name, without a gap."""
    aside = f"{added.index.name}__new"[:63]
    phase: Phase = "contract" if added.index.unique and not dropped.index.unique else "expand"
    up = _exchanged(dropped.index, added.index, added.table, aside, scene)
    down = _exchanged(added.index, dropped.index, dropped.table, aside, scene)
    yield Step(phase, f"replace index {added.index.name}", up, down, leaves=LEAVES)


def _exchanged(
    old: Index, new: Index, on: Table | View, aside: str, scene: Scene
) -> tuple[Statement, ...]:
    engine = scene.namer.engine
    name = scene.namer.within(on.namespace, identifier(aside, engine))
    final = identifier(new.name, engine)
    return (
        *built(replace(new, name=aside, comment=""), on, scene),
        Statement(_dropped(old, on, scene), outside=True),
        Statement(f"ALTER INDEX {name} RENAME TO {final}", outside=True),
        *_commented(new, on, scene),
    )
