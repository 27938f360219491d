"""Words of TypeScript: literals, comments and the names that things have."""

from __future__ import annotations

import re

from be_tui.core.scaffold.naming import camel

_TAKEN = frozenset(
    {
        *("constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf"),
        *("propertyIsEnumerable", "toLocaleString", "enableRLS", "getSQL", "then"),
    }
)
"""What an object has of its own, or a table of Drizzle's, so that no column is called so."""

_SHORT = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """Give a text as a literal in single quotes."""
    return f"'{''.join(_escaped(character) for character in text)}'"


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{{{number:x}}}"


def comment(text: str) -> str:
    """Give a text as it can stand in a comment, on one line."""
    one_line = " ".join(text.split())
    shown = "".join(each if each.isprintable() else " " for each in one_line)
    return re.sub(r"\*(?=/)", "* ", shown) or "See the spec."


def regex(pattern: str) -> str:
    """Give a pattern as an expression; never as a literal, which ends at the first slash."""
    return f"new RegExp({quoted(pattern)}, 'u')"


def properties(columns: tuple[str, ...]) -> dict[str, str]:
    """Give each column the property that a row has for it, all of them different."""
    found: dict[str, str] = {}
    taken = set(_TAKEN)
    for column in columns:
        name = camel(column)
        while name in taken:
            name += "_"
        taken.add(name)
        found[column] = name
    return found
