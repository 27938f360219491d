"""Documents fill a page of any width, and never more than it."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from be_tui.core.document import (
    CodeBlock,
    Document,
    Items,
    Lines,
    Paragraph,
    Quote,
    Reach,
    Span,
    Table,
    lay_out,
    parse_markdown,
)
from be_tui.core.document.layout import GLYPHS, NARROWEST
from be_tui.core.document.wrap import text_width
from tests.core.document.strategies import documents


def laid(markdown: str, width: int, measure: int = 0) -> str:
    page = lay_out(parse_markdown(dedent(markdown)), width, measure)
    return "\n".join(line.text.rstrip() for line in page.lines)


def drawn(text: str) -> str:
    return dedent(text).strip("\n")


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents, st.integers(0, 90), st.integers(0, 60))
def test_no_line_is_ever_wider_than_the_page(document: Document, width: int, measure: int) -> None:
    page = lay_out(document, width, measure)
    assert all(text_width(line.spans) <= max(width, NARROWEST) for line in page.lines)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents, st.integers(20, 60))
def test_nothing_that_a_terminal_would_obey_reaches_a_line(document: Document, width: int) -> None:
    for line in lay_out(document, width).lines:
        for span in (*line.spans, *line.whole):
            assert not any(sign < " " or "\x7f" <= sign <= "\x9f" for sign in span.text)
            assert "\u202e" not in span.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents, st.integers(20, 60))
def test_lines_know_where_they_come_from(document: Document, width: int) -> None:
    page = lay_out(document, width)
    blocks = [line.block for line in page.lines]
    assert blocks == sorted(blocks)
    assert all(0 <= block < len(document.blocks) for block in blocks)
    for line in page.lines:
        lead, own = line.parts()
        assert lead + own == line.uncut
        assert sum(len(span.text) for span in lead) == line.lead
    for placed in page.code:
        assert all(page.code_at(number) is placed for number in range(placed.start, placed.end))
    for link in page.links:
        for reach in link.reaches:
            text = "".join(span.text for span in page.lines[reach.line].uncut)
            assert 0 <= reach.start < reach.end <= len(text)


def test_headings_lists_quotes_and_code_are_told_apart_without_colour() -> None:
    assert laid(
        """\
        # Caching

        Keep what is *dear*
        to make.

        ## When

        1. It is read often.
        2. It may be old:
           - by a second
           - by a minute

        > Two hard things.
        >
        > - naming

        ```sql
        SELECT 1
        ```

        ---
        """,
        24,
    ) == drawn(
        """
        Caching
        ───────

        Keep what is dear to
        make.

        When

        1. It is read often.
        2. It may be old:
           • by a second
           • by a minute

        │ Two hard things.
        │
        │ • naming

          SELECT 1

        ────────────────────────
        """
    )


def test_an_item_of_several_blocks_stands_apart_from_its_neighbours() -> None:
    assert laid("- one\n\n  more\n- two\n-\n", 20) == "• one\n\n  more\n\n• two\n\n•"


def test_numbers_of_a_long_list_stand_under_each_other() -> None:
    items = Items(tuple((Paragraph((Span(f"step {n}"),)),) for n in range(9, 12)), first=9)
    page = lay_out(Document((items,)), 20)
    assert [line.text for line in page.lines] == [" 9. step 9", "10. step 10", "11. step 11"]


def test_a_table_that_fits_stands_in_columns() -> None:
    assert laid("| a | b |\n|---|---|\n| one | two |\n| three | 4 |\n", 30) == drawn(
        """
        a     │ b
        ──────┼────
        one   │ two
        three │ 4
        """
    )


def test_a_table_that_is_too_wide_wraps_its_cells() -> None:
    assert laid(
        "| Key | Why |\n|---|---|\n| uuid | random order of inserts |\n| x | y |", 22
    ) == drawn(
        """
        Key  │ Why
        ═════╪════════════════
        uuid │ random order of
             │ inserts
        ─────┼────────────────
        x    │ y
        """
    )


def test_a_table_that_cannot_fit_becomes_a_list_of_named_cells() -> None:
    head = "| Column one | Column two | Column three |\n|---|---|---|\n"
    assert laid(
        head + "| identification | characteristics | compatibility |\n| a | b | c |", 24
    ) == drawn(
        """
        Column one:
        identification
          Column two:
          characteristics
          Column three:
          compatibility

        Column one: a
          Column two: b
          Column three: c
        """
    )


def test_a_table_without_names_or_rows_is_still_drawn() -> None:
    cell = (Span("only"),)
    unnamed = Table((), ((cell, cell), (cell,)))
    assert [line.text for line in lay_out(Document((unnamed,)), 20).lines] == [
        "only │ only",
        "only │ ",
    ]
    assert lay_out(Document((Table((), ()),)), 20).lines == ()


def test_a_stacked_table_keeps_cells_that_have_no_name() -> None:
    wide = (Span("characteristics"),)
    table = Table((wide,), ((wide, wide, wide),))
    assert [line.text for line in lay_out(Document((table,)), 20).lines] == [
        "characteristics:",
        "characteristics",
        "  characteristics",
        "  characteristics",
    ]


def test_code_is_cut_with_a_mark_and_kept_whole_beside_it() -> None:
    page = lay_out(Document((CodeBlock("x = '" + "y" * 40 + "'\nz = 1\n"),)), 20)
    assert [line.text for line in page.lines] == ["  x = 'yyyyyyyyyyyy›", "  z = 1"]
    assert "".join(span.text for span in page.lines[0].uncut) == "  x = '" + "y" * 40 + "'"
    assert page.lines[1].whole == ()
    assert page.wide == {0}


def test_lines_of_a_map_are_cut_and_not_wrapped() -> None:
    page = lay_out(Document((Lines(((Span("a" * 30),), (Span("b", "good"),))),)), 20)
    assert [line.text for line in page.lines] == ["a" * 19 + "›", "b"]


def test_prose_keeps_to_its_measure_and_code_uses_the_page() -> None:
    text = laid("one two three four five six\n\n```\n" + "x" * 40 + "\n```\n", 60, measure=20)
    assert text == "one two three four\nfive six\n\n  " + "x" * 40


def test_deep_nesting_begins_again_at_the_left_before_it_leaves_no_room() -> None:
    block: Items | Paragraph | Quote = Paragraph((Span("down here"),))
    for _ in range(12):
        block = Quote((Items(((block,),)),))
    lines = lay_out(Document((block,)), 24).lines
    assert "down here" in lines[-1].text


def test_a_link_over_several_lines_is_one_link() -> None:
    page = lay_out(parse_markdown("- go to [the *long* guide](guide#x) or [it](#y)[it](#y)"), 20)
    assert [(link.link, link.reaches) for link in page.links] == [
        ("guide#x", (Reach(0, 8, 16), Reach(1, 2, 7))),
        ("#y", (Reach(1, 11, 15),)),
    ]


def test_a_link_over_several_lines_of_a_cell_is_one_link() -> None:
    cell = (Span("one two three four", "link", "x"),)
    page = lay_out(Document((Table((), ((cell, cell),)),)), 20)
    assert [link.link for link in page.links[:1]] == ["x"]
    assert len(page.links[0].reaches) >= 1


def test_equal_links_of_two_items_are_two() -> None:
    page = lay_out(parse_markdown("- [a](x)\n- [a](x)\n"), 40)
    assert len(page.links) == 2


def test_anchors_give_the_lines_of_headings() -> None:
    page = lay_out(parse_markdown("intro\n\n# One\n\ntext\n\n> ## Two {#second}\n"), 40)
    assert page.line_of("one") == 2
    assert page.line_of("second") == 7
    assert page.line_of("third") is None
    assert [page.slug_at(line) for line in (0, 2, 6, 7, 99)] == [
        "",
        "one",
        "one",
        "second",
        "second",
    ]


def test_an_empty_document_is_an_empty_page() -> None:
    page = lay_out(Document(), 40)
    assert page.lines == ()
    assert page.code_at(0) is None
    assert page.slug_at(0) == ""


def test_every_sign_that_is_drawn_is_in_the_list_that_ascii_screens_go_by() -> None:
    everything = (
        "# T\n\n- a\n\n> q\n\n---\n\n| a | b |\n|---|---|\n| "
        + "word " * 12
        + " | c |\n| d | e |\n\n```\n"
        + "x" * 50
        + "\n```\n"
    )
    signs = {sign for sign in laid(everything, 30) if not sign.isascii()}
    assert signs == set(GLYPHS)


@pytest.mark.parametrize("width", [-5, 0, 1, 19])
def test_a_page_is_never_laid_out_narrower_than_it_can_be_read(width: int) -> None:
    assert lay_out(parse_markdown("a word"), width).width == NARROWEST
