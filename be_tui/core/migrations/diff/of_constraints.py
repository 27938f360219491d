"""What differs in the keys, checks and indexes of two tables.

What has the same name is the same thing, changed or not; of the rest, what says the same is the
same thing under another name. What is left is new, or gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.diff.comparing import (
    check_content,
    foreign_key_content,
    index_content,
    key_content,
    plain,
)
from be_tui.core.migrations.diff.objects import CommentChanged
from be_tui.core.migrations.diff.tables import (
    CheckAdded,
    CheckDropped,
    ConstraintRenamed,
    ConstraintValidated,
    ExclusionAdded,
    ExclusionDropped,
    ForeignKeyAdded,
    ForeignKeyAltered,
    ForeignKeyDropped,
    IndexAdded,
    IndexDropped,
    IndexRenamed,
    PrimaryKeyAdded,
    PrimaryKeyDropped,
    UniqueAdded,
    UniqueDropped,
)
from be_tui.core.schema import Index, IndexPart, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Check, Exclusion, ForeignKey, Key, Table

    Part = TypeVar("Part", Key, ForeignKey, Check, Index, Exclusion)


def of_constraints(before: Table, after: Table, namer: Namer) -> Iterator[Change]:
    """Give what differs in keys, checks and indexes.

    Args:
        before: The table with all renames done.
        after: The table as it is to be.
        namer: Writes names and finds tables.
    """
    yield from _primary(before, after, namer)
    # To MySQL a unique constraint is an index.
    keys = ((), ()) if namer.engine in _MYSQL else (before.uniques, after.uniques)
    for old, new in _pairs(*keys, key_content):
        if old and new and key_content(old) == key_content(new):
            yield from _renamed(after, old.name, new.name, namer)
            continue
        if old:
            yield UniqueDropped(before, old)
        if new:
            yield UniqueAdded(after, new)
    yield from _foreign_keys(before, after, namer)
    yield from _checks(before, after, namer)
    for gone, made in _pairs(
        before.exclusions, after.exclusions, lambda one: plain(one.definition)
    ):
        if gone and made and plain(gone.definition) == plain(made.definition):
            yield from _renamed(after, gone.name, made.name, namer)
            continue
        if gone:
            yield ExclusionDropped(before, gone)
        if made:
            yield ExclusionAdded(after, made)
    yield from of_indexes(before, after, namer)


def _pairs(
    before: Sequence[Part], after: Sequence[Part], content: Callable[[Part], object]
) -> Iterator[tuple[Part | None, Part | None]]:
    """Give what belongs together; None where there is no such thing on one side."""
    if not before and not after:
        return
    old, new = list(before), list(after)
    names = {each.name.casefold(): each for each in new if each.name}
    for one in before:
        match = names.get(one.name.casefold()) if one.name else None
        if match is not None and match in new:
            old.remove(one)
            new.remove(match)
            yield one, match
    for one in list(old):
        match = next((each for each in new if content(each) == content(one)), None)
        if match is not None:
            old.remove(one)
            new.remove(match)
            yield one, match
    yield from ((each, None) for each in old)
    yield from ((None, each) for each in new)


def _renamed(table: Table, before: str, after: str, namer: Namer) -> Iterator[Change]:
    if before and after and before.casefold() != after.casefold() and namer.engine == "postgresql":
        yield ConstraintRenamed(table, before, after)


def _primary(before: Table, after: Table, namer: Namer) -> Iterator[Change]:
    old, new = before.primary_key, after.primary_key
    if old and new and key_content(old) == key_content(new):
        yield from _renamed(after, old.name, new.name, namer)
        return
    if old:
        yield PrimaryKeyDropped(before, old)
    if new:
        yield PrimaryKeyAdded(after, new)


def _foreign_keys(before: Table, after: Table, namer: Namer) -> Iterator[Change]:
    def content(key: ForeignKey) -> object:
        return foreign_key_content(key, namer.find(key.table, key.namespace))

    for old, new in _pairs(before.foreign_keys, after.foreign_keys, content):
        if not old or not new or content(old) != content(new):
            if old:
                yield ForeignKeyDropped(before, old)
            if new:
                yield ForeignKeyAdded(after, new)
            continue
        if old.valid and not new.valid and new.enforced:
            # No statement makes a constraint one that older rows were not held to.
            yield ForeignKeyDropped(before, old)
            yield ForeignKeyAdded(after, new)
            continue
        timing = (old.deferrable, old.deferred, old.enforced)
        if timing != (new.deferrable, new.deferred, new.enforced):
            yield ForeignKeyAltered(after, old, new)
        elif new.valid and not old.valid:
            yield ConstraintValidated(after, new)
        yield from _renamed(after, old.name, new.name, namer)


def _checks(before: Table, after: Table, namer: Namer) -> Iterator[Change]:
    for old, new in _pairs(before.checks, after.checks, check_content):
        same = old and new and check_content(old) == check_content(new)
        if old and new and same and (new.valid or not old.valid):
            if new.valid and not old.valid:
                yield ConstraintValidated(after, new)
            yield from _renamed(after, old.name, new.name, namer)
            continue
        if old:
            yield CheckDropped(before, old)
        if new:
            yield CheckAdded(after, new)


def of_indexes(before: Table | View, after: Table | View, namer: Namer) -> Iterator[Change]:
    """Give what differs in the indexes of a table, or of a materialised view."""
    for old, new in _pairs(_own(before, namer), _own(after, namer), index_content):
        if old and new and index_content(old) == index_content(new):
            if old.name and new.name and old.name.casefold() != new.name.casefold():
                yield IndexRenamed(after, old, new)
            if namer.engine == "postgresql" and old.comment != new.comment:
                target = namer.within(after.namespace, new.name)
                yield CommentChanged("INDEX", target, old.comment, new.comment)
            continue
        if old and not _of_foreign_key(old, before, after, namer):
            yield IndexDropped(before, old)
        if new:
            yield IndexAdded(after, new)


_MYSQL = frozenset({"mysql", "mariadb"})


def _of_foreign_key(index: Index, before: Table | View, after: Table | View, namer: Namer) -> bool:
    """Tell whether MySQL keeps an index for a foreign key, whether or not the DDL names it.

    A foreign key that is new brings an index of its own.
    """
    if namer.engine not in _MYSQL or isinstance(before, View) or isinstance(after, View):
        return False
    stood = {key.columns for key in before.foreign_keys}
    for key in after.foreign_keys:
        size = len(key.columns)
        led = any(columns[:size] == key.columns for columns in after.index_columns())
        kept = key.columns in stood and not led and not index.unique
        if kept and index.columns[:size] == key.columns:
            return True
    return False


def _own(table: Table | View, namer: Namer) -> tuple[Index, ...]:
    """Leave out what comes with the index of a partitioned table."""
    own = tuple(each for each in table.indexes if not each.parent)
    if namer.engine not in _MYSQL or isinstance(table, View):
        return own
    return (*own, *(as_index(each) for each in table.uniques))


def as_index(key: Key) -> Index:
    """Give a unique constraint as the index that MySQL makes of it."""
    prefixes = key.prefixes or (0,) * len(key.columns)
    parts = tuple(
        IndexPart(column, column, prefix=prefix)
        for column, prefix in zip(key.columns, prefixes, strict=True)
    )
    return Index(key.name or key.columns[0], parts, key.place, unique=True)
