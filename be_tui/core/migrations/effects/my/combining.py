"""What MariaDB does with several changes of a table at once, as MariaDB 10.11 was measured to.

Some that are cheap each by itself are not so together. A unique key over long texts is kept by a
hash in a virtual column that nobody sees, so it counts as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.my import maria
from be_tui.core.migrations.effects.my.ordering import moves_computed
from be_tui.core.migrations.effects.my.standing import INSTANT, Way, is_too_long, size, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from be_tui.core.migrations.effects.my.definitions import Definition
    from be_tui.core.migrations.effects.my.parts import Part
    from be_tui.core.migrations.effects.my.standing import Standing

    Ways = Sequence[tuple[Part, Way]]

_INDEXES = frozenset({"add index", "add unique"})
_KEYS = frozenset({"add primary", "drop primary"})
_DROPS = frozenset({"drop column", "drop index"})
_MIXED = Way("COPY", "SHARED", "a computed column comes or goes together with others")
_MOVED = Way("COPY", "SHARED", "computed columns move")
_HASHED = Way("COPY", "SHARED", "a unique key is kept by a hash, in a column that is hidden")


def together(parts: Ways, now: Standing) -> Way:
    """Give the way of all parts at once, which is that of the dearest, or dearer.

    Args:
        parts: Each with its own way.
        now: The table before it.
    """
    ways = [each for each in parts if not _renews_key(each[0], parts, now)]
    found = max((way for _, way in ways), key=maria.rank, default=INSTANT)
    kinds = {part.kind for part, _ in ways}
    if kinds <= {"rename table"}:
        return found
    if _keeps_hash(ways, now):
        return _HASHED
    if _loses_key([part for part, _ in ways], now):
        found = max((_of_key(ways, now), *_besides(ways)), key=maria.rank)
    computed = [part for part, _ in ways if _is_computed(part, now)]
    others = [each for each in ways if each[0] not in computed]
    moved = not computed and moves_computed([part for part, _ in ways], now.table)
    if moved and not (kinds <= _DROPS and _keeps_uniques([part for part, _ in ways], now)):
        return _MOVED
    indexed = bool(kinds & _INDEXES) or _is_cut([part for part, _ in ways], now)
    if computed:
        beside = _stands_beside(computed, [part for part, _ in others], now, indexed=indexed)
        return _with_index(ways, found) if beside else _MIXED
    if indexed and found.algorithm in {"INSTANT", "NOCOPY"} and any(map(_is_shape, others)):
        at_once = "a column and an index change at once"
        return _MOVED if moved else maria.rebuilt(now, at_once)
    return found


def _renews_key(part: Part, parts: Ways, now: Standing) -> bool:
    """Tell whether a part drops or adds the primary key that is there before and after."""
    if part.kind not in _KEYS or now.table.primary_key is None:
        return False
    dropped = any(each.kind == "drop primary" for each, _ in parts)
    added = [each.columns for each, _ in parts if each.kind == "add primary"]
    return dropped and added == [now.table.primary_key.columns]


def _loses_key(parts: Sequence[Part], now: Standing) -> bool:
    """Tell whether the primary key goes, be it with its columns."""
    key = now.table.primary_key
    dropped = {each.name for each in parts if each.kind == "drop column"}
    lost = key is not None and {*key.columns} <= dropped
    return lost or any(each.kind == "drop primary" for each in parts)


def _of_key(ways: Ways, now: Standing) -> Way:
    """Give the way of a primary key that goes, and of one that comes in its place."""
    for part, _ in ways:
        if part.kind == "add primary" or (part.definition and part.definition.primary):
            return maria.rebuilt(now, "rows are put in the order of another key")
    return Way("COPY", "SHARED", "rows are kept in the order of the primary key")


def _besides(ways: Ways) -> Iterator[Way]:
    """Give the ways of what is no primary key."""
    return (way for part, way in ways if part.kind not in _KEYS)


def _keeps_hash(ways: Ways, now: Standing) -> bool:
    """Tell whether a key is kept by a hash, or is to be from now on."""
    gone = {part.name.lower() for part, _ in ways if part.kind == "drop index"}
    made = {part.name: part.definition for part, _ in ways if part.kind == "add column"}
    return bool(now.hashed - gone) or any(_makes_hash(part, now, made) for part, _ in ways)


def _makes_hash(part: Part, now: Standing, made: Mapping[str, Definition | None]) -> bool:
    if part.kind == "add column" and part.definition and part.definition.unique:
        return is_too_long([_size(part.definition, now)])
    if part.kind != "add unique":
        return False
    sizes = []
    for name, prefix in zip(part.columns, part.prefixes, strict=True):
        column = made.get(name)
        sizes.append(_size(column, now, prefix) if column else size_of(now.table, name, prefix))
    return is_too_long(sizes)


def _size(column: Definition, now: Standing, prefix: int = 0) -> float:
    charset = column.charset or column.collation.partition("_")[0] or now.table.charset
    return size(column.type, column.arguments, charset, prefix)


def _is_computed(part: Part, now: Standing) -> bool:
    """Tell whether a virtual column comes or goes, be it one that is hidden."""
    if part.kind == "add column":
        return part.definition is not None and part.definition.generated == "virtual"
    if part.kind == "drop index":
        return part.name.lower() in now.hashed
    column = now.table.column(part.name) if part.kind == "drop column" else None
    return column is not None and bool(column.generated) and column.virtual


def _stands_beside(
    computed: Sequence[Part], others: Sequence[Part], now: Standing, *, indexed: bool
) -> bool:
    """Tell whether virtual columns come and go in place beside other changes."""
    kinds = {each.kind for each in others}
    if not kinds <= {"drop column", "drop index", "add index"} or not _keeps_uniques(others, now):
        return False
    if now.virtual and any(each.definition and each.definition.position for each in computed):
        return False
    if "drop column" in kinds and (indexed or now.hashed or maria.not_instant(now)):
        return False
    made = {each.name for each in computed if each.kind == "add column"}
    over = any(made & {*each.columns} for each in others)
    return not over or all(each.kind == "add column" for each in computed)


def _keeps_uniques(parts: Sequence[Part], now: Standing) -> bool:
    """Tell whether no unique key goes, be it with its columns."""
    gone = {each.name.lower() for each in parts if each.kind == "drop index"}
    dropped = {each.name for each in parts if each.kind == "drop column"}
    uniques = [each for each in now.kept if each.unique]
    return not any(each.name in gone or dropped & {*each.columns} for each in uniques)


def _with_index(ways: Ways, found: Way) -> Way:
    """Let an index on a virtual column that is new be made while writes wait."""
    made = {part.name for part, _ in ways if part.kind == "add column"}
    if any(part.kind in _INDEXES and made & {*part.columns} for part, _ in ways):
        return max(found, Way("NOCOPY", "SHARED", "what is computed is indexed"), key=maria.rank)
    return found


def _is_cut(parts: Sequence[Part], now: Standing) -> bool:
    """Tell whether an index is left without one of its columns, and so is made anew."""
    dropped = {each.name for each in parts if each.kind == "drop column"}
    gone = {each.name.lower() for each in parts if each.kind == "drop index"}
    return any(
        each.name not in gone and dropped & {*each.columns} and {*each.columns} - dropped
        for each in now.kept
    )


def _is_shape(each: tuple[Part, Way]) -> bool:
    """Tell whether a column comes, goes or moves without the table being built anew."""
    part, way = each
    if part.kind == "modify":
        moved = part.definition is not None and bool(part.definition.position)
        return moved and way.algorithm == "INSTANT"
    return part.kind == "drop column" or (part.kind == "add column" and way.algorithm == "INSTANT")
