"""Without colours and without signs, everything is still told apart and in its place."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._border import BORDER_CHARS
from textual.color import Color
from textual.scrollbar import ScrollBarRender

import be_tui
from be_tui.tui.filters import SIGNS, Ascii, NoColour, plain

BLACK = Color(0, 0, 0)


def without_colour(style: Style) -> Style:
    (segment,) = NoColour().apply([Segment("text", style)], BLACK)
    assert segment.style is not None
    return segment.style


def test_a_style_loses_its_colours_and_keeps_its_attributes() -> None:
    style = without_colour(Style(color="red", bgcolor="#102030", bold=True, reverse=True))
    assert (style.color, style.bgcolor, style.bold, style.reverse) == (None, None, True, True)


def test_what_the_mouse_does_on_a_segment_is_kept() -> None:
    grab = Style(color="red", meta={"@mouse.down": "grab"})
    assert without_colour(grab).meta == {"@mouse.down": "grab"}


def test_a_segment_without_a_style_stays_as_it_is() -> None:
    assert NoColour().apply([Segment("text")], BLACK) == [Segment("text")]


@given(st.text(max_size=30), st.sampled_from(["ascii", "latin-1", "utf-8", "gbk"]))
def test_nothing_moves_and_everything_can_be_sent(text: str, charset: str) -> None:
    drawn = plain(text, charset)
    drawn.encode(charset, errors="strict" if charset != "utf-8" else "surrogatepass")
    if "\n" not in text:
        assert cell_len(drawn) == cell_len(text)


def test_every_sign_takes_one_cell_as_its_stand_in_does() -> None:
    for signs, stand_in in SIGNS.items():
        assert stand_in.isascii()
        assert len(stand_in) == 1
        assert {cell_len(sign) for sign in signs} == {1}


def test_peoples_own_words_stay_where_the_terminal_has_their_letters() -> None:
    assert plain("Überweisung → 请求") == "Überweisung > 请求"


def test_a_letter_that_the_terminal_lacks_becomes_its_nearest_or_a_question_mark() -> None:
    assert plain("café 请", "ascii") == "cafe ??"
    assert plain("café 请", "latin-1") == "café ??"


def test_borders_and_scroll_bars_are_drawn_with_ascii() -> None:
    borders = "".join("".join("".join(row) for row in rows) for rows in BORDER_CHARS.values())
    bars = "".join(ScrollBarRender.VERTICAL_BARS + ScrollBarRender.HORIZONTAL_BARS)
    (segment,) = Ascii().apply([Segment(borders + bars)], BLACK)
    assert segment.text.isascii()


def test_every_sign_in_our_own_words_has_a_stand_in() -> None:
    missing: dict[str, str] = {}
    for path in sorted(Path(be_tui.__path__[0]).rglob("*.py")):
        for sign in set(re.findall(r"[^\x00-\x7f]", path.read_text(encoding="utf-8"))):
            if not sign.isalnum() and cell_len(sign) == 1 and not plain(sign).isascii():
                missing.setdefault(sign, path.name)
    assert not missing


def test_signs_that_a_map_tells_apart_stay_apart() -> None:
    signs = "●○▸▶✓◆│"
    assert len(set(plain(signs))) == len(signs)
