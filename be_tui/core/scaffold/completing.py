"""What may stand at the cursor of a spec that is being written: keys, types, names.

It follows the JSON Schema of specs (`spec_schema`), by the indents and brackets before the cursor,
so that it serves a text that is no YAML yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.scaffold.schema import spec_schema
from be_tui.core.workbench import Completion, Offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.jsonform import Json

_TOKEN = re.compile(r"(?P<key>[\w-]+)\s*:(?=\s|$)|(?P<mark>[{}\[\],])|'[^']*'|\"[^\"]*\"|#.*$")
_WORD = re.compile(r"[\w-]*\Z")
_KEY = re.compile(r"( *)([\w-]+):(?:\s|$)")
_TRUTH = ("true", "false")
_WHO = ("anyone", "signed-in", "owner", "nobody", "role:")
_RESOURCES = frozenset({"to", "resource"})
"""Keys whose value is the name of a resource."""

_FIELDS = frozenset({"owner", "tenant", "login", "password", "role"})
"""Keys whose value is the name of a field."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the cursor is."""

    path: tuple[str, ...]
    """The keys above, the outermost first."""

    key: str
    """The key whose value is being written; empty where a key is."""


def complete_spec(text: str, offset: int) -> Completion:
    """Give what may stand in place of the word that ends at an offset.

    Args:
        text: The spec, which may be half written.
        offset: Where the cursor is, in characters.
    """
    before = text[:offset]
    word = _WORD.search(before)
    begun = word[0] if word else ""
    place = _place(before)
    offers = _values(text, place) if place.key else _keys(place)
    found = [each for each in offers if each.text.startswith(begun) and each.text != begun]
    return Completion(offset - len(begun), begun, tuple(found))


def _place(before: str) -> _Place:
    *above, line = before.split("\n")
    indent = len(line) - len(line.lstrip(" "))
    path, key = _on_line(line)
    return _Place((*_above(above, indent), *path), key)


def _on_line(line: str) -> tuple[tuple[str, ...], str]:
    """Give the keys that are opened on a line, and the one whose value is written."""
    opened: list[str] = []
    key = ""
    for token in _TOKEN.finditer(line):
        mark = token["mark"]
        if token["key"]:
            key = token["key"]
        elif mark == "{":
            opened.append(key)
            key = ""
        elif mark == "}":
            key = ""
            if opened:
                opened.pop()
        elif mark == "," and line.rfind("[", 0, token.start()) <= line.rfind("]", 0, token.start()):
            key = ""
    return tuple(opened), key


def _above(lines: list[str], indent: int) -> tuple[str, ...]:
    """Give the keys of the blocks around a line, by their indents."""
    path: list[str] = []
    for line in reversed(lines):
        found = _KEY.match(line)
        if found and len(found[1]) < indent:
            path.insert(0, found[2])
            indent = len(found[1])
    return tuple(path)


def _keys(place: _Place) -> Iterator[Offer]:
    schema = _schema_at(place.path)
    for name, told in _mapping(schema.get("properties")).items():
        yield Offer(name, "keyword", _told(told))


def _values(text: str, place: _Place) -> Iterator[Offer]:
    told = _schema_at((*place.path, place.key))
    for value in _list(told.get("enum")):
        yield Offer(str(value), "keyword")
    if told.get("type") == "boolean":
        for value in _TRUTH:
            yield Offer(value, "keyword")
    if "anyOf" in told:
        for value in _WHO:
            yield Offer(value, "keyword")
    if place.key in _RESOURCES:
        for name in _names(text, "resources"):
            yield Offer(name, "table")
    if place.key in _FIELDS:
        for name in dict.fromkeys(_names(text, "fields")):
            yield Offer(name, "column")


def _names(text: str, below: str) -> Iterator[str]:
    """Give the keys one level below each block of a name."""
    inside: tuple[int, int] | None = None
    for line in text.split("\n"):
        found = _KEY.match(line)
        if not found:
            continue
        indent = len(found[1])
        if inside and indent <= inside[0]:
            inside = None
        if inside and (inside[1] in {-1, indent}):
            inside = (inside[0], indent)
            yield found[2]
        if found[2] == below and inside is None:
            inside = (indent, -1)


@cache
def _schema_at(path: tuple[str, ...]) -> dict[str, Json]:
    """Give the part of the schema that a path of keys leads to; empty where it leads nowhere."""
    root = spec_schema()
    here: dict[str, Json] = root
    for key in path:
        further = _mapping(here.get("properties")).get(key, here.get("additionalProperties"))
        here = _mapping(further)
        reference = here.get("$ref")
        if isinstance(reference, str):
            here = _mapping(_mapping(root.get("$defs")).get(reference.rpartition("/")[2]))
    return here


def _told(schema: Json) -> str:
    said = _mapping(schema).get("description")
    return said.rstrip(".") if isinstance(said, str) else ""


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
