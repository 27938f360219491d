"""How MariaDB alters a table, as MariaDB 10.11 was measured to.

A change is instant where only the dictionary tells it; else the table is rebuilt in place, unless
what is computed, or the kind of its values, needs each row to be written through the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.my.changes import Change, changes, is_appended
from be_tui.core.migrations.effects.my.definitions import standing
from be_tui.core.migrations.effects.my.standing import (
    INSTANT,
    Way,
    charset_of,
    indexed,
    is_too_long,
    size_of,
    width,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.migrations.effects.my.definitions import Definition
    from be_tui.core.migrations.effects.my.parts import Part
    from be_tui.core.migrations.effects.my.standing import Kept, Standing
    from be_tui.core.schema import Column

_ONE_BYTE = 255
_SHORT = 127
"""Bytes up to which a text's length is kept so that it may grow beyond 255."""


def way(part: Part, now: Standing, *, checks: bool) -> Way:
    """Give the cheapest way of one part.

    Args:
        part: What is altered.
        now: The table before it.
        checks: Whether the session checks foreign keys.
    """
    simple = _SIMPLE.get(part.kind)
    if simple:
        return simple
    if part.kind == "add column" and part.definition:
        return _add(part.definition, now, checks=checks)
    if part.kind == "modify" and part.definition:
        return _modify(part, part.definition, now)
    if part.kind == "add foreign":
        return _tied(checks=checks)
    anew = part.kind in {"add primary", "rebuild", "row format"}
    if anew or (part.kind == "engine" and part.to == (now.table.storage or "innodb")):
        return rebuilt(now, "the table is built anew")
    handler = _HANDLERS.get(part.kind)
    return handler(part, now) if handler else Way("COPY", "SHARED", "each row is written anew")


def _tied(*, checks: bool) -> Way:
    if checks:
        return Way("COPY", "SHARED", "each row's key is looked up")
    return Way("NOCOPY", "NONE", "foreign_key_checks is off, and no row is looked at")


_SIMPLE = {
    "rename column": INSTANT,
    "default": INSTANT,
    "rename index": INSTANT,
    "drop foreign": INSTANT,
    "drop check": INSTANT,
    "light option": INSTANT,
    "rename table": Way("INSTANT", "EXCLUSIVE", "nobody may use it under either name meanwhile"),
    "drop index": Way("NOCOPY", "NONE"),
    "add spatial": Way("NOCOPY", "SHARED", "places are indexed while writes wait"),
    "add check": Way("COPY", "SHARED", "each row is checked"),
    "drop primary": Way("COPY", "SHARED", "rows are kept in the order of the primary key"),
}


def rebuilt(now: Standing, because: str) -> Way:
    """Give the way of a table that is built anew in place."""
    if now.fulltext:
        return Way("INPLACE", "SHARED", f"{because}, and its FULLTEXT index with it")
    if now.indexed_virtual:
        return Way("INPLACE", "SHARED", f"{because}, and an index on what is computed with it")
    return Way("INPLACE", "NONE", because)


def not_instant(now: Standing) -> str:
    """Say why a table cannot have columns added or dropped instantly."""
    if now.compressed:
        return "its rows are compressed"
    if now.fulltext:
        return "it has a FULLTEXT index"
    return "it has an index on a computed column" if now.indexed_virtual else ""


def _add(column: Definition, now: Standing, *, checks: bool) -> Way:
    if column.generated == "virtual":
        return INSTANT
    if column.default == "expression" or column.generated:
        return Way("COPY", "SHARED", "its value is computed for each row")
    if column.references:
        return Way("COPY", "SHARED", "each row's key is looked up") if checks else INSTANT
    if column.auto_increment:
        return Way("INPLACE", "SHARED", "each row gets a number")
    if column.unique or column.primary:
        return rebuilt(now, "a column comes with its index")
    because = not_instant(now)
    return rebuilt(now, because) if because else INSTANT


def _drop(part: Part, now: Standing) -> Way:
    name = part.name
    column = now.table.column(name)
    cheap = Way("NOCOPY", "NONE") if indexed(now.table, name) else INSTANT
    if column and column.generated and column.virtual:
        return cheap
    because = not_instant(now)
    if not because:
        return cheap
    if now.virtual:
        return Way("COPY", "SHARED", f"{because}, and its computed columns move")
    return rebuilt(now, because)


def _words(part: Part, now: Standing) -> Way:
    del part
    if now.fulltext:
        return Way("NOCOPY", "SHARED", "words are indexed while writes wait")
    return Way("INPLACE", "SHARED", "the first FULLTEXT index adds a column that is hidden")


def _index(part: Part, now: Standing) -> Way:
    columns = [now.table.column(name) for name in part.columns]
    whole = part.kind == "add unique" and all(each and not each.nullable for each in columns)
    if whole and columns and now.table.primary_key is None and not now.table.uniques:
        return rebuilt(now, "rows are kept in the order of the first unique key")
    return Way("NOCOPY", "NONE", "every row gets an entry")


def _modify(part: Part, column: Definition, now: Standing) -> Way:
    old = now.table.column(part.name)
    if old is None:
        return Way("COPY", "SHARED", f"what {part.name} is now is not known")
    if column.generated or old.generated:
        if column.generated == "virtual" and old.generated and old.virtual:
            return _recomputed(column, old)
        return Way("COPY", "SHARED", "its value is computed for each row")
    found = changes(old, column, now.table)
    ways = [_of_change(each, old, column, now) for each in found]
    if column.position:
        ways.append(_moved(now))
    if column.auto_increment and old.auto != "auto_increment":
        ways.append(Way("COPY", "SHARED", "each row gets a number"))
    return max(ways, key=rank, default=INSTANT)


def _recomputed(column: Definition, old: Column) -> Way:
    """Give the way of a virtual column that stays one."""
    if (column.type, column.arguments) != (standing(old).type, standing(old).arguments):
        return Way("COPY", "SHARED", "a computed column has another type")
    return INSTANT


def rank(each: Way) -> tuple[int, int]:
    """Give what ways are compared by: the dearest is the greatest."""
    algorithms = ("INSTANT", "NOCOPY", "INPLACE", "COPY")
    return algorithms.index(each.algorithm), ("NONE", "SHARED", "EXCLUSIVE").index(each.lock)


def _moved(now: Standing) -> Way:
    because = not_instant(now)
    return rebuilt(now, because) if because else INSTANT


def _of_change(change: Change, old: Column, column: Definition, now: Standing) -> Way:
    copied = Way("COPY", "SHARED", "each value is written anew")
    if change == "length":
        return _longer(old, column, now) or copied
    if change == "values":
        return INSTANT if is_appended(old, column) else copied
    if change == "collation":
        if indexed(now.table, old.name.folded):
            return Way("NOCOPY", "NONE", "its indexes are put in another order")
        return INSTANT
    if change == "required":
        if now.computed:
            return Way("COPY", "SHARED", "columns are computed, and each row must have a value")
        return rebuilt(now, "each row must have a value")
    if change == "optional":
        return rebuilt(now, "rows may have no value")
    return copied


def _longer(old: Column, column: Definition, now: Standing) -> Way | None:
    if column.type not in {"varchar", "varbinary"}:
        return None
    bytes_each = 1 if column.type == "varbinary" else width(charset_of(now.table, old))
    before, after = (int(each[0]) * bytes_each for each in (old.type.arguments, column.arguments))
    if after < before or _SHORT < before <= _ONE_BYTE < after:
        return None
    outgrown = _outgrown(old.name.folded, after, now)
    if any(each.unique for each in outgrown):
        return None
    return Way("NOCOPY", "NONE", "its indexes keep less of it") if outgrown else INSTANT


def _outgrown(name: str, size: int, now: Standing) -> list[Kept]:
    """Give the indexes that hold a column, and do not any more once it takes so many bytes."""
    found = []
    for index in now.kept:
        parts = list(zip(index.columns, index.prefixes, strict=True))
        if (name, 0) in parts and index.name not in now.hashed:
            others = (size_of(now.table, *each) for each in parts if each[0] != name)
            if is_too_long([size, *others]):
                found.append(index)
    return found


def _convert(part: Part, now: Standing) -> Way:
    texts = [e for e in now.table.columns if e.type.family in {"text", "enum"}]
    same = all(charset_of(now.table, each) == part.to and (not part.name) for each in texts)
    if same:
        return INSTANT
    return Way("COPY", "SHARED", "texts are written in another character set")


_HANDLERS: dict[str, Callable[[Part, Standing], Way]] = {
    "drop column": _drop,
    "add index": _index,
    "add unique": _index,
    "add fulltext": _words,
    "convert": _convert,
}
