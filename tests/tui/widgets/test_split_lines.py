"""A difference side by side."""

from __future__ import annotations

from be_tui.core.document import Lines
from be_tui.core.document.wrap import text_width
from be_tui.core.files import Change, side_by_side
from be_tui.tui.widgets.split_lines import split_lines


def _texts(before: str, after: str, cells: int) -> list[str]:
    rows = side_by_side(Change("a.py", "changed", before, after))
    (block,) = split_lines(rows, cells).blocks
    assert isinstance(block, Lines)
    assert all(text_width(line) <= cells for line in block.lines)
    return ["".join(span.text for span in line).rstrip() for line in block.lines]


def test_what_goes_stands_left_and_what_comes_right_with_their_numbers() -> None:
    assert _texts("one\ntwo\nthree\n", "one\n2\nthree\n", 40) == [
        "@@ -1,3 +1,3 @@",
        "1   one            │ 1   one",
        "2 - two            │ 2 + 2",
        "3   three          │ 3   three",
    ]


def test_a_line_without_a_partner_stands_beside_nothing() -> None:
    assert _texts("one\n", "one\ntwo\n", 40)[1:] == [
        "1   one            │ 1   one",
        "                   │ 2 + two",
    ]


def test_long_lines_are_cut_with_a_mark() -> None:
    lines = _texts("漢字" * 20 + "\n", "b" * 80 + "\n", 40)
    assert lines[1] == "1 - 漢字漢字漢字›  │ 1 + bbbbbbbbbbbbb›"


def test_no_rows_give_no_lines() -> None:
    assert _texts("a\n", "a\n", 40) == []
