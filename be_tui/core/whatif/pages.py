"""The first pages of a b-tree of PostgreSQL, written so that the planner sees a tree of a height.

The planner asks an index for two things beyond the catalogue: the size of its file, and its
height, which stands in the metapage. It may also walk down to the ends of the tree, so there must
be pages to walk: here each inner page leads to one page below, and the one leaf is empty.

The layout is the same from PostgreSQL 12 to 18: page headers in `bufpage.h` (layout version 4),
metapage, page tails and downlinks in `nbtree.h`, index tuples in `itup.h`, pointers in `itemid.h`.
"""

from __future__ import annotations

import struct

PAGE = 8192
"""Bytes of a page (`BLCKSZ`)."""

_HEADER = struct.Struct("<QHHHHHHI")
"""`PageHeaderData`: LSN, checksum, flags, lower, upper, special, size and version, prune xid."""

_META = struct.Struct("<IIIIII")
"""The beginning of `BTMetaPageData`: magic, version, root, level, fast root, fast level."""

_TAIL = struct.Struct("<IIIHH")
"""`BTPageOpaqueData`: left and right neighbour, level, flags, cycle."""

_ALLEQUAL = 64
"""Where `btm_allequalimage` stands in the metapage."""

_MAGIC = 0x053162
_VERSIONS = (3, 4)
_LAYOUT = 4

_LEAF = 1
_ROOT = 2

_NORMAL = 1
"""`LP_NORMAL`: the pointer leads to a tuple."""

_PIVOT = 8
"""Bytes of a pivot tuple without attributes, which stands for minus infinity."""

_ALTERNATIVE = 0x2000
"""`INDEX_ALT_TID_MASK`: the number of attributes stands where a heap's pointer would."""


class PageError(ValueError):
    """A page is not what it should be."""


def metapage_of(page: bytes, height: int) -> bytes:
    """Give the metapage of an empty b-tree as that of a tree whose root is block 1.

    Args:
        page: What PostgreSQL wrote for the empty index.
        height: Levels below the root.

    Raises:
        PageError: It is no metapage of a version that is known here.
    """
    if len(page) != PAGE:
        raise PageError(f"a page has {PAGE} bytes, this has {len(page)}")
    start = _HEADER.size
    magic, version, *_ = _META.unpack_from(page, start)
    if magic != _MAGIC or version not in _VERSIONS:
        raise PageError(f"no metapage of a b-tree: magic {magic:#x}, version {version}")
    meta = _META.pack(magic, version, 1, height, 1, height)
    return page[:start] + meta + page[start + len(meta) :]


def merges_equal(page: bytes) -> bool:
    """Tell by the metapage whether equal keys may be kept once, with the list of their rows."""
    return page[_ALLEQUAL] != 0


def chain(height: int) -> bytes:
    """Give the pages from the root, which is block 1, down to one empty leaf."""
    return b"".join(_page(height - below, block=1 + below) for below in range(height + 1))


def _page(level: int, block: int) -> bytes:
    flags = (_LEAF if level == 0 else 0) | (_ROOT if block == 1 else 0)
    special = PAGE - _TAIL.size
    tail = _TAIL.pack(0, 0, level, flags, 0)
    if level == 0:
        lower, upper, pointer, pivot = _HEADER.size, special, b"", b""
    else:
        lower, upper = _HEADER.size + 4, special - _PIVOT
        pointer = struct.pack("<I", upper | _NORMAL << 15 | _PIVOT << 17)
        below = block + 1
        pivot = struct.pack("<HHHH", below >> 16, below & 0xFFFF, 0, _PIVOT | _ALTERNATIVE)
    header = _HEADER.pack(0, 0, 0, lower, upper, special, PAGE | _LAYOUT, 0)
    return (header + pointer).ljust(upper, b"\0") + pivot + tail
