"""Search as somebody types: nothing typed is an error, and no letter of a word loses the hits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import Span
from be_tui.core.knowledge import Hit, Library, building, open_library
from be_tui.core.knowledge.search import normal
from tests.core.knowledge.making import FILES, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module", autouse=True)
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Give one library for all tests here: the small pack over the bundled one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        opened = open_library(write_project(tmp_path_factory.mktemp("project")))
    OPEN.append(opened)
    with opened:
        yield opened
    OPEN.clear()


OPEN: list[Library] = []
"""The library of the fixture, for tests that hypothesis drives."""


@cache
def vocabulary() -> tuple[str, ...]:
    """Give every word that the index knows, as it stands in the passages."""
    index = OPEN[0]._index
    index.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, row)")
    return tuple(row[0] for row in index.execute("SELECT term FROM temp.terms"))


def test_no_letter_of_any_word_takes_the_last_hit_away(library: Library) -> None:
    """Every beginning of every word that is indexed, the bundled pack's and the small one's."""
    beginnings = {word[:end] for word in vocabulary() for end in range(1, len(word) + 1)}
    assert len(beginnings) > 10_000
    assert [each for each in beginnings if not library.search(each, 1)] == []


def addresses(library: Library, query: str, limit: int = 20) -> list[str]:
    return [hit.address for hit in library.search(query, limit)]


def test_a_hit_says_where_it_stands_and_shows_the_words(library: Library) -> None:
    hit = library.search("degrees steeping")[0]
    assert hit[:4] == ("drinks#steeping", "reference", "Steeping", "Drinks › Tea")
    assert hit.snippet == (
        Span("Three minutes at 80 "),
        Span("degrees", "strong"),
        Span("."),
    )
    assert hit.plain == "Three minutes at 80 degrees."


def test_every_kind_of_item_is_found(library: Library) -> None:
    found = {hit.kind: hit.address for hit in library.search("water", 50) if "drinks" in hit.trail}
    assert addresses(library, "Tea or coffee")[0] == "tree:tea"
    assert addresses(library, "Was it boiled")[0] == "checklist:kitchen"
    assert addresses(library, "old-water")[0] == "rule:stale-water"
    assert addresses(library, "what to drink")[0] == "drinks"
    assert found.keys() <= {"reference"}


def test_a_title_counts_more_than_a_text(library: Library) -> None:
    assert addresses(library, "steeping")[0] == "drinks#steeping"
    assert "cach" in library.search("caching")[0].title.lower()


def test_words_are_found_by_their_beginnings_and_by_their_stems(library: Library) -> None:
    assert "drinks#steeping" in addresses(library, "stee")
    assert "drinks#steeping" in addresses(library, "steeped")
    assert "guide#caching" in addresses(library, "cache")


def test_accents_and_capitals_do_not_matter(library: Library) -> None:
    for query in ("STEEPING", "stéeping", "ste\u0301eping"):
        assert addresses(library, query)[0] == "drinks#steeping"


@pytest.mark.parametrize("query", ["cuppa", "h2o", "n+1 leaves", "N + 1 Leaves"])
def test_another_name_finds_the_same(library: Library, query: str) -> None:
    assert addresses(library, query)[0] in {"drinks#tea", "tree:tea", "drinks#water"}


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("n plus one", "database-patterns#n-plus-one"),
        ("n+1", "guide#n-plus-one"),
        ("3nf", "database-patterns#third-normal-form"),
        ("jwt", "api-best-practices#jwt-validation"),
        ("bola", "api-best-practices#bola"),
        ("zero downtime", "guide#migrations"),
        ("cursor pagination", "guide#pagination"),
        ("idempotency", "api-best-practices#idempotency-key"),
        ("why is my query slow", "guide#example-slow-query"),
    ],
)
def test_what_people_ask_leads_to_what_answers_it(
    library: Library, query: str, address: str
) -> None:
    assert address in addresses(library, query, 5)


def test_signs_and_parts_of_words_are_found_where_no_word_is(library: Library) -> None:
    assert "drinks#water" in addresses(library, "=~")
    assert addresses(library, "teepin") == ["drinks#steeping"]
    assert library.search("%_%") == ()


def test_a_part_of_a_word_is_shown_with_what_stands_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_WORDS", "CREATE VIRTUAL TABLE words USING fts99(title)")
    text = (
        f"---\nid: long\ntitle: Long\nsummary: S\n---\n# A\n\n{'word ' * 99}Nexqedle{' word' * 99}"
    )
    with open_library(write_project(tmp_path, FILES | {"references/long.md": text})) as library:
        (hit,) = library.search("xqedl")
        (title,) = library.search("Long")[:1]
    assert hit.plain.startswith("…")
    assert hit.plain.endswith("…")
    assert Span("xqedl", "strong") in hit.snippet
    assert title.plain.endswith("…")


def test_few_hits_for_all_words_are_followed_by_those_for_some(library: Library) -> None:
    found = addresses(library, "steeping caching")
    assert {"drinks#steeping", "guide#caching"} <= set(found)


def test_common_words_do_not_count_where_only_some_are_looked_for(library: Library) -> None:
    assert addresses(library, "where is the steeping of xyzzy")[0] == "drinks#steeping"
    assert addresses(library, "is this the")


def test_an_empty_query_lists_everything_in_its_order(library: Library) -> None:
    for query in ("", "   ", "\t\n"):
        everything = addresses(library, query, 10_000)
        assert everything[0].startswith("tree:")
        assert {"drinks", "drinks#tea", "tree:tea", "rule:stale-water"} <= set(everything)
    assert len(addresses(library, "", 3)) == 3


def test_no_more_hits_than_asked_for(library: Library) -> None:
    for limit in (1, 2, 5):
        assert len(library.search("a", limit)) == limit


@pytest.mark.parametrize(
    "query",
    [
        *('"', "'", "*", "a*", 'title:"x" OR', "NEAR(a b)", "a AND", "(", "^a", "-a", "a:b"),
        *("\0", "\udcff", "%", "\\", "{", "+", "ﬁ", "İ", "x" * 100_000, "a " * 5_000),
    ],
)
def test_nothing_typed_is_read_as_a_query_language(library: Library, query: str) -> None:
    library.search(query)


@given(st.text(st.characters()))
def test_nothing_typed_is_an_error(query: str) -> None:
    assert all(isinstance(hit, Hit) for hit in OPEN[0].search(query))


@given(st.data())
def test_no_letter_that_completes_a_word_loses_the_last_hit(data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(vocabulary()))
    counts = [len(OPEN[0].search(word[: length + 1])) for length in range(len(word))]
    assert counts[-1] > 0
    first = next(number for number, count in enumerate(counts) if count)
    assert all(counts[first:]), (word, counts)


def test_a_phrase_is_compared_by_its_words_alone() -> None:
    assert normal("N+1  Queries!") == normal("n 1 queries") == "n 1 queries"
