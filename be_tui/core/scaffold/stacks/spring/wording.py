"""Java as text: names that are free, literals, comments."""

from __future__ import annotations

import re

from be_tui.core.ddl import identifier
from be_tui.core.scaffold.naming import camel

KEYWORDS = frozenset(
    {
        *("_", "abstract", "assert", "boolean", "break", "byte", "case", "catch", "char"),
        *("class", "const", "continue", "default", "do", "double", "else", "enum", "extends"),
        *("false", "final", "finally", "float", "for", "goto", "if", "implements", "import"),
        *("instanceof", "int", "interface", "long", "module", "native", "new", "null", "package"),
        *("permits", "private", "protected", "public", "record", "return", "sealed", "short"),
        *("static", "strictfp", "super", "switch", "synchronized", "this", "throw", "throws"),
        *("transient", "true", "try", "var", "void", "volatile", "when", "while", "yield"),
    }
)

_MEMBERS = frozenset(
    {
        *("clone", "finalize", "get_class", "hash_code", "notify", "notify_all", "to_string"),
        *("wait",),
    }
)
"""Methods of every object, whose names a record's member cannot have."""


def attribute(name: str) -> str:
    """Give the name of a field or a method: camelCase, with `_` behind it where it is taken."""
    made = name if re.search(r"_\d", name) else camel(name)
    return f"{made}_" if made in KEYWORDS or name in _MEMBERS else made


def package(name: str) -> str:
    """Give the name of a package: small letters and digits."""
    made = re.sub(r"[^a-z0-9]", "", name)
    return f"{made}_" if made in KEYWORDS else made


def constant(value: str) -> str:
    """Give the name of a constant: `IN_TRANSIT` for `in-transit`."""
    return re.sub(r"[^A-Za-z0-9]", "_", value).upper()


def sql(name: str) -> str:
    """Give a name as SQL has it: in quotes where it is a word of its own there."""
    return identifier(name, "postgresql")


def inside(text: str) -> str:
    """Give a text as it stands within a string."""
    return literal(text)[1:-1]


def literal(text: str) -> str:
    """Give a text as Java writes it."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    if character in short:
        return short[character]
    if character.isprintable():
        return character
    if character.isascii():
        return f"\\{ord(character):03o}"
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def comment(text: str) -> str:
    """Give a text as a comment of Java may hold it: in one line, and ending nothing."""
    safe = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "\\": "&#92;"}
    line = " ".join(text.split())
    shown = "".join(each if each.isprintable() else "?" for each in line)
    marked = "".join(safe.get(each, each) for each in shown)
    return marked.replace("*/", "*&#47;").replace("{", "&#123;").replace("}", "&#125;")
