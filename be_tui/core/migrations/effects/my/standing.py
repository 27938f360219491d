"""What of a table decides how it can be altered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class Way:
    """One way to alter a table."""

    algorithm: Algorithm
    lock: AlterLock
    because: str = ""


INSTANT = Way("INSTANT", "NONE")


@dataclass(frozen=True, slots=True)
class Standing:
    """A table as the engine looks at it before it alters it."""

    table: Table
    fulltext: bool = False
    virtual: bool = False
    indexed_virtual: bool = False
    stored: bool = False
    compressed: bool = False

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
    )


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
