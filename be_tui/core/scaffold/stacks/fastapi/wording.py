"""Names and texts as Python has them: what is free as an attribute, what is safe in a literal."""

from __future__ import annotations

import keyword
import textwrap

_TAKEN = frozenset(
    {
        *keyword.kwlist,
        *("bool", "bytes", "date", "datetime", "dict", "float", "frozenset", "int", "list"),
        *("object", "property", "set", "str", "tuple", "type"),
        *("construct", "copy", "from_orm", "json", "parse_file", "parse_obj", "parse_raw"),
        *("schema", "schema_json", "update_forward_refs", "validate"),
        *("metadata", "registry", "type_annotation_map"),
        *("cls", "declared_attr", "exact", "mapped_column", "model_validator", "new_id", "now"),
        *("relationship", "sa", "self", "today", "written"),
    }
)
"""Names that an attribute of a model or a row cannot have, or would hide a type by."""

_PACKAGES = frozenset(
    {
        *keyword.kwlist,
        "aux",
        "con",
        "core",
        "graphql",
        "main",
        "nul",
        "prn",
        "samples",
        "seed",
        "tests",
        "worker",
    }
)
"""Names that stand beside the packages of resources, or are devices on Windows."""

_LONGEST = 72
"""Characters of a description in a docstring."""


def attribute(name: str) -> str:
    """Give the attribute of a name: itself, or with `_` behind it where it is taken."""
    return f"{name}_" if name in _TAKEN or name.startswith("model_") else name


def package(name: str) -> str:
    """Give the package of a resource's plural."""
    return f"{name}_" if name in _PACKAGES else name


def literal(text: str) -> str:
    """Give a text as Python writes it, with double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = "".join(each if each.isprintable() else _escape(each) for each in escaped)
    return f'"{shown}"'


def raw(pattern: str) -> str:
    """Give a pattern as Python writes it, without doubled backslashes where that can be."""
    plain = '"' not in pattern and pattern.isprintable() and not pattern.endswith("\\")
    return f'r"{pattern}"' if plain else literal(pattern)


def said(text: str) -> str:
    """Give a text for a docstring or a comment: one line that can end neither."""
    flat = "".join(each if each.isprintable() else " " for each in text)
    short = textwrap.shorten(flat, _LONGEST, placeholder=" ...")
    return short.replace("\\", "/").replace('"', "'")


def prose(text: str) -> str:
    """Give a text for Markdown: one paragraph that nothing in it can turn into markup."""
    flat = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return "".join(f"\\{each}" if each in _MARKS else each for each in flat)


_MARKS = frozenset("\\`*_{}[]<>#|!~$")


def _escape(character: str) -> str:
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return short.get(character) or f"\\U{ord(character):08x}"
