"""What somebody remembers of a title finds it, at once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.tui.fuzzy import Titles, places

TITLES = (
    "When to optimise",
    "When to refactor",
    "Caching: where and how long",
    "Cache keys",
    "Cursor pagination",
    "Offset pagination and its price",
    "Point in time recovery",
    "Idempotency keys",
)


def found(query: str) -> list[str]:
    return [TITLES[match.number] for match in Titles(TITLES).best(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("cache", "Cache keys"),
        ("pag cur", "Cursor pagination"),
        ("pitr", "Point in time recovery"),
        ("refac", "When to refactor"),
        ("idem", "Idempotency keys"),
        ("OPTIM", "When to optimise"),
        ("pagntion", "Cursor pagination"),
    ],
)
def test_the_title_that_is_meant_comes_first(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_every_word_must_be_in_it() -> None:
    assert found("cursor price") == []


def test_the_letters_that_fit_are_told() -> None:
    assert places("cur pag", "Cursor pagination") == ((0, 3), (7, 10))
    assert places("pitr", "Point in time recovery") == ((0, 1), (6, 7), (9, 10), (14, 15))


def test_an_empty_query_fits_everything() -> None:
    assert found("  ") == sorted(TITLES, key=lambda title: (len(title), TITLES.index(title)))


def test_letters_far_apart_are_no_match() -> None:
    assert Titles(["when nothing else would ever"]).best("wr") == []


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_every_part_of_a_title_finds_it_and_the_spans_lie_in_it(
    title: str, start: int, end: int
) -> None:
    part = title[start:end].lower()
    if part in title.lower() and len(title.lower()) == len(title):
        assert len(Titles([title]).best(part)) == 1
        assert all(0 <= a < b <= len(title) for a, b in places(part, title))


def test_two_thousand_titles_take_a_few_milliseconds_a_key() -> None:
    titles = Titles(f"{title} of part {number}" for number in range(250) for title in TITLES)
    queries = ["p", "pa", "pag", "pagi", "pagin", "pagin c", "pagin cu", "wto", "idmp"]
    titles.best("warm")

    def asked() -> float:
        began = time.process_time()
        for query in queries:
            titles.best(query)
        return (time.process_time() - began) / len(queries)

    # The best of three, for a collection of all that the suite has made may come in between.
    assert min(asked() for _ in range(3)) < 0.05
