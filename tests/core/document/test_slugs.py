from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document.slugs import slugify, split_slug, unique


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Caching", "caching"),
        ("Cache-aside (lazy loading)", "cache-aside-lazy-loading"),
        ("What `EXPLAIN` tells", "what-explain-tells"),
        ("N+1 queries", "n1-queries"),
        ("Über snake_case", "über-snake_case"),
        ("!?", "section"),
    ],
)
def test_a_slug_is_made_as_github_makes_it(title: str, slug: str) -> None:
    assert slugify(title) == slug


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Cursor pagination {#cursor-pagination}", ("Cursor pagination", "cursor-pagination")),
        ("Cursor pagination", ("Cursor pagination", "cursor-pagination")),
        ("A set {a, b}", ("A set {a, b}", "a-set-a-b")),
    ],
)
def test_an_explicit_slug_wins_over_the_title(heading: str, expected: tuple[str, str]) -> None:
    assert split_slug(heading) == expected


def test_a_slug_that_occurs_again_is_numbered() -> None:
    assert unique(["a", "b", "a", "a-1", "a"]) == ("a", "b", "a-1", "a-1-1", "a-2")


@given(st.lists(st.sampled_from(["a", "a-1", "a-2", "b"])))
def test_no_two_slugs_are_the_same(slugs: list[str]) -> None:
    given_slugs = unique(slugs)
    assert len(set(given_slugs)) == len(slugs)
    assert all(new.startswith(old) for old, new in zip(slugs, given_slugs, strict=True))


def test_equal_headings_cost_no_more_each_however_many_they_are() -> None:
    # Were all numbers tried for each, these would be some twenty thousand million tries.
    assert unique(["h"] * 200_000)[-1] == "h-199999"
