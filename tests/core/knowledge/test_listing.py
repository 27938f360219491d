"""Lists stand under headings, and are narrowed to what is called as somebody typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.knowledge import Entry, grouped, narrowed, open_library
from tests.core.knowledge.making import FILES, changed, write_project
from tests.core.knowledge.test_comparison_faults import COMPARISON, with_comparison

if TYPE_CHECKING:
    from pathlib import Path

KEYS = Entry("tree", "primary-key", "Choosing a key", "UUIDv7 or a number.", "", "bundled", "Data")
STORE = Entry("comparison", "stores", "A store", "For what must stay.", "", "bundled", "Data")
PAGES = Entry("tree", "pages", "How to page a list", "Offsets and keys.", "", "bundled", "API")
LONE = Entry("tree", "lone", "A lone one", "Of its own kind.", "", "project")
ALL = (KEYS, PAGES, LONE, STORE)
SYNONYMS = {"primary key": ["pk"], "page": ["paging", "cursor window"]}


def called(query: str) -> list[str]:
    return [entry.id for entry in narrowed(ALL, query, SYNONYMS)]


def test_headings_stand_by_the_alphabet_and_what_has_none_stands_last() -> None:
    assert [(title, [each.id for each in own]) for title, own in grouped(ALL)] == [
        ("API", ["pages"]),
        ("Data", ["primary-key", "stores"]),
        ("Others", ["lone"]),
    ]


def test_where_nothing_has_a_group_there_is_no_heading() -> None:
    assert grouped((LONE,)) == (("", (LONE,)),)
    assert grouped(()) == ()


def test_a_title_an_id_and_a_heading_are_found_by_the_beginnings_of_their_words() -> None:
    assert called("choos") == ["primary-key"]
    assert called("KEY prim") == ["primary-key"]
    assert called("primary-k") == ["primary-key"]
    assert called("data") == ["primary-key", "stores"]


def test_what_something_is_called_besides_finds_it() -> None:
    assert called("pk") == ["primary-key"]
    assert called("window list") == ["pages"]


def test_a_summary_is_looked_through_only_where_nothing_is_called_so() -> None:
    assert called("uuid") == ["primary-key"]
    assert called("key") == ["primary-key"]
    assert called("nothing of the kind") == []


def test_nothing_typed_finds_everything() -> None:
    assert narrowed(ALL, " ", SYNONYMS) == ALL


@given(st.text(max_size=12))
def test_whatever_is_typed_some_of_the_list_is_given_in_its_order(query: str) -> None:
    found = narrowed(ALL, query, SYNONYMS)
    assert [each for each in ALL if each in found] == list(found)


def test_trees_and_comparisons_carry_their_group_into_the_list(tmp_path: Path) -> None:
    grouped_tree = changed("question: What should", "group: Drinks\nquestion: What should")
    comparison = COMPARISON.replace("version: 2", "version: 2\ngroup: Drinks")
    root = write_project(
        tmp_path, FILES | {"trees/tea.yaml": grouped_tree} | with_comparison(comparison)
    )
    with open_library(root) as library:
        own = [each for each in library.entries() if each.pack == "project"]
        assert {each.address: each.group for each in own} == {
            "tree:tea": "Drinks",
            "comparison:drinks": "Drinks",
            "checklist:kitchen": "",
            "drinks": "",
            "rule:stale-water": "",
        }
        assert (library.tree("tea").group, library.comparison("drinks").group) == (
            "Drinks",
            "Drinks",
        )
        assert library.synonyms()["cuppa"] == ["n 1 leaves", "tea"]
