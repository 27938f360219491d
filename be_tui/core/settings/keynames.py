"""Keys as a person writes them, and Textual's names of them."""

from __future__ import annotations

import re

_KEY_NAMES = {
    " ": "space",
    "!": "exclamation_mark",
    '"': "quotation_mark",
    "#": "number_sign",
    "$": "dollar_sign",
    "%": "percent_sign",
    "&": "ampersand",
    "'": "apostrophe",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "*": "asterisk",
    "+": "plus",
    ",": "comma",
    "-": "minus",
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less_than_sign",
    "=": "equals_sign",
    ">": "greater_than_sign",
    "?": "question_mark",
    "@": "at",
    "[": "left_square_bracket",
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "_": "underscore",
    "`": "grave_accent",
    "{": "left_curly_bracket",
    "|": "vertical_line",
    "}": "right_curly_bracket",
    "~": "tilde",
    "esc": "escape",
}
"""What a person writes for a key, and Textual's name of it."""

_KEY = re.compile(r"(?:(?:ctrl|shift|alt|super|hyper|meta)\+)*(\w+)")


def key_name(key: str) -> str:
    """Give Textual's name of a key as a person writes it, or nothing: `ctrl+/`, `?`, `F5`."""
    if key.endswith("++"):
        head, last = key[:-2], "+"
    elif len(key) == 1:
        head, last = "", key
    else:
        head, _, last = key.rpartition("+")
    # A terminal cannot tell ctrl+P from ctrl+p, and sends the latter.
    if len(last) > 1 or "ctrl" in head.lower():
        last = last.lower()
    name = "+".join(part for part in (head.lower(), _KEY_NAMES.get(last, last)) if part)
    return name if last and _KEY.fullmatch(name) else ""


def character(name: str) -> str:
    """Give what a person writes for a key of Textual's name: `!` for `exclamation_mark`."""
    return next((written for written, key in _KEY_NAMES.items() if key == name), name)
