"""Foreign keys that are added: what they lock, look up, and may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import probing
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.nodes import strings
from be_tui.core.migrations.effects.pg.teller import SRE
from be_tui.core.migrations.effects.pg.types import cast, modelled, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.migrations.effects.pg.altering import Altering
    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.schema import Table

_LATE_ON_PARTITIONED_SINCE = 18
"""From here on a foreign key of a partitioned table may be NOT VALID."""


def refer(
    alter: Altering,
    constraint: Any,  # noqa: ANN401 (a message)
    columns: Sequence[str],
    *,
    check: bool,
) -> None:
    """Tell of a foreign key that is added, by itself or with its column."""
    relation, tell = alter.relation, alter.tell
    table = relation.table
    parent = found(constraint.pktable, tell)
    if parent is None:
        return
    targets = strings(constraint.pk_attrs) or primary(parent)
    if _refused(alter, columns, parent, targets):
        return
    late = constraint.skip_validation and constraint.is_enforced
    if late and table and table.partitioned and tell.major < _LATE_ON_PARTITIONED_SINCE:
        tell.fail(f"{relation.shown} is partitioned, and takes no foreign key that is NOT VALID")
        return
    _lock_both(alter, parent)
    if constraint.is_enforced and not alter.adds(columns):
        listed = ", ".join(columns)
        message = f"writes of a {listed} that is not in {parent.shown} fail"
        tell.breaks("writes", f"{relation.shown}.{listed}", message)
    if check and constraint.is_enforced:
        check_keys(alter, columns, parent, targets)


def _lock_both(alter: Altering, parent: Relation) -> None:
    tables = [parent]
    if parent.table and parent.table.partitioned:
        tables += alter.known.below(parent)
    for each in tables:
        alter.tell.lock(each, SRE)


def check_keys(
    alter: Altering,
    columns: Sequence[str],
    parent: Relation,
    targets: Sequence[str],
    *,
    within: Relation | None = None,
) -> None:
    """Tell of the keys of the rows there are, which are looked up.

    Args:
        alter: The statement.
        columns: Those of the foreign key.
        parent: The table that it refers to.
        targets: The columns there.
        within: The table that refers, where it is not the one that is altered.
    """
    relation = within or alter.relation
    partitioned = bool(relation.table and relation.table.partitioned)
    for each in alter.known.below(relation) if partitioned else (relation,):
        alter.tell.work("key check", each, f"each key is looked up in {parent.shown}")
    if not alter.known.is_made(relation) and not alter.adds(columns):
        targets = as_written(parent, targets)
        probe = probing.orphans(relation, columns, parent, targets) if targets else ""
        message = f"keys of {relation.shown} are not in {parent.shown}"
        alter.tell.fail(message, "on data", probe)


def as_written(relation: Relation, columns: Sequence[str]) -> tuple[str, ...]:
    """Give columns as the table spells them."""
    found = [relation.table.column(each) if relation.table else None for each in columns]
    return tuple(c.name.text if c else each for c, each in zip(found, columns, strict=True))


def primary(relation: Relation) -> tuple[str, ...]:
    """Give the columns of the primary key; none where there is none, or nobody knows."""
    table = relation.table
    return table.primary_key.columns if table and table.primary_key else ()


def _refused(
    alter: Altering, columns: Sequence[str], parent: Relation, targets: Sequence[str]
) -> bool:
    """Tell of a foreign key that cannot be."""
    tell, table, other = alter.tell, alter.relation.table, parent.table
    if other is None:
        if parent.kind != "table":
            tell.fail(f"{parent.shown} is no table")
            return True
        return False
    for name in targets:
        if other.column(name) is None and other.complete:
            tell.fail(f"{parent.shown} has no column {name}")
            return True
    unique = [
        {column.casefold() for column in each.columns}
        for each in alter.known.indexes(parent)
        if each.unique and each.plain and not each.deferrable
    ]
    if {target.casefold() for target in targets} not in unique or not targets:
        tell.fail(f"no key of {parent.shown} is over {', '.join(targets) or 'what is referred to'}")
        return True
    if table is None:
        return False
    if other.unlogged and not table.unlogged:
        tell.fail(f"{parent.shown} is unlogged, and a table that is kept may not refer to it")
        return True
    for name, target in zip(columns, targets, strict=False):
        if not _comparable(alter, name, other, target):
            tell.fail(f"{name} and {parent.shown}.{target} are of types that have no equality")
            return True
    return False


def _comparable(alter: Altering, name: str, other: Table, target: str) -> bool:
    table = alter.relation.table
    column = table.column(name) if table else None
    if alter.adds([name]):
        ours = written(alter.added[name.casefold()].type_name)
    elif column is not None:
        ours = modelled(column.type)
    else:
        return True
    theirs = other.column(target)
    if theirs is None:
        return True
    one, _ = alter.known.base(ours)
    two, _ = alter.known.base(modelled(theirs.type))
    if not (one.known and two.known) or one.array or two.array:
        return True
    texts = {"text", "varchar", "bpchar", "name"}
    return (one.name in texts and two.name in texts) or cast(one, two) in {"same", "free", "call"}
