"""The pages that are written are those that PostgreSQL's own headers describe."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.whatif.pages import PAGE, PageError, chain, merges_equal, metapage_of

MAGIC = 0x053162


@dataclass(frozen=True)
class Read:
    """A page, taken apart as pageinspect does."""

    lower: int
    upper: int
    special: int
    size: int
    layout: int
    left: int
    right: int
    level: int
    flags: int
    items: tuple[bytes, ...]


def read(page: bytes) -> Read:
    _, checksum, _, lower, upper, special, size, prune = struct.unpack_from("<QHHHHHHI", page)
    assert (checksum, prune) == (0, 0)
    left, right, level, flags, cycle = struct.unpack_from("<IIIHH", page, special)
    assert cycle == 0
    pointers = struct.unpack_from(f"<{(lower - 24) // 4}I", page, 24)
    items = []
    for pointer in pointers:
        offset, state, length = pointer & 0x7FFF, pointer >> 15 & 3, pointer >> 17
        assert state == 1
        assert upper <= offset
        assert offset + length <= special
        assert offset % 8 == 0
        items.append(page[offset : offset + length])
    return Read(
        *(lower, upper, special, size & 0xFF00, size & 0xFF),
        *(left, right, level, flags, tuple(items)),
    )


def empty_metapage(version: int = 4, magic: int = MAGIC) -> bytes:
    header = struct.pack("<QHHHHHHI", 7, 0, 0, 72, PAGE - 16, PAGE - 16, PAGE | 4, 0)
    meta = struct.pack("<IIIIIIIId?", magic, version, 0, 0, 0, 0, 0, 0, -1.0, True)  # noqa: FBT003
    return (header + meta).ljust(PAGE, b"\0")


@given(st.integers(0, 40))
def test_a_walk_from_the_root_ends_at_one_empty_leaf(height: int) -> None:
    pages = chain(height)
    assert len(pages) == (height + 1) * PAGE
    block = 1
    for level in range(height, -1, -1):
        page = read(pages[(block - 1) * PAGE : block * PAGE])
        assert (page.left, page.right, page.level) == (0, 0, level)
        assert (page.size, page.layout, page.special) == (PAGE, 4, PAGE - 16)
        assert page.lower <= page.upper <= page.special
        assert bool(page.flags & 1) == (level == 0)
        assert bool(page.flags & 2) == (block == 1)
        if level == 0:
            assert page.items == ()
            break
        (item,) = page.items
        high, low, attributes, info = struct.unpack("<HHHH", item)
        assert info == len(item) | 0x2000
        assert attributes == 0
        block = high << 16 | low


@given(st.integers(0, 2**31), st.sampled_from([3, 4]))
def test_the_metapage_differs_in_root_and_height_alone(height: int, version: int) -> None:
    before = empty_metapage(version)
    after = metapage_of(before, height)
    assert struct.unpack_from("<IIIIII", after, 24) == (MAGIC, version, 1, height, 1, height)
    assert after[:32] == before[:32]
    assert after[48:] == before[48:]
    assert merges_equal(after) == merges_equal(before)


@pytest.mark.parametrize(
    "page", [b"", b"\0" * PAGE, empty_metapage(version=5), empty_metapage(magic=MAGIC + 1)]
)
def test_what_is_no_metapage_that_is_known_is_refused(page: bytes) -> None:
    with pytest.raises(PageError):
        metapage_of(page, 1)
