"""How large an index of PostgreSQL would be, by the rules that it is built by.

A b-tree is packed from sorted rows: `nbtsort.c` fills leaves to 90 %, inner pages to 70 %;
`nbtdedup.c` keeps equal keys once, with the list of their rows, where that is safe. The other
methods are told roughly. Against indexes that were built, see the benchmark `whatif`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_PAGE = 8192
_TUPLE = 8
"""Bytes before the values of an index tuple (`itup.h`)."""

_POINTER = 4
"""Bytes of the page's pointer to a tuple (`itemid.h`)."""

_ROW = 6
"""Bytes of a row's address in a list of rows."""

_FIRST = _PAGE - 24 - 16 - _POINTER
"""Bytes of an empty page: header, tail and the first pointer taken off."""

_LEAF_SPARE = _PAGE // 10 + 8
"""Bytes that a leaf keeps free, the room of one address included."""

_INNER_SPARE = _PAGE * 30 // 100

_LONGEST_LIST = 808
"""Bytes of the longest tuple with a list of rows."""

_FEWEST = 1.5
"""Rows of a value from which on it is kept once."""

_LIKE_NEW = 0.05
"""How far an index may be from its size when it is built, to be taken for one that was."""

_SPLIT_AMONG = 50.0
"""Keys with the same first column among which a page is still split elsewhere."""

_HEAP_TUPLE = 28
"""Bytes before the values of a row, its pointer included (`htup_details.h`)."""

_HEAP_ROOM = _PAGE - 24

_HASH_BUCKET = 307
"""Rows that a bucket of a hash index is made for: three quarters of a page (`hashpage.c`)."""

_HASH_DOUBLES = 512
"""Buckets up to which their number doubles; from there on it grows by quarters."""

_BRIN_RANGE = 128
"""Pages that an entry of a BRIN index stands for (`pages_per_range`)."""


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One column or expression of an index, or one that is only included."""

    width: float
    """Bytes of a value on average, its length word included."""

    aligned: int = 1
    """Bytes that it is aligned to; 1 for short texts."""

    varying: bool = False
    null_share: float = 0.0
    distinct: float | None = None
    """Different values among all rows; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A b-tree as it would be."""

    pages: int
    height: int
    """Levels below the root."""


def tuple_width(parts: tuple[KeyPart, ...]) -> float:
    """Give the bytes of an index tuple, which begin at a multiple of 8."""
    nulls = 1.0 - math.prod(1.0 - part.null_share for part in parts)
    size = 0.0
    for part in parts:
        if part.aligned > 1:
            size = math.ceil(size / part.aligned) * part.aligned
        size += part.width * (1.0 - part.null_share)
    if any(part.varying for part in parts):
        # Lengths spread over the whole of an alignment: on average half of it is lost.
        whole = max(_TUPLE + size + 3.5, 16.0)
    else:
        whole = _aligned(_TUPLE + size)
    return whole + nulls * 8.0


def btree(rows: float, parts: tuple[KeyPart, ...], *, included: int, merges: bool) -> Grown:
    """Give the size and height of a b-tree that was just built.

    Args:
        rows: Those in it.
        parts: Its columns, those that are only included at the end.
        included: How many these are.
        merges: Whether equal keys are kept once.
    """
    width = tuple_width(parts)
    keys = _different(rows, parts)
    if merges and keys and rows / keys >= _FEWEST:
        leaves = _merged_leaves(rows, keys, width)
    else:
        leaves = math.ceil(rows / max((_FIRST - _LEAF_SPARE) // (width + _POINTER), 1.0))
    searched = parts[: len(parts) - included] or parts
    inner = _pivot_width(rows, searched, grown=False) + _POINTER
    return _stacked(max(leaves, 1), inner)


def height_of(
    pages: int, rows: float, parts: tuple[KeyPart, ...], *, merges: bool, unique: bool
) -> int:
    """Give the levels below the root of a b-tree that there is, of which only the size is known.

    One that is about as large as when it is built was built, unless it is unique: keys are mostly
    there before the rows. Another grew by rows that came, which fills its root to the brim before
    it is split.

    Args:
        pages: Of the whole file.
        rows: Those in it.
        parts: Its columns, without those that are only included.
        merges: Whether equal keys are kept once.
        unique: Whether it is.
    """
    built = btree(rows, parts, included=0, merges=merges)
    if not unique and abs(built.pages / max(pages, 1) - 1.0) <= _LIKE_NEW:
        return built.height
    inner = _pivot_width(rows, parts, grown=True) + _POINTER
    level, height = max(pages - 2, 1), 0
    while level > _FIRST // inner:
        level = math.ceil(level / max((_FIRST - _INNER_SPARE) // inner, 2))
        height += 1
    return height + (level > 1)


def _pivot_width(rows: float, parts: tuple[KeyPart, ...], *, grown: bool) -> float:
    """Give the bytes of a key on inner pages, which keeps the columns that tell leaves apart.

    Where a page is split between two values of the first column, that one is enough. A page that
    fills up is split at such a place if there is one; building fills a page and goes on.
    """
    whole, first = tuple_width(parts), tuple_width(parts[:1])
    values, keys = parts[0].distinct if parts else None, _different(rows, parts)
    if len(parts) < 2 or not values or not keys:  # noqa: PLR2004 (there is nothing to leave out)
        return whole
    alike = max(keys / values, 1.0)
    if grown:
        return first if alike < _SPLIT_AMONG else whole
    return whole - (whole - first) / alike


def _stacked(leaves: int, inner: float) -> Grown:
    """Give the tree over so many leaves; the metapage is counted."""
    fanout = max(int((_FIRST - _INNER_SPARE) // inner), 2)
    pages, level, height = 1 + leaves, leaves, 0
    while level > 1:
        level = math.ceil(level / fanout)
        pages += level
        height += 1
    return Grown(pages, height)


def _different(rows: float, parts: tuple[KeyPart, ...]) -> float | None:
    """Give how many different keys there are, if columns are independent of each other."""
    known = [part.distinct for part in parts if part.distinct is not None]
    return min(math.prod(known), rows) if len(known) == len(parts) else None


def _merged_leaves(rows: float, keys: float, width: float) -> int:
    each = rows / keys
    longest = max(int((_LONGEST_LIST - width) // _ROW), 1)
    whole, rest = divmod(each, longest)
    few, part = divmod(rest, 1.0)
    size = whole * _merged(width, longest)
    size += (1.0 - part) * _merged(width, few) + part * _merged(width, few + 1.0)
    return math.ceil(keys * size / (_FIRST - _LEAF_SPARE))


def _merged(width: float, rows: float) -> float:
    """Give the bytes of one key with its rows."""
    if rows < 2.0:  # noqa: PLR2004 (a list has two rows at least)
        return rows * (width + _POINTER)
    return _aligned(width + rows * _ROW) + _POINTER


def _aligned(size: float) -> float:
    return math.ceil(size / 8) * 8.0


def table_pages(rows: float, width: float) -> int:
    """Give the pages of a table without holes."""
    each = max(_HEAP_ROOM // (_HEAP_TUPLE + _aligned(width)), 1.0)
    return math.ceil(rows / each)


def other_pages(method: str, rows: float, parts: tuple[KeyPart, ...], table: int) -> int:
    """Give the pages of an index that is no b-tree, roughly.

    Args:
        method: `hash`, `brin`, `gin`, `gist`, `spgist`, or one of an extension.
        rows: Those in it.
        parts: Its columns.
        table: Pages of its table.
    """
    width = tuple_width(parts) + _POINTER
    if method == "hash":
        return max(_hash_buckets(rows) * 4 // 3 + 3, 4)
    if method == "brin":
        ranges = math.ceil(table / _BRIN_RANGE)
        return 2 + math.ceil(ranges * (2 * width + 8) / _PAGE) + ranges // 1360
    if method == "gin":
        # Rows are lists of addresses by value, some two bytes each; values stand once.
        values = min(sum(part.distinct or rows / 10 for part in parts), rows)
        elements = max(sum(part.width for part in parts) / 12.0, 1.0)
        return 2 + math.ceil((rows * elements * 2.0 + values * 32.0) / (_PAGE * 0.9))
    return 1 + math.ceil(rows * width / (_PAGE * 0.7))


def _hash_buckets(rows: float) -> int:
    """Give the buckets that a hash index is built with: quarters of powers of 2 beyond 512."""
    wanted = max(math.ceil(rows / _HASH_BUCKET), 2)
    power = 1 << (wanted - 1).bit_length()
    if power <= _HASH_DOUBLES:
        return power
    step = power // 8
    return math.ceil(wanted / step) * step
