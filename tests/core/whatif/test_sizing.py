"""Sizes by the rules of PostgreSQL's own building, held against figures of its indexes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.statistics import ColumnStats, Slot
from be_tui.core.whatif.ginpages import GinCounts, counts_of, gin_metapage_of
from be_tui.core.whatif.pages import PAGE, PageError
from be_tui.core.whatif.sizing import (
    Grown,
    KeyPart,
    btree,
    height_of,
    other_pages,
    table_pages,
    tuple_width,
)

BIGINT = KeyPart(8, 8)
INT = KeyPart(4, 4, distinct=5000)


@pytest.mark.parametrize(
    ("rows", "part", "pages", "height"),
    [(0, BIGINT, 2, 0), (100, BIGINT, 2, 0), (10_000, BIGINT, 30, 1), (1_000_000, BIGINT, 2745, 2)],
)
def test_an_index_on_numbers_is_as_large_as_postgresql_makes_it(
    rows: float, part: KeyPart, pages: int, height: int
) -> None:
    assert btree(rows, (part,), included=0, merges=False) == Grown(pages, height)


def test_equal_keys_that_are_kept_once_take_a_third() -> None:
    once = btree(1e6, (INT,), included=0, merges=True)
    each = btree(1e6, (INT,), included=0, merges=False)
    assert 0.25 < once.pages / each.pages < 0.4
    pairs = KeyPart(4, 4, distinct=1e6 / 1.6)
    assert btree(1e6, (pairs,), included=0, merges=True).pages < each.pages
    alone = KeyPart(4, 4, distinct=1e6)
    assert btree(1e6, (alone,), included=0, merges=True) == each


def test_a_tuple_begins_at_a_multiple_of_eight() -> None:
    assert tuple_width((BIGINT,)) == 16
    assert tuple_width((KeyPart(4, 4), BIGINT)) == 24
    assert tuple_width((KeyPart(9), KeyPart(4, 4))) == 24
    assert tuple_width((KeyPart(8, 8, null_share=1.0),)) == 16
    assert tuple_width((KeyPart(20, varying=True),)) == 31.5


@given(
    st.floats(0, 1e9),
    st.floats(1, 300),
    st.booleans(),
    st.one_of(st.none(), st.floats(1, 1e9)),
)
def test_more_rows_take_no_fewer_pages(
    rows: float,
    width: float,
    merges: bool,  # noqa: FBT001
    distinct: float | None,
) -> None:
    part = KeyPart(width, varying=True, distinct=distinct)
    small = btree(rows, (part,), included=0, merges=merges)
    large = btree(rows * 2 + 10, (part,), included=0, merges=merges)
    assert small.pages <= large.pages or merges
    assert small.height <= large.height or merges
    assert small.pages >= small.height + 2


@given(st.floats(1, 1e9), st.floats(4, 200))
def test_the_height_of_what_was_built_is_found_again(rows: float, width: float) -> None:
    part = KeyPart(width)
    built = btree(rows, (part,), included=0, merges=False)
    assert height_of(built.pages, rows, (part,), merges=False, unique=False) == built.height


@pytest.mark.parametrize(("pages", "height"), [(1, 0), (3, 0), (4, 1), (280, 1), (500, 2)])
def test_the_height_of_what_has_grown_follows_from_its_pages(pages: int, height: int) -> None:
    assert height_of(pages, 10, (KeyPart(16, 1),), merges=False, unique=True) == height


@pytest.mark.parametrize(
    ("alike", "unique", "height"), [(4, True, 1), (4, False, 2), (100, True, 2)]
)
def test_inner_pages_keep_the_columns_that_tell_leaves_apart(
    alike: int,
    unique: bool,  # noqa: FBT001
    height: int,
) -> None:
    parts = (KeyPart(8, 8, distinct=80_000 / alike), KeyPart(8, 8, distinct=1e6))
    built = btree(80_000, parts, included=0, merges=False)
    assert built.pages == pytest.approx(310, abs=2)
    assert height_of(310, 80_000, parts, merges=False, unique=unique) == height


def test_the_last_columns_that_are_only_included_stand_on_leaves_alone() -> None:
    wide = KeyPart(200)
    assert btree(1e5, (BIGINT, wide), included=1, merges=False).pages < (
        btree(1e5, (BIGINT, wide), included=0, merges=False).pages
    )


@pytest.mark.parametrize(
    ("method", "least", "most"),
    [
        ("hash", 3500, 6000),
        ("brin", 3, 6),
        ("gin", 250, 3000),
        ("gist", 2000, 6000),
        ("spgist", 2000, 6000),
    ],
)
def test_other_methods_are_told_roughly(method: str, least: int, most: int) -> None:
    assert least <= other_pages(method, 1e6, (BIGINT,), 20_000) <= most


def test_small_hash_indexes_double() -> None:
    sizes = [other_pages("hash", rows, (BIGINT,), 1) for rows in (0, 1000, 2000, 100_000)]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 4


def test_a_table_has_pages_for_its_rows() -> None:
    assert table_pages(0, 50) == 0
    assert table_pages(1000, 8) == 5
    assert table_pages(10, 50_000) == 10


def elements(texts: str, shares: str) -> ColumnStats:
    slots = (Slot("most_common_elems", texts), Slot("most_common_elem_freqs", shares))
    return ColumnStats("tags", slots=slots)


def test_lists_of_rows_have_pages_of_their_own_once_they_are_long() -> None:
    column = elements("{a0,a1,a2,a3,a4,b}", "{0.2,0.2,0.2,0.2,0.2,1,0.2,1,0}")
    assert counts_of(column, 20_000, 323, 110) == GinCounts(6, 1, 9)
    assert counts_of(column, 100, 4, 2) == GinCounts(6, 1, 0)
    rare = elements("{a,b}", "{0.0001,0.5}")
    counted = counts_of(rare, 1e6, 50_000, 400)
    assert counted is not None
    assert counted.entries == 2


@pytest.mark.parametrize(
    "column",
    [ColumnStats("tags"), elements("{a,b}", "{1}"), elements(f"{{{','.join('a' * 501)}}}", "{1}")],
)
def test_elements_that_are_not_all_known_tell_nothing(column: ColumnStats) -> None:
    assert counts_of(column, 100, 10, 5) is None


def test_a_gin_metapage_differs_in_its_counts_alone() -> None:
    import struct

    before = bytearray(b"\7" * PAGE)
    struct.pack_into("<i", before, 72, 2)
    after = gin_metapage_of(bytes(before), 110, GinCounts(6, 1, 9))
    assert struct.unpack_from("<IIIxxxxq", after, 48) == (110, 1, 9, 6)
    assert after[:48] == before[:48]
    assert after[72:] == before[72:]


@pytest.mark.parametrize("page", [b"", b"\0" * PAGE])
def test_what_is_no_gin_metapage_is_refused(page: bytes) -> None:
    with pytest.raises(PageError):
        gin_metapage_of(page, 1, GinCounts(1, 1, 0))
