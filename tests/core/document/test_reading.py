"""A reader goes from link to link, finds words, marks code and keeps a place."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from be_tui.core.document import Document, lay_out, parse_markdown
from be_tui.core.document.reading import Position, Reading
from tests.core.document.strategies import documents

TEXT = """\
first [one](#1)

```
a = 1
```

second [two](#2) and [three](#3)

```
b = 2
```

last word
"""


def reading(markdown: str = TEXT, width: int = 40) -> Reading:
    return Reading(lay_out(parse_markdown(markdown), width))


def link_of(read: Reading) -> str:
    return read.linked.link if read.linked else ""


def code_of(read: Reading) -> str:
    return read.marked.code.text if read.marked else ""


def test_links_are_gone_through_in_reading_order_and_end() -> None:
    read = reading()
    seen = []
    for _ in range(4):
        read = read.next_link(1, 0, 99)
        seen.append(link_of(read))
    assert seen == ["#1", "#2", "#3", "#3"]
    assert link_of(read.next_link(-1, 0, 99)) == "#2"


def test_the_first_link_of_a_reader_is_the_first_in_view() -> None:
    assert link_of(reading().next_link(1, 2, 99)) == "#2"
    assert link_of(reading().next_link(-1, 0, 3)) == "#1"
    assert link_of(reading().next_link(-1, 0, 99)) == "#3"


def test_a_reader_who_scrolled_on_begins_with_what_is_in_view() -> None:
    read = reading().next_link(1, 0, 99)
    assert link_of(read.next_link(1, 3, 99)) == "#2"
    assert link_of(read.next_link(-1, 3, 4)) == "#1"


def test_a_page_without_links_stays_as_it_is() -> None:
    read = reading("no links")
    assert read.next_link(1, 0, 9) is read
    assert read.linked is None


def test_a_search_begins_at_the_view_and_goes_round() -> None:
    read = reading("cache\n\ncache\n\ncache\n").search("cache", 1)
    assert read.match == 1
    assert [(read := read.next_match(1)).match for _ in range(3)] == [2, 0, 1]
    assert read.next_match(-1).match == 0
    assert reading("cache").search("cache", 5).match == 0


def test_a_search_without_result_has_no_place() -> None:
    read = reading().search("nowhere", 0)
    assert read.matched is None
    assert read.next_match(1) is read


def test_matches_are_known_by_their_lines() -> None:
    read = reading("one two three four one two\n\nx", 20).search("four one", 0)
    assert [list(read.matches_on(line)) for line in range(3)] == [[0], [0], []]
    assert read.matched == read.matches[0]


def test_another_width_keeps_words_and_place_among_the_matches() -> None:
    read = reading("cache one two three cache").search("cache", 0).next_match(1)
    narrow = read.on(lay_out(parse_markdown("cache one two three cache"), 20))
    assert narrow.match == 1
    assert narrow.matches[1].reaches[0].line == 1


def test_the_code_in_view_is_marked_and_then_the_next() -> None:
    read = reading().next_code(0, 99)
    assert code_of(read) == "a = 1"
    assert code_of(read.next_code(0, 99)) == "b = 2"
    assert code_of(read.next_code(0, 99).next_code(0, 99)) == "a = 1"


def test_code_that_begins_in_view_goes_before_code_that_ends_in_it() -> None:
    read = reading("```\na\nb\n```\n\n```\nc\n```\n")
    assert code_of(read.next_code(1, 9)) == "c"
    assert code_of(read.next_code(1, 2)) == "a\nb"


def test_where_no_code_is_in_view_the_nearest_below_is_marked_or_the_last() -> None:
    assert code_of(reading().next_code(0, 1)) == "a = 1"
    assert code_of(reading().next_code(8, 99)) == "b = 2"
    assert code_of(reading("none").next_code(0, 9)) == ""


def test_a_person_can_point_at_a_link_or_at_code() -> None:
    read = reading()
    assert link_of(read.pointed(0, 7)) == "#1"
    assert code_of(read.pointed(2, 0)) == "a = 1"
    assert read.pointed(0, 0) is read
    assert read.link_at(4, 7) == 1
    assert read.link_at(4, 11) == -1
    assert read.link_at(99, 0) == -1


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents, st.integers(20, 60), st.integers(0, 30))
def test_a_place_is_found_again_at_the_same_width(document: Document, width: int, top: int) -> None:
    read = Reading(lay_out(document, width))
    line = min(top, max(len(read.page.lines) - 1, 0))
    assert read.line_of(read.position(top)) == line


def test_a_place_is_in_the_same_block_at_another_width() -> None:
    text = "short\n\n" + "many words " * 40 + "\n\nend"
    wide, narrow = reading(text, 80), reading(text, 20)
    place = wide.position(4)
    assert place.block == 1
    assert narrow.page.lines[narrow.line_of(place)].block == 1


def test_a_place_in_a_document_that_became_shorter_is_its_end() -> None:
    assert reading("one\n\ntwo").line_of(Position(9, 0.5)) == 2
    assert reading("").line_of(Position(3, 0.0)) == 0
    assert reading("").position(5) == Position()
