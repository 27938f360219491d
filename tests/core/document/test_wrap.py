"""Paragraphs break into lines that fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import Span, Text, width
from be_tui.core.document.wrap import CUT_MARK, cleaned, cut_text, text_width, toned, wrap
from tests.core.document.strategies import texts


def lines_of(text: str, cells: int) -> list[str]:
    return ["".join(span.text for span in line) for line, _ in wrap((Span(text),), cells)]


def test_a_line_breaks_at_the_last_blank_that_fits() -> None:
    assert lines_of("the quick brown fox jumps", 10) == ["the quick", "brown fox", "jumps"]


def test_many_blanks_at_a_break_leave_none_behind() -> None:
    assert lines_of("one two     three", 8) == ["one two", "three"]


def test_a_long_word_breaks_after_a_sign_where_there_is_one() -> None:
    assert lines_of("be_tui/core/document/wrap.py", 14) == ["be_tui/core/", "document/", "wrap.py"]


def test_a_long_word_without_signs_breaks_where_the_line_ends() -> None:
    assert lines_of("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_an_indent_stays_where_the_words_fit_beside_it() -> None:
    assert lines_of("  indented words", 20) == ["  indented words"]
    assert lines_of("    word", 6) == ["    wo", "rd"]


def test_wide_signs_break_anywhere_but_before_a_closing_sign() -> None:
    assert lines_of("日本語。日本語", 6) == ["日本", "語。日", "本語"]
    assert lines_of("日本 go 語", 5) == ["日本", "go 語"]


def test_newlines_break_lines_whatever_the_width() -> None:
    assert lines_of("one\n\ntwo", 10) == ["one", "", "two"]


def test_only_a_line_broken_for_its_width_goes_on_with_the_sentence() -> None:
    wrapped = wrap((Span("one two\nthree"),), 4)
    assert [joined for _, joined in wrapped] == [False, True, False, True]


def test_roles_and_links_survive_a_break() -> None:
    text: Text = (Span("see "), Span("the long guide", "link", "guide#x"), Span(" now"))
    assert [line for line, _ in wrap(text, 9)] == [
        (Span("see "), Span("the", "link", "guide#x")),
        (Span("long", "link", "guide#x"),),
        (Span("guide", "link", "guide#x"), Span(" now")),
    ]


@given(texts, st.integers(2, 40))
def test_no_line_is_wider_than_asked_and_no_word_is_lost(text: Text, cells: int) -> None:
    wrapped = wrap(text, cells)
    shown = "".join(span.text for line, _ in wrapped for span in line)
    wanted = "".join(span.text for span in cleaned(text))
    assert all(text_width(line) <= cells for line, _ in wrapped)
    assert "".join(shown.split()) == "".join(wanted.split())


@given(texts, st.integers(2, 40))
def test_a_cut_line_fits_and_says_that_it_goes_on(text: Text, cells: int) -> None:
    line = cleaned(text)
    shown = cut_text(line, cells)
    assert text_width(shown) <= cells
    if text_width(line) > cells:
        assert shown[-1].text == CUT_MARK
    else:
        assert shown == line


def test_a_tone_is_for_spans_that_have_none() -> None:
    assert toned((Span("a"), Span("b", "code")), "quote") == (Span("a", "quote"), Span("b", "code"))


@pytest.mark.parametrize("text", ["", "plain"])
def test_a_short_text_is_one_line(text: str) -> None:
    assert lines_of(text, 20) == [text]
    assert width(text) <= 20
