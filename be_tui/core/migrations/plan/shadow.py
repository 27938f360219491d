"""A column of another type made beside the old one, and put in its place once it is full.

A trigger keeps it the same, batches fill it. The table is never written anew under a lock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import (
    alter,
    check_sql,
    column_settings,
    comment_on,
    held,
    identifier,
    type_sql,
)
from be_tui.core.migrations.diff.comparing import check_content, index_content
from be_tui.core.migrations.plan.backfill import backfill, batch_key, task_name
from be_tui.core.migrations.plan.losses import lost
from be_tui.core.migrations.plan.model import Statement, Step
from be_tui.core.migrations.plan.privileges import of_column
from be_tui.core.migrations.plan.safe_indexes import LEAVES, built
from be_tui.core.migrations.plan.scene import Scene, words
from be_tui.core.migrations.plan.sql_tables import turned
from be_tui.core.migrations.plan.words import title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.diff import tables
    from be_tui.core.schema import Column, Index, Table


@dataclass(frozen=True, slots=True)
class _Shadow:
    """The two columns, and what they are called in SQL."""

    change: tables.TypeChanged
    scene: Scene

    @property
    def table(self) -> Table:
        """Give the table as it is to be."""
        return self.change.table

    @property
    def own(self) -> str:
        """Give the column's name."""
        return self.scene.namer.of(self.change.after)

    @property
    def name(self) -> str:
        """Give the new column's name while both are there."""
        return f"{held(self.change.after.name, 'postgresql')}__new"

    @property
    def said(self) -> str:
        """Give that name as SQL has it."""
        return identifier(self.name, "postgresql")

    @property
    def task(self) -> str:
        """Give what trigger and function are called."""
        table = held(self.table.name, "postgresql")
        return identifier(f"{table}_{self.name}"[:63], "postgresql")

    def value(self, row: str = "") -> str:
        """Give the expression of the new value."""
        own = f"{row}{self.own}"
        change = self.change
        made = turned(change.before, change.after, self.scene.namer, own)
        return made or f"{own}::{type_sql(change.after.type, 'postgresql')}"

    def indexes(self) -> tuple[Index, ...]:
        """Give the indexes that the column stands in and keeps."""
        name = self.change.after.name.folded
        before = self.scene.old(self.table)
        kept = {each.name: index_content(each) for each in before.indexes} if before else {}
        return tuple(
            each
            for each in self.table.indexes
            if kept.get(each.name) == index_content(each) and name in (*each.columns, *each.include)
        )

    def on_new(self, index: Index) -> Index:
        """Give an index as it stands on the new column."""
        name = self.change.after.name.folded
        parts = tuple(
            replace(each, column=self.name, expression=self.name) if each.column == name else each
            for each in index.parts
        )
        include = tuple(self.name if each == name else each for each in index.include)
        return replace(
            index, name=f"{index.name}__new"[:63], parts=parts, include=include, comment=""
        )


def why_not(change: tables.TypeChanged, scene: Scene) -> str:
    """Say why a column cannot be exchanged for a second one; empty where it can."""
    table, name = change.table, change.after.name.folded
    before = scene.old(table)
    if before is None or table.partitioned or table.inherits or table.parent:
        return "its table has partitions or parents"
    if not batch_key(before) or batch_key(before) != batch_key(table):
        return "its table has no primary key that rows could be filled by"
    if change.before.auto or change.after.auto or change.before.generated:
        return "its values are numbered or computed"
    keyed = any(name in key.columns for each in (before, table) for key in each.keys)
    foreign = any(name in key.columns for each in (before, table) for key in each.foreign_keys)
    referred = any(
        key.table == table.name.folded and name in key.targets
        for each in scene.before.tables
        for key in each.foreign_keys
    )
    if keyed or foreign or referred:
        return "a key stands on it"
    texts = [each.generated for each in table.columns]
    texts += [part.expression for each in table.indexes for part in each.parts if not part.column]
    texts += [each.where for each in table.indexes] + [each.definition for each in table.exclusions]
    if any(name in words(each) for each in texts if each):
        return "an expression of its table names it"
    return ""


def exchange(change: tables.TypeChanged, scene: Scene) -> Iterator[Step]:
    """Give the steps that exchange a column for one of another type."""
    # Old code may write NULL until it is gone: forbidding that is a change of its own.
    nullable = change.before.nullable or change.after.nullable
    shadow = _Shadow(replace(change, after=replace(change.after, nullable=nullable)), scene)
    yield _beside(shadow)
    assignment, where = (
        f"{shadow.said} = {shadow.value()}",
        f"{shadow.said} IS NULL AND {shadow.own} IS NOT NULL",
    )
    yield Step(
        "backfill",
        f"fill {shadow.table.name.text}.{shadow.name}",
        backfill(scene, shadow.table, task_name(shadow.table, shadow.name), assignment, where),
        notes=("A value that the new type does not hold makes it fail: look for them before.",),
        leaves="It keeps what it has done; run it again to go on.",
    )
    for index in shadow.indexes():
        new = shadow.on_new(index)
        on = replace(shadow.table, columns=(*shadow.table.columns, _column(shadow)))
        name = scene.namer.within(on.namespace, identifier(new.name, "postgresql"))
        back = Statement(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", outside=True)
        yield Step(
            "backfill",
            f"build {index.name} on the new column",
            built(new, on, scene),
            (back,),
            leaves=LEAVES,
        )
    yield from _required(shadow)
    yield _swap(shadow)


def _column(shadow: _Shadow) -> Column:
    from be_tui.core.schema import Name

    return replace(shadow.change.after, name=Name(shadow.name, quoted=True))


def _beside(shadow: _Shadow) -> Step:
    scene, table = shadow.scene, shadow.table
    namer = scene.namer
    kind = type_sql(shadow.change.after.type, "postgresql")
    collation = shadow.change.after.collation
    kind += f" COLLATE {identifier(collation, 'postgresql')}" if collation else ""
    function = namer.within(table.namespace, shadow.task)
    body = f"BEGIN NEW.{shadow.said} := {shadow.value('NEW.')}; RETURN NEW; END"
    on = f"{namer.table(table)} FOR EACH ROW EXECUTE FUNCTION {function}()"
    up = (
        f"{alter(table, namer)} ADD COLUMN {shadow.said} {kind}",
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {shadow.task} BEFORE INSERT OR UPDATE ON {on}",
    )
    down = (
        f"DROP TRIGGER IF EXISTS {shadow.task} ON {namer.table(table)}",
        f"DROP FUNCTION IF EXISTS {function}()",
        f"{alter(table, namer)} DROP COLUMN IF EXISTS {shadow.said}",
    )
    says = f"{title(shadow.change)}: a second column, kept the same by a trigger"
    return Step("expand", says, scene.waiting(up), scene.waiting(down), retry=True)


def _required(shadow: _Shadow) -> Iterator[Step]:
    """Keep NULL out of the new column by a check, so that no row is read at the exchange."""
    if shadow.change.after.nullable:
        return
    scene, start = shadow.scene, alter(shadow.table, shadow.scene.namer)
    name = _check_name(shadow)
    added = f"{start} ADD CONSTRAINT {name} CHECK ({shadow.said} IS NOT NULL) NOT VALID"
    gone = f"{start} DROP CONSTRAINT IF EXISTS {name}"
    yield Step(
        "backfill",
        f"keep NULL out of {shadow.table.name.text}.{shadow.name}",
        scene.waiting((added,)),
        scene.waiting((gone,)),
        retry=True,
    )
    yield Step(
        "backfill",
        f"validate {name}",
        scene.waiting((f"{start} VALIDATE CONSTRAINT {name}",)),
        retry=True,
    )


def _check_name(shadow: _Shadow) -> str:
    return identifier(
        f"{held(shadow.table.name, 'postgresql')}_{shadow.name}_set"[:63], "postgresql"
    )


def _swap(shadow: _Shadow) -> Step:
    """Give the step that puts the new column in the place of the old, in one short transaction."""
    scene, table, after = shadow.scene, shadow.table, shadow.change.after
    namer = scene.namer
    start = alter(table, namer)
    up = [
        f"DROP TRIGGER {shadow.task} ON {namer.table(table)}",
        f"DROP FUNCTION {namer.within(table.namespace, shadow.task)}()",
        f"{start} DROP COLUMN {shadow.own}",
        f"{start} RENAME COLUMN {shadow.said} TO {shadow.own}",
    ]
    if after.default:
        up.append(f"{start} ALTER COLUMN {shadow.own} SET DEFAULT {after.default}")
    if not after.nullable:
        up.append(f"{start} ALTER COLUMN {shadow.own} SET NOT NULL")
        up.append(f"{start} DROP CONSTRAINT {_check_name(shadow)}")
    for index in shadow.indexes():
        new = namer.within(table.namespace, identifier(shadow.on_new(index).name, "postgresql"))
        up.append(f"ALTER INDEX {new} RENAME TO {identifier(index.name, 'postgresql')}")
        if index.comment:
            own = namer.within(table.namespace, identifier(index.name, "postgresql"))
            up.append(comment_on("INDEX", own, index.comment, namer))
    up += column_settings(after, start, namer)
    if after.comment:
        up.append(comment_on("COLUMN", f"{namer.table(table)}.{shadow.own}", after.comment, namer))
    up += _checks(shadow, start)
    up += of_column(table, after.name.folded, scene.after.grants, namer)
    return Step(
        "contract",
        f"{title(shadow.change)}: the new column in the place of the old",
        scene.waiting(up),
        scene.waiting(scene.speaker.back((shadow.change,))),
        lost=lost((shadow.change,)),
        notes=(
            "It is short: no row is read or written.",
            "The column stands at the end of the table afterwards.",
            "Going back writes the table anew while nobody reads or writes it.",
        ),
        retry=True,
    )


def _checks(shadow: _Shadow, start: str) -> Iterator[str]:
    """Give the checks that went with the old column; they held for its values."""
    before = shadow.scene.old(shadow.table)
    kept = {each.name: check_content(each) for each in before.checks} if before else {}
    for check in shadow.table.checks:
        same = kept.get(check.name) == check_content(check)
        if same and shadow.change.after.name.folded in words(check.expression):
            yield f"{start} ADD {check_sql(check, 'postgresql')}"
