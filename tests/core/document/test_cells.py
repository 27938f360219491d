"""Text is measured as terminals draw it, and made safe for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from be_tui.core.document import clean, width
from be_tui.core.document.cells import clusters, cut


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("plain", 5),
        ("naïve – “quoted” … →", 20),
        ("日本語", 6),
        ("한글", 4),
        ("e\u0301", 1),
        ("👩\u200d👩\u200d👧", 2),
        ("❤\ufe0f", 2),
        ("👍\U0001f3fd", 2),
        ("🇬🇧", 2),
        ("☰", 2),
        ("\u0301a", 1),
        ("\u200c", 0),
        ("\U0001f9ff\U0001faff", 4),
    ],
)
def test_a_text_takes_the_cells_that_a_terminal_gives_it(text: str, cells: int) -> None:
    assert width(text) == cells


@given(st.text())
def test_no_safe_text_is_measured_narrower_than_the_screen_draws_it(text: str) -> None:
    safe = clean(text)
    assert width(safe) >= cell_len(safe)


@given(st.text())
def test_pieces_that_must_not_be_divided_make_up_the_whole_text(text: str) -> None:
    pieces = list(clusters(text))
    assert "".join(text[start:end] for start, end, _ in pieces) == text
    assert sum(cells for _, _, cells in pieces) == width(text)


@given(st.text(), st.integers(-1, 20))
def test_a_cut_text_fits_and_begins_the_text(text: str, cells: int) -> None:
    begun = cut(text, cells)
    assert text.startswith(begun)
    assert width(begun) <= max(cells, 0)


def test_a_wide_character_is_never_cut_in_two() -> None:
    assert cut("日本語", 3) == "日"
    assert cut("日本語", 6) == "日本語"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred", "^[[31mred"),
        ("bell\x07", "bell^G"),
        ("\x7f", "^?"),
        ("a\x9b31m", "a\\x9b31m"),
        ("evil\u202etxt", "evil\\u202etxt"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("soft\xadhyphen", "softhyphen"),
        ("lone\ud800", "lone\\ud800"),
        ("a\tb", "a   b"),
        ("a\r\nb\rc", "a\nb^Mc"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_what_a_terminal_would_obey_is_made_visible(text: str, seen: str) -> None:
    assert clean(text) == seen


@given(st.text())
def test_a_safe_text_can_be_encoded_and_is_left_alone(text: str) -> None:
    safe = clean(text)
    safe.encode()
    assert clean(safe) == safe
    assert not any(ord(sign) < 0x20 and sign != "\n" for sign in safe)
