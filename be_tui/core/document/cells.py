"""How many cells of a terminal a text takes, and text that is safe to put into one.

Widths follow Unicode's east-asian widths, with what terminals do about joined emoji; where
terminals disagree, the wider answer is given, so that no line grows past its page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_WIDE = 2

_NARROW_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x377),
    (0x391, 0x3A1),
    (0x3A3, 0x482),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2190, 0x22FF),
    (0x2500, 0x25FC),
    (0x2800, 0x28FF),
)
_NARROW = frozenset(chr(code) for first, last in _NARROW_RANGES for code in range(first, last + 1))
"""Characters known to take one cell; a text of nothing else is measured by its length."""

all_narrow = _NARROW.issuperset
"""Tell whether every character of a text takes exactly one cell."""

_SINCE_WIDE = (
    (0x2630, 0x2637),
    (0x268A, 0x268F),
    (0x4DC0, 0x4DFF),
    (0x1D300, 0x1D356),
    (0x1D360, 0x1D376),
)
"""Made wide by Unicode 16, whatever the tables of this Python say."""

_WIDE_TO_COME = (
    (0x2E80, 0x33FF),
    (0xF900, 0xFAFF),
    (0x16FE0, 0x1B2FF),
    (0x1F000, 0x1FAFF),
    (0x20000, 0x3FFFD),
)
"""Where a character that this Python does not know yet is likely to be wide."""

_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")

_ZERO = ((0x200C, 0x200D), (0xE0000, 0xE007F))
"""Format characters that only join or tag; those of other kinds are drawn."""

_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
"""Terminal control, text direction, and what cannot be seen or encoded; newlines aside."""

TAB = 4
"""Columns from one tab stop to the next."""


def width(text: str) -> int:
    """Give the cells that a text takes."""
    if _NARROW.issuperset(text):
        return len(text)
    return sum(cells for _, _, cells in clusters(text))


def clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Give start, end and cells of each piece that must not be divided.

    A piece is a character with all that combines with it, or is joined to it.
    """
    start, cells, joined = 0, -1, False
    for index, character in enumerate(text):
        tinted = cells == _WIDE and character in _SKIN_TONES
        if joined or tinted or character in {_JOINER, _EMOJI_STYLE}:
            joined = character == _JOINER
            if character == _EMOJI_STYLE and cells == 1:
                cells = _WIDE
            cells = max(cells, 0)
            continue
        own = _cells(character)
        if cells >= 0 and (own or not cells):
            yield start, index, cells
            start, cells = index, own
        else:
            cells = max(cells, own)
    if text:
        yield start, len(text), max(cells, 0)


@cache
def _cells(character: str) -> int:
    import unicodedata

    code = ord(character)
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cc", "Cs"} or _within(code, _ZERO):
        return 0
    if category == "Cn":
        wide = _within(code, _WIDE_TO_COME)
    else:
        wide = unicodedata.east_asian_width(character) in "WF" or _within(code, _SINCE_WIDE)
    return _WIDE if wide else 1


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def cut(text: str, cells: int) -> str:
    """Give as much of the text's beginning as fits into the cells."""
    if _NARROW.issuperset(text):
        return text[: max(cells, 0)]
    end = 0
    for _, stop, own in clusters(text):
        cells -= own
        if cells < 0:
            break
        end = stop
    return text[:end]


def clean(text: str) -> str:
    r"""Make a text from outside safe to print: what a terminal would obey becomes visible.

    `ESC` becomes `^[`, other control characters likewise, and signs that turn the direction
    of writing `\u202e`. Tabs become spaces; newlines stay.
    """
    if not _UNSAFE.search(text):
        return text
    if "\t" in text:
        text = text.expandtabs(TAB)
    return _UNSAFE.sub(_seen, text.replace("\r\n", "\n"))


def _seen(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\xad":
        return ""
    if character < " " or character == "\x7f":
        return f"^{chr(ord(character) ^ 0x40)}"
    return character.encode("unicode_escape").decode("ascii")
