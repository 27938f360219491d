"""What of a table decides how it can be altered."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.model import Algorithm, AlterLock
    from be_tui.core.schema import Column, Table

_BYTES = {
    "utf8mb4": 4,
    "utf8": 3,
    "utf8mb3": 3,
    "latin1": 1,
    "ascii": 1,
    "binary": 1,
    "ucs2": 2,
    "utf16": 4,
    "utf32": 4,
    "gbk": 2,
    "sjis": 2,
    "big5": 2,
    "euckr": 2,
    "gb2312": 2,
}
_WIDEST = 4
_KEY_BYTES = 3072
"""How long an entry of an index may be; a unique key over more is kept by a hash."""

_ENDLESS = frozenset({"text", "blob", "json", "geometry", "point", "linestring", "polygon"})
_COUNTED = frozenset({"char", "varchar"})
_BINARY = frozenset({"binary", "varbinary"})
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Way:
    """One way to alter a table."""

    algorithm: Algorithm
    lock: AlterLock
    because: str = ""


INSTANT = Way("INSTANT", "NONE")


@dataclass(frozen=True, slots=True)
class Kept:
    """An index, or the one that a unique constraint has."""

    name: str
    """In small letters."""

    columns: tuple[str, ...]
    prefixes: tuple[int, ...]
    """How many characters of each column it takes; 0 for all."""

    unique: bool = False
    ordered: bool = True
    """False for what finds words or places."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A table as the engine looks at it before it alters it."""

    table: Table
    fulltext: bool = False
    virtual: bool = False
    indexed_virtual: bool = False
    stored: bool = False
    compressed: bool = False
    kept: tuple[Kept, ...] = ()
    """Its indexes, but for the primary key."""

    @property
    def hashed(self) -> frozenset[str]:
        """Give the unique keys that MariaDB keeps by a hash, as an index does not hold them."""
        return frozenset(
            each.name
            for each in self.kept
            if each.unique
            and is_too_long(
                size_of(self.table, *one) for one in zip(each.columns, each.prefixes, strict=True)
            )
        )

    @property
    def computed(self) -> bool:
        """Tell whether it has generated columns of either kind."""
        return self.virtual or self.stored


def standing(table: Table) -> Standing:
    """Read it off the model."""
    virtual = {each.name.folded for each in table.columns if each.generated and each.virtual}
    stored = {each.name.folded for each in table.columns if each.generated and not each.virtual}
    indexed = {name for index in table.indexes for name in index.columns}
    indexed |= {name for key in table.keys for name in key.columns}
    options = " ".join(table.options).upper().replace(" ", "")
    return Standing(
        table,
        fulltext=any(each.method == "fulltext" for each in table.indexes),
        virtual=bool(virtual),
        indexed_virtual=bool(virtual & indexed),
        stored=bool(stored),
        compressed="ROW_FORMAT=COMPRESSED" in options or "KEY_BLOCK_SIZE=" in options,
        kept=tuple(_kept(table)),
    )


def _kept(table: Table) -> Iterator[Kept]:
    """Give the indexes of a table, those of unique constraints too."""
    for key in table.uniques:
        prefixes = key.prefixes or (0,) * len(key.columns)
        yield Kept((key.name or key.columns[0]).lower(), key.columns, prefixes, unique=True)
    for index in table.indexes:
        prefixes = tuple(each.prefix for each in index.parts)
        ordered = index.method not in {"fulltext", "spatial"}
        yield Kept(index.name.lower(), index.columns, prefixes, index.unique, ordered)


def size_of(table: Table, column: str, prefix: int = 0) -> float:
    """Give the bytes that a column takes in an index.

    Args:
        table: What it is of.
        column: Its folded name.
        prefix: How many characters are indexed; 0 for all.
    """
    found = table.column(column)
    if found is None:
        return _SHORT
    return size(found.type.name, found.type.arguments, charset_of(table, found), prefix)


def size(kind: str, arguments: tuple[str, ...], charset: str, prefix: int = 0) -> float:
    """Give the bytes that a type takes in an index; infinite for texts of any length."""
    endless = any(kind.endswith(each) for each in _ENDLESS)
    of_bytes = kind in _BINARY or (endless and not kind.endswith("text"))
    wide = 1 if of_bytes else width(charset)
    if prefix:
        return prefix * wide
    if endless:
        return inf
    said = arguments[0] if arguments else ""
    return int(said) * wide if kind in _COUNTED | _BINARY and said.isdigit() else _SHORT


def is_too_long(sizes: Iterable[float]) -> bool:
    """Tell whether columns of some sizes are more than an index of MariaDB holds."""
    return sum(sizes) > _KEY_BYTES


def indexed(table: Table, column: str) -> bool:
    """Tell whether an index or key has a column."""
    in_index = any(column in index.columns for index in table.indexes)
    return in_index or any(column in key.columns for key in table.keys)


def index_names(table: Table) -> set[str]:
    """Give the names of indexes and unique keys, in small letters."""
    names = [each.name for each in table.indexes] + [each.name for each in table.uniques]
    return {each.lower() for each in names if each}


def width(charset: str) -> int:
    """Give the bytes that a character may take; the most where it is not known."""
    return _BYTES.get(charset.lower(), _WIDEST)


def charset_of(table: Table, column: Column) -> str:
    """Give a column's character set, its own or its table's; nothing where neither is said."""
    found = column.charset or column.collation.partition("_")[0]
    return (found or table.charset).lower()
