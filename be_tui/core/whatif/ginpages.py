"""The counts in a GIN index's metapage, which the planner weighs it by (`gincostestimate`).

Statistics hold the commonest elements of a column. Where they are all there are, it follows how
many entries the index has, and which of their lists of rows have pages of their own.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.statistics import read_array
from be_tui.core.whatif.pages import PAGE, PageError

if TYPE_CHECKING:
    from be_tui.core.statistics import ColumnStats

_COUNTS = struct.Struct("<IIIxxxxq")
"""Of `GinMetaPageData` in `ginblock.h`: pages in all, of entries, of lists; entries."""

_COUNTS_AT = 48
_VERSION_AT = 72
_VERSIONS = (1, 2)

_LONGEST = 2700
"""Bytes of a list of rows that still stands with its entry (`GinMaxItemSize`)."""

_LEAF = 8100
"""Bytes of lists on a page of their own."""

_ROWS_APART = 2048
"""What the address of the same place one page further is greater by (`ginpostinglist.c`)."""

_BITS = 7
"""Bits of a difference that a byte of a list holds."""

_ENTRY = 24
_MOST = 500
"""Elements up to which the list is taken for whole: PostgreSQL keeps a thousand."""


@dataclass(frozen=True, slots=True)
class GinCounts:
    """What a GIN index consists of."""

    entries: int
    entry_pages: int
    data_pages: int


def counts_of(column: ColumnStats, rows: float, table: int, pages: int) -> GinCounts | None:
    """Give what an index consists of; None where the elements are not known.

    Args:
        column: What it is on.
        rows: Those in it.
        table: The pages of its table.
        pages: Its own, of which some may be free.
    """
    told = {slot.name: slot.text for slot in column.slots}
    elements = read_array(told.get("most_common_elems", "{}"))
    shares = [float(each) for each in read_array(told.get("most_common_elem_freqs", "{}"))]
    if not elements or len(elements) > _MOST or len(shares) < len(elements):
        return None
    lists = [_list_size(share * rows, table) for share in shares[: len(elements)]]
    texts = sum(len(element) + _ENTRY for element in elements)
    inline = texts + sum(size for size in lists if size <= _LONGEST)
    data = sum(_list_pages(size) for size in lists if size > _LONGEST)
    entry_pages = min(math.ceil(inline / _LEAF), max(pages - 1, 1))
    return GinCounts(len(elements), entry_pages, min(data, max(pages - 1 - entry_pages, 0)))


def _list_size(rows: float, table: int) -> float:
    """Give the bytes of the compressed list of rows that stand evenly over a table."""
    if rows >= table:
        return rows + table
    apart = max(table / max(rows, 1.0) * _ROWS_APART, 2.0)
    return rows * math.ceil(math.log2(apart) / _BITS)


def _list_pages(size: float) -> int:
    leaves = math.ceil(size / _LEAF)
    return leaves + (leaves > 1)


def gin_metapage_of(page: bytes, pages: int, counts: GinCounts) -> bytes:
    """Give the metapage of an empty index with the counts of a full one.

    Raises:
        PageError: It is no metapage of a version that is known here.
    """
    if len(page) != PAGE:
        raise PageError(f"a page has {PAGE} bytes, this has {len(page)}")
    (version,) = struct.unpack_from("<i", page, _VERSION_AT)
    if version not in _VERSIONS:
        raise PageError(f"no metapage of GIN: version {version}")
    told = _COUNTS.pack(pages, counts.entry_pages, counts.data_pages, counts.entries)
    return page[:_COUNTS_AT] + told + page[_COUNTS_AT + len(told) :]
