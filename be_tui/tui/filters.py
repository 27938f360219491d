"""What the last step before the terminal changes: no colour at all, or no sign beyond ASCII.

Textual's own answer to `NO_COLOR` is shades of grey, in true colour. Here a style keeps its
attributes (bold, reverse, underline) and loses every colour. Signs are replaced one for
one, cell for cell, so that nothing moves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color


class NoColour(LineFilter):
    """Keeps the attributes of every style and none of its colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Give the segments without colours."""
        return [
            Segment(text, None if style is None else _colourless(style), control)
            for text, style, control in segments
        ]


@lru_cache(2048)
def _colourless(style: Style) -> Style:
    plain = style.without_color
    # What the mouse does on a segment is kept in its style; `without_color` loses it.
    return plain + Style.from_meta(style.meta) if style.meta else plain


SIGNS = {
    "▸❯»→⇒⟶›≥": ">",
    "◂◀◄❮«←⟵‹≤": "<",
    "↑▲△": "^",
    "↓▼▽": "v",
    "↔↕⇄": "-",
    "✓✔☑": "+",
    "✗✘×✕☒": "x",
    "●•∙▪■": "*",
    "○◦◇□☐": "o",
    "◉▶►": "@",
    "◆": "#",
    "·…": ".",
    "‘’‚′`´": "'",
    "“”„″": '"',
    "–—‐‑‒−─━═╌╍┄┅╴╶╸╺": "-",
    "│┃║╎╏┆┊┇▏▎▍▌▋▊▉▕▐╵╷╹╻": "|",
    "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬╞╡┏┓┗┛┣┫┳┻╋╪╫┡┩": "+",
    "▔▀▁▂▃▄▅▆▇▗▖▝▘▛▜▙▟▚▞": "=",
    "█▓": "#",
    "▒": ":",
    "░": ".",
    "≈≃±": "~",
    "≠": "!",
    "⏎↵": "<",
    "⌫": "<",
    "⚠": "!",
    "§": "S",
    "\u00a0\u2007\u202f": " ",
}
"""Our signs and Textual's, by the character of ASCII that stands for them.

A border's tip that is drawn to be seen as a part of a cell becomes a whole one."""

_TABLE = {ord(sign): plain for signs, plain in SIGNS.items() for sign in signs}


class Ascii(LineFilter):
    """Draws with ASCII; other people's words stay, as far as the terminal has their letters."""

    def __init__(self, charset: str = "utf-8") -> None:
        """Make the filter.

        Args:
            charset: What the terminal can show; letters beyond it become their nearest.
        """
        super().__init__()
        self._charset = charset

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Give the segments with every sign replaced."""
        charset = self._charset
        return [
            segment
            if segment.text.isascii()
            else Segment(plain(segment.text, charset), segment.style, segment.control)
            for segment in segments
        ]


@lru_cache(4096)
def plain(text: str, charset: str = "utf-8") -> str:
    """Give a text of the same width without signs, and without what a charset lacks."""
    drawn = text.translate(_TABLE)
    try:
        drawn.encode(charset)
    except UnicodeEncodeError:
        nearest = "".join(_nearest(character, charset) for character in drawn)
        return set_cell_size(nearest, cell_len(text))
    return drawn


def _nearest(character: str, charset: str) -> str:
    from unicodedata import normalize

    try:
        character.encode(charset)
    except UnicodeEncodeError:
        letter = normalize("NFKD", character)[0]
        cells = cell_len(character)
        return letter if letter.isascii() and cells == 1 else "?" * cells
    return character
