"""How MySQL alters a table, as its manual says of 8.0.29 and later; it was not measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.my.changes import Change, changes, is_appended
from be_tui.core.migrations.effects.my.standing import INSTANT, Way, charset_of, indexed, width

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.my.definitions import Definition
    from be_tui.core.migrations.effects.my.parts import Part
    from be_tui.core.migrations.effects.my.standing import Standing
    from be_tui.core.schema import Column

EVERYWHERE_SINCE = (8, 0, 29)
"""From here on columns are added anywhere, and dropped, instantly."""

INSTANT_SINCE = (8, 0, 12)
_ONE_BYTE = 255
_COPIED = Way("COPY", "SHARED", "each row is written anew")
_IN_PLACE = Way("INPLACE", "NONE")


def way(part: Part, now: Standing, *, checks: bool, version: tuple[int, ...]) -> Way:
    """Give the cheapest way of one part.

    Args:
        part: What is altered.
        now: The table before it.
        checks: Whether the session checks foreign keys.
        version: The server's; nothing where it is not known, and taken as a late one.
    """
    simple = _SIMPLE.get(part.kind)
    if simple:
        return simple
    if part.definition:
        if part.kind == "modify":
            return _modify(part, part.definition, now)
        return _add(part.definition, now, version, checks=checks)
    if part.kind == "drop column":
        return _drop(part.name, now, version)
    if part.kind == "add foreign":
        return _tied(checks=checks)
    same = part.kind == "rebuild" or (part.kind == "engine" and part.to == "innodb")
    if same and now.fulltext:
        return Way("COPY", "SHARED", "it has a FULLTEXT index")
    if same or part.kind in {"add primary", "row format"}:
        return rebuilt(now, "the table is built anew")
    return _COPIED


def _tied(*, checks: bool) -> Way:
    if checks:
        return Way("COPY", "SHARED", "each row's key is looked up")
    return Way("INPLACE", "NONE", "foreign_key_checks is off, and no row is looked at")


_SIMPLE = {
    "rename column": INSTANT,
    "default": INSTANT,
    "rename table": Way("INSTANT", "EXCLUSIVE", "nobody may use it under either name meanwhile"),
    "rename index": _IN_PLACE,
    "drop index": _IN_PLACE,
    "drop foreign": _IN_PLACE,
    "drop check": _IN_PLACE,
    "light option": _IN_PLACE,
    "add index": Way("INPLACE", "NONE", "every row gets an entry"),
    "add unique": Way("INPLACE", "NONE", "every row gets an entry"),
    "add fulltext": Way("INPLACE", "SHARED", "words are indexed while writes wait"),
    "add spatial": Way("INPLACE", "SHARED", "places are indexed while writes wait"),
    "add check": Way("COPY", "SHARED", "each row is checked"),
    "drop primary": Way("COPY", "SHARED", "rows are kept in the order of the primary key"),
    "convert": Way("COPY", "SHARED", "texts are written in another character set"),
}


def rebuilt(now: Standing, because: str) -> Way:
    """Give the way of a table that is built anew in place."""
    if now.fulltext:
        return Way("INPLACE", "SHARED", f"{because}, and its FULLTEXT index with it")
    return Way("INPLACE", "NONE", because)


def _not_instant(now: Standing) -> str:
    if now.compressed:
        return "its rows are compressed"
    return "it has a FULLTEXT index" if now.fulltext else ""


def _add(column: Definition, now: Standing, version: tuple[int, ...], *, checks: bool) -> Way:
    if column.generated == "virtual":
        return INSTANT
    if column.generated == "stored":
        return Way("COPY", "SHARED", "its value is computed for each row")
    if column.default == "expression":
        return Way("COPY", "SHARED", "the default is computed for each row")
    if column.auto_increment:
        return Way("INPLACE", "SHARED", "each row gets a number")
    if column.unique or column.primary:
        return rebuilt(now, "a column comes with its index")
    if column.references and checks and version >= (9,):
        return Way("COPY", "SHARED", "each row's key is looked up")
    because = _not_instant(now)
    if version and version < INSTANT_SINCE:
        because = because or "this version adds no column instantly"
    elif version and version < EVERYWHERE_SINCE and column.position:
        because = because or "this version adds columns instantly at the end only"
    return rebuilt(now, because) if because else INSTANT


def _drop(name: str, now: Standing, version: tuple[int, ...]) -> Way:
    column = now.table.column(name)
    if column and column.generated and column.virtual:
        return _IN_PLACE if indexed(now.table, name) else INSTANT
    because = _not_instant(now)
    if version and version < EVERYWHERE_SINCE:
        because = because or "this version drops no column instantly"
    if column and column.generated:
        because = because or "its values are stored"
    if indexed(now.table, name):
        because = because or "its indexes go with it"
    return rebuilt(now, because) if because else INSTANT


def _modify(part: Part, column: Definition, now: Standing) -> Way:
    from be_tui.core.migrations.effects.my.maria import rank

    old = now.table.column(part.name)
    if old is None:
        return Way("COPY", "SHARED", f"what {part.name} is now is not known")
    if column.generated or old.generated:
        return Way("COPY", "SHARED", "its value is computed for each row")
    found = changes(old, column, now.table)
    ways = [_of_change(each, old, column, now) for each in found]
    if column.position:
        ways.append(rebuilt(now, "the order of its columns is that of its rows"))
    if column.auto_increment and old.auto != "auto_increment":
        ways.append(Way("COPY", "SHARED", "each row gets a number"))
    return max(ways, key=rank, default=INSTANT)


def _of_change(change: Change, old: Column, column: Definition, now: Standing) -> Way:
    if change == "length" and column.type in {"varchar", "varbinary"}:
        charset = charset_of(now.table, old)
        each = 1 if column.type == "varbinary" else width(charset)
        before, after = (int(e[0]) * each for e in (old.type.arguments, column.arguments))
        if after > before and (before > _ONE_BYTE) == (after > _ONE_BYTE):
            return _IN_PLACE
    if change == "values" and is_appended(old, column):
        return INSTANT
    if change == "required":
        return rebuilt(now, "each row must have a value")
    if change == "optional":
        return rebuilt(now, "rows may have no value")
    return Way("COPY", "SHARED", "each value is written anew")
